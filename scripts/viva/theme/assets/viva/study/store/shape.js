/* The form that entries of the store have, and what those of older versions become. */
(() => {
  "use strict";
  if (window.vivaStudy.isSound) return;
  const LATEST = 8.64e15;
  const isText = (value) => typeof value === "string";
  const isNumber = (value, most) => Number.isFinite(value) && value >= 0 && value <= most;
  const isObject = (value) => value instanceof Object && !Array.isArray(value);
  const isList = (value) => Array.isArray(value) && value.every(isText);
  const maybe = (is) => (value, ...more) => value === undefined || is(value, ...more);

  const isTry = (one) => isObject(one) && (one.m === null || isNumber(one.m, 1));
  const isItem = ({ h, x, d, tries }) =>
    isText(h) && maybe(isList)(x) && maybe(isNumber)(d, LATEST) && maybe(Array.isArray)(tries) && (tries ?? []).every(isTry);
  const isTurned = ({ at }) => isNumber(at, LATEST);

  /** Whether an entry has the form that the rest of the code relies on, by the kind of its name. */
  const sound = {
    a: ({ q, h, t, m, c, d }) => isText(q) && isText(h) && isNumber(t, LATEST) && isNumber(m, 1) && [undefined, 1, 2, 3].includes(c) && maybe(isNumber)(d, LATEST),
    q: ({ note }) => maybe(isText)(note),
    s: ({ mode, of, order, items, began, ended, timer }) => isText(mode) && isText(of) && isList(order) && isNumber(began, LATEST) && maybe(isNumber)(ended, LATEST)
      && isObject(items) && Object.values(items).every((item) => isObject(item) && isItem(item)) && (!timer || isNumber(timer.left, LATEST)),
    r: isTurned,
    b: isTurned,
    h: (one) => isTurned(one) && [one.page, one.text].every(isText),
  };

  /** Preferences and what was set aside are plain values, everything else is an object. */
  function isSound(name, value) {
    const [kind] = name.split(":");
    if (kind === "p" || kind === "aside") return value !== undefined && !(value instanceof Object);
    return Object.hasOwn(sound, kind) && isObject(value) && sound[kind](value);
  }

  /** From version n to n + 1: what an entry becomes, as [name, value]. A step may run twice. */
  const MIGRATIONS = { 1: (name, value) => (name.startsWith("d:") && isObject(value) ? exam(name, value) : [name, value]) };

  /** Until version 2 an exam that was not handed in was an entry of its own kind. */
  function exam(name, { began, at, answers, seen, locked, struck, timer, block }) {
    if (![answers, struck].every(maybe(isObject))) throw new TypeError(name);
    const [page, link] = name.slice(2).split("#");
    const items = {};
    for (const id of [answers, struck].flatMap((one) => Object.keys(one ?? {})).concat(seen ?? [], locked ?? [])) {
      const { h, answer = null, fields = [] } = answers?.[id] ?? {};
      const told = Number(fields.find?.(([field]) => field === "confidence")?.[1]) || undefined;
      items[id] = { h: h ?? "", a: answer, c: told, x: struck?.[id], seen: seen?.includes(id), locked: locked?.includes(id) };
    }
    const bank = page.replace(/\.html$/, "");
    const of = link === undefined ? `self-checks/${page}` : "practice";
    const value = { mode: "exam", of, link: link && `#${link}`, order: block ?? [], at, items, began, timer };
    return [`s:exam-${link === undefined ? bank : began}`, value];
  }

  Object.assign(window.vivaStudy, { isSound, MIGRATIONS });
})();
