// The one thing this site leaves on a device: this script, and in it a page that says there is no connection.
// Pages pass by here on their way from the server; none is looked at, none is kept.

const PAGE = '{{ page|escapejs }}';
const HEADERS = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': '{{ policy|escapejs }}', 'Cache-Control': 'no-store' };

addEventListener('install', () => skipWaiting()); // a new version takes over at once: there is nothing to hand on
addEventListener('activate', event => event.waitUntil(begin()));

async function begin() {
  for (const name of await caches.keys()) await caches.delete(name);
  await registration.navigationPreload?.enable();
}

// The browser itself fetches the page, as it would without this script, so that the server sees the same request.
// What a form sends is not touched: the browser can send it again.
addEventListener('fetch', event => {
  const { method, mode } = event.request;
  if (method === 'GET' && mode === 'navigate' && registration.navigationPreload) event.respondWith(page(event));
});

async function page(event) {
  try {
    return await event.preloadResponse || await fetch(event.request);
  } catch {
    return new Response(PAGE, { status: 503, headers: HEADERS });
  }
}
