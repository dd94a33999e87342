/* The page of an assignment: keeps a draft on the device, and ends with one file. Nothing here knows
   a key, and nothing is sent. Its questions are read and written by their own types. */
(() => {
  "use strict";
  const NO_DRAFT = "This browser keeps no draft. Save your file before you close the page.";
  const make = (tag, attributes, ...children) => Object.assign(window.viva.make(tag, "", ...children), attributes);

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
      this.restore();
      for (const kind of ["input", "click", "submit"]) this.addEventListener(kind, this);
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
      return `viva-assignment:${this.dataset.course}:${this.dataset.assignment}`;
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
        this.wrote = window.vivaJournal(this.place, 1, ([{ text }]) => this.write(text));
        stored = JSON.parse(localStorage.getItem(this.place));
      } catch {
        this.say(".viva-draft", NO_DRAFT);
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
        question.behaviour.write(question, stored.answer);
        return true;
      } catch {
        return false;
      }
    }

    number(question) {
      return this.questions.indexOf(question) + 1;
    }

    collect() {
      const answers = this.questions.map((question) => [question.id, { hash: question.dataset.hash, answer: question.behaviour.read(question) }]);
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
      this.tellReceipt("");
      if (this.dataset.mode !== "exam") this.draft.started ??= stamp(new Date());
      try {
        this.write(JSON.stringify(this.collect()));
        this.say(".viva-draft", "Draft kept on this device.");
      } catch {
        this.say(".viva-draft", NO_DRAFT);
      }
      this.refresh();
    }

    write(text) {
      localStorage.setItem(this.place, text);
      this.wrote?.("draft", text);
    }

    handleEvent(event) {
      this[`on_${event.type}`](event);
    }

    on_input() {
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
      if (button?.matches(".viva-save")) this.save();
      else if (button?.matches(".viva-copy")) print();
      else if (button?.closest(".viva-again")) this.again();
    }

    /** What is still open, and whether an exam has begun. */
    refresh() {
      const waiting = this.dataset.mode === "exam" && !this.draft.started;
      for (const part of this.querySelectorAll(".viva-sheets, .viva-finish")) part.hidden = waiting;
      const begin = this.querySelector(".viva-begin");
      if (begin) begin.hidden = !waiting;
      const open = this.questions.filter((question) => question.isOpen);
      const links = open.flatMap((question) => [" ", make("a", { href: `#${question.id}` }, String(this.number(question)))]);
      const words = open.length ? `${this.questions.length - open.length} of ${this.questions.length} answered. Still open:` : "Every question is answered.";
      this.querySelector(".viva-open").replaceChildren(words, ...links);
      this.tick();
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
      file.receipt = window.vivaReceipt(file);
      const identifier = file.identifier.replace(/[^\p{L}\p{N}._-]+/gu, "-");
      const name = `${this.dataset.assignment}-${identifier}.json`;
      download(name, JSON.stringify(file, null, 1));
      this.say(".viva-saved", `Saved as ${name}. It has not been sent: send this file to your teacher. If you change an answer, save again and send the new file.`);
      this.tellReceipt(file.receipt);
      this.querySelector(".viva-again").hidden = this.draft.attempt >= Number(this.dataset.attempts);
    }

    /** The code of the file that was saved last; none once an answer has changed since. */
    tellReceipt(code) {
      const place = this.querySelector(".viva-receipt");
      place.hidden = !code;
      place.querySelector("output").textContent = code;
    }

    /** An empty sheet with the next number; the saved file keeps the last attempt. */
    again() {
      this.draft = { attempt: this.draft.attempt + 1, started: null, answers: {} };
      this.querySelectorAll("viva-question").forEach((question) => question.clear());
      this.querySelector(".viva-again").hidden = true;
      this.keep();
      this.say(".viva-saved", "");
      this.scrollIntoView();
    }
  }

  customElements.define("viva-assignment", Assignment);
})();
