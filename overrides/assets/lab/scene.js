/* The hip lab's model at work: it measures a pose, cuts it and draws it, in a worker or on the page.
   Functions that need nothing from outside the lab's: a worker is made from their texts. */

/** What answers a request, given the model's file and a canvas: whether it drew, and where on the
    canvas the shortest line runs; for a new pose also what it `measured`: millimetres in space and
    in the axial section, with the shortest line there, and the outlines of that section.
    A request has a pose (degrees), a view (degrees), a canvas (CSS pixels, ratio) and colours. */
function hipScene(file, canvas, antialias) {
  "use strict";
  const { decode, times, rotation, turned, gap, section, axialGap } = hipGeometry();
  const MIDDLE = [4, -22, -26];
  const SEEN = 190; // mm from edge to edge of the picture
  const model = decode(file);
  const gl = canvas.getContext("webgl", { antialias, alpha: true });
  const muscle = hipMuscle().create(model.meshes, turned);
  const meshes = { ...model.meshes, quadratus: muscle.shape(rotation({ extension: 0, adduction: 0, external: 0 })) };
  let painter = gl && hipRenderer().create(gl, meshes);
  let known, last, hasDrawn;

  /** The camera: turned about the vertical, then tipped. Rows are right, up and towards the eye. */
  const camera = ([turn, tip]) => {
    const [t, p] = [turn * Math.PI / 180, tip * Math.PI / 180];
    const about = [-Math.cos(t), Math.sin(t), 0, 0, 0, 1, Math.sin(t), Math.cos(t), 0];
    return times([1, 0, 0, 0, Math.cos(p), -Math.sin(p), 0, Math.sin(p), Math.cos(p)], about);
  };

  /** The axial section at the apex of the lesser trochanter, seen from below as on MRI. */
  const cut = (matrix) => {
    const level = turned(matrix, model.apex)[2];
    const hipBone = section(model.meshes.pelvis, null, level);
    const femur = section(model.meshes.femur, matrix, level);
    const axial = axialGap(hipBone, femur);
    const fromBelow = ([x, y]) => [-x, -y];
    const outline = (loops) => loops.map((loop) => loop.map(fromBelow));
    return {
      axial: axial && { mm: axial.mm, line: [axial.ischium, axial.femur].map(fromBelow) },
      outlines: { hipBone: outline(hipBone), femur: outline(femur) },
    };
  };

  const measure = (pose) => {
    const matrix = rotation(pose), space = gap(model, matrix);
    return { pose: JSON.stringify(pose), matrix, space, measured: { mm: space.mm, ...cut(matrix) } };
  };

  const draw = ({ view, scale, ratio, width, height, colours, matrix }) => {
    canvas.width = width * ratio;
    canvas.height = height * ratio;
    if (colours.quadratus) painter.reshape("quadratus", muscle.shape(matrix));
    painter.draw({ view, scale: scale * ratio, middle: MIDDLE, poses: { femur: matrix }, colours });
  };

  /** Wait until the first picture is painted: reading of it one pixel does. */
  const finish = () => {
    gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
    hasDrawn = true;
  };

  // A phone takes the context away from a page that it does not show, and gives it back empty.
  canvas.addEventListener("webglcontextlost", (event) => event.preventDefault());
  canvas.addEventListener("webglcontextrestored", () => {
    painter = hipRenderer().create(gl, meshes);
    if (painter && last) draw(last);
  });

  return ({ pose, view, width, height, ratio, colours }) => {
    const isNew = JSON.stringify(pose) !== known?.pose;
    if (isNew) known = measure(pose);
    const { matrix, space, measured } = known;
    const scale = Math.min(width, height) / SEEN;
    last = { view: camera(view), scale, ratio, width, height, colours, matrix };
    if (painter) draw(last);
    if (painter && !hasDrawn) finish();
    const project = (p) => {
      const [x, y] = turned(last.view, p.map((value, k) => value - MIDDLE[k]));
      return [width / 2 + scale * x, height / 2 - scale * y];
    };
    const line = [space.ischium, space.femur].map(project);
    return { line, drawn: Boolean(painter), measured: isNew ? measured : null };
  };
}

/** The scene behind a worker's port. It says first whether it can draw; the first message brings
    what a scene is made of, and each one after it a request. */
function hipWorker(port) {
  "use strict";
  port.onmessage = ({ data }) => {
    const scene = hipScene(...data);
    port.onmessage = ({ data: request }) => port.postMessage(scene(request));
  };
  port.postMessage(Boolean(new OffscreenCanvas(1, 1).getContext("webgl")));
}
