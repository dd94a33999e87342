/* Where a marked text stands: its words and a few of those around it, found again also when the page was
   edited a little. */
(() => {
  "use strict";
  const AROUND = 40; // signs kept before and after
  const PIECE = 20; // signs by which an end of a changed text is found
  const LIKE = 0.6; // the share of words that must be the same
  const APART = "script, style, noscript, button, select, textarea, dialog, svg, output, [role=status], .headerlink, .viva-number, .viva-tip, .viva-pen, .viva-feedback, .viva-bar, .viva-closing, .MathJax";

  /** The text of an element, every space one, and for each sign the node and the place it comes from. */
  function indexed(root) {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT, (node) => (node.parentElement.closest(APART) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT));
    const [signs, nodes, offsets] = [[], [], []];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (let offset = 0; offset < node.length; offset++) {
        const sign = /\s/.test(node.data[offset]) ? " " : node.data[offset];
        if (sign === " " && signs.at(-1) === " ") continue;
        signs.push(sign);
        nodes.push(node);
        offsets.push(offset);
      }
    }
    return { text: signs.join(""), nodes, offsets };
  }

  /** What is kept of a range of the page. */
  function described(range, root) {
    const { text, nodes, offsets } = indexed(root);
    const touched = new Map();
    const isIn = (node) => touched.get(node) ?? touched.set(node, range.intersectsNode(node)).get(node);
    const inside = (place) => isIn(nodes[place]) && range.comparePoint(nodes[place], offsets[place]) === 0 && range.comparePoint(nodes[place], offsets[place] + 1) === 0;
    let [start, end] = [0, text.length];
    while (start < end && !inside(start)) start++;
    while (end > start && !inside(end - 1)) end--;
    while (text[start] === " ") start++;
    while (text[end - 1] === " ") end--;
    if (end <= start) return null;
    return { text: text.slice(start, end), before: text.slice(Math.max(0, start - AROUND), start), after: text.slice(end, end + AROUND) };
  }

  function common(one, other) {
    let length = 0;
    while (length < one.length && one[length] === other[length]) length++;
    return length;
  }
  const reversed = (text) => [...text].reverse().join("");

  function everywhere(text, words) {
    const found = [];
    for (let at = text.indexOf(words); words && at >= 0; at = text.indexOf(words, at + 1)) found.push(at);
    return found;
  }

  const wordsOf = (text) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

  /** The share of the words of both that both have. */
  function likeness(one, other) {
    const [words, others] = [wordsOf(one), wordsOf(other)];
    const left = [...others];
    const same = words.filter((word) => left.includes(word) && left.splice(left.indexOf(word), 1));
    return (2 * same.length) / Math.max(1, words.length + others.length);
  }

  /** The start and the end of a text that is still there word for word, where most around it is the same. */
  function exact(text, { text: words, before = "", after = "" }) {
    const places = everywhere(text, words).map((at) => {
      const alike = common(reversed(text.slice(Math.max(0, at - AROUND), at)), reversed(before)) + common(text.slice(at + words.length, at + words.length + AROUND), after);
      return { start: at, end: at + words.length, alike };
    });
    return places.sort((one, other) => other.alike - one.alike)[0];
  }

  /** Of one that was edited: from where it began, or what stood before it, to where it ended. */
  function changed(text, { text: words, before = "", after = "" }) {
    const ends = (piece, add) => everywhere(text, piece.trim().length < 6 ? "" : piece).map((at) => at + add(piece));
    const starts = [...ends(words.slice(0, PIECE), () => 0), ...ends(before.slice(-PIECE), (piece) => piece.length)];
    const stops = [...ends(words.slice(-PIECE), (piece) => piece.length), ...ends(after.slice(0, PIECE), () => 0)];
    const pairs = starts.flatMap((start) => stops.filter((end) => end > start && end - start < 2 * words.length + PIECE).map((end) => ({ start, end, alike: likeness(text.slice(start, end), words) })));
    return pairs.filter(({ alike }) => alike >= LIKE).sort((one, other) => other.alike - one.alike)[0];
  }

  function found(kept, { text }) {
    return exact(text, kept) ?? changed(text, kept) ?? null;
  }

  Object.assign(window.vivaReading, { indexed, described, found });
})();
