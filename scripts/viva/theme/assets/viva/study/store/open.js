/* The store of this course in this browser, with what was kept under earlier names. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  if (study.store) return;

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

  const { course, was, shared, root, page, path, progress, checks } = document.currentScript.dataset;
  const store = new study.Store(course, browserStorage());
  for (const name of was?.split(" ") ?? []) store.adopt(name, false);
  for (const name of shared?.split(" ") ?? []) store.adopt(name, true);
  store.watch();
  Object.assign(study, { root, page, path, progress, checks, store });
})();
