/* An exam: its steps are locked one by one, it is handed in, and marked in silence. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { caseOf } = study;
  const { make, say, count } = window.viva;

  Object.assign(study.Runner.prototype, {
    /** A step of a case is locked before the next finding appears: there is no way back. */
    dress(leaf) {
      leaf.button.hidden = true;
      if (!caseOf(leaf) || this.item(leaf)?.locked || leaf.querySelector(".viva-lock")) return;
      const lock = make("button", "viva-lock", say("Lock this answer and go on"));
      lock.type = "button";
      lock.onclick = () => this.lock(leaf, lock);
      leaf.button.after(lock);
    },

    lock(leaf, pressed) {
      const missing = leaf.behaviour.missing(leaf.behaviour.read(leaf));
      if (missing) return leaf.say(missing);
      this.keep(leaf);
      this.put(leaf, { locked: true });
      pressed.remove();
      this.seal(leaf);
      leaf.say(say("Locked."));
      if (leaf.following && caseOf(leaf.following) === caseOf(leaf)) leaf.following.come();
    },

    seal(leaf) {
      leaf.fieldset.disabled = true;
      const next = leaf.nextElementSibling;
      if (next?.matches(".viva-next")) next.open = true;
    },

    askToHandIn() {
      const open = this.entries.filter(({ leaf }) => !this.isAnswered(leaf)).length;
      const total = this.entries.length;
      const words = open ? count("{n} of {total} questions is not fully answered and will lose marks.", "{n} of {total} questions are not fully answered and will lose marks.", open, { total }) : say("Every question is answered.");
      study.decide(this.quiz, say("Hand in?"), words, [[say("Go on with the exam")], [say("Hand in"), () => this.handIn()]]);
    },

    handIn() {
      this.keepAll();
      this.isOver = true;
      for (const leaf of this.leaves) this.mark(leaf);
      this.end();
    },

    /** Marked in silence: the result is announced once, for all. */
    mark(leaf) {
      if (leaf.behaviour.fault) return;
      leaf.status.setAttribute("aria-live", "off");
      leaf.querySelector(".viva-lock")?.remove();
      leaf.button.hidden = false;
      leaf.fieldset.disabled = false;
      const sure = this.item(leaf)?.c;
      if (sure) leaf.dataset.confidence = sure;
      leaf.settle(leaf.behaviour.read(leaf));
      setTimeout(() => leaf.status.removeAttribute("aria-live"), 1000);
    },
  });
})();
