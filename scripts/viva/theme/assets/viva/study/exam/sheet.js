/* The answer sheet of an exam: a button for each question, which tells what was done there. */
(() => {
  "use strict";
  const { make } = window.viva;

  class Sheet {
    constructor(questions, show) {
      this.questions = questions;
      this.list = make("ol", "viva-sheet-list");
      questions.forEach((_, place) => {
        const button = make("button", "", String(place + 1));
        button.type = "button";
        button.onclick = () => show(place);
        this.list.append(make("li", "", button));
      });
      this.element = make("nav", "viva-exam", this.list);
      this.element.ariaLabel = "Answer sheet";
    }

    /** Tell of each question whether it was seen, answered, flagged, and had options struck out. */
    mark(at, seen, isAnswered) {
      this.questions.forEach((question, place) => {
        const states = [isAnswered(question) ? "answered" : seen.includes(question.name) ? "not answered" : "unseen"];
        if (question.matches("[data-flagged]") || question.querySelector("[data-flagged]")) states.push("flagged");
        if (question.querySelector("[data-struck]")) states.push("options struck out");
        const entry = this.list.children[place].firstChild;
        entry.dataset.states = states.join(" ");
        entry.ariaLabel = `Question ${place + 1}: ${states.join(", ")}`;
        entry.ariaCurrent = place === at ? "step" : null;
      });
    }
  }

  window.vivaStudy.Sheet = Sheet;
})();
