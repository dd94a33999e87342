viva.type("short-answer", {
  read: viva.typed,
  write: (question, answer) => (question.form.elements.answer.value = answer),
  missing: (answer) => (answer === null ? "Write an answer first." : ""),
  mark(key, answer) {
    const isRight = viva.compared(answer, key);
    return isRight === null ? null : Number(isRight);
  },
  show(question) {
    question.form.querySelector(".viva-field").dataset.state = question.dataset.state;
  },
});
