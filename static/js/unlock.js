// The locked page: says when the sign-in is about to end, and goes on when another tab was unlocked.

const warning = document.querySelector('[data-signs-out]');
const { signsOut, warnBefore } = warning.dataset;
const end = Date.now() + signsOut * 1000;
const again = () => location.replace(location.pathname);

const clock = setInterval(() => {
  warning.hidden = Date.now() < end - warnBefore * 1000;
  if (Date.now() <= end) return;
  clearInterval(clock); // asked once: asking again each second would break off an answer that is slow to come
  again();              // the server knows best whether it has ended
}, 1000);
addEventListener('storage', ({ key, newValue }) => { if (key === 'locked' && !newValue) again(); });
addEventListener('pageshow', ({ persisted }) => { if (persisted) again(); });
