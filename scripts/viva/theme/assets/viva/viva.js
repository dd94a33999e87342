/* Questions that answer back: commit before reveal, marks, another try, a summary. The page works
   without this script. Each type's own part, in types/, registers itself:

   viva.type("single", {
     read(question),              the answer as it is stored; null while nothing is given
     missing(answer),             what is still to do before the answer can be checked, or ""
     mark(key, answer, question), 0 to 1, or null where only the student can judge
     show(question, answer),      tells right from wrong on the answer itself
     verdict(question, mark),     optional: "Right.", "Wrong." in other words
     write(question, answer),     optional: puts back what the form's own fields do not hold
     wake(question), reset(question), click, input, pointerdown(question, event)   optional
   });

   Every marked answer is told by a bubbling event, viva:attempt, whose detail is the question's id
   and hash, the answer, its mark, the number of the attempt, the quiz's mode, and for a step of a
   case the case's id. */
(() => {
  "use strict";
  if (window.viva) return;

  const types = {};

  /** A new element with classes and children; text stays text. */
  function make(tag, name, ...children) {
    const element = document.createElement(tag);
    element.className = name;
    element.append(...children);
    return element;
  }

  const percent = (mark) => `${Math.round(100 * mark)}\u00a0%`;
  const stateOf = (mark) => (mark === 1 ? "right" : mark > 0 ? "partly" : "wrong");
  const verdict = (mark) =>
    mark === 1 ? "Right." : mark > 0 ? `Partly right: ${percent(mark)}.` : "Wrong.";

  function shuffle(parent) {
    const left = [...parent.children];
    while (left.length) parent.append(...left.splice(Math.random() * left.length, 1));
  }

  class Question extends HTMLElement {
    connectedCallback() {
      if (document.readyState === "loading") addEventListener("DOMContentLoaded", () => this.wake());
      else this.wake();
    }

    wake() {
      if (this.attempts || !this.behaviour) return;
      this.attempts = [];
      this.form = this.querySelector(":scope > form");
      this.status = (this.form ?? this).querySelector(":scope > .viva-actions > [role=status]");
      this.fieldset = this.form?.querySelector("fieldset");
      this.button = this.form?.querySelector(".viva-actions > button");
      this.mix();
      this.behaviour.wake?.(this);
    }

    get behaviour() {
      return types[this.getAttribute("type")];
    }
    get key() {
      return JSON.parse(this.dataset.key);
    }
    get options() {
      return [...this.form.querySelectorAll(".viva-options > *")];
    }
    get name() {
      return this.dataset.id ?? this.id;
    }

    /** The mark of a stored answer; one left open gets none. */
    mark(answer) {
      return answer === null ? 0 : this.behaviour.mark(this.key, answer, this);
    }

    say(words) {
      this.status.textContent = words;
    }

    hear(event) {
      if (event.type === "submit") {
        event.preventDefault();
        if (this.dataset.state) this.retry();
        else this.commit();
      } else if (event.type === "keydown") this.press(event);
      else if (!this.dataset.state) this.behaviour[event.type]?.(this, event);
    }

    /** 1 to 9 choose an option. A held Enter does not commit and try again in one go. */
    press(event) {
      const { key, target } = event;
      if (key === "Enter" && event.repeat) event.preventDefault();
      const typing = target.matches(".viva-field input, select");
      if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
      const choices = target.closest(".viva-choices") ?? this.querySelector(".viva-choices");
      const input = /^[1-9]$/.test(key) && choices?.querySelectorAll("input:enabled")[key - 1];
      if (!input) return;
      event.preventDefault();
      input.focus();
      input.click();
    }

    commit() {
      const answer = this.behaviour.read(this);
      const missing = this.behaviour.missing(answer);
      if (missing) this.say(missing);
      else this.settle(answer);
    }

    /** Mark an answer, whole or not, and reveal what is right; null is an answer left open. */
    settle(answer) {
      this.dataset.state = "open";
      this.reveal();
      if (this.fieldset.contains(document.activeElement)) this.button.focus();
      this.fieldset.disabled = true;
      this.button.textContent = "Try again";
      const mark = this.mark(answer);
      if (mark === null) this.ask(answer);
      else this.record(answer, mark);
    }

    /** Only the student can tell whether the answer is right. */
    ask(answer) {
      const words = "Compare your answer with the one below. Was yours right?";
      const judging = make("span", "viva-judging", make("span", "", words));
      for (const [word, mark] of [["Yes", 1], ["No", 0]]) {
        const button = make("button", "", word);
        button.type = "button";
        button.onclick = () => {
          judging.replaceWith(this.button);
          this.button.focus();
          this.record(answer, mark);
        };
        judging.append(button);
      }
      judging.setAttribute("role", "group");
      judging.setAttribute("aria-label", words);
      judging.tabIndex = -1;
      this.say("");
      this.button.replaceWith(judging);
      judging.focus({ preventScroll: true });
    }

    record(answer, mark) {
      const { attempts, name: id } = this;
      attempts.push({ answer, mark });
      this.dataset.state = stateOf(mark);
      if (answer !== null) this.behaviour.show(this, answer);
      this.say(answer === null ? "Not answered." : this.sentence(mark));
      const { hash } = this.dataset;
      const mode = this.closest("viva-quiz").getAttribute("mode");
      const of = this.parentElement.closest("viva-question")?.name;
      const detail = { id, hash, answer, mark, attempt: attempts.length, mode, case: of };
      this.dispatchEvent(new CustomEvent("viva:attempt", { bubbles: true, detail }));
    }

    /** What is announced. A later try says how the first one went: that one counts. */
    sentence(mark) {
      const words = this.behaviour.verdict?.(this, mark) ?? verdict(mark);
      const again = this.attempts.length > 1;
      return again ? `${words} Your first try: ${verdict(this.attempts[0].mark).toLowerCase()}` : words;
    }

    reveal() {
      this.feedback = make("div", "viva-feedback", ...this.sheet().childNodes);
      this.append(this.feedback);
    }

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
    }

    retry() {
      delete this.dataset.state;
      this.feedback.remove();
      for (const told of this.form.querySelectorAll("[data-state]")) delete told.dataset.state;
      for (const tag of this.form.querySelectorAll(".viva-tag")) tag.remove();
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
      if (!this.form || !("shuffle" in this.dataset)) return;
      this.options.forEach((option, place) => (option.dataset.place ??= place));
      this.form.querySelectorAll(".viva-options").forEach(shuffle);
    }
  }

  class Quiz extends HTMLElement {
    connectedCallback() {
      for (const kind of ["submit", "click", "input", "keydown", "pointerdown"])
        this.addEventListener(kind, this);
    }

    handleEvent(event) {
      const question = event.target.closest("viva-question");
      if (question?.attempts) question.hear(event);
    }
  }

  window.viva = {
    make,
    percent,
    letter: (place) => String.fromCharCode(65 + Number(place)),
    type(name, behaviour) {
      types[name] = behaviour;
      for (const question of document.querySelectorAll(`viva-question[type="${name}"]`)) question.wake();
    },
    /** Tell in words, with an icon, how a part of the answer did. */
    tag(element, state, words) {
      element.dataset.state = state;
      element.append(make("span", "viva-tag", words));
    },
    /** Answers in parts, each a control named by its number: read, count the open ones, mark. */
    parts(question, meaning) {
      const controls = question.form.elements;
      const values = question.key.answers.map((_, part) => controls.namedItem(part).value);
      return values.some(Boolean) ? values.map((value) => (value ? meaning(value) : null)) : null;
    },
    open: (answer) => answer.filter((part) => part === null).length,
    share: ({ answers }, answer) =>
      answer.filter((part, place) => part === answers[place]).length / answers.length,
    /** Give an item a handle: a finger elsewhere on it scrolls the page. */
    grip(item) {
      item.prepend(make("span", "viva-grip"));
    },
    /** Follow the pointer that went down on an item until it is let go; `drop` gets no event when
        the drag was broken off. False when it is no drag. */
    drag(event, area, move, drop) {
      const { button, pointerType, pointerId, target } = event;
      if (button || (pointerType === "touch" && !target.matches(".viva-grip"))) return false;
      event.preventDefault();
      area.setPointerCapture(pointerId);
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
