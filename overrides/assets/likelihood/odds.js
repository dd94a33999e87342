/* The sums: from sensitivity and specificity to likelihood ratios, their intervals, and what a
   ratio makes of a probability; and how a probability is said. */
(() => {
  "use strict";
  const Z = 1.96; // 95 %
  const EVEN = [0.45, 0.55]; // as likely as not
  const DUST = 1e-9; // what a sum may lack of a half that goes up

  const odds = (p) => p / (1 - p);
  const probability = (o) => o / (1 + o);

  /** Bayes, in odds: what a ratio makes of the probability before. */
  const after = (before, ratio) => probability(odds(before) * ratio);

  /** A ratio of two proportions and its 95 % interval by the method of logarithms. */
  const ratioOf = ([part, whole], [otherPart, otherWhole]) => {
    const value = part / whole / (otherPart / otherWhole);
    const error = Math.sqrt(1 / part - 1 / whole + 1 / otherPart - 1 / otherWhole);
    return { value, low: value * Math.exp(-Z * error), high: value * Math.exp(Z * error) };
  };

  /** Both likelihood ratios of a test that was tried on so many ill and so many well. */
  const ratios = ({ sensitivity, specificity, ill, well }) => ({
    positive: ratioOf([sensitivity * ill, ill], [(1 - specificity) * well, well]),
    negative: ratioOf([(1 - sensitivity) * ill, ill], [specificity * well, well]),
  });

  /** Two digits that count, as the tables print a ratio. */
  const ratioText = (value) => {
    if (value >= 10) return value.toFixed(0);
    return value >= 1 ? value.toFixed(1) : value.toFixed(2);
  };

  const wholeOf = (p) => Math.round(100 * p + DUST);

  const percent = (p) => {
    const whole = wholeOf(p);
    if (whole === 0) return "under 1 %";
    return whole === 100 ? "over 99 %" : `${whole} %`;
  };

  /** How many of a hundred, without the sign. */
  const ofHundred = (p) => {
    const whole = wholeOf(p);
    if (whole === 0) return "Fewer than 1";
    return whole === 100 ? "More than 99" : `About ${whole}`;
  };

  const weighed = (p) => {
    if (p < EVEN[0]) return "less likely than not";
    return p > EVEN[1] ? "more likely than not" : "about as likely as not";
  };

  const words = (p) => `${ofHundred(p)} of 100 such patients have IFI: ${weighed(p)}.`;

  window.lrOdds = { after, odds, percent, ratios, ratioText, words };
})();
