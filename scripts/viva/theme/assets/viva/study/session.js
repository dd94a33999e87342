/* A session: questions taken together, in a mode, that can be left and come back to. It is an entry
   s:<id> of the store, written at every change:

     mode     tutor, exam, review, cards, checkpoint or assignment
     of       what it asks about: a self-check's bank, a page, an assignment, "practice" or "review"
     title    how lists call it
     order    the ids of its questions, in their order
     at       the place of the question that is shown
     items    what was done with each question, by its id:
                h the question's hash, a its answer as it stands, tries [{a, m}] what was marked
                (m null waits for the student's own judgement), again whether it is tried anew after that,
                c confidence, x options struck out, d seconds, seen, locked, u when it changed last
     timer    {left, paused, hidden}, in seconds, or null
     began, ended   times; a session that has not ended goes on

   Flags and notes belong to the question whichever session it stands in: q:<id> of the store. What a
   session is made of may grow; what is not known here is kept as it is. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store } = study;

  class Session {
    constructor(id) {
      this.id = id;
    }

    /** Begin one; facts are its mode, of, order and whatever else is known of it. */
    static begin(facts, id = study.fresh()) {
      store.set(`s:${id}`, { at: 0, items: {}, timer: null, began: Date.now(), ...facts });
      return new Session(id);
    }

    /** What is kept of it now; undefined when another tab has put an end to it. */
    get data() {
      return store.get(`s:${this.id}`);
    }

    set(change) {
      if (this.data) store.update(`s:${this.id}`, (kept) => ({ ...kept, ...change }));
    }

    item(question) {
      return this.data?.items[question];
    }

    /** Change what is kept of one question, and nothing of another. */
    put(question, change) {
      if (!this.data) return;
      store.update(`s:${this.id}`, (kept) => {
        const before = kept.items[question];
        const item = { h: "", ...before, ...change, u: Math.max(Date.now(), (before?.u ?? 0) + 1) };
        return { ...kept, items: { ...kept.items, [question]: item } };
      });
    }

    end() {
      this.set({ ended: Date.now() });
    }

    discard() {
      store.remove(`s:${this.id}`);
      store.tell();
    }
  }

  /** The sessions that a test picks from all, newest first, each as its data with its id. */
  function sessions(picks = () => true) {
    const all = store.all("s").map(([id, data]) => ({ ...data, id })).filter(picks);
    return all.sort((one, other) => other.began - one.began || (one.id < other.id ? 1 : -1));
  }

  Object.assign(study, { Session, sessions, score: window.vivaScore });
})();
