viva.type("script-concordance", {
  read: (question) => viva.picked(question)[0] ?? null,
  write: (question, answer) => viva.pick(question, [answer]),
  missing: (answer) => (answer === null ? viva.say("Choose one of the five first.") : ""),
  mark: ({ panel }, answer) => panel[answer + 2] / Math.max(...panel),
  verdict(question, mark) {
    const { panel } = question.key;
    const most = Math.max(...panel);
    if (mark === 1) return viva.say("Right: it has the most votes.");
    if (!mark) return viva.say("Wrong: it has no votes.");
    return viva.count("Partly right: it has {n} vote, the first choice {most}.", "Partly right: it has {n} votes, the first choice {most}.", Math.round(mark * most), { most });
  },
  show(question, answer) {
    const { panel } = question.key;
    const most = Math.max(...panel);
    question.options.forEach((option, place) => {
      const yours = place === answer + 2;
      const first = yours ? viva.say("Your answer: most votes") : viva.say("Most votes");
      if (panel[place] === most) viva.tag(option, "right", first);
      else if (yours) viva.tag(option, panel[place] ? "partly" : "wrong", viva.say("Your answer"));
    });
  },
});
