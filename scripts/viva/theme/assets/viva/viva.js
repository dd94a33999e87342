/* Questions that answer back: commit before reveal, marks, another try, a summary. The page works
   without this script. A question without `data-key` stands on the sheet of an assignment: it is
   read, written and kept as a draft, never marked. Each type registers its part, the script.js of its
   folder, which holds rules and no key:

   viva.type(NAME, {
     read(question)               the answer as it is stored; null while nothing is given
     write(question, answer)      puts a stored answer back into an empty form
     mark(key, answer, question)  0 to 1, or null where only the student can judge

   What follows is optional; in its place stands
     missing(answer)              what is still to do, or "": "Answer first."; how many parts are open
     show(question, answer)       tells right from wrong on the answer itself: nothing
     verdict(question, mark)      "Right.", "Partly right: 50 %.", "Wrong."
     wake(question)               makes ready what only a script needs: nothing
     reset(question)              empties what the form itself does not: nothing
     strikes                      whether options can be struck out: false
     click, input, pointerdown(question, event)   what happens in a question that is open: nothing
   });

   `read` and `write` find all they need in the markup. question.changed() tells of an answer that has
   changed without the form's own `input` event. A type that does not register, or lacks one of the
   first three, gives one message that names it, and its questions stay unanswered. viva/answer.js
   has what types share.

   Every marked answer is told by a bubbling event, viva:attempt, whose detail is the question's id
   and hash, the answer, its mark, the number of the attempt, the quiz's mode, and for a step of a
   case the case's id. viva:judge tells of an answer that waits for the student's judgement, viva:retry
   that a question is tried again, viva:next that the student goes on: whoever prevents it leads the
   way. question.resume(tries) shows again what was answered before, and tells nobody. */
(() => {
  "use strict";
  if (window.viva?.type) return; // a heading called “viva” stands under this name too

  const REQUIRED = ["read", "write", "mark"];
  const AFTER = ":scope > :is(.viva-objective, .viva-read, .viva-references, .viva-class, .viva-signed)";
  const types = {};
  let ready = document.readyState === "complete";

  /** A new element with classes and children; text stays text. */
  function make(tag, name, ...children) {
    const element = document.createElement(tag);
    element.className = name;
    element.append(...children);
    return element;
  }

  const { say, percent } = window.viva;
  const stateOf = (mark) => (mark === 1 ? "right" : mark > 0 ? "partly" : "wrong");
  const verdict = (mark) =>
    mark === 1 ? say("Right.") : mark > 0 ? say("Partly right: {share}.", { share: percent(mark) }) : say("Wrong.");
  const firstTry = (mark) =>
    mark === 1 ? say("Your first try: right.")
      : mark > 0 ? say("Your first try: partly right: {share}.", { share: percent(mark) })
      : say("Your first try: wrong.");
  const nothing = () => {};

  /** What stands where a type says nothing itself. */
  const DEFAULTS = {
    missing(answer) {
      const open = [answer].flat().filter((part) => part === null).length;
      if (!open) return "";
      return answer ? say("Still open: {open} of {all}.", { open, all: answer.length }) : say("Answer first.");
    },
    show: nothing,
    verdict: (question, mark) => verdict(mark),
    wake: nothing,
    reset: nothing,
  };

  /** What stands for a type that cannot be asked: it says so, and takes no answer. */
  function broken(name, lacks) {
    const fault = say("Questions of the type “{name}” cannot be answered on this page: {lacks}.", { name, lacks });
    console.error(fault);
    return { ...DEFAULTS, fault, read: () => null, write: nothing, missing: () => fault };
  }

  /** Children in another order; those whose authored place is kept stay where they are. */
  function shuffle(parent, keep) {
    const children = [...parent.children];
    const left = children.filter((_, place) => !keep.includes(String(place)));
    for (const [place, child] of children.entries()) {
      const stays = keep.includes(String(place));
      parent.append(stays ? child : left.splice(Math.random() * left.length, 1)[0]);
    }
  }

  class Question extends HTMLElement {
    connectedCallback() {
      this.wake();
    }

    wake() {
      if (this.attempts || document.readyState === "loading") return;
      const name = this.getAttribute("type");
      if (ready) types[name] ??= broken(name, say("no script registers it"));
      if (!this.behaviour) return;
      this.attempts = [];
      this.form = this.querySelector(":scope > form");
      this.status = (this.form ?? this).querySelector(":scope > [role=status], :scope > .viva-actions > [role=status]");
      this.fieldset = this.form?.querySelector("fieldset");
      this.button = this.form?.querySelector(".viva-actions > button");
      this.mix();
      this.warn(this.behaviour.fault);
      this.behaviour.wake(this);
    }

    /** One message for all questions of a type. */
    warn(fault) {
      const told = [...document.querySelectorAll(".viva-fault")].map((one) => one.textContent);
      if (fault && !told.includes(fault)) this.closest("viva-quiz > *").before(make("p", "viva-fault", fault));
    }

    get behaviour() {
      return types[this.getAttribute("type")];
    }
    get isSheet() {
      return !("key" in this.dataset);
    }
    get isOpen() {
      return [this.behaviour.read(this)].flat(Infinity).includes(null);
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

    changed() {
      this.dispatchEvent(new Event("input", { bubbles: true }));
    }

    hear(event) {
      if (event.type === "submit") {
        event.preventDefault();
        if (this.dataset.state) this.goOn();
        else if (!this.isSheet) this.commit();
      } else if (event.type === "keydown") this.press(event);
      else if (event.type === "click" && event.target.closest(".viva-again")) this.retry();
      else if (event.type === "click" && event.target === this.button && event.detail > 1 && this.dataset.state) event.preventDefault(); // a double click does one thing
      else if (!this.dataset.state) this.behaviour[event.type]?.(this, event);
    }

    /** 1 to 9 choose an option, Enter goes on. A held Enter does not commit and go on in one go. */
    press(event) {
      const { key, target } = event;
      if (key === "Enter" && event.repeat) event.preventDefault();
      else if (key === "Enter" && this.dataset.state && !target.closest("a, button, summary, textarea")) {
        event.preventDefault();
        this.goOn();
      }
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
      const within = this.form.contains(document.activeElement);
      this.open();
      const mark = this.mark(answer);
      if (mark === null) this.ask(answer, within);
      else this.record(answer, mark);
      if (mark !== null && within) this.look();
    }

    /** Bring the focus to what is told, and scroll only where it is out of sight. */
    look() {
      this.feedback.focus({ preventScroll: true });
      if (this.feedback.getBoundingClientRect().top < 0) this.feedback.scrollIntoView({ block: "start" });
    }

    open() {
      this.dataset.state = "open";
      this.reveal();
      if (!this.form) return;
      this.fieldset.disabled = true;
      this.button.textContent = say("Next");
      this.button.hidden = !this.leads && !this.following;
    }

    /** The question after this one on the page. */
    get following() {
      const all = [...this.closest("viva-quiz").querySelectorAll("viva-question")].filter((one) => one.form);
      return all[all.indexOf(this) + 1];
    }

    goOn() {
      const next = new CustomEvent("viva:next", { bubbles: true, cancelable: true });
      if (this.dispatchEvent(next)) this.following?.come();
    }

    /** Bring it to the top, and the focus to it. */
    come() {
      const title = this.querySelector(".viva-number");
      title.tabIndex = -1;
      title.focus({ preventScroll: true });
      this.scrollIntoView({ block: "start" });
    }

    /** Show again what was answered before, [{ a, m }], the last try as it stands. */
    resume(tries) {
      const { a, m } = tries.at(-1);
      const marked = tries.filter((one) => one.m !== null).map((one) => ({ answer: one.a, mark: one.m }));
      this.attempts = marked;
      if (a !== null) this.behaviour.write(this, a);
      this.open();
      if (m === null) this.ask(a, false);
      else this.tell(a, m);
      this.dispatchEvent(new CustomEvent("viva:resumed", { bubbles: true }));
    }

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
    }

    /** Say how an answer did. */
    tell(answer, mark) {
      this.dataset.state = stateOf(mark);
      if (answer !== null) this.behaviour.show(this, answer);
      const words = answer === null ? say("Not answered.") : this.sentence(mark);
      this.say(words);
      if (this.form) this.verdict.textContent = words;
    }

    record(answer, mark) {
      const { attempts, name: id } = this;
      attempts.push({ answer, mark });
      this.tell(answer, mark);
      const { hash } = this.dataset;
      const mode = this.closest("viva-quiz").getAttribute("mode");
      const of = this.parentElement.closest("viva-question")?.name;
      const detail = { id, hash, answer, mark, attempt: attempts.length, mode, case: of };
      this.dispatchEvent(new CustomEvent("viva:attempt", { bubbles: true, detail }));
    }

    /** What is announced. A later try says how the first one went: that one counts. */
    sentence(mark) {
      const words = this.behaviour.verdict(this, mark);
      const again = this.attempts.length > 1;
      return again ? `${words} ${firstTry(this.attempts[0].mark)}` : words;
    }

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
    }

    again() {
      const made = make("button", "viva-again", say("Try again"));
      made.type = "button";
      return made;
    }

    /** Each option with its own why, where there is one for each. */
    explain(whys) {
      const options = this.form ? this.options : [];
      if (!whys || whys.children.length !== options.length) return;
      [...whys.children].forEach((said, place) => {
        said.querySelector("b").remove();
        if (said.textContent.trim()) options[place].append(make("div", "viva-why", ...said.childNodes));
      });
      whys.remove();
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
      this.judging?.replaceWith(this.button);
      for (const told of [this.feedback, this.after, ...this.form.querySelectorAll(".viva-why, .viva-again")]) told.remove();
      for (const told of this.form.querySelectorAll("[data-state]")) delete told.dataset.state;
      for (const tag of this.form.querySelectorAll(".viva-tag")) tag.remove();
      this.fieldset.disabled = false;
      this.clear();
      this.button.textContent = say("Check answer");
      this.button.hidden = false;
      this.say("");
      this.fieldset.querySelector("input, select, button").focus();
      this.dispatchEvent(new CustomEvent("viva:retry", { bubbles: true }));
    }

    /** Back to a form without an answer. */
    clear() {
      this.form?.reset();
      this.mix();
      this.behaviour.reset(this);
    }

    /** Options keep their authored place in `data-place`, in whatever order they are shown. */
    mix() {
      if (!this.form || !("shuffle" in this.dataset)) return;
      this.options.forEach((option, place) => (option.dataset.place ??= place));
      const keep = (this.dataset.keep ?? "").split(" ");
      for (const listed of this.form.querySelectorAll(".viva-options")) shuffle(listed, keep);
    }
  }

  function wakeAll() {
    for (const question of document.querySelectorAll("viva-question")) question.wake();
  }

  class Quiz extends HTMLElement {
    connectedCallback() {
      for (const kind of ["submit", "click", "input", "keydown", "pointerdown"])
        this.addEventListener(kind, this);
    }

    /** The theme's keys turn pages; in a quiz they do nothing. The second click of two is none. */
    handleEvent(event) {
      if (/^[np.,]$/i.test(event.key) && !this.runner) event.stopPropagation(); // a runner hears them
      if (event.detail > 1 && event.target.type === "submit") event.preventDefault();
      const question = event.target.closest("viva-question");
      if (question?.attempts) question.hear(event);
    }
  }

  Object.assign(window.viva, {
    make,
    type(name, behaviour = {}) {
      const lacks = REQUIRED.filter((part) => typeof behaviour[part] !== "function");
      types[name] = lacks.length
        ? broken(name, say("its script lacks {parts}", { parts: lacks.join(", ") }))
        : { ...DEFAULTS, ...behaviour };
      wakeAll();
    },
  });
  customElements.define("viva-question", Question);
  customElements.define("viva-quiz", Quiz);
  document.addEventListener("DOMContentLoaded", () => {
    ready = true;
    wakeAll();
  });
})();
