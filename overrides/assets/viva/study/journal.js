/* A second copy of what was written last.

   Browsers hold what pages put into localStorage in memory for a while, some of them for a minute, and
   lose it when they are killed, as phones do to make room. What IndexedDB has taken is out of their
   memory at once. So every change goes there too, with its time. When the course opens and finds its
   localStorage older than that, the changes that it lost are made again. */
(() => {
  "use strict";
  const { store } = window.vivaStudy;
  const DAY = 864e5;
  const mark = `viva-written:${store.course}`;
  const waiting = new Map();

  const written = () => Number(store.storage.getItem(mark));
  const changes = (base) => base.transaction("changes", "readwrite").objectStore("changes");

  const answer = (request) => new Promise((take, fail) => {
    request.onsuccess = () => take(request.result);
    request.onerror = () => fail(request.error);
  });

  async function opened() {
    const request = indexedDB.open(`viva:${store.course}`);
    request.onupgradeneeded = () => request.result.createObjectStore("changes", { keyPath: "name" }).createIndex("time", "time");
    return answer(request);
  }

  /** Make the changes again that came after a time; forget those that are on the disk for long. */
  async function recover(base, after) {
    const all = changes(base);
    const [lost, old] = await Promise.all([
      answer(all.index("time").getAll(IDBKeyRange.lowerBound(after, true))),
      answer(all.index("time").getAllKeys(IDBKeyRange.upperBound(Date.now() - DAY))),
    ]);
    for (const name of old) all.delete(name);
    lost.filter(({ schema }) => schema <= store.schema).forEach(again);
    if (!lost.length || written() <= lost.at(-1).time) return base;
    store.tell();
    location.reload(); // what this page has drawn so far is older
    return base;
  }

  function again({ name, text, schema }) {
    if (text === null) store.remove(name);
    else store.put(name, schema === store.schema ? text : JSON.stringify(store.migrated(name, JSON.parse(text), schema)));
  }

  function write(base) {
    const all = changes(base);
    for (const change of waiting.values()) all.put(change);
    waiting.clear();
    all.transaction.commit();
  }

  function wrote(name, text) {
    const time = Math.max(Date.now(), written() + 1);
    store.storage.setItem(mark, time);
    if (!waiting.size) ready.then(write, () => {});
    waiting.set(name, { name, text, time, schema: store.schema });
  }

  if (!store.storage || !window.indexedDB) return;
  const after = written();
  const ready = opened().then((base) => recover(base, after));
  store.wrote = wrote;
  // Where there is no IndexedDB, one copy has to do.
  ready.catch(() => delete store.wrote);
})();
