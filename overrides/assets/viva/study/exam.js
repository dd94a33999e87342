/* Exam mode: one question at a time, an answer sheet, and the marks when the exam is handed in.

   What was given so far is kept after every change, so that a closed tab loses nothing. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store } = study;
  const { make } = window.viva;
  const MINUTE = 60;

  const isList = (value) => Array.isArray(value) && value.every((item) => typeof item === "string");
  const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isKept = (value) => isPlain(value) && typeof value.h === "string" && Array.isArray(value.fields) && value.fields.every(isList);

  /** Whether a stored exam has the form that the rest relies on: anyone can edit what is stored. */
  function isDraft({ at, answers, seen, locked, struck, timer }) {
    return Number.isInteger(at) && isPlain(answers) && Object.values(answers).every(isKept) && isPlain(struck)
      && [seen, locked, ...Object.values(struck)].every(isList) && (timer === null || Number.isFinite(timer?.left));
  }

  const leavesOf = (question) => (question.form ? [question] : [...question.querySelectorAll("viva-question")]);
  const answerOf = (leaf) => leaf.behaviour.read(leaf);

  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  function button(name, words, press) {
    const made = make("button", name, words);
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  }

  class Exam {
    constructor(quiz) {
      this.quiz = quiz;
      this.bar = quiz.querySelector(":scope > .viva-bar");
      this.questions = [...quiz.querySelectorAll(":scope > viva-question")];
      this.leaves = this.questions.flatMap(leavesOf);
      this.key = `d:${location.pathname.split("/").at(-1)}`;
      this.draft = this.stored();
      if (this.draft) this.resume();
      else this.offer();
    }

    /** The exam that waits; what cannot be one is kept aside. */
    stored() {
      const found = store.get(this.key);
      if (!found || isDraft(found)) return found;
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
    }

    begin(seconds) {
      this.draft = { began: Date.now(), at: 0, answers: {}, seen: [], locked: [], struck: {}, timer: seconds && { left: seconds, paused: false, hidden: false } };
      store.set(this.key, this.draft);
      if (this.leaves.some((leaf) => leaf.attempts.length)) return location.reload();
      this.leave();
      this.resume(true);
    }

    /** Back to tutor mode. The draft stays. */
    leave() {
      this.panel?.remove();
      delete this.quiz.dataset.offered;
    }

    /* While it runs */

    resume(focus = false) {
      this.quiz.dataset.exam = "";
      this.quiz.exam = this;
      study.tools(this.quiz);
      const changed = this.restore();
      this.build();
      this.heard = new AbortController();
      for (const kind of ["input", "click", "keyup", "pointerup", "viva:mark"]) {
        this.quiz.addEventListener(kind, () => setTimeout(() => this.keep()), { signal: this.heard.signal });
      }
      this.quiz.addEventListener("submit", (event) => this.submit(event), { capture: true, signal: this.heard.signal });
      addEventListener("pagehide", () => this.keep(), { signal: this.heard.signal });
      store.listen(() => this.absorb());
      if (this.draft.timer) this.time();
      this.show(this.draft.at, focus);
      if (changed) this.say(`${changed} of your answers belonged to questions that have changed since, and were left out.`);
    }

    build() {
      this.status = make("p", "viva-exam-status");
      this.status.setAttribute("role", "status");
      this.sheet = make("ol", "viva-sheet-list");
      this.questions.forEach((_, place) => this.sheet.append(make("li", "", button("", String(place + 1), () => this.show(place, true)))));
      this.clock = make("p", "viva-exam viva-clock");
      this.bar.after(this.clock, this.status);
      this.panel = make("nav", "viva-exam", this.sheet);
      this.panel.ariaLabel = "Answer sheet";
      this.back = button("md-button", "Back", () => this.move(-1));
      this.next = button("md-button", "Next", () => this.move(1));
      const end = button("md-button", "Hand in", () => this.ask());
      this.foot = make("p", "viva-exam viva-exam-foot", this.back, this.next, end);
      this.quiz.append(this.foot, this.panel);
      this.leaves.forEach((leaf) => this.dressStep(leaf));
    }

    /** A step of a case is locked before the next finding appears: there is no way back. */
    dressStep(leaf) {
      leaf.button.hidden = true;
      if (!leaf.parentElement.closest("viva-question") || this.draft.locked.includes(leaf.name)) return;
      const lock = button("viva-lock", "Lock this answer and go on", () => this.lock(leaf, lock));
      leaf.button.after(lock);
    }

    lock(leaf, pressed) {
      const missing = leaf.behaviour.missing(answerOf(leaf));
      if (missing) return leaf.say(missing);
      this.keep();
      this.draft.locked.push(leaf.name);
      pressed.remove();
      this.seal(leaf);
      this.keep();
      leaf.say("Locked.");
      this.focusOn(this.nextOf(leaf)?.querySelector("viva-question") ?? this.next);
    }

    nextOf(leaf) {
      const next = leaf.nextElementSibling;
      return next?.matches(".viva-next") ? next : null;
    }

    seal(leaf) {
      leaf.fieldset.disabled = true;
      const next = this.nextOf(leaf);
      if (next) next.open = true;
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

    /* What is kept */

    keep() {
      if (!this.draft) return;
      this.leaves.forEach((leaf) => this.keepLeaf(leaf));
      store.set(this.key, this.draft);
      this.mark();
    }

    keepLeaf(leaf) {
      if (this.draft.locked.includes(leaf.name)) return;
      const now = { h: leaf.dataset.hash, answer: answerOf(leaf), fields: [...new FormData(leaf.form)] };
      if (!same(now, this.draft.answers[leaf.name])) this.draft.answers[leaf.name] = now;
      this.draft.struck[leaf.name] = [...leaf.form.querySelectorAll("[data-struck] > input")].map((input) => input.value);
    }

    /** Take over what was answered in another tab; what was handed in there is at its end here too. */
    absorb() {
      if (!this.draft) return;
      const there = this.stored();
      if (!there) return location.reload();
      for (const leaf of this.leaves) {
        const kept = there.answers[leaf.name];
        if (!kept || same(kept, this.draft.answers[leaf.name])) continue;
        this.draft.answers[leaf.name] = kept;
        leaf.form.reset();
        this.fill(leaf, kept);
      }
      this.draft.locked = [...new Set([...this.draft.locked, ...there.locked])];
      this.mark();
    }

    /** Put every kept answer back. Returns how many belonged to an older wording. */
    restore() {
      let changed = 0;
      for (const leaf of this.leaves) {
        const kept = this.draft.answers?.[leaf.name];
        if (!kept) continue;
        if (kept.h === leaf.dataset.hash) this.fill(leaf, kept);
        else if (kept.answer !== null) changed++;
      }
      return changed;
    }

    fill(leaf, { answer, fields }) {
      for (const [name, value] of fields) {
        for (const input of leaf.form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
          if (input.matches("[type=radio], [type=checkbox]")) input.checked ||= input.value === value;
          else input.value = value;
        }
      }
      try {
        if (answer !== null) leaf.behaviour.write?.(leaf, answer);
      } catch {
        leaf.behaviour.reset?.(leaf); // an answer that somebody edited
      }
      for (const value of this.draft.struck[leaf.name] ?? []) {
        leaf.form.querySelector(`label > input[value="${CSS.escape(value)}"]`)?.parentElement.setAttribute("data-struck", "");
      }
      if (this.draft.locked.includes(leaf.name)) this.seal(leaf);
    }

    /* The answer sheet */

    answered(question) {
      return leavesOf(question).every((leaf) => answerOf(leaf) !== null || this.draft.locked.includes(leaf.name));
    }

    mark() {
      this.questions.forEach((question, place) => {
        const seen = this.draft.seen.includes(question.name) ? "not answered" : "unseen";
        const states = [this.answered(question) ? "answered" : seen];
        if (question.matches("[data-flagged]") || question.querySelector("[data-flagged]")) states.push("flagged");
        if (question.querySelector("[data-struck]")) states.push("options struck out");
        const entry = this.sheet.children[place].firstChild;
        entry.dataset.states = states.join(" ");
        entry.ariaLabel = `Question ${place + 1}: ${states.join(", ")}`;
        entry.ariaCurrent = place === this.draft.at ? "step" : null;
      });
    }

    say(words) {
      this.status.textContent = words;
    }

    /* The timer says the time and ends nothing */

    time() {
      const { timer } = this.draft;
      this.left = make("span", "viva-clock-left");
      const pause = button("", timer.paused ? "Go on" : "Pause", () => {
        timer.paused = !timer.paused;
        pause.textContent = timer.paused ? "Go on" : "Pause";
      });
      const more = button("", "5 more minutes", () => ((timer.left += 5 * MINUTE), this.tick(0)));
      const hide = button("", timer.hidden ? "Show the time" : "Hide the time", () => {
        timer.hidden = !timer.hidden;
        hide.textContent = timer.hidden ? "Show the time" : "Hide the time";
        this.tick(0);
      });
      this.clock.append(this.left, pause, more, hide);
      let before = Date.now();
      this.interval = setInterval(() => {
        const now = Date.now();
        this.tick(Math.round((now - before) / 1000));
        before = now;
      }, 1000);
      this.tick(0);
    }

    tick(seconds) {
      const { timer } = this.draft;
      const before = timer.left;
      if (!timer.paused) timer.left = Math.max(0, timer.left - seconds);
      this.left.textContent = timer.hidden ? "" : `${Math.floor(timer.left / MINUTE)}:${String(timer.left % MINUTE).padStart(2, "0")} left`;
      if (before > 0 && timer.left === 0) this.say("The time is up. Go on if you like, ask for more minutes, or hand in.");
      else if (before > 5 * MINUTE && timer.left <= 5 * MINUTE) this.say("Five minutes left.");
      if (seconds && timer.left % 5 === 0) store.set(this.key, this.draft);
    }

    /* The end */

    ask() {
      const open = this.questions.filter((question) => !this.answered(question)).length;
      const title = make("h2", "", "Hand in?");
      title.id = "viva-hand-in";
      const words = open ? `${open} of ${this.questions.length} questions ${open === 1 ? "is" : "are"} not fully answered and will lose marks.` : "Every question is answered.";
      const dialog = make("dialog", "viva-dialog", title, make("p", "", words), make("p", "viva-row",
        button("md-button", "Go on with the exam", () => dialog.close()),
        button("md-button md-button--primary", "Hand in", () => (dialog.close(), this.handIn()))));
      dialog.setAttribute("aria-labelledby", title.id);
      dialog.addEventListener("close", () => dialog.remove());
      this.quiz.append(dialog);
      dialog.showModal();
    }

    handIn() {
      clearInterval(this.interval);
      this.keep();
      this.heard.abort();
      for (const question of this.questions) question.hidden = false;
      for (const leaf of this.leaves) this.commit(leaf);
      this.draft = null;
      store.remove(this.key);
      this.close();
      this.results();
    }

    /** Marked in silence: the result is announced once, for all. */
    commit(leaf) {
      leaf.status.setAttribute("aria-live", "off");
      leaf.querySelector(".viva-lock")?.remove();
      leaf.button.hidden = false;
      leaf.fieldset.disabled = false;
      const sure = leaf.form.querySelector(".viva-confidence :checked");
      if (sure) leaf.dataset.confidence = sure.value;
      leaf.settle(answerOf(leaf));
      setTimeout(() => leaf.status.removeAttribute("aria-live"), 1000);
    }

    close() {
      for (const part of [this.clock, this.status, this.panel, this.foot]) part.remove();
      delete this.quiz.dataset.exam;
      delete this.quiz.exam;
      study.tools(this.quiz);
    }

    /** The result stands on top; answers that only the student can judge are added as they are. */
    results() {
      const [title, status, details] = [make("h2", ""), make("p", ""), make("div", "")];
      title.tabIndex = -1;
      status.setAttribute("role", "status");
      const draw = () => {
        title.textContent = `Exam: ${Math.round(100 * this.sum) / 100} of ${this.questions.length}`;
        details.replaceChildren(...this.summary());
      };
      draw();
      this.bar.after(make("section", "viva-exam viva-result", title, status, details));
      title.focus({ preventScroll: true });
      title.scrollIntoView({ block: "start" });
      setTimeout(() => (status.textContent = this.outcome()), 150);
      this.quiz.addEventListener("viva:attempt", () => (draw(), (status.textContent = this.outcome())));
    }

    get marks() {
      return this.questions.map((question) => question.attempts[0]?.mark);
    }

    get sum() {
      return this.marks.reduce((all, mark) => all + (mark ?? 0), 0);
    }

    outcome() {
      const open = this.marks.filter((mark) => mark === undefined).length;
      const later = open ? ` ${open} more ${open === 1 ? "waits" : "wait"} for your own judgement below.` : "";
      return `${viva.percent(this.sum / this.marks.length)} of the marks.${later} Every question with its answer follows.`;
    }

    /** By objective and what to read, as the quiz itself sums them up. */
    summary() {
      const found = this.quiz.querySelector(".viva-summary");
      return found ? [...found.children].slice(2).map((part) => part.cloneNode(true)) : [];
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

  study.exam = exam;
})();
