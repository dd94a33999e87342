/* Keeps the course, one version at a time. `COURSE` stands above: its version, the page that says what
   is kept, every file with the hash of its content, and of a large course the parts that a reader may leave out, each with the hash
   of a list of its files. A version is complete or it does not exist: it is installed only when every
   file has come with the right hash, and nothing is served from two versions. The list of a part is kept
   when the part is whole. Open pages are told how far it is, and what could not be kept and why. */

const PREFIX = `viva ${registration.scope} `
const CACHE = PREFIX + COURSE.version
// Which parts a reader wants of a large course: a page writes it, every version reads it.
const CHOSEN = `${PREFIX}parts`
const BLOCK = 1 << 20
// A host that is wrong about a type must not keep a browser from using a file.
const TYPES = {
  css: "text/css", csv: "text/csv", epub: "application/epub+zip", gif: "image/gif", html: "text/html",
  ico: "image/x-icon", jpeg: "image/jpeg", jpg: "image/jpeg", js: "text/javascript",
  json: "application/json", m4a: "audio/mp4", mjs: "text/javascript", mp3: "audio/mpeg",
  mp4: "video/mp4", ogg: "audio/ogg", pdf: "application/pdf", png: "image/png", svg: "image/svg+xml",
  txt: "text/plain", vtt: "text/vtt", wasm: "application/wasm", webm: "video/webm",
  webmanifest: "application/manifest+json", webp: "image/webp", woff2: "font/woff2",
  xml: "application/xml",
}

class NotKept extends Error {
  constructor(file, why) {
    super(`${file}: ${why}`)
    Object.assign(this, { file, why })
  }
}

addEventListener("install", event => event.waitUntil(install()))
addEventListener("activate", event => event.waitUntil(removeOthers()))
addEventListener("message", event => {
  if (event.data === "use") skipWaiting()
  else if (event.data.parts) event.waitUntil(keep(event.data.parts).catch(tellWhy))
})
addEventListener("fetch", event => {
  const names = namesOf(event.request)
  if (names.length) event.respondWith(serve(names, event.request))
})

async function install() {
  try {
    await keep(await chosen())
  } catch (failure) {
    await caches.delete(CACHE)
    await tellWhy(failure)
    throw failure
  }
}

// Everything but the parts that are not wanted; what is there already is not fetched again.
async function keep(parts) {
  const work = { cache: await caches.open(CACHE), held: await kept() }
  const lists = Object.fromEntries(parts.filter(part => part in COURSE.parts).map(part => [listOf(part), COURSE.parts[part]]))
  const files = { ...COURSE.files }
  await each(Object.entries(lists), async ([name, hash]) => Object.assign(files, await read(name, hash, work)))
  const all = Object.keys(files).length
  let done = 0
  await each(Object.entries(files), async ([name, hash]) => {
    await takeMissing(name, hash, work)
    if (++done % 20 === 0) tell({ done, all })
  })
  await each(Object.entries(lists), ([name, hash]) => takeMissing(name, hash, work))
  const wanted = new Set([...Object.keys(files), ...Object.keys(lists)].map(addressOf))
  for (const { url } of await work.cache.keys()) if (!wanted.has(url)) await work.cache.delete(url)
  await tell({ kept: true })
}

const tellWhy = ({ file, why }) => tell({ file: file ?? "", why: why ?? "network" })

// A few at a time: a phone has other things to do. Where one fails, nobody begins another.
async function each(things, does) {
  const left = [...things]
  async function one() {
    for (let thing; (thing = left.shift()); ) {
      try {
        await does(thing)
      } catch (failure) {
        left.length = 0
        throw failure
      }
    }
  }
  const ends = await Promise.allSettled([one(), one(), one(), one()])
  const failed = ends.find(end => end.reason)
  if (failed) throw failed.reason
}

// The files of a part with their hashes.
async function read(name, hash, work) {
  await takeMissing(name, hash, work)
  const list = await (await work.cache.match(addressOf(name))).json()
  const isWhole = await Promise.all(Object.keys(list).map(file => work.cache.match(addressOf(file))))
  if (!isWhole.every(Boolean)) await work.cache.delete(addressOf(name))
  return list
}

async function takeMissing(name, hash, work) {
  if (!(await work.cache.match(addressOf(name)))) await take(name, hash, work)
}

// A file that has not changed comes from the version before. A host that is wrong about what has
// changed is asked for the whole file. No file is ever whole in memory.
async function take(name, hash, { held, cache }) {
  const ask = kind => () => fetch(addressOf(name), { cache: kind })
  let why = "missing"
  for (const source of [held.get(hash), ask("no-cache"), ask("reload")]) {
    const answer = await source?.()
    if (!answer?.ok) continue
    if ((await put(name, answer, hash, cache)) === hash) return
    await cache.delete(addressOf(name))
    why = "changed"
  }
  throw new NotKept(name, why)
}

async function put(name, answer, hash, cache) {
  const [stored, read] = (answer.body ?? new Blob([]).stream()).tee()
  // A new answer, because a page may not be answered with one that was redirected.
  const type = TYPES[/[^.]*$/.exec(name)[0].toLowerCase()] ?? answer.headers.get("content-type") ?? ""
  const fresh = new Response(stored, { headers: { "content-type": type, "viva-hash": hash } })
  const storing = cache.put(addressOf(name), fresh).catch(error => {
    throw error.name === "QuotaExceededError" ? new NotKept(name, "full") : error
  })
  return (await Promise.all([digest(read), storing]))[0]
}

async function kept() {
  const held = new Map()
  for (const key of await ours()) {
    const cache = await caches.open(key)
    for (const request of await cache.keys()) {
      const hash = (await cache.match(request)).headers.get("viva-hash")
      held.set(hash, () => cache.match(request))
    }
  }
  return held
}

// A file of more than a block has the hash of its blocks' hashes.
async function digest(stream) {
  const blocks = []
  const whole = new Uint8Array(BLOCK)
  let filled = 0
  for (const reader = stream.getReader(); ; ) {
    const { done, value } = await reader.read()
    for (let rest = value; rest?.length; ) {
      if (filled === BLOCK) filled = await closed(blocks, whole)
      const piece = rest.subarray(0, BLOCK - filled)
      whole.set(piece, filled)
      filled += piece.length
      rest = rest.subarray(piece.length)
    }
    if (done) break
  }
  await closed(blocks, whole.subarray(0, filled))
  const last = blocks.length === 1 ? blocks[0] : await sha256(await new Blob(blocks).arrayBuffer())
  return [...last.subarray(0, 8)].map(byte => byte.toString(16).padStart(2, "0")).join("")
}

async function closed(blocks, bytes) {
  blocks.push(await sha256(bytes))
  return 0
}

async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
}

async function ours() {
  return (await caches.keys()).filter(key => key.startsWith(PREFIX) && ![CACHE, CHOSEN].includes(key))
}

async function removeOthers() {
  await Promise.all((await ours()).map(key => caches.delete(key)))
}

// Without a choice all is taken: then the course is small, or was kept before there was a choice.
async function chosen() {
  const answer = await caches.match(registration.scope, { cacheName: CHOSEN })
  return answer ? answer.json() : Object.keys(COURSE.parts)
}

const listOf = part => `${COURSE.lists}/${part}.json`

async function tell(words) {
  for (const page of await clients.matchAll({ includeUncontrolled: true })) page.postMessage({ viva: words })
}

// What was not chosen, and what the browser has thrown away to make room, the network has to do.
// Without one a reader who opens such a page comes to the page that says what is kept.
async function serve(names, request) {
  const held = await find(names)
  if (held) return held
  try {
    return await fetch(request)
  } catch (failure) {
    const url = new URL(COURSE.page, registration.scope).href
    if (request.mode !== "navigate" || !(await find(namesOf({ method: "GET", url })))) throw failure
    return Response.redirect(url)
  }
}

// Opened, a cache that a reader has removed would be there again.
async function find(names) {
  for (const name of names) {
    const held = await caches.match(addressOf(name), { cacheName: CACHE })
    if (held) return held
  }
}

// Which files a request may mean. Of a large course only the lists of its parts know all of them.
function namesOf(request) {
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return []
  const path = decodeURI(new URL(request.url).pathname.slice(new URL(registration.scope).pathname.length))
  // Some hosts show a page without its ending.
  const names = path === "" || path.endsWith("/") ? [`${path}index.html`] : [path, `${path}.html`]
  const isParted = Object.keys(COURSE.parts).length > 0
  return names.filter(name => isParted || name in COURSE.files)
}

function addressOf(name) {
  return new URL(encodeURI(name), registration.scope).href
}
