(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const GRID = 24;
  const frame = (question) => question.form.querySelector(".viva-hotspot");
  const marker = (question) => frame(question).querySelector(".viva-marker");
  const radios = (question) => question.options.map((option) => option.firstChild);
  const checked = (question) => radios(question).find((radio) => radio.checked);
  const check = (question, name) => radios(question).forEach((radio) => (radio.checked = radio.value === String(name)));

  function draw(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    return made;
  }

  function place(element, x, y) {
    element.style.left = `${100 * x}%`;
    element.style.top = `${100 * y}%`;
  }

  /* Where a letter stands. */

  const edges = (shape) => shape.map((point, number) => [point, shape[(number + 1) % shape.length]]);

  /** Whether a point is inside: a line from it to the right crosses the edge an odd number of times. */
  function holds(shape, [x, y]) {
    return edges(shape).filter(([[ax, ay], [bx, by]]) =>
      (ay > y) !== (by > y) && x < ax + ((y - ay) / (by - ay)) * (bx - ax)).length % 2 === 1;
  }

  function distance([x, y], [[ax, ay], [bx, by]]) {
    const [dx, dy] = [bx - ax, by - ay];
    const at = Math.min(1, Math.max(0, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    return Math.hypot(x - ax - at * dx, y - ay - at * dy);
  }

  /** Points all over a shape's box. */
  function grid(shape) {
    const [left, top] = [0, 1].map((axis) => Math.min(...shape.map((point) => point[axis])));
    const [right, bottom] = [0, 1].map((axis) => Math.max(...shape.map((point) => point[axis])));
    const steps = Array.from({ length: GRID }, (_, n) => (n + 0.5) / GRID);
    return steps.flatMap((y) => steps.map((x) => [left + x * (right - left), top + y * (bottom - top)]));
  }

  /** Where a letter stands best: inside its place, outside the others, far from every edge. */
  function middle(shape, others) {
    const points = grid(shape);
    const inside = points.filter((point) => holds(shape, point));
    const free = inside.filter((point) => !others.some((other) => holds(other, point)));
    const lines = [shape, ...others].flatMap(edges);
    const room = (point) => Math.min(...lines.map((edge) => distance(point, edge)));
    const best = [free, inside, points].find((some) => some.length);
    return best.reduce((one, other) => (room(other) > room(one) ? other : one));
  }

  /** On a sheet the places are outlines with letters. */
  function letter(question) {
    const numbers = (radio) => radio.dataset.points.trim().split(/\s+/).map((point) => point.split(",").map(Number));
    const shapes = radios(question).map(numbers);
    shapes.forEach((shape, number) => {
      const made = viva.make("span", "viva-place", viva.letter(number));
      made.ariaHidden = "true";
      place(made, ...middle(shape, shapes.filter((other) => other !== shape)));
      frame(question).append(made);
    });
  }

  /* What is pointed at. */

  function point(question, { clientX, clientY }) {
    const { left, top, width, height } = frame(question).getBoundingClientRect();
    const made = viva.make("span", "viva-marker");
    place(made, (clientX - left) / width, (clientY - top) / height);
    frame(question).append(made);
  }

  const names = (question) => question.form.querySelector(".viva-names");

  /** The name of a place that was marked would tell what the figure is to show. */
  function said(question) {
    if (names(question)) return viva.say("Marked.");
    const name = checked(question)?.closest("label").textContent.trim();
    return name ? viva.say("Marked: {name}.", { name }) : viva.say("Marked: outside the named places.");
  }

  function choose(question, event) {
    marker(question)?.remove();
    if (!question.isSheet) point(question, event);
    check(question, event.target.dataset.region);
    question.say(said(question));
    question.changed();
  }

  /** What is laid over a figure needs it as wide as its height allows. */
  function fit(question) {
    const image = frame(question).querySelector("img");
    const [width, height] = ["width", "height"].map((name) => image.getAttribute(name));
    if (width) image.closest("figure").style.setProperty("--ratio", width / height);
  }

  viva.type("hotspot", {
    wake(question) {
      fit(question);
      const whole = { viewBox: "0 0 1 1", preserveAspectRatio: "none", "aria-hidden": "true" };
      const overlay = draw("svg", whole);
      for (const { value, dataset } of radios(question)) {
        overlay.append(draw("polygon", { points: dataset.points, "data-region": value }));
      }
      frame(question).append(overlay);
      if (question.isSheet) letter(question);
    },
    /* A place has a name, on a sheet a number. */
    read(question) {
      const found = checked(question)?.value ?? (marker(question) ? "" : null);
      return found && question.isSheet ? Number(found) : found;
    },
    /* A point outside every place is not told where it was. */
    write(question, answer) {
      check(question, answer);
      if (answer !== "") return;
      const outside = viva.make("span", "viva-marker");
      outside.hidden = true;
      frame(question).append(outside);
    },
    missing: (answer) =>
      answer === null ? viva.say("Mark a place in the figure, or choose one from the list, first.") : "",
    mark: (key, answer) => Number(answer === key.answer),
    show(question, answer) {
      if (names(question)) names(question).open = true;
      for (const option of question.options) {
        const name = option.firstChild.value;
        const state = name === question.key.answer ? "right" : name === answer ? "wrong" : "";
        if (!state) continue;
        frame(question).querySelector(`[data-region="${name}"]`).dataset.state = state;
        const right = state === "right";
        const yours = name === answer && (right ? viva.say("Your answer: right") : viva.say("Your answer: wrong"));
        viva.tag(option, state, yours || viva.say("Right answer"));
      }
    },
    click(question, event) {
      const named = "region" in event.target.dataset;
      if (event.target.closest(".viva-hotspot") && (named || !question.isSheet)) choose(question, event);
    },
    input(question, { target }) {
      if (target === question) return;
      marker(question)?.remove();
      question.say("");
    },
    reset(question) {
      if (names(question)) names(question).open = false;
      marker(question)?.remove();
    },
  });
})();
