// What would make all sums hold, the likeliest first: each as old → new, with a button that does it.

import * as api from './api.js';
import { button, element, tell } from './dom.js';
import { NumberText } from './json.js';
import { say } from './words.js';

export class Repairs {
  // previous: last year's report as JSON, or null.
  constructor(report, previous) {
    Object.assign(this, { report, previous, asked: 0 });
    this.node = element('section', { class: 'repairs', 'aria-label': say('fix'), hidden: true });
  }

  // Asked for when the sums do not hold; an answer that comes too late is thrown away.
  async show(areWrong) {
    const asked = ++this.asked;
    if (!areWrong) {
      this.node.hidden = true;
      return;
    }
    let answer;
    try {
      answer = await api.repairs(this.report.json(), this.previous);
    } catch {
      return; // the findings say already what is wrong with the report
    }
    if (asked !== this.asked) return;
    const list = answer.repairs.map((repair) => this.item(repair));
    this.node.hidden = answer.outcome === 'not needed';
    this.node.replaceChildren(element('h2', {}, say('fix')),
      list.length ? element('ol', {}, ...list) : element('p', {}, say('no_fix')));
  }

  item(repair) {
    const cells = repair.cells.map((cell) => element('li', {},
      `${cell.label}${say('colon')}`, element('del', {}, cell.old || say('blank')), ' → ', element('ins', {}, String(cell.new))));
    return element('li', {},
      button(say('apply'), () => this.apply(repair), { class: 'main' }), ' ',
      element('strong', {}, say('cells_changed', repair.cells.length)),
      element('ul', {}, ...cells),
      ...repair.reasons.map((reason) => element('p', { class: 'reason' }, reason)));
  }

  apply(repair) {
    this.report.change(repair.cells.map((cell) => [cell.pointer, new NumberText(String(cell.new))]));
    tell(say('applied'));
  }
}
