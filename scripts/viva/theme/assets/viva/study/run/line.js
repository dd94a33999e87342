/* What stands around a session: one line above it, and the sheet, which is beside it where there is room
   and behind the menu where there is not. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store } = study;
  const { make, say, number, locale } = window.viva;

  function button(name, words, press, label) {
    const made = make("button", name, words);
    made.type = "button";
    made.onclick = press;
    if (label) made.ariaLabel = label;
    return made;
  }

  /** What was done with a question, as it is said. */
  const STATES = {
    answered: say("answered"),
    "not answered": say("not answered"),
    right: say("right"),
    "partly right": say("partly right"),
    wrong: say("wrong"),
    unseen: say("unseen"),
    flagged: say("flagged"),
    "options struck out": say("options struck out"),
  };

  class Line {
    constructor(runner) {
      this.runner = runner;
      this.leave = button("viva-leave", "✕", () => this.go(), say("Leave: your place is kept"));
      this.place = make("p", "viva-where", make("b", ""), " ", make("span", ""));
      this.clock = make("span", "viva-clock-left");
      this.flag = button("viva-flag", "⚑", () => study.tools.flag(runner.shown), say("Flag"));
      this.menu = button("viva-menu", "☰", () => this.open(!this.isOpen), say("Menu"));
      this.progress = Object.assign(document.createElement("progress"), { ariaLabel: say("Answered") });
      this.status = make("p", "viva-run-status");
      this.status.setAttribute("role", "status");
      this.element = make("div", "viva-line", this.leave, this.place, this.clock, this.flag, this.menu, this.progress);
      this.build();
      const before = runner.quiz.querySelector(":scope > :is(viva-question, .viva-card)");
      before.before(this.element, this.status, this.panel);
      runner.quiz.append(this.foot);
      if (runner.timer) this.time();
      this.panel.onkeydown = ({ key }) => key === "Escape" && this.open(false);
      this.draw();
    }

    build() {
      const { runner } = this;
      this.list = make("ol", "viva-sheet-list", ...runner.entries.map((entry, place) => make("li", "", button("", number(place + 1), () => this.jump(entry)))));
      this.sheet = make("nav", "viva-sheet", this.list);
      this.sheet.ariaLabel = say("Answer sheet");
      this.timing = make("p", "viva-timing");
      this.ends = make("p", "viva-ends");
      this.panel = make("aside", "viva-aside", this.sheet, this.timing, this.switches(), this.ends);
      this.panel.ariaLabel = say("Session");
      this.back = button("viva-link", say("Previous"), () => runner.move(-1));
      this.next = button("viva-button viva-main", say("Next"), () => runner.move(1));
      this.hand = button("viva-link", say("Hand in"), () => runner.askToHandIn());
      this.foot = make("p", "viva-foot", this.back, this.hand, this.next);
    }

    switches() {
      const made = make("p", "viva-switches");
      if (this.runner.facts.mode !== "cards") {
        made.append(this.switch(say("One question at a time"), () => this.runner.isOne, (on) => (store.set("p:one", on), this.runner.arrange(), this.runner.show(this.runner.at, false))));
        if (!this.runner.isSheet) made.append(this.switch(say("Ask how sure I am before each answer is checked"), () => store.pref("confidence", false), (on) => (store.set("p:confidence", on), study.tools.attach(this.runner))));
      }
      made.append(button("viva-link", say("Keys"), () => study.help()));
      return made;
    }

    switch(words, is, turn) {
      const input = make("input", "");
      Object.assign(input, { type: "checkbox", checked: is(), onchange: () => turn(input.checked) });
      return make("label", "", input, ` ${words}`);
    }

    time() {
      this.timer = new study.Timer(this.runner.timer, this.clock, (words) => this.say(words), () => this.runner.set({ timer: this.runner.timer }));
      this.timing.replaceChildren(...this.timer.parts);
    }

    jump({ question, leaf }) {
      this.open(false);
      this.runner.show(this.runner.questions.indexOf(question));
      if (leaf !== question && leaf.checkVisibility()) leaf.come();
    }

    get isOpen() {
      return this.panel.matches("[data-open]");
    }

    open(wanted) {
      this.panel.toggleAttribute("data-open", wanted);
      this.menu.ariaExpanded = wanted;
      if (wanted) this.panel.querySelector("button, input").focus();
      else if (this.panel.contains(document.activeElement)) this.menu.focus();
    }

    go() {
      const { runner } = this;
      if (runner.leave) runner.leave();
      else location.href = `${study.root}${study.checks}`;
    }

    /** Where the session stands, by words, and of each question what was done with it. */
    draw() {
      const { runner } = this;
      if (runner.at === undefined) return;
      const { questions, entries, at, isExam, isOver } = runner;
      this.place.firstChild.textContent = isOver ? "" : runner.placed();
      this.place.lastChild.textContent = [isExam && say("Exam"), runner.facts.title].filter(Boolean).join(" · ");
      Object.assign(this.progress, { max: entries.length, value: entries.filter((entry) => runner.isAnswered(entry.leaf)).length });
      const asked = runner.number;
      entries.forEach((entry, place) => this.mark(entry, place + 1, place + 1 === asked));
      this.flag.hidden = !runner.isOne || runner.shown.isCard || false;
      this.flag.ariaPressed = study.tools.isFlagged(runner.shown);
      this.foot.hidden = !runner.isOne;
      this.back.disabled = at === 0;
      this.hand.hidden = !isExam;
      const isLater = isExam || runner.isSheet;
      this.next.textContent = isLater ? say("Next") : say("Skip");
      this.next.className = isLater ? "viva-button viva-main" : "viva-link";
      this.next.hidden = !isLater && study.leavesOf(runner.shown).every((leaf) => leaf.dataset.state || leaf.isCard);
      this.next.disabled = at === questions.length - 1;
      this.menu.ariaExpanded = this.isOpen;
      if (isOver) this.timing.replaceChildren();
    }

    mark({ question, leaf }, n, isAsked) {
      const button = this.list.children[n - 1].firstChild;
      const states = [this.how(leaf)];
      if ([question, ...study.leavesOf(leaf)].some((one) => study.tools.isFlagged(one))) states.push("flagged");
      if (leaf.querySelector("[data-struck]")) states.push("options struck out");
      const words = new Intl.ListFormat(locale).format(states.map((state) => STATES[state]));
      button.dataset.states = states.join(" ");
      button.ariaLabel = say("Question {n}: {states}", { n, states: words });
      button.ariaCurrent = isAsked ? "step" : null;
    }

    /** What was done with a question, in a word. */
    how(question) {
      const { runner } = this;
      const leaves = study.leavesOf(question);
      const marks = leaves.map((leaf) => leaf.attempts?.[0]?.mark);
      const isLater = runner.isExam || runner.isSheet;
      if (isLater && runner.isAnswered(question)) return "answered";
      if (!isLater && marks.every(Number.isFinite)) {
        const sum = marks.reduce((all, mark) => all + mark, 0);
        return sum === marks.length ? "right" : sum ? "partly right" : "wrong";
      }
      return leaves.some((leaf) => runner.item(leaf)?.seen) ? "not answered" : "unseen";
    }

    say(words) {
      this.status.textContent = words;
    }

    stop() {
      this.timer?.stop();
      this.open(false);
    }

    remove() {
      for (const part of [this.element, this.status, this.panel, this.foot]) part.remove();
    }
  }

  Object.assign(study, { Line, button });
})();
