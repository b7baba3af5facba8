// Fields that do not apply are not there. A part of a form with `data-when` (`box=word word;other=*`) shows while one of
// these boxes says one of its words, or anything; a box left empty says what that of `data-else` says. What is hidden is
// not sent. Without this file all of them are in a fold (`data-applying`), and the server says what does not belong.

const parts = [...document.querySelectorAll('[data-when]')];
const folds = [...document.querySelectorAll('[data-applying]')];

function applies({ dataset: { when, else: rest } }, sent) {
  const said = name => sent.getAll(name).filter(Boolean);
  return when.split(';').some(rule => {
    const [name, words] = rule.split('=');
    const here = said(name).length || !rest ? said(name) : said(rest);
    return here.some(word => words === '*' || words.split(' ').includes(word));
  });
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
