// The page that shows, without a network, what was checked out: it asks the PIN, shows the extracts, and locks again when
// they are hidden, when the phone shows something else, after two minutes without a touch, and when their share is over.

const { phoneBox, phoneReading, momentInWords } = globalThis;
const form = document.getElementById('unlock'), { pin } = form.elements;
const shown = document.getElementById('extracts'), tools = document.getElementById('tools');
const said = document.getElementById('said');
const words = document.body.dataset;
const IDLE = 120_000, SECOND = 1000, HALF_A_MINUTE = 30_000; // milliseconds

let touchedAt = 0, until = 0, busy = false; // moments, for a phone that slept counts no time

function say(text, tone = 'info') {
  said.hidden = !text;
  said.className = `note note--${tone}`;
  said.querySelector('[data-words]').textContent = text;
}

function lock() {
  shown.replaceChildren();
  tools.hidden = true;
  pin.value = '';
}

function touched() {
  touchedAt = Date.now();
}

function check() {
  const now = Date.now();
  if (shown.childElementCount && (now >= until || now - touchedAt >= IDLE)) hide();
}

async function hide() {
  lock();
  await look();
}

// What is there without the PIN: how many, and until when the first of them.
async function look() {
  try {
    tell(await phoneReading.look());
  } catch { // where nothing can be written, nothing opens: a wrong PIN would not be counted
    lock();
    say(words.full, 'warn');
  }
}

function tell({ count, ends, wiped, until: good }) {
  until = good;
  if (wiped) say(words.wiped, 'warn');
  if (wiped || !count) lock();
  else check();
  form.hidden = !count || shown.childElementCount > 0;
  document.getElementById('none').hidden = count > 0;
  document.getElementById('until').textContent = count ? words.until.replace('COUNT', count).replace('TIME', momentInWords(ends)) : '';
}

function show(each) {
  for (const { id, ends, text } of each) {
    const card = document.getElementById('extract').content.firstElementChild.cloneNode(true);
    card.querySelector('[data-text]').innerHTML = text; // as the server made it; nobody else has the key
    card.querySelector('[data-ends]').textContent = words.ends.replace('TIME', momentInWords(ends));
    card.querySelector('[data-back]').addEventListener('click', () => giveBack(id));
    shown.append(card);
  }
  form.hidden = true;
  tools.hidden = false;
  until = Math.min(...each.map(row => row.until));
  touched();
}

async function giveBack(id) {
  lock();
  await phoneReading.giveBack(id);
  say(words.back, 'ok');
  await look();
}

const REASONS = { again: ['again', 'warn'], gone: ['wiped', 'warn'], wiped: ['tries', 'danger'], wrong: ['wrong', 'danger'] };

async function open(event) {
  event.preventDefault();
  if (busy) return;
  busy = form.setAttribute('aria-busy', 'true') ?? true;
  try {
    const { each, wrong } = await phoneReading.open(pin.value);
    lock();
    say(wrong ? words.tried.replace('COUNT', wrong) : '', 'warn');
    if (!document.hidden) show(each);
  } catch ({ why, left }) {
    const [which, tone] = REASONS[why] ?? ['full', 'warn'];
    lock();
    await look();
    say(words[which].replace('LEFT', left), tone);
    if (!form.hidden) pin.focus();
  }
  form.removeAttribute('aria-busy');
  busy = false;
}

async function begin() {
  const phone = globalThis.indexedDB && globalThis.crypto?.subtle ? await phoneBox.phone() : null;
  if (!phone) return;
  form.addEventListener('submit', open);
  tools.querySelector('[data-hide]').addEventListener('click', hide);
  for (const kind of ['pointerdown', 'keydown', 'scroll']) addEventListener(kind, touched, { passive: true });
  addEventListener('keydown', ({ key }) => { if (key === 'Escape') hide(); });
  addEventListener('pagehide', lock);
  document.addEventListener('visibilitychange', () => document.hidden ? lock() : look());
  setInterval(check, SECOND);
  setInterval(look, HALF_A_MINUTE);
  await look();
}

begin();
