(() => {
  /* Without this script all pictures are seen at once and the answer is a number. With it one picture
     is seen at a time, and the number's field becomes a slider. Marks as the type's Python does. */
  const KEYS = {
    ArrowUp: -1, ArrowLeft: -1, ArrowDown: 1, ArrowRight: 1,
    PageUp: -5, PageDown: 5, Home: -Infinity, End: Infinity,
  };
  const DRAG = 9; // pixels of a drag to a picture

  const frame = (question) => question.form.querySelector(".viva-stack");
  const slider = (question) => question.form.elements.answer;
  const last = (question) => Number(slider(question).max);
  const words = (question, number) =>
    question.form.querySelector(`.viva-described li:nth-child(${number})`).textContent;
  const within = (question, number) => Math.min(last(question), Math.max(1, number));

  /** Show a picture of the stack, whether or not it is the answer. */
  function look(question, number) {
    const { dataset: { columns, rows }, style } = frame(question);
    const [row, column] = [Math.floor((number - 1) / columns), (number - 1) % columns];
    style.setProperty("--left", `${(-100 * column) / columns}%`);
    style.setProperty("--top", `${(-100 * row) / rows}%`);
    question.form.querySelector(".viva-scroll output").textContent = viva.say("Picture {number} of {total}", { number, total: last(question) });
    frame(question).seen = number;
    slider(question).setAttribute("aria-valuetext", told(question));
    if (frame(question).role) say(question);
  }

  const told = (question) => {
    const number = frame(question).seen;
    return viva.say("Picture {number} of {total}: {words}", { number, total: last(question), words: words(question, number) });
  };

  /** The frame as a slider of its own. */
  function say(question) {
    frame(question).ariaValueNow = frame(question).seen;
    frame(question).ariaValueText = told(question);
  }

  /** Scroll. After the answer only the view moves. */
  function go(question, number) {
    const to = within(question, number);
    if (to === frame(question).seen) return;
    if (!slider(question).matches(":disabled")) {
      slider(question).value = to;
      slider(question).dataset.moved = "";
      question.changed();
    }
    look(question, to);
  }

  const step = (question, by) => go(question, frame(question).seen + by);

  function press(question, event) {
    const by = KEYS[event.key];
    if (!by || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    step(question, by);
  }

  /** At either end of the stack the page scrolls on. */
  function wheel(question, event) {
    const by = Math.sign(event.deltaY);
    if (within(question, frame(question).seen + by) === frame(question).seen) return;
    event.preventDefault();
    step(question, by);
  }

  function drag(question, start) {
    if (start.button) return;
    start.preventDefault();
    const shown = frame(question);
    const from = shown.seen;
    const move = ({ clientY }) => go(question, from + Math.round((clientY - start.clientY) / DRAG));
    shown.setPointerCapture(start.pointerId);
    shown.addEventListener("pointermove", move);
    shown.addEventListener("lostpointercapture", () => shown.removeEventListener("pointermove", move), { once: true });
  }

  function button(question, name, by) {
    const made = viva.make("button", "viva-button viva-step", by < 0 ? "‹" : "›");
    Object.assign(made, { type: "button", ariaLabel: name });
    made.addEventListener("click", () => step(question, by));
    return made;
  }

  /** One picture has the shape of the whole figure, times its rows, through its columns. */
  function fit(question) {
    const image = frame(question).querySelector("img");
    const { columns, rows } = frame(question).dataset;
    const shape = (width, height) => width && frame(question).style.setProperty("--shape", (width * rows) / (height * columns));
    const natural = () => shape(image.naturalWidth, image.naturalHeight);
    frame(question).style.setProperty("--columns", columns);
    frame(question).style.setProperty("--rows", rows);
    image.addEventListener("load", natural);
    shape(image.getAttribute("width"), image.getAttribute("height"));
    natural(); // it may be there already
  }

  /** Where the student stopped, and which pictures are right. */
  function stopped(question, given) {
    const { answer, tolerance } = question.key;
    const [first, last] = [answer - tolerance, answer + tolerance].map((number) => within(question, number));
    if (first === last) return viva.say("You stopped at picture {given}; the right one is {answer}.", { given, answer });
    return viva.say("You stopped at picture {given}; {first} to {last} count.", { given, first, last });
  }

  /** Once the answer is given the frame itself takes the keys, to look around. */
  function open(question) {
    const slides = { tabIndex: 0, role: "slider", ariaLabel: viva.say("Look through the pictures"), ariaValueMin: 1, ariaValueMax: last(question) };
    Object.assign(frame(question), slides);
    say(question);
  }

  function close(question) {
    for (const name of ["tabindex", "role", "aria-label", "aria-valuemin", "aria-valuemax", "aria-valuenow", "aria-valuetext"]) {
      frame(question).removeAttribute(name);
    }
    frame(question).querySelector(".viva-found")?.remove();
  }

  function begin(question) {
    delete slider(question).dataset.moved;
    slider(question).value = 1;
    close(question);
    look(question, 1);
  }

  viva.type("stack", {
    wake(question) {
      const field = slider(question);
      field.type = "range";
      field.previousElementSibling.textContent = viva.say("Scroll through the pictures");
      field.addEventListener("keydown", (event) => press(question, event));
      field.after(button(question, viva.say("Next picture"), 1));
      field.before(button(question, viva.say("Picture before"), -1));
      for (const [kind, hear] of Object.entries({ wheel, pointerdown: drag, keydown: press })) {
        frame(question).addEventListener(kind, (event) => hear(question, event), { passive: false });
      }
      frame(question).dataset.single = "";
      fit(question);
      begin(question);
    },
    read: (question) => ("moved" in slider(question).dataset ? Number(slider(question).value) : null),
    write(question, answer) {
      slider(question).value = answer;
      slider(question).dataset.moved = "";
      look(question, answer);
    },
    missing: (answer) => (answer === null ? viva.say("Scroll to a picture first.") : ""),
    mark: (key, answer) => Number(Math.abs(answer - key.answer) <= key.tolerance),
    verdict(question, marked) {
      const given = Number(slider(question).value);
      const word = marked ? viva.say("Right.") : viva.say("Wrong.");
      return given === question.key.answer ? word : `${word} ${stopped(question, given)}`;
    },
    show(question) {
      look(question, question.key.answer);
      open(question);
      const found = viva.make("span", "viva-found");
      frame(question).append(found);
      viva.tag(found, "right", viva.say("Right: picture {number}", { number: question.key.answer }));
    },
    input(question, { target }) {
      if (target !== slider(question)) return;
      target.dataset.moved = "";
      look(question, Number(target.value));
    },
    reset: begin,
  });
})();
