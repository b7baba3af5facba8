// The SHA-256 of a file on this machine. The file goes nowhere: its box has no name and stands in no
// form, and nothing here calls anyone. Without this file the digits are typed.

const place = document.querySelector('[data-hash]');
const box = place?.querySelector('input[type=file]');
const said = place?.querySelector('[role=status]');
const MOST = 1_000_000_000; // the browser hashes a file as a whole

if (place && globalThis.crypto?.subtle) {
  place.hidden = false;
  box.addEventListener('change', async () => {
    const [file] = box.files;
    if (!file) return;
    if (file.size > MOST) { said.textContent = place.dataset.large; return; }
    said.textContent = place.dataset.working;
    try {
      const digest = await crypto.subtle.digest('SHA-256', await file.arrayBuffer());
      const digits = [...new Uint8Array(digest)].map(byte => byte.toString(16).padStart(2, '0')).join('');
      document.querySelector('#id_sha256').value = digits;
      said.textContent = place.dataset.done;
    } catch {
      said.textContent = place.dataset.failed;
    }
    box.value = '';
  });
}
