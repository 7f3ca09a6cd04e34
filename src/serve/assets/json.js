// JSON in which a number stays as it was written: 0.50 is not 0.5, and no count loses digits.

export class NumberText {
  constructor(text) {
    this.text = text;
  }

  toString() {
    return this.text;
  }
}

// No string of a report begins with this: it cannot be printed.
const MARK = '\u0000';
const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

export function parse(text) {
  const marked = text.replace(TOKENS, (token) => (token[0] === '"' ? token : `"\\u0000${token}"`));
  return JSON.parse(marked, (key, value) =>
    typeof value === 'string' && value[0] === MARK ? new NumberText(value.slice(1)) : value);
}

export function stringify(value, indent) {
  const marked = JSON.stringify(value, (key, member) =>
    member instanceof NumberText ? MARK + member.text : member, indent);
  return marked.replace(/"\\u0000([^"]*)"/g, '$1');
}
