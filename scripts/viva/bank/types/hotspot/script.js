(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const frame = (question) => question.form.querySelector(".viva-hotspot");
  const marker = (question) => frame(question).querySelector(".viva-marker");
  const checked = (question) => question.fieldset.querySelector("input:checked");

  function draw(name, attributes) {
    const made = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
    return made;
  }

  function choose(question, event) {
    const { left, top, width, height } = frame(question).getBoundingClientRect();
    marker(question)?.remove();
    const made = viva.make("span", "viva-marker");
    made.style.left = `${(100 * (event.clientX - left)) / width}%`;
    made.style.top = `${(100 * (event.clientY - top)) / height}%`;
    frame(question).append(made);
    const { region } = event.target.dataset;
    for (const { firstChild: radio } of question.options) radio.checked = radio.value === region;
    const name = checked(question)?.closest("label").textContent.trim();
    question.say(name ? `Marked: ${name}.` : "Marked: outside the named places.");
  }

  viva.type("hotspot", {
    wake(question) {
      const whole = { viewBox: "0 0 1 1", preserveAspectRatio: "none", "aria-hidden": "true" };
      const overlay = draw("svg", whole);
      for (const option of question.options) {
        const { value, dataset } = option.firstChild;
        overlay.append(draw("polygon", { points: dataset.points, "data-region": value }));
      }
      frame(question).append(overlay);
    },
    read: (question) => checked(question)?.value ?? (marker(question) ? "" : null),
    /* A point outside every place is not told where it was. */
    write(question, answer) {
      if (answer !== "") return;
      const outside = viva.make("span", "viva-marker");
      outside.hidden = true;
      frame(question).append(outside);
    },
    missing: (answer) =>
      answer === null ? "Mark a place in the figure, or choose one from the list, first." : "",
    mark: (key, answer) => Number(answer === key.answer),
    show(question, answer) {
      for (const option of question.options) {
        const name = option.firstChild.value;
        const state = name === question.key.answer ? "right" : name === answer ? "wrong" : "";
        if (!state) continue;
        frame(question).querySelector(`[data-region="${name}"]`).dataset.state = state;
        const yours = name === answer;
        viva.tag(option, state, yours ? `Your answer: ${state}` : "Right answer");
      }
    },
    click(question, event) {
      if (event.target.closest(".viva-hotspot")) choose(question, event);
    },
    input(question) {
      marker(question)?.remove();
      question.say("");
    },
    reset(question) {
      marker(question)?.remove();
    },
  });
})();
