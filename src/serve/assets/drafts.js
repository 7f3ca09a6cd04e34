// Nothing is lost: what one types is saved with the server as a draft, and in the browser while the
// server does not answer. A draft that was changed elsewhere is never written over unasked.

import * as api from './api.js';

const PAUSE = 500;   // milliseconds between a change and its saving
const AGAIN = 3000;  // and before the next attempt when the server did not answer
const PREFIX = 'nianbao-draft-';

export function newName() {
  const random = crypto.getRandomValues(new Uint32Array(2));
  return `${Date.now().toString(36)}-${random[0].toString(36)}${random[1].toString(36)}`;
}

// What the browser keeps: { text, revision, at }, where revision is the server's that it is based on.
function kept(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

function keep(name, value) {
  try {
    if (value) localStorage.setItem(PREFIX + name, JSON.stringify(value));
    else localStorage.removeItem(PREFIX + name);
  } catch {
    // A browser that keeps nothing: then only the server does.
  }
}

// All drafts, of the server and of the browser: [{ name, saved, here }], the latest first.
export async function list() {
  const found = new Map();
  try {
    for (const draft of (await api.drafts()).drafts) found.set(draft.name, { name: draft.name, saved: draft.saved * 1000 });
  } catch {
    // The browser's own are shown all the same.
  }
  for (let i = 0; i < localStorage.length; i++) {
    const key = localStorage.key(i);
    if (!key.startsWith(PREFIX)) continue;
    const name = key.slice(PREFIX.length);
    const saved = kept(name)?.at ?? 0;
    if (!found.has(name) || found.get(name).saved < saved) found.set(name, { name, saved, here: true });
  }
  return [...found.values()].sort((a, b) => b.saved - a.saved);
}

export async function remove(name) {
  keep(name, null);
  await api.deleteDraft(name).catch(() => {});
}

// A draft's text: what the browser kept when it has not reached the server yet, else the server's.
export async function load(name) {
  const here = kept(name);
  try {
    const there = await api.draft(name);
    if (!here) return { ...there, recovered: false };
    return { text: here.text, revision: here.revision, recovered: true };
  } catch (error) {
    if (here) return { text: here.text, revision: error.status === 404 ? null : here.revision, recovered: true };
    throw error;
  }
}

export class Draft {
  // text() gives what is to be saved; onState(state) hears "saving", "saved", "here", "alone", "conflict" or "tab".
  constructor(name, revision, text, onState) {
    Object.assign(this, { name, revision, text, onState, timer: 0, busy: false, dirty: false });
    this.serverKeeps = true;
    this.isConflict = false;
    this.channel = new BroadcastChannel('nianbao-drafts');
    this.channel.onmessage = ({ data }) => {
      if (data.name !== name) return;
      if (data.asks) this.channel.postMessage({ name });
      this.onState('tab');
    };
    this.channel.postMessage({ name, asks: true });
    this.onHide = () => this.keepHere();
    addEventListener('pagehide', this.onHide);
  }

  changed() {
    this.dirty = true;
    this.keepHere();
    this.schedule(PAUSE);
  }

  keepHere() {
    if (this.dirty) keep(this.name, { text: this.text(), revision: this.revision, at: Date.now() });
  }

  schedule(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), pause);
  }

  async save() {
    if (this.busy || !this.dirty || !this.serverKeeps || this.isConflict) return;
    this.busy = true;
    this.dirty = false;
    this.onState('saving');
    try {
      this.revision = await api.saveDraft(this.name, this.text(), this.revision);
      if (!this.dirty) keep(this.name, null);
      this.onState('saved');
    } catch (error) {
      this.dirty = true;
      this.failed(error);
    } finally {
      this.busy = false;
      if (this.dirty && this.serverKeeps && !this.isConflict) this.schedule(AGAIN);
    }
  }

  failed(error) {
    this.keepHere();
    if (error.status === 412) {
      this.isConflict = true;
      this.theirs = error.tag; // null when it was deleted
      this.onState('conflict');
    } else {
      this.serverKeeps = error.status !== 404; // it was started without a folder for drafts
      this.onState(this.serverKeeps ? 'here' : 'alone');
    }
  }

  // The user's own version goes over the one that is there.
  overwrite() {
    this.revision = this.theirs;
    this.isConflict = false;
    this.dirty = true;
    this.save();
  }

  // The other version stays: what is here is forgotten.
  giveUp() {
    this.dirty = false;
    clearTimeout(this.timer);
    keep(this.name, null);
  }

  close() {
    clearTimeout(this.timer);
    this.keepHere();
    if (!this.isConflict) this.save();
    removeEventListener('pagehide', this.onHide);
    this.channel.close();
  }
}
