/* The flashcards of the practice page: those that are due, then some that are new. */
(() => {
  const study = window.vivaStudy;
  const { store, part, fill, practice } = study;
  const { say, count } = window.viva;
  const course = window.vivaCourse;
  const NEW_CARDS = 10;
  const DECKS = {
    all: (n, more) => count("{n} card: {due} due, {fresh} not seen yet.", "{n} cards: {due} due, {fresh} not seen yet.", n, more),
    facts: (n, more) => count("{n} key fact: {due} due, {fresh} not seen yet.", "{n} key facts: {due} due, {fresh} not seen yet.", n, more),
    terms: (n, more) => count("{n} glossary term: {due} due, {fresh} not seen yet.", "{n} glossary terms: {due} due, {fresh} not seen yet.", n, more),
    labels: (n, more) => count("{n} label: {due} due, {fresh} not seen yet.", "{n} labels: {due} due, {fresh} not seen yet.", n, more),
  };
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
    fill("cards-told", DECKS[deckOf()](asked.length, { due: due.length, fresh: fresh.length }));
    part("cards-start").disabled = !due.length && !fresh.length;
  }

  function beginCards() {
    const { due, fresh } = cards();
    const asked = [...due, ...practice.shuffled(fresh, practice.freshSeed()).slice(0, NEW_CARDS)];
    study.ask({ mode: "cards", of: "practice", title: say("Flashcards"), order: asked.map(({ id }) => id) }, { ended: drawCards });
  }

  function wakeCards() {
    const kept = deckForm?.querySelector(`[value="${store.pref("deck") in DECKS ? store.pref("deck") : "all"}"]`);
    if (kept) kept.checked = true;
    if (deckForm) deckForm.onchange = () => (store.set("p:deck", deckOf()), drawCards());
    part("cards-start").onclick = beginCards;
  }

  Object.assign(practice, { wakeCards, drawCards });
})();
