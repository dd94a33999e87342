/* What a question says to read again, as a drawer over it: the section's own text, and a link to its
   page. The page of a section comes as a script, because a page on a disk may fetch nothing. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const { make, say } = window.viva;
  const root = () => new URL(study.root || "./", location.href);
  const loading = {};

  /** The name of a page's script: its address without what servers and disks add to it. */
  const stemOf = ({ pathname }) => decodeURI(pathname.slice(root().pathname.length)).replace(/(index)?\.html$/, "").replace(/\/$/, "") || "index";

  function page(name) {
    loading[name] ??= new Promise((done, failed) => {
      const src = `${study.root}assets/viva/pages/${encodeURI(name)}.js`;
      document.head.append(Object.assign(document.createElement("script"), { src, onload: () => done(window.vivaPages[name]), onerror: failed }));
    });
    return loading[name];
  }

  const level = (element) => Number(/^H([1-6])$/.exec(element.tagName)?.[1] ?? 7);

  /** A section of a page: its heading, and what follows up to the next heading of its rank. */
  function section(html, url) {
    const parsed = new DOMParser().parseFromString(html, "text/html");
    const heading = parsed.getElementById(decodeURIComponent(url.hash.slice(1))) ?? parsed.querySelector("h1");
    const taken = [heading];
    for (let next = heading?.nextElementSibling; next && level(next) > level(heading); next = next.nextElementSibling) taken.push(next);
    for (const part of taken) for (const one of [part, ...part.querySelectorAll("[href], [src]")]) {
      for (const name of ["href", "src"]) if (one.hasAttribute(name)) one.setAttribute(name, new URL(one.getAttribute(name), url).href);
      one.removeAttribute("id");
    }
    return taken.map((part) => document.importNode(part, true));
  }

  async function show(link) {
    const url = new URL(link.href);
    const parts = section(await page(stemOf(url)), url);
    parts[0]?.querySelector?.(".headerlink")?.remove();
    const close = study.button("viva-button", say("Back to the question"), () => dialog.close());
    const whole = Object.assign(make("a", "viva-link", say("Open the page")), { href: url.href });
    const dialog = make("dialog", "viva-dialog viva-drawer", make("div", "viva-drawer-text", ...parts), make("p", "viva-row", close, whole));
    dialog.ariaLabel = link.textContent;
    dialog.addEventListener("close", () => (dialog.remove(), link.focus({ preventScroll: true })));
    document.querySelector("article").append(dialog);
    dialog.showModal();
    close.focus({ preventScroll: true });
  }

  /** Follow a link as a drawer; where the text does not come, to its page. */
  study.drawer = (event) => {
    const link = event.target.closest?.(".viva-read a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    show(link).catch(() => (location.href = link.href));
  };
})();
