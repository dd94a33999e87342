(() => {
  const list = (question) => question.form.querySelector(".viva-items");
  const order = (question) => [...list(question).children].map((item) => Number(item.dataset.item));

  function button(words, by) {
    const made = viva.make("button", "viva-move");
    made.type = "button";
    made.dataset.by = by;
    made.ariaLabel = words;
    return made;
  }

  function dress(item) {
    const words = item.textContent.trim();
    viva.grip(item);
    item.append(button(viva.say("Move up: {item}", { item: words }), -1), button(viva.say("Move down: {item}", { item: words }), 1));
  }

  /* A button at the end of its way stays focusable: it only says so. */
  function settle(question) {
    const items = [...list(question).children];
    items.forEach((item, place) => {
      const [up, down] = item.querySelectorAll("button");
      up.ariaDisabled = place === 0;
      down.ariaDisabled = place === items.length - 1;
    });
    if (question.keep) question.keep.hidden = question.moved;
  }

  function confirm(question) {
    question.moved = true;
    settle(question);
    question.changed();
  }

  /* On a sheet the order that is shown may be the right one already. */
  function offer(question) {
    question.keep = viva.make("button", "viva-keep", viva.say("This order is my answer"));
    question.keep.type = "button";
    list(question).after(question.keep);
  }

  function move(question, item, place) {
    const items = [...list(question).children];
    if (place < 0 || place >= items.length || items[place] === item) return;
    items[place][items.indexOf(item) < place ? "after" : "before"](item);
    confirm(question);
    question.say(viva.say("{item}: place {n} of {total}.", { item: item.textContent.trim(), n: place + 1, total: items.length }));
  }

  /* Where a dragged item belongs: after every other item whose middle is above the pointer. */
  function placeAt(question, item, y) {
    const others = [...list(question).children].filter((other) => other !== item);
    return others.filter((other) => {
      const { top, height } = other.getBoundingClientRect();
      return top + height / 2 < y;
    }).length;
  }

  /* How many neighbours follow each other in the key too. */
  function inOrder(key, answer) {
    const pairs = (numbers) => numbers.slice(1).map((number, place) => `${numbers[place]} ${number}`);
    const right = pairs(key.order);
    return pairs(answer).filter((pair) => right.includes(pair)).length;
  }

  viva.type("ordering", {
    wake(question) {
      [...list(question).children].forEach(dress);
      if (question.isSheet) offer(question);
      settle(question);
    },
    read: (question) => (question.moved ? order(question) : null),
    write(question, answer) {
      const items = [...list(question).children];
      const byNumber = (number) => items.find((item) => item.dataset.item === String(number));
      list(question).append(...answer.map(byNumber).filter(Boolean));
      question.moved = true;
      settle(question);
    },
    missing: (answer) => (answer === null ? viva.say("Put the items in order first.") : ""),
    mark: (key, answer) => inOrder(key, answer) / (answer.length - 1),
    verdict(question, mark) {
      if (mark === 1) return viva.say("Right.");
      const pairs = question.key.order.length - 1;
      if (!mark) return viva.say("Wrong: no two neighbours follow each other as they should.");
      return viva.say("Partly right: {n} of {total} pairs of neighbours follow each other as they should.", { n: Math.round(mark * pairs), total: pairs });
    },
    show(question) {
      const right = question.key.order;
      [...list(question).children].forEach((item, place) => {
        const wanted = right.indexOf(Number(item.dataset.item));
        if (wanted === place) viva.tag(item, "right", viva.say("In its place"));
        else viva.tag(item, "wrong", viva.say("Belongs in place {n}", { n: wanted + 1 }));
      });
    },
    reset(question) {
      const items = [...list(question).children].sort((a, b) => a.dataset.item - b.dataset.item);
      list(question).append(...items);
      question.moved = false;
      settle(question);
    },
    click(question, event) {
      if (event.target === question.keep) return confirm(question);
      const pressed = event.target.closest(".viva-move");
      if (!pressed) return;
      const item = pressed.parentElement;
      move(question, item, [...list(question).children].indexOf(item) + Number(pressed.dataset.by));
      pressed.focus();
    },
    pointerdown(question, event) {
      const item = event.target.closest(".viva-items > li");
      if (!item || event.target.closest("button")) return;
      const follow = ({ clientY }) => move(question, item, placeAt(question, item, clientY));
      const drop = () => item.classList.remove("viva-dragged");
      if (viva.drag(event, list(question), follow, drop)) item.classList.add("viva-dragged");
    },
  });
})();
