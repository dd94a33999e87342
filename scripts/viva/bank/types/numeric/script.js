(() => {
  /* The same as the type's Python; tests/cases/numeric keeps the two alike. */
  const FAMILIES = [
    { mm: 1, millimetre: 1, millimeter: 1, cm: 10, centimetre: 10, centimeter: 10, m: 1000, metre: 1000, meter: 1000 },
    { "°": 1, deg: 1, degree: 1 },
    { "%": 1, percent: 1, "per cent": 1 },
    { mL: 1, ml: 1, millilitre: 1, milliliter: 1, L: 1000, l: 1000, litre: 1000 },
    { mg: 1, g: 1000, "µg": 0.001, mcg: 0.001 },
    { day: 1, d: 1, week: 7 },
    { month: 1, year: 12, y: 12 },
  ];
  const NUMBER = /^([-+]?(?:\d[\d .,]*\d|\d|[.,]\d+)(?:[eE][-+]?\d+)?)\s*(.*)$/s;

  const SIGNS = { "−": "-", "٫": ".", "٬": " ", "،": ",", "٪": "%", "μ": "µ", "‐": "-", "‑": "-", "﹣": "-" };

  /** A sign as ASCII has it. Digits of every script stand in tens. */
  function ascii(sign) {
    const at = sign.codePointAt(0);
    let before = at;
    while (/\p{Nd}/u.test(String.fromCodePoint(before))) before--;
    if (before < at) return (at - before - 1) % 10;
    return /[\p{Zs}！-～]/u.test(sign) ? sign.normalize("NFKC") : (SIGNS[sign] ?? sign);
  }

  const plain = (typed) => typed.replace(/\p{Cf}/gu, "").replace(/[^!-~]/gu, ascii).trim();

  function understand(typed, unit) {
    const found = NUMBER.exec(plain(typed));
    const number = found && value(found[1]);
    const scale = found && scaleOf(found[2], plain(unit ?? ""));
    return number === null || scale === null ? null : number * scale;
  }

  function value(digits) {
    digits = digits.replaceAll(" ", "");
    const [comma, point] = [digits.lastIndexOf(","), digits.lastIndexOf(".")];
    if (comma >= 0 && point >= 0) {
      const [group, decimal] = point > comma ? [",", "."] : [".", ","];
      digits = digits.replaceAll(group, "").replaceAll(decimal, ".");
    } else if (comma >= 0 && comma === digits.indexOf(",")) digits = digits.replace(",", ".");
    const number = Number(digits);
    return Number.isFinite(number) ? number : null;
  }

  function scaleOf(given, wanted) {
    given = given.trim().replace(/\.+$/, "");
    if (!given || given === wanted) return 1;
    for (const family of FAMILIES) {
      const [from, to] = [size(given, family), size(wanted, family)];
      if (from && to) return from / to;
    }
    return null;
  }

  function size(unit, family) {
    const lower = unit.toLowerCase();
    const names = [unit, lower, unit.replace(/s$/, ""), lower.replace(/s$/, "")];
    const name = names.find((one) => Object.hasOwn(family, one));
    return name === undefined ? null : family[name];
  }

  function quantity(number, unit) {
    const gap = !unit || unit === "°" ? "" : "\u00a0";
    return viva.number(Number(number.toPrecision(10))) + gap + (unit ?? "");
  }

  /** A comma that others read as thousands: what to write for these. */
  function orRather(typed) {
    const found = /^[-+]?[1-9]\d{0,2},\d{3}(?![\d.,])/.exec(plain(typed));
    return found && found[0].replace(",", "");
  }

  function readAs(typed, number, unit) {
    if (number === null) return viva.say("Not a number yet");
    const [read, other] = [quantity(number, unit), orRather(typed)];
    return other ? viva.say("Read as {number}; for {other} leave out the comma", { number: read, other }) : viva.say("Read as {number}", { number: read });
  }

  /** Say how the number is understood while it is typed. */
  function tell(question) {
    const typed = viva.typed(question);
    const { unit } = question.form.elements.answer.dataset;
    const number = typed && understand(typed, unit);
    question.form.querySelector("output").textContent = typed && readAs(typed, number, unit);
  }

  viva.understand = understand;
  viva.type("numeric", {
    read: viva.typed,
    write(question, answer) {
      question.form.elements.answer.value = answer;
      tell(question);
    },
    missing: (answer) => (answer === null ? viva.say("Write a number first.") : ""),
    mark: (key, answer) => {
      const number = understand(answer, key.unit);
      if (number === null) return 0;
      const isNear = (right) => Math.abs(number - right) <= key.tolerance + 1e-9 * Math.max(1, Math.abs(right));
      return Number([key.answer, ...(key.also ?? [])].some(isNear));
    },
    show(question) {
      question.form.querySelector(".viva-field").dataset.state = question.dataset.state;
    },
    input: tell,
    reset: tell,
  });
})();
