/* Words explained, figures enlarged, text marked: what does it is loaded at its first use. Each part is
   window.vivaReading.NAME, from reading/NAME.js. */
(() => {
  "use strict";
  const { src } = document.currentScript;
  const EXPLAINED = ".viva-term, abbr[title], .viva-cite[title], [data-said]";
  const NOTHING = { closest: () => null };
  const loading = {};
  const load = (tag, facts) => new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement(tag), facts, { onload: done, onerror: failed }));
  });
  const file = (name) => new URL(`reading/${name}`, src).href;

  async function part(name) {
    loading.style ??= load("link", { rel: "stylesheet", href: file("reading.css") });
    loading[name] ??= load("script", { src: file(`${name}.js`) });
    await Promise.all([loading.style, loading[name]]);
    return window.vivaReading[name];
  }

  const within = ({ target }) => (target.closest ? target : NOTHING);
  const explained = (event) => within(event).closest(EXPLAINED);
  const bare = (address) => address.split("#")[0];

  /** The link to a figure's own file, around the figure or below it. */
  function enlarged(event) {
    const link = within(event).closest(".viva-zoom, figure a[href]");
    const image = link?.closest("figure, p").querySelector("img") ?? link?.closest("figure")?.querySelector("img");
    return image && bare(image.src) === bare(link.href) ? link : null;
  }

  function click(event) {
    const { detail, button, ctrlKey, metaKey, shiftKey, altKey, defaultPrevented } = event;
    if (button || ctrlKey || metaKey || shiftKey || altKey || defaultPrevented) return;
    const [term, figure, marked] = [explained(event), enlarged(event), within(event).closest(".viva-bookmark, .viva-marked")];
    if (term?.href || figure) event.preventDefault();
    if (term) part("terms").then((terms) => terms.pin(term, !detail));
    else if (figure) part("viewer").then((viewer) => viewer.open(figure));
    else if (marked) part("marks").then((marks) => marks.press(marked));
  }

  const isMarkable = () => Boolean(window.vivaStudy?.store && document.querySelector(".viva-opening, viva-quiz"));
  function selected() {
    const { isCollapsed, anchorNode } = getSelection();
    if (!isCollapsed && anchorNode?.parentElement?.closest("article")) part("marks").then((marks) => marks.offer());
  }
  function restore() {
    if (!isMarkable()) return;
    document.documentElement.dataset.vivaMarks = "";
    document.addEventListener("selectionchange", selected);
    const { store } = window.vivaStudy;
    if (["b", "h"].some((kind) => store.names(kind).length)) part("marks").then((marks) => marks.draw());
  }

  window.vivaReading = { explained: EXPLAINED };
  document.addEventListener("click", click);
  document.addEventListener("pointerover", (event) => {
    const term = event.pointerType === "mouse" && explained(event);
    if (term) part("terms").then((terms) => terms.hover(term));
  });
  document.addEventListener("focusin", (event) => {
    const term = explained(event);
    if (term?.matches(":focus-visible")) part("terms").then((terms) => terms.hover(term));
  });
  document.addEventListener("DOMContentLoaded", restore);
})();
