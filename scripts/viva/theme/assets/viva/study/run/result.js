/* The result of a session stands on top of its answered paper, and leads on: to what was wrong, to what
   to read again, to another round. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { make, percent } = window.viva;
  const QUICK = 20; // seconds

  const minutes = (seconds) => (seconds < 90 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`);

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
      this.title.textContent = facts.mode === "exam" ? `Exam: ${sum} of ${of}` : this.runner.repeats ? "Done" : `Your result: ${sum} of ${done}`;
      this.ways.replaceChildren(...this.onward());
      this.details.replaceChildren(...this.times(), ...window.viva.sums(this.runner.leaves.filter((leaf) => leaf.form)));
    }

    outcome() {
      const { share, of, done, right } = this.score;
      if (this.runner.repeats) return done ? `${right} of ${done} ${done === 1 ? "answer" : "answers"} right at once.` : "Nothing answered this time.";
      const open = of - done;
      const words = share === null ? "Nothing answered." : `${percent(this.runner.facts.mode === "exam" ? this.score.sum / of : share)} of the marks.`;
      const exam = open ? ` ${open} more ${open === 1 ? "waits" : "wait"} for your own judgement below.` : "";
      const later = this.runner.facts.mode === "exam" ? exam : open ? ` ${open} not answered.` : "";
      return `${words}${later} Every question with its answer follows.`;
    }

    /** The questions that were not right at once. */
    get wrong() {
      return [...new Set(this.runner.questions)].filter((question) => study.leavesOf(question).some((leaf) => (leaf.attempts[0]?.mark ?? 1) < 1));
    }

    onward() {
      const { redo } = this.runner;
      const { wrong } = this;
      const ways = [];
      const way = (words, press, main) => ways.push(study.button(`viva-button${main ? " viva-main" : ""}`, words, press), " ");
      if (redo && wrong.length) way(wrong.length === 1 ? "The one that was wrong" : `The ${wrong.length} that were wrong`, () => redo(wrong), true);
      if (redo) way("Begin again", () => redo(null), !wrong.length);
      return ways;
    }

    /** How long right and wrong answers took, and which were the slowest. */
    times() {
      const told = this.runner.leaves.map((leaf, place) => [leaf, this.runner.item(leaf)?.d, leaf.attempts[0]?.mark, place]).filter(([, d, mark]) => d && mark !== undefined);
      if (!told.length) return [];
      const total = told.reduce((all, [, d]) => all + d, 0);
      const count = (is, isRight) => told.filter(([, d, mark]) => is(d) && (mark === 1) === isRight).length;
      const row = (words, is) => make("tr", "", head(words, "row"), cell(count(is, true)), cell(count(is, false)));
      const table = make("table", "viva-times",
        make("caption", "", `${minutes(total)} in all, ${minutes(total / told.length)} a question`),
        make("thead", "", make("tr", "", head("", "col"), head("Right", "col"), head("Not right", "col"))),
        make("tbody", "", row(`Quick, under ${QUICK} seconds`, (d) => d < QUICK), row("Slow", (d) => d >= QUICK)));
      return [make("h3", "", "Time"), table];
    }
  }

  const cell = (number) => make("td", "", String(number));
  function head(words, scope) {
    const made = make("th", "", words);
    made.scope = scope;
    return made;
  }

  study.Result = Result;
})();
