// The page that shows, without a network, what was checked out: it asks the PIN, shows the extracts, and locks again when
// they are hidden, when the phone shows something else, and after two minutes without a touch.

const { phoneBox, phoneReading } = globalThis;
const form = document.getElementById('unlock'), { pin } = form.elements;
const shown = document.getElementById('extracts'), tools = document.getElementById('tools');
const said = document.getElementById('said');
const words = document.body.dataset;
const IDLE = 120_000, MINUTE = 30_000;

const { lang } = document.documentElement;
const format = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'medium', timeStyle: 'short', calendar: 'gregory', numberingSystem: 'latn' });
let idle = null, busy = false;

function say(text, tone = 'info') {
  said.hidden = !text;
  said.className = `note note--${tone}`;
  said.querySelector('[data-words]').textContent = text;
}

function lock() {
  clearTimeout(idle);
  shown.replaceChildren();
  tools.hidden = true;
  pin.value = '';
}

function touched() {
  clearTimeout(idle);
  if (shown.childElementCount) idle = setTimeout(hide, IDLE);
}

async function hide() {
  lock();
  await look();
}

// What is there without the PIN: how many, and until when the first of them.
async function look() {
  const { count, ends, wiped } = await phoneReading.look();
  if (wiped) say(words.wiped, 'warn');
  if (wiped || !count) lock();
  form.hidden = !count || shown.childElementCount > 0;
  document.getElementById('none').hidden = count > 0;
  document.getElementById('until').textContent = count ? words.until.replace('COUNT', count).replace('TIME', format.format(ends)) : '';
}

function show(each) {
  for (const { id, ends, text } of each) {
    const card = document.getElementById('extract').content.firstElementChild.cloneNode(true);
    card.querySelector('[data-text]').innerHTML = text; // as the server made it; nobody else has the key
    card.querySelector('[data-ends]').textContent = words.ends.replace('TIME', format.format(ends));
    card.querySelector('[data-back]').addEventListener('click', () => giveBack(id));
    shown.append(card);
  }
  form.hidden = true;
  tools.hidden = false;
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
    const each = await phoneReading.open(pin.value);
    lock();
    say('');
    if (!document.hidden) show(each);
  } catch ({ why, left }) {
    const [which, tone] = REASONS[why] ?? ['again', 'warn'];
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
  setInterval(look, MINUTE);
  await look();
}

begin();
