// The amount of a payment: what is open of the part that is chosen, until somebody types another one. Without this file
// the box is left empty, and the server takes the same.

const amount = document.querySelector('[name="amount"]');
let ours = amount.value;

function follow() {
  if (amount.value !== ours) return;
  amount.value = ours = document.querySelector('[data-amount]:checked')?.dataset.amount || '';
}

for (const part of document.querySelectorAll('[name="tranche"]')) part.addEventListener('change', follow);
if (!ours) follow();
