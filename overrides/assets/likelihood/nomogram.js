/* Fagan's nomogram as SVG. Three scales of logarithms: the probability before runs downwards, the
   one after upwards, and the ratio between them at half their scale, so that a line adds them up. */
(() => {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  const { after, odds, percent } = lrOdds;
  const X = { before: 76, ratio: 180, after: 284 };
  const MIDDLE = 226;
  const UNIT = 26; // of the picture, for one natural logarithm of odds
  const TICK = 5;
  const GAP = 15; // between two values that stand beside the right scale
  const PERCENTS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 50, 70, 80, 90, 95, 98, 99, 99.5, 99.8, 99.9];
  const RATIOS = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100];
  const TITLES = { before: "Before", ratio: "Likelihood ratio", after: "After" };

  const heights = {
    before: (p) => MIDDLE + UNIT * Math.log(odds(p)),
    after: (p) => MIDDLE - UNIT * Math.log(odds(p)),
    ratio: (value) => MIDDLE - UNIT * Math.log(value) / 2,
  };

  const make = (name, attributes, text = "") => {
    const node = document.createElementNS(SVG, name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    node.textContent = text;
    return node;
  };

  const label = (x, y, text, name) => make("text", { x, y, class: name, dy: "0.35em" }, text);

  /** One scale: its title, its line, and a tick with a number at each value. */
  const scale = (which, values, height, side) => {
    const x = X[which];
    const [first, last] = [values[0], values.at(-1)].map(height);
    const ticks = values.flatMap((value, n) => {
      const y = height(value);
      return [
        make("line", { x1: x, x2: x + side * TICK, y1: y, y2: y }),
        label(x + side * (TICK + 4), y, String(values[n]), side < 0 ? "is-left" : ""),
      ];
    });
    return [
      label(x, 18, TITLES[which], "lr-title"),
      make("line", { x1: x, x2: x, y1: first, y2: last }), ...ticks,
    ];
  };

  const scales = () => {
    const share = (height) => (value) => height(value / 100);
    const group = make("g", { class: "lr-scales" });
    group.append(
      ...scale("before", PERCENTS, share(heights.before), -1),
      ...scale("ratio", RATIOS, heights.ratio, 1),
      ...scale("after", PERCENTS, share(heights.after), 1),
    );
    return group;
  };

  /** The line of one result and the fan of its interval. */
  const line = (before, { test, ratio }) => {
    const [start, end] = [heights.before(before), heights.after(after(before, ratio.value))];
    const [low, high] = [ratio.low, ratio.high].map((value) => heights.after(after(before, value)));
    const group = make("g", { class: "lr-line", "data-test": test });
    group.append(
      make("path", { d: `M${X.before} ${start}L${X.after} ${low}V${high}Z` }),
      make("line", { x1: X.before, x2: X.after, y1: start, y2: end }),
      make("circle", { cx: X.ratio, cy: heights.ratio(ratio.value), r: 3.5 }),
      make("circle", { cx: X.after, cy: end, r: 4.5 }),
    );
    return group;
  };

  /** Heights for two values beside a scale that would else stand on each other. */
  const apart = (places) => {
    if (places.length < 2 || Math.abs(places[0] - places[1]) >= GAP) return places;
    const middle = (places[0] + places[1]) / 2;
    const way = places[0] < places[1] ? -1 : 1;
    return [middle + way * GAP / 2, middle - way * GAP / 2];
  };

  /** The numbers that move, at the outer edges. */
  const values = (before, results) => {
    const short = (p) => percent(p).replace("under ", "< ").replace("over ", "> ");
    const places = apart(results.map(({ probability }) => heights.after(probability)));
    const own = label(0, heights.before(before), short(before), "lr-value");
    return [own, ...results.map(({ test, probability }, n) => {
      const text = label(360, places[n], short(probability), "lr-value is-left");
      text.dataset.test = test;
      return text;
    })];
  };

  /** Draws results into a picture; each has a test, its ratio with interval, and its probability. */
  window.lrDraw = (svg, before, results) => {
    const start = make("circle", { cx: X.before, cy: heights.before(before), r: 4.5, class: "lr-start" });
    svg.replaceChildren(
      ...results.map((result) => line(before, result)), scales(), start, ...values(before, results),
    );
  };
})();
