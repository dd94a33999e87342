/* The page of an assignment: keeps a draft on the device, and ends with one file.
   Nothing here knows a key, and nothing is sent. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";

  const picked = (question) => [...question.querySelectorAll("input:checked")].map((input) => Number(input.value));
  const field = (question) => question.querySelector("input[name=answer]");
  const steps = (question) => [...question.querySelectorAll("viva-question")];
  const items = (question) => question.querySelector(".viva-items");
  const parts = (values) => (values.every((value) => value === null) ? null : values);
  const check = (question, values) => question.querySelectorAll("input").forEach((input) => {
    input.checked = values.includes(Number(input.value));
  });

  const choice = { read: (question) => picked(question)[0] ?? null, write: (question, answer) => check(question, [answer]) };
  const text = {
    read: (question) => field(question).value.trim() || null,
    write: (question, answer) => (field(question).value = answer),
  };
  /** How each type's answer is read from the page and put back. */
  const TYPES = {
    single: choice,
    hotspot: choice,
    "script-concordance": choice,
    numeric: text,
    "short-answer": text,
    multiple: {
      read: (question) => (picked(question).length ? picked(question) : null),
      write: check,
    },
    "true-false": {
      read: (question) => parts([...question.querySelectorAll("fieldset fieldset")].map((statement) => {
        const input = statement.querySelector("input:checked");
        return input && input.value === "true";
      })),
      write: (question, answer) => question.querySelectorAll("fieldset fieldset").forEach((statement, number) => {
        statement.querySelectorAll("input").forEach((input) => (input.checked = input.value === String(answer[number])));
      }),
    },
    matching: {
      read: (question) => parts([...question.querySelectorAll("select")].map(({ value }) => (value === "" ? null : Number(value)))),
      write: (question, answer) => question.querySelectorAll("select").forEach((select, number) => (select.value = answer[number] ?? "")),
    },
    ordering: {
      read: (question) => ("moved" in question.dataset ? [...items(question).children].map((item) => Number(item.dataset.item)) : null),
      write(question, answer) {
        const all = [...items(question).children].sort((a, b) => a.dataset.item - b.dataset.item);
        items(question).append(...answer.map((number) => all[number]));
        question.dataset.moved = "";
        settle(question);
      },
    },
    case: {
      read: (question) => parts(steps(question).map(read)),
      write: (question, answer) => steps(question).forEach((step, number) => write(step, answer[number])),
    },
  };

  /** A type that is not in the table brings its own script, the same as on the other pages. */
  window.viva ??= {
    make: (tag, name, ...children) => make(tag, { className: name }, ...children),
    type: (name, behaviour) => (TYPES[name] ??= behaviour),
  };

  const read = (question) => TYPES[question.getAttribute("type")].read(question);

  function write(question, answer) {
    if (answer !== null && answer !== undefined) TYPES[question.getAttribute("type")].write(question, answer);
  }

  function make(tag, attributes, ...children) {
    const made = Object.assign(document.createElement(tag), attributes);
    made.append(...children);
    return made;
  }

  /** Items get buttons to move them; at the end of its way a button only says so. */
  function dress(question) {
    for (const item of items(question).children) {
      const words = item.textContent.trim();
      for (const [by, way] of [[-1, "up"], [1, "down"]]) {
        const button = make("button", { type: "button", className: "viva-move", ariaLabel: `Move ${way}: ${words}` });
        button.dataset.by = by;
        item.append(button);
      }
    }
    const keep = make("button", { type: "button", className: "viva-keep" }, "This order is my answer");
    items(question).after(keep);
    settle(question);
  }

  function settle(question) {
    const all = [...items(question).children];
    all.forEach((item, place) => {
      const [up, down] = item.querySelectorAll("button");
      up.ariaDisabled = place === 0;
      down.ariaDisabled = place === all.length - 1;
    });
    question.querySelector(".viva-keep").hidden = "moved" in question.dataset;
  }

  function move(question, button) {
    const item = button.closest("li");
    const other = button.dataset.by === "1" ? item.nextElementSibling : item.previousElementSibling;
    if (!other) return;
    other[button.dataset.by === "1" ? "after" : "before"](item);
    question.dataset.moved = "";
    settle(question);
    button.focus();
  }

  const edges = (shape) => shape.map((point, number) => [point, shape[(number + 1) % shape.length]]);

  /** Whether a point is inside: a line from it to the right crosses the edge an odd number of times. */
  function holds(shape, [x, y]) {
    return edges(shape).filter(([[ax, ay], [bx, by]]) =>
      (ay > y) !== (by > y) && x < ax + ((y - ay) / (by - ay)) * (bx - ax)).length % 2 === 1;
  }

  function distance([x, y], [[ax, ay], [bx, by]]) {
    const [dx, dy] = [bx - ax, by - ay];
    const at = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - ax - at * dx, y - ay - at * dy);
  }

  /** Where a letter stands best: inside its place, outside the others, far from every edge. */
  function middle(shape, others) {
    const [left, right, top, bottom] = [0, 0, 1, 1].map((axis, n) => Math[n % 2 ? "max" : "min"](...shape.map((point) => point[axis])));
    const steps = Array.from({ length: 24 }, (_, n) => (n + 0.5) / 24);
    const grid = steps.flatMap((y) => steps.map((x) => [left + x * (right - left), top + y * (bottom - top)]));
    const inside = grid.filter((point) => holds(shape, point));
    const free = inside.filter((point) => !others.some((other) => holds(other, point)));
    const lines = [shape, ...others].flatMap(edges);
    const room = (point) => Math.min(...lines.map((edge) => distance(point, edge)));
    return [free, inside, grid].find((points) => points.length).reduce((best, point) => (room(point) > room(best) ? point : best));
  }

  function svg(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    return made;
  }

  /** The places of a figure as outlines with letters; each may be clicked instead of its button. */
  function outline(question) {
    const frame = question.querySelector(".viva-hotspot");
    const overlay = svg("svg", { viewBox: "0 0 1 1", preserveAspectRatio: "none", "aria-hidden": "true" });
    const inputs = [...question.querySelectorAll("input")];
    const shapes = inputs.map((input) => input.dataset.points.trim().split(/\s+/).map((point) => point.split(",").map(Number)));
    inputs.forEach((input, number) => {
      const shape = svg("polygon", { points: shapes[number].join(" ") });
      shape.onclick = () => input.click();
      overlay.append(shape);
      const letter = make("span", { className: "viva-place", ariaHidden: "true" }, String.fromCharCode(65 + number));
      const [x, y] = middle(shapes[number], shapes.filter((other) => other !== shapes[number]));
      letter.style.left = `${100 * x}%`;
      letter.style.top = `${100 * y}%`;
      frame.append(letter);
    });
    frame.append(overlay);
  }

  /** A moment with the offset of this device's clock. */
  function stamp(moment) {
    const offset = -moment.getTimezoneOffset();
    const two = (number) => String(Math.trunc(Math.abs(number))).padStart(2, "0");
    const local = new Date(moment.getTime() + offset * 60000).toISOString().slice(0, 19);
    return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
  }

  function download(name, content) {
    const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    const link = make("a", { href: address, download: name });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  class Assignment extends HTMLElement {
    connectedCallback() {
      if (document.readyState === "complete") this.wake();
      else document.addEventListener("DOMContentLoaded", () => this.wake(), { once: true });
    }

    wake() {
      if (this.draft) return;
      const all = [...this.querySelectorAll("viva-question")];
      all.filter((one) => one.getAttribute("type") === "ordering").forEach(dress);
      all.filter((one) => one.getAttribute("type") === "hotspot").forEach(outline);
      all.forEach((one) => TYPES[one.getAttribute("type")].wake?.(one));
      this.restore();
      for (const kind of ["input", "change", "click", "submit"]) this.addEventListener(kind, this);
      this.classList.add("viva-awake");
      this.refresh();
      if (this.limit) setInterval(() => this.tick(), 1000);
    }

    get questions() {
      return [...this.querySelectorAll(":scope > .viva-sheets > viva-question")];
    }
    get student() {
      return this.querySelector(".viva-student").elements;
    }
    get place() {
      return `viva:${this.dataset.course}:assignment:${this.dataset.assignment}`;
    }
    get limit() {
      return Number(this.dataset.minutes ?? 0) * 60000;
    }

    say(where, words) {
      this.querySelector(where).textContent = words;
    }

    restore() {
      this.draft = { attempt: 1, started: null, answers: {} };
      let stored = null;
      try {
        stored = JSON.parse(localStorage.getItem(this.place));
      } catch {
        this.say(".viva-draft", "This browser keeps no draft. Save your file before you close the page.");
      }
      if (stored?.viva !== 1) return;
      this.draft = { ...this.draft, ...stored };
      this.student.name.value = stored.name ?? "";
      this.student.identifier.value = stored.identifier ?? "";
      const changed = this.questions.filter((question) => !this.fill(question, stored.answers?.[question.id]));
      this.say(".viva-draft", changed.length
        ? `Your draft is back. Changed since, please answer again: ${changed.map((one) => this.number(one)).join(", ")}.`
        : "Your draft is back.");
    }

    /** Put a stored answer back; false when the question is another one by now. */
    fill(question, stored) {
      if (!stored || stored.answer === null) return true;
      if (stored.hash !== question.dataset.hash) return false;
      try {
        write(question, stored.answer);
        return true;
      } catch {
        return false;
      }
    }

    number(question) {
      return this.questions.indexOf(question) + 1;
    }

    collect() {
      const answers = this.questions.map((question) => [question.id, { hash: question.dataset.hash, answer: read(question) }]);
      return {
        viva: 1,
        assignment: this.dataset.assignment,
        name: this.student.name.value.trim(),
        identifier: this.student.identifier.value.trim(),
        attempt: this.draft.attempt,
        started: this.draft.started,
        answers: Object.fromEntries(answers),
      };
    }

    keep() {
      if (this.dataset.mode !== "exam") this.draft.started ??= stamp(new Date());
      try {
        localStorage.setItem(this.place, JSON.stringify(this.collect()));
        this.say(".viva-draft", "Draft kept on this device.");
      } catch {
        this.say(".viva-draft", "This browser keeps no draft. Save your file before you close the page.");
      }
      this.refresh();
    }

    handleEvent(event) {
      this[`on_${event.type}`](event);
    }

    on_input() {
      this.keep();
    }

    on_change() {
      this.keep();
    }

    on_submit(event) {
      event.preventDefault();
      if (!event.target.matches(".viva-student") || this.dataset.mode !== "exam" || this.draft.started) return;
      this.draft.started = stamp(new Date());
      this.keep();
      this.questions[0].querySelector("input, select, button")?.focus();
    }

    on_click({ target }) {
      const button = target.closest("button");
      const question = target.closest("viva-question");
      if (button?.matches(".viva-move") && button.ariaDisabled !== "true") {
        move(question, button);
        this.keep();
      } else if (button?.matches(".viva-keep")) {
        question.dataset.moved = "";
        settle(question);
        this.keep();
      } else if (button?.matches(".viva-save")) this.save();
      else if (button?.matches(".viva-copy")) print();
      else if (button?.closest(".viva-again")) this.again();
    }

    /** What is still open, and whether an exam has begun. */
    refresh() {
      const waiting = this.dataset.mode === "exam" && !this.draft.started;
      for (const part of this.querySelectorAll(".viva-sheets, .viva-finish")) part.hidden = waiting;
      this.unfold();
      const begin = this.querySelector(".viva-begin");
      if (begin) begin.hidden = !waiting;
      const open = this.questions.filter((question) => this.isOpen(question));
      const links = open.flatMap((question) => [" ", make("a", { href: `#${question.id}` }, String(this.number(question)))]);
      const words = open.length ? `${this.questions.length - open.length} of ${this.questions.length} answered. Still open:` : "Every question is answered.";
      this.querySelector(".viva-open").replaceChildren(words, ...links);
      this.tick();
    }

    /** The next step of a case appears when the one before is answered, and then stays. */
    unfold() {
      for (const next of this.querySelectorAll(".viva-next")) next.open ||= !this.isOpen(next.previousElementSibling);
    }

    isOpen(question) {
      const answer = read(question);
      return answer === null || (Array.isArray(answer) && answer.includes(null));
    }

    tick() {
      if (!this.limit || !this.draft.started) return;
      const left = this.limit - (Date.now() - new Date(this.draft.started));
      const minutes = Math.ceil(Math.abs(left) / 60000);
      const unit = minutes === 1 ? "minute" : "minutes";
      const words = left > 0 ? `${minutes} ${unit} left` : `Time is up. Save your answer file now.`;
      const clock = this.querySelector(".viva-clock");
      clock.hidden = false;
      if (clock.textContent !== words) clock.textContent = words;
    }

    save() {
      const missing = ["name", "identifier"].map((name) => this.student[name]).find((input) => !input.value.trim());
      if (missing) {
        this.say(".viva-saved", "Write your name and your identifier first.");
        return missing.focus();
      }
      this.keep();
      const file = { ...this.collect(), finished: stamp(new Date()) };
      const identifier = file.identifier.replace(/[^\p{L}\p{N}._-]+/gu, "-");
      const name = `${this.dataset.assignment}-${identifier}.json`;
      download(name, JSON.stringify(file, null, 1));
      this.say(".viva-saved", `Saved as ${name}. It has not been sent: send this file to your teacher. If you change an answer, save again and send the new file.`);
      this.querySelector(".viva-again").hidden = this.draft.attempt >= Number(this.dataset.attempts);
    }

    /** An empty sheet with the next number; the saved file keeps the last attempt. */
    again() {
      this.draft = { attempt: this.draft.attempt + 1, started: null, answers: {} };
      this.querySelectorAll(".viva-sheets form").forEach((form) => form.reset());
      this.querySelectorAll(".viva-next").forEach((next) => (next.open = false));
      this.querySelectorAll("viva-question").forEach((one) => TYPES[one.getAttribute("type")].reset?.(one));
      for (const question of this.querySelectorAll("viva-question[type=ordering]")) {
        TYPES.ordering.write(question, [...items(question).children].map((_, number) => number));
        delete question.dataset.moved;
        settle(question);
      }
      this.querySelector(".viva-again").hidden = true;
      this.keep();
      this.say(".viva-saved", "");
      this.scrollIntoView();
    }
  }

  customElements.define("viva-assignment", Assignment);
})();
