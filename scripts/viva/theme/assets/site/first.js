/* Before anything is painted: the typeface is asked for, and a self-check is put as it will stand, so that
   nothing moves when its scripts come. On a phone one question is seen; what was begun waits out of
   sight for the runner that puts it back. An answer that is checked before viva.js is there waits for it. */
(() => {
  "use strict";
  const FACE = "fonts/atkinson-hyperlegible-next-latin-wght";
  const { src } = document.currentScript;
  const isServed = location.protocol.startsWith("http");
  const face = (style) => new URL(`${FACE}-${style}.woff2`, src).href;

  /** The typeface comes with the first text; one that comes late waits for the next page (site.css). A page on
      a disk may not ask for it early, and has it in a moment. */
  function typeface() {
    const early = { rel: "preload", as: "font", type: "font/woff2", crossOrigin: "", href: face("normal") };
    if (isServed) return document.head.append(Object.assign(document.createElement("link"), early));
    const more = { weight: "200 800", display: "swap" };
    for (const style of ["normal", "italic"]) document.fonts.add(new FontFace("Atkinson Hyperlegible Next", `url("${face(style)}")`, { style, ...more }));
  }

  /** What this browser keeps of a kind, of whatever course: the store is not there yet. */
  const kept = (kind) => Object.keys(localStorage).filter((key) => key.startsWith("viva:") && key.includes(`:${kind}`)).map((key) => JSON.parse(localStorage[key]));

  /** As it seems; study/record.js knows better, and takes back what is not so. */
  function place(quiz) {
    quiz.toggleAttribute("data-one", matchMedia("(max-width: 59.9375em)").matches);
    quiz.addEventListener("submit", (event) => {
      if (customElements.get("viva-quiz")) return;
      event.preventDefault();
      quiz.early = event.target;
    });
    const paths = ["", "index.html"].map((end) => decodeURI(location.pathname) + end);
    const begun = kept("s:").filter(({ of, mode }) => ["tutor", "exam"].includes(mode) && paths.some((path) => path.endsWith(of)));
    for (const one of kept("p:one")) quiz.toggleAttribute("data-one", one);
    quiz.toggleAttribute("data-over", begun.length > 0 && begun.every(({ ended }) => ended));
    quiz.toggleAttribute("data-comes", begun.length > 0 || kept("p:mode").includes("exam"));
    if (begun.some(({ ended }) => !ended)) document.documentElement.dataset.session = "";
  }

  const parsed = new MutationObserver(() => {
    const quiz = document.querySelector("viva-quiz[mode=self-check]");
    if (!quiz) return;
    parsed.disconnect();
    try {
      place(quiz);
    } catch {} // the browser keeps nothing for us, or what nobody can read
  });

  /** Home has a line more for what waits, where anything may. */
  function known() {
    try {
      return Object.keys(localStorage).some((key) => key.startsWith("viva:"));
    } catch {
      return false; // the browser keeps nothing for us
    }
  }

  document.documentElement.toggleAttribute("data-served", isServed);
  document.documentElement.toggleAttribute("data-known", known());
  typeface();
  parsed.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => parsed.disconnect());
})();
