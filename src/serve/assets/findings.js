// What was found: the worst first, each a link to its place; and the marks at the places themselves.

import { button, element, tell } from './dom.js';
import { say } from './words.js';

const ORDER = ['error', 'warning', 'info'];

export class Findings {
  // onTurnOff(rule) is asked for by a finding of a rule that may be turned off.
  constructor(form, rules, onGo, onTurnOff) {
    Object.assign(this, { form, rules, onGo, onTurnOff, told: '' });
    this.summary = element('p', { class: 'summary' });
    this.list = element('ul', { class: 'findings-list' });
    this.node = element('section', { class: 'findings', 'aria-label': say('findings'), tabindex: -1 },
      element('h2', {}, say('findings')), this.summary, this.list);
  }

  show(answer) {
    const findings = [...answer.findings].sort((a, b) => ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
    this.findings = findings;
    const count = (severity) => findings.filter((one) => one.severity === severity).length;
    const words = [];
    if (answer.failure && !findings.length) words.push(answer.failure.message);
    if (count('error')) words.push(say('errors', count('error')));
    if (count('warning')) words.push(say('warnings', count('warning')));
    this.summary.textContent = words.join(say('comma')) || say('clean');
    this.summary.dataset.severity = findings[0]?.severity ?? 'none';
    if (this.summary.textContent !== this.told) tell(this.summary.textContent);
    this.told = this.summary.textContent;
    this.list.replaceChildren(...findings.map((finding) => this.item(finding)));
    if (answer.suppressed?.length) this.list.append(element('li', { class: 'quiet' }, say('suppressed', answer.suppressed.length)));
  }

  item(finding) {
    const place = finding.pointer
      ? button(finding.message, () => this.onGo(finding.pointer, finding), { class: 'link' })
      : element('span', {}, finding.message);
    return element('li', { class: finding.severity },
      element('span', { class: 'tag' }, `${say(finding.severity)} ${finding.rule}`), ' ', place,
      finding.hint ? element('p', { class: 'hint' }, finding.hint) : null,
      finding.clause ? element('p', { class: 'clause' }, `${say('clause')} ${finding.clause}`) : null,
      finding.severity !== 'info' && this.rules.get(finding.rule)?.isFixed === false
        ? button(say('turn_off'), () => this.onTurnOff(finding.rule), { class: 'quiet small', 'aria-label': `${say('turn_off')} ${finding.rule}` }) : null);
  }

  // Every value of a relation that does not hold is marked, and says why.
  mark(root) {
    for (const field of root.querySelectorAll('[data-severity]')) {
      delete field.dataset.severity;
      field.removeAttribute('aria-invalid');
      field.removeAttribute('title');
    }
    for (const finding of [...(this.findings ?? [])].reverse()) {
      if (!finding.pointer || finding.severity === 'info') continue;
      for (const pointer of this.form.boundTo(finding)) {
        const field = root.querySelector(`[data-pointer="${CSS.escape(pointer)}"]`);
        if (!field) continue;
        field.dataset.severity = finding.severity;
        field.setAttribute('aria-invalid', finding.severity === 'error');
        field.title = finding.message;
      }
    }
  }
}
