/* The modules and objectives of which a block is put together. Those of a large course are listed when
   somebody looks for them. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { make, part, practice, isParted } = study;
  const { say } = window.viva;
  const course = window.vivaCourse;
  const lists = new Map();
  const tick = (name, value, words) => make("label", {}, make("input", { type: "checkbox", name, value }), ` ${words}`);

  function entry(module) {
    const own = module.objectives.length ? [objectivesOf(module)] : [];
    return make("div", { className: "viva-choice" }, tick("module", module.id, module.title), ...own);
  }

  function objectivesOf(module) {
    const label = say("Only some objectives of {module}", { module: module.title });
    const made = make("details", {}, make("summary", { ariaLabel: label }, say("Only some objectives")));
    const fill = () => made.append(...module.objectives.map(({ id, text }) => tick("objective", id, text ?? id)));
    if (!isParted) fill();
    let filled;
    lists.set(module, () => (filled ??= study.bringModules([module.id]).then(fill)));
    if (isParted) made.addEventListener("toggle", lists.get(module), { once: true });
    return made;
  }

  /** Once all modules are listed, and the objectives that are named. */
  function listModules(objectives = []) {
    if (!lists.size) part("modules").append(...course.modules.map(entry));
    if (!isParted) return;
    const named = course.modules.filter((module) => module.objectives.some(({ id }) => objectives.includes(id)));
    return Promise.all(named.map((module) => lists.get(module)()));
  }

  function wakeModules() {
    if (isParted) part("builder").addEventListener("toggle", () => listModules(), { once: true });
    else listModules();
  }

  Object.assign(practice, { listModules, wakeModules });
})();
