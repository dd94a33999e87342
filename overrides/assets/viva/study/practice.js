/* Practice: a block put together by the student, the same for everyone who has its link; flashcards. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, make, part, fill, many, today, whole, load } = study;
  const course = window.vivaCourse;
  const NEW_CARDS = 10;
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
  function block(choice) {
    const sorted = matching(choice).sort((one, other) => (one.id < other.id ? -1 : 1));
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
    if (!form.querySelector("[name=state]:checked")) form.querySelector("[name=state]").checked = true;
    return true;
  }

  function draw() {
    const choice = wanted();
    const found = matching(choice).length;
    const amount = Math.min(found, choice.number);
    fill("matches", `${many(found, "question")} ${found === 1 ? "fits" : "fit"}; the block takes ${amount}.`);
    part("start").disabled = !amount;
    part("link").href = address();
    part("same").textContent = choice.state === "any"
      ? "Whoever opens this link gets the same questions in the same order."
      : "Which questions fit depends on each student’s own progress; choose “any” to share one block.";
  }

  const freshSeed = () => String(1000 + Math.floor(Math.random() * 9000));

  /* Flashcards */

  const DECKS = { all: "card", facts: "key fact", terms: "glossary term" };
  const deckForm = part("deck");
  const deckOf = () => deckForm?.elements.deck.value ?? "all";

  function cards() {
    const deck = deckOf();
    const asked = course.cards.filter((card) => deck === "all" || card.deck === deck);
    const states = [...study.read(store, asked).values()];
    const due = study.dueOrder(states, ({ module }) => module).map(({ question }) => question);
    const fresh = states.filter((state) => !state.seen && !state.changed).map(({ question }) => question);
    return { asked, due, fresh };
  }

  function drawCards() {
    const { asked, due, fresh } = cards();
    part("cards").hidden = !course.cards.length;
    fill("cards-told", `${many(asked.length, DECKS[deckOf()])}: ${due.length} due, ${fresh.length} not seen yet.`);
    part("cards-start").disabled = !due.length && !fresh.length;
  }

  function beginCards() {
    const { due, fresh } = cards();
    run([...due, ...shuffled(fresh, freshSeed()).slice(0, NEW_CARDS)]);
  }

  function wakeCards() {
    const kept = deckForm?.querySelector(`[value="${store.pref("deck") in DECKS ? store.pref("deck") : "all"}"]`);
    if (kept) kept.checked = true;
    if (deckForm) deckForm.onchange = () => (store.set("p:deck", deckOf()), drawCards());
    part("cards-start").onclick = beginCards;
    drawCards();
  }

  /* Running */

  function run(things) {
    part("setup").hidden = true;
    const runner = new study.Runner(part("runner"), () => {
      part("setup").hidden = false;
      draw();
      drawCards();
    });
    runner.start(things);
  }

  async function wake() {
    if (!fromAddress()) form.elements.seed.value = freshSeed();
    form.oninput = draw;
    form.onsubmit = (event) => {
      event.preventDefault();
      history.replaceState(null, "", address());
      run(block(wanted()));
    };
    window.addEventListener("hashchange", () => fromAddress() && draw());
    part("fresh").onclick = () => ((form.elements.seed.value = freshSeed()), draw());
    draw();
    wakeCards();
    study.tell();
    part("page").hidden = false;
    await load("study/tools.js");
  }

  wake();
})();
