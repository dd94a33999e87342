/* What a student has done, kept in this browser and nowhere else. Every page that asks or remembers
   anything goes through this one store: study pages, exams and assignments.

   Every attempt is an entry of its own, written once and never changed: two tabs cannot overwrite
   each other, one damaged entry harms no other, and two devices merge by taking every entry of both.
   What does change (a session, a flag) is read again before it is written. Names of entries, after
   the course's prefix:

     schema, device, was   the version of all this; this browser's own name; names taken over
     a:<id>      an attempt {q, h, t, a, m, c, d, s, v, n}: question, its hash, time, answer, mark from
                 0 to 1, confidence from 1 to 3 and seconds where they are known, session; the browser
                 that took it down, and how many it had then
     q:<id>      what the student put on a question {flag, flagged, note, noted}, with times
     s:<id>      a session: session.js says what is in it
     r:<page>    a page that was read {on, at}: false where it was taken back
     b:<page#section>  a bookmark {on, at, title}
     h:<id>      a highlight {on, at, page, section, text, before, after}
     p:<name>    a preference
     aside:<n>   what could not be read, kept as it was found

   A page may ask window.vivaStudy.store for
     attempts()              every attempt, oldest first
     add(attempt)            write one down
     get(name), set(name, value), update(name, change), remove(name), names(kind)
     all(kind)               the entries of a kind as [name without its kind, value], those taken back left out
     turn(name, on, more)    read, bookmark, highlight: put it on or take it back
     pref(name, fallback), set("p:name", value)
     listen(hears)           called when anything changes, in this tab or in another
     messages()              what the reader has to know, in sentences
     erase()                 forget everything (study/store/erase.js: with all copies)
   and vivaStudy for Session, sessions() and score() (session.js), and for items() and the states of questions:
   read(store, things) and dueOrder() (state.js, with ts-fsrs and course-data.js before it). */
(() => {
  "use strict";
  if (window.vivaStudy?.store) return;

  const { say } = window.viva;
  const SCHEMA = 2;
  const DAWN = Date.UTC(2020, 0); // a clock before that was never set
  const META = ["schema", "device", "was"];
  const WORTH = 5;
  const SAID = {
    refused: say("This browser keeps nothing for the course. Your progress lasts until you close the page."),
    full: say("The browser’s storage is full. What you do now lasts until you close the page: export it, then make room."),
    newer: say("Your progress was kept by a newer version of the course. This one only reads it."),
    damaged: say("Some stored entries could not be read. They are kept aside and go into an export; the rest counts."),
  };

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {} // it is undefined
  }

  /** An id that no other tab or device makes. */
  function fresh() {
    return [Date.now(), ...crypto.getRandomValues(new Uint32Array(2))].map((number) => number.toString(36)).join("-");
  }

  /** Attempts in the order in which they happened. A clock can be wrong: no attempt is later than now, or
      than one that the same browser took down after it. */
  function ordered(attempts) {
    const arrived = attempts.sort((one, other) => (one.n ?? 0) - (other.n ?? 0) || one.t - other.t || (one.id < other.id ? -1 : 1));
    const limits = {};
    const before = {};
    for (const one of [...arrived].reverse()) {
      one.t = Math.min(one.t, limits[one.v] ?? Date.now());
      if (one.t > DAWN) limits[one.v] = one.t;
    }
    for (const one of arrived) before[one.v] = one.t = one.t > DAWN ? one.t : Math.max(one.t, before[one.v] ?? 0);
    return arrived.sort((one, other) => one.t - other.t);
  }

  class Store {
    constructor(course, storage, migrations = window.vivaStudy.MIGRATIONS, schema = SCHEMA) {
      Object.assign(this, { prefix: `viva:${course}:`, course, storage, migrations, schema });
      this.memory = new Map();
      this.problems = new Set(storage ? [] : ["refused"]);
      this.heard = [];
      this.others = [];
      this.meet();
    }

    watch() {
      const changed = (concerns) => {
        if (!concerns) return;
        this.known = null;
        this.tell();
      };
      addEventListener("storage", ({ key }) => changed(key === null || key.startsWith(this.prefix)));
      // A page that the reader comes back to has heard nothing meanwhile.
      addEventListener("pageshow", ({ persisted }) => changed(persisted));
    }

    /** Bring older entries up to date; leave newer ones alone. */
    meet() {
      const found = parsed(this.raw("schema"));
      if (found > this.schema) return this.problems.add("newer");
      const from = Number.isInteger(found) && found > 0 ? found : this.names().length ? 1 : this.schema;
      for (const name of from < this.schema ? this.names() : []) {
        const value = parsed(this.raw(name));
        if (value !== undefined) this.lift(name, value, from);
      }
      if (found !== this.schema && this.names().length) this.put("schema", String(this.schema));
    }

    lift(name, value, from) {
      try {
        const [now, made] = this.migrated(name, value, from);
        if (made !== value) this.put(now, JSON.stringify(made));
        if (now !== name) this.remove(name);
      } catch {
        this.setAside(name, this.raw(name)); // somebody edited it
      }
    }

    migrated(name, value, from) {
      for (let version = from; version < this.schema; version++) [name, value] = this.migrations[version](name, value);
      return [name, value];
    }

    /** Take over what the course kept under an earlier name; a name that another course may have had too
        keeps its own. */
    adopt(course, shared) {
      const old = new Store(course, this.storage);
      const names = old.names();
      this.others.push(old);
      const taken = parsed(this.raw("was")) ?? [];
      if (!names.length || old.problems.size || this.problems.has("newer") || taken.includes(course)) return;
      for (const name of names) if (this.raw(name) === null) this.put(name, old.raw(name));
      if (shared) this.put("was", JSON.stringify([...taken, course]));
      else if (!this.problems.has("full")) old.forget();
      this.put("schema", String(this.schema));
    }

    raw(name) {
      return this.memory.has(name) ? this.memory.get(name) : (this.storage?.getItem(this.prefix + name) ?? null);
    }

    /** Write text. What the browser does not take waits in memory for the next time, and the reader
        is told. */
    put(name, text) {
      this.known = null;
      this.memory.set(name, text);
      if (!this.storage || this.problems.has("newer")) return;
      try {
        for (const [waiting, words] of this.memory) {
          this.storage.setItem(this.prefix + waiting, words);
          this.journal?.wrote(waiting, words);
          this.memory.delete(waiting);
        }
        this.problems.delete("full");
      } catch {
        this.problems.add("full");
      }
    }

    /** The names of all entries of a kind, or of every kind. */
    names(kind) {
      const keys = Object.keys(this.storage ?? {}).filter((key) => key.startsWith(this.prefix));
      const own = keys.map((key) => key.slice(this.prefix.length));
      const wanted = (name) => (kind ? name.startsWith(`${kind}:`) : !META.includes(name));
      return [...new Set([...own, ...this.memory.keys()])].filter(wanted);
    }

    get(name) {
      const text = this.raw(name);
      if (text === null) return;
      const value = parsed(text);
      if (window.vivaStudy.isSound(name, value)) return value;
      this.setAside(name, text);
    }

    /** The entries of a kind that were not taken back. */
    all(kind) {
      return this.names(kind).map((name) => [name.slice(kind.length + 1), this.get(name)]).filter(([, value]) => value && value.on !== false);
    }

    setAside(name, text) {
      if (this.problems.has("newer")) return;
      if (!this.problems.has("damaged")) queueMicrotask(() => this.tell());
      this.problems.add("damaged");
      const key = `aside:${name}`;
      this.put(this.raw(key) === null ? key : `${key}:${fresh()}`, JSON.stringify(text));
      this.remove(name);
    }

    set(name, value) {
      this.put(name, JSON.stringify(value));
      if (this.raw("schema") === null) this.put("schema", String(this.schema));
      this.tell();
    }

    /** Write what an entry becomes, from what it is now: another tab may have changed it. */
    update(name, change) {
      const value = change(this.get(name));
      this.set(name, value);
      return value;
    }

    turn(name, on, more = {}) {
      this.update(name, (kept) => ({ ...kept, ...more, on, at: Date.now() }));
    }

    remove(name) {
      this.known = null;
      this.memory.delete(name);
      if (!this.problems.has("newer")) this.drop(name);
    }

    drop(name) {
      this.storage?.removeItem(this.prefix + name);
      this.journal?.wrote(name, null);
    }

    get device() {
      return this.raw("device") ?? this.put("device", fresh()) ?? this.raw("device");
    }

    /** Write down an attempt, once and for all. */
    add(attempt) {
      const n = this.attempts().length + 1;
      this.set(`a:${fresh()}`, { ...attempt, v: this.device, n });
      if (n >= WORTH) this.hold();
    }

    /** Once there is something to lose, ask the browser not to clear it away when it needs room. */
    hold() {
      if (this.pref("held") || !navigator.storage?.persist) return;
      this.set("p:held", true);
      navigator.storage.persist().catch(() => {}); // it stays as it was
    }

    /** Every attempt, oldest first. */
    attempts() {
      this.known ??= ordered(this.names("a").map((name) => ({ ...this.get(name), id: name })).filter((one) => one.q));
      return this.known;
    }

    pref(name, fallback) {
      return this.get(`p:${name}`) ?? fallback;
    }

    /** Forget everything of this course, a newer version's entries and those under earlier names too. */
    erase() {
      for (const one of [this, ...this.others]) one.forget();
      this.journal?.erase();
      this.problems = new Set(this.storage ? [] : ["refused"]);
      this.tell();
    }

    forget() {
      const own = [this.prefix, ...["viva-assignment:", "viva-written:viva-assignment:"].map((kind) => `${kind}${this.course}:`)];
      const keys = Object.keys(this.storage ?? {}).filter((key) => own.some((prefix) => key.startsWith(prefix)));
      for (const key of keys) this.storage.removeItem(key);
      this.memory.clear();
      this.known = null;
    }

    /** Call when anything changes, in this tab or in another. */
    listen(hears) {
      this.heard.push(hears);
    }

    tell() {
      this.heard.forEach((hears) => hears());
    }

    messages() {
      return [...this.problems].map((problem) => SAID[problem]);
    }
  }

  window.vivaStudy = { Store, SCHEMA, fresh };
})();
