/* What a question tells once it is answered: the verdict and what to take away under what was asked, in
   every option its own why, the rest below. */
(() => {
  "use strict";
  const { make, say, percent } = window.viva;
  const AFTER = ":scope > :is(.viva-objective, .viva-read, .viva-references, .viva-class, .viva-signed)";
  const stateOf = (mark) => (mark === 1 ? "right" : mark > 0 ? "partly" : "wrong");

  const firstTry = (mark) =>
    mark === 1 ? say("Your first try: right.")
      : mark > 0 ? say("Your first try: partly right: {share}.", { share: percent(mark) })
      : say("Your first try: wrong.");

  Object.assign(customElements.get("viva-question").prototype, {
    /** Only the student can tell whether the answer is right. */
    ask(answer, focus) {
      const words = say("Compare your answer with the one above. Was yours right?");
      const judging = (this.judging = make("span", "viva-judging", make("span", "", words)));
      for (const [word, mark] of [[say("Yes"), 1], [say("No"), 0]]) {
        const button = make("button", "", word);
        button.type = "button";
        button.onclick = () => {
          this.judging.replaceWith(this.button);
          this.record(answer, mark);
          this.look();
        };
        judging.append(button);
      }
      judging.setAttribute("role", "group");
      judging.setAttribute("aria-label", words);
      judging.tabIndex = -1;
      this.say("");
      this.button.replaceWith(judging);
      if (focus) judging.focus({ preventScroll: true });
      this.dispatchEvent(new CustomEvent("viva:judge", { bubbles: true, detail: { answer } }));
    },

    /** Say how an answer did. */
    tell(answer, mark) {
      this.dataset.state = stateOf(mark);
      if (answer !== null) this.behaviour.show(this, answer);
      const words = answer === null ? say("Not answered.") : this.sentence(mark);
      this.say(words);
      if (this.form) this.verdict.textContent = words;
    },

    /** What is announced. A later try says how the first one went: that one counts. */
    sentence(mark) {
      const words = this.behaviour.verdict(this, mark);
      const again = this.attempts.length > 1;
      return again ? `${words} ${firstTry(this.attempts[0].mark)}` : words;
    },

    /** The verdict and what to take away stand under what was asked, what is said of an option in that
        option, and the rest below. */
    reveal() {
      const sheet = this.sheet();
      const rest = [...sheet.querySelectorAll(AFTER)];
      this.explain(sheet.querySelector(":scope > .viva-whys"));
      this.after = make("div", "viva-after", ...rest);
      this.verdict = make("p", "viva-verdict");
      this.feedback = make("div", "viva-feedback", this.verdict, ...sheet.childNodes);
      this.feedback.tabIndex = -1;
      const asked = this.fieldset?.querySelector(":scope > figure") ?? this.fieldset?.querySelector("legend");
      if (asked) asked.after(this.feedback);
      else this.append(this.feedback);
      this.append(this.after);
      if (this.form) this.button.parentElement.append(this.again());
    },

    again() {
      const made = make("button", "viva-again", say("Try again"));
      made.type = "button";
      return made;
    },

    /** Each option with its own why, where there is one for each. */
    explain(whys) {
      const options = this.form ? this.options : [];
      if (!whys || whys.children.length !== options.length) return;
      [...whys.children].forEach((said, place) => {
        said.querySelector("b").remove();
        if (said.innerHTML.trim()) options[place].append(make("div", "viva-why", ...said.childNodes));
      });
      whys.remove();
    },

    /** The key: the site's own HTML from the <noscript>, where it is text, or elements if the page
        was parsed without scripting. What is said on options comes in the order they are shown. */
    sheet() {
      const noscript = this.querySelector(":scope > noscript");
      const sheet = document.createElement("template");
      if (noscript.firstElementChild) sheet.content.append(noscript.firstElementChild.cloneNode(true));
      else sheet.innerHTML = noscript.textContent;
      sheet.content.querySelector("summary").remove();
      const whys = sheet.content.querySelector(".viva-whys");
      if (whys && "shuffle" in this.dataset) {
        const items = [...whys.children];
        whys.append(...this.options.map((option) => items[option.dataset.place]));
      }
      return sheet.content.querySelector("details");
    },
  });
})();
