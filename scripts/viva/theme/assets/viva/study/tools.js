/* Tools around a question: flag, strike out, note, confidence, keys and help. */
(() => {
  "use strict";
  const { store } = window.vivaStudy;
  const { make } = window.viva;
  const LEVELS = ["Low", "Middle", "High"];
  const KEYS = [
    ["1 – 9, A – H", "choose an option"],
    ["Enter", "check the answer, or try again"],
    ["Enter, then 1 – 4", "turn a flashcard, say how well you knew it"],
    ["J, K", "next question, question before"],
    ["M", "mark the question with a flag"],
    ["S", "strike out the option that has the focus"],
    ["N", "write a note"],
    ["?", "this help"],
  ];
  const TEXT = "input:not([type=radio], [type=checkbox]), textarea, select";

  const notes = (question) => store.get(`q:${question.name}`) ?? {};
  const put = (question, change) => store.set(`q:${question.name}`, { ...notes(question), ...change });
  const choices = (question) => [...question.form.querySelectorAll(".viva-options.viva-choices > label")];
  const isDone = (question) => "state" in question.dataset;
  const strikable = (question) => question.behaviour.strikes;

  function button(name, words, press) {
    const made = make("button", name, words);
    made.type = "button";
    made.addEventListener("click", press);
    return made;
  }

  /* Flag */

  function flag(question) {
    put(question, { flag: !notes(question).flag, flagged: Date.now() });
    showFlag(question);
  }

  function showFlag(question) {
    const flagged = Boolean(notes(question).flag);
    question.querySelector(".viva-flag").ariaPressed = flagged;
    question.toggleAttribute("data-flagged", flagged);
    question.dispatchEvent(new CustomEvent("viva:mark", { bubbles: true }));
  }

  /* Strike out */

  function strike(question, label) {
    const struck = label.toggleAttribute("data-struck");
    const input = label.querySelector("input");
    if (struck) input.setAttribute("aria-description", "struck out");
    else input.removeAttribute("aria-description");
    question.say(`${label.textContent.trim()}: ${struck ? "struck out" : "no longer struck out"}.`);
    question.dispatchEvent(new CustomEvent("viva:mark", { bubbles: true }));
  }

  function striking(question) {
    return question.querySelector(".viva-strike")?.ariaPressed === "true";
  }

  /** While striking out is on, a pointer on an option strikes it out instead of choosing it; arrow
      keys, which press radio buttons too, go on choosing. */
  function press(event) {
    const label = event.target.closest(".viva-options.viva-choices > label");
    const question = event.target.closest("viva-question");
    if (!label || !event.detail || isDone(question) || !striking(question)) return;
    event.preventDefault();
    event.stopPropagation();
    strike(question, label);
  }

  /* Note */

  function note(question) {
    const area = question.querySelector(".viva-note-area");
    area.hidden = !area.hidden;
    question.querySelector(".viva-note-button").ariaExpanded = !area.hidden;
    if (!area.hidden) area.querySelector("textarea").focus();
  }

  function noteArea(question) {
    const area = make("textarea", "");
    area.value = notes(question).note ?? "";
    area.rows = 3;
    area.maxLength = 20000;
    area.addEventListener("input", () => put(question, { note: area.value, noted: Date.now() }));
    area.addEventListener("keydown", (event) => event.stopPropagation());
    const label = make("label", "viva-note-area", "Your note, kept in this browser", area);
    label.hidden = !area.value;
    return label;
  }

  /* Confidence */

  function confidence() {
    const made = make("fieldset", "viva-confidence", make("legend", "", "How sure are you?"));
    LEVELS.forEach((word, place) => {
      const input = make("input", "");
      Object.assign(input, { type: "radio", name: "confidence", value: place + 1 });
      made.append(make("label", "", input, ` ${word}`));
    });
    return made;
  }

  const asksConfidence = () => store.pref("confidence", false);

  /** Nothing is revealed before the student has said how sure the answer is. */
  function ask(event) {
    const question = event.target.closest("viva-question");
    const asked = event.target.querySelector(".viva-confidence");
    if (!asked || isDone(question) || question.closest("[data-exam]")) return;
    const picked = asked.querySelector(":checked");
    delete question.dataset.confidence;
    if (picked) question.dataset.confidence = picked.value;
    if (picked || question.behaviour.missing(question.behaviour.read(question))) return;
    event.preventDefault();
    event.stopPropagation();
    question.say("Say first how sure you are.");
    asked.querySelector("input").focus();
  }

  /* Putting the tools on and taking them off */

  function dress(question) {
    if (!question.form || question.querySelector(":scope > form > .viva-question-tools")) return;
    const row = make("p", "viva-question-tools", button("viva-flag", "Flag", () => flag(question)));
    if (strikable(question)) {
      const strikeButton = button("viva-strike", "Strike out", () => (strikeButton.ariaPressed = strikeButton.ariaPressed !== "true"));
      strikeButton.ariaPressed = "false";
      row.append(strikeButton);
    }
    const area = noteArea(question);
    const noteButton = button("viva-note-button", "Note", () => note(question));
    noteButton.ariaExpanded = !area.hidden;
    row.append(noteButton);
    question.form.append(row, area);
    showFlag(question);
  }

  function undress(quiz) {
    quiz.querySelectorAll(".viva-question-tools, .viva-note-area, .viva-confidence").forEach((found) => found.remove());
    quiz.querySelectorAll("[data-struck]").forEach((label) => label.removeAttribute("data-struck"));
    quiz.querySelectorAll("[data-flagged]").forEach((question) => question.removeAttribute("data-flagged"));
  }

  function dressConfidence(question) {
    const asked = question.form?.querySelector(".viva-confidence");
    if (!asksConfidence()) asked?.remove();
    else if (question.form && !asked) question.form.querySelector(".viva-actions").before(confidence());
  }

  const questionsOf = (quiz) => [...quiz.querySelectorAll("viva-question")];

  function confidenceSwitch(quiz) {
    const input = make("input", "");
    Object.assign(input, { type: "checkbox", checked: asksConfidence() });
    input.addEventListener("change", () => {
      store.set("p:confidence", input.checked);
      questionsOf(quiz).forEach(dressConfidence);
    });
    return make("label", "viva-confidence-switch", input, " Ask how sure I am before each answer is checked");
  }

  /** Put the tools on a quiz or take them off, as the student has chosen; an exam always has them. */
  function tools(quiz) {
    const on = store.pref("tools", false) || "exam" in quiz.dataset;
    const bar = quiz.querySelector(":scope > .viva-bar");
    bar?.querySelector(".viva-tools-button")?.setAttribute("aria-pressed", store.pref("tools", false));
    bar?.querySelector(".viva-confidence-switch")?.remove();
    if (!on) return undress(quiz);
    bar?.append(confidenceSwitch(quiz));
    for (const question of questionsOf(quiz)) {
      dress(question);
      dressConfidence(question);
    }
    listen(quiz);
  }

  function listen(quiz) {
    if (quiz.hasTools) return;
    quiz.hasTools = true;
    quiz.addEventListener("click", press, true);
    quiz.addEventListener("submit", ask, true);
    quiz.addEventListener("keydown", keys);
  }

  /* Keys work while the focus is in a question, never while one writes. */

  function keys(event) {
    const question = event.target.closest("viva-question");
    if (!question || event.ctrlKey || event.altKey || event.metaKey || event.target.matches(TEXT)) return;
    const does = { m: flag, n: note, s: strikeFocused, j: () => step(question, 1), k: () => step(question, -1) }[event.key.toLowerCase()];
    if (!question.querySelector(".viva-question-tools")) return;
    if (does) does(question, event);
    else if (!choose(question, event)) return;
    event.preventDefault();
    event.stopPropagation(); // the theme's own keys search and turn pages
  }

  function strikeFocused(question, { target }) {
    const label = target.closest(".viva-options.viva-choices > label");
    if (label && strikable(question) && !isDone(question)) strike(question, label);
  }

  function choose(question, { key }) {
    if (!/^[a-h]$/i.test(key) || isDone(question) || !question.form) return false;
    const input = choices(question)[key.toLowerCase().charCodeAt(0) - 97]?.querySelector("input");
    input?.focus();
    input?.click();
    return Boolean(input);
  }

  function step(question, by) {
    const quiz = question.closest("viva-quiz");
    if (quiz.exam) return quiz.exam.move(by);
    const all = questionsOf(quiz).filter((one) => one.form && one.offsetParent);
    const target = all[all.indexOf(question) + by];
    target?.querySelector("input:not(:disabled), select:not(:disabled), .viva-actions > button")?.focus();
  }

  /* Dialogs */

  /** Ask before something is done: choices are [words, what to do], the last one being the deed. */
  function decide(place, title, words, choices) {
    const buttons = choices.map(([name, does], at) =>
      button(`md-button${at ? " md-button--primary" : ""}`, name, () => (dialog.close(), does?.())));
    const heading = make("h2", "", title);
    heading.id = "viva-decide";
    const dialog = make("dialog", "viva-dialog", heading, make("p", "", words), make("p", "viva-row", ...buttons));
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.addEventListener("close", () => dialog.remove());
    place.append(dialog);
    dialog.showModal();
  }

  function help() {
    const list = make("dl", "viva-keys");
    for (const [key, does] of KEYS) list.append(make("div", "", make("dt", "", key), make("dd", "", does)));
    const title = make("h2", "", "Help");
    title.id = "viva-help-title";
    const close = button("md-button", "Close", () => dialog.close());
    const dialog = make("dialog", "viva-dialog", title,
      make("p", "", "Tutor mode shows each answer as soon as you check it. Exam mode shows a question at a time and the marks at the end. Study tools add flags, notes, striking out and the keys below. Keys work while the focus is in a question."),
      list, close);
    dialog.setAttribute("aria-labelledby", title.id);
    dialog.addEventListener("close", () => dialog.remove());
    document.querySelector("article").append(dialog);
    dialog.showModal();
  }

  Object.assign(window.vivaStudy, { tools, help, decide });
})();
