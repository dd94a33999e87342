/* What is named in a slice: its structures as paths over the image and as a line figure, and a list
   of them. A structure is marked in both views and its name is written on them. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const BODY = "body"; // fat and skin: the ground of the figure, not a name

  const capital = (text) => text[0].toUpperCase() + text.slice(1);

  class Names {
    /** words: for each structure what it is called, and of what kind it is. */
    constructor(reader, words) {
      Object.assign(this, { reader, words, kept: null });
      for (const view of reader.querySelectorAll(".mri-stage, .mri-drawn")) {
        view.addEventListener("pointermove", (event) => this.hover(event));
        view.addEventListener("pointerleave", () => this.light(this.kept));
      }
      reader.querySelector(".mri-drawn").addEventListener("click", (event) => this.tap(event));
      reader.querySelector("[data-do=names]").addEventListener("click", () => this.light(this.kept));
      reader.querySelector(".mri-list").addEventListener("click", ({ target }) => {
        const { structure } = target.dataset;
        if (structure) this.keep(structure === this.kept ? null : structure);
      });
    }

    word(name) { return this.words[name][0]; }

    path(name, text) {
      const path = document.createElementNS(SVG, "path");
      path.setAttribute("d", text);
      path.dataset.name = name;
      path.dataset.kind = this.words[name][1];
      return path;
    }

    /** The outlines of a slice, by name. */
    draw(outlines) {
      for (const group of this.reader.querySelectorAll(".mri-outlines")) {
        group.replaceChildren(...Object.entries(outlines).map((one) => this.path(...one)));
      }
      this.list(Object.keys(outlines).filter((name) => name !== BODY));
      this.light(this.kept);
    }

    list(names) {
      const sorted = names.sort((a, b) => this.word(a).localeCompare(this.word(b), "en"));
      const list = this.reader.querySelector(".mri-list");
      list.querySelector("ul").replaceChildren(...sorted.map((name) => {
        const button = Object.assign(document.createElement("button"), { type: "button" });
        button.dataset.structure = name;
        button.textContent = this.word(name);
        const item = document.createElement("li");
        item.append(button);
        return item;
      }));
      list.querySelector("summary").textContent = `Structures on this slice (${names.length})`;
      this.press();
    }

    press() {
      for (const button of this.reader.querySelectorAll("[data-structure]")) {
        button.ariaPressed = String(button.dataset.structure === this.kept);
      }
    }

    /** Keep a structure marked from slice to slice, or none. */
    keep(name) {
      this.kept = name;
      this.press();
      this.light(name);
    }

    /** Marks a structure in both views and writes its name on them. */
    light(name) {
      const lit = [...this.reader.querySelectorAll("path[data-name]")].filter((path) => {
        path.classList.toggle("is-lit", path.dataset.name === name);
        return path.dataset.name === name;
      });
      for (const chip of this.reader.querySelectorAll(".mri-name")) {
        chip.textContent = lit.length ? capital(this.word(name)) : "";
        chip.hidden = !lit.length;
      }
    }

    hover(event) {
      const { isNaming, isMeasuring } = this.reader;
      if (event.pointerType === "touch" || event.buttons || !isNaming || isMeasuring) return;
      this.light(this.under(event) ?? this.kept);
    }

    /** A tap keeps its name on the image; a tap elsewhere takes it away. */
    tap(event) {
      if (this.reader.isNaming) this.keep(this.under(event) ?? null);
    }

    under({ clientX, clientY }) {
      const name = document.elementsFromPoint(clientX, clientY)
        .find((one) => one.matches("mri-reader path[data-name]"))?.dataset.name;
      return name === BODY ? undefined : name;
    }
  }

  window.mriNames = (...given) => new Names(...given);
})();
