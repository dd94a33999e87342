/* Everything is forgotten: the store, its second copy, and copies under the names that the course and its
   assignments had before. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store } = study;

  async function forgotten({ course, others }) {
    const ids = [course, ...others.map((old) => old.course)];
    for (const id of ids.slice(1)) localStorage.removeItem(`viva-written:${id}`);
    const isOld = ({ name }) => ids.some((id) => name.startsWith(`viva:viva-assignment:${id}:`)) || ids.slice(1).some((id) => name === `viva:${id}`);
    for (const { name } of (await indexedDB.databases()).filter(isOld)) indexedDB.deleteDatabase(name);
  }

  study.erase = () => {
    store.erase();
    if (store.storage) forgotten(store).catch(() => {}); // where there is no IndexedDB, no copy was made
  };
})();
