// The server's answers. A failure is an ApiError: with its HTTP status and findings, or with status 0
// when there was no answer at all.

import { parse } from './json.js';
import { language } from './words.js';

export class ApiError extends Error {
  constructor(message, status, answer) {
    super(message);
    this.status = status;
    this.findings = answer?.findings ?? [];
    this.tag = undefined;
  }
}

async function ask(method, path, { body, headers, signal, parameters } = {}) {
  const query = new URLSearchParams({ lang: language(), ...parameters });
  let response;
  try {
    response = await fetch(`${path}?${query}`, { method, body, headers, signal });
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError(String(error), 0);
  }
  if (response.ok) return response;
  const answer = await response.json().catch(() => ({}));
  const error = new ApiError(answer.error ?? response.statusText, response.status, answer);
  error.tag = response.headers.get('ETag');
  throw error;
}

async function askJson(method, path, options) {
  return (await ask(method, path, options)).json();
}

export async function forms() {
  return (await askJson('GET', '/api/forms')).forms;
}

export function form(id) {
  return askJson('GET', `/api/forms/${id}`);
}

// The rules that a form's reports are checked by: a Map by id of { name, isFixed }.
export async function rules(form) {
  const { rules: all } = await askJson('GET', '/api/rules');
  return new Map(all.filter((rule) => !rule.form || rule.form === form)
    .map((rule) => [rule.id, { name: rule.name, isFixed: rule.fixed }]));
}

// Reports that go together are a JSON text sequence (RFC 7464).
export function sequence(...texts) {
  return texts.map((text) => `\u001e${text}\n`).join('');
}

// previous is the JSON of last year's report, or null.
export function preview(json, previous, draft, known, signal) {
  return askJson('POST', '/api/preview', {
    parameters: { draft: draft ? '1' : '0' }, body: previous ? sequence(json, previous) : json, headers: { 'X-Known-Pages': known.join(',') }, signal });
}

export async function shapes(face, ids) {
  const response = await ask('GET', `/api/glyphs/${face}`, { parameters: { ids: ids.join(',') } });
  return response.text();
}

// The report of a file, with its numbers as written, and what was found when it was read.
export async function importFile(file) {
  const response = await ask('POST', '/api/import', { body: file, parameters: { name: file.name } });
  return parse(await response.text());
}

// previous is the JSON of last year's report, or null.
export function repairs(json, previous) {
  return askJson('POST', '/api/repairs', { body: previous ? sequence(json, previous) : json });
}

export async function correct(oldJson, newJson, reason, force) {
  const parameters = { force: force ? '1' : '0', ...(reason && { reason }) };
  return (await ask('POST', '/api/correct', { body: sequence(oldJson, newJson), parameters })).blob();
}

export async function build(json, format, force, draft) {
  const response = await ask('POST', '/api/build', {
    body: json, parameters: { format, force: force ? '1' : '0', draft: draft ? '1' : '0' } });
  return response.blob();
}

export function drafts() {
  return askJson('GET', '/api/drafts');
}

export async function draft(name) {
  const response = await ask('GET', `/api/drafts/${name}`);
  return { text: await response.text(), revision: response.headers.get('ETag') };
}

// revision is the one that is written over, or null when there is none yet. Gives the new one.
export async function saveDraft(name, text, revision) {
  const headers = revision ? { 'If-Match': revision } : { 'If-None-Match': '*' };
  return (await askJson('PUT', `/api/drafts/${name}`, { body: text, headers })).revision;
}

// A file of those that an office fills in for many reports.
export async function starter(form, file) {
  return (await ask('GET', `/api/starters/${form}/${file}`)).blob();
}

export function bulkRuns() {
  return askJson('GET', '/api/bulk');
}

export function uploadBulk(name, part, file) {
  return askJson('PUT', `/api/bulk/${name}/${part}`, { body: file });
}

export function runBulk(name, parameters) {
  return askJson('POST', `/api/bulk/${name}/run`, { parameters });
}

export function stopBulk(name) {
  return askJson('POST', `/api/bulk/${name}/stop`);
}

export function deleteBulk(name) {
  return askJson('DELETE', `/api/bulk/${name}`);
}

// The lines of a run's manifest.
export async function manifest(name) {
  const response = await ask('GET', `/api/bulk/${name}/manifest.jsonl`);
  return (await response.text()).trim().split('\n').map((line) => JSON.parse(line));
}

export function deleteDraft(name) {
  return askJson('DELETE', `/api/drafts/${name}`);
}
