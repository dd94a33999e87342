/* <mri-reader>: axial slices of a right hip in the hands of a student. Attributes choose what it
   opens with: state (normal, narrowed, atrophy, strain, tear), sequence (t1, stir), slice (1 to 30).
   The page without a script shows a plate of slices; this element hides what it can do better. */
(() => {
  "use strict";
  const START = { state: "normal", sequence: "t1", slice: 18 };
  const KEYS = { ArrowUp: -1, ArrowDown: 1, PageUp: -5, PageDown: 5, Home: -Infinity, End: Infinity };
  const SAY_AFTER = 600; // ms of rest before a slice is announced
  const AHEAD = 3; // slices
  const DRAG = 9; // pixels of a drag to a slice
  const TAP = 6; // pixels; less is a tap
  const LONG = { t1: "T1", stir: "STIR, fluid-sensitive" };

  const angle = (value) => (value ? `${Math.abs(value)}° ${value > 0 ? "external" : "internal"} rotation` : "neutral");
  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  /** Resolves when an element comes near to what a reader sees. */
  const seen = (element) => new Promise((go) => {
    const watch = new IntersectionObserver(([entry]) => {
      if (!entry.isIntersecting) return;
      watch.disconnect();
      go();
    }, { rootMargin: "300px" });
    watch.observe(element);
  });

  let count = 0;

  class MriReader extends HTMLElement {
    connectedCallback() {
      const template = document.getElementById("mri-reader-parts");
      if (!template || this.canvas) return;
      this.append(template.content.cloneNode(true));
      this.className = "shows-mri";
      this.canvas = this.querySelector("canvas");
      this.ariaBusy = true;
      this.separate(count += 1);
      this.store = mriStore(template.dataset.folder);
      document.querySelectorAll(".mri-still").forEach((still) => still.classList.add("is-replaced"));
      this.start().catch((fault) => this.giveUp(fault));
    }

    /** Radio buttons and labels of each reader on a page are its own. */
    separate(number) {
      this.querySelectorAll("input[type=radio]").forEach((one) => { one.name += number; });
    }

    async start() {
      await seen(this);
      this.index = await this.store.index();
      this.choose("state", this.getAttribute("state") ?? START.state);
      this.choose("sequence", this.getAttribute("sequence") ?? START.sequence);
      this.choose("show", "mri");
      this.choose("space", "ifs");
      this.caliper = mriCaliper({
        ends: [...this.querySelectorAll(".mri-end")], line: this.querySelector(".mri-line"),
        side: this.index.pixels * this.index.pixel, changed: () => this.tellLength(),
      });
      this.names = mriNames(this, this.index.names);
      this.slice = Number(this.getAttribute("slice") ?? START.slice) - 1;
      this.listen();
      this.leg.max = this.index.rotations.length - 1;
      this.leg.value = this.index.rotations.indexOf(0);
      this.reset();
      await this.update();
    }

    giveUp(fault) {
      clearTimeout(this.saying);
      this.replaceChildren();
      this.classList.add("is-none");
      this.ariaBusy = null;
      document.querySelectorAll(".mri-still").forEach((still) => still.classList.remove("is-replaced"));
      throw fault;
    }

    listen() {
      this.addEventListener("input", (event) => this.input(event));
      this.addEventListener("click", (event) => this.click(event));
      this.addEventListener("keydown", (event) => this.key(event));
      const stage = this.querySelector(".mri-stage");
      stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
      stage.addEventListener("pointerdown", (event) => this.press(event, stage));
    }

    // ---------- what is chosen ----------

    choose(group, value) {
      const wanted = this.querySelector(`[data-group=${group}] input[value="${value}"]`);
      if (wanted) wanted.checked = true;
    }

    chosenIn(group) { return this.querySelector(`[data-group=${group}] input:checked`).value; }

    get leg() { return this.querySelector("[data-leg]"); }

    get slider() { return this.querySelector("[data-slice]"); }

    get rotation() { return this.index.rotations[Number(this.leg.value)]; }

    /** The state as the data name it: a turned leg is one of its own. */
    get state() {
      const state = this.chosenIn("state");
      if (state !== "normal" || !this.rotation) return state;
      return `turned${this.rotation > 0 ? "+" : ""}${this.rotation}`;
    }

    get isMeasuring() { return this.querySelector("[data-do=caliper]").ariaPressed === "true"; }

    get isNaming() { return this.querySelector("[data-do=names]").ariaPressed === "true"; }

    get space() { return this.index.states[this.state].spaces[this.slice]?.[this.chosenIn("space")]; }

    // ---------- what a student does ----------

    input({ target }) {
      if (target === this.slider) this.slice = Number(target.value) - 1;
      if (target.matches("[data-window], [data-level]")) return this.paint();
      const isOther = target === this.leg || target === this.slider;
      if (isOther || target.closest("[data-group=space], [data-group=state]")) this.hideModel();
      return this.refresh();
    }

    click({ target }) {
      const { action } = target.dataset;
      if (target.dataset.do) target.ariaPressed = String(target.ariaPressed !== "true");
      if (target.dataset.do === "caliper") this.place();
      if (action === "compare") this.compare();
      if (action === "model") this.showModel().catch((fault) => this.trouble(fault));
      if (action === "reset") { this.reset(); this.paint(); }
    }

    /** A caliper that appears by keyboard needs ends to move. */
    place() {
      if (!this.isMeasuring) this.caliper.set(null);
      else if (!this.caliper.points) this.caliper.set([[80, 130], [120, 130]]);
    }

    key(event) {
      const step = KEYS[event.key];
      const { target } = event;
      if (!step || (target !== this.canvas && target !== this.slider)) return;
      event.preventDefault();
      this.go(this.slice + step);
    }

    wheel(event) {
      const to = this.slice + Math.sign(event.deltaY);
      if (this.within(to) !== to) return; // at either end the page scrolls on
      event.preventDefault();
      this.go(to);
    }

    press(event, stage) {
      if (event.button || event.target.closest("button")) return;
      this.canvas.focus({ preventScroll: true });
      event.preventDefault();
      if (this.isMeasuring) this.caliper.begin(event);
      else this.scroll(event, stage);
    }

    /** A drag scrolls; what does not move is a tap, and names. */
    scroll(start, stage) {
      const from = this.slice;
      let moved = 0;
      const move = (now) => {
        moved = Math.max(moved, Math.abs(now.clientY - start.clientY));
        if (moved >= TAP) this.go(from + Math.round((now.clientY - start.clientY) / DRAG));
      };
      stage.setPointerCapture(start.pointerId);
      stage.addEventListener("pointermove", move);
      stage.addEventListener("lostpointercapture", () => {
        stage.removeEventListener("pointermove", move);
        if (moved < TAP) this.names.tap(start);
      }, { once: true });
    }

    // ---------- what is shown ----------

    within(slice) {
      const [first, last] = this.index.states[this.state].range;
      return Math.min(last, Math.max(first, slice));
    }

    go(slice) {
      const to = this.within(slice);
      if (to === this.slice) return;
      const ahead = this.within(to + AHEAD * Math.sign(to - this.slice));
      this.slice = to;
      this.hideModel();
      this.refresh().then(() => this.prepare(ahead));
    }

    /** Asks for the files of a slice that a student who scrolls on will want. */
    prepare(slice) {
      for (const kind of [this.chosenIn("sequence"), "outlines"]) {
        this.store.layers(this.state, kind, slice).catch(() => { /* asked again when it is shown */ });
      }
    }

    refresh() { return this.update().catch((fault) => this.trouble(fault)); }

    /** A slice whose file does not come: an empty image rather than another one. */
    trouble(fault) {
      this.ariaBusy = null;
      this.canvas.getContext("2d").clearRect(0, 0, this.canvas.width, this.canvas.height);
      this.names.draw({});
      this.querySelector(".mri-result").textContent =
        "This slice did not load. Check the network, then choose it again.";
      console.warn(fault);
    }

    /** Show what is chosen now; an older wish that comes late is dropped. */
    async update() {
      const wish = this.wish = Symbol("wish");
      this.ariaBusy = true;
      this.slice = this.within(this.slice);
      this.tell();
      const [state, sequence, slice] = [this.state, this.chosenIn("sequence"), this.slice];
      const grey = await this.store.grey(state, sequence, slice);
      if (wish !== this.wish) return;
      this.grey = grey;
      this.paint();
      const outlines = await this.store.outlines(state, slice);
      if (wish !== this.wish) return;
      this.names.draw(outlines);
      this.ariaBusy = null;
    }

    reset() {
      for (const slider of this.querySelectorAll("[data-window], [data-level]")) {
        slider.value = slider.defaultValue;
      }
    }

    paint() {
      const value = (name) => Number(this.querySelector(`[data-${name}]`).value);
      const [width, level] = [value("window"), value("level")];
      const strength = this.index.noise[this.chosenIn("sequence")];
      mriPaint(this.canvas, this.grey, { width, level, strength, slice: this.slice });
      for (const slider of this.querySelectorAll("[data-window], [data-level]")) {
        slider.nextElementSibling.textContent = slider.value;
      }
    }

    tell() {
      const { states, slices } = this.index;
      const state = this.chosenIn("state");
      const number = `slice ${this.slice + 1} of ${slices}`;
      const [first, last] = states[this.state].range;
      Object.assign(this.slider, { min: first + 1, max: last + 1, value: this.slice + 1 });
      this.slider.setAttribute("aria-valuetext", `${number}, ${this.level}`);
      this.querySelector(".mri-count").textContent = number;
      this.querySelector(".mri-levels").textContent = capital(this.level);
      this.querySelector(".mri-kind").textContent = LONG[this.chosenIn("sequence")].split(",")[0];
      this.canvas.ariaLabel = `${capital(number)}: ${this.level}. ${LONG[this.chosenIn("sequence")]}. ${states[this.state].title}. Computed from a model, not a patient’s. Arrow keys scroll.`;
      this.className = `shows-${this.chosenIn("show")}`;
      this.tellLeg(state, first, last);
      this.say();
    }

    get level() { return this.index.words[this.slice]; }

    tellLeg(state, first, last) {
      this.leg.disabled = state !== "normal";
      const rotation = state === "normal" ? this.rotation : this.index.states[state].rotation;
      this.leg.setAttribute("aria-valuetext", angle(rotation));
      const words = this.querySelector(".mri-leg");
      const limits = last - first + 1 < this.index.slices ? `; slices ${first + 1} to ${last + 1}` : "";
      words.textContent = `${angle(rotation)}${limits}`;
    }

    say() {
      clearTimeout(this.saying);
      this.saying = setTimeout(() => {
        this.querySelector("[role=status]").textContent = this.canvas.ariaLabel.split(" Computed")[0];
      }, SAY_AFTER);
    }

    // ---------- measuring ----------

    tellLength() {
      const { mm } = this.caliper;
      this.querySelector(".mri-length").textContent = mm === null || mm === undefined
        ? "" : `${mm.toFixed(1)} mm`;
    }

    compare() {
      const { levels, apex } = this.index;
      const { points, mm: length } = this.caliper;
      const { slice, space } = this;
      const which = this.chosenIn("space");
      this.querySelector(".mri-result").textContent =
        mriFind.compare({ which, points, length, slice, space, levels, apex });
      if (space && points) this.drawModel();
    }

    async showModel() {
      if (!this.space) {
        this.slice = this.index.apex;
        await this.update();
      }
      this.drawModel();
      const { mm } = this.space;
      this.querySelector(".mri-result").textContent =
        `The model’s shortest line on slice ${this.slice + 1}: ${mm.toFixed(1)} mm. ${mriFind.hint(this.chosenIn("space"))}`;
    }

    drawModel() {
      const [[x1, y1], [x2, y2]] = this.space.ends;
      for (const line of this.querySelectorAll(".mri-model")) {
        Object.entries({ x1, y1, x2, y2 }).forEach(([name, value]) => line.setAttribute(name, value));
        line.removeAttribute("hidden");
      }
    }

    hideModel() {
      this.querySelectorAll(".mri-model").forEach((line) => line.setAttribute("hidden", ""));
      this.querySelector(".mri-result").textContent = "";
    }
  }

  customElements.define("mri-reader", MriReader);
})();
