/* Progress as one file: out of this browser, into another, merged without losing anything. */
(() => {
  "use strict";
  const { store, isSound } = window.vivaStudy;
  const FORMAT = "viva-progress";
  const { say, count } = window.viva;

  /** Everything that is kept, as data. */
  function exported(from = store) {
    const entries = Object.fromEntries(from.names().sort().map((name) => [name, from.get(name)]).filter(([, value]) => value !== undefined));
    return { format: FORMAT, schema: from.schema, course: from.course, entries };
  }

  /** Take in what another device exported. Says in words what came of it. */
  function imported(text, into = store) {
    const { refusal, data } = understood(text, into);
    if (refusal) return refusal;
    const counts = { added: 0, known: 0, damaged: 0 };
    for (const [name, value] of Object.entries(data.entries)) counts[taken(into, name, value, data.schema)]++;
    into.tell();
    const { added, known, damaged } = counts;
    const words = count("{n} entry added; {known} here already.", "{n} entries added; {known} here already.", added, { known });
    return damaged ? `${words} ${count("{n} could not be read and was left out.", "{n} could not be read and were left out.", damaged)}` : words;
  }

  function understood(text, into) {
    let data;
    try {
      data = JSON.parse(text);
    } catch {
      return { refusal: say("This file is not a progress file: it could not be read. Nothing was changed.") };
    }
    if (data?.viva === 1 && data.assignment) return { refusal: say("This is the file of an assignment. Continue it on the assignment’s own page. Nothing was changed.") };
    if (data?.format !== FORMAT || typeof data.entries !== "object" || !data.entries) return { refusal: say("This file is not a progress file. Nothing was changed.") };
    if (![into, ...into.others].some(({ course }) => course === data.course)) return { refusal: say("This file belongs to another course. Nothing was changed.") };
    if (!Number.isInteger(data.schema) || data.schema < 1 || data.schema > into.schema) return { refusal: say("This file was written by a newer version of the course. Nothing was changed.") };
    return { data };
  }

  function taken(into, name, value, schema) {
    try {
      return merge(into, ...into.migrated(name, value, schema));
    } catch {
      return "damaged"; // somebody edited it
    }
  }

  /** An attempt is taken once; a note keeps the words of both devices; of a session each question is as
      it was last; what was put on and taken back is as it was last; a preference stays as it is here. */
  const MERGED = {
    q: marks,
    s: work,
    ...Object.fromEntries(["r", "b", "h"].map((kind) => [kind, (here, there) => (there.at > here.at ? there : here)])),
  };

  function merge(into, name, value) {
    if (!isSound(name, value)) return "damaged";
    const here = into.get(name);
    const both = here === undefined ? value : (MERGED[name.split(":")[0]] ?? (() => here))(here, value);
    if (JSON.stringify(both) === JSON.stringify(here)) return "known";
    into.put(name, JSON.stringify(both));
    if (into.raw("schema") === null) into.put("schema", String(into.schema));
    return "added";
  }

  /** A question's flag and note from two devices: the later flag, and no word lost. */
  function marks(here, there) {
    const later = (there.flagged ?? 0) > (here.flagged ?? 0) ? there : here;
    const kept = { ...here };
    if (later.flag !== undefined) Object.assign(kept, { flag: later.flag, flagged: later.flagged });
    const notes = [here.note, there.note].filter(Boolean);
    const [one, other] = notes;
    const joined = notes.length < 2 || one.includes(other) ? one : other.includes(one) ? other : `${one}\n\n${other}`;
    if (joined) Object.assign(kept, { note: joined.slice(0, 1e5), noted: Math.max(here.noted ?? 0, there.noted ?? 0) });
    return kept;
  }

  /** A session from two devices. */
  function work(here, there) {
    const items = { ...here.items };
    for (const [id, item] of Object.entries(there.items)) if (!items[id] || (item.u ?? 0) > (items[id].u ?? 0)) items[id] = item;
    const ended = here.ended ?? there.ended;
    return { ...here, items, ...(ended && { ended }) };
  }

  Object.assign(window.vivaStudy, { exported, imported });
})();
