/* What lies behind: the sessions, each of which opens again, and what the reader put on the course:
   bookmarks, highlights, notes and flags, each with the way to its place. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, make, table, part, fill, score } = study;
  const { say } = window.viva;
  const course = window.vivaCourse;
  const MODES = { tutor: say("Tutor"), exam: say("Exam"), practice: say("Practice"), review: say("Review"), cards: say("Cards") };
  const SHOWN = 4;

  const day = (time) => new Date(time).toLocaleDateString(window.viva.locale, { day: "numeric", month: "short" });
  const minutes = (seconds) => (seconds ? (seconds < 60 ? say("{n} s", { n: Math.round(seconds) }) : say("{n} min", { n: Math.round(seconds / 60) })) : "–");
  const pageOf = (url) => url.split("#")[0];
  const moduleOf = (page) => course.modules.find((module) => module.page === page);
  const questionOf = (id) => course.questions.find((question) => question.id === id);

  /** The page on which a session is opened again. */
  function placeOf({ of, url }) {
    const own = course.questions.find(({ bank }) => bank === of);
    return course.pages[of] ?? url ?? (own ? pageOf(own.url) : course.pages.practice);
  }

  /** The marks of a session: of every item that was put, the first try. */
  function marksOf({ order, items }, leaves) {
    const asked = new Set(study.unfolded(order.length ? order : Object.keys(items), { questions: leaves }));
    return score([...asked].map((id) => items[id]?.tries?.[0]?.m ?? undefined));
  }

  /** The way to what was not right in a session. */
  function wrong(id, { done, right }) {
    return right < done ? make("a", { href: `${study.root}${course.pages.practice}#wrong=${id}` }, say("{n} wrong", { n: done - right })) : "";
  }

  function rowOf(session, leaves) {
    const { id, mode, title, items, began, ended } = session;
    const marks = marksOf(session, leaves);
    const link = make("a", { href: `${study.root}${placeOf(session)}#session=${id}` }, title || MODES[mode]);
    const seconds = Object.values(items).reduce((all, { d }) => all + (d ?? 0), 0);
    const mark = { n: marks.sum, total: mode === "exam" && ended ? marks.of : marks.done };
    const name = make("th", { scope: "row" }, link, " ", make("small", {}, MODES[mode]));
    return [name, day(began), ended ? say("{n} of {total}", mark) : say("{n} of {total}, open", mark), minutes(seconds), wrong(id, marks)];
  }

  /** The sessions in which something was answered, newest first; those that go on too. */
  function past(leaves) {
    const done = study.sessions(({ mode, items, ended }) => MODES[mode] && (ended || Object.values(items).some(({ tries, a }) => tries?.length || a != null)));
    if (!done.length) return null;
    const drawn = (some) => table(say("Each opens again as it was left"), [say("Session and mode"), say("Date"), say("Marks"), say("Time"), say("Redo")], some.map((one) => rowOf(one, leaves)));
    const rest = done.slice(SHOWN);
    return [drawn(done.slice(0, SHOWN)), rest.length ? make("details", {}, make("summary", {}, say("{n} earlier", { n: rest.length })), drawn(rest)) : ""];
  }

  const quoted = (text) => (text.length > 160 ? `${text.slice(0, 159)}…` : text);

  /** [name in the store, way to it, words, what it is] of everything that was marked. */
  function marked() {
    const bookmarks = store.all("b").map(([name, { title, at }]) => {
      const [page, section] = name.split("#");
      return { name: `b:${name}`, at, url: `${moduleOf(page)?.url ?? page}#${section}`, words: title || section, about: [say("Bookmark"), moduleOf(page)?.title] };
    });
    const highlights = store.all("h").map(([id, { page, section, title, text, at }]) => {
      const question = questionOf(section);
      const url = question?.url ?? `${moduleOf(page)?.url ?? page}#mark=${id}`;
      return { name: `h:${id}`, at, url, words: quoted(text), quote: true, about: [say("Highlight"), question ? say("a question") : moduleOf(page)?.title ?? title] };
    });
    return [...bookmarks, ...highlights].sort((one, other) => other.at - one.at);
  }

  /** Questions with a note or a flag. */
  function noted() {
    const own = course.questions.map((question) => [question, store.get(`q:${question.id}`)]).filter(([, kept]) => kept?.flag || kept?.note);
    return own.map(([{ url, stem }, { flag, note }]) => ({ url, words: stem, note, about: [note && say("Note"), flag && say("Flagged")] }));
  }

  function item({ name, url, words, quote, about, note }) {
    const link = make("a", { href: study.root + url }, quote ? say("“{text}”", { text: words }) : words);
    const small = make("small", {}, about.filter(Boolean).join(" · "));
    const remove = name && make("button", { type: "button", className: "viva-link", ariaLabel: say("Remove: {name}", { name: words }), onclick: () => taken(name) }, say("Remove"));
    return make("li", {}, link, " ", small, " ", remove, note ? make("p", { className: "viva-note" }, note) : null);
  }

  /** Removed, and put back as easily. */
  function taken(name) {
    store.turn(name, false);
    const undo = make("button", { type: "button", className: "viva-link", onclick: () => {
      store.turn(name, true);
      fill("notes-said");
      part("notes-list").querySelector("a")?.focus();
    } }, say("Put it back"));
    fill("notes-said", `${say("Removed.")} `, undo);
    undo.focus();
  }

  function notes() {
    const all = [...marked(), ...noted()];
    fill("notes-list", all.length ? make("ul", { className: "viva-notes" }, ...all.map(item)) : make("p", {}, say("Nothing marked yet.")));
  }

  Object.assign(study, { past, notes });
})();
