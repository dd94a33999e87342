/* Practice: presets to begin with; below them a block put together by the student, the same for everyone
   who has its link; the flashcards are in the folder practice/. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, part, fill, date, make, today, whole, unfolded, upTo } = study;
  const { say, count, number: numeral } = window.viva;
  const course = window.vivaCourse;
  const form = part("form");
  const presets = part("presets");
  const tops = course.questions.filter(whole);
  const stepsOf = study.grouped(course.questions.filter((one) => one.of), (one) => one.of);
  const MIXED = 10;
  const EXAM = 40;
  const OF = "practice";

  /* The block */

  /** A random number generator that gives everyone the same numbers for the same seed. */
  function generator(seed) {
    let state = 2166136261;
    for (const letter of String(seed)) state = Math.imul(state ^ letter.codePointAt(0), 16777619);
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
  }

  function shuffled(items, seed) {
    const [left, random] = [[...items], generator(seed)];
    return items.map(() => left.splice(Math.floor(random() * left.length), 1)[0]);
  }

  const partsOf = (question) => [question, ...(stepsOf.get(question.id) ?? [])];
  const STATES = {
    any: () => true,
    unseen: (state) => !state.seen,
    wrong: (state) => state.seen && !state.rightNow,
    flagged: ({ question }) => partsOf(question).some(({ id }) => store.get(`q:${id}`)?.flag),
    due: (state) => state.due <= today(),
  };

  /** What a field of numbers can take of a value that a link or a hand has given it. */
  const taken = ({ min, max }, value) => Math.min(max, Math.max(min, value));

  function wanted() {
    const data = new FormData(form);
    return {
      modules: data.getAll("module"), objectives: data.getAll("objective"), types: data.getAll("type"), levels: data.getAll("level"),
      state: data.get("state") ?? "any", number: taken(form.elements.number, Number(data.get("number")) || 10), seed: data.get("seed") || "1",
      mode: data.get("mode"), timed: data.has("timer"), minutes: Number(data.get("minutes")),
    };
  }

  /** What has to have come before a choice can be made: by kind, level or objective. */
  function needed({ modules, objectives, types, levels }) {
    if (!objectives.length && !types.length && !levels.length) return [];
    const holds = (module) => modules.includes(module.id) || module.objectives.some(({ id }) => objectives.includes(id));
    const places = new Set((modules.length || objectives.length ? course.modules.filter(holds) : course.modules).map(({ id }) => id));
    return tops.filter((question) => partsOf(question).some(({ module }) => places.has(module))).flatMap(partsOf).map(({ id }) => id);
  }

  const among = (list, value) => !list.length || list.includes(value);

  /** A question fits when each kind of choice that was made allows it. A case fits by any step. */
  function fits(question, { modules, objectives, types, levels }) {
    const parts = partsOf(question);
    const place = !modules.length && !objectives.length || parts.some((one) => modules.includes(one.module) || objectives.includes(one.objective));
    return place && among(types, question.type) && (!levels.length || parts.some((one) => levels.includes(one.level)));
  }

  function ofState(name) {
    const states = study.read(store, tops);
    return tops.filter((question) => STATES[name](states.get(question.id)));
  }

  const matching = (choice) => ofState(choice.state).filter((question) => fits(question, choice));

  /** The same choice gives the same questions in the same order, whatever the order of the banks. */
  function block(choice, fitting = matching(choice)) {
    const sorted = [...fitting].sort((one, other) => (one.id < other.id ? -1 : 1));
    return upTo(choice.number, shuffled(sorted, choice.seed), course);
  }

  /** Items among questions: each step of a case counts. */
  const itemsIn = (questions) => unfolded(questions.map(({ id }) => id), course).length;
  /** Minutes for an exam: 75 seconds an item. */
  const usual = (questions) => Math.max(1, Math.round(1.25 * itemsIn(questions)));
  const freshSeed = () => String(1000 + Math.floor(Math.random() * 9000));
  const timerOf = (minutes) => minutes && { left: 60 * minutes, paused: false, hidden: false };

  /* Presets */

  const PRESETS = {
    mixed: ["any", MIXED, say("Mixed")], wrong: ["wrong", MIXED, say("What I got wrong")], flagged: ["flagged", MIXED, say("Flagged")],
    unseen: ["unseen", MIXED, say("Never seen")], exam: ["any", EXAM, say("All modules")],
  };

  /** How many items are in a state; a flag on a case is on each of its steps. */
  function itemsOf(name) {
    const states = study.read(store, study.items(course.questions));
    const flagged = ({ id, of }) => [id, of].some((one) => store.get(`q:${one}`)?.flag);
    return [...states.values()].filter((state) => (name === "flagged" ? flagged(state.question) : STATES[name](state))).length;
  }

  function drawPresets() {
    for (const [name, [state]] of Object.entries(PRESETS)) {
      const fitting = itemsOf(state);
      const input = presets.querySelector(`[value=${name}]`);
      input.disabled = !fitting;
      if (state !== "any") input.parentElement.querySelector("small").textContent = numeral(fitting);
    }
    if (presets.querySelector(":checked")?.disabled) presets.querySelector("input").checked = true;
  }

  function beginPreset(name) {
    const [state, number, title] = PRESETS[name];
    const questions = upTo(number, shuffled(ofState(state), freshSeed()), course);
    if (!questions.length) return;
    const timer = name === "exam" && presets.elements.timed.checked ? timerOf(usual(questions)) : null;
    study.ask({ mode: name === "exam" ? "exam" : "tutor", of: OF, title, order: questions.map(({ id }) => id), timer }, { ended: redraw });
  }

  /* The form and its link */

  const address = () => `#${new URLSearchParams(new FormData(form))}`;

  async function fromAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    if (!given.has("seed") && !given.has("module")) return false;
    await study.practice.listModules(given.getAll("objective"));
    for (const input of form.elements) {
      if (input.type === "checkbox" || input.type === "radio") input.checked = given.getAll(input.name).includes(input.value);
      else if (given.has(input.name)) input.value = input.max ? taken(input, given.get(input.name)) : given.get(input.name);
    }
    for (const name of ["state", "mode"]) {
      if (!form.querySelector(`[name=${name}]:checked`)) form.querySelector(`[name=${name}]`).checked = true;
    }
    part("builder").open = true;
    drawMode();
    return true;
  }

  /** Only an exam has a timer; what does not apply stays out of the link. */
  function drawMode() {
    const { mode, timer, minutes } = form.elements;
    const exam = mode.value === "exam";
    part("timer").hidden = !exam;
    timer.disabled = !exam;
    minutes.disabled = !exam || !timer.checked;
    part("start").textContent = exam ? say("Begin the exam") : say("Begin the block");
  }

  async function draw() {
    drawMode();
    await study.bring(needed(wanted()));
    const choice = wanted();
    const fitting = matching(choice);
    const chosen = block(choice, fitting);
    fill("matches", count("{n} question fits; the block takes {taken}.", "{n} questions fit; the block takes {taken}.", itemsIn(fitting), { taken: itemsIn(chosen) }));
    form.elements.minutes.placeholder = usual(chosen);
    part("start").disabled = !chosen.length;
    part("link").href = address();
    part("same").textContent = choice.state === "any"
      ? say("Whoever opens this link gets the same questions in the same order, in the same mode.")
      : say("Which questions fit depends on each student’s own progress; choose “any” to share one block.");
  }

  async function begin(event) {
    event.preventDefault();
    const choice = wanted();
    await study.bring(needed(choice));
    const questions = block(choice);
    const exam = choice.mode === "exam";
    const timer = exam && choice.timed ? timerOf(choice.minutes || usual(questions)) : null;
    const facts = { mode: exam ? "exam" : "tutor", of: OF, title: say("Practice"), link: address(), order: questions.map(({ id }) => id), timer };
    study.ask(facts, { ended: redraw });
  }

  /* What waits */

  const waiting = () => study.sessions(study.isOpen(OF));

  function drawWaiting() {
    const found = waiting();
    part("waiting").hidden = !found.length;
    part("waiting-list").replaceChildren(...found.map(entry));
  }

  function entry({ id, title, mode, order, items, began }) {
    const given = Object.values(items).filter((item) => (item.a ?? null) !== null || item.tries?.length).length;
    const name = mode === "exam" ? say("{title}, exam", { title: title ?? say("Practice") }) : (title ?? say("Practice"));
    const begun = count("{name}: {n} question, begun on {date}.", "{name}: {n} questions, begun on {date}.", unfolded(new Set(order), course).length, { name, date: date(began) });
    const words = `${begun} ${count("{n} answer given.", "{n} answers given.", given)} `;
    const discard = make("button", { type: "button", className: "viva-button", onclick: () => askToDiscard(id) }, say("Discard"));
    const go = make("a", { className: "viva-button", href: `#session=${id}` }, say("Go on"));
    return make("li", {}, words, make("span", { className: "viva-row" }, go, discard));
  }

  function askToDiscard(id) {
    study.decide(part("page"), say("Discard this session?"), say("Its answers that have not been marked will be gone."), [
      [say("Keep it")],
      [say("Discard"), () => (new study.Session(id).discard(), drawWaiting())],
    ]);
  }

  /* The page */

  function redraw() {
    draw();
    drawPresets();
    drawWaiting();
    study.practice.drawCards();
  }

  /** What the address asks for: a session goes on; a block that waits goes on, else it is offered. */
  async function arrive() {
    study.setUp();
    const preset = location.hash.startsWith("#preset=") && location.hash.slice(8);
    const linked = await fromAddress();
    form.elements.seed.value ||= freshSeed();
    await study.bring(study.met());
    redraw();
    const [kept] = linked ? waiting().filter(({ link }) => link === address()) : [];
    if (kept) study.take(kept.id, { ended: redraw });
    else if (Object.hasOwn(PRESETS, preset)) beginPreset(preset);
    else study.arrive({ ended: redraw });
  }

  function wake() {
    form.oninput = draw;
    form.onsubmit = begin;
    presets.onsubmit = (event) => (event.preventDefault(), beginPreset(presets.elements.preset.value));
    window.addEventListener("hashchange", arrive);
    part("fresh").onclick = () => ((form.elements.seed.value = freshSeed()), draw());
    study.practice.wakeModules();
    study.practice.wakeCards();
    arrive().then(() => {
      study.tell();
      part("page").hidden = false;
    });
  }

  study.practice = { shuffled, freshSeed };
  document.addEventListener("DOMContentLoaded", wake);
})();
