/* The charts of progress: each is a table whose cells are drawn, or a drawing with its table below. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { make, share, table, many, today, dayOf, grouped, score } = study;
  const LEVELS = [["low", 1], ["middle", 2], ["high", 3]];
  const [ENOUGH, BARS, WEEKS, WEEK, QUICK] = [10, 10, 4, 7, 20];
  const DAY = 86400000;
  const NAMES = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

  const spoken = (day, how) => new Date(day * DAY).toLocaleDateString("en-GB", { timeZone: "UTC", ...how });
  const short = (day) => spoken(day, { day: "numeric", month: "short" });
  const percent = (part) => `${Math.round(100 * part)} %`;
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
    const spans = [...groups].slice(-BARS).map(([number, own]) => ({ name: short(number * span - 3), ...marks(own) }));
    const said = span > 1 ? "week" : "day";
    const rows = spans.map(({ name, done, right }) => [name, String(done), share(right, done)]);
    const told = table(`Answers by ${said}, and how many were right`, [span > 1 ? "Week from" : "Day", "Answers", "Right"], rows);
    return [columns(spans, said), make("details", {}, make("summary", {}, "As a table"), told)];
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
    made.setAttribute("aria-label", `Answers by ${said}. The last: ${many(last.done, "answer")}, ${percent(last.right / last.done)} right.`);
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
      const made = make("td", {}, make("small", {}, spoken(day, { day: "numeric" })), day < now ? "" : make("b", {}, amount || ""));
      made.style.setProperty("--amount", `${Math.round((24 * amount) / most)}%`);
      if (day === now) made.setAttribute("aria-current", "date");
      return made;
    };
    const rows = Array.from({ length: WEEKS }, (_, week) => make("tr", {}, make("th", { scope: "row" }, short(first + WEEK * week)), ...NAMES.map((_name, day) => cell(WEEK * week + day))));
    const later = known.filter((due) => due >= first + WEEKS * WEEK).length;
    const caption = later ? `Questions and cards by day, ${later} more later` : "Questions and cards by day";
    const head = make("tr", {}, make("th", { scope: "col" }, "Week"), ...NAMES.map((name) => make("th", { scope: "col" }, name)));
    return make("table", { className: "viva-table viva-calendar" }, make("caption", {}, caption), make("thead", {}, head), make("tbody", {}, ...rows));
  }

  function calibration(attempts) {
    const told = attempts.filter((attempt) => attempt.c);
    if (!told.length) return null;
    const rows = LEVELS.map(([word, level]) => {
      const { done, right } = marks(told.filter((attempt) => attempt.c === level));
      const enough = done >= ENOUGH;
      return [word, enough ? share(right, done) : `${right} of ${done}`, enough ? percent(right / done) : "too few to say"];
    });
    return table("Aim at under two thirds right when not sure, over four fifths when very sure", ["You were sure", "Right", "Share"], rows);
  }

  function middle(numbers) {
    const sorted = [...numbers].sort((one, other) => one - other);
    return sorted[Math.floor(sorted.length / 2)];
  }

  /** Seconds for each answer, the right ones and the others. */
  function time(attempts) {
    const timed = attempts.filter(({ d }) => d > 0);
    if (!timed.length) return null;
    const rows = [["right", true], ["not right", false]].map(([words, isRight]) => {
      const own = timed.filter(({ m }) => (m === 1) === isRight).map(({ d }) => d);
      return [words, own.length ? `${Math.round(middle(own))} s` : "–", share(own.filter((d) => d < QUICK).length, own.length)];
    });
    return table(`How long ${many(timed.length, "answer")} took`, ["Answer", "Half within", `Under ${QUICK} s`], rows);
  }

  study.charts = { bar, trend, calendar, calibration, time };
})();
