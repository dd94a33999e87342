/* What types share: names of places, reading and putting back, marking parts, dragging. */
(() => {
  function controls({ form: { elements } }) {
    const found = [];
    while (elements.namedItem(found.length)) found.push(elements.namedItem(found.length));
    return found;
  }

  Object.assign(window.viva, {
    /** The letter of an option, A for the place 0; AA comes after Z. */
    letter(place) {
      const letters = viva.say("A B C D E F G H I J K L M N O P Q R S T U V W X Y Z").split(" ");
      const { length } = letters;
      return (place < length ? "" : viva.letter(Math.floor(place / length) - 1)) + letters[place % length];
    },
    /** Tell in words, with an icon, how a part of the answer did. */
    tag(element, state, words) {
      element.dataset.state = state;
      element.append(viva.make("span", "viva-tag", words));
    },
    /** The inputs that are picked, by the numbers that are their values. */
    picked: ({ fieldset }) => [...fieldset.querySelectorAll("input:checked")].map(({ value }) => Number(value)),
    pick({ fieldset }, values) {
      for (const input of fieldset.querySelectorAll("input")) input.checked = values.includes(Number(input.value));
    },
    /** What is typed into the one field. */
    typed: ({ form }) => form.elements.answer.value.trim() || null,
    /** Answers in parts, each a control named by its number: read, put back, count the open ones, mark. */
    parts(question, meaning) {
      const values = controls(question).map(({ value }) => value.trim());
      return values.some(Boolean) ? values.map((value) => (value ? meaning(value) : null)) : null;
    },
    fill(question, answer) {
      controls(question).forEach((control, part) => (control.value = answer[part] ?? ""));
    },
    open: (answer) => answer.filter((part) => part === null).length,
    share: ({ answers }, answer) =>
      answer.filter((part, place) => part === answers[place]).length / answers.length,
    /** Give an item a handle: a finger elsewhere on it scrolls the page. */
    grip(item) {
      item.prepend(viva.make("span", "viva-grip"));
    },
    /** Follow the pointer that went down on an item until it is let go; `drop` gets no event when
        the drag was broken off. False when it is no drag. */
    drag(event, area, move, drop) {
      const { button, pointerType, pointerId, target } = event;
      if (button || (pointerType === "touch" && !target.matches(".viva-grip"))) return false;
      event.preventDefault();
      area.setPointerCapture(pointerId);
      const stop = new AbortController();
      const listen = (kind, does) => area.addEventListener(kind, does, { signal: stop.signal });
      listen("pointermove", move);
      listen("pointerup", (up) => (stop.abort(), drop(up)));
      listen("pointercancel", () => (stop.abort(), drop()));
      return true;
    },
  });
})();
