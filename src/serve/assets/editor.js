// The view in which a report is filled in: its parts at the left, its pages at the right, what was found
// below, and the tools above.

import * as api from './api.js';
import { ask, button, element, tell } from './dom.js';
import { Draft } from './drafts.js';
import { Findings } from './findings.js';
import { Checks, Field } from './fields.js';
import { Grid } from './grid.js';
import { rangeInString, stringify } from './json.js';
import { Preview } from './preview.js';
import { Prose, grow } from './prose.js';
import { Repairs } from './repairs.js';
import { cellText } from './report.js';
import { say } from './words.js';

const FORMATS = ['pdf', 'docx', 'ofd', 'html', 'json'];

export class Editor {
  // opened: { name, revision, report, notes, previous, published }; published is the report as it was
  // opened, against which a correction is made, or null for one that is new.
  constructor(opened, onLeave) {
    Object.assign(this, opened, { onLeave, grids: [], proses: [], fields: [] });
    this.findings = new Findings(this.report.form, this.rules, (pointer, finding) => this.go(pointer, finding), (rule) => this.turnOff(rule));
    const previous = this.previous ? stringify(this.previous) : null;
    this.repairs = new Repairs(this.report, previous);
    this.preview = new Preview(this.report, previous, (answer) => this.take(answer), (pointer) => this.go(pointer));
    this.asDraft = element('input', { type: 'checkbox', onchange: () => {
      this.preview.draft = this.asDraft.checked;
      this.preview.ask();
    } });
    this.state = element('span', { class: 'state', role: 'status' });
    this.fieldset = element('div', { class: 'parts' }, ...this.buildParts());
    this.node = element('div', { class: 'editor' },
      element('section', { class: 'form', 'aria-label': say('editor') }, this.buildNotes(), this.fieldset),
      this.preview.node,
      element('div', { class: 'below' }, this.findings.node, this.repairs.node));
    this.draft = new Draft(this.name, this.revision, () => this.saved(), (state) => this.showState(state));
    this.listener = (pointers) => this.changed(pointers);
    this.report.listeners.add(this.listener);
    this.keys = (event) => this.onKey(event);
    document.addEventListener('keydown', this.keys);
    this.fieldset.addEventListener('focusin', (event) => {
      if (event.target.dataset.pointer) this.preview.mark(event.target.dataset.pointer);
    });
  }

  // The draft holds what it takes to go on: the report, last year's, and the one that is corrected.
  saved() {
    return stringify({
      report: this.report.data, previous: this.previous ?? null, published: this.published ?? null });
  }

  begin() {
    if (this.revision === null || this.recovered) this.draft.changed();
    for (const field of this.fieldset.querySelectorAll('textarea')) grow(field);
    this.preview.ask();
  }

  leave() {
    this.draft.close();
    this.report.listeners.delete(this.listener);
    document.removeEventListener('keydown', this.keys);
  }

  buildParts() {
    const form = this.report.form;
    const basics = element('section', { id: 'part-basics' }, element('h2', {}, say('basics')));
    for (const pointer of form.unshown()) {
      if (Field.isKind(form.field(pointer))) {
        const hint = pointer === '/title' ? form.file.title?.join('\n') : undefined;
        this.fields.push(new Field(this.report, pointer, hint));
        basics.append(this.fields.at(-1).node);
      } else if (form.field(pointer) === 'prose') {
        this.proses.push(new Prose(this.report, pointer, form.file.labels?.[pointer] ?? pointer));
        basics.append(this.proses.at(-1).node);
      }
    }
    basics.append(this.buildPrevious());
    this.checks = new Checks(this.report, this.rules);
    return [basics, ...form.parts.map((part, index) => this.buildPart(part, index)), this.checks.node];
  }

  // Last year's report may come, or be another, while one edits.
  buildPrevious() {
    const words = element('p', {});
    const file = element('input', { type: 'file', id: 'previous-file', class: 'unseen', accept: '.json,.docx,.pdf,.html,.htm,.txt',
      onchange: async () => {
        const [chosen] = file.files;
        file.value = '';
        if (!chosen) return;
        try {
          this.takePrevious((await api.importFile(chosen)).report);
          show();
          tell(say('previous_taken'));
        } catch (error) {
          await ask(error.findings?.[0]?.message ?? error.message, { no: null });
        }
      } });
    const show = () => {
      words.textContent = this.previous
        ? say('previous_is', `${this.previous.agency ?? ''} ${this.previous.year ?? ''}`) : say('previous_none');
    };
    show();
    return element('div', { class: 'last-year' }, words, file,
      element('label', { for: 'previous-file', class: 'button' }, say('add_previous')));
  }

  takePrevious(previous) {
    this.previous = previous;
    this.preview.previous = this.repairs.previous = stringify(previous);
    this.report.carryIn(previous);
    this.draft.changed();
    this.preview.ask();
  }

  async turnOff(rule) {
    const reason = await ask(say('turn_off_why', rule), { input: '' });
    if (reason?.trim()) this.report.set(`/checks/${rule}`, { severity: 'off', reason: reason.trim() });
  }

  undo() {
    this.showPlace(this.report.undo());
  }

  redo() {
    this.showPlace(this.report.redo());
  }

  // The change is seen, wherever it was made; who types in its field stays there.
  showPlace(pointer) {
    if (pointer && !document.activeElement?.dataset.pointer?.startsWith(pointer)) this.go(pointer);
  }

  buildPart(part, index) {
    const form = this.report.form;
    const section = element('section', { id: `part-${index}` }, element('h2', {}, part.heading));
    if (part.table) {
      const grid = new Grid(this.report, form.tables[part.table]);
      this.grids.push(grid);
      section.append(element('div', { class: 'wide', tabindex: -1 }, grid.node));
    }
    if (part.prose) {
      const prose = new Prose(this.report, part.prose, part.heading);
      this.proses.push(prose);
      section.append(prose.node);
    }
    return section;
  }

  // What import had to say, beside the report that it read.
  buildNotes() {
    if (!this.notes?.length) return null;
    return element('details', { class: 'notes' },
      element('summary', {}, `${say('import_notes')} (${this.notes.length})`),
      element('ul', {}, ...this.notes.map((note) => element('li', { class: note.severity },
        note.pointer ? button(note.message, () => this.go(note.pointer), { class: 'link' }) : note.message))));
  }

  tools() {
    return [
      button(say('start'), () => this.onLeave()),
      button(say('undo'), () => this.undo(), { 'aria-keyshortcuts': 'Control+Z' }),
      button(say('redo'), () => this.redo(), { 'aria-keyshortcuts': 'Control+Y' }),
      button(say('compute'), () => this.compute()),
      element('div', { class: 'downloads', role: 'group', 'aria-label': say('download') },
        element('label', { class: 'choice' }, this.asDraft, ` ${say('as_draft')}`),
        ...FORMATS.map((format) => button(format.toUpperCase(), () => this.download(format))),
        button(say('all'), () => this.download('zip')),
        this.published ? button(say('correct'), () => this.correct()) : null,
        button(say('print'), () => this.print())),
      this.state,
    ];
  }

  onKey(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    if (document.querySelector('dialog[open]')) return;
    if (key === 'z' && !event.shiftKey) this.undo();
    else if (key === 'y' || (key === 'z' && event.shiftKey)) this.redo();
    else return;
    event.preventDefault();
  }

  changed(pointers) {
    for (const grid of this.grids) grid.fill();
    for (const prose of this.proses)
      if (pointers.some((pointer) => pointer.startsWith(prose.pointer))) prose.show();
    for (const field of this.fields) field.show();
    this.checks.show();
    this.draft.changed();
    this.preview.ask();
  }

  take(answer) {
    // That pages are shown in spite of errors is no news here.
    answer.findings = answer.findings.filter((finding) => finding.rule !== 'B1');
    const computed = new Map((answer.computed ?? []).map(({ pointer, text }) => [pointer, text]));
    for (const grid of this.grids) grid.showComputed(computed);
    this.errors = answer.errors ?? answer.findings.length;
    this.json = answer.json;
    this.findings.show(answer);
    this.findings.mark(this.fieldset);
    const rules = new Set(this.report.form.relations.map((relation) => relation.rule));
    this.repairs.show(answer.findings.some((finding) => rules.has(finding.rule)));
  }

  // Totals are left to the program: it adds them up, and marks them as its own.
  compute() {
    this.report.change(this.report.form.totals().map((pointer) => [pointer, undefined]));
    tell(say('computed'));
  }

  // The field of a value, of the list that holds it, or of the group.
  // What a finding says of a part of a text is selected there.
  go(pointer, finding) {
    for (let at = pointer; at; at = at.slice(0, at.lastIndexOf('/'))) {
      const field = this.fieldset.querySelector(`[data-pointer="${CSS.escape(at)}"]`)
        ?? this.fieldset.querySelector(`[data-pointer^="${CSS.escape(`${at}/`)}"]`);
      if (!field) continue;
      field.focus();
      const range = finding && field.setSelectionRange && this.json === this.report.json()
        ? rangeInString(this.json, finding.column, finding.length) : null;
      if (range && field.tagName === 'TEXTAREA') field.setSelectionRange(...range);
      field.scrollIntoView({ block: 'center' });
      return;
    }
  }

  async make(format) {
    const draft = this.asDraft.checked;
    const force = this.errors > 0 && format !== 'json' && !draft;
    if (force && !await ask(say('despite'))) return null;
    try {
      return await api.build(this.report.json(), format, force, draft);
    } catch (error) {
      this.tellFailure(error);
      return null;
    }
  }

  tellFailure(error) {
    this.findings.show({ findings: error.findings ?? [], failure: error });
    this.findings.node.focus();
  }

  async correct() {
    const reason = await ask(say('correct_why'), { input: '' });
    if (reason === null) return;
    const force = this.errors > 0;
    if (force && !await ask(say('despite'))) return;
    try {
      this.save(await api.correct(stringify(this.published), this.report.json(), reason, force), 'zip');
    } catch (error) {
      this.tellFailure(error);
    }
  }

  async download(format) {
    const blob = await this.make(format);
    if (blob) this.save(blob, format, this.asDraft.checked && format !== 'json' ? say('draft_file') : '');
  }

  save(blob, format, after = '') {
    const address = URL.createObjectURL(blob);
    const base = `${cellText(this.report.get('/agency'))}${cellText(this.report.get('/year'))}` || 'report';
    element('a', { href: address, download: `${base}${after}.${format}` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60000);
  }

  async print() {
    const blob = await this.make('pdf');
    if (blob) open(URL.createObjectURL(blob));
  }

  showState(state) {
    const words = { saving: 'saving', saved: 'saved', here: 'saved_here', conflict: 'conflict', tab: 'other_tab', alone: 'saved_alone' };
    this.state.dataset.state = state;
    this.state.replaceChildren(say(words[state]));
    if (state !== 'conflict') return;
    this.state.append(' ', button(say('take_theirs'), () => {
      this.draft.giveUp();
      location.reload();
    }),
      button(say('keep_mine'), () => this.draft.overwrite()));
  }
}
