/* Firefox keeps what each page of a folder on a disk stores apart from every other page. The page says
   so, and lets the reader carry progress from page to page as a file. */
(() => {
  "use strict";
  const study = window.vivaStudy;
  const page = study.page.replace(".html", "");
  const sums = page === "progress";
  const { say } = window.viva;

  const link = (address, title) => `<a href="${address}#data">${title}</a>`;
  const first = `<strong>${say("Firefox keeps each page of this folder apart.")}</strong>`;
  const words = sums
    ? `<p>${first} ${say("This page does not see what you answered on another one: save it there to a file, and import the file here. “{section}” says how to have it all together.", { section: link("", say("Your data")) })}</p>`
    : `<p>${first} ${say("What you do here shows on no other page. Save it to a file and import the file on the page “{page}”, which also says how to have it all together.", { page: link(study.root + study.progress, say("Progress")) })}</p>
<p class="viva-row"><button class="viva-button" type="button">${say("Save to a file")}</button>
<label class="viva-button viva-file">${say("Add from a file")} <input type="file" accept=".json,application/json"></label></p>
<p role="status"></p>`;

  function note() {
    const made = document.createElement("aside");
    made.className = "viva-study viva-notice viva-apart";
    made.ariaLabel = say("Progress from disk");
    made.innerHTML = words;
    return made;
  }

  function wake(made) {
    const said = made.querySelector("[role=status]");
    made.querySelector("button").onclick = () => study.save(said, `${study.store.course}-progress-${page}.json`, JSON.stringify(study.exported(), null, 1));
    made.querySelector("input").onchange = async ({ target }) => {
      if (target.files[0]) said.textContent = study.imported(await target.files[0].text());
      target.value = "";
    };
  }

  const made = note();
  document.querySelector(".viva-study[data-part=page], viva-quiz").before(made);
  if (!sums) wake(made);
})();
