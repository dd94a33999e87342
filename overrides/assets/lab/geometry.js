/* The hip as numbers: decode the model, turn the femur, measure, cut. No page, no drawing.
   Millimetres and degrees; x lateral, y anterior, z up; the origin is the centre of the right hip.
   Extension, adduction and external rotation are positive.
   One function that needs nothing from outside it: a worker is made from its text. */
function hipGeometry() {
  "use strict";
  const LEAF = 8; // things that a tree does not divide further
  const MEETING = 2; // mm; the bones may meet only where they are closer than this
  const ISCHIUM_FRONT = 5; // in a section, the part of the hip bone behind this is ischium

  const numbers = (text) => {
    const bytes = atob(text), found = new Uint16Array(bytes.length / 2);
    for (let i = 0; i < found.length; i++) {
      found[i] = bytes.charCodeAt(2 * i) | bytes.charCodeAt(2 * i + 1) << 8;
    }
    return found;
  };

  const points = ({ low, step, vertices }) => {
    const steps = numbers(vertices), found = new Float32Array(steps.length);
    for (let i = 0; i < found.length; i++) found[i] = low[i % 3] + step[i % 3] * steps[i];
    return found;
  };

  /** The model file as typed arrays; what a distance needs lies in trees. */
  const decode = (file) => {
    const meshes = Object.fromEntries(Object.entries(file.meshes).map(([name, mesh]) =>
      [name, { positions: points(mesh), faces: numbers(mesh.faces) }]));
    const { positions, faces } = meshes.pelvis;
    const triangles = Array.from(numbers(file.ischium), (face) =>
      ball([0, 1, 2].map((k) => at(positions, faces[3 * face + k]))));
    const list = points(file.trochanter);
    const spread = Array.from({ length: list.length / 3 }, (_, i) => ball([at(list, i)]));
    return { meshes, apex: file.apex, ischium: tree(triangles), trochanter: tree(spread) };
  };

  /** Points with the ball that holds them. */
  const ball = (corners) => {
    const middle = scale(corners.reduce(add), 1 / corners.length);
    return { corners, middle, radius: Math.max(...corners.map((p) => length(sub(p, middle)))) };
  };

  /** Things in a tree of balls, halved along its longest side until a few are left. */
  const tree = (things) => {
    const node = ball(things.flatMap((thing) => thing.corners));
    if (things.length <= LEAF) return { ...node, members: things };
    const spans = [0, 1, 2].map((k) => {
      const values = things.map((thing) => thing.middle[k]);
      return Math.max(...values) - Math.min(...values);
    });
    const axis = spans.indexOf(Math.max(...spans));
    const sorted = [...things].sort((a, b) => a.middle[axis] - b.middle[axis]);
    const half = sorted.length >> 1;
    return { ...node, children: [tree(sorted.slice(0, half)), tree(sorted.slice(half))] };
  };

  const beyond = (p, { middle, radius }, reach) => {
    const x = p[0] - middle[0], y = p[1] - middle[1], z = p[2] - middle[2];
    return x * x + y * y + z * z >= (reach + radius) * (reach + radius);
  };

  const at = (list, i) => [list[3 * i], list[3 * i + 1], list[3 * i + 2]];
  const add = (a, b) => [a[0] + b[0], a[1] + b[1], a[2] + b[2]];
  const sub = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
  const scale = (a, s) => [a[0] * s, a[1] * s, a[2] * s];
  const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  const length = (a) => Math.sqrt(dot(a, a));
  const cross = (a, b) => [
    a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0],
  ];

  const about = (axis, degrees) => {
    const [c, s] = [Math.cos(degrees * Math.PI / 180), Math.sin(degrees * Math.PI / 180)];
    const [i, j] = [(axis + 1) % 3, (axis + 2) % 3];
    const turn = [1, 0, 0, 0, 1, 0, 0, 0, 1];
    turn[4 * i] = turn[4 * j] = c;
    turn[3 * i + j] = -s;
    turn[3 * j + i] = s;
    return turn;
  };

  const times = (a, b) => Array.from({ length: 9 }, (_, n) => {
    const [row, column] = [3 * Math.floor(n / 3), n % 3];
    return a[row] * b[column] + a[row + 1] * b[column + 3] + a[row + 2] * b[column + 6];
  });

  /** The femur's rotation, row by row: about its own axis first, then frontal, then sagittal. */
  const rotation = ({ extension, adduction, external }) =>
    times(about(0, -extension), times(about(1, adduction), about(2, -external)));

  const turned = (m, p) => [
    m[0] * p[0] + m[1] * p[1] + m[2] * p[2],
    m[3] * p[0] + m[4] * p[1] + m[5] * p[2],
    m[6] * p[0] + m[7] * p[1] + m[8] * p[2],
  ];

  /** The point of a triangle nearest to p (Ericson, Real-Time Collision Detection, 5.1.5).
      Written out in numbers: it runs ten thousand times for one distance. */
  const nearest = (p, corners) => {
    const a = corners[0], b = corners[1], c = corners[2];
    const px = p[0], py = p[1], pz = p[2];
    const ax = a[0], ay = a[1], az = a[2];
    const bx = b[0], by = b[1], bz = b[2];
    const cx = c[0], cy = c[1], cz = c[2];
    const ux = bx - ax, uy = by - ay, uz = bz - az;
    const vx = cx - ax, vy = cy - ay, vz = cz - az;
    const along = (s, t) => [ax + s * ux + t * vx, ay + s * uy + t * vy, az + s * uz + t * vz];
    const d1 = ux * (px - ax) + uy * (py - ay) + uz * (pz - az);
    const d2 = vx * (px - ax) + vy * (py - ay) + vz * (pz - az);
    if (d1 <= 0 && d2 <= 0) return along(0, 0);
    const d3 = ux * (px - bx) + uy * (py - by) + uz * (pz - bz);
    const d4 = vx * (px - bx) + vy * (py - by) + vz * (pz - bz);
    if (d3 >= 0 && d4 <= d3) return along(1, 0);
    const w = d1 * d4 - d3 * d2;
    if (w <= 0 && d1 >= 0 && d3 <= 0) return along(d1 / (d1 - d3), 0);
    const d5 = ux * (px - cx) + uy * (py - cy) + uz * (pz - cz);
    const d6 = vx * (px - cx) + vy * (py - cy) + vz * (pz - cz);
    if (d6 >= 0 && d5 <= d6) return along(0, 1);
    const v = d5 * d2 - d1 * d6;
    if (v <= 0 && d2 >= 0 && d6 <= 0) return along(0, d2 / (d2 - d6));
    const u = d3 * d6 - d5 * d4;
    if (u <= 0 && d4 >= d3 && d5 >= d6) {
      const t = (d4 - d3) / (d4 - d3 + d5 - d6);
      return along(1 - t, t);
    }
    return along(v / (u + v + w), w / (u + v + w));
  };

  /** The triangle of a tree nearest to p, if one is nearer than the best so far. */
  const closest = (p, node, best) => {
    if (beyond(p, node, best.mm)) return best;
    if (node.members) return closer(p, node.members, best);
    const one = node.children[0], other = node.children[1];
    const far = length(sub(p, one.middle)) > length(sub(p, other.middle));
    return closest(p, far ? one : other, closest(p, far ? other : one, best));
  };

  const closer = (p, triangles, best) => {
    for (const triangle of triangles) {
      if (beyond(p, triangle, best.mm)) continue;
      const q = nearest(p, triangle.corners);
      const mm = length(sub(p, q));
      if (mm < best.mm) best = { mm, ischium: q, femur: p, triangle };
    }
    return best;
  };

  /** The shortest line from ischium to lesser trochanter; 0 mm where the bones meet. */
  const gap = ({ trochanter, ischium, apex }, matrix) => {
    const descend = (node, best) => {
      const here = turned(matrix, node.middle);
      const reach = closest(here, ischium, { mm: best.mm + node.radius });
      if (!reach.triangle) return best;
      if (!node.members) return node.children.reduce((so, child) => descend(child, so), best);
      return node.members.reduce(
        (so, point) => closest(turned(matrix, point.middle), ischium, so), best);
    };
    const best = descend(trochanter, closest(turned(matrix, apex), ischium, { mm: Infinity }));
    const mm = best.mm < MEETING && meets(trochanter, ischium, matrix) ? 0 : best.mm;
    return { mm, ischium: best.ischium, femur: best.femur };
  };

  /** Whether any point of the trochanter that is close to the ischium lies within it. */
  const meets = (node, ischium, matrix) => {
    const p = turned(matrix, node.middle);
    const found = closest(p, ischium, { mm: MEETING + node.radius });
    if (!found.triangle) return false;
    if (node.radius) {
      return (node.members || node.children).some((part) => meets(part, ischium, matrix));
    }
    const [a, b, c] = found.triangle.corners;
    return dot(cross(sub(b, a), sub(c, a)), sub(p, found.ischium)) < 0;
  };

  /** The outlines of a mesh cut by a horizontal plane, each a list of [x, y]. */
  const section = ({ positions, faces }, matrix, level) => {
    const heights = new Float64Array(positions.length / 3);
    const places = Array.from(heights, (_, i) => {
      const p = matrix ? turned(matrix, at(positions, i)) : at(positions, i);
      heights[i] = p[2] - level || 1e-9;
      return p;
    });
    const next = new Map();
    const crossing = (i, j) => {
      const share = heights[i] / (heights[i] - heights[j]);
      return [0, 1].map((k) => places[i][k] + share * (places[j][k] - places[i][k]));
    };
    for (let f = 0; f < faces.length; f += 3) {
      const cut = [];
      for (let k = 0; k < 3; k++) {
        const [i, j] = [faces[f + k], faces[f + (k + 1) % 3]];
        if (heights[i] > 0 !== heights[j] > 0) cut.push([i, j, heights[i] > 0]);
      }
      if (cut.length !== 2) continue;
      const [from, to] = cut[0][2] ? cut : [cut[1], cut[0]];
      next.set(edge(from), { to: edge(to), point: crossing(from[0], from[1]) });
    }
    return chained(next);
  };

  const edge = ([i, j]) => (i < j ? `${i} ${j}` : `${j} ${i}`);

  const chained = (next) => {
    const loops = [];
    while (next.size) {
      const loop = [];
      let here = next.keys().next().value;
      while (next.has(here)) {
        const step = next.get(here);
        next.delete(here);
        loop.push(step.point);
        here = step.to;
      }
      if (loop.length > 3) loops.push(loop);
    }
    return loops;
  };

  const within = ([x, y], loop) => {
    let inside = false;
    for (let i = 0, j = loop.length - 1; i < loop.length; j = i++) {
      const [[xi, yi], [xj, yj]] = [loop[i], loop[j]];
      if (yi > y !== yj > y && x < (xj - xi) * (y - yi) / (yj - yi) + xi) inside = !inside;
    }
    return inside;
  };

  const onSegment = (p, a, b) => {
    const [dx, dy] = [b[0] - a[0], b[1] - a[1]];
    const t = ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / (dx * dx + dy * dy || 1);
    const s = Math.min(1, Math.max(0, t));
    return [a[0] + s * dx, a[1] + s * dy];
  };

  const pairs = (points, loops, keep, best, swap) => {
    for (const p of points) {
      for (const loop of loops) {
        for (let i = 0, j = loop.length - 1; i < loop.length; j = i++) {
          const q = onSegment(p, loop[j], loop[i]);
          const mm = Math.hypot(p[0] - q[0], p[1] - q[1]);
          if (mm < best.mm && keep(p) && keep(q)) {
            best = { mm, ischium: swap ? q : p, femur: swap ? p : q };
          }
        }
      }
    }
    return best;
  };

  /** The shortest line from ischium to femur in a section; null where there is no ischium. */
  const axialGap = (hipBone, femur) => {
    const behind = hipBone.flat().filter(([, y]) => y <= ISCHIUM_FRONT);
    if (!behind.length || !femur.length) return null;
    const keep = (p) => p[1] <= ISCHIUM_FRONT;
    let best = pairs(behind, femur, () => true, { mm: Infinity }, false);
    best = pairs(femur.flat(), hipBone, keep, best, true);
    const meets = femur.flat().some((p) => hipBone.some((loop) => within(p, loop)));
    return meets ? { ...best, mm: 0 } : best;
  };

  return { decode, times, rotation, turned, gap, section, axialGap };
}
