/* One runner for everything that asks: self-check, exam, practice, review, flashcards, checkpoint.

   It leads a student through the questions of a viva-quiz as a session of the store (session.js): what
   is done is written at once, what was done before stands as it was. How it is kept, exams,
   the line above, the sheet and the result are in the folder run/. A card takes part as a question does: cards.js. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store } = study;
  const { say, count } = window.viva;
  const PHONE = matchMedia("(max-width: 59.9375em)");
  const AWAY = 300; // seconds: whoever takes longer over one question was somewhere else
  const leavesOf = (question) => (question.form || question.isCard ? [question] : [...question.querySelectorAll("viva-question")]);
  const caseOf = (leaf) => leaf.parentElement.closest("viva-question");

  const QUIET = { draw() {}, say() {}, stop() {} };

  class Runner {
    /** Ask these questions of a quiz, in this order. `facts` are those of a session that begins with the
        first thing that is done; `session` is one that goes on. `ended` is called when it ends. */
    constructor(quiz, questions, facts, { session = null, leave, ended, focus = false, restores = true } = {}) {
      Object.assign(this, { quiz, questions, facts, session, leave, ended });
      Object.assign(this, { id: (question) => question.id, since: performance.now(), heard: new AbortController(), times: new Map() });
      quiz.runner = this;
      this.leaves = [...new Set(questions.flatMap(leavesOf))];
      this.isOver = Boolean(session?.data.ended);
      this.timer = this.isExam && session?.data.timer;
      for (const leaf of this.leaves) leaf.leads = !this.isQuiet;
      this.line = this.isQuiet ? QUIET : new study.Line(this);
      const changed = restores ? this.restore() : 0;
      this.hear();
      if (this.isQuiet) {
        this.meet(document.activeElement);
        return this.adopt();
      }
      if (session && !this.isOver) this.fold();
      const early = session ? -1 : questions.findLastIndex((one) => one.querySelector(".viva-number").hasAttribute("tabindex")); // where Next led before this script came
      this.at = Math.min(session?.data.at ?? Math.max(early, 0), questions.length - 1);
      this.arrange();
      this.adopt();
      this.show(this.at, focus || (early > 0 && Boolean(this.session)));
      if (this.leaves.some(({ attempts }) => attempts.length)) study.sumUp(this);
      if (changed) this.line.say(count("{n} of your answers belonged to a question that has changed since, and was left out.", "{n} of your answers belonged to questions that have changed since, and were left out.", changed));
      if (this.isOver) this.tellResult(false);
    }

    /** On the page of an assignment, which writes its answers down itself; nothing is marked there. */
    get isSheet() {
      return this.facts.mode === "assignment";
    }

    /** A checkpoint stands in a text, which stays around it. */
    get isQuiet() {
      return this.facts.mode === "checkpoint";
    }

    get isExam() {
      return this.facts.mode === "exam" && !this.isOver;
    }

    /** One question at a time, unless the student wants all. */
    get isOne() {
      const usual = PHONE.matches || (!this.isSheet && (this.facts.mode !== "tutor" || this.facts.of !== study.path));
      return !this.isQuiet && !this.isOver && (this.facts.mode === "cards" || store.pref("one", usual));
    }

    get shown() {
      return this.questions[this.at];
    }

    /** What is counted, in its order: each item with the question that it belongs to. The page of an
        assignment counts questions, as its paper does. */
    get entries() {
      const asked = [...new Set(this.questions)];
      if (this.isSheet) return asked.map((question) => ({ question, leaf: question }));
      return asked.flatMap((question) => leavesOf(question).map((leaf) => ({ question, leaf })));
    }

    /** Which of them is asked: of a case, the first step that is open. */
    get number() {
      const own = this.entries.map((entry, place) => ({ ...entry, number: place + 1 })).filter(({ question }) => question === this.shown);
      return (own.find(({ leaf }) => !this.isAnswered(leaf)) ?? own[0]).number;
    }

    item(leaf) {
      return this.session?.item(this.id(leaf));
    }

    /* What is heard */

    hear() {
      const { signal } = this.heard;
      const on = (kind, does, more) => this.quiz.addEventListener(kind, does, { signal, ...more });
      for (const kind of ["input", "click", "keyup", "pointerup"]) on(kind, ({ target }) => setTimeout(() => this.keep(target.closest?.("viva-question"))));
      on("focusin", ({ target }) => this.meet(target));
      on("viva:attempt", (event) => this.took(event));
      on("viva:judge", ({ target, detail }) => this.put(target, { a: detail.answer, tries: [...this.tries(target), { a: detail.answer, m: null }], again: false }));
      on("viva:retry", ({ target }) => this.put(target, { a: null, again: true, tries: this.tries(target) }));
      if (!this.isQuiet) on("viva:next", (event) => this.next(event)); // in a text the next question is simply further down
      if (!this.isQuiet) on("click", study.drawer);
      on("submit", (event) => this.submit(event), { capture: true });
      store.listen(() => signal.aborted || this.absorb());
      addEventListener("pagehide", () => this.pause(), { signal });
      document.addEventListener("visibilitychange", () => (document.hidden ? this.pause() : (this.since = performance.now())), { signal });
      PHONE.addEventListener("change", () => this.arrange(), { signal });
      document.addEventListener("keydown", (event) => study.tools.key(this, event), { signal });
    }

    /** With all questions on the page, the one that has the focus is the one that is asked. */
    meet(target) {
      const question = target.closest(".viva-quiz > :is(viva-question, .viva-card)");
      const place = this.questions.indexOf(question);
      if (this.isOne || place < 0 || place === this.at) return;
      this.at = place;
      study.tools.attach(this);
      this.set({ at: place });
      this.line.draw();
    }

    tries = (leaf) => leaf.attempts.map(({ answer, mark }) => ({ a: answer, m: mark }));

    took(event) {
      const { target: leaf, detail } = event;
      const c = Number(leaf.dataset.confidence) || undefined;
      const d = leaf.isCard || leaf.form ? this.spend() : 0;
      this.put(leaf, { a: detail.answer, tries: this.tries(leaf), again: false, c, d: (this.item(leaf)?.d ?? 0) + d });
      Object.assign(detail, { s: this.session.id, d });
      this.asked?.(leaf, detail);
      const name = this.questions.every((question) => this.isDone(question)) ? say("See the result") : say("Next");
      if (leaf.button && !this.isQuiet) leaf.button.textContent = name;
      if (leaf === this.shown || caseOf(leaf)) study.tools.attach(this);
      study.sumUp(this);
      if (detail.mark < 1 && this.repeats && this.questions.includes(leaf)) this.askAgain(leaf);
    }

    /* Review: what was missed comes again until it is right once */

    get repeats() {
      return ["review", "cards"].includes(this.facts.mode);
    }

    askAgain(question) {
      this.questions.push(question);
      this.set({ order: this.questions.map((one) => one.id) });
    }

    comesAgain(place) {
      return this.repeats && this.questions.indexOf(this.shown) < place && Boolean(this.shown.dataset.state);
    }

    /** How many there are, and which one this is: those that come again are not counted. */
    placed() {
      const isFirst = this.questions.indexOf(this.shown) === this.at;
      return isFirst ? say("{n} of {total}", { n: this.number, total: this.entries.length }) : say("Once more");
    }

    /** Whole seconds since the question came, or since the last answer. */
    spend() {
      const seconds = Math.min(AWAY, Math.round((performance.now() - this.since) / 1000));
      this.since = performance.now();
      return seconds;
    }

    /** The time that a question which is left without an answer took. */
    pause() {
      this.keepAll();
      const leaf = this.shown && leavesOf(this.shown).find((one) => !one.dataset.state);
      const d = this.spend();
      if (leaf && d && this.session?.data && this.isOne) this.put(leaf, { d: (this.item(leaf)?.d ?? 0) + d });
    }

    submit(event) {
      const question = event.target.closest("viva-question");
      if (!this.isExam && !this.isSheet) return study.tools.ask(event);
      event.preventDefault();
      event.stopPropagation();
      if (!caseOf(question)) this.move(1);
    }

    /* Going through the questions */

    arrange() {
      this.quiz.dataset.run = this.facts.mode;
      this.quiz.toggleAttribute("data-one", this.isOne);
      this.quiz.toggleAttribute("data-exam", this.isExam);
      for (const question of this.quiz.querySelectorAll(":scope > :is(viva-question, .viva-card)")) question.hidden = this.isOne ? question !== this.shown : !this.questions.includes(question);
      if (this.isExam) this.leaves.forEach((leaf) => this.dress(leaf));
      this.line.draw();
    }

    show(place, focus = true) {
      if (this.at !== undefined && this.at !== place) this.pause();
      this.keepAll();
      this.at = place;
      this.since = performance.now();
      if (this.isOne) for (const question of this.questions) question.hidden = question !== this.shown;
      if (this.session && !this.item(this.shown)?.seen) this.put(this.shown, { seen: true });
      this.set({ at: place });
      if (this.session && focus) this.fold();
      if (this.comesAgain(place)) this.shown.retry();
      study.tools.attach(this);
      this.line.draw();
      if (focus) this.come();
    }

    come() {
      const title = this.shown.querySelector(".viva-number");
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
      (this.isOne ? this.quiz : this.shown).scrollIntoView({ block: "start" });
    }

    next(event) {
      event.preventDefault();
      const { target: leaf } = event;
      const step = caseOf(leaf) && leaf.following;
      if (step && caseOf(step) === caseOf(leaf)) return step.come();
      this.move(1);
    }

    move(by) {
      const place = this.at + by;
      if (place < 0 || this.isQuiet) return;
      if (place < this.questions.length) return this.show(place);
      if (this.isExam || this.isSheet) return;
      const open = this.questions.findIndex((question) => !this.isDone(question));
      if (open < 0) this.end();
      else this.show(open);
    }

    isDone(question) {
      return leavesOf(question).every((leaf) => leaf.attempts.length || leaf.behaviour?.fault);
    }

    isAnswered(question) {
      if (!this.isExam && !this.isSheet) return this.isDone(question);
      return leavesOf(question).every((leaf) => this.item(leaf)?.locked || leaf.behaviour.read(leaf) !== null);
    }

    /** Once a session has begun and goes on, there is one line above it and nothing else. */
    fold() {
      document.documentElement.dataset.session = this.facts.mode;
      this.quiz.dispatchEvent(new Event("viva:fold", { bubbles: true }));
    }

    /* The end */

    end() {
      this.isOver = true;
      if (this.session) this.quietly(() => this.session.end());
      this.arrange();
      this.line.stop();
      this.tellResult(true);
      this.ended?.();
    }

    tellResult(loud) {
      this.result = new study.Result(this);
      this.line.element.after(this.result.element);
      this.result.tell(loud);
    }

    /** Take the runner off the page; what is kept stays. */
    stop() {
      this.pause();
      this.line.stop();
      this.heard.abort();
      delete document.documentElement.dataset.session;
      delete this.quiz.runner;
    }
  }

  study.Runner = Runner;
  Object.assign(study, { leavesOf, caseOf });
})();
