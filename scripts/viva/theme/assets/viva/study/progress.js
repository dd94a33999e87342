/* The page of progress: the whole course by module and objective, and what to do next. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, make, share, table, part, fill, many, date, today, dayOf, whole, dueOrder } = study;
  const course = window.vivaCourse;
  const LEVELS = [["low", 1], ["middle", 2], ["high", 3]];
  const ENOUGH = 10;
  const DAYS = 30;
  const SHOWN = 8;

  const count = (states, test) => states.filter(test).length;
  const stem = (question) => make("a", { href: study.root + question.url }, question.stem);
  const listed = (items) => make("ul", {}, ...items.map((item) => make("li", {}, ...[item].flat())));

  function counts(states) {
    const seen = states.filter((state) => state.seen);
    return [
      share(seen.length, states.length),
      share(count(seen, (state) => state.rightFirst), seen.length),
      share(count(seen, (state) => state.rightNow), seen.length),
      String(dueAmong(states)),
    ];
  }

  /** How many come back today: the steps of a case come back together. */
  function dueAmong(states) {
    const wholes = new Set(states.map(({ question }) => question.case ?? question.id));
    return count([...wholes].map((id) => all.get(id)), (state) => state.due <= today());
  }

  function overview(states) {
    const seen = states.filter((state) => state.seen);
    const right = (is) => (seen.length ? `${count(seen, is)} of ${seen.length}` : "–");
    const facts = [
      ["Answered", `${seen.length} of ${states.length}`],
      ["Right at the first try", right((state) => state.rightFirst)],
      ["Right at the last try", right((state) => state.rightNow)],
    ];
    const cards = course.cards.map(({ id }) => all.get(id));
    if (cards.length) facts.push(["Flashcards seen", `${count(cards, (state) => state.seen)} of ${cards.length}`]);
    const due = dueOrder(comingBack(), (question) => question.module).length;
    const list = make("dl", { className: "viva-facts" }, ...facts.map(([name, value]) => make("div", {}, make("dt", {}, name), make("dd", {}, value))));
    fill("overview", list, dueLine(due, seen.length));
  }

  function dueLine(due, seen) {
    if (due) return make("p", {}, `${due} due today, questions and flashcards together. `, make("a", { href: study.root + course.pages.review }, "Go to the review"));
    return make("p", {}, seen ? "Nothing is due today." : "Nothing answered yet. Take a self-check, and it shows here.");
  }

  function byModule(states) {
    const groups = course.modules.map((module) => {
      const own = states.filter((state) => state.question.module === module.id);
      const rows = module.objectives.map((objective) => {
        const about = own.filter((state) => state.question.objective === objective.id);
        return about.length ? [objective.text, ...counts(about)] : null;
      }).filter(Boolean);
      const total = study.row([make("th", { scope: "rowgroup" }, make("a", { href: study.root + module.url }, module.title)), ...counts(own)], { className: "viva-total" });
      return own.length ? [total, ...rows] : null;
    }).filter(Boolean);
    fill("modules", table("Right first: at the first try. Right now: at the last try. Due: to review today.", ["Module and objective", "Answered", "Right first", "Right now", "Due"], ...groups));
  }

  function calibration(attempts) {
    const told = attempts.filter((attempt) => attempt.c);
    part("calibration").hidden = !told.length;
    const rows = LEVELS.map(([word, level]) => {
      const own = told.filter((attempt) => attempt.c === level);
      const right = count(own, (attempt) => attempt.m === 1);
      const enough = own.length >= ENOUGH;
      return [word, String(own.length), enough ? share(right, own.length) : `${right} of ${own.length}`, enough ? `${Math.round((100 * right) / own.length)} %` : "too few to say"];
    });
    fill("calibration-table", table("How sure you were, and how often you were right", ["You were sure", "Answers", "Right", "Share"], rows));
  }

  function history(attempts) {
    const days = study.grouped(attempts, (attempt) => dayOf(attempt.t));
    const rows = [...days].reverse().slice(0, DAYS).map(([, own]) => [date(own[0].t), String(own.length), share(count(own, (attempt) => attempt.m === 1), own.length)]);
    part("history").hidden = !rows.length;
    fill("history-table", table(`The last ${many(Math.min(DAYS, Math.max(1, rows.length)), "day")} with answers`, ["Day", "Answers", "Right"], rows));
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
    show("read", items.map((one) => [make("a", { href: study.root + one.url }, one.title), ` (${many(one.questions, "question")})`]));
  }

  function show(name, items) {
    part(name).hidden = !items.length;
    const rest = items.slice(SHOWN);
    fill(`${name}-list`, listed(items.slice(0, SHOWN)), rest.length ? make("details", {}, make("summary", {}, `${rest.length} more`), listed(rest)) : "");
  }

  const noteOf = (question) => store.get(`q:${question.id}`);

  function lists(states) {
    readAgain(states);
    show("sure", states.filter((state) => state.sureButWrong).map(({ question }) => [stem(question)]));
    show("leeches", states.filter((state) => state.leech).map(({ question }) => [stem(question)]));
    show("changed", states.filter((state) => state.changed).map(({ question }) => [stem(question)]));
    const marked = states.map(({ question }) => [question, noteOf(question)]).filter(([, note]) => note?.flag || note?.note);
    show("marked", marked.map(([question, note]) => [stem(question), note.flag ? " (flagged)" : "", note.note ? make("p", { className: "viva-note" }, note.note) : ""]));
  }

  /** A page for faculty: first attempts by module, nothing else. */
  function record(states) {
    const rows = course.modules.map((module) => {
      const own = states.filter((state) => state.question.module === module.id);
      const seen = own.filter((state) => state.seen);
      const marks = seen.reduce((all, state) => all + state.first.m, 0);
      return own.length ? [module.title, `${seen.length} of ${own.length}`, `${Math.round(100 * marks) / 100} of ${seen.length}`] : null;
    }).filter(Boolean);
    fill("record-table", table("First attempts", ["Module", "Answered", "Mark at the first try"], rows));
    fill("record-date", date(Date.now()));
    fill("record-print", course.fingerprint);
  }

  const cases = new Set(course.questions.map((question) => question.case));
  const leaves = course.questions.filter(({ id }) => !cases.has(id));
  const tops = course.questions.filter(whole);
  let all = new Map();
  const comingBack = () => [...tops, ...course.cards].map(({ id }) => all.get(id));

  function draw() {
    all = study.read(store, [...course.questions, ...course.cards]);
    const states = leaves.map(({ id }) => all.get(id));
    const attempts = states.flatMap((state) => state.attempts).sort((one, other) => one.t - other.t);
    overview(states);
    byModule(states);
    calibration(attempts);
    history(attempts);
    const past = study.sessionTable();
    part("sessions").hidden = !past;
    fill("sessions-table", past);
    lists(states);
    record(states);
    study.tell();
  }

  const say = (words) => fill("said", words);

  /** Ask before what cannot be undone. */
  function erase() {
    const dialog = part("erase-dialog");
    dialog.showModal();
    dialog.onclose = () => {
      if (dialog.returnValue !== "erase") return;
      store.erase();
      say("Everything was erased.");
    };
    dialog.returnValue = "";
  }

  async function take(file) {
    if (!file) return;
    say(file.size > 2e7 ? "This file is too large to be a progress file. Nothing was changed." : study.imported(await file.text()));
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
    store.listen(draw);
    draw();
    part("page").hidden = false;
  }

  wake();
})();
