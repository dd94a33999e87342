/* Today: nothing but this file is loaded unless this browser remembers something of the course. What
   shows it then is in today/shown.js. */
(() => {
  "use strict";
  const { dataset, src } = document.currentScript;
  const names = [dataset.course, ...(dataset.was ?? "").split(" "), ...(dataset.shared ?? "").split(" ")].filter(Boolean);

  function remembers() {
    try {
      return Object.keys(localStorage).some((key) => names.some((name) => key.startsWith(`viva:${name}:`)));
    } catch {
      return false;
    }
  }

  const load = (name) => new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { async: false, src: new URL(name, src), onload: done, onerror: failed });
    Object.assign(script.dataset, dataset);
    document.head.append(script);
  });
  async function start() {
    await Promise.all(["store.js", "vendor/ts-fsrs/ts-fsrs.umd.js", "../../viva/course-data.js", "state.js", "today/shown.js"].map(load));
    window.vivaStudy.showToday();
  }
  if (remembers()) start();
})();
