// The service worker of the shop. The server puts `const BUILD = { version, shell, lists, texts }` before it.
//
// What it does: pages come from the network; those that are for everybody (the server marks them
// with `x-offline: keep`) are also saved, and shown again, with a line that says so, when the network
// is slow or gone. Built files and pictures come from the cache. What it never touches: anything that
// is not a GET, server functions, the API. What it never saves: carts, orders, the dashboard, errors,
// redirects. Whatever fails here, the network answers.
"use strict";

const SHELL = `vatra-shell-${BUILD.version}`; // the offline pages and what they need, of this build
const PAGES = "vatra-pages-1"; // public pages as they were seen
const BUILT = "vatra-built-1"; // files with a hash in their name: they never change
const PICTURES = "vatra-pictures-1";

const MOST_PAGES = 60;
const MOST_BUILT = 80;
const MOST_PICTURES = 150;
const MOST_PICTURE_BYTES = 12 * 1024 * 1024;
const LARGEST_PICTURE = 400 * 1024;

const PATIENCE = 4_000; // ms that a page may take when a saved copy is there
const MORE_PATIENCE = 30_000; // when the visitor asks for the same page again
const DAY = 24 * 3600 * 1000;
const OLDEST_COPY = 7 * DAY; // prices are older than anybody wants after that

addEventListener("install", (event) => event.waitUntil(install()));
addEventListener("activate", (event) => event.waitUntil(activate()));
addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || request.headers.has("range")) return;
  if (request.mode === "navigate") event.respondWith(page(event, url));
  else if (url.pathname.startsWith("/pkg/")) event.respondWith(built(event));
  else if (isPicture(url.pathname)) event.respondWith(picture(event));
  else if (BUILD.shell.includes(url.pathname)) event.respondWith(ofShell(request));
});

/** A new build takes over at once: pages are asked for anew, and old built files stay in the cache. */
async function install() {
  const cache = await caches.open(SHELL);
  await Promise.all(
    BUILD.shell.map(async (path) => {
      // Without cookies: the offline page must show nobody's cart.
      const response = await fetch(path, { credentials: "omit", cache: path.includes("/pkg/") ? "default" : "no-cache" });
      if (!response.ok || response.redirected) throw new Error(`${path}: ${response.status}`);
      await cache.put(path, response);
    }),
  );
  await skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const first = !names.includes(PAGES);
  const old = names.filter((name) => name.startsWith("vatra-") && ![SHELL, PAGES, BUILT, PICTURES].includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
  // The request of a page does not wait until the worker is awake.
  await registration.navigationPreload?.enable();
  await clients.claim();
  if (first && !navigator.connection?.saveData) await saveFirst();
}

/** At the first visit: the page that is open, the first page and the list, so that there is something
 *  to read from then on. Without cookies, so without a cart. */
async function saveFirst() {
  const open = (await clients.matchAll({ type: "window" })).map((client) => new URL(client.url));
  const paths = new Set(open.map((url) => url.pathname + url.search));
  for (const url of open) {
    const language = url.pathname.match(/^\/(ro|en)(?=\/|$)/)?.[1];
    if (language) paths.add(`/${language}`).add(BUILD.lists[language]);
  }
  for (const path of [...paths].slice(0, 6)) {
    await fetch(path, { credentials: "omit", headers: { accept: "text/html" } })
      .then((response) => save(path, response))
      .catch(() => {});
  }
}

/** A page: from the network; when that is slow or gone, its saved copy or the offline page. */
async function page(event, url) {
  const { request } = event;
  const network = answer(event);
  // What is fetched ahead is only ever the real page.
  if (/prefetch|prerender/.test(request.headers.get("sec-purpose") ?? "")) return network;
  const path = url.pathname + url.search;
  const saving = network.then((response) => save(path, response.clone())).catch(() => {});
  event.waitUntil(saving);
  const again = request.cache === "reload" || request.referrer === request.url;
  const copy = await savedCopy(path, url).catch(() => undefined);
  if (!copy) return network.catch(() => offline(url));
  const patience = new Promise((resolve) => setTimeout(resolve, again ? MORE_PATIENCE : PATIENCE));
  return (await Promise.race([network.catch(() => undefined), patience])) ?? copy;
}

/** The network's answer, already under way where the browser has begun to ask. */
async function answer(event) {
  return (await event.preloadResponse) || fetch(event.request);
}

async function save(path, response) {
  const plain = response.ok && response.type === "basic" && !response.redirected;
  if (!plain || response.headers.get("x-offline") !== "keep") return;
  const cache = await caches.open(PAGES);
  // Taken out first, so that the oldest stands first.
  await cache.delete(path);
  await cache.put(path, response);
  await trim(cache, MOST_PAGES);
}

/** A saved page that says that it is one. The number in the cart is hidden: it may be another now. */
async function savedCopy(path, url) {
  const saved = await caches.open(PAGES).then((cache) => cache.match(path));
  const when = Date.parse(saved?.headers.get("date") ?? "");
  if (!saved || !(Date.now() - when < OLDEST_COPY)) return undefined;
  const language = languageOf(url);
  const words = BUILD.texts[language];
  const moment = new Date(when).toLocaleString(language, { dateStyle: "long", timeStyle: "short" });
  const said = words.copy.replace("{when}", moment);
  const line = `<p class="saved-copy" role="status">${said} <a href="">${words.again}</a></p>`;
  const html = (await saved.text())
    .replace("<html ", "<html data-saved ")
    .replace(/<body[^>]*>/, (body) => body + line);
  const headers = new Headers(saved.headers);
  headers.delete("content-encoding");
  headers.delete("content-length");
  return new Response(html, { status: 200, headers });
}

async function offline(url) {
  const kept = await caches.match(`/${languageOf(url)}/offline`).catch(() => undefined);
  if (!kept) return Response.error();
  return new Response(kept.body, { status: 503, statusText: "Offline", headers: kept.headers });
}

function languageOf(url) {
  const named = url.pathname.match(/^\/(ro|en)(\/|$)/)?.[1];
  return named ?? (navigator.language.startsWith("en") ? "en" : "ro");
}

async function ofShell(request) {
  return (await caches.match(request).catch(() => undefined)) ?? fetch(request);
}

/** What has a hash in its name is the same for ever. */
async function built(event) {
  const kept = await caches.match(event.request).catch(() => undefined);
  if (kept) return kept;
  const response = await fetch(event.request);
  if (response.ok && response.type === "basic") event.waitUntil(put(BUILT, event.request, response.clone(), MOST_BUILT));
  return response;
}

function isPicture(path) {
  return path.startsWith("/media/") || path.startsWith("/pictures/");
}

/** Uploaded pictures never change under their name; others are asked for again after a day. */
async function picture(event) {
  const { request } = event;
  const kept = await caches.match(request).catch(() => undefined);
  const fresh = () => Date.now() - Date.parse(kept.headers.get("date") ?? "") < DAY;
  if (kept && (request.url.includes("/media/") || fresh())) return kept;
  try {
    const response = await fetch(request);
    const bytes = Number(response.headers.get("content-length") ?? 0);
    if (response.ok && response.type === "basic" && bytes <= LARGEST_PICTURE) {
      event.waitUntil(put(PICTURES, request, response.clone(), MOST_PICTURES));
    }
    return response;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function put(name, request, response, most) {
  const cache = await caches.open(name);
  await cache.delete(request);
  await cache.put(request, response);
  await trim(cache, most);
  if (name === PICTURES && Math.random() < 0.05) await trimBytes(cache);
}

/** Takes out the oldest above a number. */
async function trim(cache, most) {
  const kept = await cache.keys();
  await Promise.all(kept.slice(0, Math.max(0, kept.length - most)).map((request) => cache.delete(request)));
}

/** Takes out the oldest above a size. Not each time: everything must be read for it. */
async function trimBytes(cache) {
  let bytes = 0;
  for (const request of (await cache.keys()).reverse()) {
    bytes += (await (await cache.match(request))?.blob())?.size ?? 0;
    if (bytes > MOST_PICTURE_BYTES) await cache.delete(request);
  }
}
