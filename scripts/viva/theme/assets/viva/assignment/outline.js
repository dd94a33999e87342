/* The places of a hotspot's figure on an assignment's page: outlines, each with a letter inside. */
(() => {
  const { make, types } = window.vivaAssignment;
  const SVG = "http://www.w3.org/2000/svg";

  const edges = (shape) => shape.map((point, number) => [point, shape[(number + 1) % shape.length]]);

  /** Whether a point is inside: a line from it to the right crosses the edge an odd number of times. */
  function holds(shape, [x, y]) {
    return edges(shape).filter(([[ax, ay], [bx, by]]) =>
      (ay > y) !== (by > y) && x < ax + ((y - ay) / (by - ay)) * (bx - ax)).length % 2 === 1;
  }

  function distance([x, y], [[ax, ay], [bx, by]]) {
    const [dx, dy] = [bx - ax, by - ay];
    const at = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - ax - at * dx, y - ay - at * dy);
  }

  /** Where a letter stands best: inside its place, outside the others, far from every edge. */
  function middle(shape, others) {
    const [left, right, top, bottom] = [0, 0, 1, 1].map((axis, n) => Math[n % 2 ? "max" : "min"](...shape.map((point) => point[axis])));
    const steps = Array.from({ length: 24 }, (_, n) => (n + 0.5) / 24);
    const grid = steps.flatMap((y) => steps.map((x) => [left + x * (right - left), top + y * (bottom - top)]));
    const inside = grid.filter((point) => holds(shape, point));
    const free = inside.filter((point) => !others.some((other) => holds(other, point)));
    const lines = [shape, ...others].flatMap(edges);
    const room = (point) => Math.min(...lines.map((edge) => distance(point, edge)));
    return [free, inside, grid].find((points) => points.length).reduce((best, point) => (room(point) > room(best) ? point : best));
  }

  function svg(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    return made;
  }

  /** The places of a figure as outlines with letters; each may be clicked instead of its button. */
  function outline(question) {
    const frame = question.querySelector(".viva-hotspot");
    const overlay = svg("svg", { viewBox: "0 0 1 1", preserveAspectRatio: "none", "aria-hidden": "true" });
    const inputs = [...question.querySelectorAll("input")];
    const shapes = inputs.map((input) => input.dataset.points.trim().split(/\s+/).map((point) => point.split(",").map(Number)));
    inputs.forEach((input, number) => {
      const shape = svg("polygon", { points: shapes[number].join(" ") });
      shape.onclick = () => input.click();
      overlay.append(shape);
      const letter = make("span", { className: "viva-place", ariaHidden: "true" }, String.fromCharCode(65 + number));
      const [x, y] = middle(shapes[number], shapes.filter((other) => other !== shapes[number]));
      letter.style.left = `${100 * x}%`;
      letter.style.top = `${100 * y}%`;
      frame.append(letter);
    });
    frame.append(overlay);
  }

  types.hotspot = { ...types.single, wake: outline };
})();
