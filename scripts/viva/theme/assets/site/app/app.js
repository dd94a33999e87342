/* Lets the browser keep the whole course, and tells the reader when a new version is there. */

{
  const root = new URL("../../../", document.currentScript.src)
  const workers = location.protocol.startsWith("http") && navigator.serviceWorker

  async function start() {
    // The browser asks for the worker itself past every cache, so a new version is always noticed.
    link("manifest", "manifest.webmanifest")
    const kept = await workers.register(new URL("sw.js", root), { updateViaCache: "none" })
    if (kept.waiting) tell(kept)
    kept.addEventListener("updatefound", () => watch(kept))
    if (kept.installing) watch(kept)
    addEventListener("visibilitychange", () => {
      if (!document.hidden) kept.update().catch(() => {})
    })
    reloadWhenReplaced()
  }

  function watch(kept) {
    const fresh = kept.installing
    fresh?.addEventListener("statechange", () => {
      // Without a worker at work this is the first visit, and there is no old version to leave.
      if (fresh.state === "installed" && kept.active) tell(kept)
    })
  }

  // Every open page changes over together: none is left between two versions.
  function reloadWhenReplaced() {
    if (!workers.controller) return
    let reloading = false
    workers.addEventListener("controllerchange", () => {
      if (!reloading) location.reload()
      reloading = true
    })
  }

  let note
  function tell(kept) {
    if (note) return
    const style = link("stylesheet", "assets/site/app/app.css")
    note = document.createElement("div")
    note.className = "viva-update"
    note.setAttribute("role", "status")
    document.body.append(note)
    // A status is read out when its content changes, not when it appears.
    style.addEventListener("load", () => note.append(...told(kept)))
  }

  function link(rel, path) {
    const made = document.createElement("link")
    made.rel = rel
    made.href = new URL(path, root)
    document.head.append(made)
    return made
  }

  function told(kept) {
    const text = document.createElement("p")
    text.textContent = "There is a new version of this course. Open pages reload when you change over."
    return [text, button("Change over", () => use(kept)), button("Later", () => note.remove())]
  }

  function use(kept) {
    if (kept.waiting) kept.waiting.postMessage("use")
    else location.reload()
  }

  function button(name, act) {
    const made = document.createElement("button")
    made.type = "button"
    made.textContent = name
    made.addEventListener("click", act)
    return made
  }

  // From a disk there is nothing to install, and browsers complain of a manifest there.
  // A browser that refuses shows the site as any other.
  if (workers) addEventListener("load", () => start().catch(() => {}))
}
