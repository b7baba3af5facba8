// A shown name goes by itself: after its minute, and whenever the page is left, so that neither the
// Back button nor the browser's memory brings it back. Without this file the server's Refresh header
// leads back to the case.

const place = document.querySelector('[data-shown]');
const timer = place?.querySelector('[data-left]');
const until = Date.now() + 1000 * place?.dataset.shown;

function hide() {
  const words = document.createElement('p');
  words.className = 'card__body';
  words.textContent = place.dataset.hidden;
  place.replaceChildren(words);
}

function count() {
  const left = Math.ceil((until - Date.now()) / 1000);
  if (left <= 0) return hide();
  timer.textContent = timer.dataset.left.replace('{seconds}', left);
  setTimeout(count, 250);
}

if (place) {
  count();
  addEventListener('pagehide', hide);
  document.addEventListener('visibilitychange', () => { if (Date.now() >= until) hide(); });
}
