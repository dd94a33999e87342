/* A second copy of what was written last.

   Browsers hold what pages put into localStorage in memory for a while, some of them for a minute, and
   lose it when they are killed, as phones do to make room. What IndexedDB has taken is out of their
   memory at once. So every change goes there too, with its time. When a page opens and finds its
   localStorage older than that, the changes that it lost are made again. */
(() => {
  "use strict";
  const DAY = 864e5;
  const ALL = "*"; // what was erased leaves no name

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

  /** The changes between two times. What has been on the disk for long is forgotten. */
  async function lostIn(base, after, before) {
    const all = changes(base);
    const [lost, old] = await Promise.all([
      answer(all.index("time").getAll(IDBKeyRange.bound(after, before, true))),
      answer(all.index("time").getAllKeys(IDBKeyRange.upperBound(Date.now() - DAY))),
    ]);
    for (const name of old) all.delete(name);
    return lost;
  }

  /** Watch over a store's entries: names with their text, or null where the entry was removed. */
  function journal(store) {
    const mark = `viva-written:${store.course}`;
    const written = () => Number(localStorage.getItem(mark));
    const next = () => Math.max(Date.now(), written() + 1);
    const after = written();
    const opening = next(); // what another tab writes from now on is not lost
    const waiting = new Map();

    async function recovered(base) {
      const lost = await lostIn(base, after, opening);
      if (lost.length) again(store, lost);
      // What this page has drawn so far is older.
      if (lost.length && written() > lost.at(-1).time) location.reload();
      return base;
    }

    function write(base) {
      const all = changes(base);
      if (waiting.has(ALL)) all.clear();
      for (const change of waiting.values()) all.put(change);
      waiting.clear();
      all.transaction.commit();
    }

    function note(name, text, time) {
      if (!waiting.size) ready.then(write, () => {});
      waiting.set(name, { name, text, time, schema: store.schema });
    }

    let ready = opened(store.course).then(recovered);
    ready.catch(() => (ready = null)); // where there is no IndexedDB, one copy has to do
    return {
      wrote(name, text) {
        if (!ready) return;
        const time = next();
        localStorage.setItem(mark, time);
        note(name, text, time);
      },
      erase() {
        if (!ready) return;
        const time = next();
        localStorage.setItem(mark, time); // of all there was, the hour of its end
        waiting.clear();
        note(ALL, null, time);
      },
    };
  }

  /** Changes come back through the store, and up to date. */
  function again(store, lost) {
    for (const { name, text, schema } of lost) {
      if (name === ALL) store.forget();
      else if (text === null) store.remove(name);
      else if (schema <= store.schema) {
        const [now, value] = schema === store.schema ? [name, null] : store.migrated(name, JSON.parse(text), schema);
        store.put(now, value === null ? text : JSON.stringify(value));
      }
    }
    store.tell();
  }

  const { store } = window.vivaStudy;
  if (store.storage) store.journal = journal(store);
})();
