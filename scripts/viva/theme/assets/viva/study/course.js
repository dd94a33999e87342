/* What is known of the course (course-data.js). A small one comes whole. Of a large one come its modules
   and the ids of what is asked in each, and the rest in parts, when something of it is needed: what has
   not come stands in the same lists, knows its id, its module and its case, and was never answered. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { store, root } = study;
  const course = window.vivaCourse;
  const parts = new Map();
  const coming = {};
  const objectives = new Map();

  /** Put everything into its lists by what is known of it. */
  function lay() {
    Object.assign(course, { questions: [], cards: [] });
    for (const { id: module, part, questions = [], cards = {} } of course.places) {
      for (const one of questions) {
        const [id, of] = [one].flat();
        course.questions.push(of ? { id, module, of } : { id, module });
      }
      for (const [deck, ids] of Object.entries(cards)) course.cards.push(...ids.map((id) => ({ id, module, deck, type: "card" })));
      parts.set(module, part);
    }
    for (const module of course.modules) {
      module.objectives = module.objectives.map((id) => ({ id }));
      for (const one of module.objectives) objectives.set(one.id, one);
    }
  }

  const append = (name) => new Promise((done) => {
    const src = `${root}assets/viva/${name}`;
    document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: done }));
  });

  async function part(number) {
    await append(`course/${number}.js`);
    const found = window.vivaParts?.[number];
    study.lacks ||= !found;
    if (!found) return;
    for (const one of [...found.questions, ...found.cards]) Object.assign(things.get(one.id), one);
    for (const one of found.objectives) Object.assign(objectives.get(one.id), one);
  }

  if (course.places) lay();
  const things = new Map([...course.questions, ...course.cards].map((thing) => [thing.id, thing]));
  const modules = new Map(course.modules.map((module) => [module.id, module]));

  /** Once all is there that is to be known of these modules. */
  function bringModules(names) {
    const numbers = new Set([...names].map((name) => parts.get(name)).filter((number) => number !== undefined));
    return Promise.all([...numbers].map((number) => (coming[number] ??= part(number))));
  }

  /** Once all is there that is to be known of these questions and cards. */
  const bring = (ids) => bringModules(new Set([...ids].map((id) => things.get(id)?.module)));

  /** Whatever this browser remembers something of. */
  function met() {
    const sessions = study.sessions(({ url }) => !url).flatMap(({ order, items }) => (order.length ? order : Object.keys(items)).slice(0, 1));
    const highlights = store.all("h").map(([, { section }]) => section);
    return [...store.attempts().map(({ q }) => q), ...store.names("q").map((name) => name.slice(2)), ...sessions, ...highlights];
  }

  /** Draw what is remembered, now and whenever it changes: first comes what that needs. */
  function follow(draw) {
    const again = () => bring(met()).then(draw);
    store.listen(again);
    return again();
  }

  Object.assign(study, { things, modules, isParted: Boolean(course.places), bring, bringModules, met, follow });
})();
