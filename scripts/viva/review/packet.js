/* What a reviewer writes is kept in the browser, and saved as a file for viva review read. */
(() => {
  "use strict";
  const main = document.querySelector("main");
  const who = document.getElementById("reviewer");
  const status = document.querySelector(".save [role=status]");
  /** A message, which the page brings in its own language. */
  const say = (message) => message;
  const boxes = [...document.querySelectorAll("article")];

  /** Everything that was written so far. */
  function said() {
    const { by, date } = Object.fromEntries(new FormData(who));
    const reviews = boxes.map((article) => {
      const { status: state, comment } = Object.fromEntries(
        new FormData(article.querySelector(".box")),
      );
      const { question, version } = article.dataset;
      return { question, version, status: state, comment: comment.trim() };
    });
    return { "viva-review": 1, by: by.trim(), date, reviews };
  }

  /** Put back what the browser has kept; a browser that keeps nothing loses nothing else. */
  function restore() {
    let kept = null;
    try {
      kept = JSON.parse(localStorage.getItem(main.dataset.name));
    } catch {
      kept = null;
    }
    who.elements.by.value = kept?.by ?? "";
    who.elements.date.value = kept?.date || today();
    for (const one of kept?.reviews ?? []) {
      const form = boxes
        .find((article) => article.dataset.question === one.question)
        ?.querySelector(".box");
      if (form) {
        form.elements.status.value = one.status;
        form.elements.comment.value = one.comment;
      }
    }
  }

  function today() {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  }

  function keep() {
    try {
      localStorage.setItem(main.dataset.name, JSON.stringify(said()));
    } catch {
      /* The file is what counts. */
    }
    status.textContent = "";
  }

  function save() {
    const found = said();
    const about = found.reviews.filter((one) => one.status || one.comment);
    if (!found.by || !found.date) {
      status.textContent = say("Write your name and the date first.");
      (found.by ? who.elements.date : who.elements.by).focus();
      return;
    }
    if (!about.length) {
      status.textContent = say("There is nothing to save yet: choose a state or write a comment.");
      return;
    }
    const text = JSON.stringify({ ...found, reviews: about }, null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = `review-${found.by.replace(/[^\p{L}\p{N}]+/gu, "-")}.json`;
    link.click();
    status.textContent = say("Saved: {file}. Send this file back.").replace("{file}", link.download);
  }

  restore();
  main.addEventListener("input", keep);
  main.addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("save").addEventListener("click", save);
})();
