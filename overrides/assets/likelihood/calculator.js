/* <lr-calculator>: from pre-test to post-test probability, with a slider and two tests. Results are
   never multiplied into an answer. The page without a script has the same numbers as a table. */
(() => {
  "use strict";
  const { after, percent, ratios, ratioText, words } = lrOdds;
  const SAY_AFTER = 600; // ms of rest before results are announced
  const NAMES = { positive: "LR+", negative: "LR−" };

  /** "16/17" as a number. */
  const share = (text) => text.split("/").map(Number).reduce((part, whole) => part / whole);

  const withInterval = ({ value, low, high }) =>
    `${ratioText(value)} (${ratioText(low)} to ${ratioText(high)})`;

  const make = (name, text, className = "") =>
    Object.assign(document.createElement(name), { textContent: text, className });

  class LrCalculator extends HTMLElement {
    connectedCallback() {
      const template = document.getElementById("lr-parts");
      if (!template || this.slider) return;
      this.append(template.content.cloneNode(true));
      this.slider = this.querySelector("input[type=range]");
      this.tests = [...this.querySelectorAll("fieldset")].map((field) => this.read(field));
      this.addEventListener("input", () => this.update());
      this.addEventListener("click", ({ target }) => this.choose(target.closest("[data-before]")));
      this.update();
    }

    /** A test as its fieldset describes it; its ratios are written there. */
    read(field) {
      const { sensitivity, specificity, ill, well } = field.dataset;
      const both = ratios({
        sensitivity: share(sensitivity), specificity: share(specificity),
        ill: Number(ill), well: Number(well),
      });
      field.querySelector(".lr-ratios").textContent = Object.entries(NAMES)
        .map(([result, name]) => `${name} ${withInterval(both[result])}`).join(" · ");
      return { field, ratios: both };
    }

    choose(button) {
      if (!button) return;
      this.slider.value = button.dataset.before;
      this.update();
    }

    get before() { return this.slider.valueAsNumber / 100; }

    /** What each test that was done makes of the probability before. */
    get results() {
      return this.tests.flatMap(({ field, ratios: both }) => {
        const result = field.querySelector(":checked").value;
        if (!result) return [];
        const ratio = both[result];
        return [{
          test: field.dataset.test, title: field.dataset[result], result, ratio,
          probability: after(this.before, ratio.value),
        }];
      });
    }

    update() {
      const { before, results } = this;
      this.slider.ariaValueText = percent(before);
      this.querySelector("output").textContent = percent(before);
      for (const button of this.querySelectorAll("[data-before]")) {
        button.ariaPressed = String(button.dataset.before === this.slider.value);
      }
      this.list(before, results);
      this.warn(before, results);
      this.draw(before, results);
      this.announce();
    }

    list(before, results) {
      const rows = results.map((result) => this.row(before, result));
      this.querySelector(".lr-results").replaceChildren(...(rows.length ? rows : [this.unmoved(before)]));
    }

    row(before, { test, title, ratio, probability }) {
      const [low, high] = [ratio.low, ratio.high].map((value) => percent(after(before, value)));
      const said = make("dd", words(probability), "lr-words");
      said.append(" ", make("span", `The interval of the ratio leaves room for ${low} to ${high}.`));
      const row = document.createElement("div");
      row.dataset.test = test;
      row.append(make("dt", title), make("dd", percent(probability), "lr-number"), said);
      return row;
    }

    unmoved(before) {
      const row = document.createElement("div");
      row.append(make("dt", "Without a test"), make("dd", percent(before), "lr-number"),
        make("dd", words(before), "lr-words"));
      return row;
    }

    /** Two results are shown side by side; their product is named as what it is. */
    warn(before, results) {
      const caution = this.querySelector(".lr-caution");
      caution.hidden = results.length < 2;
      if (caution.hidden) return;
      const product = results.reduce((so, { ratio }) => so * ratio.value, 1);
      caution.replaceChildren(make("b", "Two tests, two answers."),
        ` Multiplied, they would promise ${percent(after(before, product))}. That holds only if one result did not depend on the other. Both look at the same narrow place, and nobody has shown it.`);
    }

    draw(before, results) {
      const svg = this.querySelector("svg");
      lrDraw(svg, before, results);
      const ends = results.map(({ title, probability }) =>
        `${percent(probability)} ${title.toLowerCase().replace("mri", "MRI")}`);
      svg.ariaLabel = `Nomogram: from ${percent(before)} before the test to ${ends.join(", and to ") || "nothing else, since no test was done"}`;
    }

    announce() {
      clearTimeout(this.saying);
      this.saying = setTimeout(() => {
        const rows = [...this.querySelectorAll(".lr-results > div")].map((row) =>
          [...row.children].map((part) => part.textContent).join(", "));
        const caution = this.querySelector(".lr-caution:not([hidden])")?.textContent ?? "";
        this.querySelector(".lr-said").textContent = `${rows.join(" ")} ${caution}`.trim();
      }, SAY_AFTER);
    }
  }

  customElements.define("lr-calculator", LrCalculator);
})();
