/* The review: what is due today, mixed across modules, sure-but-wrong first. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, make, part, fill, today, whole, unfolded, upTo } = study;
  const { say, count } = window.viva;
  const course = window.vivaCourse;
  const SESSION = 20;
  const DAY = 86400000;
  const things = [...course.questions.filter(whole), ...course.cards];

  const states = () => [...study.read(store, things).values()];
  const due = () => study.dueOrder(states(), (thing) => thing.module).map(({ question }) => question);
  const waiting = () => study.sessions(study.isOpen("review"))[0];

  /** When the next thing comes back, in words. */
  function comesBack() {
    const next = Math.min(...states().filter((state) => state.due > today()).map((state) => state.due));
    if (next === Infinity) return say("Answer a self-check or a flashcard, and it comes back here in time.");
    const days = next - today();
    const date = new Date(next * DAY).toLocaleDateString(window.viva.locale, { timeZone: "UTC", day: "numeric", month: "long" });
    return days === 1 ? say("The next one is due tomorrow.") : count("The next one is due in {n} day, on {date}.", "The next one is due in {n} days, on {date}.", days, { date });
  }

  function draw() {
    const size = (things) => unfolded(things.map(({ id }) => id), course).length;
    const found = due();
    const [all, amount] = [size(found), size(upTo(SESSION, found, course))];
    const words = found.length ? say("{n} due today, questions and flashcards together.", { n: all }) : `${say("Nothing is due today.")} ${comesBack()}`;
    const open = waiting();
    fill("due", make("p", {}, words));
    part("start").hidden = !found.length;
    part("start").textContent = amount === all ? say("Begin the review") : say("Begin with {n} of them", { n: amount });
    part("go-on").hidden = !open;
    if (open) part("go-on").textContent = say("Go on with the review, {n} of {total}", { n: unfolded(open.order.slice(0, open.at), course).length + 1, total: unfolded(new Set(open.order), course).length });
    study.tell();
  }

  function begin() {
    const order = upTo(SESSION, due(), course).map(({ id }) => id);
    const open = waiting();
    if (open) new study.Session(open.id).end();
    study.ask({ mode: "review", of: "review", title: say("Review"), order }, { ended: draw });
  }

  async function arrive() {
    study.setUp();
    await study.bring(study.met());
    draw();
    study.arrive({ ended: draw });
    if (location.hash === "#begin" && due().length) begin();
  }

  function wake() {
    const date = part("exam-date");
    date.value = store.pref("exam-date", "");
    date.onchange = () => (store.set("p:exam-date", date.value), draw());
    const sure = part("confidence");
    sure.checked = store.pref("confidence", false);
    sure.onchange = () => store.set("p:confidence", sure.checked);
    part("start").onclick = begin;
    part("go-on").onclick = () => study.take(waiting().id, { ended: draw });
    window.addEventListener("hashchange", arrive);
    study.follow(() => part("setup").hidden || draw());
    arrive().then(() => (part("page").hidden = false));
  }

  document.addEventListener("DOMContentLoaded", wake);
})();
