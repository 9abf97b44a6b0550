// The day board by hand and by key, and the timers of the flow board; in the one script of all pages, because a page pays one request.
// Positions are classes (t-N, d-N), so nothing here writes a style but for the peek.
(() => {
'use strict';
const board = () => document.getElementById('board'), ROW = 5;
const on = (type, fn, opt) => document.addEventListener(type, fn, opt);
const visitOf = e => e.target.closest?.('#board .visit');
const idOf = v => v.getAttribute('href').split('/').pop();
const at = (el, letter) => +[...el.classList].find(c => new RegExp(`^${letter}-\\d+$`).test(c)).slice(2);
const clock = minutes => { const h = Math.floor(minutes / 60) % 24, m = minutes % 60; return `${h % 12 || 12}:${String(m).padStart(2, '0')} ${h < 12 ? 'am' : 'pm'}`; };
const wall = row => +board().dataset.first + row * ROW;
const rowAt = (lane, y) => { const r = lane.getBoundingClientRect(); return Math.max(0, Math.floor((y - r.top) / parseFloat(getComputedStyle(lane).gridAutoRows))); };
const fresh = () => document.querySelectorAll('#board .lane, #board-top').forEach(x => htmx.trigger(x, 'live'));
const post = (url, values, target) => htmx.ajax('POST', url, { source: document.body, target: target || '#drawer', swap: target ? 'innerHTML' : 'none', values });

/* a move: the server judges it; what it refuses comes back as the form, with what was asked for */
async function move(id, version, lane, row, values = {}) {
  const b = board(), where = b.dataset.by === 'rooms' ? { Room: lane.dataset.id, Provider: values.provider } : { Provider: lane.dataset.id };
  delete values.provider;
  await post(`/scheduling/appointments/${id}/move`, { Version: version, Location: b.dataset.location, Date: b.dataset.date, Time: clock(wall(row)), Why: 'Moved on the board', Told: 'false', ...where, ...values }, '#drawer');
  fresh();
}

/* by hand */
let drag = null;
on('dragstart', e => {
  const v = visitOf(e);
  if (!v || v.draggable !== true) return;
  drag = { v, grip: rowAt(v.closest('.lane'), e.clientY) - at(v, 't') };
  e.dataTransfer.effectAllowed = 'move'; e.dataTransfer.setData('text/plain', v.querySelector('b').textContent);
  v.classList.add('moving'); hide();
});
on('dragover', e => {
  const lane = drag && e.target.closest?.('#board .lane');
  document.querySelectorAll('#board .lane.over').forEach(l => l !== lane && l.classList.remove('over'));
  if (!lane) return;
  e.preventDefault(); lane.classList.add('over');
  show(clock(wall(snap(rowAt(lane, e.clientY) - drag.grip))), e.clientX, e.clientY);
});
on('drop', e => {
  const lane = drag && e.target.closest?.('#board .lane');
  if (!lane) return;
  e.preventDefault();
  const { v, grip } = drag, row = snap(rowAt(lane, e.clientY) - grip);
  move(idOf(v), v.dataset.v, lane, row, { provider: v.dataset.p, Told: row === at(v, 't') ? 'true' : 'false' });
});
on('dragend', () => { drag?.v.classList.remove('moving'); drag = null; hide(); document.querySelectorAll('.lane.over').forEach(l => l.classList.remove('over')); });
const snap = row => Math.max(0, row);

/* a click on free time books there, at the minute that was clicked */
on('click', e => {
  const free = e.target.closest?.('#board .free');
  if (!free || !e.clientY || e.detail === 0) return;
  const row = rowAt(free.closest('.lane'), e.clientY), into = Math.max(0, row - at(free, 't'));
  const url = new URL(free.href), start = new Date(url.searchParams.get('start'));
  start.setMinutes(start.getMinutes() + into * ROW - (into * ROW) % 10);
  url.searchParams.set('start', start.toISOString().slice(0, 16) + 'Z');
  free.href = url.pathname + url.search;
}, true);

/* by key */
let ghost = null;
function restore() { if (!ghost) return; const g = ghost; ghost = null; g.v.classList.remove('moving'); g.v.classList.replace(`t-${at(g.v, 't')}`, `t-${g.row}`); g.lane.append(g.v); g.v.focus(); hide(); }
function step(v, key) {
  ghost ||= { v, lane: v.closest('.lane'), row: at(v, 't') };
  const lanes = [...document.querySelectorAll('#board .lane')], lane = v.closest('.lane'), row = at(v, 't');
  v.classList.add('moving');
  if (key === 'ArrowUp' || key === 'ArrowDown') v.classList.replace(`t-${row}`, `t-${Math.max(0, row + (key === 'ArrowUp' ? -2 : 2))}`);
  else lanes[lanes.indexOf(lane) + (key === 'ArrowLeft' ? -1 : 1)]?.append(v);
  v.focus(); v.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const box = v.getBoundingClientRect();
  show(`${clock(wall(at(v, 't')))}, ${v.closest('.lane').getAttribute('aria-label')}. Enter moves, Esc leaves it.`, box.left, box.bottom);
}
const steps = { a: 'arrive', m: 'no-show', u: 'undo', y: 'confirm' };
function visitKey(v, k) {
  const id = idOf(v), open = url => { const a = v.cloneNode(); a.href = url; a.hidden = true; a.removeAttribute('id'); a.removeAttribute('data-row'); v.after(a); a.click(); a.remove(); };
  if (k === 'Enter') { v.click(); return true; }
  if (steps[k]) { post(`/scheduling/appointments/${id}/${steps[k]}`, { version: v.dataset.v }).then(fresh); return true; }
  if (k === 'x') { post(`/scheduling/board/clipboard/${id}`, {}).then(fresh); return true; }
  if (k === 'c') { open(`/scheduling/appointments/${id}/cancel`); return true; }
  if (k === 'o') { open(`/scheduling/appointments/${id}/check-out`); return true; }
  if (k === 'v') { open(`/scheduling/appointments/${id}/move`); return true; }
  return false;
}
function paste(free) {
  const held = document.querySelector('#clipboard [data-held]');
  if (!held) return false;
  move(held.dataset.held, held.dataset.version, free.closest('.lane'), at(free, 't'));
  return true;
}
on('keydown', e => {
  if (e.ctrlKey || e.metaKey || e.altKey || document.querySelector('dialog[open]')) return;
  const v = visitOf(e), free = e.target.closest?.('#board .free');
  let done = false;
  if (v && e.shiftKey && e.key.startsWith('Arrow')) { done = v.draggable === true; if (done) step(v, e.key); }
  else if (ghost && e.key === 'Enter') { const g = ghost; ghost = null; done = true; move(idOf(g.v), g.v.dataset.v, g.v.closest('.lane'), at(g.v, 't'), { provider: g.v.dataset.p, Told: at(g.v, 't') === g.row ? 'true' : 'false' }); hide(); }
  else if (ghost && e.key === 'Escape') { restore(); done = true; }
  else if (v && !e.shiftKey) done = visitKey(v, e.key);
  else if (free && e.key === 'Enter') { free.click(); done = true; }
  else if (free && e.key === 'v') done = paste(free);
  if (done) { e.preventDefault(); e.stopImmediatePropagation(); }
}, true);
on('focusout', e => { if (ghost && e.target === ghost.v && !document.hidden) setTimeout(() => ghost && document.activeElement !== ghost.v && restore()); });
on('click', e => { const b = e.target.closest?.('[data-unhold]'); if (b) post(`/scheduling/board/clipboard/${b.dataset.unhold}/let`, {}).then(fresh); });

/* peek: phone and reason of the visit under the pointer or the focus */
let wait = 0, seen = null;
const peek = () => document.getElementById('peek');
function hide() { clearTimeout(wait); seen = null; const p = peek(); if (p) p.hidden = true; }
function show(content, x, y) {
  const p = peek();
  typeof content === 'string' ? p.textContent = content : p.replaceChildren(...content);
  p.hidden = false;
  p.style.left = `${Math.min(x + 12, innerWidth - p.offsetWidth - 8)}px`;
  p.style.top = `${y + 14 + p.offsetHeight > innerHeight ? Math.max(8, y - p.offsetHeight - 10) : y + 14}px`;
}
function look(v, delay) {
  if (seen === v || drag || ghost) return;
  hide(); seen = v;
  wait = setTimeout(async () => {
    const answer = await fetch(`/scheduling/board/peek/${idOf(v)}`, { headers: { 'HX-Request': 'true' } }).catch(() => null);
    if (!answer?.ok || seen !== v || !v.isConnected) return;
    const box = v.getBoundingClientRect(), t = document.createElement('template');
    t.innerHTML = await answer.text();
    if (seen === v) show([...t.content.childNodes], box.left, box.bottom - 6);
  }, delay);
}
on('pointerover', e => { const v = visitOf(e); v && e.pointerType === 'mouse' ? look(v, 180) : seen && !seen.matches(':focus') && hide(); });
on('focusin', e => { const v = visitOf(e); v ? v.matches(':focus-visible') && look(v, 120) : hide(); });
on('scroll', hide, true);

// Timers of the flow board go on by themselves; a refresh of this kind is not somebody at the desk.
setInterval(() => { const flow = document.getElementById('flow'); if (flow && !document.hidden) htmx.trigger(flow, 'live'); }, 30000);
})();
