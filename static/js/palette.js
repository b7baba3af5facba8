// Ctrl+K, on any page: what the page offers, cases at hand, pages, what one may begin, and the search. It is a page of
// its own, which is fetched and shown here. What is typed narrows the links on this side; Enter sends it to the search,
// by POST as its page does, and so leaves the one line in the history that the page leaves.
const box = document.querySelector('#palette'), place = box?.querySelector('[data-place]'), said = box?.querySelector('[data-said]');
const input = () => place.querySelector('[type=search]');
const links = () => [...place.querySelectorAll('[data-go] a, [data-found] a')].filter(link => link.offsetParent);

let asking = new AbortController();

async function show(address, options) {
  const answer = await fetch(address, { headers: { 'X-Fragment': '1' }, cache: 'no-store', signal: asking.signal, ...options });
  if (answer.redirected || (!answer.ok && answer.status !== 400)) throw answer;
  place.innerHTML = await answer.text();
  place.querySelector('[data-here]')?.append(...offered());
  if (!box.open) box.showModal();
  narrow(); // only now are its links in sight, and counted
  input().focus();
}

// The verbs of what is open: the buttons of the page that are of none of its rows.
function offered() {
  const buttons = [...document.querySelectorAll('main a.btn[href]')].filter(button => !button.closest('tr, li, nav'));
  return buttons.map(button => {
    const row = document.createElement('li'), link = button.cloneNode(true);
    link.className = '';
    row.append(link);
    return row;
  });
}

async function open() {
  try {
    await show(box.dataset.palette);
  } catch (fault) {
    if (fault.name !== 'AbortError') location.assign(box.dataset.palette); // the page behind it says what is the matter
  }
}

function narrow() {
  const words = input().value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  place.querySelectorAll('[data-go]').forEach(part => {
    const rows = [...part.querySelectorAll('li')];
    rows.forEach(row => { row.hidden = !words.every(word => row.textContent.toLocaleLowerCase().includes(word)); });
    part.hidden = rows.every(row => row.hidden);
  });
  said.textContent = (links().length === 1 ? said.dataset.one : said.dataset.many).replace('%', links().length);
}

// What was found stays on no page, and an answer that is still to come is not shown.
function forget() {
  asking.abort();
  asking = new AbortController();
  place?.replaceChildren();
}

function step(by) {
  const all = links(), at = all.indexOf(document.activeElement) + by;
  (at < 0 ? input() : all[Math.min(at, all.length - 1)])?.focus();
}

async function search(form) {
  try {
    await show(form.action, { method: 'POST', body: new FormData(form) });
  } catch (fault) {
    if (fault.name !== 'AbortError') form.submit();
  }
}

addEventListener('keydown', event => {
  if (!box || event.altKey || event.shiftKey || !(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
  if (document.querySelector('dialog[open]:not(#palette)')) return;
  event.preventDefault();
  if (box.open) box.close(); else open();
});

box?.addEventListener('keydown', event => {
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (by) { event.preventDefault(); step(by); }
  else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.target.closest('a')) input().focus();
});
box?.addEventListener('input', narrow);
box?.addEventListener('submit', event => {
  if (event.target.method === 'dialog') return;
  event.preventDefault();
  if ('narrows' in event.target.dataset) links()[0]?.focus(); else search(event.target);
});
box?.addEventListener('close', forget);
addEventListener('casework:hide', () => { forget(); box?.close(); });
