/* Tells a learning management system, by SCORM 1.2 or 2004, what happens in the frame: marks, time,
   and what is needed to go on elsewhere. A page tells of an answer by the event viva:attempt; all else
   about pages is unknown here. Without such a system the pages work, and nobody is told.

   window.vivaScorm comes with the package: version, start (the first page), pass (from 0 to 1), room (so
   many characters are kept), title, language, items: [id, type] for everything that can be answered. */
(() => {
  "use strict"
  const course = window.vivaScorm
  const frame = document.querySelector("iframe")
  const old = course.version === "1.2"
  const api = find(window) ?? find(window.opener)
  const began = Date.now()
  const { Memory, code } = window.vivaMemory
  const memory = new Memory(course.room)
  const types = new Map(course.items)
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

  // What is told.

  function attempted({ detail: { id, hash, answer, mark } }) {
    if (!types.has(id) || typeof mark !== "number") return
    memory.take(id, hash, answer, mark)
    interaction(id, types.get(id), answer, mark)
    asked = Date.now()
    report()
  }

  function report() {
    const known = [...types.keys()].filter((id) => memory.has(id))
    const score = known.reduce((sum, id) => sum + memory.mark(id), 0) / types.size
    const done = known.length === types.size
    const percent = Math.round(10000 * score) / 100
    set(names.least, 0)
    set(names.most, 100)
    set(names.raw, percent)
    if (old) {
      set("cmi.core.lesson_status", percent >= 100 * course.pass ? "passed" : done ? "failed" : "incomplete")
    } else {
      set("cmi.score.scaled", Math.round(10000 * score) / 10000)
      set("cmi.progress_measure", Math.round((10000 * known.length) / types.size) / 10000)
      set("cmi.completion_status", done ? "completed" : "incomplete")
      set("cmi.success_status", percent >= 100 * course.pass ? "passed" : done ? "failed" : "unknown")
    }
    set("cmi.suspend_data", memory.packed())
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
    page.addEventListener("DOMContentLoaded", () => resumed(page))
    asked = Date.now()
  }

  /** Each question that was answered on another computer stands as it was left, once the script of its
      type is there. What this one knows comes back without us, and an exam that goes on shows no answers. */
  async function resumed(page) {
    const { vivaStudy: study, viva } = page.defaultView
    const kept = study?.sessions?.(({ of }) => of === study.path) ?? []
    if (kept.some(({ mode, ended }) => mode === "exam" && !ended)) return
    const isHere = ({ name }) => kept.some(({ items }) => items[name]?.tries?.length)
    const tries = (question) => question.attempts?.length === 0 && memory.tries(question.name, question.dataset.hash ?? "")
    const left = [...page.querySelectorAll("viva-question")].filter((question) => !isHere(question) && tries(question))
    if (left.length) await viva.ready()
    for (const question of left.filter(tries)) resume(question, tries(question))
  }

  function resume(question, tries) {
    try {
      question.resume(tries)
    } catch {
      question.clear() // kept by a system that changes what it is given
    }
  }

  /** A new attempt begins without what the one before left open in this browser. */
  function beginAnew() {
    const before = Object.keys(localStorage).filter((key) => key.includes(`-${course.learner}:s:`))
    for (const key of before) localStorage.removeItem(key)
  }

  function start() {
    open = String(call("Initialize", "")) === "true"
    const learner = get(names.learner)
    if (learner) course.learner = code(learner, 10)
    const isFirst = get(old ? "cmi.core.entry" : "cmi.entry") === "ab-initio"
    if (isFirst) {
      set(old ? "cmi.core.lesson_status" : "cmi.completion_status", "incomplete")
      if (learner) beginAnew()
    }
    if (!isFirst) memory.unpack(get("cmi.suspend_data") ?? "")
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
