// Whoever signs out leaves nothing on the phone that can be read; what waits to be sent stays (phone-reading.js).
addEventListener('submit', ({ target }) => {
  if (target.getAttribute('action')?.endsWith('/sign-out/')) indexedDB.deleteDatabase('reading');
});
