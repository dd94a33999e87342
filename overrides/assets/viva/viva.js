/* Questions that answer back. The page works without this script; it adds: commit before reveal,
   marks, another try, and a summary. Each type's own part is in types/ and registers itself:

   viva.type("single", {
     read(question),            the answer as it is stored; null while nothing is given
     missing(answer),           what is still to do before the answer can be checked, or ""
     mark(key, answer),         0 to 1, or null where only the student can judge
     show(question, answer),    marks right and wrong on the answer itself
     verdict(question, mark),   optional: right, partly right or wrong in other words
     wake, input, press, point, reset   optional: (question, event)
   }); */
(() => {
  "use strict";
  if (window.viva) return;

  const types = {};
  const byType = (name) => document.querySelectorAll(`viva-question[type="${name}"]`);

  /** A new element with classes and children; text stays text. */
  function make(tag, name, ...children) {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(...children);
    return element;
  }

  /** Say in words, with an icon, how a part of the answer did. */
  function tag(element, state, words) {
    element.dataset.state = state;
    element.append(make("span", "viva-tag", words));
  }

  const stateOf = (mark) => (mark === 1 ? "right" : mark > 0 ? "partly" : "wrong");

  function verdict(mark) {
    if (mark === 1) return "Right.";
    return mark > 0 ? `Partly right: ${Math.round(100 * mark)}\u00a0%.` : "Wrong.";
  }

  function shuffle(parent) {
    const left = [...parent.children];
    while (left.length) parent.append(...left.splice(Math.floor(Math.random() * left.length), 1));
  }

  /** The site's own HTML that waits in a <noscript>: as text, or as elements where the document
      was parsed without scripting. */
  function keySheet(question) {
    const noscript = question.querySelector(":scope > noscript");
    const sheet = document.createElement("template");
    if (noscript.firstElementChild) sheet.content.append(noscript.firstElementChild.cloneNode(true));
    else sheet.innerHTML = noscript.textContent;
    const details = sheet.content.querySelector("details");
    details.querySelector("summary").remove();
    return details;
  }

  class Question extends HTMLElement {
    connectedCallback() {
      if (document.readyState !== "loading") this.wake();
      else document.addEventListener("DOMContentLoaded", () => this.wake(), { once: true });
    }

    wake() {
      if (this.attempts || !this.behaviour) return;
      this.attempts = [];
      this.mix();
      this.behaviour.wake?.(this);
    }

    get behaviour() {
      return types[this.getAttribute("type")];
    }
    get key() {
      return JSON.parse(this.dataset.key);
    }
    get name() {
      return this.dataset.id ?? this.id;
    }
    get form() {
      return this.querySelector(":scope > form");
    }
    get fieldset() {
      return this.form.querySelector("fieldset");
    }
    get button() {
      return this.form.querySelector(".viva-actions > button");
    }
    get status() {
      return (this.form ?? this).querySelector(":scope > .viva-actions > [role=status]");
    }
    get options() {
      return [...this.form.querySelectorAll(".viva-options > *")];
    }
    get committed() {
      return "state" in this.dataset;
    }

    /** The mark of a stored answer; one left open gets none. */
    mark(answer) {
      return answer === null ? 0 : this.behaviour.mark(this.key, answer, this);
    }

    say(words) {
      this.status.textContent = words;
    }

    submit(event) {
      event.preventDefault();
      if (this.committed) this.retry();
      else this.commit();
    }

    commit() {
      const answer = this.behaviour.read(this);
      const missing = this.behaviour.missing(answer);
      if (missing) return this.say(missing);
      const mark = this.mark(answer);
      this.dataset.state = "open";
      this.reveal();
      if (this.fieldset.contains(document.activeElement)) this.button.focus();
      this.fieldset.disabled = true;
      this.button.textContent = "Try again";
      if (mark === null) this.ask(answer);
      else this.record(answer, mark);
    }

    /** Only the student can tell whether the answer is right. */
    ask(answer) {
      const button = (words, mark) => {
        const made = make("button", "", words);
        made.type = "button";
        made.onclick = () => {
          this.judging.remove();
          this.button.hidden = false;
          this.button.focus();
          this.record(answer, mark);
        };
        return made;
      };
      const words = make("span", "", "Compare your answer with the one below. Was yours right?");
      this.judging = make("span", "viva-judging", words, button("Yes", 1), button("No", 0));
      this.judging.role = "group";
      this.judging.tabIndex = -1;
      this.judging.ariaLabel = words.textContent;
      this.button.hidden = true;
      this.button.after(this.judging);
      this.judging.focus({ preventScroll: true });
    }

    record(answer, mark) {
      this.attempts.push({ answer, mark });
      this.dataset.state = stateOf(mark);
      this.behaviour.show(this, answer);
      this.say(this.sentence(mark));
      const { hash } = this.dataset;
      const mode = this.closest("viva-quiz").getAttribute("mode");
      const of = this.parentElement.closest("viva-question")?.name;
      const detail = { id: this.name, hash, answer, mark, attempt: this.attempts.length, mode, case: of };
      this.dispatchEvent(new CustomEvent("viva:attempt", { bubbles: true, detail }));
    }

    /** What is announced. A later try says how the first one went: that one counts. */
    sentence(mark) {
      const words = this.behaviour.verdict?.(this, mark) ?? verdict(mark);
      if (this.attempts.length === 1) return words;
      return `${words} Your first try: ${verdict(first(this)).toLowerCase()}`;
    }

    reveal() {
      this.feedback = make("div", "viva-feedback", ...this.sheet().childNodes);
      this.append(this.feedback);
    }

    /** The key, with what is said about the options in the order in which they are shown. */
    sheet() {
      const sheet = keySheet(this);
      const whys = sheet.querySelector(".viva-whys");
      if (whys && "shuffle" in this.dataset) {
        const items = [...whys.children];
        whys.append(...this.options.map((option) => items[option.dataset.place]));
      }
      return sheet;
    }

    retry() {
      delete this.dataset.state;
      this.feedback.remove();
      this.form.querySelectorAll(".viva-tag").forEach((found) => found.remove());
      this.form.querySelectorAll("[data-state]").forEach((found) => delete found.dataset.state);
      this.fieldset.disabled = false;
      this.form.reset();
      this.mix();
      this.behaviour.reset?.(this);
      this.button.textContent = "Check answer";
      this.say("");
      this.fieldset.querySelector("input, select, button").focus();
    }

    /** Options keep their authored place in `data-place`, in whatever order they are shown. */
    mix() {
      if (!("shuffle" in this.dataset) || !this.form) return;
      this.options.forEach((option, place) => (option.dataset.place ??= place));
      this.form.querySelectorAll(".viva-options").forEach(shuffle);
    }

    click(event) {
      this.behaviour.press?.(this, event);
    }
    input(event) {
      this.behaviour.input?.(this, event);
    }
    pointerdown(event) {
      if (!this.committed) this.behaviour.point?.(this, event);
    }

    /** 1 to 9 choose an option. A held Enter does not commit and try again in one go. */
    keydown(event) {
      if (event.key === "Enter" && event.repeat) event.preventDefault();
      if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
      if (event.target.matches("input:not([type=radio], [type=checkbox]), select")) return;
      const choices = event.target.closest(".viva-choices") ?? this.querySelector(".viva-choices");
      const input = choices?.querySelectorAll("input")[event.key - 1];
      if (!input || input.matches(":disabled")) return;
      event.preventDefault();
      input.focus();
      input.click();
    }
  }

  const HEARD = ["submit", "click", "input", "keydown", "pointerdown"];

  class Quiz extends HTMLElement {
    connectedCallback() {
      for (const kind of [...HEARD, "viva:attempt"]) this.addEventListener(kind, this);
    }

    handleEvent(event) {
      if (event.type === "viva:attempt") return this.summarise();
      const question = event.target.closest("viva-question");
      if (question?.attempts) question[event.type](event);
    }

    summarise() {
      if (this.getAttribute("mode") !== "self-check") return;
      const all = [...this.children].filter((child) => child instanceof Question);
      const done = all.filter((question) => question.attempts.length);
      const summary = make("section", "viva-summary", make("h2", "", "Your result"), total(all, done));
      summary.append(...byObjective([...this.querySelectorAll("viva-question")]), ...toRead(this));
      this.querySelector(".viva-summary")?.remove();
      this.append(summary);
    }
  }

  const first = (question) => question.attempts[0].mark;
  const sum = (questions) => Math.round(100 * questions.reduce((all, one) => all + first(one), 0)) / 100;

  function total(all, done) {
    const marks = done.length ? ` Mark at the first try: ${sum(done)} of ${done.length}.` : "";
    return make("p", "", `Answered: ${done.length} of ${all.length}.${marks}`);
  }

  /** One line for each objective: how many of its questions were right at the first try. */
  function byObjective(questions) {
    const groups = new Map();
    for (const question of questions.filter((one) => one.attempts.length && one.form)) {
      const objective = question.feedback.querySelector(".viva-objective > span")?.textContent;
      if (objective) groups.set(objective, [...(groups.get(objective) ?? []), question]);
    }
    const lines = [...groups].map(([objective, group]) =>
      make("li", "", make("span", "", objective), " ", make("b", "", `${sum(group)} of ${group.length}`)));
    return lines.length ? [make("h3", "", "By objective"), make("ul", "viva-scores", ...lines)] : [];
  }

  /** Links to the sections behind every answer that was not right at the first try. */
  function toRead(quiz) {
    const links = new Map();
    for (const question of quiz.querySelectorAll("viva-question")) {
      const missed = question.attempts.length && first(question) < 1;
      const link = missed && question.feedback.querySelector(".viva-read a");
      if (link) links.set(link.href, link.cloneNode(true));
    }
    const lines = [...links.values()].map((link) => make("li", "", link));
    return lines.length ? [make("h3", "", "Read again"), make("ul", "", ...lines)] : [];
  }

  /** On paper the questions come first, and the key of those not yet answered after them. */
  function printKey() {
    const entries = [...document.querySelectorAll("viva-question")]
      .filter((question) => question.attempts && !question.feedback?.isConnected)
      .map((question) => {
        const name = question.querySelector(".viva-number").firstChild.textContent.trim();
        return make("section", "", make("h3", "", name), ...question.sheet().childNodes);
      });
    if (entries.length) [...document.querySelectorAll("viva-quiz")].at(-1)
      .after(make("section", "viva-print viva-quiz", make("h2", "", "Key"), ...entries));
  }
  addEventListener("beforeprint", printKey);
  addEventListener("afterprint", () => document.querySelector(".viva-print")?.remove());

  window.viva = {
    make,
    tag,
    type(name, behaviour) {
      types[name] = behaviour;
      byType(name).forEach((question) => question.wake());
    },
    /** Give an item a handle: a finger elsewhere on it scrolls the page. */
    grip(item) {
      item.prepend(make("span", "viva-grip"));
    },
    /** Follow the pointer that went down on an item until it is let go; `drop` gets no event when
        the drag was broken off. False when it is no drag. */
    drag(event, area, move, drop) {
      if (event.button || (event.pointerType === "touch" && !event.target.matches(".viva-grip"))) return false;
      event.preventDefault();
      area.setPointerCapture(event.pointerId);
      const stop = new AbortController();
      const listen = (kind, does) => area.addEventListener(kind, does, { signal: stop.signal });
      listen("pointermove", move);
      listen("pointerup", (up) => (stop.abort(), drop(up)));
      listen("pointercancel", () => (stop.abort(), drop()));
      return true;
    },
  };
  customElements.define("viva-question", Question);
  customElements.define("viva-quiz", Quiz);
})();
