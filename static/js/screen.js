// Hide screen: what covers a page and when, what lifts the cover, how the server is told to lock.
// The tabs share two moments and nothing else: the last input, and the lock.

const button = document.querySelector('[data-hide]');
const { lockUrl, unlockUrl, stayUrl, title, coverAfter, lockAfter, warnBefore } = button.dataset;
const phone = matchMedia('(pointer: coarse) and (max-width: 48em)').matches;
const after = pair => pair.split(' ')[phone ? 0 : 1] * 1000;
const COVER = after(coverAfter), LOCK = after(lockAfter), WARN = warnBefore * 1000;
const sheet = document.querySelector('[data-cover]').content.firstElementChild;
const lift = sheet.querySelector('[data-lift]'), kept = sheet.querySelector('[data-kept]');
const warning = document.querySelector('[data-warning]');
const json = { headers: { Accept: 'application/json' }, cache: 'no-store' };

let under = null;       // the page below a cover that may be lifted
let locking = false;
let away = false;       // covered only because the phone shows something else
let told = Date.now();  // when the server last heard from this tab

// --- The cover ---

function cover() {
  if (sheet.isConnected) return;
  under = { page: new DocumentFragment(), title: document.title, top: scrollY, focus: document.activeElement };
  under.page.append(...document.body.childNodes);
  document.body.append(sheet);
  document.title = title;
  lift.focus();
}

function uncover() {
  document.body.replaceChildren(under.page);
  document.title = under.title;
  scrollTo(0, under.top);
  under.focus.focus({ preventScroll: true });
  lift.hidden = locking = away = false;
  kept.hidden = true;
  seen();
}

function drop() {
  under = null;
  lift.remove();
  kept.remove();
}

// --- The lock ---

// Covered first, so that nothing shows while the network answers. Without `force` a page with something
// unfinished may stay below the cover; it opens again here when the screen is unlocked in another tab.
async function lock(force) {
  if (locking) return;
  locking = true;
  cover();
  const last = []; // a page with something to finish adds a promise; it gets four seconds
  const stays = !dispatchEvent(new CustomEvent('casework:hide', { detail: last, cancelable: !force }));
  if (stays) lift.hidden = true;
  else drop();
  await Promise.race([Promise.allSettled(last), pause(4000)]);
  await tellOfLock();
  localStorage.locked ||= Date.now();
  if (stays) locking = kept.hidden = false;
  else location.replace(unlockUrl);
}

// Without signal the cover stays and the lock is tried again until the server has answered.
async function tellOfLock() {
  for (;;) {
    try {
      if ((await fetch(lockUrl, { ...json, method: 'POST' })).status === 204) return;
    } catch { /* no signal: once more below */ }
    await pause(3000);
  }
}

const pause = time => new Promise(done => setTimeout(done, time));

// --- The times ---

function seen() {
  if (!sheet.isConnected && !(Date.now() - localStorage.seen < 1000)) localStorage.seen = Date.now();
}

function check() {
  if (localStorage.locked) return;
  const now = Date.now(), quiet = now - localStorage.seen;
  warning.hidden = quiet < LOCK - WARN;
  if (quiet >= LOCK) lock();
  else if (quiet >= COVER) cover();
  else if (localStorage.seen > told && now - told >= WARN) stay(now);
}

// Typing is no request: the server is told that someone is here.
async function stay(now) {
  told = now;
  const answer = await fetch(stayUrl, json).catch(() => null);
  if (answer?.status === 401) lock();
}

// The picture a phone keeps for its list of open programs is of the cover.
document.addEventListener('visibilitychange', () => {
  if (!phone) return;
  if (document.hidden) {
    away = !sheet.isConnected;
    cover();
  } else {
    const quiet = Date.now() - localStorage.seen;
    check();
    if (away && !locking && quiet < COVER) uncover();
  }
});

addEventListener('storage', ({ key, newValue }) => {
  if (key !== 'locked') return;
  if (newValue) lock();
  else if (under) unlocked();
});

// In another tab. A page that holds something unsent adds a promise, and shows once it can be sent.
async function unlocked() {
  const first = [];
  dispatchEvent(new CustomEvent('casework:show', { detail: first }));
  await Promise.race([Promise.allSettled(first), pause(4000)]);
  if (under && !localStorage.locked) uncover();
}

// What Back would show is kept covered, and asked for anew.
addEventListener('pagehide', cover);
addEventListener('pageshow', ({ persisted }) => { if (persisted) location.reload(); });

// --- The person ---

let escapes = [];
addEventListener('keydown', ({ key, repeat }) => {
  if (key !== 'Escape' || repeat) return;
  escapes = escapes.filter(time => Date.now() - time < 1500).concat(Date.now());
  if (escapes.length > 2) lock(true);
}, true);

button.addEventListener('click', event => { event.preventDefault(); lock(true); });
lift.addEventListener('click', () => { check(); if (!locking) uncover(); });
for (const kind of ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'scroll']) addEventListener(kind, seen, true);

localStorage.removeItem('locked'); // the server has just shown this page
seen();
setInterval(check, 1000);
