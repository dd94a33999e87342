/* The page of progress: how far each module has come, what the answers tell, and what to do next. Every
   chart is a table, or has one behind it. What each chart draws stands in progress/. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, make, share, row, table, part, fill, date, today, score, grouped, isParted } = study;
  const course = window.vivaCourse;
  const { say, count, number } = window.viva;
  const SHOWN = 8;

  const amount = (states, test) => states.filter(test).length;
  const orNone = (value) => (value ? number(value) : "–");
  const stem = (question) => make("a", { href: study.root + question.url }, question.stem);
  const listed = (items) => make("ul", {}, ...items.map((item) => make("li", {}, ...[item].flat())));
  const firsts = (states) => score(states.map((state) => state.first?.m));
  const lasts = (states) => score(states.map((state) => state.last?.m));
  const of = ({ right, done }) => (done ? say("{n} of {total}", { n: right, total: done }) : "–");

  /** How many come back today: the steps of a case come back together. */
  function dueAmong(states) {
    return amount(states, (state) => backOn(state.question) <= today());
  }

  function overview(states) {
    const first = firsts(states);
    const facts = [[say("Answered"), say("{n} of {total}", { n: first.done, total: first.of })], [say("Right at the first try"), of(first)], [say("Right at the last try"), of(lasts(states))]];
    const cards = course.cards.map(({ id }) => all.get(id));
    if (cards.length) facts.push([say("Flashcards seen"), say("{n} of {total}", { n: amount(cards, (state) => state.seen), total: cards.length })]);
    const list = make("dl", { className: "viva-facts" }, ...facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
    fill("overview", list, ways(first.done - lasts(states).right, first.done));
  }

  /** What to do next. */
  function ways(wrong, done) {
    const due = amount([...leaves, ...course.cards], (thing) => backOn(thing) <= today());
    const way = (url, words) => make("a", { className: "viva-button", href: study.root + url }, words);
    const found = [
      due && way(`${course.pages.review}#begin`, count("Review {n} that is due", "Review {n} that are due", due)),
      wrong && way(`${course.pages.practice}#preset=wrong`, count("Redo {n} that was wrong", "Redo {n} that were wrong", wrong)),
    ].filter(Boolean);
    found[0]?.classList.add("viva-main");
    const fresh = document.querySelector(".viva-new"); // it stands there before the scripts come
    fresh.hidden = done || found.length;
    fresh.dataset.said = "";
    if (found.length) return make("p", { className: "viva-row" }, ...found);
    return done ? make("p", {}, say("Nothing is due today, and nothing is wrong.")) : "";
  }

  function cells(states) {
    const first = firsts(states);
    return [share(first.done, first.of), share(first.right, first.done), share(lasts(states).right, first.done), orNone(dueAmong(states))];
  }

  /** Of a large course only the modules are listed in which something was answered. */
  const isBegun = (states) => Boolean(states) && (!isParted || states.some(({ attempts }) => attempts.length));

  /** A bar for each module: answered, and of that what is right now. */
  function modules(states) {
    const rows = [];
    const groups = [];
    const places = grouped(states, (state) => state.question.module);
    const begun = course.modules.filter(({ id }) => isBegun(places.get(id)));
    for (const module of begun) {
      const own = places.get(module.id);
      const [first, last] = [firsts(own), lasts(own)];
      const bar = study.charts.bar([[last.right, "right"], [first.done - last.right, "open"]], first.of);
      const name = make("a", { href: study.root + module.url }, module.title);
      rows.push(row([make("th", { scope: "row" }, name, bar), say("{n} of {total}", { n: first.done, total: first.of }), of(last), orNone(dueAmong(own))], { className: "viva-total" }));
      const about = (objective) => own.filter((state) => state.question.objective === objective.id);
      const told = module.objectives.filter((objective) => about(objective).length);
      const total = row([make("th", { scope: "rowgroup" }, module.title), ...cells(own)], { className: "viva-total" });
      groups.push([total, ...told.map((objective) => [objective.text, ...cells(about(objective))])]);
    }
    const rest = course.modules.filter(({ id }) => places.has(id)).length - begun.length;
    const more = rest ? make("p", {}, count("{n} module is not begun.", "{n} modules are not begun.", rest)) : "";
    const drawn = begun.length ? table(say("Filled: right at the last try. Hatched: answered, not right yet."), [say("Module"), say("Answered"), say("Right now"), say("Due")], rows) : "";
    fill("modules", drawn, more);
    part("objectives").hidden = !groups.length;
    fill("objectives-table", table(say("Right first: at the first try. Right now: at the last try. Due: to review today."), [say("Module and objective"), say("Answered"), say("Right first"), say("Right now"), say("Due")], ...groups));
  }

  /** A chart, or nothing of it where there is nothing to draw. */
  function board(name, drawn) {
    part(name).hidden = !drawn;
    fill(`${name}-table`, ...(drawn ? [drawn].flat() : []));
  }

  /** Sections behind answers that are not right yet, those missed most first. */
  function readAgain(states) {
    const sections = new Map();
    for (const { question, seen, rightNow } of states) {
      if (!seen || rightNow || !question.read) continue;
      const found = sections.get(question.read.url) ?? { ...question.read, questions: 0 };
      sections.set(question.read.url, { ...found, questions: found.questions + 1 });
    }
    const items = [...sections.values()].sort((one, other) => other.questions - one.questions);
    return items.map((one) => [make("a", { href: study.root + one.url }, one.title), ` (${count("{n} question", "{n} questions", one.questions)})`]);
  }

  function show(name, items) {
    part(name).hidden = !items.length;
    fill(`${name}-number`, `(${number(items.length)})`);
    const rest = items.slice(SHOWN);
    fill(`${name}-list`, listed(items.slice(0, SHOWN)), rest.length ? make("details", {}, make("summary", {}, say("{n} more", { n: rest.length })), listed(rest)) : "");
    return items.length;
  }

  function lists(states) {
    const picked = (is) => states.filter(is).map(({ question }) => [stem(question)]);
    const shown = [
      show("sure", picked((state) => state.sureButWrong)),
      show("read", readAgain(states)),
      show("leeches", picked((state) => state.leech)),
      show("changed", picked((state) => state.changed)),
    ];
    part("again").hidden = !shown.some(Boolean);
  }

  /** A page for faculty: first attempts by module, nothing else. */
  function record(states) {
    const places = grouped(states, (state) => state.question.module);
    const rows = course.modules.filter(({ id }) => isBegun(places.get(id))).map((module) => {
      const own = firsts(places.get(module.id));
      return own.of ? [module.title, say("{n} of {total}", { n: own.done, total: own.of }), say("{n} of {total}", { n: own.sum, total: own.done })] : null;
    }).filter(Boolean);
    fill("record-table", table(say("First attempts"), [say("Module"), say("Answered"), say("Mark at the first try")], rows));
    fill("record-date", date(Date.now()));
    fill("record-print", course.fingerprint);
  }

  const leaves = study.items(course.questions);
  let all = new Map();
  const backOn = (thing) => all.get(thing.of ?? thing.id).due;

  function draw() {
    all = study.read(store, [...course.questions, ...course.cards]);
    const states = leaves.map(({ id }) => all.get(id));
    const attempts = states.flatMap((state) => state.attempts).sort((one, other) => one.t - other.t);
    const { charts } = study;
    overview(states);
    modules(states);
    board("trend", charts.trend(attempts));
    board("calendar", charts.calendar([...leaves, ...course.cards].map(backOn)));
    board("calibration", charts.calibration(attempts));
    board("time", charts.time(attempts));
    board("sessions", study.past(leaves));
    lists(states);
    study.notes();
    record(states);
    study.tell();
  }

  const announce = (words) => fill("said", words);

  /** Ask before what cannot be undone. */
  function erase() {
    const dialog = part("erase-dialog");
    dialog.showModal();
    dialog.onclose = () => {
      if (dialog.returnValue !== "erase") return;
      study.erase();
      announce(say("Everything was erased."));
    };
    dialog.returnValue = "";
  }

  async function take(file) {
    if (!file) return;
    announce(file.size > 2e7 ? say("This file is too large to be a progress file. Nothing was changed.") : study.imported(await file.text()));
  }

  function wake() {
    part("disk").hidden = location.protocol !== "file:";
    part("export").onclick = () => study.save(part("said"), `${course.id}-progress.json`, JSON.stringify(study.exported(), null, 1));
    part("import").onchange = ({ target }) => take(target.files[0]).then(() => (target.value = ""));
    part("erase").onclick = erase;
    part("record-name").oninput = ({ target }) => fill("record-named", target.value.trim() || "…");
    part("record-go").onclick = () => {
      document.documentElement.dataset.print = "record";
      window.print();
    };
    window.addEventListener("afterprint", () => delete document.documentElement.dataset.print);
    study.follow(draw).then(() => (part("page").hidden = false));
  }

  document.addEventListener("DOMContentLoaded", wake, { once: true });
})();
