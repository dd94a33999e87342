/* The switch of colours. The theme's own marks the whole page while it sets colours, also those that are
   there already, and so has every page laid out twice more when it opens. What is chosen is kept under
   the theme's own name: its inline script reads it before anything is painted. */
(() => {
  "use strict";
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
    keep({ index: place, color: { ...color, ...own, media: color.media } });
  }

  /** A browser may refuse to remember. */
  function kept() {
    try {
      return window.__md_get("__palette");
    } catch {
      return null;
    }
  }
  function keep(palette) {
    try {
      window.__md_set("__palette", palette);
    } catch {} // it holds for this page
  }

  function start() {
    const chosen = kept()?.index;
    const first = switches.findIndex((one) => fits(colours(one)));
    const now = () => switches.findIndex(({ checked }) => checked);
    paint(chosen in switches ? chosen : Math.max(0, first));
    switches.forEach((one, place) => one.addEventListener("change", () => paint(place)));
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => paint(now()));
  }

  if (switches.length) start();
})();
