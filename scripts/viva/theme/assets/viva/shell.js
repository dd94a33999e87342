/* The search waits until someone wants it: a click on its button, / or Ctrl+K. */
(() => {
  const folder = new URL(".", document.currentScript.src);
  const typing = (element) => element.closest?.("input, textarea, select, [contenteditable], viva-question, dialog");
  let asked = false;

  function search(event) {
    if (window.vivaFind) return window.vivaFind(event);
    event.preventDefault();
    if (asked) return;
    asked = true;
    const script = document.createElement("script");
    script.onload = () => window.vivaFind(event);
    script.onerror = () => { asked = false; };
    script.src = new URL("search.js", folder);
    document.head.append(script);
  }

  for (const control of document.querySelectorAll("[data-viva-search]")) control.addEventListener("click", search);
  document.addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    const slash = event.key === "/" && !control && !event.altKey && !typing(event.target);
    if (slash || (event.key.toLowerCase() === "k" && control && !event.altKey)) search(event);
  });
})();
