/* Exam mode: one question at a time, an answer sheet, and the marks when the exam is handed in.

   What was given so far is kept after every change, so that a closed tab loses nothing. Its parts are
   in the folder exam/. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store } = study;
  const { make } = window.viva;
  const MINUTE = 60;

  const leavesOf = (question) => (question.form ? [question] : [...question.querySelectorAll("viva-question")]);

  function button(name, words, press) {
    const made = make("button", name, words);
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  }

  class Exam {
    /** The exam that is kept under a name goes on; where there is none, one is offered. */
    constructor(quiz, { key = `d:${study.page}`, focus = false } = {}) {
      Object.assign(this, { quiz, key });
      this.bar = quiz.querySelector(":scope > .viva-bar");
      this.questions = [...quiz.querySelectorAll(":scope > viva-question")];
      this.leaves = this.questions.flatMap(leavesOf);
      this.draft = this.stored();
      if (this.draft) this.resume(focus);
      else this.offer();
    }

    /** The exam that waits; what cannot be one is kept aside. */
    stored() {
      const found = store.get(this.key);
      if (!found || study.drafts.isSound(found)) return found;
      store.setAside(this.key, store.raw(this.key));
      return undefined;
    }

    /* Before it begins */

    offer() {
      const input = make("input", "");
      Object.assign(input, { type: "number", min: 1, max: 600, value: Math.max(1, Math.round(this.leaves.length * 1.25)) });
      const timed = make("input", "");
      Object.assign(timed, { type: "checkbox", checked: false });
      const begin = button("md-button md-button--primary", "Begin the exam", () => this.begin(timed.checked ? Number(input.value) * MINUTE : null));
      this.panel = make("section", "viva-exam",
        make("p", "", `${this.questions.length} questions. Move freely, change answers, and hand in when you are done: then you see the marks and every explanation. A closed page loses nothing.`),
        make("p", "viva-row", make("label", "", timed, " With a timer of"), make("label", "", input, " minutes")), begin);
      this.panel.ariaLabel = "Exam";
      this.quiz.dataset.offered = "";
      this.bar.after(this.panel);
      store.listen(() => this.join());
    }

    /** An exam that another tab began meanwhile goes on here too. */
    join() {
      if (this.draft || !this.panel.isConnected) return;
      this.draft = this.stored();
      if (this.draft) this.go(false);
    }

    begin(seconds) {
      this.draft = study.drafts.fresh(seconds);
      store.set(this.key, this.draft);
      this.go(true);
    }

    go(focus) {
      if (this.leaves.some((leaf) => leaf.attempts.length)) return location.reload();
      this.leave();
      this.resume(focus);
    }

    /** Back to tutor mode. The draft stays. */
    leave() {
      this.panel?.remove();
      delete this.quiz.dataset.offered;
    }

    /* While it runs */

    resume(focus) {
      this.quiz.dataset.exam = "";
      this.quiz.exam = this;
      study.tools(this.quiz);
      const changed = study.drafts.restore(this.draft, this.leaves);
      this.build();
      this.hear();
      if (this.draft.timer) this.time();
      this.show(this.draft.at, focus);
      if (changed) this.say(`${changed} of your answers belonged to questions that have changed since, and were left out.`);
    }

    build() {
      this.status = make("p", "viva-exam-status");
      this.status.setAttribute("role", "status");
      this.clock = make("p", "viva-exam viva-clock");
      this.bar.after(this.clock, this.status);
      this.sheet = new study.Sheet(this.questions, (place) => this.show(place, true));
      this.back = button("md-button", "Back", () => this.move(-1));
      this.next = button("md-button", "Next", () => this.move(1));
      const end = button("md-button", "Hand in", () => this.ask());
      this.foot = make("p", "viva-exam viva-exam-foot", this.back, this.next, end);
      this.quiz.append(this.foot, this.sheet.element);
      this.leaves.forEach((leaf) => this.dressStep(leaf));
    }

    hear() {
      this.heard = new AbortController();
      const { signal } = this.heard;
      for (const kind of ["input", "click", "keyup", "pointerup", "viva:mark"]) {
        this.quiz.addEventListener(kind, () => setTimeout(() => this.keep()), { signal });
      }
      this.quiz.addEventListener("submit", (event) => this.submit(event), { capture: true, signal });
      addEventListener("pagehide", () => this.keep(), { signal });
      store.listen(() => this.absorb());
    }

    time() {
      this.timer = new study.Timer(this.draft.timer, (words) => this.say(words), () => this.keep());
      this.clock.append(...this.timer.parts);
    }

    /** A step of a case is locked before the next finding appears: there is no way back. */
    dressStep(leaf) {
      leaf.button.hidden = true;
      if (!leaf.parentElement.closest("viva-question") || this.draft.locked.includes(leaf.name)) return;
      const lock = button("viva-lock", "Lock this answer and go on", () => this.lock(leaf, lock));
      leaf.button.after(lock);
    }

    lock(leaf, pressed) {
      const missing = leaf.behaviour.missing(study.drafts.answerOf(leaf));
      if (missing) return leaf.say(missing);
      this.keep();
      this.draft.locked.push(leaf.name);
      pressed.remove();
      study.drafts.seal(leaf);
      this.keep();
      leaf.say("Locked.");
      this.focusOn(study.drafts.nextOf(leaf)?.querySelector("viva-question") ?? this.next);
    }

    focusOn(element) {
      const target = element.querySelector?.(".viva-number") ?? element;
      if (target !== element) target.tabIndex = -1;
      target.focus({ preventScroll: true });
      target.scrollIntoView({ block: "center" });
    }

    submit(event) {
      event.preventDefault();
      event.stopPropagation();
      if (!event.target.closest("viva-question").parentElement.closest("viva-question")) this.move(1);
    }

    move(by) {
      const place = this.draft.at + by;
      if (place >= 0 && place < this.questions.length) this.show(place, true);
    }

    show(place, focus) {
      this.draft.at = Math.min(Math.max(0, place), this.questions.length - 1);
      const shown = this.questions[this.draft.at];
      for (const question of this.questions) question.hidden = question !== shown;
      if (!this.draft.seen.includes(shown.name)) this.draft.seen.push(shown.name);
      this.back.disabled = this.draft.at === 0;
      this.next.disabled = this.draft.at === this.questions.length - 1;
      this.keep();
      if (!focus) return;
      const title = shown.querySelector(".viva-number");
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
      title.scrollIntoView({ block: "nearest" });
    }

    keep() {
      if (!this.absorb()) return;
      this.leaves.forEach((leaf) => study.drafts.keep(this.draft, leaf));
      store.set(this.key, this.draft);
      this.mark();
    }

    /** Take over what another tab did. False when there is nothing to go on with: what was handed in
        there is at its end here too. */
    absorb() {
      const there = this.draft && this.stored();
      if (there) {
        study.drafts.merge(this.draft, there, this.leaves);
        this.mark();
      } else if (this.draft) {
        this.draft = null;
        location.reload();
      }
      return Boolean(there);
    }

    answered(question) {
      return leavesOf(question).every((leaf) => study.drafts.answerOf(leaf) !== null || this.draft.locked.includes(leaf.name));
    }

    mark() {
      this.sheet.mark(this.draft.at, this.draft.seen, (question) => this.answered(question));
    }

    say(words) {
      this.status.textContent = words;
    }

    /* The end */

    ask() {
      const open = this.questions.filter((question) => !this.answered(question)).length;
      const words = open ? `${open} of ${this.questions.length} questions ${open === 1 ? "is" : "are"} not fully answered and will lose marks.` : "Every question is answered.";
      study.decide(this.quiz, "Hand in?", words, [["Go on with the exam"], ["Hand in", () => this.handIn()]]);
    }

    handIn() {
      this.timer?.stop();
      this.keep();
      this.heard.abort();
      for (const question of this.questions) question.hidden = false;
      for (const leaf of this.leaves) this.commit(leaf);
      this.draft = null;
      store.remove(this.key);
      this.close();
      const result = new study.Result(this.quiz, this.questions);
      this.bar.after(result.element);
      result.tell();
    }

    /** Marked in silence: the result is announced once, for all. */
    commit(leaf) {
      leaf.status.setAttribute("aria-live", "off");
      leaf.querySelector(".viva-lock")?.remove();
      leaf.button.hidden = false;
      leaf.fieldset.disabled = false;
      const sure = leaf.form.querySelector(".viva-confidence :checked");
      if (sure) leaf.dataset.confidence = sure.value;
      leaf.settle(study.drafts.answerOf(leaf));
      setTimeout(() => leaf.status.removeAttribute("aria-live"), 1000);
    }

    close() {
      for (const part of [this.clock, this.status, this.sheet.element, this.foot]) part.remove();
      delete this.quiz.dataset.exam;
      delete this.quiz.exam;
      study.tools(this.quiz);
    }

    /** Stop showing the exam without losing it. */
    suspend() {
      this.keep();
      location.reload();
    }
  }

  /** Follow the mode that the student has chosen for a quiz. */
  function exam(quiz) {
    const wanted = store.pref("mode", "tutor") === "exam";
    if (wanted && !quiz.session) quiz.session = new Exam(quiz);
    else if (!wanted && quiz.exam) quiz.exam.suspend();
    else if (!wanted && quiz.session) {
      quiz.session.leave();
      quiz.session = null;
    }
  }

  Object.assign(study, { Exam, exam });
})();
