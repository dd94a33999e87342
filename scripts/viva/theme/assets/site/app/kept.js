/* Says on the page about taking the course along what this browser keeps of it, what not, and why. */

{
  const { root, workers, register, button, megabytes, place } = window.vivaApp
  const { say, count } = window.viva
  const PREFIX = `viva ${root} `
  const CHOSEN = `${PREFIX}parts`
  const REASONS = {
    changed: file => say("The server does not send {file} as it was built: something on the way changes it.", { file }),
    missing: file => say("The server does not have {file}.", { file }),
    full: () => say("This browser has no room for it."),
    network: () => say("The network broke off, and the browser tries again on your next visit."),
  }
  // What a reader cannot mend, whoever runs the website can.
  const THEIRS = ["changed", "missing"]
  let plan, choice, failure, done, said

  const make = (tag, ...content) => {
    const made = document.createElement(tag)
    made.append(...content)
    return made
  }

  async function tell() {
    const registration = await workers.getRegistration(root)
    const cache = await newest()
    await plans(cache)
    const kept = await held(cache)
    const ours = registration?.scope === root.href
    const lines = []
    if (done) lines.push(fetching())
    else if (ours && registration.active) lines.push(...whole(kept))
    else if (!failure) lines.push(say("This browser keeps nothing of this course. All of it takes {size}.", { size: megabytes(plan.bytes) }))
    if (failure) lines.push(...failed(ours && registration.active))
    said = lines.map(line => make("p", line))
    place.replaceChildren(make("h2", say("What this browser keeps")), ...said, ...parts(kept), controls(ours, kept.size < plan.files))
  }

  const fetching = () => count("The browser is fetching the course: {done} of {n} file.", "The browser is fetching the course: {done} of {n} files.", done.all, { done: done.done })

  async function newest() {
    const names = (await caches.keys()).filter(name => name.startsWith(PREFIX) && name !== CHOSEN)
    return names.length ? caches.open(names.at(-1)) : null
  }

  // What there is to keep, of the version that is kept, also without a network.
  async function plans(cache) {
    const ask = async name => ((await cache?.match(new URL(name, root).href)) ?? (await fetch(new URL(name, root)))).json()
    plan = await ask("app.json")
    choice = plan.choice ? await ask(plan.choice) : { lists: "", parts: [] }
  }

  // The files that are there, of the version that is the newest.
  const held = async cache => new Set(((await cache?.keys()) ?? []).map(request => request.url))

  function whole(kept) {
    const [size, held] = [megabytes(plan.bytes), kept.size]
    if (held >= plan.files) return [count("This browser keeps the whole course: {n} file, {size}. Every page works without a network.", "This browser keeps the whole course: {n} files, {size}. Every page works without a network.", plan.files, { size })]
    if (choice.parts.length) return [count("This browser keeps {kept} of {n} file. What you have not chosen needs a network.", "This browser keeps {kept} of {n} files. What you have not chosen needs a network.", plan.files, { kept: held })]
    return [count("This browser keeps {kept} of {n} file; it has thrown away the others to make room. They need a network.", "This browser keeps {kept} of {n} files; it has thrown away the others to make room. They need a network.", plan.files, { kept: held })]
  }

  function failed(older) {
    const outcome = older ? say("A newer version could not be kept.") : say("The course could not be kept.")
    const said = `${outcome} ${REASONS[failure.why](failure.file)}`
    const advice = say("Tell whoever runs this website. To find out more, they can type: {command}", { command: `viva doctor ${root}` })
    return THEIRS.includes(failure.why) ? [said, advice] : [said]
  }

  const addressOf = name => new URL(encodeURI(name), root).href

  /** The parts to choose among, each with its size, under the sections that have them. */
  function parts(kept) {
    if (!choice.parts.length) return []
    const isKept = part => kept.size === 0 || kept.has(addressOf(`${choice.lists}/${part.page}.json`))
    const rest = plan.bytes - sum(choice.parts)
    const legend = make("legend", say("Parts to keep, besides what all of them need ({size})", { size: megabytes(rest) }))
    const sections = new Map()
    for (const part of choice.parts) sections.set(part.section, [...(sections.get(part.section) ?? []), part])
    const listed = ([title, own]) => section(title, own, own.map(part => box(part, isKept(part))))
    return [make("fieldset", legend, ...[...sections].flatMap(listed))]
  }

  const sum = parts => parts.reduce((all, { bytes }) => all + bytes, 0)

  function tick(name, bytes, facts) {
    const made = Object.assign(make("input"), { type: "checkbox", ...facts })
    return make("label", made, ` ${name} (${megabytes(bytes)})`)
  }

  const box = (part, checked) => tick(part.title, part.bytes, { value: part.page, checked })

  /** A section is chosen as a whole, or looked into. One that stands alone needs no heading. */
  function section(title, own, labels) {
    if (!title || own.length < 2) return labels
    const boxes = labels.map(label => label.firstChild)
    const whole = tick(title, sum(own), { value: "", onchange: ({ target }) => boxes.forEach(one => (one.checked = target.checked)) })
    const show = () => {
      const many = boxes.filter(one => one.checked).length
      Object.assign(whole.firstChild, { checked: many === boxes.length, indeterminate: many > 0 && many < boxes.length })
    }
    const listed = make("div", ...labels)
    listed.addEventListener("change", show)
    show()
    return [make("div", whole, make("details", make("summary", count("{n} part", "{n} parts", own.length)), listed))]
  }

  function controls(ours, isLess) {
    const keep = button(ours ? say("Keep what is missing") : say("Keep it"), () => take(ours))
    const change = button(say("Change"), () => take(ours))
    const first = isLess || !ours ? [keep, " "] : choice.parts.length ? [change, " "] : []
    return make("p", ...first, ...(ours ? [button(say("Remove it"), remove)] : []))
  }

  async function take(ours) {
    const boxes = [...place.querySelectorAll("input[value]:not([value=''])")]
    const chosen = boxes.filter(box => box.checked).map(box => box.value)
    if (chosen.length < boxes.length) await (await caches.open(CHOSEN)).put(root, new Response(JSON.stringify(chosen)))
    else await caches.delete(CHOSEN) // also what will be added
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
    workers.addEventListener("message", ({ data: { viva } }) => {
      if (!viva) return
      done = viva.done && viva
      if (viva.why) failure = viva
      if (done && said?.length === 1) said[0].textContent = fetching() // the boxes stay as they are
      else tell()
    })
    workers.startMessages()
    document.addEventListener("viva:kept", tell)
    workers.ready.then(tell)
    await tell()
  }

  const none = () => place.append(make("p", isSecureContext ? say("This browser keeps no websites.") : say("The browser keeps nothing of this course, because its address begins with http:// and not with https://.")))

  if (workers) begin().catch(error => (error.name === "SecurityError" ? none() : place.append(make("p", REASONS.network()))))
  else none()
}
