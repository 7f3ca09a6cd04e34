// The report that is being edited: values by JSON Pointer, with undo and redo.

import { NumberText, parse, stringify } from './json.js';
import { pointerTokens } from './form.js';

const TOGETHER = 1000; // milliseconds within which typing into one value is undone at once

export class Report {
  constructor(form, data) {
    this.form = form;
    this.data = data;
    this.past = [];
    this.future = [];
    this.listeners = new Set();
  }

  get(pointer) {
    let value = this.data;
    for (const token of pointerTokens(pointer)) {
      if (value === null || typeof value !== 'object') return undefined;
      value = value[token];
    }
    return value;
  }

  // changes: [[pointer, value]]; undefined takes the value out. They are undone together.
  change(changes) {
    const step = changes
      .map(([pointer, after]) => ({ pointer, before: copy(this.get(pointer)), after }))
      .filter(({ before, after }) => stringify({ value: before }) !== stringify({ value: after }));
    if (!step.length) return;
    const now = Date.now();
    const last = this.past.at(-1);
    if (last && step.length === 1 && last.length === 1 && last[0].pointer === step[0].pointer
        && now - last.at < TOGETHER) {
      last[0].after = step[0].after;
      last.at = now;
    } else {
      step.at = now;
      this.past.push(step);
    }
    this.future = [];
    this.apply(step, 'after');
  }

  set(pointer, value) {
    this.change([[pointer, value]]);
  }

  // Both give the pointer of the first value that changed, or null.
  undo() {
    const step = this.past.pop();
    if (!step) return null;
    this.future.push(step);
    this.apply([...step].reverse(), 'before');
    return step[0].pointer;
  }

  redo() {
    const step = this.future.pop();
    if (!step) return null;
    this.past.push(step);
    this.apply(step, 'after');
    return step[0].pointer;
  }

  apply(step, side) {
    for (const change of step) this.write(change.pointer, copy(change[side]));
    const pointers = step.map((change) => change.pointer);
    for (const listener of this.listeners) listener(pointers);
  }

  write(pointer, value) {
    const tokens = pointerTokens(pointer);
    const last = tokens.pop();
    let at = this.data;
    let path = '';
    for (const token of tokens) {
      path += `/${token}`;
      if (at[token] === null || typeof at[token] !== 'object')
        at[token] = this.form.entries(path) ? [] : {};
      at = at[token];
    }
    if (!Array.isArray(at)) {
      if (value === undefined) delete at[last];
      else at[last] = value;
      return;
    }
    const index = Number(last);
    while (at.length < index) at.push(null); // a cell that was passed over is blank
    if (value !== undefined) at[index] = value;
    else if (index === at.length - 1) at.pop();
    else if (index < at.length) at[index] = null;
  }

  // What was carried out of last year was carried into this one, as the form says which is which. What is
  // filled in already stays.
  carryIn(previous) {
    const isBlank = (value) => value === undefined || value === null || (Array.isArray(value) && value.every(isBlank));
    const last = new Report(this.form, previous);
    this.change(this.form.carriedFrom(previous.form)
      .filter(([to, from]) => isBlank(this.get(to)) && !isBlank(last.get(from)))
      .map(([to, from]) => [to, last.get(from)]));
  }

  json() {
    return stringify(this.data);
  }

  static read(form, text) {
    return new Report(form, parse(text));
  }
}

function copy(value) {
  if (value instanceof NumberText || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(copy);
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)]));
}

const FULL_WIDTH = /[０-９．，－]/g;

// What was typed or pasted into a cell, as the report holds it. Nothing is a blank, which is not 0.
// What is no number is kept as text, so that the check can say so.
export function cellValue(typed) {
  const text = typed.replace(FULL_WIDTH, (c) => String.fromCharCode(c.charCodeAt(0) - 0xfee0))
    .replace(/[\s\u00a0]/g, '');
  if (text === '') return null;
  const plain = /^\d{1,3}(,\d{3})+(\.\d+)?$/.test(text) ? text.replace(/,/g, '') : text;
  return /^-?(0|[1-9]\d*)(\.\d+)?$/.test(plain) ? new NumberText(plain) : typed.trim();
}

export function cellText(value) {
  return value === null || value === undefined ? '' : String(value);
}
