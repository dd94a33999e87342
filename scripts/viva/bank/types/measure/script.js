(() => {
  /* Marks as the type's Python does; tests/cases/measure keeps the two alike. */
  const SVG = "http://www.w3.org/2000/svg";
  const START = [[0.3, 0.8], [0.7, 0.8]];
  const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const SLACK = 1e-9;

  const frame = (question) => question.querySelector(".viva-measure");
  const handles = (question) => [...frame(question).querySelectorAll("button")];
  const points = (question) => handles(question).map(({ dataset: { x, y } }) => [Number(x), Number(y)]);
  const size = (question) => frame(question).dataset.size.split(" ").map(Number);
    const mm = (length) => `${viva.number(length, 1, 1)}\u00a0mm`;
  const isMoved = ({ dataset }) => "moved" in dataset;

  const scaled = ([x, y], [width, height]) => [x * width, y * height];
  const between = ([ax, ay], [bx, by]) => Math.hypot(ax - bx, ay - by);
  const length = (pair, of) => between(...pair.map((point) => scaled(point, of)));

  /** How far a point lies from a line of points, in millimetres. */
  function off(point, line, of) {
    const at = scaled(point, of);
    const parts = line.slice(1).map((end, n) => [scaled(line[n], of), scaled(end, of)]);
    return Math.min(...parts.map(([[ax, ay], [bx, by]]) => {
      const [dx, dy] = [bx - ax, by - ay];
      const share = ((at[0] - ax) * dx + (at[1] - ay) * dy) / (dx * dx + dy * dy || 1);
      const near = Math.min(1, Math.max(0, share));
      return between(at, [ax + near * dx, ay + near * dy]);
    }));
  }

  function mark({ millimetres, answer, tolerance, ends, within }, [one, other]) {
    const fits = (pair) => pair.every((point, n) => off(point, ends[n].points, millimetres) <= within + SLACK);
    if (!fits([one, other]) && !fits([other, one])) return 0;
    return Math.abs(length([one, other], millimetres) - answer) <= tolerance + SLACK ? 1 : 0.5;
  }

  function draw(parent, name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    parent.append(made);
    return made;
  }

  const line = (parent, shape) => draw(parent, "polyline", { points: shape.join(" ") });

  /** Where in the figure the pointer is, from 0 to 1. */
  function spot(question, { clientX, clientY }) {
    const { left, top, width, height } = frame(question).getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / height];
  }

  /** The handle nearest to a point: handles of a short distance lie over each other. */
  function nearest(question, at) {
    const [one, other] = points(question).map((point) => length([point, at], size(question)));
    return handles(question)[Number(other < one)];
  }

  function put(handle, point) {
    const [x, y] = point.map((part) => Math.round(1e4 * Math.min(1, Math.max(0, part))) / 1e4);
    Object.assign(handle.dataset, { x, y });
    handle.style.cssText = `left:${100 * x}%;top:${100 * y}%`;
    handle.ariaLabel = viva.say("{end}, {x} from the left, {y} from the top", { end: handle.name, x: viva.percent(x), y: viva.percent(y) });
  }

  /** Draw the caliper where its ends are, and say at once to the eye what it measures. */
  function tell(question) {
    const pair = points(question);
    frame(question).querySelector("polyline").setAttribute("points", pair.join(" "));
    const words = handles(question).some(isMoved) ? mm(length(pair, size(question))) : viva.say("Drag both ends into place, or tap where they belong.");
    question.querySelector("output > span").textContent = words;
  }

  /** The student moves an end. It is read out when the end has come to rest. */
  function move(question, handle, point) {
    put(handle, point);
    handle.dataset.moved = "";
    tell(question);
    clearTimeout(handle.resting);
    handle.resting = setTimeout(() => {
      const said = `${handle.ariaLabel}. ${mm(length(points(question), size(question)))}`;
      question.querySelector(".viva-said").textContent = said;
    }, 600);
  }

  function grab(question, event) {
    if (event.button) return;
    event.preventDefault();
    const at = spot(question, event);
    const handle = nearest(question, at);
    handle.grip = [Number(handle.dataset.x) - at[0], Number(handle.dataset.y) - at[1]];
    handle.down = [event.clientX, event.clientY];
    handle.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
  }

  function drag(question, handle, event) {
    if (!handle.hasPointerCapture(event.pointerId)) return;
    move(question, handle, spot(question, event).map((part, axis) => part + handle.grip[axis]));
  }

  function press(question, handle, event) {
    const way = STEPS[event.key];
    if (!way || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    const from = [Number(handle.dataset.x), Number(handle.dataset.y)];
    move(question, handle, from.map((part, axis) => part + way[axis] * (event.shiftKey ? 0.05 : 0.005)));
    question.changed();
  }

  /** Nobody has to drag: a tap brings the end that waits, or the nearer one. A tap on a handle that
      has its place is for the other one: in a narrow gap they lie over each other. */
  function tap(question, event) {
    if (handles(question)[0].matches(":disabled")) return;
    const at = spot(question, event);
    const waiting = handles(question).find((one) => !isMoved(one));
    const on = event.target.closest("button");
    const isTap = event.detail && on && between(on.down, [event.clientX, event.clientY]) < 4;
    if (on && !(isTap && waiting && isMoved(on))) return;
    const handle = waiting ?? nearest(question, at);
    move(question, handle, at);
    question.changed();
  }

  function grow(question, name) {
    const handle = viva.make("button", "viva-end");
    Object.assign(handle, { type: "button", name });
    handle.addEventListener("pointerdown", (event) => grab(question, event));
    handle.addEventListener("pointermove", (event) => drag(question, handle, event));
    handle.addEventListener("lostpointercapture", () => question.changed());
    handle.addEventListener("keydown", (event) => press(question, handle, event));
    return handle;
  }

  function begin(question) {
    handles(question).forEach((handle, n) => {
      delete handle.dataset.moved;
      clearTimeout(handle.resting);
      put(handle, START[n]);
    });
    frame(question).querySelectorAll(".viva-found").forEach((found) => found.remove());
    question.querySelector(".viva-said").textContent = "";
    tell(question);
  }

  /** What is laid over a figure needs it as wide as its height allows. */
  function fit(question) {
    const image = frame(question).querySelector("img");
    const [width, height] = ["width", "height"].map((name) => image.getAttribute(name));
    if (width) image.closest("figure").style.setProperty("--ratio", width / height);
  }

  viva.type("measure", {
    wake(question) {
      fit(question);
      const ends = viva.make("div", "", ...[1, 2].map((n) => viva.say("End {n}", { n })).map((name) => grow(question, name)));
      ends.setAttribute("role", "application");
      ends.ariaLabel = viva.say("Caliper: move an end with the arrow keys, further with Shift");
      const overlay = draw(frame(question), "svg", { viewBox: "0 0 1 1", preserveAspectRatio: "none", "aria-hidden": "true" });
      line(overlay, START);
      frame(question).append(ends);
      frame(question).addEventListener("click", (event) => tap(question, event));
      const shown = viva.make("span", "");
      shown.ariaHidden = "true";
      question.querySelector("output").append(shown, viva.make("span", "viva-said"));
      begin(question);
    },
    read: (question) => (handles(question).every(isMoved) ? points(question) : null),
    write(question, answer) {
      handles(question).forEach((handle, n) => {
        put(handle, answer[n]);
        handle.dataset.moved = "";
      });
      tell(question);
    },
    missing: (answer) => (answer === null ? viva.say("Move both ends into place first.") : ""),
    mark,
    verdict(question, marked) {
      const { answer, millimetres } = question.key;
      const half = viva.say("Partly right: {share}. Both ends lie on the right borders.", { share: viva.percent(0.5) });
      const word = { 1: viva.say("Right."), 0.5: half }[marked] ?? viva.say("Wrong.");
      const measured = mm(length(points(question), millimetres));
      return `${word} ${viva.say("You measured {measured}; the right measurement is {answer}.", { measured, answer: mm(answer) })}`;
    },
    show(question) {
      const { answer, ends, right } = question.key;
      const found = draw(frame(question).querySelector("svg"), "g", { class: "viva-found", "data-state": "right" });
      for (const shape of [ends[0].points, ends[1].points, right]) line(found, shape);
      const label = viva.make("span", "viva-found");
      label.style.cssText = `left:${50 * (right[0][0] + right[1][0])}%;top:${50 * (right[0][1] + right[1][1])}%`;
      frame(question).append(label);
      viva.tag(label, "right", mm(answer));
    },
    reset: begin,
  });
})();
