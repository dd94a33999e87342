viva.type("true-false", {
  read: (question) => viva.parts(question, (value) => value === "true"),
  write: viva.fill,
  missing(answer) {
    if (answer === null) return viva.say("Decide on each statement first.");
    const open = viva.open(answer);
    return open ? viva.say("Still to decide: {open} of {all} statements.", { open, all: answer.length }) : "";
  },
  mark: viva.share,
  show(question, answer) {
    const { answers } = question.key;
    for (const statement of question.options) {
      const { name } = statement.querySelector("input");
      if (answer[name] === answers[name]) viva.tag(statement, "right", viva.say("Right"));
      else viva.tag(statement, "wrong", answers[name] ? viva.say("Wrong: it is true") : viva.say("Wrong: it is false"));
    }
  },
});
