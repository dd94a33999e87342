viva.type("short-answer", {
  read: viva.typed,
  write: (question, answer) => (question.form.elements.answer.value = answer),
  missing: (answer) => (answer === null ? viva.say("Write an answer first.") : ""),
  mark: (key, answer) => viva.compared(key, answer),
  show(question) {
    question.form.querySelector(".viva-field").dataset.state = question.dataset.state;
  },
});
