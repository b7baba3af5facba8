// The offer to take back what was just done goes after ten seconds, and waits while somebody is on it: by pointer,
// by keyboard, or because the page is not looked at. Without this file it stays until the next page.

const place = document.querySelector('[data-undo]');
let left = 10;

const clock = setInterval(() => {
  if (document.hidden || place.matches(':hover, :focus-within') || --left > 0) return;
  clearInterval(clock);
  place.remove();
}, 1000);
