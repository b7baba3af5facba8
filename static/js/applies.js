// Fields that do not apply are not there. A part of a form with `data-when` (names of boxes) shows while one of them
// says one of the words of `data-is`; a box that is left empty says what that of `data-else` says. What is hidden is not
// sent. Without this file all of them are in a fold (`data-applying`), and the server says what does not belong.

const parts = [...document.querySelectorAll('[data-when]')];
const folds = [...document.querySelectorAll('[data-applying]')];

function applies({ dataset: { when, is, else: rest } }, sent) {
  const said = name => sent.getAll(name).filter(Boolean);
  const words = name => (said(name).length || !rest ? said(name) : said(rest));
  return when.split(' ').flatMap(words).some(word => is.split(' ').includes(word));
}

function update() {
  for (const part of parts) {
    const here = applies(part, new FormData(part.closest('form')));
    part.hidden = !here;
    for (const box of part.querySelectorAll('input, select, textarea')) box.disabled = !here;
  }
  for (const fold of folds) fold.hidden = !fold.querySelector('[data-when]:not([hidden])');
}

for (const fold of folds) {
  fold.open = true;
  fold.querySelector('summary').hidden = true;
}
for (const kind of ['input', 'change', 'pageshow']) addEventListener(kind, update);
update();
