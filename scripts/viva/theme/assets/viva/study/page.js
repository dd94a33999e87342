/* What the study pages share: elements and tables made of text, and messages to the reader. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store } = study;

  /** A new element. Text stays text. */
  function make(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name in element && name !== "list") element[name] = value;
      else element.setAttribute(name, value);
    }
    element.append(...children.filter((child) => child !== null && child !== undefined));
    return element;
  }

  /** A share of a whole as words, with a bar behind them. */
  function share(part, whole) {
    const cell = make("td", { className: "viva-share" }, whole ? `${part} of ${whole}` : "–");
    if (whole) cell.style.setProperty("--share", `${(100 * part) / whole}%`);
    return cell;
  }

  const cell = (content) => (content instanceof HTMLTableCellElement ? content : make("td", {}, content));
  const heading = (content) => (content instanceof HTMLTableCellElement ? content : make("th", { scope: "row" }, content));
  const row = ([first, ...rest], attributes = {}) => make("tr", attributes, heading(first), ...rest.map(cell));

  /** A table of rows; the first cell of each is its heading. Groups are arrays of rows. */
  function table(caption, heads, ...groups) {
    const head = make("thead", {}, make("tr", {}, ...heads.map((text) => make("th", { scope: "col" }, text))));
    const bodies = groups.map((rows) => make("tbody", {}, ...rows.map((one) => (one instanceof Element ? one : row(one)))));
    const made = make("table", { className: "viva-table" }, make("caption", {}, caption), head, ...bodies);
    return make("div", { className: "viva-table-frame", tabIndex: 0, role: "region", ariaLabel: caption }, made);
  }

  const part = (name) => document.querySelector(`[data-part="${name}"]`);

  function fill(name, ...children) {
    part(name).replaceChildren(...children);
  }

  const many = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const date = (time) => new Date(time).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" });

  /** The sessions of the course, newest first: when, what, the mark and the time, each leading back to it. */
  function pastSessions() {
    const cases = new Set(window.vivaCourse.questions.map((question) => question.case));
    return study.sessions(({ mode }) => ["tutor", "exam", "review", "cards"].includes(mode)).map((session) => {
      const entries = Object.entries(session.items).filter(([id]) => !cases.has(id)); // its steps count
      const marks = entries.map(([, { tries }]) => tries?.[0]?.m ?? undefined);
      const seconds = entries.reduce((all, [, { d }]) => all + (d ?? 0), 0);
      return { ...session, score: study.score(marks), seconds };
    });
  }

  function sessionTable() {
    const rows = pastSessions().map(({ id, began, ended, mode, title, score, seconds }) => [
      make("a", { href: `${study.root}${window.vivaCourse.pages.practice}#session=${id}` }, date(began)),
      `${title || "Session"}${mode === "exam" ? ", exam" : ""}${ended ? "" : ", not finished"}`,
      `${score.sum} of ${score.done}`, `${Math.max(1, Math.round(seconds / 60))} min`,
      score.right < score.done ? make("a", { href: `${study.root}${window.vivaCourse.pages.practice}#wrong=${id}` }, `The ${score.done - score.right} wrong`) : "",
    ]);
    return rows.length ? table("Each leads back to its answered paper", ["Day", "What", "Mark", "Time", "Again"], rows) : "";
  }

  function tell() {
    part("notices").replaceChildren(...store.messages().map((words) => make("p", { className: "viva-notice" }, words)));
  }

  Object.assign(window.vivaStudy, { make, share, row, table, part, fill, many, date, tell, pastSessions, sessionTable });
})();
