// Elements made, words told, questions asked.

import { say } from './words.js';

// Making elements: element('button', { type: 'button', class: 'plain' }, 'text', child…). A property
// that begins with "on" is a listener; null, undefined and false leave an attribute out.
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}

export function button(words, onclick, properties = {}) {
  return element('button', { type: 'button', onclick, ...properties }, words);
}

// Say something to those who listen instead of looking.
export function tell(words) {
  document.getElementById('told').textContent = words;
}

// A question in a dialog that keyboard and screen reader know. Gives null when it is declined, else what was
// typed, or what give() says of further parts, or true. no: false leaves only one button, for what is only told.
export function ask(words, { input, parts = [], give, yes = say('yes'), no = say('no') } = {}) {
  return new Promise((resolve) => {
    const field = input === undefined ? null : element('input', { type: 'text', value: input, 'aria-labelledby': 'asked' });
    const dialog = element('dialog', { 'aria-labelledby': 'asked' },
      element('form', { method: 'dialog' },
        element('p', { id: 'asked' }, words), field, ...parts,
        element('div', { class: 'answers' },
          element('button', { class: 'main', value: 'yes' }, yes),
          no ? element('button', { type: 'button', onclick: () => dialog.close('') }, no) : null)));
    const before = document.activeElement;
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (before?.isConnected) before.focus();
      resolve(dialog.returnValue === 'yes' ? give ? give() : field?.value ?? true : null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

// act() when what stands in a field has changed; not while an input method is still composing it.
export function onTyped(field, act) {
  field.addEventListener('input', (event) => {
    if (!event.isComposing) act();
  });
  field.addEventListener('compositionend', () => act());
}

// One of some things, chosen from a list that narrows as one types: things are [value, words].
export function choose(words, things) {
  const filter = element('input', { type: 'search', 'aria-label': words });
  const list = element('select', { size: 10, 'aria-label': words });
  const isWanted = ([, text]) => filter.value.trim().split(/\s+/).every((word) => text.includes(word));
  const narrow = () => list.replaceChildren(...things.filter(isWanted)
    .map(([value, text]) => element('option', { value, title: value }, text)));
  narrow();
  filter.addEventListener('input', narrow);
  list.addEventListener('dblclick', () => list.closest('form').requestSubmit());
  return ask(words, { parts: [filter, list], give: () => list.value || list.options[0]?.value || null });
}
