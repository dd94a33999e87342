/* The runner on the study pages, whose questions come from the banks of the whole course. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { Session, load, part } = study;
  const { say, count } = window.viva;
  const course = window.vivaCourse;
  const { things } = study;
  const titles = new Map(course.modules.map((module) => [module.id, module.title]));
  const sheets = new Map();

  /** The page on which a question stands: of its bank, or of a part of it. */
  const sheetOf = ({ bank, sheet }) => sheet ?? bank;

  /** A question's element under a label, out of the page that holds it. The HTML is the site's own. */
  function elementOf(question, label) {
    const name = sheetOf(question);
    if (!sheets.has(name)) {
      const sheet = document.createElement("template");
      sheet.innerHTML = window.vivaBanks[name];
      sheets.set(name, sheet.content);
    }
    const element = document.importNode(sheets.get(name).getElementById(question.id), true);
    element.querySelector(".viva-number").firstChild.textContent = `${label} `;
    return element;
  }

  function kindOf(card) {
    const kind = { facts: [`${say("Key fact")} `, study.make("small", {}, titles.get(card.module) ?? card.read.title)], terms: [say("Glossary")], labels: [say("Name what is hidden")] };
    return kind[card.deck];
  }

  const itemsOf = ({ id }) => course.questions.filter((one) => one.of === id).length || 1;

  /** What each is called in an exam: by number, of a case by those of its steps. */
  function numbers(asked) {
    let last = 0;
    return asked.map((thing) => {
      const first = last + 1;
      last += itemsOf(thing);
      return first === last ? say("Question {n}", { n: first }) : say("Questions {first} to {last}", { first, last });
    });
  }

  function elements(asked, mode) {
    const names = numbers(asked);
    const label = (thing, place) => (mode === "exam" ? names[place] : (titles.get(thing.module) ?? say("Question")));
    return asked.map((thing, place) => (thing.type === "card" ? study.cardOf(thing, kindOf(thing)) : elementOf(thing, label(thing, place))));
  }

  /** Take up a session, or begin one with these facts, whose order are ids of questions and cards. */
  async function ask(facts, { session = null, focus = true, ended } = {}) {
    const there = facts.order.map((id) => things.get(id)).filter(Boolean);
    await study.bring(facts.order);
    await load(...new Set(there.filter((thing) => thing.bank).map((thing) => `questions/${sheetOf(thing)}.js`)));
    const known = there.filter(isHere);
    const unique = [...new Set(known)];
    const made = elements(unique, facts.mode);
    const quiz = study.make("viva-quiz", { className: "viva-quiz" }, ...made);
    quiz.setAttribute("mode", facts.mode === "exam" ? "self-check" : "review");
    part("setup").hidden = true;
    part("runner").replaceChildren(quiz);
    const running = session ?? Session.begin(facts);
    address(`#session=${running.id}`);
    const leave = () => (location.hash = "");
    const runner = new study.Runner(quiz, known.map((thing) => made[unique.indexOf(thing)]), facts, { session: running, focus, leave, ended });
    runner.redo = (wanted) => again(runner, wanted);
    runner.result?.draw();
    const lost = facts.order.length - there.length;
    if (known.length < there.length) runner.line.say(study.lack());
    else if (lost) runner.line.say(gone(lost, facts.mode === "exam"));
    return runner;
  }

  /** A part of the course may be out of reach, where a browser keeps only some. */
  const isHere = (thing) => (thing.bank ? sheetOf(thing) in (window.vivaBanks ?? {}) : "hash" in thing);

  const gone = (lost, isExam) => isExam
    ? count("{n} question of this exam is no longer in the course.", "{n} questions of this exam are no longer in the course.", lost)
    : count("{n} question of this session is no longer in the course.", "{n} questions of this session are no longer in the course.", lost);

  function again(runner, wanted) {
    const { title, mode, of } = runner.facts;
    const order = [...new Set((wanted ?? runner.questions).map(({ id }) => id))];
    runner.stop();
    ask({ mode: mode === "exam" ? "tutor" : mode, of: of === "review" ? of : "practice", title, order });
  }

  /** The address names the session: a reload goes on with it, Back leads to the page's own choices. */
  function address(hash) {
    if (location.hash === hash) return;
    const isDeed = /^#(preset|wrong|begin)/.test(location.hash);
    history[isDeed ? "replaceState" : "pushState"](null, "", hash);
  }

  /** A session that is kept: it goes on, or stands as answered paper. */
  function take(id, options) {
    const session = new Session(id);
    const { data } = session;
    if (!data) return null;
    const order = data.order.length ? data.order : Object.keys(data.items);
    return ask({ ...data, order, items: undefined, at: undefined }, { session, focus: false, ...options });
  }

  /** Ids of what was not right at once in a session. */
  function wrongIn(id) {
    const { order = [], items = {} } = new Session(id).data ?? {};
    const missed = new Set(Object.entries(items).filter(([, { tries }]) => tries?.length && tries[0].m !== null && tries[0].m < 1).map(([name]) => things.get(name)?.of ?? name));
    return order.filter((name, place) => missed.has(name) && order.indexOf(name) === place);
  }

  /** What the address asks for: a session, or what was wrong in one. False where it asks for nothing. */
  function arrive(options) {
    const [kind, id] = location.hash.slice(1).split("=");
    if (kind === "session" && new Session(id).data) return take(id, options) || true;
    if (kind === "wrong" && wrongIn(id).length) return ask({ mode: "tutor", of: "practice", title: say("What was wrong"), order: wrongIn(id) }, options) || true;
    return false;
  }

  /** Show the page's own choices again. */
  function setUp() {
    part("runner").querySelector("viva-quiz")?.runner?.stop();
    part("runner").replaceChildren();
    part("setup").hidden = false;
  }

  const isOpen = (of) => (one) => one.of === of && !one.ended && one.order.some((id) => things.has(id));

  Object.assign(study, { ask, take, arrive, setUp, isOpen, elementOf });
})();
