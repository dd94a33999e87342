/* The result of a self-check so far, after its questions: it counts first tries. */
(() => {
  "use strict";
  const { make, say } = window.viva;
  const first = (question) => question.attempts[0].mark;
  const score = (questions) => {
    const { sum, of } = vivaScore(questions.map(first));
    return say("{n} of {total}", { n: sum, total: of });
  };
  const isDone = (question) => question.attempts.length && question.after;

  /** Sum up as the last section of a quiz. */
  function sumUp({ quiz, leaves, isOver, facts }) {
    if (facts.mode !== "tutor" || isOver) return;
    quiz.querySelector(".viva-summary")?.remove();
    const asked = leaves.filter(({ form }) => form);
    const done = asked.filter(isDone);
    quiz.append(make("section", "viva-summary", make("h2", "", say("Your result")), total(asked, done), ...sums(done)));
  }

  /** What is to be said of items that were answered: their marks by objective, and what to read. */
  const sums = (items) => {
    const done = items.filter(isDone);
    return [...byObjective(done), ...toRead(done)];
  };

  function total(asked, done) {
    const answered = say("Answered: {n} of {total}.", { n: done.length, total: asked.length });
    const marks = done.length && say("Mark at the first try: {score}.", { score: score(done) });
    return make("p", "", [answered, marks].filter(Boolean).join(" "));
  }

  function byObjective(done) {
    const groups = new Map();
    for (const question of done) {
      const objective = question.after.querySelector(".viva-objective > span");
      if (objective) groups.set(objective.innerHTML, [objective, ...(groups.get(objective.innerHTML)?.slice(1) ?? []), question]);
    }
    const line = ([objective, ...group]) =>
      make("li", "", objective.cloneNode(true), " ", make("b", "", score(group)));
    return list(say("By objective"), "viva-scores", [...groups.values()].map(line));
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

  Object.assign(window.vivaStudy, { sums, sumUp });
})();
