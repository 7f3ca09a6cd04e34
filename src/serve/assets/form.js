// A form as the server has it, and what the page must know of it: where its tables' values stand,
// what each is called, and which values are bound to each other.

export function pointerTokens(pointer) {
  return pointer.split('/').slice(1).map((token) => token.replace(/~1/g, '/').replace(/~0/g, '~'));
}

export class Form {
  constructor(file) {
    this.file = file;
    this.id = file.form;
    this.parts = file.parts;
    this.tables = Object.fromEntries(
      Object.entries(file.tables ?? {}).map(([name, table]) => [name, this.readTable(table)]));
    this.labels = new Map();
    for (const table of Object.values(this.tables))
      for (const cell of table.cells)
        if (cell.pointer) this.labels.set(cell.pointer, cell.label);
    this.relations = (file.rules ?? []).flatMap((rule) => this.readRule(rule));
  }

  // The kind of the field that a pointer names ("count", "prose", the name of a vector), a group's
  // object, or undefined. A "?" says that it may be left out.
  field(pointer) {
    let field = this.file.fields;
    for (const token of pointerTokens(pointer)) {
      if (typeof field !== 'object' || field === null) return undefined;
      field = field[token] ?? field[`${token}?`];
    }
    return typeof field === 'string' ? field.replace('?', '') : field;
  }

  // What the entries of a row of counts are called, or undefined when the field is none.
  entries(pointer) {
    const kind = this.field(pointer);
    const vector = typeof kind === 'string' ? this.file.vectors?.[kind] : undefined;
    return vector && (Array.isArray(vector) ? vector : Object.values(vector));
  }

  readTable(table) {
    const cells = [];
    const taken = new Set();
    table.rows.forEach((row, r) => {
      let column = 0;
      const place = (cell) => {
        while (taken.has(`${r} ${column}`)) column += 1;
        Object.assign(cell, { row: r, column });
        for (let i = 0; i < cell.rows; i++)
          for (let k = 0; k < cell.columns; k++) taken.add(`${r + i} ${column + k}`);
        cells.push(cell);
      };
      for (const node of Array.isArray(row) ? row : []) {
        const role = ['head', 'band', 'group', 'label'].find((name) => name in node);
        const size = { rows: node.rows ?? 1, columns: node.columns ?? 1 };
        if (role) place({ role, text: node[role], ...size });
        else if ('values' in node)
          (this.entries(node.values) ?? []).forEach((entry, i, all) => place({
            role: 'value', pointer: `${node.values}/${i}`, isTotal: i === all.length - 1, rows: 1, columns: 1 }));
        else place({ role: 'value', pointer: node.value, kind: this.field(node.value), ...size });
      }
    });
    const made = { ...table, cells, rowCount: table.rows.length };
    for (const cell of cells)
      if (cell.role === 'value') cell.label = labelOf(made, cell);
    return made;
  }

  // The rows of counts, or the single counts, below a pointer.
  leaves(pointer) {
    const field = this.field(pointer);
    if (typeof field !== 'object' || field === null) return [pointer];
    return Object.keys(field).flatMap((key) => this.leaves(`${pointer}/${key.replace('?', '')}`));
  }

  allLeaves() {
    return Object.keys(this.file.fields).flatMap((key) => this.leaves(`/${key.replace('?', '')}`));
  }

  // Values that no part shows, by pointer: of texts, dates and the like.
  unshown() {
    const shown = new Set(this.parts.map((part) => part.prose));
    return this.allLeaves().filter((leaf) => !shown.has(leaf) && !this.labels.has(leaf)
      && typeof this.field(leaf) === 'string' && this.field(leaf) !== 'count' && this.field(leaf) !== 'amount' && !this.entries(leaf));
  }

  // How a text names a value: keys with dots between, and of a row's entry its key.
  nameOf(pointer) {
    const tokens = pointerTokens(pointer);
    const row = pointer.slice(0, pointer.lastIndexOf('/'));
    const kind = this.field(row);
    const keys = typeof kind === 'string' && this.file.vectors?.[kind];
    if (keys) tokens.push(Object.keys(keys)[tokens.pop()]);
    return tokens.join('.');
  }

  // Values that arithmetic gives when they are left out: the totals of rows, and rows of totals whole.
  totals() {
    const rules = this.file.rules ?? [];
    const rows = rules.filter((rule) => rule.computes).flatMap((rule) => rule.totals ?? []).flatMap((total) => this.leaves(total));
    const lasts = rules.filter((rule) => rule.vector)
      .flatMap((rule) => this.allLeaves().filter((leaf) => this.field(leaf) === rule.vector && !rows.includes(leaf)))
      .map((leaf) => `${leaf}/${this.entries(leaf).length - 1}`);
    return [...rows, ...lasts];
  }

  // One relation for each column or row that a rule of sums holds for: all its values, by pointer.
  readRule(rule) {
    if (rule.vector)
      return this.allLeaves().filter((leaf) => this.field(leaf) === rule.vector).map((leaf) => ({
        rule: rule.id, pointers: this.entries(leaf).map((entry, i) => `${leaf}/${i}`) }));
    if (!rule.parts || !rule.totals) return [];
    const leaves = [...rule.parts, ...rule.totals].flatMap((pointer) => this.leaves(pointer));
    const entries = this.entries(leaves[0]);
    if (!entries) return [{ rule: rule.id, pointers: leaves }];
    return entries.map((entry, i) => ({
      rule: rule.id, pointers: leaves.map((leaf) => `${leaf}/${i}`) }));
  }

  // What a report takes over from last year's, of the same or another form: [[its pointer, the other's]].
  carriedFrom(formId) {
    return (this.file.previous ?? []).flatMap((rule) => rule.forms[formId] ?? [])
      .filter((pair) => pair.value && pair.previous?.length === 1 && !pair.plus && !pair.minus)
      .map((pair) => [pair.value, pair.previous[0]]);
  }

  // The values that a finding is about: all of the relation that is broken, or the one it names.
  boundTo(finding) {
    const relation = this.relations.find((one) =>
      one.rule === finding.rule && one.pointers.includes(finding.pointer));
    return relation ? relation.pointers : [finding.pointer];
  }
}

const covers = (cell, row, column) =>
  row >= cell.row && row < cell.row + cell.rows && column >= cell.column && column < cell.column + cell.columns;

// "（一）予以公开 · 自然人": the labels of its row, then the nearest heads above its column.
function labelOf(table, cell) {
  const labels = table.cells.filter((other) =>
    ['label', 'group'].includes(other.role) && cell.row >= other.row && cell.row < other.row + other.rows);
  const heads = [];
  for (let row = cell.row - 1; row >= 0; row--) {
    const above = table.cells.find((other) => covers(other, row, cell.column));
    if (above?.role === 'head') {
      if (!heads.includes(above)) heads.unshift(above);
    } else if (heads.length) break;
  }
  const words = (list) => list.map((one) => one.text.replace(/\n/g, '')).join(' ');
  return [words(labels), words(heads)].filter(Boolean).join(' · ');
}
