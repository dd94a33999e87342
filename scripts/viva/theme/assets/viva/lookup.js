/* In a large course a search loads what it needs: the files in which its words may stand, which say in
   what places of the course they do, and the sections of the places that fit best. search.js searches
   these as it does a small course as a whole. */
(() => {
  "use strict";
  const FOLDER = "assets/viva/search";
  const [BEST, BEGINNING, MOST] = [30, 3, 6]; // places; letters that a slip leaves alone; files for a word
  const [PREFIX, FUZZY, HEADING] = [0.55, 0.25, 4];

  /** How many letters two words differ by, as far as that is no more than `most`. */
  function isNear(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return false;
    let before = Array.from({ length: other.length + 1 }, (_, n) => n);
    for (let n = 1; n <= one.length; n++) {
      const now = [n];
      for (let m = 1; m <= other.length; m++) now[m] = Math.min(before[m] + 1, now[m - 1] + 1, before[m - 1] + (one[n - 1] !== other[m - 1]));
      if (Math.min(...now) > most) return false;
      before = now;
    }
    return before.at(-1) <= most;
  }

  /** The numbers of runs such as 0-2 5, to the base of 36. */
  function* numbers(runs) {
    for (const run of runs.split(" ").filter(Boolean)) {
      const [first, last = first] = run.split("-").map((end) => parseInt(end, 36));
      for (let number = first; number <= last; number++) yield number;
    }
  }

  class Lookup {
    constructor({ places, words }, load, add) {
      Object.assign(this, { places, starts: words, load, add, words: new Map(), coming: {} });
    }

    /** Whether the course has a word, of those in the files that have come. */
    has(word) {
      return this.words.has(word);
    }

    part(name, does) {
      const path = `${FOLDER}/${name}.js`;
      return (this.coming[path] ??= this.load(path).then(() => does(window.vivaSearchParts[path])));
    }

    /** The files in which words may stand that begin so. */
    filesOf(start) {
      const from = Math.max(0, this.starts.findLastIndex((first) => first <= start));
      let to = from;
      while (to - from < MOST && this.starts[to + 1]?.startsWith(start)) to++;
      return Array.from({ length: to - from + 1 }, (_, n) => from + n);
    }

    async bringWords(list) {
      const files = new Set(list.flatMap((word) => [...this.filesOf(word.slice(0, BEGINNING)), ...this.filesOf(word)]));
      const learn = (found) => Object.entries(found).forEach(([word, runs]) => this.words.set(word, runs));
      await Promise.all([...files].map((number) => this.part(`words/${number}`, learn)));
    }

    /** The places in which a word of a query stands, each with what that is worth. */
    placesOf({ queries: [wanted], prefix, fuzzy }) {
      const found = new Map();
      for (const [word, [headings, texts]] of this.words) {
        const worth = word === wanted ? 1 : prefix && word.startsWith(wanted) ? PREFIX : fuzzy && isNear(word, wanted, fuzzy) ? FUZZY : 0;
        if (!worth) continue;
        const add = (place, times) => found.set(place, Math.max(found.get(place) ?? 0, worth * times));
        for (const place of numbers(texts)) add(place, 1);
        for (const place of numbers(headings)) add(place, HEADING);
      }
      const rare = Math.log(1 + this.places.length / (found.size || 1));
      return new Map([...found].map(([place, worth]) => [place, worth * rare]));
    }

    /** The same for a tree of words that stand together or for one another. */
    found(query) {
      if (typeof query.queries[0] === "string") return this.placesOf(query);
      const each = query.queries.map((one) => this.found(one));
      const all = new Map();
      for (const [place, worth] of each.flatMap((one) => [...one])) all.set(place, (all.get(place) ?? 0) + worth);
      if (query.combineWith === "OR") return all;
      return new Map([...all].filter(([place]) => each.every((one) => one.has(place))));
    }

    isOfKind = (kind) => ([place]) => {
      const [, ...kinds] = this.places[place];
      return kind === "all" ? kinds.some((one) => one !== "teacher") : kinds.includes(kind);
    };

    /** Bring the places that fit best. Returns how many fit. */
    async bring(query, kind) {
      const best = [...this.found(query)].filter(this.isOfKind(kind)).sort((one, other) => other[1] - one[1]);
      const names = best.slice(0, BEST).map(([place]) => this.places[place][0]);
      await Promise.all(names.map((name) => this.part(`places/${name}`, ({ pages }) => this.add(pages))));
      return best.length;
    }
  }

  window.vivaLookup = Lookup;
})();
