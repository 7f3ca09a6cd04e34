// Making elements: element('button', { type: 'button', class: 'plain' }, 'text', child…). A property
// that begins with "on" is a listener; null, undefined and false leave an attribute out.
export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else if (value !== null && value !== undefined && value !== false)
      made.setAttribute(key, value === true ? '' : value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export function button(words, onclick, properties = {}) {
  return element('button', { type: 'button', onclick, ...properties }, words);
}

// Say something to those who listen instead of looking.
export function tell(words) {
  document.getElementById('told').textContent = words;
}
