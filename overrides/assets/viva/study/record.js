/* On every page with questions: write down each attempt, and bring in the rest when it is wanted. */
(() => {
  "use strict";
  const { store, root } = window.vivaStudy;
  const loading = new Map();

  /** Load files of assets/viva/ once, in their order. */
  function load(...names) {
    const each = names.map((name) => {
      if (!loading.has(name)) loading.set(name, new Promise((done, failed) => append(name, done, failed)));
      return loading.get(name);
    });
    return Promise.all(each);
  }

  function append(name, onload, onerror) {
    const style = name.endsWith(".css");
    const address = `${root}assets/viva/${name}`;
    const element = document.createElement(style ? "link" : "script");
    Object.assign(element, { onload, onerror }, style ? { rel: "stylesheet", href: address } : { async: false, src: address });
    document.head.append(element);
  }

  /** A guess before reading is no attempt. */
  function record({ detail: { id, hash, answer, mark, mode }, target }) {
    if (mode === "before") return;
    store.add({ q: id, h: hash, t: Date.now(), a: answer, m: mark, c: Number(target.dataset.confidence) || undefined });
  }

  /** A question that was answered only in an earlier wording says so. */
  function tellChanges(questions) {
    const hashes = new Map();
    for (const { q, h } of store.attempts()) hashes.set(q, [...(hashes.get(q) ?? []), h]);
    for (const question of questions) {
      const known = hashes.get(question.name);
      if (!known || known.includes(question.dataset.hash)) continue;
      question.querySelector(".viva-number").append(viva.make("small", "viva-changed", "changed since you answered it"));
    }
  }

  function tellProblems(quiz) {
    quiz.querySelector(":scope > .viva-notice")?.remove();
    const messages = store.messages();
    if (messages.length) quiz.prepend(viva.make("p", "viva-notice", messages.join(" ")));
  }

  const tools = () => load("study/study.css", "study/tools.js");
  const exam = () => load("study/study.css", "study/tools.js", "study/exam.js");

  /** The bar above a self-check: tutor or exam, and the tools. */
  function wake(bar) {
    const quiz = bar.closest("viva-quiz");
    const mode = store.pref("mode", "tutor");
    bar.querySelector(`[value="${mode}"]`)?.click();
    if (mode === "exam") exam().then(() => window.vivaStudy.exam(quiz));
    bar.addEventListener("change", ({ target }) => {
      if (target.name !== "viva-mode") return;
      store.set("p:mode", target.value);
      exam().then(() => window.vivaStudy.exam(quiz));
    });
    if (store.pref("tools")) tools().then(() => window.vivaStudy.tools(quiz));
    bar.querySelector(".viva-tools-button").addEventListener("click", () => {
      store.set("p:tools", !store.pref("tools"));
      tools().then(() => window.vivaStudy.tools(quiz));
    });
    bar.querySelector(".viva-help-button").addEventListener("click", help);
  }

  const help = () => tools().then(() => window.vivaStudy.help());

  function begin() {
    const quizzes = [...document.querySelectorAll("viva-quiz")];
    if (!quizzes.length) return;
    tellChanges(document.querySelectorAll("viva-quiz viva-question"));
    tellProblems(quizzes[0]);
    store.listen(() => tellProblems(quizzes[0]));
    document.querySelectorAll(".viva-bar").forEach(wake);
  }

  Object.assign(window.vivaStudy, { load });
  document.addEventListener("viva:attempt", record);
  document.addEventListener("keydown", (event) => {
    if (event.key !== "?" || !event.target.closest("viva-quiz") || event.target.matches("input:not([type=radio], [type=checkbox]), textarea")) return;
    event.preventDefault();
    help();
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
