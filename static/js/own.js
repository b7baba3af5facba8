// The organisation's own questions about a rescue, without a network: each set is a folded card, as the form online draws
// it (intake/own.py), from the words that the phone keeps (intake/phones/wording.py). Loaded only where there are some.

const { phoneBox } = globalThis;
const form = document.getElementById('rescue');
const { sets, words } = (await phoneBox.phone()).places.asked;
const MANY = 7; // so many choices are all in sight

const made = (name, given = {}, ...inside) => {
  const part = Object.assign(document.createElement(name), given);
  part.append(...inside);
  return part;
};
const said = text => made('bdi', { textContent: text });

const icon = name => {
  const one = form.querySelector(`summary use[href$="#${name}"]`)?.closest('svg').cloneNode(true);
  return one ? [one] : [];
};

// --- The box of a question ---

const plain = {
  text: () => made('textarea', { rows: 2, maxLength: 2000 }),
  number: () => made('input', { type: 'number', step: 'any' }),
  day: () => made('input', { type: 'date' }),
};

const listed = ({ kind, choices }) => kind === 'yes_no' ? ['yes', 'no'].map(code => ({ code, label: words[code] })) : choices;

function drawn(question) {
  const { kind } = question, choices = listed(question);
  if (plain[kind]) return plain[kind]();
  if (kind === 'choice' && choices.length > MANY) {
    return made('select', {}, new Option(words.choose, ''), ...choices.map(({ code, label }) => new Option(label, code)));
  }
  const type = kind === 'several' ? 'checkbox' : 'radio';
  const rest = type === 'radio' ? [{ code: '', label: words.not_answered }] : [];
  return made('div', {}, ...[...choices, ...rest].map(({ code, label }) =>
    made('div', {}, made('label', {}, made('input', { type, value: code }), ' ', said(label)))));
}

function questionOf(set, question) {
  const { code, text, hint, required, only_if: rule } = question;
  const name = `own-${set}-${code}`, box = drawn(question), isGroup = box.matches('div');
  for (const one of isGroup ? box.querySelectorAll('input') : [box]) one.name = name;
  const title = made(isGroup ? 'legend' : 'label', {}, said(text));
  if (!required) title.append(' ', made('span', { className: 'hint', textContent: words.optional }));
  const part = made(isGroup ? 'fieldset' : 'div', { className: 'field' }, title);
  if (hint) {
    part.append(made('p', { className: 'hint', id: `id_${name}_helptext` }, said(hint)));
    (isGroup ? part : box).setAttribute('aria-describedby', `id_${name}_helptext`);
  }
  if (!isGroup) title.htmlFor = box.id = `id_${name}`;
  part.append(box);
  if (rule) part.dataset.when = `own-${set}-${rule}`;
  if (required) part.dataset.needed = words.answer.replace('%(question)s', () => text);
  return part;
}

function card({ id, title, programmes, questions }) {
  const summary = made('summary', {}, ...icon('pencil'), said(title), ...icon('chevron-down'));
  const inside = made('div', { className: 'stack' }, ...questions.map(one => questionOf(id, one)));
  const fold = made('details', { className: 'card fold fold--card' }, summary, inside);
  if (programmes.length) fold.dataset.when = `programme=${programmes.join(' ')}`;
  fold.dataset.own = id;
  return fold;
}

// --- Whoever begins a set answers it whole; what was not answered is not sealed ---

const boxes = part => [...part.querySelectorAll('input, select, textarea')].filter(box => !box.disabled);
const isSaid = box => ['radio', 'checkbox'].includes(box.type) ? box.checked && box.value : box.value.trim();

function lacking(fold) {
  const isBegun = boxes(fold).some(isSaid);
  for (const part of fold.querySelectorAll('[data-needed]')) {
    boxes(part)[0]?.setCustomValidity(isBegun && !boxes(part).some(isSaid) ? part.dataset.needed : '');
  }
  return boxes(fold).find(box => !box.validity.valid);
}

function check(event) {
  const missing = [...form.querySelectorAll('[data-own]')].map(lacking).find(Boolean);
  if (!missing) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  missing.closest('details').open = true;
  missing.reportValidity();
}

form.querySelector('[data-cards]').replaceChildren(...sets.map(card));
form.addEventListener('submit', check, true);
form.addEventListener('formdata', ({ formData }) => {
  for (const [name, value] of [...formData]) if (!value && name.startsWith('own-')) formData.delete(name);
});
form.addEventListener('reset', () => setTimeout(() => form.dispatchEvent(new Event('change', { bubbles: true }))));
await import(document.body.dataset.applies);
