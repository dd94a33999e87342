/* What an assignment goes on with: the draft of this browser, another tab, the file of another device. */
(() => {
  "use strict";
  const { store, Assignment } = window.vivaStudy;
  const { say, number, locale } = window.viva;
  const OTHER = say("This is not the file of this assignment. Nothing was changed.");
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  Object.assign(Assignment.prototype, {
    goOn(kept, words = say("Your draft is back.")) {
      this.begin(kept.attempt ?? 1);
      const changed = this.draw(kept, this.questions);
      const numbers = new Intl.ListFormat(locale).format(changed.map((one) => number(this.number(one))));
      this.tell(".viva-draft", changed.length ? `${words} ${say("Changed since, please answer again: {numbers}.", { numbers })}` : words);
    },

    /** Put what is kept on the page; returns the questions that are other ones by now. */
    draw({ name = "", identifier = "", extra, items }, questions) {
      Object.assign(this.student.name, { value: name });
      Object.assign(this.student.identifier, { value: identifier });
      if (this.student.extra) this.student.extra.value = extra || "";
      return questions.filter((question) => !this.fill(question, items[question.id]));
    },

    /** Put a stored answer back; false when the question is another one by now. */
    fill(question, stored) {
      if (!stored || (stored.a ?? null) === null) return true;
      if (stored.h !== question.dataset.hash) return false;
      try {
        question.behaviour.write(question, stored.a);
        return true;
      } catch {
        return false;
      }
    },

    /** Take over what another tab did. */
    absorb() {
      if (this.busy) return;
      if (!this.session.data && this.isKept) return location.reload(); // it was erased there
      const [last] = this.kept();
      if (!last) return;
      if ((last.attempt ?? 1) > this.facts.attempt) return location.reload();
      const others = this.questions.filter((question) => {
        const item = last.items[question.id];
        return item?.h === question.dataset.hash && !same(item.a ?? null, question.behaviour.read(question));
      });
      for (const question of others) question.clear();
      this.draw(last, others);
      this.refresh();
    },

    /** Until the store was one, a draft was an entry of its own. */
    moveIn() {
      for (const course of [store.course, ...store.others.map((old) => old.course)]) {
        const name = `viva-assignment:${course}:${this.dataset.assignment}`;
        const old = store.storage && parsed(store.storage.getItem(name));
        if (old?.viva !== 1) continue;
        this.take(old);
        store.storage.removeItem(name);
        this.session = null;
      }
    },

    /** A session of what a file, or a draft of before, says. */
    take(file, finished = Date.parse(file.finished) || 0) {
      this.begin(Number(file.attempt) || 1);
      this.hold();
      const mine = this.draft;
      const pick = (name) => mine[name] || String(file[name] ?? "");
      const [started = null] = [mine.started, file.started].filter(Boolean).sort((one, other) => Date.parse(one) - Date.parse(other));
      const extra = mine.extra || Number(file.extra) || 0;
      this.session.set({ name: pick("name"), identifier: pick("identifier"), extra, started });
      for (const question of this.questions) {
        const given = file.answers?.[question.id];
        const item = mine.items[question.id];
        const newer = (item?.a ?? null) === null || finished > (item.u ?? 0);
        if (given && (given.answer ?? null) !== null && newer) this.session.put(question.id, { h: String(given.hash), a: given.answer });
      }
    },

    /** Go on with what another device saved. */
    async carryOn(input) {
      const file = input.files[0] && parsed(await input.files[0].text());
      input.value = "";
      if (file?.viva !== 1 || file.assignment !== this.dataset.assignment) return this.tell(".viva-draft", OTHER);
      this.quietly(() => this.take(file));
      this.questions.forEach((question) => question.clear());
      this.goOn(this.draft, say("Your answers from the file are here."));
      this.refresh();
    },
  });

  customElements.define("viva-assignment", Assignment);
})();
