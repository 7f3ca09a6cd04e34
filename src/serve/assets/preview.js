// The pages as the PDF has them. They come as SVG without the shapes of their glyphs, which are asked
// for once and kept for all pages.

import * as api from './api.js';
import { button, element } from './dom.js';
import { say } from './words.js';

const PAUSE = 15; // milliseconds without a change before the pages are asked for
const SHAPES_AT_ONCE = 400;
const ZOOMS = [50, 67, 80, 100, 125, 150, 200];

export class Preview {
  // previous: last year's report as JSON, or null. draft: the pages say that they are a draft's. onAnswer(answer) gets what the server says with the pages; onPick(pointer) a click on a value.
  constructor(report, previous, onAnswer, onPick) {
    Object.assign(this, { report, previous, onAnswer, onPick, draft: false, zoom: 3, timer: 0, request: null });
    this.pages = new Map(); // by digest, as drawn
    this.shown = [];
    this.paper = element('div', { class: 'paper', tabindex: 0, role: 'group', 'aria-label': say('pages') });
    this.thumbnails = element('div', { class: 'thumbnails' });
    this.node = element('section', { class: 'preview', 'aria-label': say('preview') },
      element('div', { class: 'zoom' },
        button('−', () => this.zoomBy(-1), { 'aria-label': say('zoom_out') }),
        button('＋', () => this.zoomBy(1), { 'aria-label': say('zoom_in') })),
      element('div', { class: 'sheets' }, this.thumbnails, this.paper));
    this.paper.addEventListener('click', (event) => {
      const value = event.target.closest?.('[data-pointer]');
      if (value) this.onPick(value.dataset.pointer);
    });
    this.showZoom();
  }

  ask() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.load(), PAUSE);
  }

  // Only the latest answer counts.
  async load() {
    this.request?.abort();
    const request = new AbortController();
    this.request = request;
    try {
      const json = this.report.json();
      const answer = { ...await api.preview(json, this.previous, this.draft, this.shown, request.signal), json };
      await this.show(answer.pages, request.signal);
      if (!request.signal.aborted) this.onAnswer(answer);
    } catch (error) {
      if (error.name === 'AbortError') return;
      this.onAnswer({ findings: error.findings ?? [], computed: [], failure: error });
    }
  }

  async show(pages, signal) {
    const drawn = pages.map(({ digest, svg }) => this.pages.get(digest) ?? { digest, page: read(svg) });
    await fetchShapes(drawn.map(({ page }) => page));
    if (signal.aborted) return;
    this.pages = new Map(drawn.map((one) => [one.digest, one]));
    drawn.forEach((one, index) => {
      // A page that is out of sight is not painted, and has its height all the same.
      one.page.style.aspectRatio = `${parseFloat(one.page.getAttribute('width'))} / ${parseFloat(one.page.getAttribute('height'))}`;
      one.page.setAttribute('role', 'img');
      one.page.setAttribute('aria-label', say('page_of', index + 1));
    });
    replaceChanged(this.paper, drawn.map(({ page }) => page));
    whenIdle(() => replaceChanged(this.thumbnails, drawn.map((one, index) => this.thumbnail(one, index))));
    this.shown = drawn.map(({ digest }) => digest);
    if (this.marked) this.mark(this.marked, false);
  }

  thumbnail(one, index) {
    one.small ??= element('button', { type: 'button', onclick: () => one.page.scrollIntoView({ block: 'start' }) },
      unlabelled(one.page.cloneNode(true)));
    one.small.setAttribute('aria-label', say('page_of', index + 1));
    return one.small;
  }

  // Show where a value stands.
  mark(pointer, scroll = true) {
    this.marked = pointer;
    for (const old of this.paper.querySelectorAll('.here')) old.classList.remove('here');
    const places = this.paper.querySelectorAll(`[data-pointer="${CSS.escape(pointer)}"]`);
    for (const place of places) place.classList.add('here');
    if (scroll) places[0]?.scrollIntoView({ block: 'nearest' });
  }

  zoomBy(step) {
    this.zoom = Math.min(Math.max(this.zoom + step, 0), ZOOMS.length - 1);
    this.showZoom();
  }

  showZoom() {
    this.paper.style.setProperty('--zoom', ZOOMS[this.zoom] / 100);
  }
}

const whenIdle = window.requestIdleCallback ?? ((callback) => setTimeout(callback, 200));

function read(svg) {
  return document.importNode(new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement, true);
}

function unlabelled(page) {
  page.removeAttribute('role');
  page.removeAttribute('aria-label');
  page.setAttribute('aria-hidden', 'true');
  for (const text of page.querySelectorAll('text')) text.remove();
  for (const value of page.querySelectorAll('[data-pointer]')) value.removeAttribute('data-pointer');
  return page;
}

// Nodes that are there already stay, so that nothing flickers.
function replaceChanged(parent, nodes) {
  nodes.forEach((node, index) => {
    const old = parent.children[index];
    if (old === node) return;
    if (old) parent.replaceChild(node, old);
    else parent.append(node);
  });
  while (parent.children.length > nodes.length) parent.lastElementChild.remove();
}

const known = new Set();

async function fetchShapes(pages) {
  const missing = new Map(); // ids by face
  for (const page of pages)
    for (const use of page.querySelectorAll('use')) {
      const name = use.getAttribute('href').slice(1);
      if (known.has(name)) continue;
      known.add(name);
      const dot = name.lastIndexOf('.');
      const face = name.slice(0, dot);
      if (!missing.has(face)) missing.set(face, []);
      missing.get(face).push(name.slice(dot + 1));
    }
  const asked = [];
  for (const [face, ids] of missing)
    for (let i = 0; i < ids.length; i += SHAPES_AT_ONCE) asked.push(fetchSome(face, ids.slice(i, i + SHAPES_AT_ONCE)));
  await Promise.all(asked);
}

async function fetchSome(face, ids) {
  try {
    document.getElementById('shapes').append(...read(await api.shapes(face, ids)).children);
  } catch (error) {
    for (const id of ids) known.delete(`${face}.${id}`);
    throw error;
  }
}
