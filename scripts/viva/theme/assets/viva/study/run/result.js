/* The result of a session stands on top of its answered paper, and leads on: to what was wrong, to what
   to read again, to another round. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { make, say, count, percent, number } = window.viva;
  const QUICK = 20; // seconds

  const minutes = (seconds) => (seconds < 90 ? say("{n} s", { n: Math.round(seconds) }) : say("{n} min", { n: Math.round(seconds / 60) }));

  class Result {
    constructor(runner) {
      this.runner = runner;
      this.title = make("h2", "");
      this.title.tabIndex = -1;
      this.status = make("p", "");
      this.status.setAttribute("role", "status");
      this.ways = make("p", "viva-row viva-ways");
      this.details = make("div", "");
      this.element = make("section", "viva-result", this.title, this.status, this.ways, this.details);
      this.draw();
    }

    /** Once it is on the page: look at it, and hear it announced once. */
    tell(loud) {
      this.runner.quiz.dataset.over = "";
      if (!loud) this.status.textContent = this.outcome();
      else {
        this.title.focus({ preventScroll: true });
        this.runner.quiz.scrollIntoView({ block: "start" });
        setTimeout(() => (this.status.textContent = this.outcome()), 150);
      }
      const again = () => {
        this.draw();
        this.status.textContent = this.outcome();
      };
      this.runner.quiz.addEventListener("viva:attempt", again, { signal: this.runner.heard.signal });
    }

    get score() {
      return study.score(this.runner.leaves.map((leaf) => leaf.attempts[0]?.mark));
    }

    draw() {
      const { sum, of, done } = this.score;
      const { facts } = this.runner;
      this.title.textContent = facts.mode === "exam" ? say("Exam: {n} of {total}", { n: sum, total: of }) : this.runner.repeats ? say("Done") : say("Your result: {n} of {total}", { n: sum, total: done });
      this.ways.replaceChildren(...this.onward());
      this.details.replaceChildren(...this.times(), ...study.sums(this.runner.leaves.filter((leaf) => leaf.form)));
    }

    outcome() {
      const { share, of, done, right } = this.score;
      if (this.runner.repeats) return done ? count("{right} of {n} answer right at once.", "{right} of {n} answers right at once.", done, { right }) : say("Nothing answered this time.");
      const open = of - done;
      const isExam = this.runner.facts.mode === "exam";
      const words = share === null ? say("Nothing answered.") : say("{share} of the marks.", { share: percent(isExam ? this.score.sum / of : share) });
      const exam = open && count("{n} more waits for your own judgement below.", "{n} more wait for your own judgement below.", open);
      const later = isExam ? exam : open && say("{n} not answered.", { n: open });
      return [words, later, say("Every question with its answer follows.")].filter(Boolean).join(" ");
    }

    /** The questions that were not right at once. */
    get wrong() {
      return [...new Set(this.runner.questions)].filter((question) => study.leavesOf(question).some((leaf) => (leaf.attempts[0]?.mark ?? 1) < 1));
    }

    onward() {
      const { redo, leaves } = this.runner;
      const { wrong } = this;
      const many = leaves.filter((leaf) => (leaf.attempts[0]?.mark ?? 1) < 1).length;
      const ways = [];
      const way = (words, press, main) => ways.push(study.button(`viva-button${main ? " viva-main" : ""}`, words, press), " ");
      if (redo && wrong.length) way(many === 1 ? say("The one that was wrong") : count("The {n} that was wrong", "The {n} that were wrong", many), () => redo(wrong), true);
      if (redo) way(say("Begin again"), () => redo(null), !wrong.length);
      return ways;
    }

    /** How long right and wrong answers took, and which were the slowest. */
    times() {
      const told = this.runner.leaves.map((leaf, place) => [leaf, this.runner.item(leaf)?.d, leaf.attempts[0]?.mark, place]).filter(([, d, mark]) => d && mark !== undefined);
      if (!told.length) return [];
      const total = told.reduce((all, [, d]) => all + d, 0);
      const many = (is, isRight) => told.filter(([, d, mark]) => is(d) && (mark === 1) === isRight).length;
      const row = (words, is) => make("tr", "", head(words, "row"), cell(many(is, true)), cell(many(is, false)));
      const table = make("table", "viva-times",
        make("caption", "", say("{total} in all, {each} a question", { total: minutes(total), each: minutes(total / told.length) })),
        make("thead", "", make("tr", "", make("td", ""), head(say("Right"), "col"), head(say("Not right"), "col"))),
        make("tbody", "", row(count("Quick, under {n} second", "Quick, under {n} seconds", QUICK), (d) => d < QUICK), row(say("Slow"), (d) => d >= QUICK)));
      return [make("h3", "", say("Time")), table];
    }
  }

  const cell = (many) => make("td", "", number(many));
  function head(words, scope) {
    const made = make("th", "", words);
    made.scope = scope;
    return made;
  }

  study.Result = Result;
})();
