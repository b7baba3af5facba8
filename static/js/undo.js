// What was just done, and the offer to take it back, go after ten seconds, and wait while somebody is on them: by
// pointer, by keyboard, or because the page is not looked at. Without this file they stay until the next page.

const place = document.querySelector('[data-undo], [data-done]');
let left = 10;

const clock = setInterval(() => {
  if (document.hidden || place.matches(':hover, :focus-within') || --left > 0) return;
  clearInterval(clock);
  place.remove();
}, 1000);
