// On paper every picture has its table: folded ones are opened for printing and closed again.

const folds = () => document.querySelectorAll('details[data-print]:not([open])');

addEventListener('beforeprint', () => folds().forEach((fold) => { fold.open = true; fold.dataset.opened = ''; }));
addEventListener('afterprint', () => document.querySelectorAll('[data-opened]').forEach((fold) => {
  fold.open = false;
  delete fold.dataset.opened;
}));
