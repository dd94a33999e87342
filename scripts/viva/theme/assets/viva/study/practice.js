/* Practice: a block put together by the student, the same for everyone who has its link. The block as
   an exam and the flashcards are in the folder practice/. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, part, fill, many, today, whole, load } = study;
  const course = window.vivaCourse;
  const form = part("form");
  const tops = course.questions.filter(whole);
  const stepsOf = study.grouped(course.questions.filter((one) => one.case), (one) => one.case);

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

  const STATES = {
    any: () => true,
    unseen: (state) => !state.seen,
    wrong: (state) => state.seen && !state.rightNow,
    flagged: ({ question }) => [question, ...(stepsOf.get(question.id) ?? [])].some(({ id }) => store.get(`q:${id}`)?.flag),
    due: (state) => state.due <= today(),
  };

  function wanted() {
    const data = new FormData(form);
    return {
      modules: data.getAll("module"), objectives: data.getAll("objective"), types: data.getAll("type"), levels: data.getAll("level"),
      state: data.get("state") ?? "any", number: Number(data.get("number")) || 10, seed: data.get("seed") || "1",
      mode: data.get("mode"), timed: data.has("timer"), minutes: Number(data.get("minutes")),
    };
  }

  const among = (list, value) => !list.length || list.includes(value);

  /** A question fits when each kind of choice that was made allows it. A case fits by any step. */
  function fits(question, { modules, objectives, types, levels }) {
    const parts = [question, ...(stepsOf.get(question.id) ?? [])];
    const place = !modules.length && !objectives.length || parts.some((one) => modules.includes(one.module) || objectives.includes(one.objective));
    return place && among(types, question.type) && (!levels.length || parts.some((one) => levels.includes(one.level)));
  }

  function matching(choice) {
    const states = study.read(store, tops);
    return tops.filter((question) => fits(question, choice) && STATES[choice.state](states.get(question.id)));
  }

  /** The same choice gives the same questions in the same order, whatever the order of the banks. */
  function block(choice, fitting = matching(choice)) {
    const sorted = [...fitting].sort((one, other) => (one.id < other.id ? -1 : 1));
    return shuffled(sorted, choice.seed).slice(0, choice.number);
  }

  /* The form and its link */

  function address() {
    const data = new URLSearchParams(new FormData(form));
    return `#${data}`;
  }

  function fromAddress() {
    const given = new URLSearchParams(location.hash.slice(1));
    if (!given.has("seed")) return false;
    for (const input of form.elements) {
      if (input.type === "checkbox" || input.type === "radio") input.checked = given.getAll(input.name).includes(input.value);
      else if (given.has(input.name)) input.value = given.get(input.name);
    }
    for (const name of ["state", "mode"]) {
      if (!form.querySelector(`[name=${name}]:checked`)) form.querySelector(`[name=${name}]`).checked = true;
    }
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
    part("start").textContent = exam ? "Begin the exam" : "Begin the block";
  }

  function draw() {
    drawMode();
    const choice = wanted();
    const fitting = matching(choice);
    const taken = block(choice, fitting);
    fill("matches", `${many(fitting.length, "question")} ${fitting.length === 1 ? "fits" : "fit"}; the block takes ${taken.length}.`);
    form.elements.minutes.placeholder = usual(taken);
    part("start").disabled = !taken.length;
    part("link").href = address();
    part("same").textContent = choice.state === "any"
      ? "Whoever opens this link gets the same questions in the same order, in the same mode."
      : "Which questions fit depends on each student’s own progress; choose “any” to share one block.";
  }

  /** Minutes for an exam: 75 seconds a question, each step of a case counted. */
  const usual = (questions) => Math.max(1, Math.round(1.25 * questions.flatMap(({ id }) => stepsOf.get(id) ?? [id]).length));

  const freshSeed = () => String(1000 + Math.floor(Math.random() * 9000));

  /* Running */

  /** Show the page's own choices, or hide them while something runs. */
  const setUp = (shown) => (part("setup").hidden = !shown);

  function run(things) {
    setUp(false);
    const runner = new study.Runner(part("runner"), () => {
      setUp(true);
      redraw();
    });
    runner.start(things);
  }

  function begin(event) {
    event.preventDefault();
    history.replaceState(null, "", address());
    const choice = wanted();
    const questions = block(choice);
    if (choice.mode !== "exam") return run(questions);
    study.practice.beginExam(address(), questions, choice.timed ? 60 * (choice.minutes || usual(questions)) : null);
  }

  function redraw() {
    draw();
    study.practice.drawCards();
    study.practice.drawExams();
  }

  /** What the address asks for: an exam that waits under it goes on, else its block is offered. */
  function arrive() {
    const linked = fromAddress();
    if (!linked) form.elements.seed.value ||= freshSeed();
    redraw();
    if (linked && study.practice.examAt(address())) study.practice.resumeExam(address());
  }

  function wake() {
    form.oninput = draw;
    form.onsubmit = begin;
    window.addEventListener("hashchange", () => (part("setup").hidden ? location.reload() : arrive()));
    part("fresh").onclick = () => ((form.elements.seed.value = freshSeed()), draw());
    study.practice.wakeCards();
    arrive();
    study.tell();
    part("page").hidden = false;
    load("study/tools.js");
  }

  study.practice = { shuffled, freshSeed, run, setUp };
  document.addEventListener("DOMContentLoaded", wake);
})();
