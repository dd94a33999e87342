viva.type("multiple", {
  read: (question) => {
    const picked = viva.picked(question);
    return picked.length ? picked.sort((a, b) => a - b) : null;
  },
  write: viva.pick,
  strikes: true,
  missing: (answer) => (answer === null ? viva.say("Choose at least one answer first.") : ""),
  mark: ({ correct }, answer) => {
    const hits = answer.filter((number) => correct.includes(number)).length;
    return Math.max(0, 2 * hits - answer.length) / correct.length;
  },
  show(question, answer) {
    const { correct } = question.key;
    for (const option of question.options) {
      const number = Number(option.firstChild.value);
      const [right, picked] = [correct.includes(number), answer.includes(number)];
      if (right && picked) viva.tag(option, "right", viva.say("Your answer: right"));
      else if (right) viva.tag(option, "missed", viva.say("Right, but not chosen"));
      else if (picked) viva.tag(option, "wrong", viva.say("Your answer: wrong"));
    }
  },
});
