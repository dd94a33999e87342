/* The search: a dialog over the page, and every section of the course in it. `shell.js` opens it
   and loads this file; the course's words (search-data.js) and MiniSearch are loaded here. What is typed and what is found are only ever shown as text. */
(() => {
  const dialog = document.querySelector("dialog.viva-search");
  const root = new URL("../../", document.currentScript.src);
  const [input, list, status, kinds] = ["input[type=search]", "ol", "[role=status]", "fieldset"].map((one) =>
    dialog.querySelector(one));
  // Whoever searches wants to read first.
  const WEIGHTS = { module: 4, story: 1.6, page: 1.6, term: 0.4, check: 0.4, teacher: 1 };
  const { say, count } = window.viva;
  const NAMES = { module: say("Module"), story: say("Case"), page: say("Page"), term: say("Glossary"), check: say("Question"), teacher: say("For teachers") };
  const [MANY, SECTIONS, AROUND, LONGEST, ALSO] = [20, 3, 150, 120, 0.1];
  const BOOST = { title: 6, heading: 4 };
  let ready;

  /* Words: both what stands on the pages and what is typed is brought to one form. */
  const SPELLING = [
    [/[ao]+e/g, "e"], [/our$/, "or"], [/([iy])s(e[dsr]?|ing|ation)$/, "$1z$2"],
    [/(cent|fib|lit|met|calib)re$/, "$1er"], [/l{2,}(ed|ing)$/, "l$1"], [/sulph/, "sulf"],
  ];
  const ENDINGS = [
    [/^(.{3,})ies$/, "$1y"], [/^(.{2,}(?:ss|x|ch|sh))es$/, "$1"], [/^(.{2,}[^siu])s$/, "$1"],
    [/^(.{4,}?)(?:ing|ed)$/, "$1"], [/^(.{4,})e$/, "$1"],
  ];
  // Signs on a letter belong to its word: Hindi has its vowels so.
  const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*(?:[-‐‑–’'.][\p{L}\p{N}][\p{L}\p{N}\p{M}]*)*/gu;
  const PART = /([\p{L}\p{N}][\p{L}\p{N}\p{M}]*)/u;
  // Scripts without a space between words: two letters that stand together are found, whatever their word.
  const CLOSE = /([\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]+)/u;
  // Accents, and the points of Arabic and Hebrew; a letter that is often written as another.
  const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670\u0640\u200c\u200d]/g;
  const LETTERS = { ß: "ss", œ: "oe", æ: "ae", ø: "o", ł: "l", đ: "d", ı: "i", ى: "ي", ی: "ي", ک: "ك", ة: "ه" };
  const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "g");
  const ARTICLE = /^(?:[وبكف]?ال|لل)(?=.{3})/;
  const HYPHEN = /[-‐‑–’'.]/g;
  const STOP = new Set("a an and are as at be by for from how in is it of on or that the to what when where which who why with".split(" "));

  function plain(word) {
    return word.normalize("NFKD").toLowerCase().replace(ACCENTS, "").normalize("NFC")
      .replace(LETTER, (letter) => LETTERS[letter]).replace(ARTICLE, "");
  }
  function folded(word) {
    let made = plain(word);
    if (/\d/.test(made)) return made;
    made = made.replace(/^(.{3,})ae$/, "$1a").replace(/^(.{3,}l)i$/, "$1us");
    for (const [pattern, by] of [...SPELLING, ...ENDINGS]) made = made.replace(pattern, by);
    return made;
  }
  /** What stands without spaces, as pairs of letters; a letter by itself, and other scripts, as they are. */
  function apart(whole) {
    return whole.split(CLOSE).filter(Boolean).flatMap((run) => {
      const letters = [...run];
      if (!CLOSE.test(run) || letters.length === 1) return [run];
      return letters.slice(1).map((letter, n) => letters[n] + letter);
    });
  }
  /** The words of a text, a word with hyphens also as one; `short` says what abbreviations stand for,
      and what the course writes as one word becomes `known`. */
  function words(text, short, known) {
    const found = [];
    for (const [whole] of text.matchAll(WORD)) {
      if (CLOSE.test(whole)) { found.push(...apart(whole)); continue; }
      const parts = whole.split(HYPHEN);
      found.push(...parts);
      if (parts.length > 1) found.push(parts.join(""));
      else known.add(folded(whole));
      const long = short.get(plain(whole));
      if (long) found.push(...long.match(WORD));
    }
    return found;
  }

  const load = (name) => new Promise((done, failed) => {
    const script = document.createElement("script");
    [script.onload, script.onerror] = [done, failed];
    script.src = new URL(name, root);
    document.head.append(script);
  });
  async function prepare() {
    await Promise.all(["assets/viva/vendor/minisearch/minisearch.js", "assets/viva/search-data.js"].map(load));
    const data = window.vivaSearch;
    const short = new Map(Object.entries(data.short).map(([one, long]) => [plain(one), long]));
    const known = new Set();
    const index = new MiniSearch({
      fields: ["title", "heading", "text"],
      tokenize: (text) => words(text, short, known),
      processTerm: (word) => folded(word) || null,
      searchOptions: { boost: BOOST },
    });
    const state = { index, known, short, rows: new Map() };
    if (data.pages) add(state, data.pages);
    else await divide(state, data);
    return state;
  }
  function add({ index, rows }, pages) {
    const made = pages.flatMap((page) => page.sections.map(([anchor, heading, text], s) => {
      const row = { id: `${page.url}#${s}`, page, anchor, heading, text, title: s ? "" : page.title, opening: !s };
      return page.kind === "check" && s ? { ...row, heading: "", text: heading } : row; // a stem is no title
    }));
    for (const row of made) rows.set(row.id, row);
    index.addAll(made);
  }
  /** A large course comes in parts: of those that are asked for, the words say which. */
  async function divide(state, data) {
    await load("assets/viva/lookup.js");
    state.lookup = new window.vivaLookup(data, load, (pages) => add(state, pages));
    state.known = state.lookup;
  }
  async function bring(typed, kind, state) {
    const { lookup, short } = state;
    const parts = (typed.match(WORD) ?? []).flatMap((word) => CLOSE.test(word) ? apart(word) : [word.replace(HYPHEN, ""), ...word.split(HYPHEN)]);
    const pairs = parts.slice(1).map((part, n) => parts[n] + part);
    const long = parts.flatMap((part) => short.get(plain(part))?.match(WORD) ?? []);
    await lookup.bringWords([...parts, ...pairs, ...long].map(folded).filter(Boolean));
    for (const combine of ["AND", "OR"]) {
      state.fit = await lookup.bring(tree(typed, state, combine), kind);
      if (state.fit) return;
    }
  }

  /* A query: every word has to be there, an abbreviation as itself or as what it stands for. Only when
     nothing has them all do some of them do. */
  function term(word, last) {
    const length = folded(word).length;
    const close = CLOSE.test(word);
    return {
      queries: [folded(word)], combineWith: "OR", tokenize: (text) => [text], processTerm: (text) => text,
      prefix: close ? length === 1 : last || length > 3,
      fuzzy: close || /\d/.test(word) || length < 4 ? false : length < 9 ? 1 : 2,
      weights: { fuzzy: 0.25, prefix: 0.55 },
    };
  }
  /** The words that are asked for, each as the course writes it: joined where it joins them. */
  function asked(typed, known) {
    const parts = (typed.match(WORD) ?? []).flatMap((word) => CLOSE.test(word) ? apart(word) :
      known.has(folded(word.replace(HYPHEN, ""))) ? [word.replace(HYPHEN, "")] : word.split(HYPHEN));
    const made = [];
    for (const part of parts) {
      const pair = (made.at(-1) ?? "") + part;
      if (made.length && !CLOSE.test(pair) && made.at(-1).length > 2 && known.has(folded(pair))) made.splice(-1, 1, pair);
      else made.push(part);
    }
    const told = made.filter((word) => !STOP.has(word.toLowerCase()));
    return told.length ? told : made;
  }
  function tree(typed, { known, short }, combineWith) {
    const list = asked(typed, known);
    const queries = list.map((word, n) => {
      const long = short.get(plain(word))?.match(WORD).filter((part) => !STOP.has(part));
      const itself = term(word, n === list.length - 1);
      if (!long) return itself;
      return { combineWith: "OR", queries: [itself, { combineWith: "AND", queries: long.map((one) => term(one, false)) }] };
    });
    return { combineWith, queries };
  }

  function find(typed, kind, state) {
    const { index, rows } = state;
    const filter = ({ id }) => {
      const page = rows.get(id).page;
      return kind === "all" ? page.kind !== "teacher" : page.kind === kind;
    };
    let hits = index.search(tree(typed, state, "AND"), { filter });
    if (!hits.length) hits = index.search(tree(typed, state, "OR"), { filter });
    const groups = new Map();
    for (const hit of hits) {
      const row = rows.get(hit.id);
      const score = hit.score * WEIGHTS[row.page.kind] * (row.page.boost ?? 1);
      // A term and a question are found each by itself, all else with its page.
      const key = ["term", "check"].includes(row.page.kind) ? hit.id : row.page.url;
      const group = groups.get(key) ?? { page: row.page, score: 0, hits: [] };
      group.score = Math.max(group.score, score) + ALSO * Math.min(group.score, score);
      group.hits.push({ row, score, terms: hit.terms });
      groups.set(key, group);
    }
    return [...groups.values()].sort((a, b) => b.score - a.score);
  }

  /* Results */
  const make = (tag, className, ...inside) => {
    const element = document.createElement(tag);
    if (className) element.className = className;
    element.append(...inside);
    return element;
  };
  /** Words in a line of their own direction: a page from right to left may find Latin sentences. */
  const isolated = (inside) => make("bdi", "", ...inside);
  function marked(text, terms) {
    const wanted = new Set(terms);
    const said = (part) => CLOSE.test(part) ? closely(part, terms) : [wanted.has(folded(part)) ? make("mark", "", part) : part];
    return text.split(PART).flatMap((part, n) => n % 2 ? said(part) : [part]);
  }
  /** The letters of a run without spaces that stand in a pair that was found. */
  function closely(run, terms) {
    const wanted = terms.filter((term) => CLOSE.test(term));
    const is = Array.from(run, () => false);
    for (const term of wanted) for (let at = run.indexOf(term); at >= 0; at = run.indexOf(term, at + 1)) is.fill(true, at, at + term.length);
    return is.map((yes, n) => yes ? make("mark", "", run[n]) : run[n]);
  }
  const cut = (text) => text.length <= LONGEST ? text : `${text.slice(0, text.lastIndexOf(" ", LONGEST))} …`;
  function snippet(text, terms) {
    const wanted = new Set(terms);
    let at = 0;
    const has = (word) => wanted.has(folded(word)) || (CLOSE.test(word) && apart(word).some((pair) => wanted.has(folded(pair))));
    for (const found of text.matchAll(WORD)) if (has(found[0])) { at = found.index; break; }
    let start = Math.max(0, at - AROUND / 3);
    if (start) start = text.indexOf(" ", start) + 1;
    let end = Math.min(text.length, start + AROUND);
    if (end < text.length) end = Math.max(text.lastIndexOf(" ", end), start + 1);
    return [start ? "… " : "", ...marked(text.slice(start, end), terms), end < text.length ? " …" : ""];
  }
  function link(row, terms, ...inside) {
    const made = make("a", "", ...inside);
    made.href = new URL(row.page.url + (row.anchor ? `#${row.anchor}` : ""), root);
    if (row.text) made.append(make("small", "", isolated(snippet(row.text, terms))));
    return made;
  }
  function item({ page, hits }) {
    const [first] = hits;
    const single = first.row.page.kind === "term" || first.row.page.kind === "check";
    const head = first.row.page.kind === "check" ? { ...first.row, text: "" } : single ? first.row : { page, anchor: "", text: hits.find((hit) => hit.row.opening)?.row.text ?? "" };
    const title = first.row.page.kind === "check" && !first.row.opening ? cut(first.row.text) : (single && first.row.heading) || page.title;
    const made = make("li", "", link(head, first.terms, make("span", "viva-search__kind", NAMES[page.kind]),
      make("b", "", isolated(marked(title, first.terms)))));
    const more = single ? [] : hits.filter((hit) => !hit.row.opening).slice(0, SECTIONS);
    if (more.length) made.append(make("ul", "", ...more.map(({ row, terms }) =>
      make("li", "", link(row, terms, make("span", "", isolated(marked(row.heading, terms))))))));
    return made;
  }

  async function show() {
    const typed = input.value.trim();
    const kind = kinds.querySelector(":checked").value;
    if (!typed) { list.replaceChildren(); status.textContent = ""; return; }
    try {
      const state = await (ready ??= prepare());
      if (typed !== input.value.trim() || kind !== kinds.querySelector(":checked").value) return;
      if (state.lookup) await bring(typed, kind, state);
      if (typed !== input.value.trim() || kind !== kinds.querySelector(":checked").value) return;
      const found = find(typed, kind, state);
      const many = Math.max(found.length, state.fit > found.length ? state.fit : 0);
      list.replaceChildren(...found.slice(0, MANY).map(item));
      status.textContent = found.length === 0 ? say("Nothing found. Try fewer or other words.")
        : many > MANY ? count("{shown} of {n} place", "{shown} of {n} places", many, { shown: Math.min(MANY, found.length) })
        : count("{n} place", "{n} places", found.length);
    } catch {
      ready = undefined;
      status.textContent = say("The search could not be loaded. Reload the page and try again.");
    }
  }
  function move(by) {
    const links = [...list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    const next = at + by;
    if (next < 0) input.focus();
    else links[Math.min(next, links.length - 1)]?.focus();
  }

  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "ArrowDown" || event.key === "ArrowUp") { event.preventDefault(); move(event.key === "ArrowDown" ? 1 : -1); }
  });
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("a")) dialog.close();
  });
  dialog.querySelector("form").addEventListener("submit", (event) => {
    if (event.submitter) return;
    event.preventDefault();
    list.querySelector("a")?.click();
  });
  input.addEventListener("input", show);
  kinds.addEventListener("change", show);
  ready = prepare();
  ready.catch(() => { ready = undefined; });
  show();
})();
