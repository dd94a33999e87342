viva.type("case", {
  /* The finding of the next step appears when a step is answered. */
  wake(question) {
    const steps = [...question.querySelectorAll("viva-question")];
    question.addEventListener("viva:attempt", ({ target }) => {
      if (target === question) return;
      const next = target.nextElementSibling;
      if (next?.matches(".viva-next")) next.open = true;
      if (question.attempts.length || steps.some((step) => !step.attempts.length)) return;
      const answers = steps.map((step) => step.attempts[0].answer);
      const marks = steps.map((step) => step.attempts[0].mark);
      question.reveal();
      question.record(answers, marks.reduce((all, mark) => all + mark, 0) / marks.length);
    });
  },
  show: () => {},
  verdict: (question, mark) => `End of the case. Your mark: ${viva.percent(mark)}.`,
  mark: (key, answer, question) => {
    const marks = [...question.querySelectorAll("viva-question")].map((step, number) => step.mark(answer[number]));
    return marks.includes(null) ? null : marks.reduce((all, mark) => all + mark, 0) / marks.length;
  },
});
