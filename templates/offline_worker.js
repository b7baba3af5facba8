{% load i18n static %}{% get_current_language as LANGUAGE_CODE %}// What this site leaves on a device: this script, and in it a page that says there is no connection. On a phone that is
// enrolled, a shell as well: pages that are the same for everybody, for which it asks by a message. All other pages pass by
// here on their way from the server; none is looked at, none is kept.

const PAGE = '{{ page|escapejs }}';
const HEADERS = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': '{{ policy|escapejs }}', 'Cache-Control': 'no-store' };
const OURS = 'shell-';
const SHELLS = [{% for shell in shells %}{ name: '{{ shell.name|escapejs }}', files: [{% for file in shell.files %}'{{ file|escapejs }}', {% endfor %}] }, {% endfor %}];
const FILES = SHELLS.flatMap(({ files }) => files);
{% for shell in shells %}{% for script in shell.scripts %}importScripts('{{ script|escapejs }}');
{% endfor %}{% endfor %}
// A new version takes over once it has all that the phone kept of the one before; else that one stays.
addEventListener('install', event => event.waitUntil(renew().then(() => skipWaiting())));
addEventListener('activate', event => event.waitUntil(begin()));
addEventListener('message', event => {
  if (event.data === 'keep') keep();
  if (event.data === 'left') event.waitUntil(phoneReading.leave()); // somebody signed out
});
addEventListener('sync', event => { if (event.tag === 'boxes') event.waitUntil(send()); });

async function renew() {
  if ((await caches.keys()).some(name => name.startsWith(OURS))) await keep();
}

// As nobody: without a cookie the server knows no one to whom it could show anything; so it is told the language.
async function keep() {
  for (const { name, files } of SHELLS) {
    const headers = { 'Accept-Language': '{{ LANGUAGE_CODE }}' };
    const asked = files.map(file => new Request(file, { credentials: 'omit', cache: 'reload', headers }));
    await (await caches.open(name)).addAll(asked);
  }
}

async function begin() {
  const names = SHELLS.map(({ name }) => name);
  for (const name of await caches.keys()) if (!names.includes(name)) await caches.delete(name);
  await registration.navigationPreload?.enable();
}

// Again, as long as something waits: the browser calls once more after an error.
async function send() {
  const later = await phoneBox.send();
  await phoneReading.look();
  for (const client of await clients.matchAll()) client.postMessage('sent');
  if (later || await phoneReading.owes()) throw new Error('later');
}

// The browser itself fetches the page, as it would without this script, so that the server sees the same request.
// What a form sends is not touched: the browser can send it again.
addEventListener('fetch', event => {
  const { method, mode, url } = event.request;
  const { origin, pathname } = new URL(url);
  if (method !== 'GET') return;
  if (origin === location.origin && FILES.includes(pathname)) event.respondWith(kept(event));
  else if (mode === 'navigate' && registration.navigationPreload) event.respondWith(page(event));
});

async function kept(event) {
  return await caches.match(event.request, { ignoreSearch: true, ignoreVary: true }) || page(event);
}

async function page(event) {
  try {
    return await event.preloadResponse || await fetch(event.request);
  } catch {
    return event.request.mode === 'navigate' ? new Response(PAGE, { status: 503, headers: HEADERS }) : Response.error();
  }
}
