/* A flashcard takes part in a session as a question does: it is turned, and graded by the student. Each
   grade says when the card would come back. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store } = study;
  const { make, say, count } = window.viva;
  const GRADES = [[say("No"), 0, undefined, "wrong"], [say("Hard"), 1, 1, "hard"], [say("Yes"), 1, 2, "yes"], [say("Easy"), 1, 3, "right"]];

  /** In how many days a card comes back after an answer now, in words. */
  function comesBack(card, m, c) {
    const own = store.attempts().filter(({ q, h }) => q === card.id && h === card.hash);
    const { due } = study.schedule([...own, { t: Date.now(), m, c }], study.examDay());
    const days = Math.max(1, due - study.today());
    if (days < 31) return count("{n} day", "{n} days", days);
    if (days < 365) return count("{n} month", "{n} months", Math.round(days / 30.4));
    return count("{n} year", "{n} years", Math.round(days / 36.5) / 10);
  }

  /** The back of a card, its references, and where to read it again. The HTML is the site's own. */
  function backOf({ back, references, read }) {
    const meaning = Object.assign(make("p", "viva-meaning"), { innerHTML: back });
    const link = Object.assign(make("a", "", read.title), { href: study.root + read.url });
    const sources = references.map((reference) => Object.assign(make("li", ""), { innerHTML: reference }));
    const parts = [meaning, make("p", "viva-read", make("b", "", say("Read this again:")), " ", link)];
    return sources.length ? [...parts, make("ul", "viva-references", ...sources)] : parts;
  }

  /** A figure with one of its labels covered. */
  function figureOf({ src, box: [left, top, width, height] }) {
    const cover = make("span", "viva-cover", "?");
    for (const [name, share] of Object.entries({ left, top, width, height })) cover.style.setProperty(name, `${100 * share}%`);
    const image = Object.assign(make("img", ""), { src: study.root + src, alt: say("A labelled figure; one name is hidden.") });
    return make("div", "viva-occluded", image, cover);
  }

  const PART = {
    isCard: true,
    behaviour: { read: () => null, write: () => {} },

    turn() {
      if (this.dataset.turned !== undefined) return;
      this.dataset.turned = "";
      this.answer.append(...backOf(this.card));
      this.show.replaceWith(this.grades());
      this.answer.tabIndex = -1;
      this.answer.focus({ preventScroll: true }); // a repeated key grades nothing
    },

    grades() {
      const row = make("p", "viva-grades", make("span", "", say("Did you know it?")));
      GRADES.forEach(([words, m, c, kind], place) => {
        const made = study.button(`viva-grade viva-grade-${kind}`, "", () => this.grade(place));
        made.append(make("b", "", words), " ", make("small", "", comesBack(this.card, m, c)));
        row.append(made);
      });
      row.setAttribute("role", "group");
      row.ariaLabel = say("Did you know it?");
      return row;
    },

    grade(place) {
      const [, mark, c] = GRADES[place];
      const { id, hash } = this.card;
      if (c) this.dataset.confidence = c;
      else delete this.dataset.confidence;
      this.attempts.push({ answer: null, mark });
      this.dataset.state = mark ? "right" : "wrong";
      const detail = { id, hash, answer: null, mark, attempt: this.attempts.length, mode: "cards" };
      this.dispatchEvent(new CustomEvent("viva:attempt", { bubbles: true, detail }));
      this.dispatchEvent(new CustomEvent("viva:next", { bubbles: true, cancelable: true }));
    },

    /** Enter or Space turns a card; 1 to 4 say how well it was known. */
    press(key) {
      const isTurned = this.dataset.turned !== undefined;
      if ([" ", "Enter"].includes(key)) return isTurned || (this.turn(), true);
      if (!/^[1-4]$/.test(key) || !isTurned || this.dataset.state) return false;
      this.grade(key - 1);
      return true;
    },

    resume(tries) {
      this.attempts = tries.map(({ a, m }) => ({ answer: a, mark: m }));
      this.dataset.state = tries.at(-1).m ? "right" : "wrong";
      this.dataset.turned = "";
      this.answer.append(...backOf(this.card));
      this.show.remove();
    },

    /** Show the front again. */
    retry() {
      delete this.dataset.state;
      delete this.dataset.turned;
      this.answer.replaceChildren();
      this.querySelector(".viva-grades")?.remove();
      this.box.append(this.show);
    },

    clear() {},
  };

  /** The element of a card, by its data. */
  study.cardOf = (card, kind) => {
    const title = make("h2", "viva-number", ...kind);
    const answer = make("div", "viva-card-answer"); // there from the start, so that what comes into it is announced
    answer.setAttribute("role", "status");
    const box = make("div", "viva-card-box", title, make("p", "viva-card-term", card.stem), ...(card.figure ? [figureOf(card.figure)] : []), answer);
    const element = Object.assign(make("section", "viva-card", box), PART, { id: card.id, name: card.id, card, box, answer, attempts: [] });
    element.dataset.hash = card.hash;
    element.show = study.button("viva-button viva-main viva-turn", say("Show the answer"), () => element.turn());
    box.append(element.show);
    element.addEventListener("keydown", (event) => {
      if (event.repeat) return event.preventDefault(); // a held key does not turn a card and grade it
      if (event.target.closest("a, button") && [" ", "Enter"].includes(event.key)) return;
      if (element.press(event.key)) event.preventDefault();
    });
    return element;
  };
})();
