// The law of the day: once the day of the offence is chosen, the list offers the provisions that
// were in force on it. Without this file all stand there, each with its days.

const day = document.querySelector('[name="offence_on"]');
const law = document.querySelector('[name="provision"]');

function narrow() {
  const on = day.dataset.iso; // as it is understood (days.js)
  for (const option of law.querySelectorAll('option[value]')) {
    const { from, to } = option.dataset;
    const fits = !on || !option.value || ((!from || from <= on) && (!to || on <= to));
    option.hidden = option.disabled = !fits;
    if (!fits && option.selected) law.value = '';
  }
  for (const group of law.querySelectorAll('optgroup')) {
    group.hidden = !group.querySelector('option:not([hidden])');
  }
}

day.addEventListener('input', narrow);
narrow();
