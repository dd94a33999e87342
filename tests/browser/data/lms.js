/* A learning management system as strict as the standard: names that it knows, values of the right
   form, interactions in order, nothing before it is opened or after it is closed. What it was told is
   in lms.data, what it had to refuse in lms.refused. */
window.lms = (() => {
  const text = (most) => new RegExp(`^[\\s\\S]{0,${most}}$`)
  const decimal = /^-?\d+(?:\.\d+)?$/
  const OLD = {
    "cmi.core.lesson_status": /^(passed|completed|failed|incomplete|browsed)$/,
    "cmi.core.lesson_location": text(255),
    "cmi.core.score.raw": /^(100(\.0+)?|\d{1,2}(\.\d+)?)$/,
    "cmi.core.score.min": decimal,
    "cmi.core.score.max": decimal,
    "cmi.core.exit": /^(time-out|suspend|logout|)$/,
    "cmi.core.session_time": /^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/,
    "cmi.suspend_data": text(4096),
    "n.id": /^[\w:.-]{1,255}$/,
    "n.type": /^(true-false|choice|fill-in|matching|performance|sequencing|likert|numeric)$/,
    "n.time": /^\d\d:\d\d:\d\d(\.\d{1,2})?$/,
    "n.student_response": text(255),
    "n.result": /^(correct|wrong|unanticipated|neutral|\d+(\.\d+)?)$/,
    "n.latency": /^\d{2,4}:\d\d:\d\d(\.\d{1,2})?$/,
  }
  const NEW = {
    "cmi.completion_status": /^(completed|incomplete|not attempted|unknown)$/,
    "cmi.success_status": /^(passed|failed|unknown)$/,
    "cmi.location": text(1000),
    "cmi.score.raw": decimal,
    "cmi.score.min": decimal,
    "cmi.score.max": decimal,
    "cmi.score.scaled": /^(-?0(\.\d+)?|-?1(\.0+)?)$/,
    "cmi.progress_measure": /^(0(\.\d+)?|1(\.0+)?)$/,
    "cmi.exit": /^(time-out|suspend|logout|normal|)$/,
    "cmi.session_time": /^PT\d+S$/,
    "cmi.suspend_data": text(64000),
    "n.id": /^[\w:.-]{1,4000}$/,
    "n.type": /^(true-false|choice|fill-in|long-fill-in|matching|performance|sequencing|likert|numeric|other)$/,
    "n.timestamp": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/,
    "n.learner_response": text(4000),
    "n.result": /^(correct|incorrect|unanticipated|neutral|-?\d+(\.\d+)?)$/,
    "n.latency": /^PT\d+S$/,
  }
  const RESPONSES = {
    "1.2": { choice: /^[a-z](,[a-z])*$/, "true-false": /^[tf]$/, numeric: decimal, sequencing: /^[a-z](,[a-z])*$/ },
    2004: { choice: /^([a-z](\[,\][a-z])*)?$/, "true-false": /^(true|false)$/, numeric: decimal, sequencing: /^[a-z](\[,\][a-z])*$/ },
  }

  function open(version, given) {
    const old = version === "1.2"
    const names = old ? OLD : NEW
    const data = { ...given }
    const [told, refused] = [[], []]
    let state = "new"

    function refuse(...why) {
      refused.push(why.join(" "))
      return "false"
    }

    function set(name, value) {
      if (state !== "open") return refuse("set", name, "while", state)
      const [, at, field] = /^cmi\.interactions\.(\d+)\.(\w+)$/.exec(name) ?? []
      const form = names[field ? `n.${field}` : name]
      if (!form?.test(value)) return refuse(name, "cannot be", value)
      const count = Number(data["cmi.interactions._count"] ?? 0)
      if (field === "id" && Number(at) !== count) return refuse(name, "out of order")
      if (field === "id") data["cmi.interactions._count"] = String(count + 1)
      else if (field && data[`cmi.interactions.${at}.id`] === undefined) return refuse(name, "before its id")
      if (field?.endsWith("_response")) {
        const kind = data[`cmi.interactions.${at}.type`]
        if (!kind || RESPONSES[version][kind]?.test(value) === false) return refuse(name, "of", kind, "cannot be", value)
      }
      told.push([name, value])
      data[name] = value
      return "true"
    }

    const api = {
      Initialize: () => (state === "new" ? ((state = "open"), "true") : refuse("opened while", state)),
      GetValue: (name) => (state === "open" ? (data[name] ?? (name.endsWith("_count") ? "0" : "")) : refuse("get", name)),
      SetValue: set,
      Commit: () => (state === "open" ? "true" : refuse("commit while", state)),
      [old ? "Finish" : "Terminate"]: () => (state === "open" ? ((state = "closed"), "true") : refuse("closed while", state)),
      GetLastError: () => "0",
    }
    window[old ? "API" : "API_1484_11"] = Object.fromEntries(Object.entries(api).map(([name, act]) => [(old ? "LMS" : "") + name, act]))
    return Object.assign(window.lms, { data, told, refused, state: () => state })
  }
  return { open }
})()
