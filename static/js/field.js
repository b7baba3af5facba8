// The page that opens without a network: a form that is sealed when it is saved, and the list of what waits.

const { phoneBox } = globalThis;
const form = document.getElementById('rescue');
const list = document.getElementById('waiting');
const said = document.getElementById('said');
const words = document.body.dataset;
const WAITS = [5, 15, 60, 300]; // seconds until it is tried again
const MOST_TILES = 6;
const when = form.querySelector('[data-when]'), now = when.textContent;

const others = new BroadcastChannel('boxes'); // the same page in another tab
let dirty = false, tries = 0, clock = null;

const { lang } = document.documentElement;
const format = new Intl.DateTimeFormat(lang === 'en' ? 'en-GB' : lang, { dateStyle: 'medium', timeStyle: 'short' });
const time = moment => format.format(new Date(moment));
const size = bytes => `${Math.ceil(bytes / 1000)} kB`;

function say(text, tone = 'ok') {
  said.hidden = !text;
  said.className = `note note--${tone}`;
  said.querySelector('[data-words]').textContent = text;
}

// --- What waits: kind, time and size; nobody can say more of it ---

function line({ kind, written_at, size: length, state, refused, tried_at }) {
  const item = document.createElement('li');
  const status = state ? words[state] : refused ? words.refused : tried_at ? words.tried.replace('TIME', time(tried_at)) : words.sealed;
  for (const text of [words[kind], `${time(written_at)}, ${size(length)}`, status]) {
    item.appendChild(document.createElement('span')).textContent = text;
  }
  item.dataset.state = state || (refused ? 'refused' : 'sealed');
  return item;
}

async function show() {
  const every = await phoneBox.boxes();
  const waiting = every.filter(box => box.sealed);
  const tried = waiting.map(box => box.tried_at).filter(Boolean).sort().at(-1);
  list.replaceChildren(...every.map(line));
  document.getElementById('none').hidden = every.length > 0;
  document.getElementById('count').textContent = waiting.length;
  document.getElementById('send').hidden = !waiting.length;
  document.getElementById('last').textContent = tried ? words.last.replace('TIME', time(tried)) : '';
}

async function send() {
  clearTimeout(clock);
  const later = await phoneBox.send().catch(() => true);
  await show();
  others.postMessage('changed');
  const { ended } = await phoneBox.phone() || {};
  document.getElementById('ended').hidden = !ended;
  tries = later ? tries + 1 : 0;
  if (later) clock = setTimeout(send, 1000 * WAITS[Math.min(tries, WAITS.length) - 1]);
}

// --- The form ---

function tile({ code, name }, checked) {
  const label = document.createElement('label');
  const box = Object.assign(document.createElement('input'), { type: 'radio', name: 'place', value: `place:${code}` });
  box.defaultChecked = checked;
  const text = document.createElement('bdi');
  text.textContent = name;
  label.append(box, Object.assign(document.createElement('span')));
  label.lastChild.append(text);
  return label;
}

function showPlaces({ home, all }) {
  const near = [...all.filter(one => one.code === home), ...all.filter(one => one.code !== home)];
  const tiles = near.slice(0, near.length > MOST_TILES ? 1 : MOST_TILES);
  form.querySelector('[data-places]').replaceChildren(...tiles.map((one, at) => tile(one, at === 0)));
  form.elements.other_place.append(...near.map(({ code, name }) => new Option(name, code)));
}

function missing() {
  const { place, other_place: other, programme } = form.elements;
  return (!place?.value && !other.value && words.place) || (!programme.value && words.programme);
}

async function save(event) {
  event.preventDefault();
  const lacks = missing();
  if (lacks) return say(lacks, 'danger');
  try {
    await phoneBox.seal('rescue', phoneBox.fieldsOf(form));
  } catch {
    return say(words.full, 'danger'); // what was entered stays on the page
  }
  dirty = false;
  form.reset();
  form.querySelectorAll('details').forEach(fold => { fold.open = false; });
  when.textContent = now;
  form.querySelectorAll('[data-counter] input').forEach(box => box.dispatchEvent(new Event('input')));
  say(words.saved);
  scrollTo(0, 0);
  said.focus();
  (await navigator.serviceWorker?.ready)?.sync?.register('boxes').catch(() => {});
  await show();
  send();
}

async function begin() {
  const phone = globalThis.indexedDB && globalThis.crypto?.subtle ? await phoneBox.phone() : null;
  document.getElementById('stranger').hidden = Boolean(phone);
  form.hidden = !phone || phone.ended;
  if (!phone) return;
  showPlaces(phone.places);
  form.addEventListener('submit', save);
  form.addEventListener('input', () => { dirty = true; });
  document.getElementById('send').addEventListener('click', send);
  addEventListener('online', send);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) send(); });
  addEventListener('beforeunload', event => { if (dirty) event.preventDefault(); });
  navigator.serviceWorker?.addEventListener('message', show);
  others.addEventListener('message', show);
  await show();
  send();
}

begin();
