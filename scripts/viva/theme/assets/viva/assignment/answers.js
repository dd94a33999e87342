/* How each type's answer is read from an assignment's page and put back. */
(() => {
  const { make, types, typeOf } = window.vivaAssignment;

  const picked = (question) => [...question.querySelectorAll("input:checked")].map((input) => Number(input.value));
  const field = (question) => question.querySelector("input[name=answer]");
  const steps = (question) => [...question.querySelectorAll("viva-question")];
  const items = (question) => question.querySelector(".viva-items");
  const parts = (values) => (values.every((value) => value === null) ? null : values);
  const check = (question, values) => question.querySelectorAll("input").forEach((input) => {
    input.checked = values.includes(Number(input.value));
  });

  const choice = { read: (question) => picked(question)[0] ?? null, write: (question, answer) => check(question, [answer]) };
  const text = {
    read: (question) => field(question).value.trim() || null,
    write: (question, answer) => (field(question).value = answer),
  };
  Object.assign(types, {
    single: choice,
    "script-concordance": choice,
    numeric: text,
    "short-answer": text,
    multiple: {
      read: (question) => (picked(question).length ? picked(question) : null),
      write: check,
    },
    "true-false": {
      read: (question) => parts([...question.querySelectorAll("fieldset fieldset")].map((statement) => {
        const input = statement.querySelector("input:checked");
        return input && input.value === "true";
      })),
      write: (question, answer) => question.querySelectorAll("fieldset fieldset").forEach((statement, number) => {
        statement.querySelectorAll("input").forEach((input) => (input.checked = input.value === String(answer[number])));
      }),
    },
    matching: {
      read: (question) => parts([...question.querySelectorAll("select")].map(({ value }) => (value === "" ? null : Number(value)))),
      write: (question, answer) => question.querySelectorAll("select").forEach((select, number) => (select.value = answer[number] ?? "")),
    },
    ordering: {
      read: (question) => ("moved" in question.dataset ? [...items(question).children].map((item) => Number(item.dataset.item)) : null),
      write(question, answer) {
        const all = [...items(question).children].sort((a, b) => a.dataset.item - b.dataset.item);
        items(question).append(...answer.map((number) => all[number]));
        question.dataset.moved = "";
        settle(question);
      },
      wake: dress,
      reset(question) {
        types.ordering.write(question, [...items(question).children].map((_, number) => number));
        delete question.dataset.moved;
        settle(question);
      },
    },
    case: {
      read: (question) => parts(steps(question).map(read)),
      write: (question, answer) => steps(question).forEach((step, number) => write(step, answer[number])),
    },
  });

  const read = (question) => typeOf(question).read(question);

  function write(question, answer) {
    if (answer !== null && answer !== undefined) typeOf(question).write(question, answer);
  }

  /** Items get buttons to move them; at the end of its way a button only says so. */
  function dress(question) {
    for (const item of items(question).children) {
      const words = item.textContent.trim();
      for (const [by, way] of [[-1, "up"], [1, "down"]]) {
        const button = make("button", { type: "button", className: "viva-move", ariaLabel: `Move ${way}: ${words}` });
        button.dataset.by = by;
        item.append(button);
      }
    }
    const keep = make("button", { type: "button", className: "viva-keep" }, "This order is my answer");
    items(question).after(keep);
    settle(question);
  }

  function settle(question) {
    const all = [...items(question).children];
    all.forEach((item, place) => {
      const [up, down] = item.querySelectorAll("button");
      up.ariaDisabled = place === 0;
      down.ariaDisabled = place === all.length - 1;
    });
    question.querySelector(".viva-keep").hidden = "moved" in question.dataset;
  }

  function move(question, button) {
    const item = button.closest("li");
    const other = button.dataset.by === "1" ? item.nextElementSibling : item.previousElementSibling;
    if (!other) return;
    other[button.dataset.by === "1" ? "after" : "before"](item);
    question.dataset.moved = "";
    settle(question);
    button.focus();
  }

  Object.assign(window.vivaAssignment, { read, write, move, settle });
})();
