/* The search opens at once, by its button, / or Ctrl+K; what searches (search.js) is loaded then. The
   switch of colours is here too: the theme's own lays out a page anew, twice, whenever one opens. */
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

  /* Colours, kept under the theme's own name: what its inline script reads before anything is painted. */

  const AUTO = "(prefers-color-scheme)";
  const switches = [...document.querySelectorAll("input[name=__palette]")];
  const colours = (one) => Object.fromEntries(["media", "scheme", "primary", "accent"].map((name) => [name, one.getAttribute(`data-md-color-${name}`)]));
  const fits = ({ media }) => !media || matchMedia(media).matches;

  /** Paint with the colours of a switch, the system's own where it follows the system. */
  function paint(place) {
    const color = colours(switches[place]);
    const own = color.media === AUTO && switches.map(colours).find((one) => one.media !== AUTO && fits(one));
    for (const [name, value] of Object.entries({ ...color, ...own })) {
      const attribute = `data-md-color-${name}`;
      if (name !== "media" && document.body.getAttribute(attribute) !== value) document.body.setAttribute(attribute, value);
    }
    switches.forEach((one, other) => {
      one.checked = other === place;
      if (one.nextElementSibling) one.nextElementSibling.hidden = other !== place;
    });
    window.__md_set("__palette", { index: place, color: { ...color, ...own, media: color.media } });
  }

  function startColours() {
    const kept = window.__md_get("__palette")?.index;
    const first = switches.findIndex((one) => fits(colours(one)));
    const now = () => switches.findIndex(({ checked }) => checked);
    paint(kept in switches ? kept : Math.max(0, first));
    switches.forEach((one, place) => one.addEventListener("change", () => paint(place)));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(now()));
  }

  if (switches.length) startColours();
  if (!dialog) return;
  for (const control of document.querySelectorAll("[data-viva-search]")) control.addEventListener("click", search);
  document.addEventListener("keydown", (event) => {
    const control = event.ctrlKey || event.metaKey;
    const slash = event.key === "/" && !control && !event.altKey && !typing(event.target);
    if (slash || (event.key.toLowerCase() === "k" && control && !event.altKey)) search(event);
  });
})();
