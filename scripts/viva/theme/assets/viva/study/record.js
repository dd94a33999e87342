/* On every page with questions: write down each attempt, and bring in the rest when it is wanted. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, root } = study;
  const loading = {};

  /** Load files of assets/viva/ once, in their order. */
  study.load = (...names) => Promise.all(names.map((name) => (loading[name] ??= append(name))));

  function append(name) {
    const style = name.endsWith(".css");
    const element = document.createElement(style ? "link" : "script");
    element.async = false;
    element.rel = "stylesheet";
    element[style ? "href" : "src"] = `${root}assets/viva/${name}`;
    document.head.append(element);
    return new Promise((done) => (element.onload = element.onerror = done));
  }

  /** A guess before reading is no attempt. */
  function record({ detail: { id, hash, answer, mark, mode, s, d }, target }) {
    const c = Number(target.dataset.confidence) || undefined;
    if (mode !== "before") store.add({ q: id, h: hash, t: Date.now(), a: answer, m: mark, c, s, d });
  }

  /** A question that was answered only in an earlier wording says so. */
  function tellChange(question) {
    const own = store.attempts().filter(({ q }) => q === question.name);
    if (!own.length || own.some(({ h }) => h === question.dataset.hash)) return;
    question.querySelector(".viva-number").append(viva.make("small", "viva-changed", viva.say("changed since you answered it")));
  }

  function tellProblems(quiz) {
    quiz.querySelector(":scope > .viva-notice")?.remove();
    const messages = store.messages();
    if (messages.length) quiz.prepend(viva.make("p", "viva-notice", messages.join(" ")));
  }

  const RUNNER = ["study/runner.css", "study/runner.js"];
  let running;
  const runner = () => (study.Runner ? Promise.resolve() : Promise.all([study.load(...RUNNER), viva.ready()])); // study pages have it
  const run = () => (running ??= runner().then(settle).then(() => study.wakeAll()));

  /** What the page guessed before it was painted ends: the runner knows. */
  function settle() {
    delete document.documentElement.dataset.session;
    for (const { dataset } of document.querySelectorAll("viva-quiz[data-comes]")) {
      delete dataset.comes;
      delete dataset.over;
    }
  }

  /** The runner comes where something was begun, else with the first touch: what is only read needs none. */
  function wake(bar) {
    const known = study.sessions(({ of, mode }) => of === study.path && mode !== "assignment");
    const linked = document.getElementById(decodeURIComponent(location.hash.slice(1)))?.closest("viva-question");
    if (known.length || (bar && (linked || store.pref("mode") === "exam"))) return run();
    if (!bar) return document.addEventListener("viva:attempt", run, { once: true });
    settle();
    bar.querySelector("button").onclick = () => run().then(() => study.help());
    bar.addEventListener("change", ({ target }) => bar.onchange || store.set("p:mode", target.value));
    for (const kind of ["pointermove", "pointerdown", "keydown", "focusin"]) addEventListener(kind, run, { once: true, capture: true });
  }

  function begin() {
    const quiz = document.querySelector("viva-quiz:not([mode=assignment])");
    const apart = location.protocol === "file:" && navigator.userAgent.includes("Firefox/");
    if (apart && (quiz || study.part)) study.load("study/study.css", "study/files.js", "study/exchange.js", "study/apart.js");
    if (!quiz) return;
    document.querySelectorAll("viva-question").forEach(tellChange);
    tellProblems(quiz);
    store.listen(() => tellProblems(quiz));
    if (!study.part) wake(document.querySelector("viva-quiz > .viva-bar"));
  }

  document.addEventListener("viva:attempt", record);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=radio], [type=checkbox]), textarea");
    if (event.key !== "?" || typing || !document.querySelector("viva-quiz")) return;
    event.preventDefault();
    runner().then(() => study.help());
  });
  document.addEventListener("DOMContentLoaded", begin);
})();
