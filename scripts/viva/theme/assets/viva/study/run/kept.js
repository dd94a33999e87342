/* How a session is kept: written at every change, put back as it was, and taken over from another tab. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, Session } = study;
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  Object.assign(study.Runner.prototype, {
    /** Take up what was answered before the runner came. */
    adopt() {
      for (const leaf of this.leaves) if (leaf.attempts?.length && !this.item(leaf)?.tries?.length) this.put(leaf, { tries: this.tries(leaf), a: leaf.attempts.at(-1).answer });
    },

    /** What this page does itself, it does not take over from itself. */
    quietly(does) {
      this.isBusy = true;
      does();
      this.isBusy = false;
    },

    hold() {
      if (this.session) return;
      const { id, ...facts } = this.facts;
      const known = id && new Session(id);
      this.quietly(() => (this.session = known?.data ? known : Session.begin({ ...facts, at: this.at ?? 0 }, id)));
      this.began?.();
    },

    put(leaf, change) {
      this.hold();
      this.quietly(() => this.session.put(this.id(leaf), { h: leaf.dataset.hash, ...change }));
      this.times.set(leaf, this.item(leaf)?.u);
      this.line.draw();
    },

    set(change) {
      if (this.session) this.quietly(() => this.session.set(change));
    },

    /** Put every question as it was. Returns how many answers belonged to an older wording. */
    restore() {
      let changed = 0;
      for (const leaf of this.leaves) {
        const item = this.item(leaf);
        if (!item) continue;
        if (item.h === leaf.dataset.hash || !item.h) this.draw(leaf, item);
        else if ((item.a ?? null) !== null) changed++;
      }
      for (const question of this.questions) if (!this.leaves.includes(question)) this.draw(question, this.item(question));
      return changed;
    },

    draw(leaf, item) {
      this.times.set(leaf, item?.u);
      const tries = item?.tries ?? [];
      try {
        if (tries.length && !item.again && !this.isExam) leaf.resume(tries);
        else if ((item?.a ?? null) !== null) leaf.behaviour.write(leaf, item.a);
        if (item?.again) leaf.attempts = tries.map(({ a, m }) => ({ answer: a, mark: m }));
      } catch {
        leaf.clear(); // an answer that somebody edited
      }
      if (leaf.form) study.tools.restore(leaf, item);
      if (item?.locked && this.isExam) this.seal(leaf);
    },

    /** Take over what another tab did. */
    absorb() {
      if (this.isBusy || !this.session) return;
      const data = this.session.data;
      if (this.isSheet) return this.line.draw();
      if (!data || (data.ended && !this.isOver)) return location.reload();
      for (const leaf of this.leaves) {
        const item = data.items[this.id(leaf)];
        if (!item || item.h !== leaf.dataset.hash || leaf.isCard || item.u === this.times.get(leaf)) continue;
        const more = (item.tries?.length ?? 0) > leaf.attempts.length;
        if (!more && (leaf.dataset.state || same(item.a ?? null, leaf.behaviour.read(leaf)))) continue;
        if (!leaf.dataset.state) leaf.clear();
        this.draw(leaf, item);
      }
      this.line.draw();
    },

    keepAll() {
      if (this.session) this.leaves.forEach((leaf) => this.keep(leaf));
    },

    /** Write down an answer as it stands. */
    keep(leaf) {
      if (!leaf?.form || leaf.dataset.state || this.isOver || !this.leaves.includes(leaf)) return;
      const item = this.item(leaf);
      if (item?.locked) return;
      const now = { a: leaf.behaviour.read(leaf), ...study.tools.read(leaf) };
      const kept = { a: item?.a ?? null, x: item?.x ?? [], c: item?.c };
      if (this.isSheet) return same(now.x, kept.x) || this.put(leaf, { x: now.x });
      if (!same(now, kept)) this.put(leaf, now);
    },
  });
})();
