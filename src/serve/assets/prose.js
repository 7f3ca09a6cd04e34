// The paragraphs and headings of a section, each in a field that grows with its text. Enter begins a new
// paragraph, Backspace at the beginning joins it to the one before, pasted lines become paragraphs.

import { button, element } from './dom.js';
import { say } from './words.js';

const STYLES = ['heading1', 'heading2', 'heading3', 'heading4', 'body'];

const textOf = (item) => (typeof item === 'string' ? item : item?.text ?? '');
const isPicture = (item) => typeof item === 'object' && item !== null && 'picture' in item;

// As high as its text. A field that is not shown yet has no height: it grows when it is.
export function grow(field) {
  field.style.height = 'auto';
  if (field.scrollHeight) field.style.height = `${field.scrollHeight + 2}px`;
}

export class Prose {
  // name: what the section is called, for those who hear it.
  constructor(report, pointer, name) {
    Object.assign(this, { report, pointer, name });
    this.list = element('div', { class: 'paragraphs' });
    this.node = element('div', { class: 'prose' }, this.list,
      button(say('add_paragraph'), () => this.insert(this.items().length, ''), { class: 'quiet' }));
    this.show();
  }

  items() {
    const items = this.report.get(this.pointer);
    return Array.isArray(items) ? items : [];
  }

  change(items) {
    this.report.set(this.pointer, items);
  }

  replace(index, count, ...added) {
    const items = [...this.items()];
    items.splice(index, count, ...added);
    this.change(items);
  }

  insert(index, text) {
    this.replace(index, 0, text);
    this.focus(index, 0);
  }

  focus(index, caret) {
    const field = this.list.querySelector(`[data-pointer="${this.pointer}/${index}"]`);
    if (!field) return;
    field.focus();
    if (field.setSelectionRange) field.setSelectionRange(caret, caret);
  }

  // Fields stay in place while one types: only what differs is changed.
  show() {
    const items = this.items();
    while (this.list.children.length > items.length) this.list.lastElementChild.remove();
    items.forEach((item, index) => {
      const row = this.list.children[index];
      if (!row || row.classList.contains('picture') !== isPicture(item)) {
        const made = isPicture(item) ? this.buildPicture(item, index) : this.buildRow(index);
        if (row) row.replaceWith(made);
        else this.list.append(made);
      }
      this.showItem(this.list.children[index], item);
    });
  }

  buildRow(index) {
    const pointer = `${this.pointer}/${index}`;
    const field = element('textarea', {
      rows: 1, 'data-pointer': pointer, 'aria-label': say('paragraph_number', this.name, index + 1),
      oninput: () => this.onInput(index, field.value),
      onkeydown: (event) => this.onKey(event, index, field),
    });
    const style = element('select', {
      'aria-label': say('style_of', index + 1), onchange: () => this.setStyle(index, style.value) },
    element('option', { value: '' }, say('style_auto')),
    ...STYLES.map((name) => element('option', { value: name },
      name === 'body' ? say('paragraph') : say('heading', name.at(-1)))));
    return element('div', { class: 'paragraph' }, style, field);
  }

  buildPicture(item, index) {
    return element('div', { class: 'paragraph picture' },
      element('p', { tabindex: 0, 'data-pointer': `${this.pointer}/${index}` },
        say('picture', item.alt || item.text || '')),
      button(say('delete'), () => this.replace(index, 1)));
  }

  showItem(row, item) {
    const field = row.querySelector('textarea');
    if (!field) return;
    const style = typeof item === 'object' && item !== null ? item.style ?? '' : '';
    if (field.value !== textOf(item)) field.value = textOf(item);
    grow(field);
    row.querySelector('select').value = style;
    row.dataset.style = style;
  }

  withText(index, text) {
    const item = this.items()[index];
    return typeof item === 'object' && item !== null ? { ...item, text } : text;
  }

  onInput(index, value) {
    const lines = value.replace(/\r/g, '').split('\n');
    if (lines.length === 1) {
      this.report.set(`${this.pointer}/${index}`, this.withText(index, value));
      return;
    }
    const kept = lines.filter((line) => line.trim() !== '');
    this.replace(index, 1, this.withText(index, kept[0] ?? ''), ...kept.slice(1));
    this.focus(index + Math.max(kept.length - 1, 0), (kept.at(-1) ?? '').length);
  }

  onKey(event, index, field) {
    if (event.isComposing) return;
    const items = this.items();
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const at = field.selectionStart;
      this.replace(index, 1, this.withText(index, field.value.slice(0, at)), field.value.slice(field.selectionEnd));
      this.focus(index + 1, 0);
    } else if (event.key === 'Backspace' && index > 0 && field.selectionEnd === 0 && !isPicture(items[index - 1])) {
      event.preventDefault();
      const before = textOf(items[index - 1]);
      this.replace(index - 1, 2, this.withText(index - 1, before + field.value));
      this.focus(index - 1, before.length);
    } else if (event.key === 'ArrowUp' && field.selectionEnd === 0 && index > 0) {
      event.preventDefault();
      this.focus(index - 1, textOf(items[index - 1]).length);
    } else if (event.key === 'ArrowDown' && field.selectionStart === field.value.length && index + 1 < items.length) {
      event.preventDefault();
      this.focus(index + 1, 0);
    }
  }

  setStyle(index, style) {
    const text = textOf(this.items()[index]);
    this.report.set(`${this.pointer}/${index}`, style ? { style, text } : text);
  }
}
