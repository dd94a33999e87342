/* The caliper: two ends over an image of known size, moved by pointer or by arrow keys. */
(() => {
  "use strict";
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const FINE = 0.1; // mm a key moves an end with Shift, 1 without
  const tenth = (value) => Math.round(value * 10) / 10;

  class Caliper {
    /** ends: two buttons; line: an SVG line whose units are mm; side: mm of the image. */
    constructor({ ends, line, side, changed }) {
      Object.assign(this, { ends, line, side, changed });
      this.points = null;
      ends.forEach((end, n) => {
        end.addEventListener("keydown", (event) => this.press(event, n));
        end.addEventListener("pointerdown", (event) => this.drag(event, n));
      });
      this.draw();
    }

    /** Two points in mm, or null for none. */
    set(points) {
      this.points = points?.map((point) => point.map((value) =>
        tenth(Math.min(this.side, Math.max(0, value)))));
      this.draw();
      this.changed();
    }

    get mm() { return this.points && Math.hypot(...this.points[0].map((a, i) => a - this.points[1][i])); }

    /** Where in the image the pointer is, in mm. */
    at({ clientX, clientY }) {
      const { left, top, width, height } = this.line.ownerSVGElement.getBoundingClientRect();
      return [(clientX - left) / width * this.side, (clientY - top) / height * this.side];
    }

    move(n, point) {
      const points = [...this.points];
      points[n] = point;
      this.set(points);
    }

    /** A new line from where the pointer went down. */
    begin(event) {
      const start = this.at(event);
      this.set([start, start]);
      this.follow(event, 1, this.ends[1]);
    }

    drag(event, n) {
      event.preventDefault();
      event.stopPropagation();
      this.ends[n].focus({ preventScroll: true });
      this.follow(event, n, this.ends[n]);
    }

    follow(event, n, target) {
      const move = (now) => this.move(n, this.at(now));
      target.setPointerCapture(event.pointerId);
      target.addEventListener("pointermove", move);
      target.addEventListener("lostpointercapture", () =>
        target.removeEventListener("pointermove", move), { once: true });
    }

    press(event, n) {
      const way = STEPS[event.key];
      if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      const far = event.shiftKey ? FINE : 1;
      this.move(n, this.points[n].map((value, axis) => value + far * way[axis]));
    }

    draw() {
      const [one, other] = this.points ?? [[0, 0], [0, 0]];
      const places = { x1: one[0], y1: one[1], x2: other[0], y2: other[1] };
      this.line.toggleAttribute("hidden", !this.points);
      Object.entries(places).forEach(([name, value]) => this.line.setAttribute(name, value));
      this.ends.forEach((end, n) => {
        const [x, y] = [one, other][n];
        end.hidden = !this.points;
        end.style.left = `${100 * x / this.side}%`;
        end.style.top = `${100 * y / this.side}%`;
        end.ariaLabel = `End ${n + 1} of the caliper, ${x.toFixed(1)} mm from the left, ${y.toFixed(1)} mm from the top`;
      });
    }
  }

  window.mriCaliper = (parts) => new Caliper(parts);
})();
