// What every page may use. All of it is an extra: each page works without it.

const hideButton = document.querySelector('[data-hide]');
const cover = document.createElement('p');

// Hide screen: the page is replaced first, then the session is locked, so nothing shows while the network answers.
async function hideScreen() {
  if (!hideButton || cover.isConnected) return;
  const { hideUrl, signIn, title, cover: words } = hideButton.dataset;
  const body = new FormData(hideButton.form);
  cover.className = 'cover';
  cover.setAttribute('role', 'status');
  document.body.replaceChildren(cover);
  document.title = title;
  cover.textContent = words;
  const last = []; // a page with something to finish adds a promise; it gets four seconds
  dispatchEvent(new CustomEvent('casework:hide', { detail: last }));
  await Promise.race([Promise.allSettled(last), new Promise(done => setTimeout(done, 4000))]);
  await lock(hideUrl, body);
  location.replace(signIn);
}

// Without signal the cover stays and the lock is tried again until the server has answered.
async function lock(url, body) {
  for (;;) {
    try {
      if ((await fetch(url, { method: 'POST', body, redirect: 'manual' })).status < 500) return;
    } catch { /* no signal: once more below */ }
    await new Promise(done => setTimeout(done, 3000));
  }
}

hideButton?.addEventListener('click', event => { event.preventDefault(); hideScreen(); });

let escapes = [];
addEventListener('keydown', ({ key, repeat }) => {
  if (key !== 'Escape' || repeat) return;
  escapes = escapes.filter(time => Date.now() - time < 1500).concat(Date.now());
  if (escapes.length > 2) hideScreen();
  document.querySelectorAll('[data-menu][open]').forEach(menu => { menu.open = false; menu.querySelector('summary').focus(); });
}, true);

addEventListener('click', ({ target }) => {
  document.querySelectorAll('[data-menu][open]').forEach(menu => { menu.open = menu.contains(target); });
});

// After a refused form the list of errors is read first.
document.querySelector('[data-focus]')?.focus();

// Heavy text is fetched only when its fold is opened; the link inside is the way without script.
document.querySelectorAll('details[data-fragment]').forEach(fold => fold.addEventListener('toggle', async () => {
  if (!fold.open || fold.dataset.read) return;
  fold.dataset.read = 'yes';
  const place = fold.querySelector('[data-fragment-place]');
  try {
    const answer = await fetch(fold.dataset.fragment, { headers: { 'X-Fragment': '1' }, cache: 'no-store' });
    if (!answer.ok || answer.redirected) throw answer;
    place.innerHTML = await answer.text();
  } catch {
    delete fold.dataset.read;
  }
}));

// Keys of the office: rows by j and k, search by /, help by ?. Off while typing.
const rows = [...document.querySelectorAll('[data-rows] > *')];
let row = -1;

function move(step) {
  rows[row]?.classList.remove('on');
  row = Math.max(0, Math.min(rows.length - 1, row + step));
  rows[row].classList.add('on');
  rows[row].querySelector('a')?.focus();
}

const keys = {
  j: () => rows.length && move(1),
  k: () => rows.length && move(-1),
  '/': event => { const box = document.querySelector('[type=search]'); if (box) { event.preventDefault(); box.focus(); } },
  '?': () => document.querySelector('#keys:not([open])')?.showModal(),
};

addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select, dialog')) return;
  keys[event.key]?.(event);
});
