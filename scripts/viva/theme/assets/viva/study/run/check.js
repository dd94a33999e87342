/* The runner on pages that hold their questions: self-checks in tutor or exam mode, checkpoints. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, Session, Runner } = study;
  const { make, say, count } = window.viva;
  const MINUTE = 60;

  const topsOf = (quiz) => [...quiz.querySelectorAll(":scope > viva-question")];
  const title = () => {
    const [before, after] = say("{title}: self-check").split("{title}");
    const whole = document.querySelector("h1")?.firstChild?.textContent.trim() ?? "";
    return whole.startsWith(before) && whole.endsWith(after) ? whole.slice(before.length, whole.length - after.length) : whole;
  };
  const factsOf = (quiz, mode, questions) => ({ mode, of: study.path, url: study.path, title: title(), order: questions.map(({ id }) => id) });

  /* A self-check */

  function run(quiz, mode, session, questions, focus) {
    const ordered = session ? session.data.order.map((id) => questions.find((question) => question.id === id)).filter(Boolean) : questions;
    const asked = ordered.length ? ordered : questions;
    const runner = new Runner(quiz, asked, factsOf(quiz, mode, asked), { session, focus });
    runner.redo = (wanted) => anew(quiz, runner, wanted);
    runner.result?.draw();
    return runner;
  }

  /** Another round: of what was wrong, or of all. */
  function anew(quiz, runner, wanted) {
    const asked = wanted?.map(({ id }) => id) ?? topsOf(quiz).map(({ id }) => id);
    Session.begin({ ...runner.facts, mode: "tutor", order: asked });
    location.replace(`${location.pathname}${location.search}`);
  }

  /** An exam is offered before it begins; one that another tab began meanwhile goes on here too. */
  function offer(quiz) {
    const questions = topsOf(quiz);
    const items = questions.flatMap(study.leavesOf).length;
    const input = Object.assign(make("input", ""), { type: "number", min: 1, max: 600, value: Math.max(1, Math.round(items * 1.25)) });
    const timed = Object.assign(make("input", ""), { type: "checkbox", checked: false });
    const start = () => begin(quiz, questions, timed.checked ? Number(input.value) * MINUTE : null);
    const [before, after] = say("With a timer of {minutes} minutes").split("{minutes}");
    const panel = make("section", "viva-exam",
      make("p", "", count("{n} item. Move freely, change answers, and hand in when you are done: then you see the marks and every explanation. A closed page loses nothing.", "{n} items. Move freely, change answers, and hand in when you are done: then you see the marks and every explanation. A closed page loses nothing.", items)),
      make("p", "viva-row", make("label", "", timed, ` ${before}`), make("label", "", input, after)),
      study.button("viva-button viva-main", say("Begin the exam"), start));
    panel.ariaLabel = say("Exam");
    quiz.dataset.offered = "";
    quiz.querySelector(":scope > .viva-bar").after(panel);
    quiz.offered = panel;
    store.listen(() => panel.isConnected && !quiz.runner && sessionOf((one) => one.mode === "exam" && !one.ended) && location.reload());
  }

  function begin(quiz, questions, seconds) {
    const session = Session.begin({ ...factsOf(quiz, "exam", questions), timer: seconds && { left: seconds, paused: false, hidden: false } });
    if (questions.flatMap(study.leavesOf).some((leaf) => leaf.attempts.length)) return location.reload();
    withdraw(quiz);
    run(quiz, "exam", session, questions, true);
  }

  function withdraw(quiz) {
    quiz.offered?.remove();
    delete quiz.dataset.offered;
  }

  /** The session of this page that a test picks. */
  function sessionOf(picks) {
    const [found] = study.sessions((one) => one.of === study.path && ["tutor", "exam"].includes(one.mode) && picks(one));
    return found && new Session(found.id);
  }

  /** The mode that the student has chosen for a self-check that has not begun. */
  function choose(quiz) {
    quiz.runner?.line.remove();
    quiz.runner?.stop();
    withdraw(quiz);
    if (store.pref("mode") === "exam") offer(quiz);
    else run(quiz, "tutor", null, topsOf(quiz), false);
  }

  function wake(bar) {
    const quiz = bar.parentElement;
    const [tutor, examined] = bar.querySelectorAll("input");
    const wanted = location.hash.startsWith("#session=") && location.hash.slice(9);
    const session = sessionOf((one) => one.id === wanted) ?? sessionOf((one) => !one.ended) ?? sessionOf(() => true);
    (store.pref("mode") === "exam" ? examined : tutor).checked = true;
    bar.onchange = ({ target }) => {
      if (target.name !== tutor.name) return;
      store.set("p:mode", target.value);
      choose(quiz);
    };
    bar.querySelector("button").onclick = () => study.help();
    if (session) run(quiz, session.data.mode, session, topsOf(quiz), false);
    else choose(quiz);
    arrive(quiz);
    window.addEventListener("hashchange", () => arrive(quiz));
  }

  /** A link to a question, or into one, shows it: on a phone the others are hidden. */
  function arrive({ runner }) {
    const named = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    const place = runner?.questions.findIndex((question) => question.contains(named)) ?? -1;
    if (named && place >= 0 && place !== runner.at) runner.show(place);
  }

  /* Checkpoints */

  function wakeCheckpoint(quiz) {
    const id = `checkpoint-${study.path}`;
    const session = new Session(id);
    const facts = { ...factsOf(quiz, "checkpoint", topsOf(quiz)), id };
    new Runner(quiz, topsOf(quiz), facts, { session: session.data ? session : null });
  }

  study.wakeAll = () => {
    document.querySelectorAll("viva-quiz > .viva-bar").forEach(wake);
    document.querySelectorAll("viva-quiz:is([mode=checkpoint], [mode=before])").forEach(wakeCheckpoint);
  };
})();
