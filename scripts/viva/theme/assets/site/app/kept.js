/* Says on the page about taking the course along what this browser keeps of it, what not, and why. */

{
  const { root, workers, register, button, megabytes, place } = window.vivaApp
  const PREFIX = `viva ${root} `
  const CHOSEN = `${PREFIX}chosen`
  const REASONS = {
    changed: file => `the server does not send ${file} as it was built: something on the way changes it`,
    missing: file => `the server does not have ${file}`,
    full: () => "this browser has no room for it",
    network: () => "the network broke off, and the browser tries again on your next visit",
  }
  // What a reader cannot mend, whoever runs the website can.
  const THEIRS = ["changed", "missing"]
  let plan, failure, done

  const make = (tag, ...content) => {
    const made = document.createElement(tag)
    made.append(...content)
    return made
  }

  async function tell() {
    const registration = await workers.getRegistration(root)
    const kept = await held()
    const ours = registration?.scope === root.href
    const lines = []
    if (done) lines.push(`The browser is fetching the course: ${done.done} of ${done.all} files.`)
    else if (ours && registration.active) lines.push(...whole(kept))
    else if (!failure) lines.push(`This browser keeps nothing of this course. All of it takes ${megabytes(plan.bytes)}.`)
    if (failure) lines.push(...failed(ours && registration.active))
    place.replaceChildren(make("h2", "What this browser keeps"), ...lines.map(line => make("p", line)), ...parts(kept), controls(ours, kept.size < plan.files))
  }

  // The files that are there, of the version that is the newest.
  async function held() {
    const names = (await caches.keys()).filter(name => name.startsWith(PREFIX) && name !== CHOSEN)
    const cache = names.length && (await caches.open(names.at(-1)))
    return new Set(cache ? (await cache.keys()).map(request => request.url) : [])
  }

  function whole(kept) {
    if (kept.size >= plan.files) return [`This browser keeps the whole course: ${plan.files} files, ${megabytes(plan.bytes)}. Every page works without a network.`]
    if (plan.parts.length) return [`This browser keeps ${kept.size} of ${plan.files} files. What you have not chosen needs a network.`]
    return [`This browser keeps ${kept.size} of ${plan.files} files; it has thrown away the others to make room. They need a network.`]
  }

  function failed(older) {
    const said = `${older ? "A newer version" : "The course"} could not be kept: ${REASONS[failure.why](failure.file)}.`
    const advice = `Tell whoever runs this website. To find out more, they can type: viva doctor ${root}`
    return THEIRS.includes(failure.why) ? [said, advice] : [said]
  }

  function parts(kept) {
    if (!plan.parts.length) return []
    const boxes = plan.parts.map(part => {
      const box = Object.assign(make("input"), { type: "checkbox", value: part.page })
      box.checked = kept.size === 0 || part.files.every(file => kept.has(new URL(encodeURI(file), root).href))
      return make("label", box, ` ${part.title} (${megabytes(part.bytes)})`)
    })
    const rest = plan.bytes - plan.parts.reduce((sum, part) => sum + part.bytes, 0)
    const legend = make("legend", `Pictures and films to keep, besides all text and questions (${megabytes(rest)})`)
    return [make("fieldset", legend, ...boxes)]
  }

  function controls(ours, isLess) {
    const keep = button(ours ? "Keep what is missing" : "Keep it", () => take(ours))
    const change = button("Change", () => take(ours))
    const first = isLess || !ours ? [keep, " "] : plan.parts.length ? [change, " "] : []
    return make("p", ...first, ...(ours ? [button("Remove it", remove)] : []))
  }

  async function take(ours) {
    const boxes = [...place.querySelectorAll("input")]
    const chosen = boxes.filter(box => box.checked).map(box => box.value)
    if (boxes.length) await (await caches.open(CHOSEN)).put(root, new Response(JSON.stringify(chosen)))
    failure = null
    done = { done: 0, all: plan.files }
    if (ours) (await workers.getRegistration(root)).active?.postMessage({ parts: chosen })
    else await register().catch(() => {})
    tell()
  }

  async function remove() {
    await (await workers.getRegistration(root))?.unregister()
    for (const name of await caches.keys()) if (name.startsWith(PREFIX)) await caches.delete(name)
    tell()
  }

  async function begin() {
    plan = await (await fetch(new URL("app.json", root))).json()
    workers.addEventListener("message", ({ data: { viva } }) => {
      if (!viva) return
      done = viva.done && viva
      if (viva.why) failure = viva
      tell()
    })
    workers.startMessages()
    document.addEventListener("viva:kept", tell)
    workers.ready.then(tell)
    tell()
  }

  if (workers) begin().catch(() => {})
  else place.append(make("p", isSecureContext ? "This browser keeps no websites." : "The browser keeps nothing of this course, because its address begins with http:// and not with https://."))
}
