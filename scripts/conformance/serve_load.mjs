// serve_load.mjs NIANBAO SECONDS   Fifty clients, each editing a report of its own as a page does: a
// changed cell, the pages, the draft. Nothing may be lost, and the pages must come soon.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { differs, hasFailed, startServer, tell } from "./serving.mjs";

const CLIENTS = 50;
const BETWEEN = 1000; // milliseconds between two changes of one client
const LATEST = 200;   // within which the 95th percentile of the pages must come

const [nianbao, seconds] = [process.argv[2], Number(process.argv[3])];
const sample = JSON.parse(await readFile(new URL("../../samples/provincial-city.json", import.meta.url)));
const server = await startServer(nianbao);
const waits = [];
const faults = [];

const pause = (milliseconds) => new Promise((resolve) => { setTimeout(resolve, milliseconds); });

async function ask(method, path, body, headers) {
    const answer = await fetch(server.address + path.slice(1), { method, body, headers });
    const text = await answer.text();
    if (!answer.ok)
        throw new Error(`${method} ${path}: ${answer.status} ${text.slice(0, 200)}`);
    return JSON.parse(text);
}

async function edit(client, until) {
    const report = structuredClone(sample);
    const path = `/api/drafts/client-${client}`;
    let revision = null;
    let known = [];
    await pause(Math.random() * BETWEEN);
    for (let change = 0; Date.now() < until; change++) {
        report.disclosure.licences = client * 1000 + change;
        const text = JSON.stringify(report);
        const begun = performance.now();
        const answer = await ask("POST", "/api/preview", text, { "X-Known-Pages": known.join(",") });
        waits.push(performance.now() - begun);
        known = answer.pages.map((page) => page.digest);
        const condition = revision ? { "If-Match": revision } : { "If-None-Match": "*" };
        ({ revision } = await ask("PUT", path, text, condition));
        await pause(BETWEEN * (0.75 + Math.random() / 2));
    }
    const kept = await readFile(join(server.folder, `client-${client}.draft.json`), "utf8");
    return kept === JSON.stringify(report) ? [] : [`client ${client}: what it saved last is not kept`];
}

const until = Date.now() + seconds * 1000;
const ends = await Promise.allSettled(Array.from({ length: CLIENTS }, (_, client) => edit(client, until)));
for (const end of ends)
    faults.push(...(end.status === "fulfilled" ? end.value : [String(end.reason)]));
tell(`${CLIENTS} clients for ${seconds} s lose nothing (${waits.length} changes)`, faults);
waits.sort((a, b) => a - b);
const late = waits[Math.floor(waits.length * 0.95)];
tell(`95 of 100 pages come within ${LATEST} ms (${late?.toFixed(0)} ms)`,
    late <= LATEST ? [] : [`${late} ms`]);
tell("each client made changes", differs("enough changes", waits.length >= CLIENTS * seconds / 3, true));
await server.stop();
process.exit(hasFailed() ? 1 : 0);
