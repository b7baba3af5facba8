// Passkeys: ask the browser, put its answer into the form, send it.

const { PublicKeyCredential: kind } = window;

async function options({ options: ready, optionsUrl }) {
  if (ready) return JSON.parse(ready).publicKey;
  const answer = await fetch(optionsUrl, { headers: { 'X-Requested-With': 'XMLHttpRequest' }, cache: 'no-store' });
  return (await answer.json()).request_options.publicKey;
}

async function ask({ dataset }) {
  const publicKey = await options(dataset);
  return dataset.passkey === 'create'
    ? navigator.credentials.create({ publicKey: kind.parseCreationOptionsFromJSON(publicKey) })
    : navigator.credentials.get({ publicKey: kind.parseRequestOptionsFromJSON(publicKey) });
}

async function send(event) {
  event.preventDefault();
  const form = event.currentTarget;
  const failed = form.querySelector('[data-passkey-failed]');
  failed.hidden = true;
  try {
    form.elements.credential.value = JSON.stringify((await ask(form)).toJSON());
    form.submit();
  } catch {
    failed.hidden = false;
  }
}

const named = !/^[\d.]+$|:/.test(location.hostname); // a passkey belongs to a name, not to a bare address
if (named && kind?.parseRequestOptionsFromJSON) {
  document.querySelectorAll('[data-passkey]').forEach(form => {
    form.hidden = false;
    form.addEventListener('submit', send);
  });
  document.querySelectorAll('[data-passkey-missing]').forEach(words => { words.hidden = true; });
}
