// Draw on the picture of a page, and the lines of the form write themselves; wiped from the lines, an
// area is gone. Other pages are shown in place, so that nothing drawn is lost.

const sheet = document.querySelector('[data-redact]');
const picture = sheet?.querySelector('img');
const lines = document.querySelector('textarea[name=areas]');
const shown = document.querySelector('input[name=shown]');
let from = null;

const parts = (at, length) => Math.max(0, Math.min(1000, Math.round((at / length) * 1000)));

function where(event) {
  const box = picture.getBoundingClientRect();
  return [parts(event.clientX - box.left, box.width), parts(event.clientY - box.top, box.height)];
}

function area([a, b], [c, d]) {
  return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
}

function paint(drawn) {
  for (const old of sheet.querySelectorAll('i')) old.remove();
  const told = lines.value.split('\n').map(line => line.trim().split(/[\s,]+/).map(Number));
  const mine = told.filter(line => line.length === 5 && line[0] === Number(sheet.dataset.redact));
  for (const [, left, top, right, bottom] of drawn ? [...mine, [0, ...drawn]] : mine) {
    const black = sheet.appendChild(document.createElement('i'));
    black.style.left = `${left / 10}%`;
    black.style.top = `${top / 10}%`;
    black.style.width = `${(right - left) / 10}%`;
    black.style.height = `${(bottom - top) / 10}%`;
  }
}

function begin(event) {
  event.preventDefault();
  sheet.setPointerCapture(event.pointerId);
  from = where(event);
}

function end(event) {
  if (!from) return;
  const drawn = area(from, where(event));
  from = null;
  if (drawn[2] - drawn[0] > 3 && drawn[3] - drawn[1] > 3) {
    lines.value = `${lines.value.trim()}\n${sheet.dataset.redact} ${drawn.join(' ')}`.trim();
  }
  paint();
}

function turn(event) {
  const link = event.target.closest('[data-page]');
  if (!link) return;
  event.preventDefault();
  const number = link.dataset.page;
  picture.src = picture.src.replace(/page=[0-9]+$/, `page=${number}`);
  sheet.dataset.redact = shown.value = number;
  picture.alt = picture.alt.replace(/[0-9]+/, number);
  paint();
}

if (picture && lines) {
  sheet.addEventListener('pointerdown', begin);
  sheet.addEventListener('pointermove', event => from && paint(area(from, where(event))));
  sheet.addEventListener('pointerup', end);
  lines.addEventListener('input', () => paint());
  document.querySelector('[data-pages]')?.addEventListener('click', turn);
  paint();
}
