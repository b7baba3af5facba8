{% load static %}// The one thing this site keeps on a device: a page that says there is no connection, and what draws it.
// Pages with content pass by here on their way from the server; none is ever kept, nor looked at.

const KEPT = 'offline', PAGE = '{% url "offline" %}';
const DRAWN_WITH = [{% for file in files %}'{% static file %}'{% if not forloop.last %}, {% endif %}{% endfor %}];

addEventListener('install', event => event.waitUntil(keep()));
addEventListener('activate', event => event.waitUntil(registration.navigationPreload?.enable()));

// Without cookies, so that the page is nobody's.
async function keep() {
  await caches.delete(KEPT);
  const place = await caches.open(KEPT);
  await place.addAll([PAGE, ...DRAWN_WITH].map(url => new Request(url, { credentials: 'omit', cache: 'reload' })));
}

// The browser itself fetches the page, as it would without this script: the server sees the same request. What is sent
// by a form is not touched, so that the browser can send it again.
addEventListener('fetch', event => {
  const { method, mode, url } = event.request;
  if (method !== 'GET') return;
  if (mode === 'navigate' && registration.navigationPreload) event.respondWith(page(event));
  else if (DRAWN_WITH.includes(new URL(url).pathname)) event.respondWith(drawn(event.request));
});

async function page(event) {
  try {
    return await event.preloadResponse || await fetch(event.request);
  } catch {
    return await caches.match(PAGE) || Response.error();
  }
}

async function drawn(request) {
  return await caches.match(request, { ignoreVary: true }) || fetch(request);
}
