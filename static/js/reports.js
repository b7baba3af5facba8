// How far a run is: asked for every two seconds while the page is seen. When the run is over, the
// server decides what to show next. Without this file the page renews itself every five seconds.

const place = document.querySelector('[data-run]');

// A live region is read out when it changes, so it changes only with the news.
function show(html) {
  const fresh = document.createElement('div');
  fresh.innerHTML = html;
  if (fresh.innerHTML !== place.innerHTML) place.replaceChildren(...fresh.childNodes);
}

async function look() {
  if (document.hidden) return;
  const answer = await fetch(place.dataset.run, { headers: { 'X-Fragment': '1' }, cache: 'no-store' });
  if (answer.redirected || answer.status === 404) return location.reload(); // signed out meanwhile
  if (!answer.ok) throw answer;
  show(await answer.text());
  if (place.querySelector('[data-over]')) location.reload(); // done: on to the figures
}

function offline() {
  if (place.querySelector('[data-silent]')) return;
  const line = document.createElement('p');
  line.className = 'small';
  line.dataset.silent = '';
  line.textContent = place.dataset.offline;
  place.append(line);
}

async function watch() {
  await look().catch(offline);
  setTimeout(watch, 2000);
}

if (place) setTimeout(watch, 2000);
