/* Two dozen thousand triangles on a canvas: smooth shading, one light from the viewer, no library.
   One function that needs nothing from outside it: a worker is made from its text. */
function hipRenderer() {
  "use strict";
  const VERTEX = `
    attribute vec3 place, normal;
    uniform mat3 pose, view;
    uniform vec4 frame; // x and y scale, then shift of the middle
    uniform vec3 middle;
    varying vec3 facing;
    void main() {
      vec3 seen = view * (pose * place - middle);
      facing = view * (pose * normal);
      gl_Position = vec4(seen.xy * frame.xy + frame.zw, -seen.z / 400.0, 1.0);
    }`;
  const FRAGMENT = `
    precision mediump float;
    varying vec3 facing;
    uniform vec3 colour;
    void main() {
      vec3 n = normalize(facing);
      float light = 0.56 + 0.5 * max(dot(n, normalize(vec3(-0.35, 0.55, 0.75))), 0.0)
        + 0.14 * max(dot(n, normalize(vec3(0.8, -0.2, 0.5))), 0.0);
      float rim = smoothstep(0.0, 0.42, n.z);
      gl_FragColor = vec4(colour * light * mix(0.6, 1.0, rim), 1.0);
    }`;
  const IDENTITY = [1, 0, 0, 0, 1, 0, 0, 0, 1];

  const shader = (gl, type, source) => {
    const made = gl.createShader(type);
    gl.shaderSource(made, source);
    gl.compileShader(made);
    return made;
  };

  /** Normals at the corners, weighted by the area of the triangles that meet there. */
  const normals = ({ positions: p, faces }) => {
    const sum = new Float32Array(p.length);
    for (let f = 0; f < faces.length; f += 3) {
      const a = faces[f] * 3, b = faces[f + 1] * 3, c = faces[f + 2] * 3;
      const ux = p[b] - p[a], uy = p[b + 1] - p[a + 1], uz = p[b + 2] - p[a + 2];
      const vx = p[c] - p[a], vy = p[c + 1] - p[a + 1], vz = p[c + 2] - p[a + 2];
      for (let k = 0; k < 3; k++) {
        const corner = faces[f + k] * 3;
        sum[corner] += uy * vz - uz * vy;
        sum[corner + 1] += uz * vx - ux * vz;
        sum[corner + 2] += ux * vy - uy * vx;
      }
    }
    return sum;
  };

  const buffer = (gl, target, data, made = gl.createBuffer()) => {
    gl.bindBuffer(target, made);
    gl.bufferData(target, data, gl.STATIC_DRAW);
    return made;
  };

  /** What draws the meshes in a context, or null where the shaders do not work. */
  const create = (gl, meshes) => {
    const { canvas } = gl;
    const program = gl.createProgram();
    gl.attachShader(program, shader(gl, gl.VERTEX_SHADER, VERTEX));
    gl.attachShader(program, shader(gl, gl.FRAGMENT_SHADER, FRAGMENT));
    gl.linkProgram(program);
    if (!gl.getProgramParameter(program, gl.LINK_STATUS)) return null;
    gl.useProgram(program);
    gl.enable(gl.DEPTH_TEST);
    const parts = Object.entries(meshes).map(([name, mesh]) => ({
      name,
      count: mesh.faces.length,
      place: buffer(gl, gl.ARRAY_BUFFER, mesh.positions),
      normal: buffer(gl, gl.ARRAY_BUFFER, normals(mesh)),
      faces: buffer(gl, gl.ELEMENT_ARRAY_BUFFER, mesh.faces),
    }));
    const uniform = (name) => gl.getUniformLocation(program, name);
    const at = {
      pose: uniform("pose"), view: uniform("view"), frame: uniform("frame"),
      middle: uniform("middle"), colour: uniform("colour"),
    };

    const attribute = (name, data) => {
      const where = gl.getAttribLocation(program, name);
      gl.bindBuffer(gl.ARRAY_BUFFER, data);
      gl.enableVertexAttribArray(where);
      gl.vertexAttribPointer(where, 3, gl.FLOAT, false, 0, 0);
    };

    // WebGL takes matrices column by column.
    const columns = (m) => [m[0], m[3], m[6], m[1], m[4], m[7], m[2], m[5], m[8]];

    /** Draw what has a colour; `poses` are rotations and `colours` are 0 to 1, both by mesh. */
    const draw = ({ view, scale, middle, poses, colours }) => {
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.clearColor(0, 0, 0, 0);
      gl.clear(gl.COLOR_BUFFER_BIT | gl.DEPTH_BUFFER_BIT);
      gl.uniformMatrix3fv(at.view, false, columns(view));
      gl.uniform3fv(at.middle, middle);
      gl.uniform4f(at.frame, 2 * scale / canvas.width, 2 * scale / canvas.height, 0, 0);
      for (const part of parts.filter(({ name }) => colours[name])) {
        gl.uniformMatrix3fv(at.pose, false, columns(poses[part.name] || IDENTITY));
        gl.uniform3fv(at.colour, colours[part.name]);
        attribute("place", part.place);
        attribute("normal", part.normal);
        gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, part.faces);
        gl.drawElements(gl.TRIANGLES, part.count, gl.UNSIGNED_SHORT, 0);
      }
    };

    /** Another shape of a mesh, with the same faces. */
    const reshape = (name, mesh) => {
      const part = parts.find((one) => one.name === name);
      buffer(gl, gl.ARRAY_BUFFER, mesh.positions, part.place);
      buffer(gl, gl.ARRAY_BUFFER, normals(mesh), part.normal);
    };

    return { draw, reshape };
  };

  return { create };
}
