// Without a connection a page stays, with what was typed into it: no form is sent, no link followed. (What stands in
// the place of a page that did not come: the script registered here, templates/offline_worker.js.)

const note = document.querySelector('[data-no-connection]');
const { noConnection: script, asks } = note.dataset;
const page = address => address.split('#')[0];
const letGo = new WeakSet();

// In another language it is another script.
navigator.serviceWorker?.register(`${script}?language=${document.documentElement.lang}`, { updateViaCache: 'all' }).catch(() => {});

// A device without a network may still reach a server that is on it; only an answer tells.
async function answers() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), 4000);
  try {
    return (await fetch(asks, { cache: 'no-store', signal: stop.signal })).ok;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

async function hold(event, what, go) {
  if (navigator.onLine || letGo.delete(what)) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // not sent: it still counts as typed (app.js)
  if (await answers()) {
    letGo.add(what);
    go();
  } else {
    note.hidden = false;
  }
}

addEventListener('submit', event => {
  const { target, submitter } = event;
  if (target.getAttribute('method') !== 'dialog') hold(event, target, () => target.requestSubmit(submitter));
}, true);
addEventListener('click', event => {
  const link = event.target.closest('a[href]');
  const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || link?.target || link?.origin !== location.origin;
  if (link && !elsewhere && page(link.href) !== page(location.href)) hold(event, link, () => link.click());
}, true);
addEventListener('online', () => { note.hidden = true; });
