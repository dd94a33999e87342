/* What a term, an abbreviation or a number of a reference stands for, on a card beside it: shown to who
   points at it or comes to it with the keyboard, kept by a click, a tap or Enter, closed by Esc. */
(() => {
  "use strict";
  const { explained } = window.vivaReading;
  const [WAIT, LINGER, GAP] = [150, 300, 6];
  let shown = null; // { term, card, kept }
  let leaving = null;
  let timer;

  const make = (tag, facts, ...inside) => {
    const made = Object.assign(document.createElement(tag), facts);
    made.append(...inside);
    return made;
  };
  const onward = (term) => (term.matches(".viva-cite") ? window.viva.say("All references") : window.viva.say("In the glossary"));

  function cardOf(term) {
    const said = make("p", { id: "viva-tip-said" }, term.dataset.said);
    const href = term.href || term.dataset.href;
    const card = make("div", { className: "viva-tip", popover: "manual" }, said);
    card.setAttribute("role", "dialog");
    card.setAttribute("aria-label", term.textContent);
    if (href) card.append(make("p", {}, make("a", { href }, onward(term))));
    return card;
  }

  /** Below the term, or above it where there is no room. */
  function place(term, card) {
    const at = term.getClientRects()[0] ?? term.getBoundingClientRect();
    const { width, height } = card.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const left = Math.max(GAP, Math.min(at.left, clientWidth - width - GAP));
    const fits = at.bottom + GAP + height < clientHeight || at.top < height + GAP;
    card.style.left = `${left + scrollX}px`;
    card.style.top = `${(fits ? at.bottom + GAP : at.top - GAP - height) + scrollY}px`;
  }

  function show(term) {
    if (shown?.term === term) return;
    close();
    if (!term.isConnected) return;
    if (term.title) {
      term.dataset.said = term.title; // the browser would show it once more
      term.removeAttribute("title");
    }
    const card = cardOf(term);
    (term.closest("dialog, article, main") ?? document.body).append(card);
    card.showPopover?.();
    place(term, card);
    term.setAttribute("aria-describedby", "viva-tip-said");
    shown = { term, card, kept: false };
  }

  function close() {
    clearTimeout(timer);
    if (!shown) return;
    const { term, card } = shown;
    shown = null;
    if (card.contains(document.activeElement)) {
      leaving = term; // the focus goes back to it, and must not open its card again
      term.focus();
      setTimeout(() => { leaving = null; });
    }
    term.title = term.dataset.said;
    delete term.dataset.said;
    term.removeAttribute("aria-describedby");
    card.remove();
  }

  const later = (act, wait) => {
    clearTimeout(timer);
    timer = setTimeout(act, wait);
  };

  /** The pointer or the focus is on a term. */
  function hover(term) {
    if (term === leaving) return;
    if (shown?.term === term) clearTimeout(timer);
    else if (!shown?.kept) later(() => show(term), WAIT);
  }

  /** A term was pressed; by a key, what is on its card can be pressed next. */
  function pin(term, byKey) {
    if (shown?.term === term && shown.kept && !byKey) return close();
    clearTimeout(timer);
    show(term);
    if (shown) shown.kept = true;
    if (byKey) shown?.card.querySelector("a")?.focus();
  }

  const isOn = ({ target }) => shown && (shown.card.contains(target) || shown.term.contains(target));
  document.addEventListener("pointerover", (event) => {
    if (shown && isOn(event)) clearTimeout(timer);
    else if (!shown?.kept && !event.target.closest?.(explained)) later(close, LINGER);
  });
  document.addEventListener("pointerdown", (event) => shown && !isOn(event) && close());
  document.addEventListener("focusin", (event) => shown && !isOn(event) && close());
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shown) return;
    event.preventDefault();
    event.stopPropagation();
    close();
  }, true);

  window.vivaReading.terms = { hover, pin };
})();
