/* A text for the reader as a file. No page learns whether its browser has saved a file; some learn that
   it may not. There the text can be copied or shared instead, and nobody is told that it is saved. */
(() => {
  "use strict";
  const { say } = window.viva;
  const make = (tag, facts, ...children) => {
    const made = Object.assign(document.createElement(tag), facts);
    made.append(...children);
    return made;
  };

  /** Whether nothing that can be seen from here forbids downloads: frames do that, and some hosts. */
  function maySave() {
    if (window.origin === "null" && location.protocol !== "file:") return false;
    for (let view = window; view !== view.parent; view = view.parent) {
      try {
        const { sandbox } = view.frameElement;
        if (view.frameElement.hasAttribute("sandbox") && !sandbox.contains("allow-downloads")) return false;
      } catch {
        return false; // a frame of somebody else's page
      }
    }
    return true;
  }

  function download(name, text) {
    const link = make("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
  }

  /** The text itself, with ways to take it along that need no download. */
  function offer(name, text) {
    const area = make("textarea", { readOnly: true, rows: 4, value: text, ariaLabel: say("The text of {name}", { name }) });
    const said = make("span", { role: "status" });
    const copied = () => (said.textContent = say("Copied."));
    const select = () => (area.select(), (said.textContent = document.execCommand("copy") ? say("Copied.") : say("Select the text above and copy it.")));
    const copy = () => (navigator.clipboard?.writeText(text) ?? Promise.reject(new Error())).then(copied, select);
    const file = new File([text], name, { type: "application/json" });
    const ways = [button(say("Copy the text"), copy)];
    if (navigator.canShare?.({ files: [file] })) ways.push(button(say("Share the file"), () => navigator.share({ files: [file] }).catch(() => {})));
    return make("div", { className: "viva-offer" }, area, make("p", { className: "viva-row" }, ...ways, " ", said));
  }

  const button = (words, onclick) => make("button", { type: "button", className: "viva-button", onclick }, words);

  /** Hand a text over as a file. `place` gets what is to be said of it, in which `after` comes last. */
  function save(place, name, text, after = "") {
    const told = maySave()
      ? [`${say("Your browser has the file: look for {name} in your downloads.", { name })} ${after}`]
      : [`${say("This page stands in a frame that may not let it save files. If {name} is not in your downloads, copy its text or share it.", { name })} ${after}`, offer(name, text)];
    download(name, text);
    place.replaceChildren(...told);
  }

  window.vivaStudy.save = save;
})();
