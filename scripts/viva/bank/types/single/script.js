viva.type("single", {
  read: (question) => viva.picked(question)[0] ?? null,
  write: (question, answer) => viva.pick(question, [answer]),
  strikes: true,
  missing: (answer) => (answer === null ? "Choose an answer first." : ""),
  mark: (key, answer) => Number([key.correct, ...(key.also ?? [])].includes(answer)),
  verdict(question, mark) {
    const { correct } = question.key;
    const place = question.options.findIndex((option) => option.firstChild.value == correct);
    return mark ? "Right." : `Wrong. The right answer: ${viva.letter(place)}.`;
  },
  show(question, answer) {
    const { correct, also = [] } = question.key;
    for (const option of question.options) {
      const number = Number(option.firstChild.value);
      const yours = number === answer;
      if (number === correct || also.includes(number)) viva.tag(option, "right", yours ? "Your answer: right" : "Right answer");
      else if (yours) viva.tag(option, "wrong", "Your answer: wrong");
    }
  },
});
