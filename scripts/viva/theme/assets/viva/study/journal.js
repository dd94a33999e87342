/* A second copy of what was written last.

   Browsers hold what pages put into localStorage in memory for a while, some of them for a minute, and
   lose it when they are killed, as phones do to make room. What IndexedDB has taken is out of their
   memory at once. So every change goes there too, with its time. When a page opens and finds its
   localStorage older than that, the changes that it lost are made again. */
(() => {
  "use strict";
  const DAY = 864e5;

  const answer = (request) => new Promise((take, fail) => {
    request.onsuccess = () => take(request.result);
    request.onerror = () => fail(request.error);
  });

  async function opened(id) {
    const request = indexedDB.open(`viva:${id}`);
    request.onupgradeneeded = () => request.result.createObjectStore("changes", { keyPath: "name" }).createIndex("time", "time");
    return answer(request);
  }

  const changes = (base) => base.transaction("changes", "readwrite").objectStore("changes");

  /** The changes after a time. What has been on the disk for long is forgotten. */
  async function lostIn(base, after) {
    const all = changes(base);
    const [lost, old] = await Promise.all([
      answer(all.index("time").getAll(IDBKeyRange.lowerBound(after, true))),
      answer(all.index("time").getAllKeys(IDBKeyRange.upperBound(Date.now() - DAY))),
    ]);
    for (const name of old) all.delete(name);
    return lost;
  }

  /** Watch over entries that a page keeps under an id. `again` makes changes that were lost once more:
      names with their text, or null where the entry was removed. Returns what to call after a change. */
  function journal(id, schema, again) {
    const mark = `viva-written:${id}`;
    const written = () => Number(localStorage.getItem(mark));
    const after = written();
    const waiting = new Map();

    async function recovered(base) {
      const lost = await lostIn(base, after);
      if (lost.length) again(lost);
      // What this page has drawn so far is older.
      if (lost.length && written() > lost.at(-1).time) location.reload();
      return base;
    }

    function write(base) {
      const all = changes(base);
      for (const change of waiting.values()) all.put(change);
      waiting.clear();
      all.transaction.commit();
    }

    let ready = opened(id).then(recovered);
    ready.catch(() => (ready = null)); // where there is no IndexedDB, one copy has to do
    return (name, text) => {
      if (!ready) return;
      const time = Math.max(Date.now(), written() + 1);
      localStorage.setItem(mark, time);
      if (!waiting.size) ready.then(write, () => {});
      waiting.set(name, { name, text, time, schema });
    };
  }

  /** Changes come back through the store, and up to date. */
  function again(store, lost) {
    for (const { name, text, schema } of lost) {
      if (text === null) store.remove(name);
      else if (schema <= store.schema) store.put(name, schema === store.schema ? text : JSON.stringify(store.migrated(name, JSON.parse(text), schema)));
    }
    store.tell();
  }

  const store = window.vivaStudy?.store;
  if (store?.storage) store.wrote = journal(store.course, store.schema, (lost) => again(store, lost));
  window.vivaJournal = journal;
})();
