/* The result of an exam stands on top; answers that only the student can judge are added as they are. */
(() => {
  "use strict";
  const { make, percent } = window.viva;

  class Result {
    constructor(quiz, questions) {
      Object.assign(this, { quiz, questions });
      this.title = make("h2", "");
      this.title.tabIndex = -1;
      this.status = make("p", "");
      this.status.setAttribute("role", "status");
      this.details = make("div", "");
      this.element = make("section", "viva-exam viva-result", this.title, this.status, this.details);
      this.draw();
    }

    /** Once it is on the page: look at it, and hear it announced once. */
    tell() {
      this.title.focus({ preventScroll: true });
      this.title.scrollIntoView({ block: "start" });
      setTimeout(() => (this.status.textContent = this.outcome()), 150);
      this.quiz.addEventListener("viva:attempt", () => {
        this.draw();
        this.status.textContent = this.outcome();
      });
    }

    draw() {
      this.title.textContent = `Exam: ${Math.round(100 * this.sum) / 100} of ${this.questions.length}`;
      this.details.replaceChildren(...this.summary());
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
      return `${percent(this.sum / this.marks.length)} of the marks.${later} Every question with its answer follows.`;
    }

    /** By objective and what to read, as the quiz itself sums them up. */
    summary() {
      const found = this.quiz.querySelector(".viva-summary");
      return found ? [...found.children].slice(2).map((part) => part.cloneNode(true)) : [];
    }
  }

  window.vivaStudy.Result = Result;
})();
