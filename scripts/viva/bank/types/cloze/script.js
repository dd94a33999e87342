(() => {
  /* Marks as the type's Python does; tests/cases/cloze keeps the two alike. */
  const gapsOf = (question) => {
    const named = (gap) => Number(gap.querySelector("input, select").name);
    return [...question.form.querySelectorAll(".viva-gap")].sort((a, b) => named(a) - named(b));
  };

  function filled(gap) {
    const control = gap.querySelector("input, select");
    const value = control.value.trim();
    return value === "" ? null : control.matches("select") ? Number(value) : value;
  }

  const isRight = (gap, given) =>
    given !== null && ("correct" in gap ? given === gap.correct : viva.compared(gap, given) === 1);

  viva.type("cloze", {
    read(question) {
      const answer = gapsOf(question).map(filled);
      return answer.some((part) => part !== null) ? answer : null;
    },
    write: viva.fill,
    missing(answer) {
      if (answer === null) return viva.say("Fill the gaps first.");
      const open = viva.open(answer);
      return open ? viva.say("Still open: {open} of {all} gaps.", { open, all: answer.length }) : "";
    },
    mark: ({ gaps }, answer) =>
      answer.filter((given, number) => isRight(gaps[number], given)).length / answer.length,
    show(question, answer) {
      gapsOf(question).forEach((gap, number) => {
        const right = isRight(question.key.gaps[number], answer[number]);
        viva.tag(gap, right ? "right" : "wrong", right ? viva.say("Right") : viva.say("Wrong"));
      });
    },
  });
})();
