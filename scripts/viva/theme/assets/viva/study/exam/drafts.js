/* What was given in an exam so far: read from the questions, kept, and put back. */
(() => {
  "use strict";
  const isList = (value) => Array.isArray(value) && value.every((item) => typeof item === "string");
  const isPlain = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isKept = (value) => isPlain(value) && typeof value.h === "string" && Array.isArray(value.fields) && value.fields.every(isList);

  /** Whether a stored exam has the form that the rest relies on: anyone can edit what is stored. */
  function isSound({ at, answers, seen, locked, struck, timer }) {
    return Number.isInteger(at) && isPlain(answers) && Object.values(answers).every(isKept) && isPlain(struck)
      && [seen, locked, ...Object.values(struck)].every(isList) && (timer === null || Number.isFinite(timer?.left));
  }

  /** An exam in which nothing was done yet, with so many seconds or without a timer. */
  const fresh = (seconds) => ({
    began: Date.now(), at: 0, answers: {}, seen: [], locked: [], struck: {},
    timer: seconds && { left: seconds, paused: false, hidden: false },
  });

  const answerOf = (leaf) => leaf.behaviour.read(leaf);
  const same = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  function keep(draft, leaf) {
    if (draft.locked.includes(leaf.name)) return;
    const now = { h: leaf.dataset.hash, answer: answerOf(leaf), fields: [...new FormData(leaf.form)] };
    if (!same(now, draft.answers[leaf.name])) draft.answers[leaf.name] = now;
    draft.struck[leaf.name] = [...leaf.form.querySelectorAll("[data-struck] > input")].map((input) => input.value);
  }

  /** Put every kept answer back. Returns how many belonged to an older wording. */
  function restore(draft, leaves) {
    let changed = 0;
    for (const leaf of leaves) {
      const kept = draft.answers?.[leaf.name];
      if (!kept) continue;
      if (kept.h === leaf.dataset.hash) fill(draft, leaf, kept);
      else if (kept.answer !== null) changed++;
    }
    return changed;
  }

  function fill(draft, leaf, { answer, fields }) {
    try {
      if (answer !== null) leaf.behaviour.write(leaf, answer);
    } catch {
      leaf.clear(); // an answer that somebody edited
    }
    for (const input of leaf.form.querySelectorAll(".viva-confidence input")) {
      input.checked = fields.some(([name, value]) => name === input.name && value === input.value);
    }
    for (const value of draft.struck[leaf.name] ?? []) {
      leaf.form.querySelector(`label > input[value="${CSS.escape(value)}"]`)?.parentElement.setAttribute("data-struck", "");
    }
    if (draft.locked.includes(leaf.name)) seal(leaf);
  }

  /** Take over what was answered in another tab. */
  function merge(draft, there, leaves) {
    for (const leaf of leaves) {
      const kept = there.answers[leaf.name];
      if (!kept || same(kept, draft.answers[leaf.name])) continue;
      draft.answers[leaf.name] = kept;
      leaf.clear();
      fill(draft, leaf, kept);
    }
    draft.locked = [...new Set([...draft.locked, ...there.locked])];
  }

  /** What follows a step of a case, folded until the step is locked. */
  function nextOf(leaf) {
    const next = leaf.nextElementSibling;
    return next?.matches(".viva-next") ? next : null;
  }

  function seal(leaf) {
    leaf.fieldset.disabled = true;
    const next = nextOf(leaf);
    if (next) next.open = true;
  }

  window.vivaStudy.drafts = { isSound, fresh, answerOf, keep, restore, merge, nextOf, seal };
})();
