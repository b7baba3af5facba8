// What is new while a page is open: notices, on the bell, and what others changed of what the page is about. Asked
// every 30 seconds while the page is seen. It keeps no session alive; without it, everything is there on loading.

const place = document.querySelector('[data-live]'), bell = document.querySelector('[data-unseen]');
const EVERY = 30_000, SELDOM = 480_000;
const LATE = 10_000; // a deed is written down a moment before it can be read
let wait = EVERY, asked = 0, told = 0, over = false; // moments since the page was asked for

async function ask() {
  asked = performance.now();
  const now = asked, about = new URLSearchParams({ ago: Math.ceil((now - told) / 1000) });
  for (const name of ['case', 'person']) if (place.dataset[name]) about.set(name, place.dataset[name]);
  const answer = await fetch(`${place.dataset.live}?${about}`, { headers: { Accept: 'application/json' }, cache: 'no-store' });
  over = answer.status === 401 || answer.redirected; // locked or signed out: screen.js sees to that
  if (!answer.ok || over) throw answer;
  tell(await answer.json());
  told = now - LATE;
}

function tell({ unseen, said }) {
  bell.hidden = !unseen;
  bell.lastChild.data = ` ${unseen}`;
  const line = place.querySelector('[data-said]');
  if (!said || line.textContent === said) return; // read out once
  line.textContent = said;
  place.hidden = false;
}

// Neither below another tab nor below the cover of a hidden screen.
async function look() {
  if (over || document.hidden || !place.isConnected) return;
  try {
    await ask();
    wait = EVERY;
  } catch {
    wait = Math.min(2 * wait, SELDOM);
  }
}

async function watch() {
  await look();
  if (!over) setTimeout(watch, wait);
}

setTimeout(watch, EVERY);
document.addEventListener('visibilitychange', () => { if (performance.now() - asked > wait) look(); });
place.querySelector('[data-show]').addEventListener('click', () => location.reload());
