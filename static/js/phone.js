// Enrolling a phone, and finding it in the list. Its key is made here and stays here: the browser keeps it so that no
// script can read it, and only its public half is sent (phone-box.js).

const { phoneBox: box } = globalThis;
const form = document.querySelector('[data-enrol]');

async function enrol(event) {
  event.preventDefault();
  const { number, key, places } = form.dataset;
  form.elements.public_key.value = await box.makeKey({ number: Number(number), key }, JSON.parse(places));
  form.submit();
}

// Which of the phones in the list this one is. It keeps the page that opens without a network, and what it has sealed.
async function mark() {
  const kept = await box.phone();
  const line = kept && document.querySelector(`[data-phone="${kept.phone}"] [hidden]`);
  if (!line) return;
  line.hidden = false;
  const { asked } = line.closest('ul').dataset; // where it stands among one's own
  if (asked) await box.keepAsked(JSON.parse(asked));
  document.querySelector('[data-enrol-link]').hidden = true;
  navigator.storage?.persist?.();
  (await navigator.serviceWorker?.ready)?.active.postMessage('keep');
}

if (globalThis.indexedDB && globalThis.crypto?.subtle) {
  if (form) {
    form.addEventListener('submit', enrol);
    form.hidden = false;
    document.querySelector('[data-enrol-missing]').hidden = true;
  } else if (document.querySelector('[data-phone]')) {
    mark();
  }
}
