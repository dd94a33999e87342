/* What the study pages share: elements and tables made of text, and messages to the reader. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store } = study;
  const { say } = window.viva;

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
    const cell = make("td", { className: "viva-share" }, whole ? say("{n} of {total}", { n: part, total: whole }) : "–");
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

  const date = (time) => new Date(time).toLocaleDateString(window.viva.locale, { day: "numeric", month: "long", year: "numeric" });

  const lack = () => say("A part of the course could not be loaded. What belongs to it is missing here.");

  function tell() {
    const messages = [...store.messages(), ...(study.lacks ? [lack()] : [])];
    part("notices").replaceChildren(...messages.map((words) => make("p", { className: "viva-notice" }, words)));
  }

  Object.assign(window.vivaStudy, { make, share, row, table, part, fill, date, tell, lack });
})();
