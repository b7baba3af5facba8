// A long list of places, institutions or people is found by typing: above it stands a box, and only lines that have its
// words stay in the list; the last one that is left is chosen. Without this file the whole list is there.

const MANY = 15;
const search = document.querySelector('script[data-typing]').dataset.typing;
const plain = text => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();

function boxOf(list) {
  const box = Object.assign(document.createElement('input'), {
    type: 'search', autocomplete: 'off', spellcheck: false, placeholder: search, ariaLabel: search,
    // Not in its name: who asks for the list by its name, as by voice, would get two.
    ariaDescription: list.labels[0].textContent.trim().replace(/\s+/g, ' '),
  });
  list.before(box);
  return box;
}

function finding(list) {
  const parts = [...list.children].map(part => [part, [...part.querySelectorAll('option')]]);
  const lines = new Map([...list.options].map(line => [line, plain(line.text)]));
  return text => {
    const words = plain(text).split(/\s+/).filter(Boolean), { value } = list;
    const stays = line => !line.value || line.value === value || words.every(word => lines.get(line).includes(word));
    list.replaceChildren(...parts.filter(([part, inner]) => {
      const left = inner.filter(stays);
      if (inner.length) part.replaceChildren(...left);
      return inner.length ? left.length : stays(part);
    }).map(([part]) => part));
    const fits = [...list.options].filter(line => line.value && words.every(word => lines.get(line).includes(word)));
    list.value = words.length && fits.length === 1 ? fits[0].value : value;
    if (list.value !== value) list.dispatchEvent(new Event('change', { bubbles: true }));
  };
}

for (const list of document.querySelectorAll('main form[method=post] select:not([multiple])')) {
  if (list.options.length <= MANY || list.querySelector('[data-from]')) continue; // laws follow their day (offence-day.js)
  const box = boxOf(list), find = finding(list);
  box.addEventListener('input', event => {
    event.stopPropagation(); // nothing is entered by it
    find(box.value);
  });
  box.addEventListener('keydown', event => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    list.focus();
  });
}
