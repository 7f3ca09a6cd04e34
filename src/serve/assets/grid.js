// A table of the form with an input for each value, in which one moves as in a spreadsheet: arrows,
// Enter and Shift+Enter, blocks selected with Shift, copied and pasted as Excel and WPS have them.

import { element, onTyped } from './dom.js';
import { cellText, cellValue } from './report.js';
import { say } from './words.js';

export class Grid {
  constructor(report, table) {
    this.report = report;
    this.inputs = new Map(); // by pointer
    this.places = [];        // rows of the table, each the values in it from the left
    this.selected = null;    // { from, to }: pointers of two corners
    this.node = this.build(table);
    this.fill();
  }

  build(table) {
    const body = element('tbody');
    for (let row = 0; row < table.rowCount; row++) {
      const line = element('tr');
      const values = [];
      for (const cell of table.cells.filter((one) => one.row === row)) {
        line.append(this.buildCell(cell));
        if (cell.role === 'value') values.push(cell.pointer);
      }
      if (values.length) this.places.push(values);
      body.append(line);
    }
    const node = element('table', { class: 'form-table' },
      element('caption', {}, table.caption ?? ''), body);
    node.addEventListener('keydown', (event) => this.onKey(event));
    node.addEventListener('paste', (event) => this.onPaste(event));
    node.addEventListener('copy', (event) => this.onCopy(event));
    node.addEventListener('mousedown', (event) => this.onMouseDown(event));
    return node;
  }

  buildCell(cell) {
    const spans = { rowspan: cell.rows > 1 && cell.rows, colspan: cell.columns > 1 && cell.columns };
    if (cell.role !== 'value') {
      const isHead = cell.role === 'head';
      const scope = isHead ? 'col' : cell.role === 'band' ? null : cell.rows > 1 ? 'rowgroup' : 'row';
      return element(cell.role === 'band' ? 'td' : 'th', { class: cell.role, scope, ...spans }, cell.text);
    }
    const input = element('input', {
      type: 'text', inputmode: 'decimal', autocomplete: 'off', spellcheck: 'false',
      'aria-label': cell.label, 'data-pointer': cell.pointer,
      onfocus: () => input.select(),
    });
    onTyped(input, () => this.take(cell.pointer, input.value));
    this.inputs.set(cell.pointer, input);
    return element('td', { class: cell.isTotal ? 'value total' : 'value', ...spans }, input);
  }

  // A total that is emptied is left to the program; any other cell is then blank.
  take(pointer, typed) {
    this.report.set(pointer, this.valueOf(pointer, typed));
  }

  valueOf(pointer, typed) {
    const value = cellValue(typed);
    return value === null && this.isTotal(pointer) ? undefined : value;
  }

  isTotal(pointer) {
    return this.inputs.get(pointer).closest('td').classList.contains('total');
  }

  fill(pointers = this.inputs.keys()) {
    for (const pointer of pointers) {
      const input = this.inputs.get(pointer);
      if (!input) continue;
      const text = cellText(this.report.get(pointer));
      if (input !== document.activeElement || cellText(cellValue(input.value)) !== text) input.value = text;
    }
  }

  // computed: Map of pointer to text, of the values that the program fills in.
  showComputed(computed) {
    for (const [pointer, input] of this.inputs) {
      const text = computed.get(pointer);
      input.placeholder = text ?? '';
      input.classList.toggle('computed', text !== undefined);
      if (text !== undefined) input.setAttribute('aria-description', `${say('computed')} ${text}`);
      else input.removeAttribute('aria-description');
    }
  }

  position(pointer) {
    for (let row = 0; row < this.places.length; row++) {
      const column = this.places[row].indexOf(pointer);
      if (column >= 0) return { row, column };
    }
    return null;
  }

  at(row, column) {
    const values = this.places[row];
    return values?.[Math.min(column, values.length - 1)];
  }

  move(from, rows, columns, extend) {
    const place = this.position(from);
    const pointer = columns ? this.places[place.row][place.column + columns] : this.at(place.row + rows, place.column);
    if (!pointer) return false;
    if (extend) this.select(this.selected?.from ?? from, pointer);
    else this.select(null);
    this.inputs.get(pointer).focus();
    return true;
  }

  onKey(event) {
    const pointer = event.target.dataset.pointer;
    if (!pointer || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    const input = event.target;
    const isWhole = input.selectionStart === 0 && input.selectionEnd === input.value.length;
    const moves = {
      ArrowUp: [-1, 0], ArrowDown: [1, 0],
      ArrowLeft: (isWhole || input.selectionEnd === 0) && [0, -1],
      ArrowRight: (isWhole || input.selectionStart === input.value.length) && [0, 1],
    };
    if (event.key === 'Enter') {
      if (this.move(pointer, event.shiftKey ? -1 : 1, 0, false)) event.preventDefault();
    } else if (moves[event.key]) {
      if (this.move(pointer, ...moves[event.key], event.shiftKey)) event.preventDefault();
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && this.selected) {
      this.report.change(this.block().flat().map((one) => [one, this.valueOf(one, '')]));
      event.preventDefault();
    } else if (event.key === 'Escape') this.select(null);
  }

  onMouseDown(event) {
    const pointer = event.target.dataset.pointer;
    if (!pointer) return;
    const from = document.activeElement?.dataset.pointer;
    if (event.shiftKey && this.inputs.has(from)) {
      event.preventDefault();
      this.select(this.selected?.from ?? from, pointer);
    } else this.select(null);
  }

  select(from, to) {
    this.selected = from && from !== to ? { from, to } : null;
    const marked = new Set(this.selected ? this.block().flat() : []);
    for (const [pointer, input] of this.inputs)
      input.closest('td').classList.toggle('selected', marked.has(pointer));
  }

  // The selected pointers, by rows.
  block() {
    const [a, b] = [this.position(this.selected.from), this.position(this.selected.to)];
    const rows = [Math.min(a.row, b.row), Math.max(a.row, b.row)];
    const columns = [Math.min(a.column, b.column), Math.max(a.column, b.column)];
    return this.places.slice(rows[0], rows[1] + 1).map((values) => values.slice(columns[0], columns[1] + 1));
  }

  onCopy(event) {
    if (!this.selected) return;
    const text = this.block()
      .map((row) => row.map((pointer) => cellText(this.report.get(pointer))).join('\t')).join('\n');
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  }

  // A block goes into the cells from the one that has the focus, to the right and down. What would
  // stand outside the table is left out.
  onPaste(event) {
    const text = event.clipboardData.getData('text/plain').replace(/\r\n?/g, '\n').replace(/\n$/, '');
    const from = event.target.dataset?.pointer;
    if (!from || !/[\t\n]/.test(text)) return;
    event.preventDefault();
    const start = this.position(from);
    const changes = text.split('\n').flatMap((line, row) => line.split('\t').map((typed, column) => {
      const pointer = this.places[start.row + row]?.[start.column + column];
      return pointer && [pointer, this.valueOf(pointer, typed)];
    })).filter(Boolean);
    this.report.change(changes);
  }
}
