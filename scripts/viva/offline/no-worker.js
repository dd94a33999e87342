/* A preview shows every edit at once, so nothing may be kept at its address. */

const PREFIX = `viva ${registration.scope} `

addEventListener("install", () => skipWaiting())
addEventListener("activate", event => event.waitUntil(leave()))

async function leave() {
  const keys = await caches.keys()
  await Promise.all(keys.filter(key => key.startsWith(PREFIX)).map(key => caches.delete(key)))
  await registration.unregister()
  for (const page of await clients.matchAll()) page.navigate(page.url)
}
