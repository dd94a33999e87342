/* The page of an assignment: a session of the course's store, kept after every change, that ends with one
   file. Another tab goes on with the same session, another device with its file. Nothing here knows a
   key, and nothing is sent. Its questions are read and written by their own types; assignment/kept.js has what
   it goes on with. */
(() => {
  "use strict";
  const { store, Session, sessions, save } = window.vivaStudy;
  const { say, count, number } = window.viva;
  const NO_DRAFT = say("This browser keeps no draft. Save your file before you close the page.");
  const make = (name, attributes, ...children) => Object.assign(window.viva.make(name, "", ...children), attributes);
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  /** A moment with the offset of this device's clock. */
  function stamp(moment) {
    const offset = -moment.getTimezoneOffset();
    const two = (number) => String(Math.trunc(Math.abs(number))).padStart(2, "0");
    const local = new Date(moment.getTime() + offset * 60000).toISOString().slice(0, 19);
    return `${local}${offset < 0 ? "-" : "+"}${two(offset / 60)}:${two(offset % 60)}`;
  }

  class Assignment extends HTMLElement {
    connectedCallback() {
      if (document.readyState === "complete") this.wake();
      else document.addEventListener("DOMContentLoaded", () => this.wake(), { once: true });
    }

    wake() {
      if (this.session) return;
      this.moveIn();
      const [last] = this.kept();
      if (last) this.goOn(last);
      else this.begin(1);
      for (const kind of ["input", "change", "click", "submit", "viva:fold"]) this.addEventListener(kind, this);
      store.listen(() => this.absorb());
      if (!store.storage) this.tell(".viva-draft", NO_DRAFT);
      this.classList.add("viva-awake");
      this.refresh();
      if (this.limit) setInterval(() => this.tick(), 1000);
      window.vivaStudy.load("study/runner.css", "study/runner.js").then(() => this.lead());
    }

    /** Its questions are led through as in any session: one at a time on a phone, by the same keys. */
    lead() {
      this.runner?.line.remove();
      this.runner?.stop();
      const facts = { ...this.facts, id: this.session.id };
      const session = this.session.data ? this.session : null;
      this.runner = new window.vivaStudy.Runner(this.querySelector(".viva-sheets"), this.questions, facts, { session, restores: false });
      const { items } = this.draft;
      for (const leaf of this.runner.leaves) window.vivaStudy.tools.restore(leaf, items[leaf.id]);
    }

    /** What was read and filled in folds into a line. */
    fold() {
      const { name, identifier } = this.draft;
      const about = this.querySelector(".viva-about");
      if (!name || !identifier || "folded" in about.dataset) return;
      about.dataset.folded = "";
      about.open = false;
      about.querySelector("summary").textContent = `${name} · ${identifier}`;
    }

    get questions() {
      return [...this.querySelectorAll(":scope > .viva-sheets > viva-question")];
    }
    get student() {
      return this.querySelector(".viva-student").elements;
    }
    get draft() {
      return this.session.data ?? { attempt: 1, items: {} };
    }
    get place() {
      return `${store.prefix}s:${this.session.id}`;
    }
    /** The time limit, and what the student was granted beyond it, in whole minutes. */
    get limit() {
      const minutes = Number(this.dataset.minutes ?? 0) * (1 + this.extra / 100);
      return Math.ceil(minutes.toFixed(6)) * 60000;
    }
    get extra() {
      const { extra } = this.student;
      return extra?.validity.valid ? Number(extra.value) : 0;
    }

    tell(where, words) {
      this.querySelector(where).textContent = words;
    }

    /* The session */

    /** Its sessions, the last attempt first. */
    kept() {
      const of = this.dataset.assignment;
      const own = sessions((one) => one.mode === "assignment" && one.of === of);
      return own.sort((one, other) => (other.attempt ?? 1) - (one.attempt ?? 1));
    }

    begin(attempt) {
      const { assignment: of } = this.dataset;
      const title = document.querySelector("h1")?.firstChild?.textContent.trim();
      const facts = { mode: "assignment", of, title, attempt, order: this.questions.map(({ id }) => id), name: "", identifier: "" };
      this.facts = facts;
      this.session = new Session(`assignment-${of}-${attempt}`);
    }

    /** A session begins to be kept with the first thing that is done in it. */
    hold() {
      if (!this.session.data) Session.begin(this.facts, this.session.id);
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
        attempt: this.facts.attempt,
        started: this.draft.started ?? null,
        ...(this.extra ? { extra: this.extra } : {}),
        answers: Object.fromEntries(answers),
      };
    }

    /** What this page does itself, it does not take over from itself. */
    quietly(does) {
      this.busy = true;
      does();
      this.busy = false;
    }

    /** Write down what is new on this page, and nothing else. */
    keep() {
      this.tellReceipt("");
      this.quietly(() => this.write());
      this.tell(".viva-draft", ["refused", "full", "newer"].some((problem) => store.problems.has(problem)) ? NO_DRAFT : say("Draft kept on this device."));
      this.refresh();
    }

    write() {
      this.hold();
      if (this.runner) this.runner.session ??= this.session;
      this.isKept = true;
      const { items, started } = this.draft;
      const { name, identifier, answers } = this.collect();
      this.session.set({ name, identifier, extra: this.extra, started: started ?? (this.dataset.mode === "exam" ? null : stamp(new Date())) });
      for (const [id, { hash: h, answer: a }] of Object.entries(answers)) {
        if (!same(a, items[id]?.a ?? null) || (a !== null && h !== items[id].h)) this.session.put(id, { h, a });
      }
    }

    /* What is done on the page */

    handleEvent(event) {
      if (event.type === "viva:fold") this.fold();
      else this[`on_${event.type}`](event);
    }

    on_input({ target }) {
      if (!target.matches("[type=file]")) this.keep();
    }

    on_change({ target }) {
      if (target.matches("[type=file]")) this.carryOn(target);
    }

    on_submit(event) {
      if (event.target.method === "dialog") return;
      event.preventDefault();
      if (!event.target.matches(".viva-student") || this.dataset.mode !== "exam" || this.draft.started) return;
      this.quietly(() => {
        this.hold();
        this.session.set({ started: stamp(new Date()) });
        store.hold();
      });
      this.keep();
      this.questions[0].querySelector("input, select, button")?.focus();
    }

    on_click({ target }) {
      const button = target.closest("button");
      if (button?.matches(".viva-save")) this.save();
      else if (button?.matches(".viva-copy")) print();
      else if (button?.matches(".viva-not-you")) this.querySelector(".viva-clearing").showModal();
      else if (button?.matches(".viva-clear")) this.clearDevice();
      else if (button?.closest(".viva-again")) this.again();
    }

    clearDevice() {
      this.quietly(() => window.vivaStudy.erase());
      location.reload();
    }

    /** What is still open, and whether an exam has begun. */
    refresh() {
      const { started, name } = this.draft;
      const waiting = this.dataset.mode === "exam" && !started;
      for (const part of this.querySelectorAll(".viva-sheets, .viva-finish")) part.hidden = waiting;
      const begin = this.querySelector(".viva-begin");
      if (begin) begin.hidden = !waiting;
      this.isKept = Boolean(this.session.data);
      this.querySelector(".viva-owner").hidden = !this.isKept;
      this.tell(".viva-owner-name", name ? say("This is the work of {name}.", { name }) : say("A draft is kept here."));
      const open = this.questions.filter((question) => question.isOpen);
      const links = open.flatMap((question) => [" ", make("a", { href: `#${question.id}`, onclick: () => this.runner?.show(this.number(question) - 1) }, number(this.number(question)))]);
      this.runner?.line.draw();
      const words = open.length ? say("{n} of {total} answered. Still open:", { n: this.questions.length - open.length, total: this.questions.length }) : say("Every question is answered.");
      this.querySelector(".viva-open").replaceChildren(words, ...links);
      this.tick();
    }

    tick() {
      const { started } = this.draft;
      if (!this.limit || !started) return;
      const left = this.limit - (Date.now() - new Date(started));
      const minutes = Math.ceil(Math.abs(left) / 60000);
      const words = left > 0 ? count("{n} minute left", "{n} minutes left", minutes) : say("Time is up. Save your answer file now.");
      const clock = this.querySelector(".viva-clock");
      clock.hidden = false;
      if (clock.textContent !== words) clock.textContent = words;
    }

    save() {
      const missing = ["name", "identifier"].map((name) => this.student[name]).find((input) => !input.value.trim());
      if (missing) {
        this.tell(".viva-saved", say("Write your name and your identifier first."));
        this.querySelector(".viva-about").open = true;
        return missing.focus();
      }
      this.keep();
      const file = { ...this.collect(), finished: stamp(new Date()) };
      file.receipt = window.vivaReceipt(file);
      const identifier = file.identifier.replace(/[^\p{L}\p{N}._-]+/gu, "-");
      const name = `${this.dataset.assignment}-${identifier}.json`;
      const after = say("It has not been sent: send this file to your teacher. If you change an answer, save again and send the new file.");
      save(this.querySelector(".viva-saved"), name, JSON.stringify(file, null, 1), after);
      this.tellReceipt(file.receipt);
      store.hold();
      this.querySelector(".viva-again").hidden = this.facts.attempt >= Number(this.dataset.attempts);
    }

    /** The code of the file that was saved last; none once an answer has changed since. */
    tellReceipt(code) {
      const place = this.querySelector(".viva-receipt");
      place.hidden = !code;
      place.querySelector("output").textContent = code;
    }

    /** An empty sheet with the next number; the saved file keeps the last attempt. */
    again() {
      const { name, identifier, attempt } = this.collect();
      this.quietly(() => this.session.end());
      this.begin(attempt + 1);
      Object.assign(this.facts, { name, identifier });
      this.questions.forEach((question) => question.clear());
      this.querySelector(".viva-again").hidden = true;
      this.keep();
      this.lead();
      this.tell(".viva-saved", "");
      this.scrollIntoView();
    }
  }

  window.vivaStudy.Assignment = Assignment;
})();
