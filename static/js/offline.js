// Without a connection a page stays with what was typed into it: no form is sent, no link followed. (What stands in the
// place of a page that cannot be fetched: the script registered here, templates/offline_worker.js.)

const note = document.querySelector('[data-offline]');
const page = address => address.split('#')[0];

navigator.serviceWorker?.register(note.dataset.offline, { updateViaCache: 'all' }).catch(() => {});

function stay(event) {
  event.preventDefault();
  event.stopImmediatePropagation(); // not sent: it still counts as typed (app.js)
  note.hidden = false;
}

addEventListener('submit', event => { if (!navigator.onLine) stay(event); }, true);
addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  if (link && !navigator.onLine && page(link.href) !== page(location.href)) stay(event);
}, true);
addEventListener('online', () => { note.hidden = true; });
