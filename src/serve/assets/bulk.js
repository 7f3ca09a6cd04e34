// The view in which many reports are made at once: from a template and a sheet, of which each row
// becomes a report. What the server has of earlier runs is listed with how it ended.

import * as api from './api.js';
import { ask, button, element, tell } from './dom.js';
import { newName } from './drafts.js';
import { say } from './words.js';

const FORMATS = ['pdf', 'docx', 'ofd', 'html'];
const SHEETS = ['csv', 'tsv', 'xlsx', 'jsonl'];
const PAUSE = 500;         // milliseconds between two looks at a run that is at work
const ROWS_AT_ONCE = 200;  // of the manifest's table

export class Bulk {
  constructor(onLeave) {
    this.onLeave = onLeave;
    this.failure = element('div', { class: 'failure', role: 'alert' });
    this.runs = element('div', { class: 'runs' });
    this.rows = element('section', { class: 'card rows', hidden: true, tabindex: -1, 'aria-labelledby': 'rows-head' });
    this.node = element('div', { class: 'start bulk' }, this.failure, this.buildStarter(), this.buildRun(),
      element('section', { class: 'card all', 'aria-labelledby': 'runs-head' },
        element('h2', { id: 'runs-head' }, say('bulk_runs')), this.runs),
      this.rows);
  }

  tools() {
    return [button(say('start'), () => this.onLeave())];
  }

  async begin() {
    try {
      const forms = await api.forms();
      this.formChoice.replaceChildren(...forms.reverse().map((form) =>
        element('option', { value: form.id }, `${form.name} ${form.source}`)));
      this.showStarter();
      await this.look();
    } catch (error) {
      this.fail(error);
    }
  }

  leave() {
    clearTimeout(this.timer);
  }

  buildStarter() {
    this.formChoice = element('select', { onchange: () => this.showStarter() });
    this.starter = element('p', { class: 'links' });
    return element('section', { class: 'card' },
      element('h2', {}, say('bulk_starter')),
      element('p', {}, say('bulk_starter_words')),
      element('label', { class: 'field' }, element('span', {}, say('form')), this.formChoice),
      this.starter);
  }

  showStarter() {
    const link = (file, words) => element('a', {
      class: 'button', href: `/api/starters/${this.formChoice.value}/${file}`, download: file }, words);
    this.starter.replaceChildren(link('template.json', say('template')),
      link('rows.xlsx', say('sheet_of', 'XLSX')), link('rows.csv', say('sheet_of', 'CSV')));
  }

  buildRun() {
    const file = (words, accept, required) => {
      const input = element('input', { type: 'file', accept, required });
      return [input, element('label', { class: 'field' }, element('span', {}, words), input)];
    };
    const [sheet, sheetField] = file(say('sheet_file'), SHEETS.map((one) => `.${one}`).join(), true);
    const [template, templateField] = file(say('template_file'), '.json', false);
    const tab = element('input', { type: 'text', autocomplete: 'off' });
    const boxes = FORMATS.map((format) => element('input', { type: 'checkbox', value: format, checked: format === 'pdf' || format === 'docx' }));
    const force = element('input', { type: 'checkbox' });
    const draft = element('input', { type: 'checkbox' });
    const submit = element('button', { type: 'submit', class: 'main' }, say('bulk_run'));
    return element('form', { class: 'card', onsubmit: async (event) => {
      event.preventDefault();
      const formats = boxes.filter((box) => box.checked).map((box) => box.value).join();
      submit.disabled = true;
      await this.run(sheet.files[0], template.files[0], {
        formats, force: force.checked ? '1' : '0', draft: draft.checked ? '1' : '0', sheet: tab.value.trim() });
      submit.disabled = false;
    } },
    element('h2', {}, say('bulk_new')), sheetField, templateField,
    element('label', { class: 'field' }, element('span', {}, say('sheet_tab')), tab),
    element('fieldset', {}, element('legend', {}, say('formats')),
      ...boxes.map((box) => element('label', { class: 'choice' }, box, ` ${box.value.toUpperCase()}`))),
    element('p', {}, element('label', { class: 'choice' }, force, ` ${say('bulk_force')}`)),
    element('p', {}, element('label', { class: 'choice' }, draft, ` ${say('bulk_draft')}`)),
    submit);
  }

  // Rows that are reports need no template; for others the form's own is the template unless one is given.
  async run(sheet, template, settings) {
    const suffix = sheet.name.split('.').pop().toLowerCase();
    const name = newName();
    this.failure.replaceChildren();
    try {
      if (!SHEETS.includes(suffix)) throw new Error(say('sheet_kinds'));
      const filled = template ?? (suffix === 'jsonl' ? null : await api.starter(this.formChoice.value, 'template.json'));
      if (filled) await api.uploadBulk(name, 'template.json', filled);
      await api.uploadBulk(name, `rows.${suffix}`, sheet);
      await api.runBulk(name, { ...settings, title: sheet.name });
      tell(say('bulk_begun'));
      await this.look();
    } catch (error) {
      this.fail(error);
    }
  }

  fail(error) {
    this.failure.replaceChildren(element('p', {}, error.status === 0 ? say('no_server') : error.message));
  }

  // The list again, and again while one is at work.
  async look() {
    clearTimeout(this.timer);
    const { kept, runs } = await api.bulkRuns();
    runs.sort((a, b) => b.saved - a.saved);
    const words = kept ? say('bulk_none') : say('bulk_needs_folder');
    this.runs.replaceChildren(...(runs.length ? runs.map((run) => this.buildItem(run)) : [element('p', { class: 'quiet' }, words)]));
    const atWork = runs.filter((run) => run.progress).map((run) => run.name);
    for (const name of this.atWork ?? [])
      if (!atWork.includes(name)) this.tellEnd(runs.find((run) => run.name === name));
    this.atWork = atWork;
    if (atWork.length) this.timer = setTimeout(() => this.look().catch((error) => this.fail(error)), PAUSE);
  }

  tellEnd(run) {
    if (!run) return;
    tell(stateOf(run));
    if (run.end?.ended === 'done') this.showRows(run);
  }

  buildItem(run) {
    const order = (words, act, properties) => button(words, async () => {
      try {
        await act();
        await this.look();
      } catch (error) {
        this.fail(error);
      }
    }, properties);
    const title = run.settings?.title || new Date(run.saved * 1000).toLocaleString();
    const isDone = run.end?.ended === 'done';
    const link = (part, words, file) => element('a', { class: 'button', href: `/api/bulk/${run.name}/${part}`, download: file }, words);
    const findings = (run.end?.findings ?? []).filter((finding) => finding.rule !== 'B0');
    const settings = run.settings && {
      ...run.settings, force: run.settings.force ? '1' : '0', draft: run.settings.draft ? '1' : '0' };
    return element('article', { class: 'run', 'data-state': run.progress ? 'running' : run.end?.ended ?? 'stopped' },
      element('h3', {}, title),
      element('p', {}, stateOf(run)),
      run.progress && element('progress', { max: run.progress.size || false, value: run.progress.size ? run.progress.read : false, 'aria-label': title }),
      findings.length ? element('ul', { class: 'run-findings' }, ...findings.map((finding) =>
        element('li', { class: finding.severity }, `${say(finding.severity)} ${finding.rule}${say('colon')}${finding.message}`))) : null,
      element('div', { class: 'links' },
        run.progress ? order(say('stop'), () => api.stopBulk(run.name)) : null,
        !run.progress && !isDone && settings ? order(say('go_on'), () => api.runBulk(run.name, settings)) : null,
        isDone ? button(say('show_rows'), () => this.showRows(run)) : null,
        isDone ? link('archive.zip', say('archive'), `${title}.zip`) : null,
        isDone ? link('manifest.jsonl', say('manifest'), `${title}-manifest.jsonl`) : null,
        run.progress ? null : order(say('delete'), async () => {
          if (!await ask(say('bulk_delete_sure', title), { yes: say('delete') })) return;
          this.rows.hidden = true;
          await api.deleteBulk(run.name);
        }, { class: 'quiet' })));
  }

  // The manifest as a table: failures first, then rows with something to say, then the others.
  async showRows(run) {
    let rows;
    try {
      rows = (await api.manifest(run.name)).filter((row) => 'row' in row);
    } catch (error) {
      this.fail(error);
      return;
    }
    const rank = (row) => (row.status === 'failed' ? 0 : row.findings.length ? 1 : 2);
    rows.sort((a, b) => rank(a) - rank(b) || a.row - b.row);
    const body = element('tbody');
    const more = button('', () => add(), { class: 'quiet' });
    const add = () => {
      const next = rows.slice(body.rows.length, body.rows.length + ROWS_AT_ONCE);
      body.append(...next.map(tableRow));
      more.hidden = body.rows.length === rows.length;
      more.textContent = say('more_rows', rows.length - body.rows.length);
    };
    add();
    const heads = ['row', 'agency', 'status', 'findings'].map((key) => element('th', { scope: 'col' }, say(key)));
    this.rows.replaceChildren(
      element('h2', { id: 'rows-head' }, say('bulk_rows', run.settings?.title ?? '')),
      element('div', { class: 'wide', tabindex: 0, role: 'group', 'aria-labelledby': 'rows-head' },
        element('table', { class: 'manifest' }, element('thead', {}, element('tr', {}, ...heads)), body)), more);
    this.rows.hidden = false;
    this.rows.focus();
  }
}

function stateOf({ progress, end }) {
  if (progress) return say('bulk_at_work', progress.done + progress.failed, progress.failed);
  if (end?.ended === 'done') return say('bulk_done', end.rows, end.done, end.failed, end.warned);
  if (end?.ended === 'failed') return say('bulk_failed', end.error);
  return say('bulk_stopped');
}

function tableRow(row) {
  return element('tr', { class: row.status },
    element('td', { class: 'number' }, String(row.row)),
    element('th', { scope: 'row' }, row.agency ?? ''),
    element('td', {}, element('span', { class: 'tag' }, say(row.status === 'failed' ? 'row_failed' : 'row_done'))),
    element('td', {}, row.findings.length ? element('ul', {}, ...row.findings.map((finding) =>
      element('li', { class: finding.severity }, element('span', { class: 'tag' }, `${say(finding.severity)} ${finding.rule}`),
        ` ${finding.message}`))) : ''));
}
