viva.type("script-concordance", {
  read: (question) => {
    const picked = question.fieldset.querySelector("input:checked");
    return picked && Number(picked.value);
  },
  missing: (answer) => (answer === null ? "Choose one of the five first." : ""),
  mark: ({ panel }, answer) => panel[answer + 2] / Math.max(...panel),
  verdict: (question, mark) => {
    if (mark === 1) return "Right: the panel’s first choice.";
    if (!mark) return "Wrong: nobody on the panel chose this.";
    return `Partly right: ${viva.percent(mark)} of the first choice’s votes.`;
  },
  show(question, answer) {
    const { panel } = question.key;
    const most = Math.max(...panel);
    question.options.forEach((option, place) => {
      const yours = place === answer + 2;
      const favourite = yours ? "Your answer, and the panel’s first choice" : "The panel’s first choice";
      if (panel[place] === most) viva.tag(option, "right", favourite);
      else if (yours) viva.tag(option, panel[place] ? "partly" : "wrong", "Your answer");
    });
  },
});
