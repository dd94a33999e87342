/* The charts of progress: each is a table whose cells are drawn, or a drawing with its table below. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { make, share, table, today, dayOf, grouped, score } = study;
  const { say, count, number, percent } = window.viva;
  const LEVELS = [[say("Low"), 1], [say("Middle"), 2], [say("High"), 3]];
  const [ENOUGH, BARS, WEEKS, WEEK, QUICK] = [10, 10, 4, 7, 20];
  const DAY = 86400000;
  const MONDAY = 4; // the first one after day 0

  const spoken = (day, how) => new Date(day * DAY).toLocaleDateString(window.viva.locale, { timeZone: "UTC", ...how });
  const short = (day) => spoken(day, { day: "numeric", month: "short" });
  const named = (weekday) => Array.from({ length: WEEK }, (_, place) => spoken(MONDAY + place, { weekday }));
  const LONG = named("long");
  const NAMES = named("short").some(({ length }) => length > 6) ? named("narrow") : named("short"); // Arabic has no short ones
  const marks = (attempts) => score(attempts.map(({ m }) => m));

  /** A thin bar of parts [amount, kind] of a whole; the numbers beside it say the same. */
  function bar(parts, whole) {
    const pieces = parts.map(([amount, kind]) => {
      const piece = make("span", { className: `viva-bar-${kind}` });
      piece.style.inlineSize = `${whole ? (100 * amount) / whole : 0}%`;
      return piece;
    });
    const made = make("span", { className: "viva-progress-bar" }, ...pieces);
    made.setAttribute("aria-hidden", "true");
    return made;
  }

  /** Answers in spans of time, days at first and then weeks: how many, and how many of them right. */
  function trend(attempts) {
    if (!attempts.length) return null;
    const days = dayOf(attempts.at(-1).t) - dayOf(attempts[0].t);
    const span = days < BARS ? 1 : WEEK;
    const groups = grouped(attempts, ({ t }) => Math.floor((dayOf(t) + 3) / span));
    const spans = [...groups].slice(-BARS).map(([place, own]) => ({ name: short(place * span - 3), ...marks(own) }));
    const rows = spans.map(({ name, done, right }) => [name, number(done), share(right, done)]);
    const told = table(
      span > 1 ? say("Answers by week, and how many were right") : say("Answers by day, and how many were right"),
      [span > 1 ? say("Week from") : say("Day"), say("Answers"), say("Right")], rows);
    return [columns(spans, span > 1 ? say("Answers by week.") : say("Answers by day.")), make("details", {}, make("summary", {}, say("As a table")), told)];
  }

  function columns(spans, said) {
    const most = Math.max(...spans.map(({ done }) => done));
    const made = make("div", { className: "viva-columns" }, ...spans.map(({ name, done, right }) => {
      const [filled, column] = [make("span", {}), make("span", { className: "viva-column" })];
      column.style.blockSize = `${(4.5 * done) / most}em`;
      filled.style.blockSize = `${(100 * right) / done}%`;
      column.append(filled);
      return make("span", {}, make("b", {}, percent(right / done)), column, make("small", {}, name));
    }));
    made.setAttribute("role", "img");
    const last = spans.at(-1);
    made.setAttribute("aria-label", `${said} ${count("The last: {n} answer, {share} right.", "The last: {n} answers, {share} right.", last.done, { share: percent(last.right / last.done) })}`);
    return made;
  }

  /** How many come back on each day of four weeks; what waits already comes today. */
  function calendar(dues) {
    const known = dues.filter(Number.isFinite);
    if (!known.length) return null;
    const now = today();
    const perDay = grouped(known, (due) => Math.max(due, now));
    const first = now - ((now + 3) % WEEK); // a Monday
    const amounts = Array.from({ length: WEEKS * WEEK }, (_, place) => perDay.get(first + place)?.length ?? 0);
    const most = Math.max(1, ...amounts);
    const cell = (place) => {
      const [day, amount] = [first + place, amounts[place]];
      const made = make("td", {}, make("small", {}, spoken(day, { day: "numeric" })), day < now ? "" : make("b", {}, amount ? number(amount) : ""));
      made.style.setProperty("--amount", `${Math.round((24 * amount) / most)}%`);
      if (day === now) made.setAttribute("aria-current", "date");
      return made;
    };
    const rows = Array.from({ length: WEEKS }, (_, week) => make("tr", {}, make("th", { scope: "row" }, short(first + WEEK * week)), ...NAMES.map((_name, day) => cell(WEEK * week + day))));
    const later = known.filter((due) => due >= first + WEEKS * WEEK).length;
    const caption = later ? say("Questions and cards by day, {n} more later", { n: later }) : say("Questions and cards by day");
    const head = make("tr", {}, make("th", { scope: "col" }, say("Week")), ...NAMES.map((name, day) => make("th", { scope: "col", ariaLabel: LONG[day] }, name)));
    return make("table", { className: "viva-table viva-calendar" }, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...rows));
  }

  function calibration(attempts) {
    const told = attempts.filter((attempt) => attempt.c);
    if (!told.length) return null;
    const rows = LEVELS.map(([word, level]) => {
      const { done, right } = marks(told.filter((attempt) => attempt.c === level));
      const enough = done >= ENOUGH;
      return [word, enough ? share(right, done) : say("{n} of {total}", { n: right, total: done }), enough ? percent(right / done) : say("too few to say")];
    });
    return table(say("Aim at under two thirds right when not sure, over four fifths when very sure"), [say("You were sure"), say("Right"), say("Share right")], rows);
  }

  function middle(numbers) {
    const sorted = [...numbers].sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)];
  }

  /** Seconds for each answer, the right ones and the others. */
  function time(attempts) {
    const timed = attempts.filter(({ d }) => d > 0);
    if (!timed.length) return null;
    const rows = [[say("right"), true], [say("not right"), false]].map(([words, isRight]) => {
      const own = timed.filter(({ m }) => (m === 1) === isRight).map(({ d }) => d);
      return [words, own.length ? say("{n} s", { n: Math.round(middle(own)) }) : "–", share(own.filter((d) => d < QUICK).length, own.length)];
    });
    return table(count("How long {n} answer took", "How long {n} answers took", timed.length), [say("Answer"), say("Half within"), say("Under {n} s", { n: QUICK })], rows);
  }

  study.charts = { bar, trend, calendar, calibration, time };
})();
