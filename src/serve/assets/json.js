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

// The part of a string that length characters of a JSON text from a column on (from 1) stand for, as
// offsets [start, end] into the string; null when the column is in none, or at its beginning.
export function rangeInString(text, column, length) {
  const characters = Array.from(text);
  let quote = column - 2;
  const isEscaped = (at) => {
    let count = 0;
    while (characters[at - 1 - count] === '\\') count += 1;
    return count % 2 === 1;
  };
  while (quote >= 0 && (characters[quote] !== '"' || isEscaped(quote))) quote -= 1;
  if (column < 2 || !length || quote < 0) return null;
  const decoded = (to) => JSON.parse(`"${characters.slice(quote + 1, to).join('')}"`).length;
  try {
    return [decoded(column - 1), decoded(column - 1 + length)];
  } catch {
    return null;
  }
}
