/* What is needed to go on, in as many signs as a system keeps.

     2 RECORD ~ RECORD ~ …
     RECORD   a code of the question (5 signs), its first mark (2), and while there is room the answer
              as it stands: a sign of the wording it was given to, 1 for a first try and 2 for a later
              one, its mark (2), and the answer in JSON

   Marks count, answers are only shown: where room is short, the longest answers stay behind first. */
window.vivaMemory = (() => {
  "use strict"
  const THOUSAND = 1000
  const [KEY, FIRST] = [5, 7] // where the parts of a record end
  const RECORD = /^[0-9a-z]{7}(?:[0-9a-z][12][0-9a-z]{2}.+)?$/s
  const OLDER = /^1(?:[0-9a-z]{7})*$/ // marks alone
  const SHORT = { true: "t", false: "f", null: "n" }
  const LONG = { t: "true", f: "false", n: "null" }

  /** Some signs for a text, the same wherever it is made. */
  function code(text, length = KEY) {
    let [one, two] = [0xdeadbeef, 0x41c6ce57]
    for (const letter of text) {
      one = Math.imul(one ^ letter.codePointAt(0), 2654435761)
      two = Math.imul(two ^ letter.codePointAt(0), 1597334677)
    }
    one = Math.imul(one ^ (one >>> 16), 2246822507) ^ Math.imul(two ^ (two >>> 13), 3266489909)
    two = Math.imul(two ^ (two >>> 16), 2246822507) ^ Math.imul(one ^ (one >>> 13), 3266489909)
    return ((two >>> 0).toString(36) + (one >>> 0).toString(36)).padStart(length, "0").slice(-length)
  }

  const packedMark = (mark) => Math.round(THOUSAND * mark).toString(36).padStart(2, "0")
  const markOf = (text) => parseInt(text, 36) / THOUSAND
  const packedAnswer = (answer) =>
    JSON.stringify(answer).replace(/"(?:\\.|[^"\\])*"|true|false|null/g, (part) => SHORT[part] ?? part.replaceAll("~", "\\u007e"))

  /** An answer as it was; undefined where a system has changed what it was given. */
  function answerOf(text) {
    try {
      return JSON.parse(text.replace(/"(?:\\.|[^"\\])*"|[tfn]/g, (part) => LONG[part] ?? part))
    } catch {
      return undefined
    }
  }

  class Memory {
    constructor(limit) {
      this.limit = limit
      this.known = new Map() // by the code of a question: { first, told }
    }

    has(id) {
      return this.known.has(code(id))
    }

    /** The first mark of a question. */
    mark(id) {
      return this.known.get(code(id)).first
    }

    /** Take in an answer; the first mark of a question stays. */
    take(id, wording, answer, mark) {
      const before = this.known.get(code(id))
      const told = code(wording, 1) + (before ? 2 : 1) + packedMark(mark) + packedAnswer(answer)
      this.known.set(code(id), { first: before?.first ?? mark, told })
    }

    /** How a question was left, as its own tries; null if it was not answered in this wording. */
    tries(id, wording) {
      const { first, told } = this.known.get(code(id)) ?? {}
      if (!told || told[0] !== code(wording, 1)) return null
      const answer = answerOf(told.slice(4))
      if (answer === undefined) return null
      const last = { a: answer, m: markOf(told.slice(2, 4)) }
      return told[1] === "1" ? [last] : [{ a: null, m: first }, last]
    }

    packed() {
      const records = [...this.known].map(([key, { first, told }]) => [key + packedMark(first), told])
      let left = 1 + records.reduce((sum, [marked, told]) => sum + marked.length + told.length + 1, 0) - this.limit
      const byLength = [...records].sort(([, one], [, other]) => other.length - one.length)
      for (const record of byLength) {
        if (left <= 0) break
        left -= record[1].length
        record[1] = ""
      }
      const most = Math.floor(this.limit / (FIRST + 1))
      const kept = left > 0 ? records.slice(0, most) : records
      return `2${kept.map((record) => record.join("")).join("~")}`
    }

    unpack(text) {
      const parts = OLDER.test(text) ? (text.slice(1).match(/.{7}/g) ?? []) : text[0] === "2" ? text.slice(1).split("~") : []
      for (const part of parts.filter((one) => RECORD.test(one))) this.known.set(part.slice(0, KEY), { first: markOf(part.slice(KEY, FIRST)), told: part.slice(FIRST) })
    }
  }

  return { Memory, code }
})()
