/* Progress as one file: out of this browser, into another, merged without losing anything. */
(() => {
  "use strict";
  const { store, isSound } = window.vivaStudy;
  const FORMAT = "viva-progress";

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
    for (const [name, value] of Object.entries(data.entries)) counts[merge(into, name, into.migrated(name, value, data.schema))]++;
    into.tell();
    const unread = counts.damaged ? ` ${counts.damaged} could not be read and were left out.` : "";
    return `${counts.added} entries added; ${counts.known} were here already.${unread}`;
  }

  function understood(text, into) {
    let data;
    try {
      data = JSON.parse(text);
    } catch {
      return { refusal: "This file is not a progress file: it could not be read. Nothing was changed." };
    }
    if (data?.format !== FORMAT || typeof data.entries !== "object" || !data.entries) return { refusal: "This file is not a progress file. Nothing was changed." };
    if (data.course !== into.course) return { refusal: "This file belongs to another course. Nothing was changed." };
    if (!Number.isInteger(data.schema) || data.schema < 1 || data.schema > into.schema) return { refusal: "This file was written by a newer version of the course. Nothing was changed." };
    return { data };
  }

  /** An attempt is taken once; a note keeps the words of both devices; a preference stays as it is here. */
  function merge(into, name, value) {
    if (!isSound(name, value)) return "damaged";
    const here = into.get(name);
    if (here === undefined) {
      into.put(name, JSON.stringify(value));
      if (into.raw("schema") === null) into.put("schema", String(into.schema));
      return "added";
    }
    if (!name.startsWith("q:")) return "known";
    const both = marks(here, value);
    if (JSON.stringify(both) === JSON.stringify(here)) return "known";
    into.put(name, JSON.stringify(both));
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

  /** Hand a text to the reader as a file. */
  function save(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  Object.assign(window.vivaStudy, { exported, imported, save });
})();
