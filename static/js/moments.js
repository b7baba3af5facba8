// A moment as the server writes it: 28 Nov 2026, 14:02.
const months = document.documentElement.dataset.months.split('|');

globalThis.momentInWords = moment => {
  const at = new Date(moment);
  return `${at.getDate()} ${months[at.getMonth()]} ${at.getFullYear()}, ${at.toTimeString().slice(0, 5)}`;
};
