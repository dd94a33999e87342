/* A block as an exam: kept under its link, so that the same link goes on with it after a reload, and
   another block's link leaves it as it is. */
(() => {
  const study = window.vivaStudy;
  const { store, make, part, many, date, load, practice } = study;
  const START = "d:practice.html";
  const things = new Map(window.vivaCourse.questions.map((question) => [question.id, question]));
  const keyOf = (address) => START + address;

  const isList = (value) => Array.isArray(value) && value.every((item) => typeof item === "string");

  /** The exam that waits under an address, with the questions that the course still has. */
  function examAt(address) {
    const draft = store.get(keyOf(address));
    const block = isList(draft?.block) ? draft.block.map((id) => things.get(id)).filter(Boolean) : [];
    return block.length ? { draft, block } : null;
  }

  async function beginExam(address, block, seconds) {
    practice.setUp(false);
    await code(block);
    store.set(keyOf(address), { ...study.drafts.fresh(seconds), block: block.map(({ id }) => id) });
    show(address, block, true);
  }

  async function resumeExam(address) {
    const { draft, block } = examAt(address);
    practice.setUp(false);
    await code(block);
    if (!study.drafts.isSound(draft)) return refuse(address);
    const exam = show(address, block, false);
    const lost = draft.block.length - block.length;
    if (lost) exam.say(`${many(lost, "question")} of this exam ${lost === 1 ? "is" : "are"} no longer in the course.`);
  }

  /** Somebody edited what is stored: it is kept aside, and the block can begin anew. */
  function refuse(address) {
    store.setAside(keyOf(address), store.raw(keyOf(address)));
    practice.setUp(true);
    drawExams();
    study.tell();
  }

  async function code(block) {
    await load("study/tools.js");
    await load("study/exam.js", ...new Set(block.map(({ bank }) => `questions/${bank}.js`)));
  }

  function show(address, block, focus) {
    const quiz = make("viva-quiz", { className: "viva-quiz" }, bar(), ...block.map((thing, place) => study.elementOf(thing, `Question ${place + 1}`)));
    quiz.setAttribute("mode", "self-check");
    part("runner").replaceChildren(quiz);
    return (quiz.session = new study.Exam(quiz, { key: keyOf(address), focus }));
  }

  const button = (words, onclick) => make("button", { type: "button", onclick }, words);

  /** Leaving keeps the exam: it waits in the list. */
  function bar() {
    const back = button("Back to practice", () => (location.hash = ""));
    return make("div", { className: "viva-bar" }, back, button("Help", () => study.help()));
  }

  /* Exams that wait */

  function drawExams() {
    const found = store.names("d").filter((name) => name.startsWith(`${START}#`)).map((name) => name.slice(START.length));
    const waiting = found.filter(examAt);
    part("waiting").hidden = !waiting.length;
    part("waiting-list").replaceChildren(...waiting.map(entry));
  }

  function entry(address) {
    const { draft, block } = examAt(address);
    const given = Object.values(draft.answers ?? {}).filter((one) => one?.answer !== null).length;
    const words = `${many(block.length, "question")}, begun on ${date(draft.began)}, ${many(given, "answer")} given. `;
    const discard = button("Discard", () => load("study/tools.js").then(() => askToDiscard(address)));
    discard.className = "md-button";
    return make("li", {}, words, make("span", { className: "viva-row" }, make("a", { className: "md-button", href: address }, "Go on"), discard));
  }

  function askToDiscard(address) {
    study.decide(part("page"), "Discard this exam?", "Its answers have not been marked and will be gone.", [
      ["Keep it"],
      ["Discard", () => (store.remove(keyOf(address)), drawExams())],
    ]);
  }

  Object.assign(practice, { beginExam, resumeExam, examAt, drawExams });
})();
