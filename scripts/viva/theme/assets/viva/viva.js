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

   The scripts of seldom types are named in this script's data-apart. Each comes when a question of its
   type comes near, or is touched; viva.ready() brings them all. viva/question.js has the question itself,
   viva/reveal.js what it tells.

   Every marked answer is told by a bubbling event, viva:attempt, whose detail is the question's id
   and hash, the answer, its mark, the number of the attempt, the quiz's mode, and for a step of a
   case the case's id. viva:judge tells of an answer that waits for the student's judgement, viva:retry
   that a question is tried again, viva:next that the student goes on: whoever prevents it leads the
   way. question.resume(tries) shows again what was answered before, and tells nobody. */
(() => {
  "use strict";
  if (window.viva?.type) return; // a heading called “viva” stands under this name too

  const REQUIRED = ["read", "write", "mark"];
  const types = {};
  const apart = new Map((document.currentScript?.dataset.apart ?? "").split(" ").filter(Boolean).map((src) => [/([^/]+)\.js$/.exec(src)[1], src]));
  const coming = {};
  let ready = document.readyState === "complete";

  /** A new element with classes and children; text stays text. */
  function make(tag, name, ...children) {
    const element = document.createElement(tag);
    element.className = name;
    element.append(...children);
    return element;
  }

  const { say, percent } = window.viva;
  const verdict = (mark) =>
    mark === 1 ? say("Right.") : mark > 0 ? say("Partly right: {share}.", { share: percent(mark) }) : say("Wrong.");
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

  /** What a type does; nothing while its script is still to come. */
  function behaviour(name) {
    if (ready && !apart.has(name)) types[name] ??= broken(name, say("no script registers it"));
    return types[name];
  }

  /** Bring the script of a type, once. */
  function come(name) {
    if (types[name] || !apart.has(name)) return Promise.resolve();
    coming[name] ??= new Promise((done) => {
      document.head.append(Object.assign(document.createElement("script"), { src: apart.get(name), onload: done, onerror: done }));
    }).then(() => {
      apart.delete(name); // whoever has not registered now does not
      wakeAll();
    });
    return coming[name];
  }

  const questions = () => [...document.querySelectorAll("viva-question")];
  const typeOf = (question) => question.getAttribute("type");

  function wakeAll() {
    for (const question of questions()) question.wake?.();
  }

  /** A screen before it is seen, a question gets the script of its type. */
  function watch() {
    const near = new IntersectionObserver((found) => {
      for (const { isIntersecting, target } of found) if (isIntersecting) come(typeOf(target));
    }, { rootMargin: "100% 0px" });
    for (const question of questions()) if (apart.has(typeOf(question))) near.observe(question);
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
      if (question?.isAwake) return question.hear(event);
      if (question && event.type === "submit") event.preventDefault();
      if (question) come(typeOf(question)).then(() => again(question, event));
    }
  }

  /** What was done before the script of its type had come is done then; what a control does itself is done. */
  function again(question, event) {
    const { type, target, clientX, clientY } = event;
    const isOwn = type === "click" && target.closest("a, button, input, label, select, summary");
    if (!question.isAwake || isOwn || /^(key|pointer)/.test(type)) return;
    const at = (type === "click" && document.elementFromPoint(clientX, clientY)) || target;
    if (question.contains(at)) at.dispatchEvent(new event.constructor(type, event));
  }

  Object.assign(window.viva, {
    make,
    behaviour,
    /** Once every type that the page asks is there. */
    ready: () => Promise.all([...new Set(questions().map(typeOf))].map(come)),
    type(name, behaviour = {}) {
      const lacks = REQUIRED.filter((part) => typeof behaviour[part] !== "function");
      types[name] = lacks.length
        ? broken(name, say("its script lacks {parts}", { parts: lacks.join(", ") }))
        : { ...DEFAULTS, ...behaviour };
      wakeAll();
    },
  });
  customElements.define("viva-quiz", Quiz);
  document.addEventListener("DOMContentLoaded", () => {
    ready = true;
    wakeAll();
    watch();
    for (const { early } of document.querySelectorAll("viva-quiz")) early?.requestSubmit();
  });
})();
