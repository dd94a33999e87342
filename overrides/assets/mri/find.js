/* "Find the space yourself": a student's caliper beside the model's own measurement. */
(() => {
  "use strict";
  const NEAR = 3; // mm that an end may lie from the model's
  const CLOSE = 2; // mm that a length may differ
  const LONG = { ifs: "ischiofemoral space", qfs: "quadratus femoris space" };
  const HINTS = {
    ifs: "It runs from the lateral cortex of the ischial tuberosity to the medial cortex of the lesser trochanter.",
    qfs: "It runs from the hamstring tendons to the iliopsoas tendon or the lesser trochanter.",
  };

  const apart = ([ax, ay], [bx, by]) => Math.hypot(ax - bx, ay - by);
  const mm = (value) => `${value.toFixed(1)} mm`;

  /** How far each end lies from the model's, in the order in which they fit best. */
  const misses = (points, ends) => {
    const [straight, crossed] = [[0, 1], [1, 0]].map((order) =>
      order.map((other, n) => apart(points[n], ends[other])));
    return Math.max(...straight) <= Math.max(...crossed) ? straight : crossed;
  };

  const judge = (points, length, { mm: right, ends }) => {
    const off = misses(points, ends);
    const [placed, long] = [Math.max(...off) <= NEAR, Math.abs(length - right) <= CLOSE];
    if (placed && long) return "Right.";
    if (placed) return "Both ends lie where they belong; the length is still a little off.";
    if (long) return "The length fits, but by luck: the ends lie elsewhere.";
    return "Not yet.";
  };

  /** What to tell a student who compares; `space` is the model's on this slice, if it has one. */
  const compare = ({ which, points, length, slice, space, levels, apex }) => {
    if (!space) {
      const off = slice < levels[0] ? "above" : "below";
      return `Slice ${slice + 1} lies ${off} the lesser trochanter. The model measures on slices ${levels[0] + 1} to ${levels.at(-1) + 1}. Scroll there, then measure.`;
    }
    if (!points) return `First set the caliper: switch it on and draw a line on the image. ${HINTS[which]}`;
    const off = misses(points, space.ends).map(mm).join(" and ");
    const best = slice === apex ? "" : ` The tip of the lesser trochanter is on slice ${apex + 1}.`;
    return `${judge(points, length, space)} Your ${LONG[which]}: ${mm(length)}. The model’s shortest line on this slice: ${mm(space.mm)}. Your ends lie ${off} from its ends.${best}`;
  };

  window.mriFind = { compare, hint: (which) => HINTS[which] };
})();
