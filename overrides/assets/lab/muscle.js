/* Quadratus femoris in the hip lab: a sheet from the ischium's outer border to the crest behind the
   femur. It keeps its volume: as its ends come nearer it grows thicker and bulges backwards. The
   ends are found on the bones; the belly between them is schematic.
   One function that needs nothing from outside it: a worker is made from its text. */
function hipMuscle() {
  "use strict";
  const ORIGIN = [-24, -60], INSERTION = [-22, -66]; // mm below the hip centre, from above down
  const ROWS = 9, COLUMNS = 13; // from above down, from the ischium to the femur
  const THICK = 10; // mm, in the middle, in neutral
  const MOST = 2; // times as thick, at most
  const BOW = 5; // mm that the belly lies behind the straight line, in neutral
  const SLAB = 1.5; // mm above and below a height that still count as that height

  const add = (a, b, s = 1) => a.map((value, k) => value + s * b[k]);
  const length = (a) => Math.hypot(...a);
  const mix = (a, b, share) => a.map((value, k) => value + share * (b[k] - value));

  /** The point at a height that lies furthest along an axis, among those a test lets through. */
  const extreme = (positions, height, axis, sign, test) => {
    let best = null;
    for (let i = 0; i < positions.length; i += 3) {
      const point = [positions[i], positions[i + 1], positions[i + 2]];
      const isHere = Math.abs(point[2] - height) < SLAB && test(point);
      if (isHere && (!best || sign * point[axis] > sign * best[axis])) best = point;
    }
    return best;
  };

  /** Rows between the first and the last of the points found, so that a border does not wander. */
  const border = (positions, [top, bottom], axis, sign, test) => {
    const found = Array.from({ length: ROWS }, (_, row) =>
      extreme(positions, top + (bottom - top) * row / (ROWS - 1), axis, sign, test)).filter(Boolean);
    return found.map((point, row) => {
      const near = found.slice(Math.max(0, row - 2), row + 3);
      return [0, 1, 2].map((k) => near.reduce((sum, one) => sum + one[k], 0) / near.length);
    });
  };

  /** The muscle between bones in neutral, as a function of the femur's rotation. */
  const create = ({ pelvis, femur }, turned) => {
    const origin = border(pelvis.positions, ORIGIN, 0, 1, ([, y]) => y < -30);
    const insertion = border(femur.positions, INSERTION, 1, -1, ([x]) => x > 25);
    const rows = Math.min(origin.length, insertion.length);
    const spans = origin.slice(0, rows).map((start, row) => length(add(insertion[row], start, -1)));

    /** A fibre's centre line at a share of its way, and how much thicker it is than in neutral. */
    const fibre = (row, matrix) => {
      const [start, end] = [origin[row], turned(matrix, insertion[row])];
      const swell = Math.min(MOST, spans[row] / Math.max(1, length(add(end, start, -1))));
      const bow = BOW + THICK / 2 * (swell - 1);
      return { swell, at: (share) => add(mix(start, end, share), [0, -1, 0], 4 * bow * share * (1 - share)) };
    };

    const positions = new Float32Array(2 * rows * COLUMNS * 3);
    const put = (index, point) => positions.set(point, 3 * index);

    const shape = (matrix) => {
      for (let row = 0; row < rows; row++) {
        const { swell, at } = fibre(row, matrix);
        const edge = Math.sqrt(Math.sin(Math.PI * row / (rows - 1)));
        for (let column = 0; column < COLUMNS; column++) {
          const share = column / (COLUMNS - 1);
          const belly = 0.35 + 0.65 * Math.sqrt(Math.sin(Math.PI * share));
          const half = THICK / 2 * swell * belly * edge;
          const index = row * COLUMNS + column;
          put(index, add(at(share), [0, -half, 0]));
          put(rows * COLUMNS + index, add(at(share), [0, half, 0]));
        }
      }
      return { positions, faces };
    };

    const faces = (() => {
      const found = [];
      const quad = (a, b, c, d) => found.push(a, c, b, a, d, c);
      for (let row = 0; row < rows - 1; row++) {
        for (let column = 0; column < COLUMNS - 1; column++) {
          const a = row * COLUMNS + column, b = a + COLUMNS, back = rows * COLUMNS;
          quad(a, a + 1, b + 1, b);
          quad(back + a, back + b, back + b + 1, back + a + 1);
        }
      }
      return Uint16Array.from(found);
    })();

    return { shape, thickness: (matrix) => THICK * fibre(rows >> 1, matrix).swell };
  };

  return { create };
}
