/* Tells a learning management system, by SCORM 1.2 or 2004, what happens in the frame: marks, time,
   and what is needed to go on elsewhere. A page tells of an answer by the event viva:attempt; all else
   about pages is unknown here. Without such a system the pages work, and nobody is told.

   window.vivaScorm comes with the package: version, start (the first page), pass (from 0 to 1), title,
   language, items: [id, type] for everything that can be answered. */
(() => {
  "use strict"
  const course = window.vivaScorm
  const frame = document.querySelector("iframe")
  const old = course.version === "1.2"
  const api = find(window) ?? find(window.opener)
  const began = Date.now()
  const LIMIT = old ? 4096 : 64000
  const places = new Map(course.items.map(([id, type]) => [id, { type, code: code(id) }]))
  const marks = new Map() // first marks, by the code of a question
  let asked = Date.now()
  let open = false

  const names = old
    ? {
        learner: "cmi.core.student_id", raw: "cmi.core.score.raw", least: "cmi.core.score.min", most: "cmi.core.score.max",
        place: "cmi.core.lesson_location", spent: "cmi.core.session_time", exit: "cmi.core.exit", response: "student_response",
      }
    : {
        learner: "cmi.learner_id", raw: "cmi.score.raw", least: "cmi.score.min", most: "cmi.score.max",
        place: "cmi.location", spent: "cmi.session_time", exit: "cmi.exit", response: "learner_response",
      }

  /** The system's interface, in this window or in one around it. */
  function find(from) {
    const name = old ? "API" : "API_1484_11"
    try {
      for (let here = from, steps = 0; here && steps < 100; steps += 1) {
        if (here[name]) return here[name]
        if (here.parent === here) break
        here = here.parent
      }
    } catch {
      // A window of another address: there is nothing to find behind it.
    }
    return null
  }

  const call = (name, ...given) => api?.[`${old ? "LMS" : ""}${name}`](...given)
  const get = (name) => (open ? call("GetValue", name) : "")
  const set = (name, value) => open && call("SetValue", name, String(value))

  /** Some signs for a text, the same wherever it is made. */
  function code(text, length = 5) {
    let [one, two] = [0xdeadbeef, 0x41c6ce57]
    for (const letter of text) {
      one = Math.imul(one ^ letter.codePointAt(0), 2654435761)
      two = Math.imul(two ^ letter.codePointAt(0), 1597334677)
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
    return ((two >>> 0).toString(36) + (one >>> 0).toString(36)).padStart(length, "0").slice(-length)
  }

  // What is needed to go on: a code and two signs of a mark for each question.

  const packed = () => {
    const parts = [...marks].map(([key, mark]) => key + Math.round(1000 * mark).toString(36).padStart(2, "0"))
    return `1${parts.join("")}`.slice(0, 1 + 7 * Math.floor((LIMIT - 1) / 7))
  }

  function unpack(text) {
    if (!/^1(?:[0-9a-z]{7})*$/.test(text)) return
    for (let at = 1; at < text.length; at += 7) marks.set(text.slice(at, at + 5), parseInt(text.slice(at + 5, at + 7), 36) / 1000)
  }

  // What is told.

  function attempted({ detail: { id, answer, mark } }) {
    const item = places.get(id)
    if (!item || typeof mark !== "number") return
    if (!marks.has(item.code)) marks.set(item.code, mark)
    interaction(id, item.type, answer, mark)
    asked = Date.now()
    report()
  }

  function report() {
    const known = [...places.values()].filter((item) => marks.has(item.code))
    const score = known.reduce((sum, item) => sum + marks.get(item.code), 0) / places.size
    const done = known.length === places.size
    const percent = Math.round(10000 * score) / 100
    set(names.least, 0)
    set(names.most, 100)
    set(names.raw, percent)
    if (old) {
      set("cmi.core.lesson_status", percent >= 100 * course.pass ? "passed" : done ? "failed" : "incomplete")
    } else {
      set("cmi.score.scaled", Math.round(10000 * score) / 10000)
      set("cmi.progress_measure", Math.round((10000 * known.length) / places.size) / 10000)
      set("cmi.completion_status", done ? "completed" : "incomplete")
      set("cmi.success_status", percent >= 100 * course.pass ? "passed" : done ? "failed" : "unknown")
    }
    set("cmi.suspend_data", packed())
    spend()
    if (open) call("Commit", "")
  }

  function interaction(id, type, answer, mark) {
    const at = `cmi.interactions.${Number(get("cmi.interactions._count")) || 0}`
    const [kind, response] = said(type, answer)
    const wrong = old ? "wrong" : "incorrect"
    set(`${at}.id`, id)
    set(`${at}.type`, kind)
    set(`${at}.${old ? "time" : "timestamp"}`, old ? clock(new Date()) : stamp(new Date()))
    set(`${at}.${names.response}`, response)
    set(`${at}.result`, mark === 1 ? "correct" : mark === 0 ? wrong : Math.round(100 * mark) / 100)
    set(`${at}.latency`, lasted(Date.now() - asked))
  }

  /** A type of SCORM's and the answer in its words; what fits none is told as it is. */
  function said(type, answer) {
    const letter = (place) => String.fromCharCode(97 + place)
    const join = old ? "," : "[,]"
    const are = (test) => [answer].flat().every(test)
    if ((type === "choice" || type === "sequencing") && are((one) => Number.isInteger(one) && one < 26)) return [type, [answer].flat().map(letter).join(join)]
    if (type === "true-false" && typeof answer?.[0] === "boolean") return [type, old ? String(answer[0])[0] : String(answer[0])]
    if (type === "numeric" && /^-?\d+(?:\.\d+)?$/.test(answer)) return [type, answer]
    if (type === "fill-in" || type === "numeric") return ["fill-in", String(answer).slice(0, 250)]
    return old ? ["performance", JSON.stringify(answer).slice(0, 255)] : ["other", JSON.stringify(answer).slice(0, 4000)]
  }

  const two = (number) => String(Math.floor(number)).padStart(2, "0")
  const clock = (date) => [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")
  const stamp = (date) => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${clock(date)}`

  function lasted(milliseconds) {
    const seconds = Math.round(milliseconds / 1000)
    if (!old) return `PT${seconds}S`
    return `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.00`
  }

  function spend() {
    set(names.spent, lasted(Date.now() - began))
    set(names.exit, "suspend") // what was answered stays, also when everything is
  }

  // The frame.

  /** Each page that is opened: where to come back to, and what is answered on it. */
  function turned() {
    try {
      const { location, document: page } = frame.contentWindow
      const here = new URL(".", document.baseURI).href
      if (location.href.startsWith(here)) set(names.place, location.href.slice(here.length).slice(0, 255))
      course.listen(page)
    } catch {
      // A page elsewhere, which tells nothing.
    }
  }

  /** Called by each page before its questions can be answered. */
  course.listen = (page) => {
    page.addEventListener("viva:attempt", attempted)
    asked = Date.now()
  }

  function start() {
    open = String(call("Initialize", "")) === "true"
    const learner = get(names.learner)
    if (learner) course.learner = code(learner, 10)
    const isFirst = get(old ? "cmi.core.entry" : "cmi.entry") === "ab-initio"
    if (isFirst) set(old ? "cmi.core.lesson_status" : "cmi.completion_status", "incomplete")
    else unpack(get("cmi.suspend_data") ?? "")
    document.title = frame.title = course.title
    document.documentElement.lang = course.language
    frame.addEventListener("load", turned)
    const place = (!isFirst && get(names.place)) || ""
    frame.src = /^[\w./-]+\.html(?:#[\w.:-]*)?$/.test(place) && !place.includes("..") ? place : course.start
  }

  function finish() {
    if (!open) return
    spend()
    call("Commit", "")
    call(old ? "Finish" : "Terminate", "")
    open = false
  }

  addEventListener("pagehide", finish)
  addEventListener("pageshow", ({ persisted }) => persisted && location.reload())
  start()
})()
