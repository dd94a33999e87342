/* The search opens at once, by its button, / or Ctrl+K; what searches (search.js) is loaded then. */
(() => {
  const source = new URL("search.js", document.currentScript.src);
  const dialog = document.querySelector("dialog.viva-search");
  const typing = (element) => element.closest?.("input, textarea, select, [contenteditable], viva-question, dialog");
  let script;

  function search(event) {
    event.preventDefault();
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
    if (script) return;
    script = document.createElement("script");
    script.onerror = () => { script = undefined; };
    script.src = source;
    document.head.append(script);
  }

  // Another language opens at the same question, or at the same section.
  for (const link of document.querySelectorAll(".viva-languages a")) {
    link.addEventListener("click", () => {
      const places = [...document.querySelectorAll("viva-question[id], article :is(h2, h3)[id]")];
      const here = places.findLast((one) => one.checkVisibility() && one.getBoundingClientRect().top < innerHeight / 2);
      if (here) link.hash = here.id;
    });
  }

  if (!dialog) return;
  for (const control of document.querySelectorAll("[data-viva-search]")) control.addEventListener("click", search);
  document.addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    const slash = event.key === "/" && !control && !event.altKey && !typing(event.target);
    if (slash || (event.key.toLowerCase() === "k" && control && !event.altKey)) search(event);
  });
})();
