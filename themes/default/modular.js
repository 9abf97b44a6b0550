// Everything the pages do by script beside htmx and idiomorph; the data-attributes are listed in README.md.
// One file on purpose: a page pays one request, and every listener sits on the document, so swapped content needs no set-up.
(() => {
'use strict';
const $ = (s, in_ = document) => in_.querySelector(s), $$ = (s, in_ = document) => [...in_.querySelectorAll(s)];
const on = (type, fn, opt) => document.addEventListener(type, fn, opt);
const meta = name => $(`meta[name="${name}"]`)?.content;
const root = document.documentElement;
const keep = (name, value) => { document.cookie = `${name}=${value};path=/;max-age=31536000;samesite=lax${location.protocol === 'https:' ? ';secure' : ''}`; };
const make = (tag, props = {}, ...inside) => { const e = Object.assign(document.createElement(tag), props); e.append(...inside); return e; };
const words = { undo: 'Undo', close: 'Close', cancel: 'Cancel', yes: 'Continue', keys: 'Keys on this page', single: 'Single-letter keys', pick: 'Select the row', rows: 'Next and previous row',
  leave: 'What you typed here is not saved yet.', discard: 'Discard changes', copied: 'Copied',
  offline: 'No connection. Nothing was saved; what you typed is still here.', failed: 'That did not work. What you typed is still here.', away: 'Not available at this moment. What you typed is still here: try again shortly.',
  denied: 'You do not have permission for that.', gone: 'That no longer exists. Somebody may have removed it.', signedOut: 'You are signed out. Sign in again in another tab, then repeat.',
  idle: 'Locking in {0} s. Move or press a key to stay.', future: 'A date of birth cannot be in the future.', badDate: 'Not a date. Try 11/23/2026, t+14, 3w or 6m.',
  noPasskey: 'This browser cannot use passkeys.', passkeyFailed: 'The passkey was not used. Try again or choose another way.', years: 'y', months: 'mo', ...JSON.parse(meta('words') || '{}') };

/* htmx */
// What arrives is wired at once: a browser focuses a field as it comes in, and a fast hand types before a settling delay is over.
Object.assign(htmx.config, { defaultSettleDelay: 0, allowEval: false, allowScriptTags: false, includeIndicatorStyles: false, selfRequestsOnly: true, timeout: 30000,
  historyCacheSize: 0,               // pages hold patient data: none of it stays in browser storage
  historyRestoreAsHxRequest: false,  // going back needs the page, not a fragment
  responseHandling: [{ code: '204', swap: false }, { code: '[23]..', swap: true }, { code: '409|422', swap: true }, { code: '...', swap: false, error: true }] });
htmx.defineExtension('morph', {
  isInlineSwap: style => style === 'morph' || style === 'morph:outerHTML',
  handleSwap: (style, target, fragment) => style.startsWith('morph') &&
    Idiomorph.morph(target, fragment.children, { morphStyle: style === 'morph:innerHTML' ? 'innerHTML' : 'outerHTML', ignoreActiveValue: true }),
});
const background = e => e.detail.requestConfig?.triggeringEvent?.type === 'live' || e.detail.triggeringEvent?.type === 'live';
on('htmx:configRequest', e => {
  // A token in an address would be in every log on the way.
  if (e.detail.verb === 'get') delete e.detail.parameters.__RequestVerificationToken;
  else e.detail.headers.RequestVerificationToken = meta('request-token') || '';
  if (background(e)) e.detail.headers['X-Background'] = '1';   // a refresh by itself is not the person being active
});
on('htmx:sendError', e => background(e) || toast({ text: words.offline, kind: 'bad' }));
on('htmx:timeout', e => background(e) || toast({ text: words.offline, kind: 'bad' }));
on('htmx:responseError', e => {
  const s = e.detail.xhr.status;
  if (!background(e)) toast({ text: s === 401 ? words.signedOut : s === 403 ? words.denied : s === 404 || s === 410 ? words.gone : s === 503 ? words.away : words.failed, kind: 'bad' });
});
on('htmx:afterSettle', e => { if (!background(e)) toSummary(e.target); counts(); listen(); if (e.detail.target?.id === 'drawer') trapIn(); });
const toSummary = within => { const box = within.matches?.('.errors') ? within : $('.errors', within); if (box) { box.tabIndex = -1; box.focus(); const f = box.closest('form[data-guard]'); if (f) f.dirty = true; } };   // what came back with errors is still unsaved

/* toasts and questions */
function toast({ text, undo, kind = '', stay }) {
  const box = $('#toasts') || document.body.appendChild(make('div', { id: 'toasts', className: 'toasts', role: 'status' }));
  const item = make('div', { className: `toast ${kind}` }, make('span', { textContent: text }));
  if (undo) item.append(make('button', { type: 'button', className: 'btn', textContent: words.undo, onclick: () => { item.remove(); htmx.ajax('POST', undo, { source: document.body, swap: 'none' }); } }));
  item.append(make('button', { type: 'button', className: 'btn icon', textContent: '×', ariaLabel: words.close, onclick: () => item.remove() }));
  box.append(item);
  if (!stay) fade(item);
  return item;
}
// Nobody loses a toast while reading it: the pointer or the focus on it holds the clock.
function fade(item, left = item.matches('.bad') || $('form, button + button', item) ? 16 : 8) {
  if (!item.isConnected) return;
  if (left <= 0) return item.remove();
  setTimeout(() => fade(item, item.matches(':hover, :focus-within') ? left : left - 1), 1000);
}
on('toast', e => toast(e.detail.value && typeof e.detail.value === 'string' ? { text: e.detail.value } : e.detail));
function show(title, body, buttons, wide) {
  const head = make('header', {}, make('h2', { id: 'dialog-title', textContent: title }));
  const box = make('dialog', { className: `dialog ${wide ? 'wide' : ''}` }, make('form', { method: 'dialog' }, head, make('div', { className: 'body' }, ...body), make('footer', {}, ...buttons)));
  box.setAttribute('aria-labelledby', 'dialog-title');
  const back = document.activeElement;
  document.body.append(box);
  box.showModal();
  return new Promise(done => box.addEventListener('close', () => { box.remove(); back?.focus(); done(box.returnValue); }));
}
const ask = (text, yes, title) => show(title || yes, [make('p', { textContent: text })], [make('button', { className: 'btn', value: '', textContent: words.cancel, autofocus: true }), make('button', { className: 'btn danger solid', value: 'yes', textContent: yes })]).then(v => v === 'yes');
on('click', async e => {
  const el = e.target.closest('[data-confirm]'), by = el?.matches('form') ? e.target.closest('button:not([type=button])') : el;   // on a form it is asked of the button that sends it
  if (!by || by.agreed) return;
  e.preventDefault(); e.stopImmediatePropagation();
  if (!await ask(el.dataset.confirm, el.dataset.confirmYes || by.textContent.trim() || words.yes)) return;
  by.agreed = true; by.click(); by.agreed = false;
}, true);

/* drawer: beside the work, with its own address; going back closes it */
const drawer = () => $('#drawer'), here = () => location.pathname + location.search;
let opener = null, base = here(), shown = null;
const trapIn = () => {
  const d = drawer(); if (!d || !d.firstElementChild) return;
  if (!d.contains(document.activeElement)) { d.tabIndex = -1; ($('[autofocus]', d) || d).focus({ preventScroll: true }); }
  const f = document.activeElement;   // a date that stands there is a suggestion: what is typed takes its place, whoever gave it the focus
  if (f.matches('[data-date][autofocus]') && f.value === f.defaultValue) f.select();
};
async function openDrawer(url, push) {
  await htmx.ajax('GET', url, { target: '#drawer', swap: 'innerHTML' });
  if (!drawer()?.firstElementChild) return;
  if (push) { if (!shown) base = here(); history[shown ? 'replaceState' : 'pushState']({ drawer: url, base }, '', url); }
  shown = url;
  $$('[data-drawer]').forEach(a => { const row = a.closest('tr'); if (row) row.ariaSelected = a.pathname + a.search === url ? 'true' : null; });
  trapIn();
}
function emptyDrawer() {
  shown = null; drawer()?.replaceChildren(); $$('tr[aria-selected=true]').forEach(r => r.removeAttribute('aria-selected'));
  (opener?.isConnected ? opener : $('#main'))?.focus({ preventScroll: true });
}
async function closeDrawer(href) {
  if (!await mayLeave(drawer())) return;
  if (history.state?.drawer && shown) return history.back();   // popstate empties it
  if (href) history.replaceState(null, '', href);
  emptyDrawer();
}
on('click', e => {
  if (e.defaultPrevented || e.button || e.metaKey || e.ctrlKey || e.shiftKey) return;
  const a = e.target.closest('a[data-drawer], [data-drawer-close]');
  if (!a || !drawer() || a.matches('[data-drawer-close]') && !drawer().contains(a)) return;   // a drawer's view opened as a page closes by its link
  e.preventDefault();
  if (a.matches('[data-drawer-close]')) return closeDrawer(a.getAttribute('href'));
  mayLeave(drawer()).then(yes => { if (!yes) return; if (!drawer().contains(a)) opener = a; openDrawer(a.pathname + a.search, true); });
});
addEventListener('popstate', e => {
  if (e.state?.drawer) { e.stopImmediatePropagation(); e.state.base === base ? openDrawer(e.state.drawer) : location.reload(); }
  else if (shown && here() === base) { e.stopImmediatePropagation(); emptyDrawer(); }
});
on('closeDrawer', () => { dirty(drawer()).forEach(f => { f.dirty = false; }); closeDrawer($('[data-drawer-close]', drawer())?.getAttribute('href')); });   // a server answers HX-Trigger: closeDrawer once the form in it is saved

/* files from the clipboard go where files are chosen, unless a text is being typed */
on('paste', e => {
  const files = [...e.clipboardData?.files || []], open = drawer()?.firstElementChild && $('input[data-paste]', drawer()), input = open || $('#main input[data-paste]');
  if (!files.length || !input || $('dialog[open]')) return;
  e.preventDefault();
  const all = new DataTransfer(); files.slice(0, input.multiple ? 99 : 1).forEach(f => all.items.add(f));
  input.files = all.files; input.dispatchEvent(new Event('change', { bubbles: true }));
});

/* keyboard */
const typing = t => t.isContentEditable || t.matches('textarea, select, input:not([type=button], [type=submit])') && !(t.type === 'checkbox' && t.closest('[data-list]'));   // a letter in a field is a letter; the boxes of a list are its rows'
const seen = el => el.checkVisibility({ visibilityProperty: true }) && !el.disabled;
const rowsOf = list => $$('tbody tr, [data-row]', list).filter(seen);
const mainOf = row => $('a[href]', row) || $('input, button', row) || row;
let first = '', firstTimer;
on('keydown', e => {
  if (e.defaultPrevented || e.isComposing) return;
  const t = e.target, k = e.key, box = t.matches('[role=combobox]') && t;
  if ((e.ctrlKey || e.metaKey) && k.toLowerCase() === 'k' && $('[data-search]')) { e.preventDefault(); return $('[data-search]').select(); }
  if (e.ctrlKey || e.metaKey || e.altKey) return;
  if (box && choose(box, k)) return e.preventDefault();
  if (k === 'Tab') return ring(e);
  if ($('dialog[open]')) return;
  if (k === 'Escape') return escape(e, t);
  if (k === 'ArrowDown' && t.matches('[data-finds]')) { const found = $(t.dataset.finds), row = rowsOf(found)[0] || $('.empty .btn', found); return row && (e.preventDefault(), mainOf(row).focus()); }
  if (typing(t) || root.dataset.keys === 'off' && k.length === 1) return;
  if (k === '/' && $('[data-search]')) { e.preventDefault(); return $('[data-search]').select(); }
  if (k === '?') return help();
  if (inList(t, k)) return e.preventDefault();
  const own = $$('[data-row-key]', t.closest('[data-row]') || make('i')).find(x => x.dataset.rowKey === k);   // a row's own key beats the page's
  if (own) { e.preventDefault(); aim(own); return own.click(); }
  const want = first ? `${first} ${k}` : k, all = $$('[data-key]').filter(seen), inside = all.filter(x => drawer()?.contains(x));
  const hit = [...inside, ...all].find(x => x.dataset.key === want);
  clearTimeout(firstTimer); first = '';
  if (hit) { e.preventDefault(); return hit.matches('input, select, textarea') ? hit.focus() : hit.click(); }
  if (all.some(x => x.dataset.key.startsWith(k + ' '))) { first = k; firstTimer = setTimeout(() => { first = ''; }, 1200); }
});
// What only a key reaches carries no address of its own: a day of two hundred rows would repeat each four times.
function aim(x) {
  const { at } = x.dataset, row = x.closest('[data-row]');
  if (!at) return;
  const to = `${mainOf(row).getAttribute('href')}/${at}`;
  if (x.matches('a')) return x.setAttribute('href', to);
  x.setAttribute('formaction', to); x.name = 'version'; x.value = row.dataset.v;
}
function escape(e, t) {
  const menu = t.closest('details.menu[open]') || $('details.menu[open]');
  if (menu) { menu.open = false; return $('summary', menu).focus(); }
  if (root.dataset.rail === 'open') return delete root.dataset.rail;
  if (t.matches('[data-search]')) { t.value = ''; return t.blur(); }
  if (t.matches('[data-finds], .filters input') && !t.value) return t.blur();   // an empty filter lets go: the page's keys work again
  if (t.matches('#main [data-pick]')) return t.blur();
  if (drawer()?.firstElementChild) { e.preventDefault(); closeDrawer($('[data-drawer-close]', drawer())?.getAttribute('href')); }
}
function ring(e) {
  const d = drawer();
  if (!d?.contains(document.activeElement)) return;
  const stops = $$('a[href], button, input, select, textarea, summary, [tabindex="0"]', d).filter(x => seen(x) && x.type !== 'hidden' && x.tabIndex >= 0);
  const edge = e.shiftKey ? stops[0] : stops.at(-1);
  if (document.activeElement === edge || (e.shiftKey && document.activeElement === d)) { e.preventDefault(); (e.shiftKey ? stops.at(-1) : stops[0])?.focus(); }
}
function inList(t, k) {
  const list = t.closest('[data-list]') || (t === document.body || t === $('#main') ? 'jk'.includes(k) && $('[data-list]') : null);
  if (!list) return false;
  const rows = rowsOf(list), at = rows.findIndex(r => r.contains(t)), step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[k];
  const go = row => { if (row) { mainOf(row).focus(); row.scrollIntoView({ block: 'nearest' }); } return true; };
  if (step) return go(at < 0 ? rows[0] : rows[at + step]);
  if (at < 0) return false;
  if (k === 'Home' || k === 'End') return go(rows.at(k === 'Home' ? 0 : -1));
  if (k === 'x') { const c = $('input[type=checkbox]', rows[at]); c?.click(); return !!c; }
  if (k === 'Enter' && t === rows[at]) { $('a[href], button', t)?.click(); return true; }
  if (k === 'ArrowLeft' || k === 'ArrowRight') {
    const lists = $$('[data-list]', list.closest('[data-lists]') || list), to = lists[lists.indexOf(list) + (k === 'ArrowRight' ? 1 : -1)];
    const next = to && rowsOf(to);
    return next ? go(next[Math.min(at, next.length - 1)]) : false;
  }
  return false;
}
function help() {
  const found = new Map([['/', $('[data-search]')?.ariaLabel], ['?', words.keys], ['Esc', words.close]]);
  $$('[data-key]').filter(seen).forEach(x => { const c = x.cloneNode(true); $$('kbd, .count', c).forEach(y => y.remove()); found.set(x.dataset.key, x.dataset.keyName || x.ariaLabel || c.textContent.trim()); });
  $$('[data-row-key]').forEach(x => found.set(x.dataset.rowKey, x.dataset.keyName || x.textContent.trim()));
  if ($('[data-list]')) found.set('j k', $('[data-list]').dataset.listName || words.rows);
  if ($('[data-list] tbody input[type=checkbox]')) found.set('x', words.pick);
  const list = make('dl', { className: 'keys' }, ...[...found].filter(f => f[1]).map(([k, name]) => make('div', {}, make('dt', { textContent: name }), make('dd', {}, ...k.split(' ').map(p => make('kbd', { textContent: p }))))));
  const single = make('input', { type: 'checkbox', checked: root.dataset.keys !== 'off', onchange: () => { root.dataset.keys = single.checked ? 'on' : 'off'; keep('keys', root.dataset.keys); } });
  single.setAttribute('role', 'switch');
  show(words.keys, [list, make('label', { className: 'check' }, single, words.single)], [make('button', { className: 'btn', textContent: words.close, autofocus: true })], true);
}
on('click', e => e.target.closest('[data-help]') && help());

/* combobox: the global search and every picker */
const resultsOf = box => document.getElementById(box.getAttribute('aria-controls'));
function mark(box, option) {
  $$('[role=option]', resultsOf(box)).forEach(o => { o.ariaSelected = o === option ? 'true' : 'false'; });
  option ? box.setAttribute('aria-activedescendant', option.id) : box.removeAttribute('aria-activedescendant');
  option?.scrollIntoView({ block: 'nearest' });
}
function unfold(box, open) {
  const r = resultsOf(box);
  if (!r) return;   // left with the drawer it was in
  const options = $$('[role=option]', r);
  r.hidden = !(open && r.firstElementChild); box.ariaExpanded = String(!r.hidden);
  mark(box, !r.hidden && 'first' in box.dataset && !$('[data-offered]', r) ? options[0] : null);   // of what is offered before anything was typed, nothing is chosen by Enter
}
function choose(box, k) {
  const r = resultsOf(box), options = $$('[role=option]', r), at = options.findIndex(o => o.ariaSelected === 'true');
  if (k === 'Escape' && !r.hidden) { unfold(box, false); return true; }
  if (k === 'Enter' && !r.hidden && options[at]) { options[at].click(); return true; }
  if (k !== 'ArrowDown' && k !== 'ArrowUp' || !options.length) return false;
  if (r.hidden) unfold(box, true);
  mark(box, options.at((at + (k === 'ArrowDown' ? 1 : at < 0 ? 0 : -1)) % options.length));
  return true;
}
const boxOf = r => r?.id && $(`[role=combobox][aria-controls="${r.id}"]`);
on('htmx:afterSwap', e => { const box = boxOf(e.detail.target); if (box) unfold(box, document.activeElement === box); });
on('focusin', e => e.target.matches('[role=combobox]') && unfold(e.target, e.target.value !== ''));
on('focusout', e => { const box = e.target; if (box.matches('[role=combobox]')) setTimeout(() => document.activeElement !== box && unfold(box, false), 150); });
on('click', e => {
  const o = e.target.closest('[role=option][data-value]'), box = o && boxOf(o.closest('[role=listbox]'));
  if (!box) return;
  e.preventDefault();
  const hidden = box.form.elements[box.dataset.pick];
  hidden.value = o.dataset.value; box.value = o.dataset.text || o.textContent.trim();
  unfold(box, false); hidden.dispatchEvent(new Event('change', { bubbles: true }));
});
on('input', e => { const p = e.target.dataset.pick; if (p && e.target.form) e.target.form.elements[p].value = ''; });

/* hand scanners type a code faster than any hand and end it with Enter: what was scanned is looked up, and never sends a form that is half filled */
const between = 35, sign = meta('scanner');   // milliseconds from key to key
let burst = { text: '', at: -1e3 };
const lookUp = code => location.assign(`/search?scanned=true&q=${encodeURIComponent(code)}`);
on('keydown', e => {
  const t = e.target, k = e.key, goes = t === burst.on && e.timeStamp - burst.at < between, gs = e.ctrlKey && k === ']';   // FNC1 comes as Ctrl+]
  if (k === 'Shift' || k === 'Control' || t.type === 'password') return;
  if (k === 'Enter' && goes && burst.text.length > 3) return scanned(e, t);
  if (k.length > 1 || e.altKey || e.metaKey || e.ctrlKey && !gs) { burst = { text: '', at: -1e3 }; return; }
  if (!goes) burst = { text: '', on: t, signed: k === sign && !typing(t) };
  burst.text += gs ? '\x1d' : k; burst.at = e.timeStamp;
  if (gs || burst.signed) { e.preventDefault(); e.stopImmediatePropagation(); }   // with the sign before it, no key of it is one of the page's
}, true);
function scanned(e, t) {
  const typed = burst.text, code = typed.startsWith(sign || ' ') ? typed.slice(1) : typed;
  burst = { text: '', at: -1e3 };
  if (t.matches('textarea') || t.isContentEditable) return;
  const asks = $('dialog[open]'), search = !asks && (t.matches('[data-search]') || !typing(t)), pick = t.matches('[data-pick]');
  if (asks || search || pick || t.form?.method !== 'get') { e.preventDefault(); e.stopImmediatePropagation(); }
  if (search) return lookUp(code);
  if (asks || !t.matches('input:not([type=checkbox], [type=radio], [type=file])')) return;
  t.value = pick || t.matches('[data-scan]') || t.form?.method === 'get' ? code : t.value.replace(typed.replaceAll('\x1d', ''), code);
  if (pick) t.code = code;
  t.dispatchEvent(new Event('input', { bubbles: true }));
  t.dispatchEvent(new CustomEvent('scanned', { bubbles: true, detail: { code } }));
}
// A picker takes the one that the code is of, from the answer to the code and no earlier one.
on('htmx:afterSwap', e => {
  const box = boxOf(e.detail.target);
  if (!box?.code || e.detail.requestConfig?.parameters?.[box.name] !== box.code) return;
  const all = $$('[data-value]', e.detail.target), one = all.length === 1 ? all[0] : $('[data-exact]', e.detail.target);
  box.code = null;
  one ? one.click() : mark(box, null);
});

/* menus, rail, theme, small buttons */
on('click', e => {
  $$('details.menu[open]').forEach(m => m.contains(e.target) || (m.open = false));
  const b = e.target.closest('button, a'), d = b?.dataset;
  if (root.dataset.rail === 'open' && !e.target.closest('.rail') && !(d && 'railToggle' in d)) delete root.dataset.rail;
  if (!d) return;
  if ('railToggle' in d) {
    e.preventDefault();
    const phone = matchMedia('(max-width: 720px)').matches, wide = phone ? root.dataset.rail !== 'open' : $('.rail').offsetWidth < 100;
    root.dataset.rail = phone ? wide ? 'open' : 'wide' : wide ? 'wide' : 'small';
    if (!phone) keep('rail', root.dataset.rail); else if (wide) $('.rail a')?.focus();
    b.ariaExpanded = String(wide);
  }
  if (d.themeSet) { e.preventDefault(); keep('theme', d.themeSet); d.themeSet === 'system' ? delete root.dataset.theme : root.dataset.theme = d.themeSet; themes(); }
  if ('print' in d) print();
  if (d.dialog) { e.preventDefault(); $(d.dialog)?.showModal(); }
  if ('dialogClose' in d) { e.preventDefault(); b.closest('dialog').close(); }
  if (d.copy) { const from = d.copy[0] === '#' && $(d.copy); navigator.clipboard?.writeText(from ? from.value ?? from.textContent.trim() : d.copy).then(() => toast({ text: words.copied })); }
});
const themes = () => $$('[data-theme-set]').forEach(b => { b.ariaPressed = String(b.dataset.themeSet === (root.dataset.theme || 'system')); });

/* choosing many rows */
let lastPick = null;
function counts() {
  $$('[data-bulk]').forEach(s => {
    const all = $$('input[name=id]', s), n = all.filter(c => c.checked).length, top = $('[data-all]', s);
    $$('[data-count]', s).forEach(c => { c.textContent = n; });
    if (top) { top.checked = n > 0 && n === all.length; top.indeterminate = n > 0 && n < all.length; }
  });
}
on('click', e => {
  const c = e.target, s = c.closest('[data-bulk]');
  if (!s || c.type !== 'checkbox' && !c.matches('[data-none]')) return;
  const all = $$('input[name=id]', s);
  if (c.matches('[data-all]')) all.forEach(x => { x.checked = c.checked; });
  else if (c.matches('[data-none]')) all.forEach(x => { x.checked = false; });
  else if (e.shiftKey && all.includes(lastPick)) { const [a, b] = [all.indexOf(lastPick), all.indexOf(c)].sort((x, y) => x - y); all.slice(a, b + 1).forEach(x => { x.checked = c.checked; }); }
  lastPick = c; counts();
});

/* what is typed, tidied on leave */
const iso = d => `${d.getFullYear()}-${String(d.getMonth() + 1).padStart(2, 0)}-${String(d.getDate()).padStart(2, 0)}`;
const us = d => d.toLocaleDateString('en-US', { year: 'numeric', month: '2-digit', day: '2-digit' });
const today = () => { const t = meta('today'); return t ? new Date(t + 'T00:00') : new Date(new Date().setHours(0, 0, 0, 0)); };   // the practice's day, not the machine's
const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const real = (y, m, d) => { const x = new Date(2000, 0, 1); x.setFullYear(y, m - 1, d); return x.getMonth() === m - 1 && x.getDate() === +d ? x : null; };
function ahead(from, n, unit) {
  if (unit === 'd' || unit === 'w') return new Date(from.getFullYear(), from.getMonth(), from.getDate() + n * (unit === 'w' ? 7 : 1));
  const m = from.getMonth() + n * (unit === 'y' ? 12 : 1), last = new Date(from.getFullYear(), m + 1, 0).getDate();
  return new Date(from.getFullYear(), m, Math.min(from.getDate(), last));   // a month after Jan 31 is the end of February
}
// Two digits are this century, unless that is a birth still to come or a day more than 20 years off.
function dated(y, m, d, birth) {
  const now = today();
  if (y === undefined || y === '') { const x = real(now.getFullYear(), m, d); return x && birth && x > now ? real(now.getFullYear() - 1, m, d) : x; }
  if (String(y).length > 2) return real(+y, m, d);
  const x = real(2000 + +y, m, d);
  return (birth ? !x || x > now : +y > now.getFullYear() % 100 + 20) ? real(1900 + +y, m, d) : x;
}
function readDate(text, birth) {
  const s = text.trim().toLowerCase().replace(/,/g, ' ').replace(/\s+/g, ' '), now = today();
  let m;
  if (m = s.match(/^t(?:oday)?(?: ?([+-]) ?(\d{1,4}) ?([dwmy]?))?$/)) return ahead(now, m[2] ? +(m[1] + m[2]) : 0, m[3] || 'd');
  if (m = s.match(/^([+-]?\d{1,3}) ?([dwmy])$/)) return ahead(now, +m[1], m[2]);
  if (m = s.match(/^(\d{4})-(\d{1,2})-(\d{1,2})$/)) return real(+m[1], +m[2], +m[3]);
  if (m = s.match(/^(\d{2})(\d{2})(\d{2}|\d{4})$/)) return dated(m[3], +m[1], +m[2], birth);
  if (m = s.match(/^(\d{1,2})[\/.\- ](\d{1,2})(?:[\/.\- ](\d{2}|\d{4}))?$/)) return dated(m[3], +m[1], +m[2], birth);
  if (m = s.match(/^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?(?: (\d{2}|\d{4}))?$/)) return named(m[1], m[2], m[3], birth);
  if (m = s.match(/^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.?(?: (\d{2}|\d{4}))?$/)) return named(m[2], m[1], m[3], birth);
  return null;
}
const named = (name, d, y, birth) => { const i = months.indexOf(name.slice(0, 3)); return i < 0 ? null : dated(y, i + 1, +d, birth); };
function age(b) {
  const n = today(), mo = (n.getFullYear() - b.getFullYear()) * 12 + n.getMonth() - b.getMonth() - (n.getDate() < b.getDate() ? 1 : 0);
  return mo < 24 ? `${mo} ${words.months}` : `${Math.floor(mo / 12)} ${words.years}`;
}
const phone = v => { const m = v.match(/^(.*?)(?:\s*(?:x|ext\.?)\s*(\d+))?$/i), d = m[1].replace(/\D/g, '').replace(/^1(?=\d{10}$)/, ''); return d.length === 10 && !v.trim().startsWith('+') ? `(${d.slice(0, 3)}) ${d.slice(3, 6)}-${d.slice(6)}${m[2] ? ' x' + m[2] : ''}` : v; };
const money = v => { const neg = /^\s*(\(.*\)|-.*|.*-)\s*$/.test(v), n = v.replace(/[$,\s()-]/g, ''); return /^\d*\.?\d+$|^\d+\.$/.test(n) ? (neg ? '-' : '') + (+n).toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 }) : v; };
// An office hour without am or pm: 7 to 11 is the morning, 12 to 6 the afternoon.
function time(v) {
  const m = v.trim().toLowerCase().match(/^(\d{1,2})[:.]?(\d{2})?\s*([ap])?\.?m?\.?$/);
  if (!m || +m[1] > 23 || +(m[2] || 0) > 59) return v;
  const h = m[3] && m[1] <= 12 ? m[1] % 12 + (m[3] === 'p' ? 12 : 0) : +m[1] >= 1 && +m[1] < 7 ? +m[1] + 12 : +m[1];
  return `${h % 12 || 12}:${m[2] || '00'} ${h < 12 ? 'am' : 'pm'}`;
}
function complain(input, text) {
  const field = input.closest('.field'), id = (input.id || input.name) + '-typed';
  document.getElementById(id)?.remove();
  const others = (input.getAttribute('aria-describedby') || '').split(' ').filter(x => x && x !== id);
  if (text) { others.push(id); field?.append(make('p', { className: 'error', id, textContent: text })); }
  text ? input.ariaInvalid = 'true' : input.removeAttribute('aria-invalid');
  others.length ? input.setAttribute('aria-describedby', others.join(' ')) : input.removeAttribute('aria-describedby');
}
// A line that comes or goes while the button is held moves the page under it, and the click that saves is lost.
let pressed = false;
on('mousedown', () => { pressed = true; }, true);
on('mouseup', () => { pressed = false; }, true);
const unpressed = fn => pressed ? on('mouseup', () => setTimeout(fn), { once: true }) : fn();
function tidyDate(input) {
  const birth = input.dataset.date === 'birth', d = input.value.trim() && readDate(input.value, birth), said = $('.said', input.closest('.field') || input.parentNode);
  if (d) input.value = us(d);
  unpressed(() => {
    complain(input, !input.value.trim() ? '' : !d ? words.badDate : birth && d > today() ? words.future : '');
    if (said) said.textContent = !d || birth && d > today() ? '' : birth ? age(d) : d.toLocaleDateString(root.lang || 'en-US', { weekday: 'short', month: 'short', day: 'numeric', year: 'numeric' });
  });
}
on('change', e => {   // capturing, so that htmx sends the tidy value
  const i = e.target, d = i.dataset;
  if ('date' in d) tidyDate(i);
  if ('phone' in d) i.value = phone(i.value);
  if ('money' in d) i.value = money(i.value);
  if ('time' in d) i.value = time(i.value);
  if (d.preview && i.files?.[0]) { const img = $(d.preview); URL.revokeObjectURL(img.src); img.src = URL.createObjectURL(i.files[0]); img.hidden = false; }
  if ('submit' in d) i.form.requestSubmit();
}, true);

/* unsaved changes */
let leaving = false;
on('input', e => { const f = e.target.closest('form[data-guard]'); if (f) f.dirty = true; });
on('submit', e => { if (!e.target.matches('[hx-post], [hx-put], [data-hx-post]')) e.target.dirty = false; });
on('htmx:afterRequest', e => { if (e.detail.successful) e.detail.elt.dirty = false; });
const dirty = (within = document) => within && $$('form[data-guard]', within).filter(f => f.dirty) || [];
async function mayLeave(within) {
  const open = dirty(within);
  if (!open.length) return true;
  const yes = await ask(words.leave, words.discard);
  if (yes) open.forEach(f => { f.dirty = false; });
  return yes;
}
const post = (url, more) => fetch(url, { method: 'POST', headers: { RequestVerificationToken: meta('request-token') || '' }, ...more });
// The person is asked who they are and comes back to this page: what is typed waits on the server, in nobody's browser.
async function keepTyped() {
  const form = dirty(drawer())[0] || dirty()[0];
  if (!form) return here();
  const body = new FormData(form), to = form.getAttribute('action') || form.getAttribute('hx-post') || location.pathname;
  for (const [name, value] of [...body]) if (value instanceof File) value.name ? body.set(name, new File([], value.name)) : body.delete(name);
  try {
    const answer = await post(`/account/keep?action=${encodeURIComponent(to)}&page=${encodeURIComponent(here())}`, { body, signal: AbortSignal.timeout(3000) });
    return answer.ok ? await answer.text() : here();
  } catch { return here(); }
}
async function lockNow() {
  leaving = true;
  const back = await keepTyped();
  await post('/account/lock', { redirect: 'manual' }).catch(() => {});   // out of reach, the host locks when the time is over
  location.replace('/lock?returnUrl=' + encodeURIComponent(back));
}
on('submit', e => { if (e.target.matches('form[action="/account/lock"]') && dirty().length) { e.preventDefault(); lockNow(); } });
on('htmx:beforeOnLoad', e => { if (e.detail.xhr.getResponseHeader('HX-Redirect')) leaving = true; });   // the server has what was typed
addEventListener('beforeunload', e => { if (!leaving && dirty().length) e.preventDefault(); });

/* live: one connection for the whole browser, held by one visible tab */
const tab = Math.random().toString(36).slice(2), live = meta('live'), air = 'BroadcastChannel' in window ? new BroadcastChannel('modular') : null;
let source = null, topicsNow = '', release = null, wants = new Map(), retry, lost;
const topics = () => document.hidden ? [] : [...new Set($$('[data-live]').flatMap(e => e.dataset.live.split(' ')).map(t => t.split(':')[0]))];
const tell = m => air?.postMessage({ ...m, from: tab });
function state(off) { clearTimeout(lost); lost = setTimeout(() => { const el = $('#live-state'); if (el) el.dataset.state = off ? 'off' : 'on'; }, off ? 3000 : 0); }
function heard({ topic, id }) {
  $$('[data-live]').filter(e => e.dataset.live.split(' ').some(t => t === topic || t === `${topic}:${id}`)).forEach(fresh);
}
// Spread over a moment: a hundred browsers hear the same event, and ten events mean one fetch.
function fresh(el) { el.due ||= setTimeout(() => { el.due = 0; if (el.isConnected) htmx.trigger(el, 'live'); }, 50 + Math.random() * 350); }
const refetch = () => $$('[data-live]').forEach(fresh);
function connect() {
  if (!release) return;
  const list = [...new Set([...wants.values()].flat())].sort().join(',');
  if (list === topicsNow && source && source.readyState !== 2) return;
  source?.close(); source = null; topicsNow = list; clearTimeout(retry);
  if (!list) return;
  source = new EventSource(`${live}${live.includes('?') ? '&' : '?'}topics=${encodeURIComponent(list)}`);
  let broke = false;
  source.onopen = () => { state(false); tell({ up: true }); if (broke) { refetch(); tell({ refetch: true }); broke = false; } };
  source.onerror = () => { broke = true; state(true); tell({ down: true }); if (source.readyState === 2) retry = setTimeout(() => { topicsNow = ''; connect(); refetch(); tell({ refetch: true }); }, 5000 + Math.random() * 10000); };
  source.onmessage = e => { const m = JSON.parse(e.data); heard(m); tell({ event: m }); };
}
function lead() {
  if (!live || document.hidden || release || !navigator.locks) return;
  const stop = new AbortController();
  release = null; lead.stop?.abort(); lead.stop = stop;
  navigator.locks.request('modular-live', { signal: stop.signal }, () => new Promise(done => {
    release = done; wants.set(tab, topics()); tell({ roll: true }); connect();
  })).catch(() => {});
}
function follow() { source?.close(); source = null; topicsNow = ''; wants.clear(); lead.stop?.abort(); release?.(); release = null; clearTimeout(retry); }
function listen() { if (!live) return; const mine = topics(); wants.set(tab, mine); tell({ want: mine }); release ? connect() : lead(); }
if (air) air.onmessage = ({ data: m }) => {
  if (m.want) { if (release) { m.want.length ? wants.set(m.from, m.want) : wants.delete(m.from); connect(); } }
  if (m.roll) tell({ want: topics() });
  if (m.event) heard(m.event);
  if (m.refetch) refetch();
  if (m.up || m.down) state(m.down);
  if (m.active) last = Math.max(last, m.active);
  if (m.told) told = Math.max(told, m.told);
};
on('visibilitychange', () => { if (document.hidden) { tell({ want: [] }); follow(); } else { lock(); listen(); refetch(); } });
addEventListener('pagehide', () => { tell({ want: [] }); follow(); });
addEventListener('pageshow', e => { if (e.persisted) { lock(); listen(); refetch(); } });

/* idle lock: activity in any tab counts, a sleeping machine does not */
const idle = +meta('idle') || 0;
let last = Date.now(), told = last, warned = null;
// Reading and typing send nothing: the server hears of them here, so that its clock never locks somebody this one thinks active.
function stillHere() {
  if (last <= told || Date.now() - told < 120000) return;
  told = Date.now(); tell({ told });
  post('/account/active').catch(() => {});
}
function lock() {
  if (!idle || leaving) return;
  const left = Math.ceil(idle - (Date.now() - last) / 1000);
  if (left <= 0) { lockNow(); return; }
  if (left > 60) { warned?.remove(); warned = null; return; }
  if (warned && left % 10) return;   // a screen reader hears six warnings, not sixty
  warned ||= toast({ text: '', kind: 'bad', stay: true });
  warned.firstChild.textContent = words.idle.replace('{0}', left);
}
function active() { lock(); if (Date.now() - last < 2000 || leaving) return; last = Date.now(); tell({ active: last }); lock(); }
if (idle) { setInterval(() => { lock(); if (!leaving) stillHere(); }, 1000); ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'].forEach(t => on(t, active, { passive: true, capture: true })); }

/* passkeys: the page works with a password too; this adds the touch */
on('submit', async e => {
  const form = e.target, kind = form.dataset.passkey;
  if (!kind || form.ready) return;
  e.preventDefault(); e.stopImmediatePropagation();
  const said = $('[data-error]', form), say = t => { if (said) { said.textContent = t; said.hidden = !t; } };
  if (!window.PublicKeyCredential?.parseCreationOptionsFromJSON) return say(words.noPasskey);
  const button = e.submitter; if (button) button.ariaBusy = 'true';
  try {
    say('');
    const answer = await post(form.dataset.options, { body: new FormData(form) });
    if (!answer.ok) throw new Error(answer.status);
    const options = await answer.json(), P = PublicKeyCredential;
    const credential = kind === 'create' ? await navigator.credentials.create({ publicKey: P.parseCreationOptionsFromJSON(options) }) : await navigator.credentials.get({ publicKey: P.parseRequestOptionsFromJSON(options) });
    $('[data-credential]', form).value = JSON.stringify(credential.toJSON());
    form.ready = true; form.requestSubmit(button); form.ready = false;
  } catch { say(words.passkeyFailed); }
  finally { if (button) button.ariaBusy = null; }
}, true);

/* start */
$$('.drawer.solo form[hx-post]').forEach(f => f.removeAttribute('hx-post'));   // a drawer's view opened as a page posts as a page: there is no drawer to close or to fill. Before htmx reads it.
$$('form[data-kept]').forEach(f => { f.dirty = true; });
themes(); counts(); toSummary(document); listen(); trapIn();
$$('#toasts .toast').forEach(t => fade(t));
$('[data-now]')?.scrollIntoView({ block: 'center' });   // a day opens where it stands
window.modular = { toast, ask, readDate: (t, birth) => { const d = readDate(t, birth); return d && iso(d); }, phone, money, time };
})();
