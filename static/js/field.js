// The page that opens without a network: forms that are sealed when they are saved, and the list of what waits.

const { phoneBox } = globalThis;
const form = document.getElementById('rescue'), forms = document.querySelectorAll('form[data-kind]');
const kinds = document.getElementById('kind');
const title = document.querySelector('h1');
const list = document.getElementById('waiting');
const said = document.getElementById('said');
const words = document.body.dataset;
const WAITS = [5, 15, 60, 300]; // seconds until it is tried again
const MOST_TILES = 6;
const when = form.querySelector('[data-moment]'), now = when.textContent;

const others = new BroadcastChannel('boxes'); // the same page in another tab
const dirty = new Set(); // the forms in which something was entered
let tries = 0, clock = null;

const { momentInWords: time } = globalThis;
const size = bytes => `${Math.ceil(bytes / 1000)} kB`;

function say(text, tone = 'ok') {
  said.hidden = !text;
  said.className = `note note--${tone}`;
  said.querySelector('[data-words]').textContent = text;
}

const nameOf = kind => kinds.querySelector(`[value="${kind}"]`)?.textContent ?? kind;

// --- What waits: kind, time and size; nobody can say more of it ---

function line({ kind, written_at, size: length, state, refused, tried_at }) {
  const item = document.createElement('li');
  const status = state ? words[state] : refused ? words.refused : tried_at ? words.tried.replace('TIME', time(tried_at)) : words.sealed;
  for (const text of [nameOf(kind), `${time(written_at)}, ${size(length)}`, status]) {
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
  document.getElementById('last').textContent = waiting.length && tried ? words.last.replace('COUNT', waiting.length).replace('TIME', time(tried)) : '';
}

async function send() {
  clearTimeout(clock);
  const later = await phoneBox.send().catch(() => true);
  await look().catch(() => {}); // a full phone sends all the same
  await show();
  others.postMessage('changed');
  const { ended } = await phoneBox.phone() || {};
  document.getElementById('ended').hidden = !ended;
  if (ended) await phoneBox.forget();
  tries = later ? tries + 1 : 0;
  if (later) clock = setTimeout(send, 1000 * WAITS[Math.min(tries, WAITS.length) - 1]);
}

// The first try may come too early.
function anew() {
  tries = 0;
  send();
}

// What can be read here is looked after; the script for it comes where something is, or was.
async function look() {
  const held = await indexedDB.databases?.();
  if (!held?.some(({ name }) => name === 'reading') && !(await phoneBox.contact()).owes) return;
  await import(words.reading);
  document.getElementById('reading').hidden = !(await globalThis.phoneReading.look()).count;
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

// What this person may write; a phone that was enrolled before there was a choice logs rescues.
function showKinds(written = ['rescue']) {
  for (const option of kinds.querySelectorAll('option')) if (!written.includes(option.value)) option.remove();
  document.getElementById('kinds').hidden = written.length < 2;
  kinds.addEventListener('change', choose);
  choose();
}

function choose() {
  title.textContent = kinds.selectedOptions[0]?.dataset.title ?? '';
  for (const each of forms) each.hidden = each.dataset.kind !== kinds.value;
}

// Everything else is asked again by the server, which knows more.
function missing(entered) {
  if (entered !== form) return !entered.reportValidity();
  const { place, other_place: other, programme } = form.elements;
  return (!place?.value && !other.value && words.place) || (!programme.value && words.programme);
}

function clear(entered) {
  dirty.delete(entered);
  entered.reset();
  entered.querySelectorAll('details').forEach(fold => { fold.open = false; });
  if (entered !== form) return;
  when.textContent = now;
  form.querySelectorAll('[data-counter] input').forEach(box => box.dispatchEvent(new Event('input')));
}

async function save(event) {
  event.preventDefault();
  const entered = event.target;
  const lacks = missing(entered);
  if (lacks) return lacks !== true && say(lacks, 'danger');
  try {
    await phoneBox.seal(entered.dataset.kind, entered);
  } catch (error) {
    return say(error instanceof RangeError ? words.large : words.full, 'danger'); // what was entered stays on the page
  }
  clear(entered);
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
  if (!phone) return;
  showPlaces(phone.places);
  if (!phone.ended) showKinds(phone.places.kinds);
  if (phone.places.asked?.sets.length && !phone.ended) await import(words.own).catch(() => {}); // else without them
  for (const each of forms) {
    each.addEventListener('submit', save);
    each.addEventListener('input', () => dirty.add(each));
  }
  document.getElementById('send').addEventListener('click', send);
  addEventListener('online', anew);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) anew(); });
  addEventListener('beforeunload', event => { if (dirty.size) event.preventDefault(); });
  navigator.serviceWorker?.addEventListener('message', show);
  others.addEventListener('message', show);
  await show();
  send();
}

begin();
