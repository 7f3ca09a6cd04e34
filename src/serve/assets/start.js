// The view in which a report is begun: a new one from a form, one read from a file, or a draft.

import * as api from './api.js';
import { ask, button, element, tell } from './dom.js';
import * as drafts from './drafts.js';
import { Form } from './form.js';
import { NumberText, parse, stringify } from './json.js';
import { Report } from './report.js';
import { say } from './words.js';

export class Start {
  constructor(onOpen, onBulk) {
    Object.assign(this, { onOpen, onBulk });
    this.previous = null;
    this.failure = element('div', { class: 'failure', role: 'alert' });
    this.draftList = element('ul', { class: 'draft-list' });
    this.node = element('div', { class: 'start' },
      this.failure, this.buildNew(), this.buildOpen(), this.buildPrevious(), this.buildBulk(),
      element('section', { 'aria-labelledby': 'drafts-head' },
        element('h2', { id: 'drafts-head' }, say('drafts')), this.draftList));
  }

  async begin() {
    try {
      const forms = await api.forms();
      this.formChoice.replaceChildren(...forms.reverse().map((form) =>
        element('option', { value: form.id }, `${form.name} ${form.source}`)));
      await this.showDrafts();
    } catch (error) {
      this.fail(error);
    }
  }

  buildNew() {
    this.formChoice = element('select', { required: true });
    const agency = element('input', { type: 'text', required: true, autocomplete: 'organization' });
    const year = element('input', { type: 'text', inputmode: 'numeric', pattern: '[0-9]{4}', required: true,
      value: new Date().getFullYear() - 1 });
    return element('form', { class: 'card', onsubmit: (event) => {
      event.preventDefault();
      this.create(this.formChoice.value, agency.value.trim(), year.value.trim());
    } },
    element('h2', {}, say('new_report')),
    element('label', { class: 'field' }, element('span', {}, say('form')), this.formChoice),
    element('label', { class: 'field' }, element('span', {}, say('agency')), agency),
    element('label', { class: 'field' }, element('span', {}, say('year')), year),
    element('button', { type: 'submit', class: 'main' }, say('create')));
  }

  fileField(id, take) {
    return element('input', { type: 'file', id, class: 'unseen', accept: '.json,.docx,.pdf,.html,.htm,.txt',
      onchange: (event) => {
        const [file] = event.target.files;
        event.target.value = '';
        if (file) take(file);
      } });
  }

  buildOpen() {
    const drop = element('section', { class: 'card drop' },
      element('h2', {}, say('open_file')),
      element('p', {}, say('open_words'), ' ', this.fileField('file', (file) => this.read(file)),
        element('label', { for: 'file', class: 'button' }, say('choose_file'))));
    const hold = (event) => {
      event.preventDefault();
      drop.classList.toggle('over', event.type === 'dragover');
      if (event.type === 'drop' && event.dataTransfer.files.length) this.read(event.dataTransfer.files[0]);
    };
    for (const name of ['dragover', 'dragleave', 'drop']) drop.addEventListener(name, hold);
    return drop;
  }

  buildPrevious() {
    const name = element('span', { class: 'chosen' });
    return element('section', { class: 'card' },
      element('h2', {}, say('last_year')),
      element('p', {}, say('last_year_words'), ' ',
        this.fileField('previous', async (file) => {
          const answer = await this.importFile(file);
          if (!answer) return;
          this.previous = answer.report;
          name.textContent = file.name;
        }),
        element('label', { for: 'previous', class: 'button' }, say('choose_file')), ' ', name));
  }

  buildBulk() {
    return element('section', { class: 'card' }, element('h2', {}, say('bulk')),
      element('p', {}, say('bulk_words')), button(say('bulk_open'), () => this.onBulk()));
  }

  fail(error) {
    const words = error.findings?.map((finding) => finding.message) ?? [];
    this.failure.replaceChildren(element('p', {}, error.status === 0 ? say('no_server') : error.message),
      element('ul', {}, ...words.map((one) => element('li', {}, one))));
  }

  async importFile(file) {
    this.failure.replaceChildren();
    tell(say('reading'));
    try {
      return await api.importFile(file);
    } catch (error) {
      this.fail(error);
      return null;
    }
  }

  async read(file) {
    const answer = await this.importFile(file);
    if (!answer) return;
    const notes = answer.findings.filter((finding) => finding.rule[0] === 'I' || finding.rule[0] === 'S');
    await this.open({ name: drafts.newName(), revision: null, notes, previous: this.previous,
      published: parse(stringify(answer.report)) }, answer.report);
  }

  async create(form, agency, year) {
    try {
      const file = await api.form(form);
      const data = { form, agency, year: new NumberText(year), ...empty(file.fields, file) };
      data.agency = agency;
      data.year = new NumberText(year);
      await this.open({ name: drafts.newName(), revision: null, notes: [], previous: this.previous }, data);
    } catch (error) {
      this.fail(error);
    }
  }

  async open(opened, data) {
    try {
      const [file, rules] = await Promise.all([api.form(data.form), api.rules(data.form)]);
      const form = new Form(file);
      const report = new Report(form, data);
      if (opened.revision === null && opened.previous && !opened.published) {
        report.carryIn(opened.previous);
        report.past = [];
      }
      this.onOpen({ ...opened, report, rules });
    } catch (error) {
      this.fail(error);
    }
  }

  async openDraft(name) {
    try {
      const draft = await drafts.load(name);
      const read = parse(draft.text);
      const { report, previous, published } = read.form ? { report: read } : read; // a bare report is one too
      if (!report?.form) throw new Error(say('bad_draft'));
      const notes = draft.recovered ? [{ severity: 'info', message: say('recovered') }] : [];
      await this.open({ name, revision: draft.revision, recovered: draft.recovered, notes, previous, published }, report);
    } catch (error) {
      this.fail(error);
    }
  }

  async showDrafts() {
    const found = await drafts.list();
    this.draftList.replaceChildren(...(found.length ? found.map((draft) => this.draftItem(draft))
      : [element('li', { class: 'quiet' }, say('no_drafts'))]));
  }

  draftItem(draft) {
    const when = new Date(draft.saved).toLocaleString();
    const title = element('span', {}, when);
    drafts.load(draft.name).then(({ text }) => {
      const { report } = parse(text);
      title.textContent = `${report.agency ?? ''} ${report.year ?? ''} · ${when}`;
    }).catch(() => {});
    return element('li', {},
      element('button', { type: 'button', class: 'link', onclick: () => this.openDraft(draft.name) }, title), ' ',
      draft.here ? element('span', { class: 'quiet' }, say('only_browser')) : null, ' ',
      button(say('delete'), async () => {
        if (!await ask(say('delete_sure', title.textContent), { yes: say('delete') })) return;
        await drafts.remove(draft.name);
        await this.showDrafts();
      }, { class: 'quiet' }));
  }
}

// Every value that a form demands, blank or empty: what is not filled in yet is not 0.
function empty(fields, file) {
  const made = {};
  for (const [key, kind] of Object.entries(fields)) {
    if (key.endsWith('?')) continue;
    if (typeof kind === 'object') made[key] = empty(kind, file);
    else if (kind.endsWith('?')) continue;
    else if (kind === 'prose' || kind === 'lines') made[key] = [];
    else if (file.vectors?.[kind]) {
      const entries = file.vectors[kind];
      made[key] = Array(Object.values(entries).length - 1).fill(null);
    } else if (kind === 'text') made[key] = '';
    else made[key] = null;
  }
  return made;
}
