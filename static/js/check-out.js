// Checking out a case for reading offline. On the form: which phone this is. On the page after it: what was checked out is
// locked with the PIN and kept (phone-reading.js).

const { phoneBox, phoneReading } = globalThis;
const form = document.querySelector('[data-check-out]');
const keep = document.querySelector('[data-keep]');

async function name() {
  const phone = await phoneBox.phone();
  if (!phone || phone.ended) return;
  form.elements.phone.value = phone.phone;
  form.hidden = false;
  document.querySelector('[data-missing]').hidden = true;
}

function say(text) {
  const said = document.getElementById('said');
  said.hidden = false;
  said.querySelector('[data-words]').textContent = text;
}

const isWeak = pin => new Set(pin).size < 3;

async function kept(event) {
  event.preventDefault();
  const { pin, repeated } = keep.elements, words = keep.dataset;
  if (!keep.reportValidity()) return;
  if (!repeated.disabled && (isWeak(pin.value) || pin.value !== repeated.value)) return say(isWeak(pin.value) ? words.weak : words.differ);
  const button = keep.querySelector('[type=submit]');
  button.disabled = true;
  try {
    await phoneReading.keep(words.keep, document.querySelector('[data-extract]').innerHTML, pin.value);
    location.replace(words.then);
  } catch ({ why, left }) {
    say(({ wrong: words.wrong, wiped: words.tries }[why] ?? words.again).replace('LEFT', left));
    button.disabled = false;
  }
}

async function ask() {
  const phone = await phoneBox.phone();
  if (phone?.phone !== keep.dataset.phone) return;
  await phoneReading.look();
  const again = await phoneReading.has(); // then there is a PIN
  for (const one of keep.querySelectorAll('[data-first]')) one.hidden = again;
  keep.elements.repeated.disabled = again;
  keep.addEventListener('submit', kept);
  keep.hidden = false;
  document.querySelector('[data-missing]').hidden = true;
}

if (globalThis.indexedDB && globalThis.crypto?.subtle) (form ? name : ask)();
