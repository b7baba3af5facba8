// Whoever signs out leaves nothing on the phone that can be read; what waits to be sent stays. The worker tells the server
// so (phone-reading.js), for this page goes.
addEventListener('submit', ({ target }) => {
  if (!target.getAttribute('action')?.endsWith('/sign-out/')) return;
  indexedDB.deleteDatabase('reading');
  navigator.serviceWorker?.controller?.postMessage('left');
});
