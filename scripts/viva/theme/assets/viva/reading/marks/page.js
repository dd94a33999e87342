/* Highlights in the text and bookmarks at its headings, kept in the store: on the page they were made on,
   and in the list under Study. */
(() => {
  "use strict";
  const { indexed, described, found } = window.vivaReading;
  const study = window.vivaStudy;
  const { store, path } = study;
  const { say } = window.viva;
  const LONGEST = 2000;
  const TITLE = 120;
  const SETTLE = 200;
  const article = document.querySelector("article");
  const pen = makePen();
  let act = null;
  let settling;

  function makePen() {
    const made = Object.assign(document.createElement("div"), { className: "viva-pen", popover: "manual" });
    const button = Object.assign(document.createElement("button"), { type: "button", className: "viva-button" });
    made.append(button);
    made.setAttribute("role", "group");
    made.setAttribute("aria-label", say("Marked text"));
    made.addEventListener("pointerdown", (event) => event.preventDefault()); // the selection stays
    button.addEventListener("click", () => act?.());
    return made;
  }

  /** The pen beside a box of the page: what it would do, and that it is done. */
  function show(words, { left, bottom }, does) {
    const button = pen.firstChild;
    button.textContent = words;
    act = () => {
      hide();
      does();
    };
    if (!pen.isConnected) article.append(pen);
    if (!pen.matches(":popover-open")) pen.showPopover();
    const room = document.documentElement.clientWidth - pen.offsetWidth - 8;
    pen.style.left = `${Math.max(8, Math.min(left, room)) + scrollX}px`;
    pen.style.top = `${bottom + 10 + scrollY}px`;
    return button;
  }

  function hide() {
    act = null;
    pen.remove();
  }

  const rootOf = (node) => (node.closest?.("viva-question[id]") ?? article);
  const elementOf = (node) => (node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement);

  /** The section in which a node stands: a question, or the heading before it. */
  function sectionOf(node) {
    const root = rootOf(elementOf(node));
    if (root !== article) return root.id;
    const before = [...article.querySelectorAll(":is(h2, h3)[id]")].filter((heading) => heading.compareDocumentPosition(node) & (Node.DOCUMENT_POSITION_FOLLOWING | Node.DOCUMENT_POSITION_CONTAINED_BY));
    return before.at(-1)?.id ?? "";
  }

  /** Something is selected: once it rests, it can be highlighted. */
  function offer() {
    clearTimeout(settling);
    settling = setTimeout(() => {
      const selection = getSelection();
      if (selection.isCollapsed || !article.contains(selection.anchorNode)) return hide();
      const range = selection.getRangeAt(0).cloneRange();
      if (range.toString().trim().length < 2) return hide();
      show(say("Highlight"), [...range.getClientRects()].at(-1) ?? range.getBoundingClientRect(), () => highlight(range));
    }, SETTLE);
  }

  function highlight(range) {
    const section = sectionOf(range.startContainer);
    const kept = described(range, rootOf(elementOf(range.startContainer)));
    getSelection().removeAllRanges();
    if (!kept || kept.text.length > LONGEST) return;
    store.turn(`h:${study.fresh()}`, true, { page: path, section, title: titleOf(section), ...kept });
  }

  /** How lists call a section. */
  function titleOf(section) {
    const heading = document.getElementById(section) ?? article.querySelector("h1");
    if (!heading || heading.localName === "viva-question") return "";
    const copy = heading.cloneNode(true);
    copy.querySelectorAll(".headerlink").forEach((link) => link.remove());
    return copy.textContent.trim().slice(0, TITLE);
  }

  /** A mark or a bookmark was pressed. */
  function press(element, byKey) {
    if (element.matches(".viva-bookmark")) return turn(element);
    const { id } = element.dataset;
    const whole = [...document.querySelectorAll(`.viva-marked[data-id="${CSS.escape(id)}"]`)];
    const button = show(say("Remove highlight"), [...whole.at(-1).getClientRects()].at(-1), () => store.turn(`h:${id}`, false));
    if (byKey) button.focus();
  }

  function turn({ dataset: { section } }) {
    const name = `b:${path}#${section}`;
    store.turn(name, !store.get(name)?.on, { title: titleOf(section) });
  }

  const own = () => store.all("h").filter(([, { page }]) => page === path);

  function draw() {
    for (const button of document.querySelectorAll(".viva-bookmark")) button.setAttribute("aria-pressed", Boolean(store.get(`b:${path}#${button.dataset.section}`)?.on));
    const wanted = own();
    const there = [...new Set([...article.querySelectorAll(".viva-marked")].map(({ dataset }) => dataset.id))];
    for (const id of there) if (!wanted.some(([name]) => name === id)) unwrap(id);
    for (const [id, kept] of wanted) if (!there.includes(id)) wrap(id, kept);
  }

  function wrap(id, kept) {
    const question = kept.section && document.getElementById(kept.section);
    const root = question?.localName === "viva-question" ? question : article;
    const index = indexed(root);
    const at = found(kept, index);
    if (!at) return;
    const pieces = new Map();
    for (let place = at.start; place < at.end; place++) {
      const node = index.nodes[place];
      pieces.set(node, { from: pieces.get(node)?.from ?? index.offsets[place], to: index.offsets[place] + 1 });
    }
    const made = [...pieces].map(([node, { from, to }]) => marked(node, from, to, id)).filter(Boolean);
    if (made[0]) made[0].tabIndex = 0;
  }

  function marked(node, from, to, id) {
    if (!node.data.slice(from, to).trim()) return null;
    node.splitText(to);
    const mark = Object.assign(document.createElement("mark"), { className: "viva-marked" });
    mark.dataset.id = id;
    const piece = node.splitText(from);
    piece.replaceWith(mark);
    mark.append(piece);
    return mark;
  }

  function unwrap(id) {
    for (const mark of document.querySelectorAll(`.viva-marked[data-id="${CSS.escape(id)}"]`)) {
      const { parentNode } = mark;
      mark.replaceWith(...mark.childNodes);
      parentNode.normalize();
    }
  }

  /** The address may name a mark; one whose words are gone leads to its section. */
  function goTo() {
    const [, id] = location.hash.match(/^#mark=(.+)/) ?? [];
    if (!id) return;
    const place = document.querySelector(`.viva-marked[data-id="${CSS.escape(id)}"]`) ?? document.getElementById(store.get(`h:${id}`)?.section);
    place?.scrollIntoView({ block: "center" });
    place?.focus({ preventScroll: true });
  }

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && act) hide();
    else if (event.key.toLowerCase() === "h" && act && !event.ctrlKey && !event.metaKey && !event.altKey && !getSelection().isCollapsed) act();
    else if (event.key === "Enter" && event.target.matches?.(".viva-marked")) press(event.target, true);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  document.addEventListener("pointerdown", (event) => act && !pen.contains(event.target) && hide());
  addEventListener("hashchange", goTo);
  store.listen(draw);
  window.vivaReading.marks = { draw, offer, press };
  draw();
  goTo();
})();
