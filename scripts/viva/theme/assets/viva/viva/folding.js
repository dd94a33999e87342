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
  const ARTICLES = ["a", "an", "the"];
  const LOOK_ALIKE = [
    ["abduct", "adduct"], ["hyper", "hypo"], ["inter", "intra"], ["ante", "anti"], ["ilium", "ileum"],
    ["ilio", "ileo"], ["iliac", "ileac"], ["perine", "perone"], ["ectomy", "otomy"], ["ostomy", "otomy"],
    ["quadratus", "quadriceps"], ["internal", "external"], ["flex", "reflex"],
    ["symptomatic", "asymptomatic"], ["typical", "atypical"], ["displaced", "undisplaced"],
    ["stable", "unstable"],
  ];

  function fold(text) {
    for (const [letter, name] of Object.entries(GREEK)) text = text.replaceAll(letter, name);
    text = text.replaceAll("ß", "ss").normalize("NFKD").toLowerCase().replace(/\p{Mn}/gu, "");
    text = text.replaceAll("œ", "oe").replaceAll("æ", "ae");
    text = text.replace(/(?<=\d)[.,](?=\d)/g, "point").replace(/['’]/g, "");
    text = text.replace(/[^a-z0-9]+/g, " ");
    for (const [pattern, replacement] of SPELLING) text = text.replace(pattern, replacement);
    return text.split(" ").filter((word) => word && !ARTICLES.includes(word)).join(" ");
  }

  function near(given, wanted) {
    if (given.replaceAll(" ", "") === wanted.replaceAll(" ", "")) return true;
    const allowed = wanted.length < 5 ? 0 : wanted.length <= 8 ? 1 : 2;
    const digits = (text) => (text.match(/\d+/g) ?? []).join(" ");
    if (!allowed || digits(given) !== digits(wanted)) return false;
    const slips = distance(given, wanted, allowed);
    return slips <= allowed && !lookAlike(given, wanted, slips);
  }

  function lookAlike(given, wanted, slips) {
    const pairs = [...LOOK_ALIKE, ...LOOK_ALIKE.map(([one, other]) => [other, one])];
    const meant = ([one, other]) => distance(given, wanted.replaceAll(one, other), slips) <= slips;
    return pairs.filter(([one]) => wanted.includes(one)).some(meant);
  }

  function distance(a, b, limit) {
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
    if (right.includes(given)) return 1;
    if (wrong.some((text) => near(given, text))) return 0;
    return right.some((text) => near(given, text)) ? 1 : null;
  };
  viva.fold = fold;
})();
