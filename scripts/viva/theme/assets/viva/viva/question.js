/* A question: it is answered, marked, and tried again. What it tells stands in reveal.js. */
(() => {
  "use strict";
  if (customElements.get("viva-question")) return;
  const { make, say } = window.viva;

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

    /** Ready to be shown at once, to be answered when the script of its type is there. */
    wake() {
      if (document.readyState === "loading") return;
      if (!this.attempts) this.prepare();
      if (this.isAwake || !this.behaviour) return;
      this.isAwake = true;
      this.warn(this.behaviour.fault);
      this.behaviour.wake(this);
    }

    prepare() {
      this.attempts = [];
      this.form = this.querySelector(":scope > form");
      this.status = (this.form ?? this).querySelector(":scope > [role=status], :scope > .viva-actions > [role=status]");
      this.fieldset = this.form?.querySelector("fieldset");
      this.button = this.form?.querySelector(".viva-actions > button");
      this.mix();
    }

    /** One message for all questions of a type. */
    warn(fault) {
      const told = [...document.querySelectorAll(".viva-fault")].map((one) => one.textContent);
      if (fault && !told.includes(fault)) this.closest("viva-quiz > *").before(make("p", "viva-fault", fault));
    }

    get behaviour() {
      return window.viva.behaviour(this.getAttribute("type"));
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
      } else if (key === "Enter" && target.matches(".viva-number")) this.form?.requestSubmit(); // where one arrives by Enter
      const typing = target.matches(".viva-field input, select");
      if (typing || event.ctrlKey || event.altKey || event.metaKey) return;
      const choices = target.closest(".viva-choices") ?? this.querySelector(".viva-choices:not(details:not([open])>*)");
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
      this.fieldset.querySelector("input, select, button, summary").focus();
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

  customElements.define("viva-question", Question);
})();
