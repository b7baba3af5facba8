// What every page may use. All of it is an extra: each page works without it.

// Escape closes menus. (Three times, it hides the screen: screen.js.)
addEventListener('keydown', ({ key, repeat }) => {
  if (key !== 'Escape' || repeat) return;
  document.querySelectorAll('[data-menu][open]').forEach(menu => { menu.open = false; menu.querySelector('summary').focus(); });
}, true);

addEventListener('click', ({ target }) => {
  document.querySelectorAll('[data-menu][open]').forEach(menu => { menu.open = menu.contains(target); });
});

// After a refused form the list of errors is read first.
document.querySelector('[data-focus]')?.focus();

// Heavy text is fetched only when its fold is opened; the link inside is the way without script.
document.querySelectorAll('details[data-fragment]').forEach(fold => fold.addEventListener('toggle', async () => {
  if (!fold.open || fold.dataset.read) return;
  fold.dataset.read = 'yes';
  const place = fold.querySelector('[data-fragment-place]');
  try {
    const answer = await fetch(fold.dataset.fragment, { headers: { 'X-Fragment': '1' }, cache: 'no-store' });
    if (!answer.ok || answer.redirected) throw answer;
    place.innerHTML = await answer.text();
  } catch {
    delete fold.dataset.read;
  }
}));

// What was typed and not sent waits below the cover when the screen locks by itself (screen.js), and opens again
// here when it is unlocked in another tab. Whoever hides the screen gives up the page; drafts.js has kept it. What a
// script put into a field counts as typed: no event tells of it, so every form of the page is asked.
const forms = new Set([...document.forms].filter(isKept));

function isKept(form) {
  return form.getAttribute('method') === 'post' && form.id !== 'rescue' && form.role !== 'search';
}

function isUnsent(form) {
  const boxes = [...form.querySelectorAll('input:not([type=hidden]), textarea')];
  return boxes.some(box => box.checked !== box.defaultChecked || box.value !== box.defaultValue)
    || [...form.querySelectorAll('option')].some(one => one.selected && !one.defaultSelected && one.index);
}

addEventListener('input', ({ target: { form } }) => {
  if (form && isKept(form)) forms.add(form); // also one that came later, or is filled in once more
});
addEventListener('submit', ({ target }) => forms.delete(target));
addEventListener('casework:hide', event => {
  if (event.cancelable && [...forms].some(isUnsent)) event.preventDefault();
});

// Who signed in anew meanwhile has another token: the forms take it over before they show, and keep what they hold.
// Where that fails, the server gives back what was typed (templates/403_csrf.html).
addEventListener('casework:show', ({ detail }) => { if ([...forms].some(isUnsent)) detail.push(renewTokens()); });

// Whoever adds in another tab what a list lacks finds it here on coming back; what was chosen and typed stays.
let lacks = false;
addEventListener('click', ({ target }) => { lacks ||= !!target.closest?.('[data-unlisted]'); });
addEventListener('focus', async () => {
  if (!lacks) return;
  lacks = false;
  const page = new DOMParser().parseFromString(await (await fetch(location.href, { cache: 'no-store' })).text(), 'text/html');
  page.querySelectorAll('form[method="post"] select[id] option').forEach(option => {
    const list = document.getElementById(option.closest('select').id), group = option.parentNode.label;
    if (!list || [...list.options].some(one => one.value === option.value)) return;
    ([...list.querySelectorAll('optgroup')].find(one => group && one.label === group) || list).append(option);
  });
});

async function renewTokens() {
  const answer = await fetch(location.href, { cache: 'no-store' });
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const fresh = page.querySelector('[name="csrfmiddlewaretoken"]');
  if (fresh && !answer.redirected) forms.forEach(form => { form.elements.csrfmiddlewaretoken.value = fresh.value; });
}

// Keys of the office: rows by j and k, chosen by x, a row's hearing by h, search by /, help by ?. Off while typing.
const rows = [...document.querySelectorAll('[data-rows] > :not(.group)')];
let row = -1;

function move(step) {
  rows[row]?.classList.remove('on');
  row = Math.max(0, Math.min(rows.length - 1, row + step));
  rows[row].classList.add('on');
  rows[row].querySelector('a')?.focus();
}

const keys = {
  j: () => rows.length && move(1),
  k: () => rows.length && move(-1),
  x: () => rows[row]?.querySelector('[type=checkbox]')?.click(),
  h: () => rows[row]?.querySelector('[data-record]')?.click(),
  '/': event => { const box = document.querySelector('[type=search]'); if (box) { event.preventDefault(); box.focus(); } },
  '?': () => document.querySelector('#keys:not([open])')?.showModal(),
};

addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input:not([type=checkbox]), textarea, select, dialog')) return;
  keys[event.key]?.(event);
});
