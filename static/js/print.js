// A button to print, where there is script to press it with; the menu of the browser does the same.
document.querySelectorAll('[data-print]').forEach(button => {
  button.hidden = false;
  button.addEventListener('click', () => print());
});
