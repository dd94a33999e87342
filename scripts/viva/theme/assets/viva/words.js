/* Words in the language of the page. A message is a whole sentence, in one literal, with named places.
   What a site publishes in another language has its messages translated: base/words/scripts.py. */
(() => {
  if (window.viva?.say) return; // a heading called “viva” stands under this name too
  const lang = document.documentElement.lang || "en";
  const TAGS = { en: "en-GB", ar: "ar-u-nu-arab", fa: "fa-u-ca-gregory-nu-arabext" };
  const tag = TAGS[lang] ?? lang;
  let rules;
  const number = (value, most = 10, least = 0) =>
    value.toLocaleString(tag, { useGrouping: false, minimumFractionDigits: least, maximumFractionDigits: most }).replace("-", "−");
  const told = (value) => (typeof value === "number" ? number(value) : value);
  const say = (text, values = {}) => text.replace(/\{(\w+)\}/g, (place, name) => (name in values ? told(values[name]) : place));

  window.viva = {
    lang: tag,
    say,
    number,
    count(one, many, n, values) {
      const forms = many ? { one, other: many } : one;
      rules ??= new Intl.PluralRules(tag);
      return say(forms[rules.select(n)] ?? forms.other, { n, ...values });
    },
    within: (context, text, values) => say(text, values),
    percent: (share) => (lang === "en" ? `${number(100 * share, 0)}\u00a0%` : share.toLocaleString(tag, { style: "percent" })),
    day: (date, options = { dateStyle: "long" }) => date.toLocaleString(tag, options),
    listed: (items, type = "conjunction") => new Intl.ListFormat(tag, { type }).format(items),
  };
})();
