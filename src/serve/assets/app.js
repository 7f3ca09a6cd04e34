// Which view is shown, and what all of them share: language and type size.

import { Bulk } from './bulk.js';
import { Editor } from './editor.js';
import { Start } from './start.js';
import { language, say, setLanguage } from './words.js';

const main = document.getElementById('main');
const tools = document.getElementById('tools');
let view = null;

function show(next, words) {
  view?.leave?.();
  view = next;
  main.replaceChildren(next.node);
  tools.replaceChildren(...(next.tools?.() ?? []));
  document.title = words;
  document.getElementById('name').textContent = words;
  next.begin();
}

function showStart() {
  history.replaceState(null, '', location.pathname);
  const start = new Start(showEditor, showBulk);
  show(start, say('page_title'));
  return start;
}

function showBulk() {
  history.replaceState(null, '', '#/bulk');
  show(new Bulk(showStart), say('bulk'));
  main.focus();
}

// The address names the draft, so that a page that is loaded again goes on with it.
function showEditor(opened) {
  history.replaceState(null, '', `#${opened.name}`);
  const editor = new Editor(opened, showStart);
  show(editor, `${opened.report.get('/agency') ?? ''} ${opened.report.get('/year') ?? ''}`.trim() || say('page_title'));
  main.focus();
}

function remembered(key) {
  try {
    return localStorage.getItem(`nianbao-${key}`);
  } catch {
    return null;
  }
}

function remember(key, value) {
  try {
    localStorage.setItem(`nianbao-${key}`, value);
  } catch {
    // It holds for this visit then.
  }
}

function showWords() {
  for (const node of document.querySelectorAll('[data-word]')) node.textContent = say(node.dataset.word);
  document.getElementById('language').textContent = say('other_language');
}

function setLarger(isLarger) {
  document.documentElement.classList.toggle('larger', isLarger);
  document.getElementById('larger').setAttribute('aria-pressed', isLarger);
}

document.getElementById('language').addEventListener('click', () => {
  remember('language', language() === 'en' ? 'zh' : 'en');
  view?.leave?.();
  location.reload();
});
document.getElementById('larger').addEventListener('click', () => {
  const isLarger = !document.documentElement.classList.contains('larger');
  remember('larger', isLarger);
  setLarger(isLarger);
});
// A file that misses its place must not replace the page.
for (const name of ['dragover', 'drop']) addEventListener(name, (event) => event.preventDefault());

setLanguage(remembered('language') ?? 'zh');
setLarger(remembered('larger') === 'true');
showWords();
const place = location.hash.slice(1);
if (place === '/bulk') showBulk();
else {
  const start = showStart();
  if (place) start.openDraft(place);
}
