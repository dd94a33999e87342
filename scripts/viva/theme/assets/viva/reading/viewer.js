/* A figure over the page: zoomed by pinch, wheel and keys, moved by dragging, closed by its button, by
   Esc and by Back. Its caption and credit stand below it. */
(() => {
  "use strict";
  const [STEP, MOST, FAR] = [1.25, 8, 40];
  const HIDDEN = "#unlabelled";
  const { say, percent } = window.viva;

  const make = (tag, facts, ...inside) => {
    const made = Object.assign(document.createElement(tag), facts);
    made.append(...inside);
    return made;
  };
  const button = (words, onclick, facts = {}) => make("button", { type: "button", onclick, ...facts }, words);
  const middle = (points) => points.reduce(([x, y], point) => [x + point.clientX / points.length, y + point.clientY / points.length], [0, 0]);
  const apart = ([one, other]) => (other ? Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) : 1);

  class Viewer {
    constructor(link) {
      this.figure = link.closest("figure") ?? link.parentElement;
      this.link = link;
      this.pointers = new Map();
      this.image = make("img", { src: link.href, alt: this.figure.querySelector("img").alt, draggable: false });
      this.stage = make("div", { className: "viva-viewer__stage", tabIndex: 0 }, this.image);
      this.stage.setAttribute("role", "region");
      this.stage.setAttribute("aria-label", say("Figure. Plus and minus zoom, arrow keys move it, 0 fits it in."));
      this.said = make("span", { className: "viva-viewer__zoom" });
      this.said.setAttribute("role", "status");
      this.dialog = make("dialog", { className: "viva-viewer" }, this.bar(), this.stage, this.below());
      this.dialog.setAttribute("aria-label", say("Figure"));
      this.listen();
    }

    bar() {
      const zoom = (words, by) => button(words, () => this.zoom(by), { ariaLabel: by > 1 ? say("Zoom in") : say("Zoom out") });
      const tools = [zoom("−", 1 / STEP), zoom("+", STEP), button(say("Fit"), () => this.fit()), this.said];
      if (this.mayName) tools.push(this.names());
      return make("div", { className: "viva-viewer__bar" }, ...tools, button(say("Close"), () => this.close(), { className: "viva-viewer__close" }));
    }

    /** Labels that can be hidden; in a question they are part of the answer until that is given. */
    get mayName() {
      const question = this.link.closest("viva-question");
      if (this.link.hash === HIDDEN) return !question || "state" in question.dataset;
      return "labels" in this.link.dataset;
    }

    names() {
      const box = make("input", { type: "checkbox", checked: this.link.hash !== HIDDEN });
      box.onchange = () => (this.image.src = `${this.link.href.split("#")[0]}${box.checked ? "" : HIDDEN}`);
      return make("label", {}, box, ` ${say("Labels")}`);
    }

    below() {
      const inside = this.figure.querySelector("figcaption")?.cloneNode(true);
      for (const one of inside?.querySelectorAll("[id]") ?? []) one.removeAttribute("id");
      return make("div", { className: "viva-viewer__caption" }, ...(inside?.childNodes ?? []));
    }

    fit() {
      Object.assign(this, { scale: 1, x: 0, y: 0 });
      this.size();
      this.draw();
    }

    /** As large as the stage takes it, on the paper of the page: its lines may be dark. */
    size() {
      const { naturalWidth: width, naturalHeight: height } = this.image;
      if (!width) return;
      const fits = Math.min(this.stage.clientWidth / width, this.stage.clientHeight / height);
      Object.assign(this.image.style, { width: `${width * fits}px`, height: `${height * fits}px` });
    }

    /** Zoom by a factor; what lies at a point, given from the middle of the stage, stays there. */
    zoom(by, [px, py] = [0, 0]) {
      const scale = Math.max(1, Math.min(MOST, this.scale * by));
      const real = scale / this.scale;
      Object.assign(this, { scale, x: px - (px - this.x) * real, y: py - (py - this.y) * real });
      this.draw();
    }

    move(x, y) {
      this.x += x;
      this.y += y;
      this.draw();
    }

    /** Some of the figure always stays in sight. */
    draw() {
      const { clientWidth, clientHeight } = this.stage;
      const free = (length) => ((this.scale - 1) * length) / 2;
      this.x = Math.max(-free(clientWidth), Math.min(free(clientWidth), this.x));
      this.y = Math.max(-free(clientHeight), Math.min(free(clientHeight), this.y));
      this.image.style.transform = `translate(${this.x}px, ${this.y}px) scale(${this.scale})`;
      this.said.textContent = percent(this.scale);
    }

    fromMiddle([x, y]) {
      const { left, top, width, height } = this.stage.getBoundingClientRect();
      return [x - left - width / 2, y - top - height / 2];
    }

    listen() {
      const { stage, dialog } = this;
      this.image.addEventListener("load", () => this.size());
      new ResizeObserver(() => this.fit()).observe(stage);
      stage.addEventListener("wheel", (event) => {
        event.preventDefault();
        this.zoom(Math.exp(-event.deltaY / 400), this.fromMiddle([event.clientX, event.clientY]));
      }, { passive: false });
      stage.addEventListener("dblclick", (event) => (this.scale > 1 ? this.fit() : this.zoom(3, this.fromMiddle([event.clientX, event.clientY]))));
      stage.addEventListener("pointerdown", (event) => {
        stage.setPointerCapture(event.pointerId);
        this.pointers.set(event.pointerId, event);
      });
      stage.addEventListener("pointermove", (event) => this.drag(event));
      for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, ({ pointerId }) => this.pointers.delete(pointerId));
      dialog.addEventListener("keydown", (event) => this.press(event));
      dialog.addEventListener("close", () => this.gone());
    }

    /** One finger moves the figure, two pinch it as well. */
    drag(event) {
      if (!this.pointers.has(event.pointerId)) return;
      const before = [...this.pointers.values()];
      this.pointers.set(event.pointerId, event);
      const after = [...this.pointers.values()];
      const [[x1, y1], [x2, y2]] = [middle(before), middle(after)];
      if (after.length > 1) this.zoom(apart(after) / apart(before), this.fromMiddle([x1, y1]));
      this.move(x2 - x1, y2 - y1);
    }

    press(event) {
      const { key, ctrlKey, metaKey, altKey } = event;
      event.stopPropagation(); // the page below has keys of its own
      if (ctrlKey || metaKey || altKey) return;
      const ways = { ArrowLeft: [FAR, 0], ArrowRight: [-FAR, 0], ArrowUp: [0, FAR], ArrowDown: [0, -FAR] };
      if (key === "+" || key === "=") this.zoom(STEP);
      else if (key === "-") this.zoom(1 / STEP);
      else if (key === "0") this.fit();
      else if (ways[key]) this.move(...ways[key]);
      else return;
      event.preventDefault();
    }

    open() {
      (this.figure.closest("dialog") ?? document.body).append(this.dialog);
      document.documentElement.dataset.vivaViewer = "";
      this.dialog.showModal();
      this.stage.focus();
      history.pushState({ ...history.state, vivaViewer: true }, "");
      this.back = () => this.close();
      addEventListener("popstate", this.back);
    }

    close() {
      this.dialog.close();
    }

    gone() {
      removeEventListener("popstate", this.back);
      delete document.documentElement.dataset.vivaViewer;
      this.dialog.remove();
      this.link.focus({ preventScroll: true });
      if (history.state?.vivaViewer) history.back();
    }
  }

  window.vivaReading.viewer = { open: (link) => document.querySelector(".viva-viewer") ?? new Viewer(link).open() };
})();
