/* What is due today, as one line of the home page. */
(() => {
  "use strict";
  const { store, read, dueOrder, whole } = window.vivaStudy;
  const { questions, cards } = window.vivaCourse;
  const line = document.querySelector(".viva-due");

  function draw() {
    const states = [...read(store, [...questions.filter(whole), ...cards]).values()];
    const due = dueOrder(states, ({ module }) => module).length;
    line.hidden = !due;
    line.firstElementChild.textContent = `${due} due today.`;
  }

  store.listen(draw);
  draw();
})();
