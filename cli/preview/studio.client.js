/**
 * The studio works without this: every button sends the form and comes back with a new page. With it the page stays
 * where it is, keeps the focus, counts while the slider moves, takes stories by drag and drop, and follows the templates.
 */
const page = () => document.getElementById('studio');

/** Puts a new answer of the server in place of the old one. */
async function renew(answer, focus) {
  const scroll = page().querySelector('.desk').scrollTop;
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  document.title = next.title;
  for (const selector of ['header', '#studio'])
    document.querySelector(selector).replaceWith(next.querySelector(selector));
  page().querySelector('.desk').scrollTop = scroll;
  refocus(focus);
}

/** Back to the same button; where it is gone or off, to the one beside it. */
function refocus(id) {
  if (!id) return;
  const [verb, name] = [id.slice(0, id.indexOf('-')), id.slice(id.indexOf('-') + 1)];
  const twins = { Up: 'Down', Down: 'Up', Pin: 'Unpin', Unpin: 'Pin', Hide: 'Show', Show: 'Hide' };
  const wanted = [id, `${twins[verb]}-${name}`, 'threshold'].map((one) => document.getElementById(one));
  wanted.find((one) => one && !one.disabled)?.focus();
}

async function send(form, fields, focus) {
  renew(await fetch(form.action, { method: 'POST', body: new URLSearchParams(fields) }), focus);
}

document.addEventListener('submit', (event) => {
  event.preventDefault();
  send(event.target, new FormData(event.target, event.submitter), event.submitter?.id);
});

/** What the threshold would pick, before anything is saved. */
function recount(slider) {
  const bar = Number(slider.value);
  const scores = JSON.parse(slider.dataset.scores);
  const pinned = document.querySelectorAll('li.pinned').length;
  const picked = scores.filter((score) => score >= bar).length;
  document.getElementById('value').textContent = bar.toFixed(2);
  document.getElementById('recount').textContent =
    `${picked} of ${scores.length} items would be picked${pinned ? `, beside ${pinned} pinned` : ''}.`;
  for (const row of document.querySelectorAll('li[data-score]')) {
    const inside = row.hasAttribute('data-name');
    const free = !row.classList.contains('pinned');
    row.classList.toggle('turns', free && Number(row.dataset.score) >= bar !== inside);
  }
}

document.addEventListener('input', (event) => {
  if (event.target.id === 'threshold') recount(event.target);
});

let dragged;
const rowOf = (event) => event.target.closest?.('li[data-name]');
document.addEventListener('dragstart', (event) => {
  dragged = rowOf(event);
});
document.addEventListener('dragover', (event) => {
  for (const row of document.querySelectorAll('li.over')) row.classList.remove('over');
  if (!dragged || !rowOf(event)) return;
  event.preventDefault();
  rowOf(event).classList.add('over');
});
document.addEventListener('drop', (event) => {
  const row = rowOf(event);
  if (!dragged || !row) return;
  event.preventDefault();
  const form = row.closest('form');
  const fields = new FormData(form);
  fields.set('do', `place ${dragged.dataset.name} ${[...row.parentElement.children].indexOf(row)}`);
  send(form, fields);
  dragged = undefined;
});

new EventSource('/preview/events').onmessage = async () =>
  renew(await fetch(location.href), document.activeElement?.id);
