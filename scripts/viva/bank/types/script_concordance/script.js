viva.type("script-concordance", {
  read: (question) => viva.picked(question)[0] ?? null,
  write: (question, answer) => viva.pick(question, [answer]),
  missing: (answer) => (answer === null ? "Choose one of the five first." : ""),
  mark: ({ panel }, answer) => panel[answer + 2] / Math.max(...panel),
  verdict(question, mark) {
    const { panel } = question.key;
    const most = Math.max(...panel);
    if (mark === 1) return "Right: it has the most votes.";
    if (!mark) return "Wrong: it has no votes.";
    return `Partly right: it has ${Math.round(mark * most)} votes, the first choice ${most}.`;
  },
  show(question, answer) {
    const { panel } = question.key;
    const most = Math.max(...panel);
    question.options.forEach((option, place) => {
      const yours = place === answer + 2;
      const first = yours ? "Your answer: most votes" : "Most votes";
      if (panel[place] === most) viva.tag(option, "right", first);
      else if (yours) viva.tag(option, panel[place] ? "partly" : "wrong", "Your answer");
    });
  },
});
