(() => {
  /* Comparing a typed answer with the author's. The same as viva.base.folding; the golden cases keep
     the two alike. */
  const SPELLING = [
    [/[ao]+e/g, "e"],
    [/our\b/g, "or"],
    [/([iy])s(e[ds]?|ing|ation)\b/g, "$1z$2"],
    [/(cent|fib|lit|met|calib)re(s?)\b/g, "$1er$2"],
    [/l{2,}(ed|ing)\b/g, "l$1"],
    [/sulph/g, "sulf"],
  ];
  const GREEK = { α: "alpha", β: "beta", γ: "gamma", δ: "delta", µ: "micro", μ: "micro" };
  const EXACT = /[0-9]+|(?<!\S)\S(?!\S)/gu;
  const ARTICLES = ["a", "an", "the"]; // but in "vitamin A" the A is none
  // Accents, and the points of Arabic and Hebrew that one may leave out.
  const ACCENTS = /[\u0300-\u036f\u0591-\u05bd\u05bf-\u05c7\u064b-\u065f\u0670]/g;
  const LOOK_ALIKE = [
    ["abduct", "adduct"], ["hyper", "hypo"], ["inter", "intra"], ["ante", "anti"], ["ilium", "ileum"],
    ["ilio", "ileo"], ["iliac", "ileac"], ["perine", "perone"], ["ectomy", "otomy"], ["ostomy", "otomy"],
    ["quadratus", "quadriceps"], ["internal", "external"], ["flex", "reflex"],
    ["symptomatic", "asymptomatic"], ["typical", "atypical"], ["displaced", "undisplaced"],
    ["stable", "unstable"],
  ];

  // Letters that people write as others, in the languages that have them.
  const LETTERS = {
    ß: "ss", ς: "σ", œ: "oe", æ: "ae", ø: "o", ł: "l", đ: "d", ı: "i", ى: "ي", ی: "ي", ک: "ك", ة: "ه", "ـ": "", "ँ": "ं",
  };
  const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
  const UMLAUTS = { ä: "ae", ö: "oe", ü: "ue" };
  // Umlauts as keyboards without them have it: Huefte for Hüfte.
  const spelledOut = (text) => text.normalize("NFC").toLowerCase().replace(/[äöü]/g, (letter) => UMLAUTS[letter]);

  // The letters of every script stay, and marks that are part of a letter rather than on it.
  function fold(text) {
    text = text.normalize("NFKD").toLowerCase().replace(ACCENTS, "").replace(LETTER, (letter) => LETTERS[letter]);
    for (const [letter, name] of Object.entries(GREEK)) text = text.replaceAll(letter, name);
    text = text.replace(/(?<=[0-9])[.,](?=[0-9])/g, "point").replace(/['’]/g, "");
    text = text.replace(/[^\p{L}\p{N}\p{M}]/gu, " ");
    for (const [pattern, replacement] of SPELLING) text = text.replace(pattern, replacement);
    const words = text.split(" ").filter(Boolean);
    return words.filter((word, at) => !ARTICLES.includes(word) || (word === "a" && at === words.length - 1)).join(" ");
  }

  function near(given, wanted) {
    if (given.replaceAll(" ", "") === wanted.replaceAll(" ", "")) return true;
    const length = [...wanted].length;
    const allowed = length < 5 ? 0 : length <= 8 ? 1 : 2;
    const exact = (text) => (text.match(EXACT) ?? []).join(" ");
    if (!allowed || exact(given) !== exact(wanted)) return false;
    const slips = distance(given, wanted, allowed);
    return slips <= allowed && !lookAlike(given, wanted, slips);
  }

  function lookAlike(given, wanted, slips) {
    const pairs = [...LOOK_ALIKE, ...LOOK_ALIKE.map(([one, other]) => [other, one])];
    const meant = ([one, other]) => distance(given, wanted.replaceAll(one, other), slips) <= slips;
    return pairs.filter(([one]) => wanted.includes(one)).some(meant);
  }

  function distance(one, other, limit) {
    const [a, b] = [[...one], [...other]];
    if (Math.abs(a.length - b.length) > limit) return limit + 1;
    let before = [];
    let last = Array.from({ length: b.length + 1 }, (_, j) => j);
    for (let i = 1; i <= a.length; i++) {
      const row = [i];
      for (let j = 1; j <= b.length; j++) {
        let cost = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
        const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
        if (swapped) cost = Math.min(cost, before[j - 2] + 1);
        row.push(cost);
      }
      [before, last] = [last, row];
    }
    return last[b.length];
  }

  /** The mark of a typed answer: 1, 0, or null where neither list knows it. */
  viva.compared = (key, answer) => {
    const given = fold(answer);
    const [right, wrong] = [key.accept.map(fold), key.reject.map(fold)];
    if (!given) return 0;
    if (right.includes(given) || key.accept.map(spelledOut).map(fold).includes(fold(spelledOut(answer)))) return 1;
    if (wrong.some((text) => near(given, text))) return 0;
    return right.some((text) => near(given, text)) ? 1 : null;
  };
  viva.fold = fold;
})();
