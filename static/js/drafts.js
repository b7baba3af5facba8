// What is typed into the form of this page and not saved is kept on the server (core/drafts.py), to be offered when
// the form is opened again. Where that cannot be, the browser asks before the page is left: so it does on a page that
// keeps none (`only`), once words stand in it.

const { kept, files, away, out, only } = document.querySelector('[data-drafts]').dataset;
const PAUSE = 2000, AGAIN = 15000;
const said = document.createElement('p');
said.className = 'hint';

let form = null;      // the one that is typed into
let changed = false;  // since it was last kept
let failed = false;   // the last try to keep it
let ended = false;    // … because its person is signed out
let sent = false;     // on its way to be saved
let clock, stop;

const isOurs = one => one?.matches('main form[method="post"]:not([action])');
const hasFiles = () => [...form.querySelectorAll('input[type=file]')].some(box => box.files.length);

function typed(one, wait = PAUSE) {
  if (!isOurs(one)) return;
  [form, changed, sent] = [one, true, false];
  if (!said.isConnected) form.append(said);
  clearTimeout(clock);
  clock = setTimeout(keep, wait);
}

// Without files and passwords; the server takes neither.
function content() {
  const body = new FormData(form);
  form.querySelectorAll('[type=file], [type=password]').forEach(box => body.delete(box.name));
  body.set('_draft', 'keep');
  return body;
}

async function keep(keepalive = false) {
  if (only || !form || !changed || sent) return;
  clearTimeout(clock);
  changed = false;
  stop = new AbortController();
  let answer = null;
  try {
    answer = await fetch(location.href, { method: 'POST', body: content(), cache: 'no-store', redirect: 'manual', keepalive, signal: stop.signal });
  } catch { /* no signal: once more below */ }
  if (sent) return;
  failed = answer?.status !== 204;
  ended = answer?.status === 401 || answer?.type === 'opaqueredirect';
  changed ||= failed;
  await say(answer);
  if (failed && answer?.status !== 413) clock = setTimeout(keep, AGAIN);
}

// What goes wrong is read out at once, that all is well is not: nobody is interrupted by it every few words.
async function say(answer) {
  const text = answer?.status === 413 ? await answer.text() : ended ? out : failed ? away : hasFiles() ? files : kept;
  if (said.textContent === text) return;
  said.classList.toggle('err', failed);
  said.role = failed ? 'alert' : null;
  said.textContent = text;
}

function warned(box) {
  if (!isOurs(box.form) || !box.matches('textarea, [type=text]') || !box.value) return;
  [form, changed, failed, sent] = [box.form, true, true, false];
  form.append(said);
  said.textContent = away;
}

for (const kind of ['input', 'change']) {
  addEventListener(kind, ({ target }) => only ? warned(target) : typed(target.form));
}

// Who is signed out would lose it by sending it: first it is tried to keep it once more.
async function again(submitter) {
  await keep();
  if (!ended) form.requestSubmit(submitter);
}

addEventListener('submit', event => {
  if (event.target !== form) return;
  if (ended) {
    event.preventDefault();
    event.stopImmediatePropagation();
    again(event.submitter);
    return;
  }
  sent = true;
  clearTimeout(clock);
  stop?.abort();
});

// Refused, and shown once more: it is typed still.
const refused = document.querySelector('main form [data-focus]');
if (refused && !only) typed(refused.closest('form'), 0);

// Before the page goes out of sight, is hidden (screen.js) or left.
document.addEventListener('visibilitychange', () => { if (document.hidden) keep(true); });
addEventListener('pagehide', () => keep(true));
addEventListener('casework:hide', ({ detail }) => { detail.push(keep()); });
addEventListener('beforeunload', event => {
  if (form && !sent && (changed && failed || hasFiles())) event.preventDefault();
});
