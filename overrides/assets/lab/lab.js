/* <hip-lab>: the model in the hands of a student. Three sliders, two views, two distances.
   The page without a script shows a figure and a table; this element hides what it can do better. */
(() => {
  "use strict";
  const { Worker } = window; // the browser's own, before the theme replaces it for pages on a disk
  const VIEWS = { behind: [180, 8], side: [90, 4], front: [0, 4], below: [180, -68] };
  const PRESETS = {
    neutral: [0, 0, 0],
    stride: [15, 5, 5],
    provocation: [10, 10, 10],
    opening: [-20, 0, -30],
  };
  const STEEPEST = 85; // degrees that the model tips
  const FINE = 1.5; // from this many pixels to a CSS pixel, edges need no smoothing
  const SAY_AFTER = 600; // ms of rest before a new distance is announced
  const COLOURS = {
    pelvis: "--lab-bone", opposite: "--lab-far", sacrum: "--lab-far", femur: "--lab-femur",
    quadratus: "--lab-muscle",
  };

  const millimetres = (mm) => (mm > 0 ? `${mm.toFixed(1)} mm` : "contact");

  const path = (loops) => loops.map((loop) =>
    `M${loop.map((point) => point.map((value) => value.toFixed(1)).join(" ")).join("L")}Z`).join("");

  const place = (line, [[x1, y1], [x2, y2]]) =>
    Object.entries({ x1, y1, x2, y2 }).forEach(([name, value]) =>
      line.setAttribute(name, value.toFixed(1)));

  /** Resolves when the page has loaded and a reader has seen it. */
  const pageSeen = () => new Promise((go) => {
    const painted = () => requestAnimationFrame(() => setTimeout(go));
    if (document.readyState === "complete") painted();
    else addEventListener("load", painted, { once: true });
  });

  /** The model's file as a script, because a page on a disk may fetch nothing else. */
  const modelFile = (address) => new Promise((good, bad) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => good(window.hipModel);
    script.onerror = () => bad(new Error(`${address} did not load`));
    document.head.append(script);
  });

  const reply = (worker) => new Promise((good, bad) => {
    worker.onmessage = ({ data }) => good(data);
    worker.onerror = bad;
  });

  /** A worker that can draw, or null. Made from text, because a page on a disk may not name its file. */
  const drawingWorker = async () => {
    if (!window.OffscreenCanvas) return null;
    const text = [hipGeometry, hipMuscle, hipRenderer, hipScene, hipWorker, "hipWorker(self)"].join("\n");
    try {
      const worker = new Worker(URL.createObjectURL(new Blob([text], { type: "text/javascript" })));
      if (await reply(worker)) return worker;
      worker.terminate();
    } catch { /* then the page draws */ }
    return null;
  };

  /** The scene as a promise of an answer to each request: in a worker where one can draw, else here. */
  const sceneOf = async (file, canvas) => {
    const antialias = devicePixelRatio < FINE;
    const worker = await drawingWorker();
    if (!worker) {
      const scene = hipScene(file, canvas, antialias);
      return async (request) => scene(request);
    }
    const offscreen = canvas.transferControlToOffscreen();
    worker.postMessage([file, offscreen, antialias], [offscreen]);
    return (request) => {
      worker.postMessage(request);
      return reply(worker);
    };
  };

  class HipLab extends HTMLElement {
    connectedCallback() {
      const template = document.getElementById("hip-lab-stage");
      if (!template || this.canvas) return;
      this.still = document.querySelector(".lab-still");
      this.append(template.content.cloneNode(true));
      this.canvas = this.querySelector("canvas");
      this.view = [...VIEWS.behind];
      this.putFirst();
      this.show("is-live");
      this.listen();
      this.update();
      this.start(template.dataset.model).catch((fault) => this.giveUp(fault));
    }

    async start(address) {
      await pageSeen();
      this.scene = await sceneOf(await modelFile(address), this.canvas);
      this.ask();
    }

    /** The still figure stands where the model will be, until that is drawn. */
    putFirst() {
      this.first = this.still.querySelector("figure")?.cloneNode(true);
      if (!this.first) return;
      this.first.classList.add("lab-first");
      this.querySelector(".lab-stage").append(this.first);
    }

    /** The model, the sliders without it, or the figure and the table that the page came with. */
    show(state) {
      this.className = state;
      this.still.classList.toggle("is-replaced", state === "is-live");
      this.still.classList.toggle("is-still", state === "is-flat");
    }

    giveUp(fault) {
      clearTimeout(this.saying);
      this.replaceChildren();
      this.ariaBusy = null;
      this.show("");
      throw fault;
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
      new ResizeObserver(() => this.ask()).observe(this.canvas);
      new MutationObserver(() => this.ask())
        .observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    }

    choose(preset) {
      this.sliders.forEach((slider, i) => { slider.value = PRESETS[preset][i]; });
      this.update();
    }

    get sliders() { return [...this.querySelectorAll("input[type=range]")]; }

    get hasMuscle() { return this.querySelector("[data-muscle]").checked; }

    get pose() { return this.sliders.map((slider) => Number(slider.value)); }

    update() {
      this.sliders.forEach((slider) => this.label(slider));
      this.markPreset(this.pose);
      this.ask();
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

    /** Ask for what is chosen now. While an answer is on its way only the newest wish waits. */
    ask() {
      if (!this.canvas.isConnected) return;
      this.ariaBusy = true;
      this.wanted = true;
      if (this.scene && !this.asking) this.work().catch((fault) => this.giveUp(fault));
    }

    async work() {
      this.asking = true;
      while (this.wanted) {
        this.wanted = false;
        this.answer(await this.scene(this.request()));
        if (this.first) await this.uncover();
      }
      this.asking = false;
      this.ariaBusy = null;
    }

    /** The drawing replaces the still figure once it is on the screen. */
    async uncover() {
      for (let frame = 0; frame < 2; frame++) await new Promise(requestAnimationFrame);
      this.first.remove();
      this.first = null;
    }

    request() {
      const [extension, adduction, external] = this.pose;
      const { clientWidth: width, clientHeight: height } = this.canvas;
      const style = getComputedStyle(this);
      const colour = (name) => style.getPropertyValue(name).split(",").map((part) => part / 255);
      return {
        pose: { extension, adduction, external }, view: this.view,
        width, height, ratio: Math.min(devicePixelRatio, 2),
        colours: Object.fromEntries(Object.entries(COLOURS)
          .filter(([mesh]) => mesh !== "quadratus" || this.hasMuscle)
          .map(([mesh, name]) => [mesh, colour(name)])),
      };
    }

    answer({ line, drawn, measured }) {
      if (!drawn) this.show("is-flat");
      place(this.querySelector(".lab-line"), line);
      if (measured) this.tell(measured);
    }

    tell({ mm, axial, outlines }) {
      this.querySelector(".lab-cut-bone").setAttribute("d", path(outlines.hipBone));
      this.querySelector(".lab-cut-femur").setAttribute("d", path(outlines.femur));
      const line = this.querySelector(".lab-cut-line");
      line.toggleAttribute("hidden", !axial);
      if (axial) place(line, axial.line);
      this.say(millimetres(mm), axial && millimetres(axial.mm));
    }

    say(space, axial) {
      this.querySelector("[data-space]").textContent = space;
      this.querySelector("[data-axial]").textContent = axial || "no ischium at this level";
      clearTimeout(this.saying);
      this.saying = setTimeout(() => {
        this.querySelector("[role=status]").textContent =
          `Model distance ${space} in space, ${axial || "not measurable"} in the axial section.`;
      }, SAY_AFTER);
    }

    look([turn, tip]) {
      this.view = [turn, Math.max(-STEEPEST, Math.min(STEEPEST, tip))];
      this.ask();
    }

    drag(event) {
      const [[turn, tip], x, y] = [this.view, event.clientX, event.clientY];
      const move = (at) => this.look([turn - (at.clientX - x) / 2, tip + (at.clientY - y) / 3]);
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
      this.look([this.view[0] + change[0], this.view[1] + change[1]]);
    }
  }

  customElements.define("hip-lab", HipLab);
})();
