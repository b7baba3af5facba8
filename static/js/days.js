// Days: a button that enters today, one that opens the browser's calendar. A day typed in figures (12/3) is shown as it
// is understood: the day before the month, without a year the nearest. The server has the last word (core/typed_days.py).

const lang = document.documentElement.lang.replace(/^en$/, 'en-GB');
const words = new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
const say = day => words.format(day).replace('Sept', 'Sep');
const FIGURES = /^\s*(\d{1,2})[\s./-]+(\d{1,2})(?:[\s./-]+(\d{4}))?\s*$/;

function understood(text, { day: now, max, year: needed }) {
  const [, day, month, year] = text.match(FIGURES) || [];
  if (!day || (needed === '' && !year)) return null;
  const today = new Date(now), thisYear = today.getUTCFullYear(), latest = max ? new Date(max) : Infinity;
  return (year ? [+year] : [thisYear - 1, thisYear, thisYear + 1])
    .map(one => new Date(Date.UTC(one, month - 1, day)))
    .filter(one => one.getUTCDate() === +day && (year || one <= latest))
    .sort((a, b) => Math.abs(a - today) - Math.abs(b - today))[0];
}

function enter(box, day) {
  box.value = say(day);
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
  box.addEventListener('change', () => { const meant = understood(box.value, box.dataset); if (meant) enter(box, meant); });
});
