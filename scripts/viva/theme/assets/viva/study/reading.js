/* A module whose end was seen counts as read, until its reader says otherwise. */
(() => {
  "use strict";
  const { store } = window.vivaStudy;
  const { say } = window.viva;
  const closing = document.querySelector(".viva-closing[data-page]");
  if (!closing) return;
  const { page } = closing.dataset;
  const name = `r:${page}`;
  const line = document.createElement("span");
  line.className = "viva-read-mark";
  const button = Object.assign(document.createElement("button"), { type: "button" });
  const said = document.createElement("span");
  line.append(said, " ", button);
  closing.append(line);

  function draw() {
    const read = Boolean(store.get(name)?.on);
    said.textContent = read ? say("Marked as read.") : "";
    button.textContent = read ? say("Undo") : say("Mark as read");
  }
  button.addEventListener("click", () => {
    store.turn(name, !store.get(name)?.on);
    draw();
  });
  const seen = new IntersectionObserver((found) => {
    if (!found.some(({ isIntersecting }) => isIntersecting)) return;
    seen.disconnect();
    if (!store.get(name)) store.turn(name, true); // taken back once, it stays so
    draw();
  });
  seen.observe(closing);
  store.listen(draw);
  draw();
})();
