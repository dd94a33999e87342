(() => {
  const stepsOf = (question) => [...question.querySelectorAll("viva-question")];
  const mean = (marks) => marks.reduce((all, mark) => all + mark, 0) / marks.length;
  const followers = (question) => [...question.querySelectorAll(".viva-next")];

  function finish(question, tries) {
    question.reveal();
    question.record(tries.map(({ answer }) => answer), mean(tries.map(({ mark }) => mark)));
  }

  const isDone = (step) => step.behaviour?.fault || (step.isSheet ? !step.isOpen : step.attempts.length);

  /** The next finding appears when the step before is answered, and then stays. */
  function unfold(question) {
    for (const next of followers(question)) next.open ||= isDone(next.previousElementSibling);
  }

  /** A case is marked after its last step. */
  function end(question) {
    const tries = stepsOf(question).map((step) => step.attempts[0]);
    const ended = tries.every(Boolean) && !question.attempts.length;
    if (ended) queueMicrotask(() => finish(question, tries));
  }

  viva.type("case", {
    wake(question) {
      for (const kind of ["viva:attempt", "viva:resumed", "input", "submit"]) question.addEventListener(kind, () => unfold(question));
      question.addEventListener("viva:attempt", ({ target }) => target === question || end(question));
    },
    read(question) {
      const answers = stepsOf(question).map((step) => step.behaviour.read(step));
      return answers.every((answer) => answer === null) ? null : answers;
    },
    write(question, answer) {
      stepsOf(question).forEach((step, number) => {
        if ((answer[number] ?? null) !== null) step.behaviour.write(step, answer[number]);
      });
      unfold(question);
    },
    reset(question) {
      for (const next of followers(question)) next.open = false;
    },
    verdict: (question, mark) => viva.say("End of the case. Your mark: {share}.", { share: viva.percent(mark) }),
    mark(key, answer, question) {
      const marks = stepsOf(question).map((step, number) => step.mark(answer[number]));
      return marks.includes(null) ? null : mean(marks);
    },
  });
})();
