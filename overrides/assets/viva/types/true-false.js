viva.type("true-false", {
  read: (question) => {
    const answer = question.key.answers.map((_, number) => {
      const picked = question.form.elements.namedItem(number).value;
      return picked ? picked === "true" : null;
    });
    return answer.every((part) => part === null) ? null : answer;
  },
  missing: (answer) => {
    if (answer === null) return "Decide on each statement first.";
    const open = answer.filter((part) => part === null).length;
    return open ? `${open} of ${answer.length} statements still to decide.` : "";
  },
  mark: ({ answers }, answer) => answer.filter((part, number) => part === answers[number]).length / answers.length,
  show(question, answer) {
    const { answers } = question.key;
    for (const statement of question.options) {
      const number = statement.querySelector("input").name;
      const right = answer[number] === answers[number];
      viva.tag(statement, right ? "right" : "wrong", right ? "Right" : `Wrong: it is ${answers[number]}`);
    }
  },
});
