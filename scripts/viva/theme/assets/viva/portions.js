/* A bank of many questions fills several pages. A link to a question that stands on another of them leads
   there: the first page lists them, as links for readers without scripts, and is asked by the others. */
(() => {
  "use strict";
  const pages = document.querySelectorAll(".viva-portions__list a");
  const list = document.querySelector(".viva-portions + noscript");

  function lead() {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!/^[a-z0-9-]+$/.test(id) || document.getElementById(id)) return;
    if (!list) return location.replace(new URL(`#${id}`, pages[0].href));
    const named = new DOMParser().parseFromString(list.textContent, "text/html").getElementById(id);
    const link = named?.querySelector("a") ?? named;
    if (link) location.replace(new URL(link.getAttribute("href"), location.href).href.replace(/#.*/, `#${id}`));
  }

  addEventListener("hashchange", lead);
  lead();
})();
