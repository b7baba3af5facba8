// Files of a form, one after the other: each its own call, with a bar, and tried again under the same
// key, so that what arrived already does not arrive twice. Without this file the form sends all at once.

const form = document.querySelector('form[data-receive]');
const box = form?.querySelector('input[type=file]');
const list = form?.querySelector('[data-files]');
const words = form?.dataset;
const keys = new Map();
const TYPED = ['kind', 'received_on', 'agency', 'person', 'follows', 'remark'];
const typed = () => [...new FormData(form)].filter(([name, value]) => TYPED.includes(name) && value)
  .map(([name, value]) => [name, form.elements[name].dataset?.iso ?? value]); // a day as programs write it

// The same file is sent under the same key, until what was typed beside it changes.
function keyOf(file) {
  const about = JSON.stringify([file.name, file.size, file.lastModified, typed()]);
  if (!keys.has(about)) keys.set(about, crypto.randomUUID());
  return keys.get(about);
}

function line(file) {
  const item = list.appendChild(document.createElement('li'));
  const name = item.appendChild(document.createElement('bdi'));
  const bar = item.appendChild(document.createElement('progress'));
  const said = item.appendChild(document.createElement('span'));
  name.textContent = file.name;
  bar.max = 1;
  bar.setAttribute('aria-label', file.name);
  said.className = 'small';
  said.textContent = words.waiting;
  return { item, bar, said };
}

function send(file, { bar, said }) {
  const body = new FormData();
  for (const [name, value] of typed()) body.append(name, value);
  body.append('case', words.receive);
  body.append('file', file);
  const call = new XMLHttpRequest();
  call.open('POST', words.url);
  call.setRequestHeader('X-CSRFToken', form.elements.csrfmiddlewaretoken.value);
  call.setRequestHeader('Idempotency-Key', keyOf(file));
  call.upload.addEventListener('progress', ({ loaded, total }) => {
    bar.value = loaded / total;
    if (loaded === total) said.textContent = words.checking;
  });
  return new Promise(done => {
    call.addEventListener('load', () => done(call.status === 201 ? '' : refusal(call)));
    call.addEventListener('error', () => done(words.broken));
    call.send(body);
  });
}

function refusal(call) {
  try {
    const { detail, errors } = JSON.parse(call.responseText);
    return errors ? Object.values(errors).flat().join(' ') : detail;
  } catch {
    return words.broken;
  }
}

form?.addEventListener('submit', async event => {
  const files = [...box.files];
  if (!files.length || !crypto.randomUUID || !form.reportValidity()) return;
  event.preventDefault();
  const button = event.submitter ?? form.querySelector('[type=submit]');
  button.disabled = true;
  list.replaceChildren();
  const lines = files.map(line);
  const left = new DataTransfer();
  for (const [n, file] of files.entries()) {
    const { item, bar, said } = lines[n];
    const wrong = await send(file, lines[n]);
    bar.remove();
    said.textContent = wrong || words.done;
    item.className = wrong ? 'bad' : 'good';
    if (wrong) left.items.add(file);
  }
  button.disabled = false;
  if (!left.files.length) return location.assign(words.after);
  box.files = left.files; // what did not arrive is sent again by the same button
  list.querySelector('.bad').scrollIntoView({ block: 'nearest' });
});
