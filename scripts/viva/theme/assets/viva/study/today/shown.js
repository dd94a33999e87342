/* Today: the one thing to do next, and how far each module has come. */
(() => {
  "use strict";
  const { say, count, locale } = window.viva;
  const RECENT = 30 * 60000;
  /* Where zero is a dot, a dot beside a number would be read as one. */
  const BETWEEN = /^(ar|fa)\b/.test(locale) ? " – " : " · ";
  const element = (tag, className, ...inside) => {
    const made = document.createElement(tag);
    if (className) made.className = className;
    made.append(...inside);
    return made;
  };

  function link(className, url, title, about) {
    const made = element("a", className, element("b", "", title));
    if (about) made.append(element("small", "", about));
    made.href = window.vivaStudy.root + url;
    return made;
  }

  /** What is known of each module: its questions answered, right and due, and whether it was read. */
  function known({ store, read, items, grouped, unfolded, whole, today }, { modules, questions, cards }) {
    const states = read(store, [...questions, ...cards]);
    const answerable = new Set(items(questions));
    const places = grouped([...questions, ...cards], (one) => one.module);
    return modules.map((module) => {
      const own = places.get(module.id) ?? [];
      const asked = own.filter((one) => answerable.has(one));
      return {
        ...module,
        asked: asked.length,
        done: asked.filter((one) => states.get(one.id).seen).length,
        due: unfolded(own.filter((one) => whole(one) && states.get(one.id).due <= today()).map(({ id }) => id), { questions }).length,
        read: Boolean(store.get(`r:${module.page}`)?.on),
      };
    });
  }

  /** Whatever waits, the most pressing first, each as {url, title, about}. */
  function waiting(study, course, modules) {
    const { store, sessions, unfolded } = study;
    const back = study.dueOrder([...study.read(store, [...course.questions.filter(study.whole), ...course.cards]).values()], ({ module }) => module);
    const due = unfolded(back.map(({ question }) => question.id), course).map((id) => study.things.get(id));
    const open = sessions(({ ended, order, items, mode }) => !ended && order.length && (mode === "exam" || Object.values(items).some(({ tries }) => tries?.length)))
      .map((one) => going(one, course, unfolded)).filter(Boolean);
    const exams = open.filter(({ mode }) => mode === "exam");
    const others = open.filter(({ mode }) => ["tutor", "practice"].includes(mode));
    const [fresh, stale] = [others.filter(({ u }) => Date.now() - u < RECENT), others.filter(({ u }) => Date.now() - u >= RECENT)];
    const review = due.length ? [{ url: `${course.pages.review}#begin`, title: count("Review {n} that is due", "Review {n} that are due", due.length), about: reviewed(due, modules) }] : [];
    const isKnown = ({ read, done, asked }) => read || (done && done >= asked / 2); // a few of its questions came in practice
    const unread = modules.find((one) => !isKnown(one));
    const unchecked = modules.find((one) => one.check && one.done < one.asked && isKnown(one));
    const next = [unchecked && !others.length && { url: unchecked.check, title: say("Check {title}", unchecked), about: say("{n} of {total}", { n: unchecked.done, total: unchecked.asked }) },
      unread && { url: unread.url, title: unread === modules[0] ? say("Start with {title}", unread) : say("Read {title}", unread) }];
    const wrong = wrongNow(study, course);
    const again = wrong ? [{ url: `${course.pages.practice}#preset=wrong`, title: count("Redo {n} that was wrong", "Redo {n} that were wrong", wrong) }] : [];
    const done = [{ url: `${course.pages.practice}#preset=mixed`, title: say("Practise ten mixed questions") }];
    return [...exams, ...fresh, ...review, ...stale, ...next, ...again, ...done].filter(Boolean);
  }

  function going(session, { questions, pages }, unfolded) {
    const { id, mode, of, title, order, items } = session;
    const page = session.url ?? questions.find(({ bank }) => bank === of)?.url.split("#")[0];
    const url = { practice: `${pages.practice}#session=${id}`, review: `${pages.review}#session=${id}` }[of] ?? page;
    if (!url) return null;
    const all = unfolded(new Set(order), { questions });
    const done = all.map((name) => items[name]).filter((item) => item?.tries?.length || item?.a != null).length;
    const u = Math.max(session.began, ...Object.values(items).map((item) => item.u ?? 0));
    return { url, mode, u, title: goOn(mode === "exam", title), about: say("{n} of {total}", { n: done, total: all.length }) };
  }

  function goOn(isExam, title) {
    if (!title) return isExam ? say("Finish your exam") : say("Continue where you were");
    return isExam ? say("Finish your exam: {title}", { title }) : say("Continue {title}", { title });
  }

  function reviewed(due, modules) {
    const titles = new Map(modules.map(({ id, title }) => [id, title]));
    const counts = new Map();
    for (const { module } of due) counts.set(module, (counts.get(module) ?? 0) + 1);
    const most = [...counts].filter(([id]) => titles.has(id)).sort(([, one], [, other]) => other - one).slice(0, 2);
    const from = most.map(([id, n]) => say("{n} from {title}", { n, title: titles.get(id) }));
    return [count("about {n} minute", "about {n} minutes", Math.max(1, Math.round(due.length / 2))), ...from].join(BETWEEN);
  }

  function wrongNow({ store, read, items }, { questions }) {
    return [...read(store, items(questions)).values()].filter(({ seen, rightNow }) => seen && !rightNow).length;
  }

  /** The place of it is on the page already (sofar.html), so that nothing moves. */
  function row(place, { read, asked, done, due }) {
    const [bar, said] = place.querySelectorAll(".viva-sofar > *");
    if (!bar) return; // a case is listed by its title alone
    bar.firstChild.style.inlineSize = `${asked ? (100 * done) / asked : 0}%`;
    said.replaceChildren(read ? say("Read ✓") : "", asked ? element("span", "", say("{n} of {total} answered", { n: done, total: asked })) : "");
    if (due) said.append(element("b", "", say("{n} due", { n: due })));
  }

  function draw() {
    const [study, course] = [window.vivaStudy, window.vivaCourse];
    const modules = known(study, course);
    const places = study.grouped(document.querySelectorAll("li[data-page]"), ({ dataset }) => dataset.page);
    for (const module of modules) for (const place of places.get(module.page) ?? []) row(place, module);
    const today = document.querySelector(".viva-today");
    if (!today) return;
    const [first, ...more] = waiting(study, course, modules);
    today.querySelector(".viva-today__first")?.remove();
    today.prepend(link("viva-today__first", first.url, first.title, first.about));
    const line = today.querySelector(".viva-today__more");
    line.replaceChildren(...more.slice(0, 2).map(({ url, title, about }) => link("", url, title, about)));
  }

  window.vivaStudy.showToday = () => {
    window.vivaStudy.follow(draw);
  };
})();
