(() => {
  const stepsOf = (question) => [...question.querySelectorAll("viva-question")];
  const mean = (marks) => marks.reduce((all, mark) => all + mark, 0) / marks.length;

  function finish(question, tries) {
    question.reveal();
    question.record(tries.map(({ answer }) => answer), mean(tries.map(({ mark }) => mark)));
  }

  viva.type("case", {
    /* The next finding appears when a step is answered; the case is marked after its last step. */
    wake(question) {
      question.addEventListener("viva:attempt", ({ target }) => {
        if (target === question) return;
        const next = target.nextElementSibling;
        if (next?.matches(".viva-next")) next.open = true;
        const tries = stepsOf(question).map((step) => step.attempts[0]);
        const ended = tries.every(Boolean) && !question.attempts.length;
        if (ended) queueMicrotask(() => finish(question, tries));
      });
    },
    show: () => {},
    verdict: (question, mark) => `End of the case. Your mark: ${viva.percent(mark)}.`,
    mark(key, answer, question) {
      const marks = stepsOf(question).map((step, number) => step.mark(answer[number]));
      return marks.includes(null) ? null : mean(marks);
    },
  });
})();
