/* <hip-lab>: the model in the hands of a student. Three sliders, two views, two distances.
   The page without a script shows a figure and a table; this element hides what it can do better. */
(() => {
  "use strict";
  const { decoding, rotation, turned, gap, section, axialGap } = window.hipGeometry;
  const MIDDLE = [4, -22, -26];
  const VIEWS = { behind: [180, 8], side: [90, 4], front: [0, 4], below: [180, -68] };
  const PRESETS = {
    neutral: [0, 0, 0],
    stride: [15, 5, 5],
    provocation: [10, 10, 10],
    opening: [-20, 0, -30],
  };
  const SAY_AFTER = 600; // ms of rest before a new distance is announced

  const times = (a, b) => Array.from({ length: 9 }, (_, n) =>
    [0, 1, 2].reduce((sum, k) => sum + a[3 * Math.floor(n / 3) + k] * b[3 * k + n % 3], 0));

  /** The camera: turned about the vertical, then tipped. Rows are right, up and towards the eye. */
  const camera = ([turn, tip]) => {
    const [t, p] = [turn * Math.PI / 180, tip * Math.PI / 180];
    const turned = [-Math.cos(t), Math.sin(t), 0, 0, 0, 1, Math.sin(t), Math.cos(t), 0];
    return times([1, 0, 0, 0, Math.cos(p), -Math.sin(p), 0, Math.sin(p), Math.cos(p)], turned);
  };

  const millimetres = (mm) => (mm > 0 ? `${mm.toFixed(1)} mm` : "contact");

  /** Let the page answer its reader before the next piece of work. */
  const pause = () => new Promise((go) => setTimeout(go));

  class HipLab extends HTMLElement {
    connectedCallback() {
      const template = document.getElementById("hip-lab-stage");
      if (!template || !window.hipModel || this.canvas) return;
      const stage = template.content.cloneNode(true);
      this.canvas = stage.querySelector("canvas");
      const gl = window.hipRenderer.context(this.canvas);
      this.classList.add(gl ? "is-live" : "is-flat");
      document.querySelector(".lab-still").classList.add(gl ? "is-replaced" : "is-still");
      this.append(stage);
      this.view = [...VIEWS.behind];
      this.listen();
      this.start(gl);
    }

    /** The page shows its text and sliders first; the model comes in pieces that do not hold it up. */
    async start(gl) {
      this.ariaBusy = true;
      this.update();
      const steps = decoding(window.hipModel);
      let step;
      do {
        await pause();
        step = steps.next();
      } while (!step.done);
      const model = step.value;
      await pause();
      this.renderer = gl && window.hipRenderer.create(gl, model.meshes);
      await pause();
      this.model = model;
      this.update();
      this.ariaBusy = null;
    }

    listen() {
      this.addEventListener("input", () => this.update());
      this.addEventListener("click", (event) => {
        const { preset, view } = event.target.dataset;
        if (preset) this.choose(preset);
        if (view) this.look(VIEWS[view]);
      });
      this.canvas.addEventListener("pointerdown", (event) => this.drag(event));
      this.canvas.addEventListener("keydown", (event) => this.turn(event));
      new ResizeObserver(() => this.draw()).observe(this.canvas);
      new MutationObserver(() => this.draw())
        .observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    }

    choose(preset) {
      this.sliders.forEach((slider, i) => { slider.value = PRESETS[preset][i]; });
      this.update();
    }

    get sliders() { return [...this.querySelectorAll("input[type=range]")]; }

    update() {
      const [extension, adduction, external] = this.sliders.map((slider) => Number(slider.value));
      this.sliders.forEach((slider) => this.label(slider));
      this.markPreset([extension, adduction, external]);
      if (!this.model) return; // what is chosen meanwhile counts when the model has come
      this.matrix = rotation({ extension, adduction, external });
      this.gap = gap(this.model, this.matrix);
      this.cut();
      this.draw();
      this.say();
    }

    label(slider) {
      const value = Number(slider.value);
      const [plus, minus] = [slider.dataset.plus, slider.dataset.minus];
      const text = value ? `${Math.abs(value)}° ${value > 0 ? plus : minus}` : "0°";
      slider.setAttribute("aria-valuetext", text);
      slider.closest("label").querySelector("output").textContent = text;
    }

    markPreset(pose) {
      for (const button of this.querySelectorAll("[data-preset]")) {
        const chosen = PRESETS[button.dataset.preset].every((angle, i) => angle === pose[i]);
        button.setAttribute("aria-pressed", chosen);
        const note = this.querySelector(`[data-note=${button.dataset.preset}]`);
        note.hidden = !chosen;
      }
    }

    /** The axial section at the apex of the lesser trochanter, seen from below as on MRI. */
    cut() {
      const level = turned(this.matrix, this.model.apex)[2];
      const hipBone = section(this.model.meshes.pelvis, null, level);
      const femur = section(this.model.meshes.femur, this.matrix, level);
      this.axial = axialGap(hipBone, femur);
      const path = (loops) => loops.map((loop) =>
        `M${loop.map(([x, y]) => `${(-x).toFixed(1)} ${(-y).toFixed(1)}`).join("L")}Z`).join("");
      this.querySelector(".lab-cut-bone").setAttribute("d", path(hipBone));
      this.querySelector(".lab-cut-femur").setAttribute("d", path(femur));
      const line = this.querySelector(".lab-cut-line");
      line.toggleAttribute("hidden", !this.axial);
      if (this.axial) this.place(line, this.axial.ischium, this.axial.femur, ([x, y]) => [-x, -y]);
    }

    place(line, a, b, project) {
      const [[x1, y1], [x2, y2]] = [project(a), project(b)];
      Object.entries({ x1, y1, x2, y2 }).forEach(([name, value]) =>
        line.setAttribute(name, value.toFixed(1)));
    }

    draw() {
      if (!this.renderer || !this.matrix) return;
      const ratio = Math.min(devicePixelRatio, 2);
      const { clientWidth: width, clientHeight: height } = this.canvas;
      this.canvas.width = width * ratio;
      this.canvas.height = height * ratio;
      const view = camera(this.view);
      const scale = Math.min(width / 190, height / 190);
      const style = getComputedStyle(this);
      const colour = (name) => style.getPropertyValue(name).split(",").map((part) => part / 255);
      this.renderer.draw({
        view, scale: scale * ratio, middle: MIDDLE,
        poses: { femur: this.matrix },
        colours: {
          pelvis: colour("--lab-bone"), opposite: colour("--lab-far"),
          sacrum: colour("--lab-far"), femur: colour("--lab-femur"),
        },
      });
      this.overlay(view, scale, width, height);
    }

    overlay(view, scale, width, height) {
      const project = (p) => {
        const seen = turned(view, p.map((value, k) => value - MIDDLE[k]));
        return [width / 2 + scale * seen[0], height / 2 - scale * seen[1]];
      };
      this.place(this.querySelector(".lab-line"), this.gap.ischium, this.gap.femur, project);
    }

    say() {
      const [space, axial] = [millimetres(this.gap.mm), this.axial && millimetres(this.axial.mm)];
      this.querySelector("[data-space]").textContent = space;
      this.querySelector("[data-axial]").textContent = axial || "no ischium at this level";
      clearTimeout(this.saying);
      this.saying = setTimeout(() => {
        this.querySelector("[role=status]").textContent =
          `Model distance ${space} in space, ${axial || "not measurable"} in the axial section.`;
      }, SAY_AFTER);
    }

    look(view) {
      this.view = [...view];
      this.draw();
    }

    drag(event) {
      const [start, x, y] = [[...this.view], event.clientX, event.clientY];
      const move = (at) => {
        const tip = start[1] + (at.clientY - y) / 3;
        this.look([start[0] - (at.clientX - x) / 2, Math.max(-85, Math.min(85, tip))]);
      };
      this.canvas.setPointerCapture(event.pointerId);
      this.canvas.addEventListener("pointermove", move);
      this.canvas.addEventListener("lostpointercapture", () =>
        this.canvas.removeEventListener("pointermove", move), { once: true });
    }

    turn(event) {
      const step = { ArrowLeft: [10, 0], ArrowRight: [-10, 0], ArrowUp: [0, -10], ArrowDown: [0, 10] };
      const change = step[event.key];
      if (!change) return;
      event.preventDefault();
      const tip = Math.max(-85, Math.min(85, this.view[1] + change[1]));
      this.look([this.view[0] + change[0], tip]);
    }
  }

  customElements.define("hip-lab", HipLab);
})();
