// Log a rescue, the entering: one tap adds one person. Without this file the same boxes take numbers.

const form = document.getElementById('rescue');
const total = document.getElementById('total');

function showCounter(counter) {
  const value = Number(counter.querySelector('input').value);
  counter.classList.toggle('on', value > 0);
  counter.querySelector('.less').disabled = value <= 0;
  total.textContent = [...form.querySelectorAll('[name^="people-"]')].reduce((sum, box) => sum + Number(box.value), 0);
}

function startCounter(counter) {
  const box = counter.querySelector('input');
  for (const button of counter.querySelectorAll('[data-step]')) {
    button.hidden = false;
    button.addEventListener('click', () => {
      const value = Number(box.value) + Number(button.dataset.step);
      box.value = Math.max(Number(box.min), Math.min(Number(box.max), value));
      box.dispatchEvent(new Event('input', { bubbles: true }));
      if (button.disabled) counter.querySelector('.more').focus();
    });
  }
  box.addEventListener('input', () => showCounter(counter));
  showCounter(counter);
}

function showTime({ target }) {
  const when = new Date(target.value);
  if (isNaN(when)) return;
  form.querySelector('[data-moment]').textContent = globalThis.momentInWords(when);
}

// A place is either one of the tiles or one from the list, never both.
function keepOnePlace({ target }) {
  if (target.name === 'place') form.elements.other_place.value = '';
  if (target.name !== 'other_place' || !target.value) return;
  form.querySelectorAll('[name="place"]').forEach(tile => { tile.checked = false; });
}

form.classList.add('counting');
total.hidden = false;
form.querySelectorAll('[data-counter]').forEach(startCounter);
form.addEventListener('change', keepOnePlace);
form.elements.occurred_at.addEventListener('change', showTime);
