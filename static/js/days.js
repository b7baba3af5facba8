// Days: a button that enters today, one that opens the browser's calendar. What is typed is shown as it is understood:
// the day before the month, without a year the nearest. The server has the last word (core/days/typed.py). For scripts
// that ask the interface, the box says the day as programs write it (`data-iso`).

const { lang, dataset } = document.documentElement;
const shortened = dataset.months.split('|'); // as the server does: browsers shorten months as they like
const say = day => `${day.getUTCDate()} ${shortened[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
const TYPED = /^\s*(\d{1,2})[\s./-]+(\d{1,2}|[^\d\s,/-]+)\.?(?:[\s.,/-]+(\d{4}))?\s*$/;
const MONTHS = [lang, 'en'].flatMap(tongue => [...Array(12).keys()].map(number => [
  new Intl.DateTimeFormat(tongue, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, number)).toLowerCase(), number,
]));
function monthOf(text) {
  const word = text.toLowerCase(), ours = shortened.findIndex(name => name.toLowerCase() === word);
  if (+text || ours >= 0) return +text ? text - 1 : ours;
  return word.length > 2 ? MONTHS.find(([name]) => name.startsWith(word))?.[1] : undefined;
}

function understood(text, { day: now, max, year: needed }) {
  const [, day, month, year] = text.match(TYPED) || [];
  if (!day || (needed === '' && !year)) return undefined;
  const today = new Date(now), thisYear = today.getUTCFullYear(), latest = max ? new Date(max) : Infinity;
  return (year ? [+year] : [thisYear - 1, thisYear, thisYear + 1])
    .map(one => new Date(Date.UTC(one, monthOf(month), day)))
    .filter(one => one.getUTCDate() === +day && (year || one <= latest))
    .sort((a, b) => Math.abs(a - today) - Math.abs(b - today))[0];
}

function note(box, day) {
  if (day) box.dataset.iso = day.toISOString().slice(0, 10);
  else delete box.dataset.iso;
}

function enter(box, day) {
  box.value = say(day);
  note(box, day);
  box.dispatchEvent(new Event('input', { bubbles: true }));
}

function calendarOf({ min = '', max = '' }) {
  const place = Object.assign(document.createElement('span'), { className: 'vh', ariaHidden: 'true' });
  const calendar = Object.assign(document.createElement('input'), { type: 'date', tabIndex: -1, min, max });
  place.append(calendar);
  return [place, calendar];
}

document.querySelectorAll('[data-days]').forEach(day => {
  const box = day.querySelector('[data-day]'), [place, calendar] = calendarOf(box.dataset);
  day.append(place);
  day.querySelectorAll('button').forEach(button => { button.hidden = false; });
  day.querySelector('[data-today]').addEventListener('click', () => { enter(box, new Date(box.dataset.day)); box.focus(); });
  day.querySelector('[data-calendar]').addEventListener('click', () => calendar.showPicker());
  calendar.addEventListener('change', () => { if (calendar.value) enter(box, new Date(calendar.value)); box.focus(); });
  note(box, understood(box.value, box.dataset));
  box.addEventListener('input', ({ isTrusted }) => { if (isTrusted) note(box); }); // half a day is none
  box.addEventListener('change', () => {
    const meant = understood(box.value, box.dataset);
    note(box, meant);
    if (meant) enter(box, meant);
  });
});
