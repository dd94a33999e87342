/* The review: what is due today, mixed across modules, sure-but-wrong first. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, make, part, fill, today, whole, load } = study;
  const course = window.vivaCourse;
  const SESSION = 20;
  const DAY = 86400000;
  const things = [...course.questions.filter(whole), ...course.cards];

  const states = () => [...study.read(store, things).values()];
  const due = () => study.dueOrder(states(), (thing) => thing.module).map(({ question }) => question);

  /** When the next thing comes back, in words. */
  function comesBack() {
    const next = Math.min(...states().filter((state) => state.due > today()).map((state) => state.due));
    if (next === Infinity) return "Answer a self-check or a flashcard, and it comes back here in time.";
    const days = next - today();
    return days === 1 ? "The next one is due tomorrow." : `The next one is due in ${days} days, on ${new Date(next * DAY).toLocaleDateString("en-GB", { timeZone: "UTC", day: "numeric", month: "long" })}.`;
  }

  function draw() {
    const waiting = due();
    const amount = Math.min(SESSION, waiting.length);
    const words = waiting.length ? `${waiting.length} due today, questions and flashcards together.` : `Nothing is due today. ${comesBack()}`;
    fill("due", make("p", {}, words));
    part("start").hidden = !amount;
    part("start").textContent = amount === waiting.length ? "Begin the review" : `Begin with ${amount} of them`;
    study.tell();
  }

  function begin() {
    part("setup").hidden = true;
    const runner = new study.Runner(part("runner"), () => {
      part("setup").hidden = false;
      draw();
    });
    runner.start(due().slice(0, SESSION));
  }

  async function wake() {
    const date = part("exam-date");
    date.value = store.pref("exam-date", "");
    date.onchange = () => (store.set("p:exam-date", date.value), draw());
    const sure = part("confidence");
    sure.checked = store.pref("confidence", false);
    sure.onchange = () => {
      store.set("p:confidence", sure.checked);
      if (sure.checked) store.set("p:tools", true);
    };
    part("start").onclick = begin;
    store.listen(() => part("setup").hidden || draw());
    draw();
    part("page").hidden = false;
    await load("study/tools.js");
  }

  wake();
})();
