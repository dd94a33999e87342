/* Keeps the whole course, one version at a time. `COURSE` stands above: its version, and every file
   with the hash of its content. A version is complete or it does not exist: it is installed only
   when every file has come with the right hash, and nothing is served from two versions. */

const PREFIX = `viva ${registration.scope} `
const CACHE = PREFIX + COURSE.version

addEventListener("install", event => event.waitUntil(install()))
addEventListener("activate", event => event.waitUntil(removeOthers()))
addEventListener("message", event => event.data === "use" && skipWaiting())
addEventListener("fetch", event => {
  const address = fileOf(event.request)
  if (address) event.respondWith(serve(address, event.request))
})

async function install() {
  const cache = await caches.open(CACHE)
  try {
    const held = await kept()
    const names = Object.keys(COURSE.files)
    // A few at a time: a phone has other things to do.
    await Promise.all([0, 1, 2, 3].map(first => takeEach(names.filter((_, n) => n % 4 === first), held, cache)))
  } catch (failure) {
    await caches.delete(CACHE)
    throw failure
  }
}

async function takeEach(names, held, cache) {
  for (const name of names) await cache.put(addressOf(name), await take(name, held))
}

// A file that has not changed comes from the version before. A host that is wrong about what has
// changed is asked for the whole file.
async function take(name, held) {
  const hash = COURSE.files[name]
  const ask = cache => () => fetch(addressOf(name), { cache })
  for (const source of [held.get(hash), ask("no-cache"), ask("reload")]) {
    const answer = await source?.()
    if (!answer?.ok) continue
    const bytes = await answer.arrayBuffer()
    if ((await digest(bytes)) !== hash) continue
    // A new answer, because a page may not be answered with one that was redirected.
    const type = answer.headers.get("content-type") ?? ""
    return new Response(bytes, { headers: { "content-type": type, "viva-hash": hash } })
  }
  throw new Error(`${name} is missing or belongs to another version`)
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

async function digest(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes))
  return [...hash.subarray(0, 8)].map(byte => byte.toString(16).padStart(2, "0")).join("")
}

async function ours() {
  return (await caches.keys()).filter(key => key.startsWith(PREFIX) && key !== CACHE)
}

async function removeOthers() {
  await Promise.all((await ours()).map(key => caches.delete(key)))
}

// The browser may have thrown the files away to make room: then the network has to do.
async function serve(address, request) {
  const cache = await caches.open(CACHE)
  return (await cache.match(address)) ?? fetch(request)
}

function fileOf(request) {
  if (request.method !== "GET" || !request.url.startsWith(registration.scope)) return null
  const path = decodeURI(new URL(request.url).pathname.slice(new URL(registration.scope).pathname.length))
  // Some hosts show a page without its ending.
  const names = path === "" || path.endsWith("/") ? [`${path}index.html`] : [path, `${path}.html`]
  const name = names.find(name => name in COURSE.files)
  return name ? addressOf(name) : null
}

function addressOf(name) {
  return new URL(encodeURI(name), registration.scope).href
}
