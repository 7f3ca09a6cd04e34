// What the checks of `nianbao serve` share: the server itself, and lines that say how a check went.

import { spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Starts the command with a folder for drafts. Gives its address, the folder, and how to stop it.
export async function startServer(nianbao) {
    const folder = await mkdtemp(join(tmpdir(), "nianbao-serve-"));
    const server = spawn(nianbao, ["serve", "--dir", folder], { stdio: ["ignore", "pipe", "inherit"] });
    const address = await new Promise((resolve, reject) => {
        let text = "";
        server.stdout.on("data", (data) => {
            text += data;
            const found = /http:\/\/[^\s]+\//.exec(text);
            if (found)
                resolve(found[0]);
        });
        server.on("exit", () => reject(new Error("the server ended")));
    });
    return {
        address,
        folder,
        async stop() {
            const ended = new Promise((resolve) => server.on("exit", resolve));
            server.kill("SIGTERM");
            await ended;
            await rm(folder, { recursive: true });
        },
        // As when the machine goes down.
        kill() {
            server.kill("SIGKILL");
        },
    };
}

let failed = false;

export function tell(name, faults) {
    console.log(`${faults.length ? "FAIL" : "PASS"} ${name}`);
    for (const fault of faults.slice(0, 20))
        console.log(`    ${fault}`);
    failed ||= faults.length > 0;
}

export function hasFailed() {
    return failed;
}

// A fault when two things differ, shortly.
export function differs(what, seen, wanted) {
    const short = (value) => JSON.stringify(value)?.slice(0, 300);
    return JSON.stringify(seen) === JSON.stringify(wanted) ? [] : [`${what}: ${short(seen)} is not ${short(wanted)}`];
}
