/* What the attempts amount to: per question, and when each comes back.

   Days are whole days of the reader's own clock. The first answer of a day decides when a question
   comes back: another try after the reveal measures nothing but the last minute. */
(() => {
  "use strict";
  const { FSRS } = window;
  const DAY = 86400000;
  const LEECH = 4;
  const { Again, Hard, Good, Easy } = FSRS.Rating;
  const scheduler = FSRS.fsrs({ request_retention: 0.9, enable_fuzz: false });

  const dayOf = (time) => Math.floor((time - new Date(time).getTimezoneOffset() * 60000) / DAY);
  const today = () => dayOf(Date.now());

  /** Wrong is Again; right is Hard, Good or Easy by confidence; half right or more is Hard. */
  function rating({ m, c }) {
    if (m < 0.5) return Again;
    if (m < 1 || c === 1) return Hard;
    return c === 3 ? Easy : Good;
  }

  /** Stability and difficulty after an answer so many days after the one before. */
  function next(memory, elapsed, rate) {
    return scheduler.next_state(memory, elapsed, rate);
  }

  /** When attempts, oldest first, bring a question back. An exam day not yet reached caps it. */
  function schedule(attempts, examDay) {
    let [memory, last, lapses] = [null, null, 0];
    for (const attempt of attempts) {
      const day = dayOf(attempt.t);
      if (day === last) continue;
      const rate = rating(attempt);
      memory = next(memory, last === null ? 0 : Math.max(0, day - last), rate);
      last = day;
      if (rate === Again) lapses++;
    }
    const due = last + scheduler.next_interval(memory.stability, 0);
    const capped = examDay && last < examDay - 1 ? Math.min(due, examDay - 1) : due;
    return { ...memory, due: capped, lapses };
  }

  /** Everything the pages show about one question that was answered as it now stands, or before. */
  function fold(question, attempts, examDay) {
    const current = attempts.filter((attempt) => attempt.h === question.hash);
    const changed = attempts.length > 0 && "hash" in question; // else it has not come (course.js)
    if (!current.length) return { question, attempts, seen: false, changed, due: changed ? today() : Infinity };
    const planned = schedule(current, examDay);
    const last = current.at(-1);
    return {
      question, attempts, last, seen: true, changed: false,
      first: current[0],
      rightFirst: current[0].m === 1,
      rightNow: last.m === 1,
      sureButWrong: last.c === 3 && last.m < 0.5,
      leech: planned.lapses >= LEECH && last.m < 1,
      due: planned.due,
      memory: planned,
    };
  }

  /** A state for every question and card of the course, by id. */
  function read(store, things) {
    const examDay = examDayOf(store);
    const byQuestion = grouped(store.attempts(), (one) => one.q);
    return new Map(things.map((thing) => [thing.id, fold(thing, byQuestion.get(thing.id) ?? [], examDay)]));
  }

  /** Items in groups, each group and the items in it in the order in which they came. */
  function grouped(items, keyOf) {
    const groups = new Map();
    for (const item of items) {
      const key = keyOf(item);
      if (groups.has(key)) groups.get(key).push(item);
      else groups.set(key, [item]);
    }
    return groups;
  }

  function examDayOf(store) {
    const [year, month, day] = String(store.pref("exam-date", "")).split("-").map(Number);
    return year && month && day ? Math.floor(Date.UTC(year, month - 1, day) / DAY) : null;
  }

  /** What is due, sure-but-wrong first, then from each group in turn, the longest due first. */
  function dueOrder(states, groupOf) {
    const due = states.filter((state) => state.due <= today()).sort((one, other) => one.due - other.due);
    const queues = grouped(due.filter((one) => !one.sureButWrong), (state) => groupOf(state.question));
    const mixed = [];
    for (let place = 0; mixed.length < due.length && place < due.length; place++) {
      for (const queue of queues.values()) if (queue[place]) mixed.push(queue[place]);
    }
    return [...due.filter((one) => one.sureButWrong), ...mixed];
  }

  /** Questions that come back by themselves: those of a case come with their case. */
  const whole = (question) => !question.of;

  const examDay = () => examDayOf(window.vivaStudy.store);

  /** The items among questions of the course's data. */
  function items(questions) {
    const cases = new Set(questions.map((question) => question.of));
    return questions.filter(({ id }) => !cases.has(id));
  }

  const steps = new WeakMap();

  /** The ids of the steps of each case among questions. */
  function stepsIn(questions) {
    if (!steps.has(questions)) steps.set(questions, grouped(questions.filter((one) => one.of), (one) => one.of));
    return steps.get(questions);
  }

  /** The items that ids of questions and cards stand for: of a case, its steps. */
  function unfolded(ids, { questions }) {
    const known = stepsIn(questions);
    return [...ids].flatMap((id) => known.get(id)?.map((step) => step.id) ?? [id]);
  }

  /** So many of some questions and cards, from the first on, as hold no more items than a number; one at least. */
  function upTo(number, things, course) {
    let left = number;
    const fitting = things.filter(({ id }) => {
      const size = unfolded([id], course).length;
      if (size <= left) left -= size;
      else return false;
      return true;
    });
    return fitting.length ? fitting : things.slice(0, 1);
  }

  Object.assign(window.vivaStudy, { LEECH, examDay, dayOf, today, rating, next, schedule, read, grouped, dueOrder, whole, items, unfolded, upTo });
})();
