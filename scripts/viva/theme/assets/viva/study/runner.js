/* One runner for everything that asks: self-check, exam, practice, review, flashcards, checkpoint.

   It leads a student through the questions of a viva-quiz as a session of the store (session.js): what
   is done is written at once, what was done before stands as it was. The line above, the sheet, the
   tools and the result are in the folder run/. A card takes part as a question does: cards.js. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, Session } = study;
  const { make, say, count } = window.viva;
  const PHONE = matchMedia("(max-width: 59.9375em)");
  const AWAY = 300; // seconds: whoever takes longer over one question was somewhere else
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);
  const leavesOf = (question) => (question.form || question.isCard ? [question] : [...question.querySelectorAll("viva-question")]);
  const caseOf = (leaf) => leaf.parentElement.closest("viva-question");

  /** A checkpoint stands in a text, with nothing around it. */
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
      for (const leaf of this.leaves) leaf.leads = true;
      this.line = facts.mode === "checkpoint" ? QUIET : new study.Line(this);
      const changed = restores ? this.restore() : 0;
      this.hear();
      if (facts.mode === "checkpoint") return this.adopt();
      if (session && !this.isOver && !this.isSheet) this.fold();
      this.arrange();
      this.show(Math.min(session?.data.at ?? 0, questions.length - 1), focus);
      this.adopt();
      if (changed) this.line.say(count("{n} of your answers belonged to a question that has changed since, and was left out.", "{n} of your answers belonged to questions that have changed since, and were left out.", changed));
      if (this.isOver) this.tellResult(false);
    }

    /** Take up what was answered before the runner came. */
    adopt() {
      for (const leaf of this.leaves) if (leaf.attempts?.length && !this.item(leaf)?.tries?.length) this.put(leaf, { tries: this.tries(leaf), a: leaf.attempts.at(-1).answer });
    }

    /** On the page of an assignment, which writes its answers down itself; nothing is marked there. */
    get isSheet() {
      return this.facts.mode === "assignment";
    }

    get isExam() {
      return this.facts.mode === "exam" && !this.isOver;
    }

    /** One question at a time, unless the student wants all. */
    get isOne() {
      const usual = PHONE.matches || (!this.isSheet && (this.facts.mode !== "tutor" || this.facts.of !== study.path));
      return this.facts.mode !== "checkpoint" && !this.isOver && (this.facts.mode === "cards" || store.pref("one", usual));
    }

    get shown() {
      return this.questions[this.at];
    }

    item(leaf) {
      return this.session?.item(this.id(leaf));
    }

    /* The session */

    /** What this page does itself, it does not take over from itself. */
    quietly(does) {
      this.isBusy = true;
      does();
      this.isBusy = false;
    }

    hold() {
      if (this.session) return;
      const { id, ...facts } = this.facts;
      const known = id && new Session(id);
      this.quietly(() => (this.session = known?.data ? known : Session.begin({ ...facts, at: this.at ?? 0 }, id)));
      this.began?.();
    }

    put(leaf, change) {
      this.hold();
      this.quietly(() => this.session.put(this.id(leaf), { h: leaf.dataset.hash, ...change }));
      this.times.set(leaf, this.item(leaf)?.u);
      this.line.draw();
    }

    set(change) {
      if (this.session) this.quietly(() => this.session.set(change));
    }

    /** Put every question as it was. Returns how many answers belonged to an older wording. */
    restore() {
      let changed = 0;
      for (const leaf of this.leaves) {
        const item = this.item(leaf);
        if (!item) continue;
        if (item.h === leaf.dataset.hash || !item.h) this.draw(leaf, item);
        else if ((item.a ?? null) !== null) changed++;
      }
      for (const question of this.questions) if (!this.leaves.includes(question)) this.draw(question, this.item(question));
      return changed;
    }

    draw(leaf, item) {
      this.times.set(leaf, item?.u);
      const tries = item?.tries ?? [];
      try {
        if (tries.length && !item.again && !this.isExam) leaf.resume(tries);
        else if ((item?.a ?? null) !== null) leaf.behaviour.write(leaf, item.a);
        if (item?.again) leaf.attempts = tries.map(({ a, m }) => ({ answer: a, mark: m }));
      } catch {
        leaf.clear(); // an answer that somebody edited
      }
      if (leaf.form) study.tools.restore(leaf, item);
      if (item?.locked && this.isExam) this.seal(leaf);
    }

    /** Take over what another tab did. */
    absorb() {
      if (this.isBusy || !this.session) return;
      const data = this.session.data;
      if (this.isSheet) return this.line.draw();
      if (!data || (data.ended && !this.isOver)) return location.reload();
      for (const leaf of this.leaves) {
        const item = data.items[this.id(leaf)];
        if (!item || item.h !== leaf.dataset.hash || leaf.isCard || item.u === this.times.get(leaf)) continue;
        const more = (item.tries?.length ?? 0) > leaf.attempts.length;
        if (!more && (leaf.dataset.state || same(item.a ?? null, leaf.behaviour.read(leaf)))) continue;
        if (!leaf.dataset.state) leaf.clear();
        this.draw(leaf, item);
      }
      this.line.draw();
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
      on("viva:next", (event) => this.next(event));
      if (this.facts.mode !== "checkpoint") on("click", study.drawer);
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
      if (leaf.button) leaf.button.textContent = name;
      if (leaf === this.shown || caseOf(leaf)) study.tools.attach(this);
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
      const asked = new Set(this.questions).size;
      return this.at < asked ? say("{n} of {total}", { n: this.at + 1, total: asked }) : say("Once more");
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

    keepAll() {
      if (this.session) this.leaves.forEach((leaf) => this.keep(leaf));
    }

    /** Write down an answer as it stands. */
    keep(leaf) {
      if (!leaf?.form || leaf.dataset.state || this.isOver || !this.leaves.includes(leaf)) return;
      const item = this.item(leaf);
      if (item?.locked) return;
      const now = { a: leaf.behaviour.read(leaf), ...study.tools.read(leaf) };
      const kept = { a: item?.a ?? null, x: item?.x ?? [], c: item?.c };
      if (this.isSheet) return same(now.x, kept.x) || this.put(leaf, { x: now.x });
      if (!same(now, kept)) this.put(leaf, now);
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
      if (this.session && focus && !this.isSheet) this.fold();
      if (this.comesAgain(place)) this.shown.retry();
      study.tools.attach(this);
      this.line.draw();
      if (focus) this.come();
    }

    come() {
      const title = this.shown.querySelector(".viva-number");
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
      (this.isOne && !this.isSheet ? this.quiz : this.shown).scrollIntoView({ block: "start" });
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
      if (place < 0) return;
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
    }

    /* An exam */

    /** A step of a case is locked before the next finding appears: there is no way back. */
    dress(leaf) {
      leaf.button.hidden = true;
      if (!caseOf(leaf) || this.item(leaf)?.locked || leaf.querySelector(".viva-lock")) return;
      const lock = make("button", "viva-lock", say("Lock this answer and go on"));
      lock.type = "button";
      lock.onclick = () => this.lock(leaf, lock);
      leaf.button.after(lock);
    }

    lock(leaf, pressed) {
      const missing = leaf.behaviour.missing(leaf.behaviour.read(leaf));
      if (missing) return leaf.say(missing);
      this.keep(leaf);
      this.put(leaf, { locked: true });
      pressed.remove();
      this.seal(leaf);
      leaf.say(say("Locked."));
      if (leaf.following && caseOf(leaf.following) === caseOf(leaf)) leaf.following.come();
    }

    seal(leaf) {
      leaf.fieldset.disabled = true;
      const next = leaf.nextElementSibling;
      if (next?.matches(".viva-next")) next.open = true;
    }

    askToHandIn() {
      const open = this.questions.filter((question) => !this.isAnswered(question)).length;
      const total = this.questions.length;
      const words = open ? count("{n} of {total} questions is not fully answered and will lose marks.", "{n} of {total} questions are not fully answered and will lose marks.", open, { total }) : say("Every question is answered.");
      study.decide(this.quiz, say("Hand in?"), words, [[say("Go on with the exam")], [say("Hand in"), () => this.handIn()]]);
    }

    handIn() {
      this.keepAll();
      this.isOver = true;
      for (const leaf of this.leaves) this.mark(leaf);
      this.end();
    }

    /** Marked in silence: the result is announced once, for all. */
    mark(leaf) {
      if (leaf.behaviour.fault) return;
      leaf.status.setAttribute("aria-live", "off");
      leaf.querySelector(".viva-lock")?.remove();
      leaf.button.hidden = false;
      leaf.fieldset.disabled = false;
      const sure = this.item(leaf)?.c;
      if (sure) leaf.dataset.confidence = sure;
      leaf.settle(leaf.behaviour.read(leaf));
      setTimeout(() => leaf.status.removeAttribute("aria-live"), 1000);
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
  study.leavesOf = leavesOf;
})();
