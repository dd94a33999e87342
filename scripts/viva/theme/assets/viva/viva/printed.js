/* On paper the key comes after the questions. */
(() => {
  const { make, say } = window.viva;

  /** On paper the questions come first, and the key of those not yet answered after them; an exam's
      comes when it is handed in. */
  function printKey() {
    printOnce();
    const asked = [...document.querySelectorAll("viva-quiz:not([data-exam]) viva-question[data-key]:not([data-twice])")];
    const open = asked.filter((question) => !question.feedback?.isConnected);
    const entries = open.map((question) => {
      const name = question.querySelector(".viva-number").firstChild.textContent;
      return make("section", "", make("h3", "", name), ...question.sheet().childNodes);
    });
    const key = make("section", "viva-print viva-quiz", make("h2", "", say("Key")), ...entries);
    const last = [...document.querySelectorAll("viva-quiz")].at(-1);
    if (entries.length) (last.closest("article") ?? last.parentElement).append(key);
  }

  /** Paper has one copy of a question that is asked before reading and again after it. */
  function printOnce() {
    for (const question of document.querySelectorAll("viva-quiz[mode=before] > viva-question")) {
      question.toggleAttribute("data-twice", Boolean(document.getElementById(question.name)));
    }
  }
  addEventListener("beforeprint", printKey);
  addEventListener("afterprint", () => document.querySelector(".viva-print")?.remove());
})();
