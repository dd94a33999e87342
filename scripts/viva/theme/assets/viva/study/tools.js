/* Tools around a question: flag, strike out, note, confidence, keys and help. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store } = study;
  const { make, say } = window.viva;
  const LEVELS = [say("Low"), say("Middle"), say("High")];
  const KEYS = [
    ["1 – 9, A – J", say("choose an option")],
    [say("Enter"), say("check the answer; once more: go on")],
    ["J, K", say("next question, question before")],
    ["F", say("flag the question")],
    ["X", say("strike out the option that has the focus")],
    ["N", say("write a note")],
    [say("Space, then 1 – 4"), say("turn a card, say how well you knew it")],
    ["?", say("this help")],
  ];
  const THEME = /^[npfs.,/]$/i; // keys of the theme, which are its own until a session begins
  const TEXT = "input:not([type=radio], [type=checkbox]), textarea, select";

  const notes = (question) => store.get(`q:${question.name}`) ?? {};
  const put = (question, change) => store.update(`q:${question.name}`, (kept) => ({ ...kept, ...change }));
  const choices = (leaf) => [...(leaf?.form?.querySelectorAll(".viva-options.viva-choices > label") ?? [])];
  const isDone = (question) => "state" in question.dataset;
  const strikable = (leaf) => leaf.behaviour.strikes;
  const isFlagged = (question) => Boolean(notes(question).flag);
  const button = (name, words, press) => study.button(name, words, press);

  /** The part of a question that is asked now: of a case the step that is open. */
  function current(runner, target) {
    const leaves = study.leavesOf(runner.shown);
    const found = target?.closest?.("viva-question");
    return leaves.find((leaf) => leaf === found) ?? leaves.find((leaf) => !isDone(leaf)) ?? leaves[0];
  }

  /* Flag */

  function flag(question) {
    put(question, { flag: !notes(question).flag, flagged: Date.now() });
    const row = question.querySelector(".viva-question-tools .viva-flag");
    if (row) row.ariaPressed = isFlagged(question);
    question.closest("viva-quiz").runner?.line.draw();
  }

  /* Strike out */

  function strike(leaf, label) {
    const struck = label.toggleAttribute("data-struck");
    tell(label);
    const option = label.querySelector("span").textContent.trim();
    leaf.say(struck ? say("{option}: struck out.", { option }) : say("{option}: no longer struck out.", { option }));
  }

  function tell(label) {
    const input = label.querySelector("input");
    if (label.hasAttribute("data-struck")) input.setAttribute("aria-description", say("struck out"));
    else input.removeAttribute("aria-description");
  }

  /** While striking out is on, a pointer on an option strikes it out instead of choosing it; arrow
      keys, which press radio buttons too, go on choosing. */
  function press(event) {
    const label = event.target.closest(".viva-options.viva-choices > label");
    const leaf = event.target.closest("viva-question");
    if (!label || !event.detail || isDone(leaf) || leaf.querySelector(".viva-strike")?.ariaPressed !== "true") return;
    event.preventDefault();
    event.stopPropagation();
    strike(leaf, label);
    leaf.closest("viva-quiz").runner.keep(leaf);
  }

  /* Note */

  function note(leaf) {
    const area = leaf.querySelector(".viva-note-area");
    area.hidden = !area.hidden;
    leaf.querySelector(".viva-note-button").ariaExpanded = !area.hidden;
    if (!area.hidden) area.querySelector("textarea").focus();
  }

  function noteArea(leaf) {
    const area = make("textarea", "");
    Object.assign(area, { value: notes(leaf).note ?? "", rows: 3, maxLength: 20000 });
    area.addEventListener("input", () => put(leaf, { note: area.value, noted: Date.now() }));
    area.addEventListener("keydown", (event) => event.stopPropagation());
    const label = make("label", "viva-note-area", say("Your note, kept in this browser"), area);
    label.hidden = !area.value;
    return label;
  }

  /* Confidence */

  function confidence() {
    const made = make("fieldset", "viva-confidence", make("legend", "", say("How sure are you?")));
    LEVELS.forEach((word, place) => {
      const input = make("input", "");
      Object.assign(input, { type: "radio", name: "confidence", value: place + 1 });
      made.append(make("label", "", input, ` ${word}`));
    });
    return made;
  }

  /** Nothing is revealed before the student has said how sure the answer is. */
  function ask(event) {
    const leaf = event.target.closest("viva-question");
    const asked = event.target.querySelector(".viva-confidence");
    if (!asked || isDone(leaf)) return;
    const picked = asked.querySelector(":checked");
    delete leaf.dataset.confidence;
    if (picked) leaf.dataset.confidence = picked.value;
    if (picked || leaf.behaviour.missing(leaf.behaviour.read(leaf))) return;
    event.preventDefault();
    event.stopPropagation();
    leaf.say(say("Say first how sure you are."));
    asked.querySelector("input").focus();
  }

  function dressConfidence(leaf) {
    const asked = leaf.form?.querySelector(".viva-confidence");
    if (!store.pref("confidence", false)) asked?.remove();
    else if (leaf.form && !asked && !leaf.isSheet) leaf.form.querySelector(".viva-actions").before(confidence());
  }

  /* What is kept of them with an answer, and put back */

  const read = (leaf) => ({
    x: [...leaf.form.querySelectorAll("[data-struck] > input")].map((input) => input.value),
    c: Number(leaf.form.querySelector(".viva-confidence :checked")?.value) || undefined,
  });

  function restore(leaf, item) {
    dressConfidence(leaf);
    for (const value of item?.x ?? []) {
      const label = leaf.form.querySelector(`label > input[value="${CSS.escape(value)}"]`)?.parentElement;
      label?.setAttribute("data-struck", "");
      if (label) tell(label);
    }
    for (const input of leaf.form.querySelectorAll(".viva-confidence input")) input.checked = input.value === String(item?.c);
  }

  /** Put the tools on the question that is asked now. */
  function attach(runner) {
    if (!runner.hasTools) runner.quiz.addEventListener("click", press, { capture: true, signal: runner.heard.signal });
    runner.hasTools = true;
    runner.leaves.forEach(dressConfidence);
    runner.quiz.querySelectorAll(".viva-question-tools, .viva-note-area").forEach((found) => found.remove());
    const leaf = current(runner);
    if (!leaf?.form) return;
    const row = make("span", "viva-question-tools");
    if (!runner.isOne || leaf !== runner.shown || !document.documentElement.dataset.session) {
      row.append(button("viva-flag", say("Flag"), () => flag(leaf)));
      row.firstChild.ariaPressed = isFlagged(leaf);
    }
    if (strikable(leaf) && !isDone(leaf)) row.append(striker());
    const area = noteArea(leaf);
    const noting = button("viva-note-button", say("Note"), () => note(leaf));
    noting.ariaExpanded = !area.hidden;
    row.append(noting);
    (leaf.form.querySelector(":scope > .viva-actions") ?? leaf.form).append(row);
    leaf.form.append(area);
  }

  function striker() {
    const made = button("viva-strike", say("Strike out"), () => (made.ariaPressed = made.ariaPressed !== "true"));
    made.ariaPressed = "false";
    return made;
  }

  /* Keys work on the whole page of a session, never while one writes. */

  function key(runner, event) {
    const { key: pressed, target } = event;
    if (!runner.shown || event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || target.matches(TEXT) || target.closest("dialog")) return;
    const inside = target.closest("viva-quiz") === runner.quiz;
    if (!inside && (runner.facts.mode === "checkpoint" || target.matches("input"))) return;
    const inSession = "session" in document.documentElement.dataset;
    if (!inside && !inSession && THEME.test(pressed)) return;
    const done = act(runner, current(runner, target), pressed, target);
    if (done) event.preventDefault();
    if (done || pressed.length === 1) event.stopPropagation(); // the theme's own keys search and turn pages
  }

  function act(runner, leaf, pressed, target) {
    if (pressed === "Enter") return !target.closest("a, button, summary, input, viva-question") && enter(runner, leaf);
    if (runner.shown.isCard) return runner.shown.press(pressed);
    const does = {
      f: () => flag(runner.isOne ? runner.shown : leaf), m: () => flag(runner.isOne ? runner.shown : leaf), n: () => note(leaf),
      x: () => strikeAt(leaf, target), s: () => strikeAt(leaf, target),
      j: () => runner.move(1), k: () => runner.move(-1),
    }[pressed.toLowerCase()];
    return choose(leaf, pressed) || (does ? (does(), true) : false);
  }

  function enter(runner, leaf) {
    if (leaf.isCard) return leaf.press("Enter");
    if (leaf.dataset.state) leaf.goOn();
    else leaf.form?.requestSubmit();
    return true;
  }

  function strikeAt(leaf, target) {
    const label = target.closest(".viva-options.viva-choices > label");
    if (!label || !strikable(leaf) || isDone(leaf)) return;
    strike(leaf, label);
    leaf.closest("viva-quiz").runner.keep(leaf);
  }

  function choose(leaf, pressed) {
    const place = /^[1-9]$/.test(pressed) ? pressed - 1 : /^[a-j]$/i.test(pressed) ? pressed.toLowerCase().charCodeAt(0) - 97 : -1;
    const input = place >= 0 && !isDone(leaf) && choices(leaf)[place]?.querySelector("input:enabled");
    if (!input) return false;
    input.focus();
    input.click();
    return true;
  }

  /* Dialogs */

  /** Ask before something is done: choices are [words, what to do], the last one being the deed. */
  function decide(place, title, words, decisions) {
    const buttons = decisions.map(([name, does], at) => button(`viva-button${at ? " viva-main" : ""}`, name, () => (dialog.close(), does?.())));
    const dialog = opened(place, title, make("p", "", words), make("p", "viva-row", ...buttons));
  }

  function help() {
    const list = make("dl", "viva-keys");
    for (const [name, does] of KEYS) list.append(make("div", "", make("dt", "", name), make("dd", "", does)));
    const close = button("viva-button", say("Close"), () => dialog.close());
    const words = say("Tutor mode shows each answer as soon as you check it, exam mode when you hand in. A session is kept as you go: leave it when you like. These keys work on the whole page:");
    const dialog = opened(document.querySelector("article"), say("Help"), make("p", "", words), list, close);
  }

  function opened(place, title, ...parts) {
    const heading = make("h2", "", title);
    heading.id = "viva-dialog-title";
    const dialog = make("dialog", "viva-dialog", heading, ...parts);
    dialog.setAttribute("aria-labelledby", heading.id);
    dialog.addEventListener("close", () => dialog.remove());
    place.append(dialog);
    dialog.showModal();
    return dialog;
  }

  Object.assign(study, { tools: { attach, restore, read, isFlagged, flag, ask, key }, help, decide });
})();
