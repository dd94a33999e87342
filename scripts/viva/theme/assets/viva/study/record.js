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
    return new Promise((done) => (element.onload = done));
  }

  /** A guess before reading is no attempt. */
  function record({ detail: { id, hash, answer, mark, mode }, target }) {
    const c = Number(target.dataset.confidence) || undefined;
    if (mode !== "before") store.add({ q: id, h: hash, t: Date.now(), a: answer, m: mark, c });
  }

  /** A question that was answered only in an earlier wording says so. */
  function tellChange(question) {
    const own = store.attempts().filter(({ q }) => q === question.name);
    if (!own.length || own.some(({ h }) => h === question.dataset.hash)) return;
    question.querySelector(".viva-number").append(viva.make("small", "viva-changed", "changed since you answered it"));
  }

  function tellProblems(quiz) {
    quiz.querySelector(":scope > .viva-notice")?.remove();
    const messages = store.messages();
    if (messages.length) quiz.prepend(viva.make("p", "viva-notice", messages.join(" ")));
  }

  const tools = () => study.load("study/study.css", "study/tools.js");
  const dress = (quiz) => tools().then(() => study.tools(quiz));
  const help = () => tools().then(() => study.help());
  const exam = (quiz) => tools().then(() => study.load("study/exam.js")).then(() => study.exam(quiz));

  /** The bar above a self-check: tutor or exam, and the tools. */
  function wake(bar) {
    const quiz = bar.parentElement;
    const [tutor, examined] = bar.querySelectorAll("input");
    const [toolsButton, helpButton] = bar.querySelectorAll("button");
    (store.pref("mode") === "exam" ? examined : tutor).checked = true;
    bar.onchange = ({ target }) => {
      if (target.name !== tutor.name) return;
      store.set("p:mode", target.value);
      exam(quiz);
    };
    toolsButton.onclick = () => {
      store.set("p:tools", !store.pref("tools"));
      dress(quiz);
    };
    helpButton.onclick = help;
    if (examined.checked) exam(quiz);
    else if (store.pref("tools")) dress(quiz);
  }

  function begin() {
    const quiz = document.querySelector("viva-quiz:not([mode=assignment])");
    const apart = location.protocol === "file:" && navigator.userAgent.includes("Firefox/");
    if (apart && (quiz || study.part)) study.load("study/study.css", "study/files.js", "study/exchange.js", "study/apart.js");
    if (!quiz) return;
    document.querySelectorAll("viva-question").forEach(tellChange);
    tellProblems(quiz);
    store.listen(() => tellProblems(quiz));
    document.querySelectorAll(".viva-bar").forEach(wake);
  }

  document.addEventListener("viva:attempt", record);
  document.addEventListener("keydown", (event) => {
    const typing = event.target.matches("input:not([type=radio], [type=checkbox]), textarea");
    if (event.key !== "?" || typing || !event.target.closest("viva-quiz")) return;
    event.preventDefault();
    help();
  });
  document.addEventListener("DOMContentLoaded", begin);
})();
