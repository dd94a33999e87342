/* Lets the browser keep the course, asks before that takes much, and tells the reader when a new
   version is there. It stands in the head, before the words: they are there once the page is. */

{
  const root = new URL(document.currentScript.dataset.root ?? "../../../", document.currentScript.src)
  const workers = origin.startsWith("http") && navigator.serviceWorker
  const LATER = `viva-app ${root}`

  async function start() {
    link("manifest", "manifest.webmanifest")
    const found = await workers.getRegistration(root)
    if (found?.scope === root.href) return register()
    if (remembered()) return
    const plan = await (await fetch(new URL("app.json", root))).json()
    if (!plan.asks) return register()
    if (!document.querySelector(".viva-kept")) ask(plan)
  }

  async function register() {
    // The browser asks for the worker itself past every cache, so a new version is always noticed.
    const kept = await workers.register(new URL("sw.js", root), { updateViaCache: "none" })
    if (kept.waiting) tell(kept)
    kept.addEventListener("updatefound", () => watch(kept))
    if (kept.installing) watch(kept)
    addEventListener("visibilitychange", () => {
      if (!document.hidden) kept.update().catch(() => {})
    })
    reloadWhenReplaced()
    document.dispatchEvent(new Event("viva:kept"))
  }

  // Private windows may refuse to remember.
  function remembered(words) {
    try {
      if (words) localStorage[LATER] = words
      return localStorage[LATER]
    } catch {
      return words
    }
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

  function tell(kept) {
    const words = viva.say("There is a new version of this course. Open pages reload when you change over.")
    show("viva-update viva-update--over", words, button(viva.say("Change over"), () => use(kept)), button(viva.say("Later"), hide))
  }

  function ask(plan) {
    const words = viva.say("This browser can keep the course, so that you can read it without a network. That takes {size}.", { size: megabytes(plan.bytes) })
    const keep = button(viva.say("Keep it"), () => (hide(), register()))
    const later = button(viva.say("Not now"), () => (hide(), remembered("later")))
    show("viva-update", words, keep, later, ...(plan.choice ? [chooseParts(plan)] : []))
  }

  function chooseParts(plan) {
    const made = document.createElement("a")
    made.href = new URL(plan.page, root)
    made.textContent = viva.say("Choose parts")
    return made
  }

  const SIZE = { style: "unit", unit: "megabyte", minimumFractionDigits: 1, maximumFractionDigits: 1 }
  const megabytes = bytes => Math.max(bytes / 1e6, 0.1).toLocaleString(viva.locale, SIZE).replace(" ", "\u00a0")

  // An offer stands in the page, below what comes first or at its end: it never covers or moves what one came for.
  let note
  function show(look, words, ...buttons) {
    if (note) return
    const style = link("stylesheet", "assets/site/app/app.css")
    note = document.createElement("div")
    note.className = look
    note.setAttribute("role", "status")
    const modules = document.querySelector(".viva-contents--brief")
    if (modules) modules.after(note)
    else (document.querySelector("footer") ?? document.body).append(note)
    const text = document.createElement("p")
    text.textContent = words
    // A status is read out when its content changes, not when it appears.
    style.addEventListener("load", () => note?.append(text, ...buttons))
  }

  function hide() {
    note?.remove()
    note = null
  }

  function link(rel, path) {
    const made = document.createElement("link")
    made.rel = rel
    made.href = new URL(path, root)
    document.head.append(made)
    return made
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

  // The page on taking the course along tells what is kept.
  function tellAll() {
    const place = document.querySelector(".viva-kept")
    if (!place || !location.protocol.startsWith("http")) return
    link("stylesheet", "assets/site/app/app.css")
    window.vivaApp = { root, workers, register, button, megabytes, place }
    document.head.append(Object.assign(document.createElement("script"), { src: new URL("assets/site/app/kept.js", root) }))
  }

  addEventListener("load", tellAll)
  // From a disk there is nothing to install, and browsers complain of a manifest there.
  // A browser that refuses shows the site as any other.
  if (workers) addEventListener("load", () => start().catch(() => {}))
}
