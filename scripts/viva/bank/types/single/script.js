viva.type("single", {
  read: (question) => viva.picked(question)[0] ?? null,
  write: (question, answer) => viva.pick(question, [answer]),
  strikes: true,
  missing: (answer) => (answer === null ? viva.say("Choose an answer first.") : ""),
  mark: (key, answer) => Number([key.correct, ...(key.also ?? [])].includes(answer)),
  verdict(question, mark) {
    const { correct } = question.key;
    const place = question.options.findIndex((option) => option.firstChild.value == correct);
    return mark ? viva.say("Right.") : viva.say("Wrong. The right answer: {letter}.", { letter: viva.letter(place) });
  },
  show(question, answer) {
    const { correct, also = [] } = question.key;
    for (const option of question.options) {
      const number = Number(option.firstChild.value);
      const yours = number === answer;
      if (number === correct || also.includes(number)) viva.tag(option, "right", yours ? viva.say("Your answer: right") : viva.say("Right answer"));
      else if (yours) viva.tag(option, "wrong", viva.say("Your answer: wrong"));
    }
  },
});
