// Fields for values that stand in no table and no section, by the kind that the form gives them.

import { element, onTyped } from './dom.js';
import { cellText, cellValue } from './report.js';
import { say, sayIfKnown } from './words.js';

const asLines = (text) => text.split('\n').map((line) => line.trim()).filter(Boolean);

// How each kind is shown, and what is typed becomes: undefined takes the value out of the report.
const KINDS = {
  text: { make: () => element('input', { type: 'text' }), show: cellText, take: (text) => text || undefined },
  year: { make: () => element('input', { type: 'text', inputmode: 'numeric' }), show: cellText, take: (text) => cellValue(text) ?? undefined },
  date: { make: () => element('input', { type: 'date' }), show: cellText, take: (text) => text || undefined },
  lines: {
    make: () => element('textarea', { rows: 2 }),
    show: (lines) => (Array.isArray(lines) ? lines.join('\n') : ''),
    take: (text) => (asLines(text).length ? asLines(text) : undefined),
  },
  flag: { make: () => element('input', { type: 'checkbox' }), show: (value) => value === true, take: (isOn) => isOn || undefined },
};

export class Field {
  // hint: what stands there when nothing is written.
  constructor(report, pointer, hint) {
    Object.assign(this, { report, pointer, kind: KINDS[report.form.field(pointer)] });
    this.input = this.kind.make();
    this.input.dataset.pointer = pointer;
    if (hint) this.input.placeholder = hint;
    this.isFlag = this.input.type === 'checkbox';
    onTyped(this.input, () => report.set(pointer, this.kind.take(this.value)));
    const words = element('span', {}, sayIfKnown(pointer.slice(1)) ?? report.form.file.labels?.[pointer] ?? pointer);
    this.node = this.isFlag ? element('label', { class: 'field flag' }, this.input, words)
      : element('label', { class: 'field' }, words, this.input);
    this.show();
  }

  get value() {
    return this.isFlag ? this.input.checked : this.input.value;
  }

  // What is being typed stays as it is: a blank at the end of a line is no change of the report yet.
  show() {
    const value = this.report.get(this.pointer);
    if (this.isFlag) this.input.checked = this.kind.show(value);
    else if (this.kind.show(this.kind.take(this.value)) !== this.kind.show(value)) this.input.value = this.kind.show(value);
  }

  static isKind(kind) {
    return Object.hasOwn(KINDS, kind);
  }
}

// The rules that the report says are not to be applied to it, each with its reason.
export class Checks {
  constructor(report, rules) {
    Object.assign(this, { report, rules });
    this.list = element('ul', { class: 'checks-list' });
    this.node = element('section', { 'aria-labelledby': 'checks-head', hidden: true },
      element('h2', { id: 'checks-head' }, say('checks')), this.list);
    this.show();
  }

  show() {
    const checks = Object.entries(this.report.get('/checks') ?? {});
    this.node.hidden = !checks.length;
    this.list.replaceChildren(...checks.map(([rule, { severity, reason }]) => element('li', { 'data-pointer': `/checks/${rule}`, tabindex: -1 },
      element('span', { class: 'tag' }, rule), ` ${this.rules.get(rule)?.name ?? ''}${say('colon')}${severity === 'off' ? say('off') : say(severity)} `,
      element('span', { class: 'quiet' }, reason ?? ''), ' ',
      element('button', { type: 'button', class: 'quiet', onclick: () => this.restore(rule) }, say('restore')))));
  }

  restore(rule) {
    const { [rule]: gone, ...left } = this.report.get('/checks');
    this.report.set('/checks', Object.keys(left).length ? left : undefined);
  }
}
