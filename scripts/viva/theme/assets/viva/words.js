/* Words in the language of the page. A message is a whole sentence, in one literal, with named places.
   What a site publishes in another language has its messages translated: base/words/scripts.py. */
(() => {
  if (window.viva?.say) return; // a heading called “viva” stands under this name too
  const { lang } = document.documentElement;
  const locale = { "": "en-GB", en: "en-GB", ar: "ar-u-nu-arab", fa: "fa-u-ca-gregory-nu-arabext" }[lang] ?? lang;
  const made = {}; // making one takes a browser long
  const format = (least, most) => (made[[least, most]] ??= new Intl.NumberFormat(locale, { useGrouping: false, minimumFractionDigits: least, maximumFractionDigits: most }));
  const number = (value, most = 9, least = 0) => format(least, most).format(value).replace("-", "−");
  const say = (text, values = {}) =>
    text.replace(/{(\w+)}/g, (place, name) => (Number.isFinite(values[name]) ? number(values[name]) : values[name] ?? place));

  window.viva = {
    locale,
    say,
    number,
    within: (context, text, values) => say(text, values),
    count(one, many, n, values) {
      const forms = many ? { one, other: many } : one;
      return say(forms[(made.form ??= new Intl.PluralRules(locale)).select(n)] ?? forms.other, { n, ...values });
    },
    percent: (share) => (locale === "en-GB" ? `${number(100 * share, 0)}\u00a0%` : share.toLocaleString(locale, { style: "percent" })),
  };
})();
