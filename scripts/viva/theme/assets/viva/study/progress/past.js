/* What lies behind: the sessions, each of which opens again, and what the reader put on the course:
   bookmarks, highlights, notes and flags, each with the way to its place. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, make, table, part, fill, score } = study;
  const course = window.vivaCourse;
  const MODES = { tutor: "Self-check", exam: "Exam", practice: "Practice", review: "Review", cards: "Flashcards", checkpoint: "Checkpoint", assignment: "Assignment" };
  const SHOWN = 4;

  const day = (time) => new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "short" });
  const minutes = (seconds) => (seconds ? (seconds < 60 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`) : "–");
  const pageOf = (url) => url.split("#")[0];
  const moduleOf = (page) => course.modules.find((module) => module.page === page);
  const questionOf = (id) => course.questions.find((question) => question.id === id);

  /** The page on which a session is opened again, if it is known. */
  function placeOf(of) {
    const own = course.questions.find(({ bank, url }) => bank === of || pageOf(url) === of || pageOf(url).endsWith(`/${of}`));
    return own ? pageOf(own.url) : course.pages[of] ?? moduleOf(of)?.url ?? null;
  }

  /** The mark of a session: of every item that was put, the first try. */
  function marksOf({ order, items }, leaves) {
    const asked = leaves.filter((leaf) => order.includes(leaf.id) || order.includes(leaf.case));
    return score(asked.map(({ id }) => items[id]?.tries?.[0]?.m ?? undefined));
  }

  function rowOf(session, leaves) {
    const { id, mode, of, title, items, began, ended } = session;
    const marks = marksOf(session, leaves);
    const place = placeOf(of);
    const name = title || moduleOf(of)?.title || MODES[mode] || mode;
    const link = place === null ? name : make("a", { href: `${study.root}${place}#session=${id}` }, name);
    const seconds = Object.values(items).reduce((all, { d }) => all + (d ?? 0), 0);
    const mark = marks.done ? `${marks.sum} of ${ended ? marks.of : marks.done}` : "–";
    return [make("th", { scope: "row" }, link), MODES[mode] ?? mode, day(began), ended ? mark : `${mark}, open`, minutes(seconds)];
  }

  /** The sessions in which something was answered, newest first; those that go on too. */
  function past(leaves) {
    const done = study.sessions(({ items, ended }) => ended || Object.values(items).some(({ tries, a }) => tries?.length || a != null));
    if (!done.length) return null;
    const drawn = (some) => table("Each opens again as it was left", ["Session", "Mode", "Date", "Mark", "Time"], some.map((one) => rowOf(one, leaves)));
    const rest = done.slice(SHOWN);
    return [drawn(done.slice(0, SHOWN)), rest.length ? make("details", {}, make("summary", {}, `${rest.length} earlier`), drawn(rest)) : ""];
  }

  const quoted = (text) => (text.length > 160 ? `${text.slice(0, 159)}…` : text);

  /** [name in the store, way to it, words, what it is] of everything that was marked. */
  function marked() {
    const bookmarks = store.all("b").map(([name, { title, at }]) => {
      const [page, section] = name.split("#");
      return { name: `b:${name}`, at, url: `${moduleOf(page)?.url ?? page}#${section}`, words: title || section, about: ["Bookmark", moduleOf(page)?.title] };
    });
    const highlights = store.all("h").map(([id, { page, section, title, text, at }]) => {
      const question = questionOf(section);
      const url = question?.url ?? `${moduleOf(page)?.url ?? page}#mark=${id}`;
      return { name: `h:${id}`, at, url, words: quoted(text), quote: true, about: ["Highlight", question ? "a question" : moduleOf(page)?.title ?? title] };
    });
    return [...bookmarks, ...highlights].sort((one, other) => other.at - one.at);
  }

  /** Questions with a note or a flag. */
  function noted() {
    const own = course.questions.map((question) => [question, store.get(`q:${question.id}`)]).filter(([, kept]) => kept?.flag || kept?.note);
    return own.map(([{ url, stem }, { flag, note }]) => ({ url, words: stem, note, about: [note && "Note", flag && "Flagged"] }));
  }

  function item({ name, url, words, quote, about, note }) {
    const link = make("a", { href: study.root + url }, quote ? `“${words}”` : words);
    const small = make("small", {}, about.filter(Boolean).join(" · "));
    const remove = name && make("button", { type: "button", className: "viva-link", ariaLabel: `Remove: ${words}`, onclick: () => taken(name) }, "Remove");
    return make("li", {}, link, " ", small, " ", remove, note ? make("p", { className: "viva-note" }, note) : null);
  }

  /** Removed, and put back as easily. */
  function taken(name) {
    store.turn(name, false);
    const undo = make("button", { type: "button", className: "viva-link", onclick: () => {
      store.turn(name, true);
      fill("notes-said");
      part("notes-list").querySelector("a")?.focus();
    } }, "Put it back");
    fill("notes-said", "Removed. ", undo);
    undo.focus();
  }

  function notes() {
    const all = [...marked(), ...noted()];
    fill("notes-list", all.length ? make("ul", { className: "viva-notes" }, ...all.map(item)) : make("p", {}, "Nothing marked yet."));
  }

  Object.assign(study, { past, notes });
})();
