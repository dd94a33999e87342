(() => {
  /* Dragging an option onto a prompt chooses it there. */
  function drag(question, event, item) {
    const number = [...item.parentElement.children].indexOf(item);
    const ghost = viva.make("span", "viva-ghost", item.textContent);
    const promptAt = ({ clientX, clientY }) => {
      const found = document.elementFromPoint(clientX, clientY)?.closest(".viva-prompts > label");
      return question.contains(found) ? found : null;
    };
    const light = (prompt) => {
      for (const one of question.options) one.classList.toggle("viva-over", one === prompt);
    };
    const follow = (moved) => {
      ghost.style.translate = `${moved.clientX}px ${moved.clientY}px`;
      document.body.append(ghost);
      light(promptAt(moved));
    };
    viva.drag(event, item, follow, (dropped) => {
      ghost.remove();
      light(null);
      const prompt = dropped && promptAt(dropped);
      if (!prompt) return;
      prompt.querySelector("select").value = number;
      question.changed();
    });
  }

  viva.type("matching", {
    wake: (question) => question.form.querySelectorAll(".viva-bank > li").forEach(viva.grip),
    read: (question) => viva.parts(question, Number),
    write: viva.fill,
    missing(answer) {
      if (answer === null) return viva.say("Choose an option for each line first.");
      const open = viva.open(answer);
      return open ? viva.say("Still without an option: {open} of {all} lines.", { open, all: answer.length }) : "";
    },
    mark: viva.share,
    show(question, answer) {
      const { answers } = question.key;
      for (const prompt of question.options) {
        const { name } = prompt.querySelector("select");
        if (answer[name] === answers[name]) viva.tag(prompt, "right", viva.say("Right"));
        else viva.tag(prompt, "wrong", viva.say("Wrong: it is {letter}", { letter: viva.letter(answers[name]) }));
      }
    },
    pointerdown(question, event) {
      const item = event.target.closest(".viva-bank > li");
      if (item) drag(question, event, item);
    },
  });
})();
