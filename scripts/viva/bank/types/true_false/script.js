viva.type("true-false", {
  read: (question) => viva.parts(question, (value) => value === "true"),
  write: viva.fill,
  missing(answer) {
    if (answer === null) return "Decide on each statement first.";
    const open = viva.open(answer);
    return open ? `Still to decide: ${open} of ${answer.length} statements.` : "";
  },
  mark: viva.share,
  show(question, answer) {
    const { answers } = question.key;
    for (const statement of question.options) {
      const { name } = statement.querySelector("input");
      if (answer[name] === answers[name]) viva.tag(statement, "right", "Right");
      else viva.tag(statement, "wrong", `Wrong: it is ${answers[name]}`);
    }
  },
});
