// The paragraphs and headings of a section, each in a field that grows with its text. Enter begins a new
// paragraph, Backspace at the beginning joins it to the one before, pasted lines become paragraphs.

import { ask, button, choose, element, onTyped } from './dom.js';
import { say } from './words.js';

const STYLES = ['heading1', 'heading2', 'heading3', 'heading4', 'body'];

const PICTURE_KEYS = ['alt', 'caption', 'width'];
const LARGEST_PICTURE = 4 << 20; // bytes

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
    const file = element('input', { type: 'file', hidden: true, accept: 'image/png,image/jpeg', 'aria-label': say('add_picture'),
      onchange: () => {
        const [chosen] = file.files;
        file.value = '';
        if (chosen) this.addPicture(chosen);
      } });
    this.node = element('div', { class: 'prose' }, this.list,
      element('div', { class: 'links' },
        button(say('add_paragraph'), () => this.insert(this.items().length, ''), { class: 'quiet' }),
        button(say('add_picture'), () => file.click(), { class: 'quiet' }), file,
        button(say('insert_value'), () => this.insertValue(), { class: 'quiet' })));
    this.list.addEventListener('focusout', (event) => {
      const field = event.target;
      if (field.tagName === 'TEXTAREA') this.left = { field, start: field.selectionStart, end: field.selectionEnd };
    });
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
      onkeydown: (event) => this.onKey(event, index, field),
    });
    onTyped(field, () => this.onInput(index, field.value));
    const style = element('select', {
      'aria-label': say('style_of', index + 1), onchange: () => this.setStyle(index, style.value) },
    element('option', { value: '' }, say('style_auto')),
    ...STYLES.map((name) => element('option', { value: name },
      name === 'body' ? say('paragraph') : say('heading', name.at(-1)))));
    return element('div', { class: 'paragraph' }, style, field);
  }

  buildPicture(item, index) {
    const pointer = `${this.pointer}/${index}`;
    const fields = PICTURE_KEYS.map((key) => {
      const input = element('input', { type: 'text', 'data-key': key, 'data-pointer': key === 'alt' ? pointer : null });
      onTyped(input, () => {
        const { [key]: old, ...others } = this.items()[index];
        this.report.set(pointer, input.value || key === 'alt' ? { ...others, [key]: input.value } : others);
      });
      return element('label', { class: 'field' }, element('span', {}, say(key)), input);
    });
    return element('div', { class: 'paragraph picture' }, element('img', { alt: '' }),
      element('div', {}, ...fields, button(say('delete'), () => this.replace(index, 1), { class: 'quiet' })));
  }

  showPicture(row, item) {
    const image = row.querySelector('img');
    const address = /^data:image\//.test(item.picture) ? item.picture : '';
    if (image.getAttribute('src') !== address) image.setAttribute('src', address);
    for (const input of row.querySelectorAll('input'))
      if (input.value !== (item[input.dataset.key] ?? '')) input.value = item[input.dataset.key] ?? '';
  }

  // The picture becomes part of the report, so that it needs no file beside it.
  addPicture(file) {
    if (file.size > LARGEST_PICTURE) {
      ask(say('picture_large'), { no: null });
      return;
    }
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      this.replace(this.items().length, 0, { picture: reader.result, alt: '' });
      this.list.lastElementChild.querySelector('input').focus();
    });
    reader.readAsDataURL(file);
  }

  // The name of a value of the tables, where one was typing last: its figure follows the table.
  async insertValue() {
    const { form } = this.report;
    const values = [...form.labels].map(([pointer, label]) => [form.nameOf(pointer), label]);
    const left = this.left?.field.isConnected ? this.left : null;
    const name = await choose(say('insert_value'), values);
    if (!name) return;
    const index = left ? [...this.list.children].indexOf(left.field.closest('.paragraph')) : this.items().length;
    const text = left ? textOf(this.items()[index]) : '';
    const [start, end] = left ? [left.start, left.end] : [0, 0];
    this.replace(index, left ? 1 : 0, this.withText(index, `${text.slice(0, start)}{${name}}${text.slice(end)}`));
    this.focus(index, start + name.length + 2);
  }

  showItem(row, item) {
    if (isPicture(item)) {
      this.showPicture(row, item);
      return;
    }
    const field = row.querySelector('textarea');
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
