/* What a student has done, kept in this browser and nowhere else.

   Every attempt is an entry of its own, written once and never changed: two tabs cannot overwrite
   each other, one damaged entry harms no other, and two devices merge by taking every entry of both.
   Names of entries, after the course's prefix:

     schema      the version of all this
     a:<id>      an attempt {q, h, t, a, m, c}: question, its hash, time, answer, mark from 0 to 1,
                 and confidence from 1 to 3 where it was given
     q:<id>      what the student put on a question {flag, flagged, note, noted}, with times
     p:<name>    a preference
     d:<page>    an exam that is not handed in yet
     aside:<n>   what could not be read, kept as it was found */
(() => {
  "use strict";
  if (window.vivaStudy?.store) return;

  const SCHEMA = 1;
  /** From version n to n + 1: what each entry becomes. A step may run twice on the same entry. */
  const MIGRATIONS = {};
  const SAID = {
    refused: "This browser keeps nothing for the course. Your progress lasts until you close the page.",
    full: "The browser’s storage is full. What you do now lasts until you close the page: export it, then make room.",
    newer: "Your progress was kept by a newer version of the course. This one only reads it.",
    damaged: "Some stored entries could not be read. They are kept aside and go into an export; the rest counts.",
  };

  const isText = (value) => typeof value === "string";
  const isNumber = (value, most) => Number.isFinite(value) && value >= 0 && value <= most;
  const isObject = (value) => value instanceof Object && !Array.isArray(value);

  /** Whether an entry has the form that the rest of the code relies on, by the kind of its name. */
  const sound = {
    a: ({ q, h, t, m, c }) => isText(q) && isText(h) && isNumber(t, 8.64e15) && isNumber(m, 1) && [undefined, 1, 2, 3].includes(c),
    q: ({ note }) => note === undefined || isText(note),
    d: () => true,
  };

  /** Preferences and what was set aside are plain values, everything else is an object. */
  function isSound(name, value) {
    const [kind] = name.split(":");
    if (kind === "p" || kind === "aside") return value !== undefined && !(value instanceof Object);
    return Object.hasOwn(sound, kind) && isObject(value) && sound[kind](value);
  }

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  /** The browser's storage, or null where it is refused. */
  function browserStorage() {
    try {
      const { localStorage } = window;
      localStorage.setItem("viva:test", "1");
      localStorage.removeItem("viva:test");
      return localStorage;
    } catch (error) {
      return error.name === "QuotaExceededError" ? window.localStorage : null;
    }
  }

  class Store {
    constructor(course, storage, migrations = MIGRATIONS, schema = SCHEMA) {
      Object.assign(this, { prefix: `viva:${course}:`, course, storage, migrations, schema });
      this.memory = new Map();
      this.problems = new Set(storage ? [] : ["refused"]);
      this.heard = [];
      this.meet();
      const changed = (concerns) => {
        if (!concerns) return;
        this.known = null;
        this.tell();
      };
      window.addEventListener("storage", ({ key }) => changed(key === null || key.startsWith(this.prefix)));
      // A page that the reader comes back to has heard nothing meanwhile.
      window.addEventListener("pageshow", ({ persisted }) => changed(persisted));
    }

    /** Bring older entries up to date; leave newer ones alone. */
    meet() {
      const found = parsed(this.raw("schema"));
      if (found > this.schema) return this.problems.add("newer");
      const from = Number.isInteger(found) && found > 0 ? found : this.names().length ? 1 : this.schema;
      for (const name of from < this.schema ? this.names() : []) {
        const value = parsed(this.raw(name));
        if (value !== undefined) this.put(name, JSON.stringify(this.migrated(name, value, from)));
      }
      if (found !== this.schema && this.names().length) this.put("schema", String(this.schema));
    }

    migrated(name, value, from) {
      for (let version = from; version < this.schema; version++) value = this.migrations[version](name, value);
      return value;
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
          this.wrote?.(waiting, words);
          this.memory.delete(waiting);
        }
        this.problems.delete("full");
      } catch {
        this.problems.add("full");
      }
    }

    /** The names of all entries of a kind, or of every kind. */
    names(kind) {
      const kept = this.storage ? Object.keys(this.storage) : [];
      const own = kept.filter((key) => key.startsWith(this.prefix)).map((key) => key.slice(this.prefix.length));
      const wanted = (name) => (kind ? name.startsWith(`${kind}:`) : name !== "schema");
      return [...new Set([...own, ...this.memory.keys()])].filter(wanted);
    }

    get(name) {
      const text = this.raw(name);
      if (text === null) return undefined;
      const value = parsed(text);
      if (isSound(name, value)) return value;
      this.setAside(name, text);
      return undefined;
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

    remove(name) {
      this.known = null;
      this.memory.delete(name);
      if (!this.problems.has("newer")) this.drop(name);
    }

    drop(name) {
      this.storage?.removeItem(this.prefix + name);
      this.wrote?.(name, null);
    }

    /** Write down an attempt, once and for all. */
    add(attempt) {
      this.set(`a:${fresh()}`, attempt);
    }

    /** Every attempt, oldest first. Those made in the same moment keep one order everywhere. */
    attempts() {
      this.known ??= this.read();
      return this.known;
    }

    read() {
      const all = this.names("a").map((name) => ({ ...this.get(name), id: name })).filter((one) => one.q);
      return all.sort((one, other) => one.t - other.t || (one.id < other.id ? -1 : 1));
    }

    pref(name, fallback) {
      return this.get(`p:${name}`) ?? fallback;
    }

    /** Forget everything of this course, a newer version's entries too. */
    erase() {
      for (const name of [...this.names(), "schema"]) this.drop(name);
      this.memory.clear();
      this.problems = new Set(this.storage ? [] : ["refused"]);
      this.known = null;
      this.tell();
    }

    /** Call when anything changes, in this tab or in another. */
    listen(hears) {
      this.heard.push(hears);
    }

    tell() {
      this.heard.forEach((hears) => hears());
    }

    /** What the reader has to know, in sentences. */
    messages() {
      return [...this.problems].map((problem) => SAID[problem]);
    }
  }

  /** An id that no other tab or device makes. */
  function fresh() {
    const random = crypto.getRandomValues(new Uint32Array(2));
    return [Date.now(), ...random].map((number) => number.toString(36)).join("-");
  }

  const { course, root, page, progress } = document.currentScript.dataset;
  window.vivaStudy = { Store, SCHEMA, root, page, progress, isSound, store: new Store(course, browserStorage()) };
})();
