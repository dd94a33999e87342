/* Asks questions and cards one after another; what was missed comes again until it is right once. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, make, load, many } = study;
  const course = window.vivaCourse;
  const GRADES = [["No", 0, undefined], ["With an effort", 1, 1], ["Yes", 1, 2], ["At once", 1, 3]];
  const titles = new Map(course.modules.map((module) => [module.id, module.title]));
  const sheets = new Map();

  const button = (words, onclick, main) => make("button", { type: "button", className: `md-button${main ? " md-button--primary" : ""}`, onclick }, words);

  /** A question's element under a label, out of the page that holds its whole bank. The HTML is the
      site's own. */
  function elementOf({ id, bank }, label) {
    if (!sheets.has(bank)) {
      const sheet = document.createElement("template");
      sheet.innerHTML = window.vivaBanks[bank];
      sheets.set(bank, sheet.content);
    }
    const element = document.importNode(sheets.get(bank).getElementById(id), true);
    element.querySelector(".viva-number").firstChild.textContent = `${label} `;
    return element;
  }

  /** The back of a card, its references, and where to read it again. The HTML is the site's own. */
  function backOf({ back, references, read }) {
    const link = make("a", { href: study.root + read.url }, read.title);
    const sources = references.map((reference) => make("li", { innerHTML: reference }));
    return [
      make("p", { className: "viva-meaning", innerHTML: back }),
      make("p", { className: "viva-read" }, make("b", {}, "Read this again:"), " ", link),
      sources.length ? make("ul", { className: "viva-references" }, ...sources) : "",
    ];
  }

  class Runner {
    constructor(place, ended) {
      Object.assign(this, { place, ended });
    }

    /** Ask these, in this order. */
    async start(things) {
      await load(...new Set(things.filter((thing) => thing.bank).map((thing) => `questions/${thing.bank}.js`)));
      Object.assign(this, { queue: [...things], asked: things.length, done: 0, right: 0, again: new Set() });
      this.quiz = make("viva-quiz", { className: "viva-quiz", mode: "review" });
      this.quiz.setAttribute("mode", "review");
      this.counter = make("p", { className: "viva-counter" });
      this.next = button("Next", () => this.ask(), true);
      this.tools = this.toolsButton();
      const buttons = [this.next, this.tools, button("Stop here", () => this.end())];
      this.place.replaceChildren(this.counter, this.quiz, make("p", { className: "viva-row viva-runner-buttons" }, ...buttons));
      this.quiz.addEventListener("viva:attempt", ({ detail }) => detail.id === this.thing?.id && this.took(detail.mark));
      this.ask();
    }

    toolsButton() {
      const made = button("Study tools", () => {
        store.set("p:tools", !store.pref("tools"));
        made.ariaPressed = store.pref("tools");
        study.tools(this.quiz);
      });
      made.ariaPressed = store.pref("tools", false);
      return made;
    }

    ask() {
      this.thing = this.queue.shift();
      if (!this.thing) return this.end();
      this.answered = false;
      this.counter.textContent = this.again.has(this.thing.id) ? "Once more" : `${this.done + 1} of ${this.asked}`;
      this.tools.hidden = this.thing.type === "card";
      const element = this.thing.type === "card" ? this.card(this.thing) : elementOf(this.thing, titles.get(this.thing.module) ?? "Question");
      this.quiz.replaceChildren(element);
      this.next.hidden = !element.behaviour?.fault; // what cannot be answered is passed by
      study.tools?.(this.quiz);
      const title = element.querySelector(".viva-number");
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
      this.counter.scrollIntoView({ block: "start" });
    }

    /** The first answer counts; a wrong one puts the question back at the end. */
    took(mark) {
      if (this.answered) return;
      this.answered = true;
      const before = this.again.has(this.thing.id);
      if (!before) this.done++;
      if (!before && mark === 1) this.right++;
      if (mark < 1) this.queue.push(this.thing);
      if (mark < 1) this.again.add(this.thing.id);
      this.next.hidden = false;
      this.next.textContent = this.queue.length ? "Next" : "Finish";
    }

    card(card) {
      const kind = card.deck === "facts" ? ["Key fact ", make("small", {}, titles.get(card.module) ?? card.read.title)] : ["Glossary"];
      const answer = make("div", {}); // there from the start, so that what comes into it is announced
      answer.setAttribute("role", "status");
      const show = button("Show the answer", () => {
        answer.append(...backOf(card));
        show.replaceWith(this.grades(card));
        box.querySelector(".viva-grades button").focus();
      });
      const box = make("section", { className: "viva-card" }, make("h2", { className: "viva-number" }, ...kind), make("p", { className: "viva-card-term" }, card.stem), answer, show);
      box.onkeydown = (event) => this.key(box, show, event);
      return box;
    }

    /** Enter or Space turns a card; 1 to 4 say how well it was known. */
    key(box, show, event) {
      const { key, target, repeat } = event;
      if (repeat) return event.preventDefault(); // a held key does not turn a card and grade it
      const grade = /^[1-4]$/.test(key) ? box.querySelectorAll(".viva-grades button")[key - 1] : null;
      const turn = [" ", "Enter"].includes(key) && !target.matches("a, button") && show.isConnected ? show : null;
      if (!grade && !turn) return;
      event.preventDefault();
      (grade ?? turn).click();
    }

    grades(card) {
      const row = make("p", { className: "viva-grades viva-row" }, make("span", {}, "Did you know it?"));
      for (const [words, mark, c] of GRADES) {
        row.append(button(words, () => {
          store.add({ q: card.id, h: card.hash, t: Date.now(), a: null, m: mark, c });
          this.took(mark);
          this.ask();
        }));
      }
      row.setAttribute("role", "group");
      row.ariaLabel = "Did you know it?";
      return row;
    }

    end() {
      const title = make("h2", { tabIndex: -1 }, "Done");
      const words = this.done ? `${this.right} of ${many(this.done, "answer")} right at once.` : "Nothing answered this time.";
      this.thing = null;
      this.place.replaceChildren(title, make("p", {}, words));
      title.focus();
      this.ended();
    }
  }

  Object.assign(study, { Runner, elementOf });
})();
