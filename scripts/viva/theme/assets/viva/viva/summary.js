/* What comes after the questions: the result of a self-check, and on paper the key. */
(() => {
  const { make, say } = window.viva;

  /* The summary counts first tries. */
  const first = (question) => question.attempts[0].mark;
  const score = (questions) => {
    const { sum, of } = vivaScore(questions.map(first));
    return say("{n} of {total}", { n: sum, total: of });
  };
  const isItem = (question) => question.form;
  const isDone = (question) => question.attempts.length && question.after;

  /** The result of a self-check so far, as its last section. */
  function summarise({ target }) {
    const quiz = target.closest("viva-quiz");
    if (quiz.getAttribute("mode") !== "self-check" || quiz.runner?.isOver || quiz.hasAttribute("data-exam")) return;
    quiz.querySelector(".viva-summary")?.remove();
    const asked = quiz.runner?.leaves ?? [...quiz.querySelectorAll("viva-question")].filter(isItem);
    const done = asked.filter(isDone);
    quiz.append(make("section", "viva-summary", make("h2", "", say("Your result")), total(asked, done), ...viva.sums(done)));
  }
  /** What is to be said of items that were answered: their marks by objective, and what to read. */
  viva.sums = (items) => {
    const done = items.filter(isDone);
    return [...byObjective(done), ...toRead(done)];
  };
  addEventListener("viva:attempt", summarise, true); // before anyone else hears of it

  function total(asked, done) {
    const answered = say("Answered: {n} of {total}.", { n: done.length, total: asked.length });
    const marks = done.length && say("Mark at the first try: {score}.", { score: score(done) });
    return make("p", "", [answered, marks].filter(Boolean).join(" "));
  }

  function byObjective(done) {
    const groups = new Map();
    for (const question of done) {
      const objective = question.after.querySelector(".viva-objective > span")?.textContent;
      if (objective) groups.set(objective, [...(groups.get(objective) ?? []), question]);
    }
    const line = ([objective, group]) =>
      make("li", "", make("span", "", objective), " ", make("b", "", score(group)));
    return list(say("By objective"), "viva-scores", [...groups].map(line));
  }

  /** Links to the sections behind every answer that was not right. */
  function toRead(done) {
    const links = new Map();
    for (const question of done.filter((one) => first(one) < 1)) {
      const link = question.after.querySelector(".viva-read a");
      if (link) links.set(link.href, link.cloneNode(true));
    }
    return list(say("Read again"), "", [...links.values()].map((link) => make("li", "", link)));
  }

  const list = (title, name, lines) =>
    lines.length ? [make("h3", "", title), make("ul", name, ...lines)] : [];

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
