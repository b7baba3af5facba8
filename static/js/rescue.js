// Log a rescue, the sending: it survives a poor signal. (Entering: rescue-entry.js.)
// Nothing is stored on the phone: the entries live in the form, and the form stays until the server has answered. On a
// phone that is enrolled they can be sealed instead (phone-box.js).

const form = document.getElementById('rescue');
const receipt = document.getElementById('receipt');
const summary = document.getElementById('summary');
const summaryList = document.getElementById('summary-list');
const save = document.getElementById('save');
const strip = document.getElementById('strip');
const on = name => strip.querySelector(`[data-strip="${name}"]`);
const words = form.dataset;
const saveWord = save.textContent;
const TIMEOUT = 20, FIRST_WAIT = 3, LONGEST_WAIT = 60; // seconds

let unsent = false;   // something was entered that the server has not confirmed
let sending = null;   // the attempt under way
let clock = null;     // counts down to the next attempt
let wait = FIRST_WAIT;

// --- Telling ---

function say(text, tone = 'warn') {
  strip.hidden = !text;
  strip.dataset.tone = tone;
  on('words').textContent = text;
  on('seconds').textContent = '';
  on('again').hidden = on('sign-in').hidden = on('seal').hidden = true;
}

function setSending(yes) {
  save.textContent = yes ? words.sending : saveWord;
  save.setAttribute('aria-disabled', yes);
}

function errorLine(text) {
  const line = document.createElement('p');
  line.className = 'err';
  line.append(summary.querySelector('svg').cloneNode(true), text);
  return line;
}

function clearErrors() {
  summary.hidden = true;
  summaryList.replaceChildren();
  form.querySelectorAll('[data-errors]').forEach(place => place.replaceChildren());
  form.querySelectorAll('.bad').forEach(block => block.classList.remove('bad'));
}

function showError(name, text) {
  const place = form.querySelector(`[data-errors="${name}"]`) || form.querySelector(`[data-errors="${name.split('-')[0]}"]`);
  const item = summaryList.appendChild(document.createElement('li'));
  const target = place && (document.getElementById(`id_${name}`) || document.getElementById(`id_${place.dataset.errors}`));
  if (target) {
    const link = item.appendChild(document.createElement('a'));
    link.href = `#${target.id}`;
    link.textContent = text;
    const block = place.closest('[data-field]');
    block.classList.add('bad');
    if (block.tagName === 'DETAILS') block.open = true;
    place.append(errorLine(text));
  } else {
    item.textContent = text;
  }
}

function showErrors(errors) {
  for (const [name, texts] of Object.entries(errors)) texts.forEach(text => showError(name, text));
  summary.hidden = false;
  summary.focus();
}

function showReceipt(result) {
  unsent = false;
  const part = name => receipt.querySelector(`[data-receipt="${name}"]`);
  part('reference').textContent = result.reference;
  part('people').textContent = result.people.length;
  part('arrests').textContent = result.arrests;
  part('url').href = result.url;
  part('send').hidden = !result.send;
  part('url').classList.toggle('btn--main', !result.send);
  if (result.send) part('send').href = result.send;
  part('codes').replaceChildren(...result.people.map(({ code, label }) => {
    const line = document.createElement('li');
    for (const text of [code, label]) line.appendChild(document.createElement('bdi')).textContent = text;
    line.firstChild.className = 'code';
    return line;
  }));
  document.title = document.title.replace(/^.* –/, `${result.reference} –`);
  form.hidden = true;
  receipt.hidden = false;
  scrollTo(0, 0);
  receipt.focus();
}

// --- Sending ---

async function post() {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), TIMEOUT * 1000);
  const { key, csrfmiddlewaretoken: token } = form.elements;
  const headers = { Accept: 'application/json', 'Idempotency-Key': key.value, 'X-CSRFToken': token.value };
  const request = { method: 'POST', body: new FormData(form), headers, redirect: 'manual', signal: stop.signal };
  try {
    const answer = await fetch(form.action, request);
    const json = await answer.json().catch(() => null);
    return { status: answer.status, later: Number(answer.headers.get('Retry-After')), json };
  } finally {
    clearTimeout(timer);
  }
}

// Signing in on another page changes the token; the form asks for the new one and keeps its entries.
// Tells whether someone is signed in at all: else the server sends the sign-in page instead.
async function renewToken() {
  const answer = await fetch(form.action, { cache: 'no-store' });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('#rescue [name="csrfmiddlewaretoken"]');
  if (fresh) form.elements.csrfmiddlewaretoken.value = fresh.value;
  return !answer.redirected;
}

async function attempt() {
  clearInterval(clock);
  clock = null;
  clearErrors();
  say('');
  setSending(true);
  try {
    let answer = await post();
    if (answer.status === 403) answer = await renewToken() ? await post() : { status: 401 };
    take(answer);
  } catch {
    tryLater(words.waiting);
  }
  setSending(false);
}

function take({ status, json, later }) {
  // No status is a redirect, a 2xx without JSON a Wi-Fi sign-in page: neither is an answer of ours.
  if (status === 429 || status >= 500 || (status < 300 && !json)) return tryLater(words.busy, later);
  if (status === 200 || status === 201) return showReceipt(json);
  wait = FIRST_WAIT;
  if (status === 400 && json?.errors) return showErrors(json.errors);
  say({ 401: words.signedOut, 403: words.forbidden, 409: words.conflict, 422: words.changed }[status] || words.refused, 'danger');
  on('sign-in').hidden = status !== 401;
}

// The same key goes out again, so the server stores the report once however often it arrives.
function tryLater(text, atLeast = 0) {
  let left = Math.max(wait, atLeast || 0);
  wait = Math.min(wait * 2, LONGEST_WAIT);
  say(text);
  on('again').hidden = false;
  offerSealing();
  const tick = () => {
    on('seconds').textContent = words.retry.replace('SECONDS', left);
    if (left-- <= 0) send();
  };
  tick();
  clock = setInterval(tick, 1000);
}

// --- Sealing instead: the same key goes out with the box, so that it is stored once by whichever way ---

async function isEnrolled() {
  const every = await globalThis.indexedDB?.databases?.() ?? [];
  if (!every.some(({ name }) => name === 'field')) return false;
  if (!globalThis.phoneBox) {
    const script = Object.assign(document.createElement('script'), { src: words.phoneBox }); // kept on such a phone
    await new Promise((resolve, reject) => {
      [script.onload, script.onerror] = [resolve, reject];
      document.head.append(script);
    });
  }
  const phone = await globalThis.phoneBox.phone();
  return Boolean(phone && !phone.ended);
}

async function offerSealing() {
  on('seal').hidden = !await isEnrolled().catch(() => false) || !clock;
}

async function seal() {
  clearInterval(clock);
  clock = null;
  try {
    await globalThis.phoneBox.seal('rescue', form);
    unsent = false;
    location.assign(words.field);
  } catch {
    say(words.full, 'danger');
  }
}

function send() {
  sending ??= attempt().finally(() => { sending = null; });
  return sending;
}

const sendIfWaiting = () => { if (clock && !document.hidden) send(); };

form.addEventListener('input', () => { unsent = true; });
form.addEventListener('formdata', ({ formData: sent }) => { // of own questions only what was answered: they may be many
  for (const [name, value] of [...sent]) if (!value && name.startsWith('own-')) sent.delete(name);
});
form.addEventListener('submit', event => { event.preventDefault(); send(); });
on('again').addEventListener('click', send);
on('seal').addEventListener('click', seal);
addEventListener('online', sendIfWaiting);
document.addEventListener('visibilitychange', sendIfWaiting);
addEventListener('beforeunload', event => { if (unsent) { event.preventDefault(); event.returnValue = ''; } });
// Hide screen: a report that waits gets one last try, then nothing holds the page back. A screen that
// locks by itself keeps the entries below its cover.
addEventListener('casework:hide', event => {
  if (clock || sending) event.detail.push(send());
  if (unsent && event.cancelable) event.preventDefault();
  else unsent = false;
});
