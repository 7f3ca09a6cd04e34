// accessibility.mjs PAGE.html…   Opens each page in Chromium and prints one line a check.
// Started by accessibility.sh, which installs what is imported here.

import { createRequire } from "node:module";
import { resolve, basename } from "node:path";
import { pathToFileURL } from "node:url";

const require = createRequire(resolve(process.env.NB_TOOLS, "package.json"));
const { chromium } = require("playwright-core");
const axe = require.resolve("axe-core/axe.min.js");

const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"];
const SCREENS = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };

// What WCAG 1.4.12 lets a reader set.
const SPACING = `* { line-height: 1.5 !important; letter-spacing: .12em !important;
    word-spacing: .16em !important; } p { margin-bottom: 2em !important; }`;

let failed = false;

function tell(name, faults) {
    console.log(`${faults.length ? "FAIL" : "PASS"} ${name}`);
    for (const fault of faults.slice(0, 20))
        console.log(`    ${fault}`);
    failed ||= faults.length > 0;
}

// Every rule of axe, those of WCAG 2.2 and the best practices that are off by default included.
async function axeFaults(page) {
    await page.addScriptTag({ path: axe });
    const { violations } = await page.evaluate(() => window.axe.run(document, {
        rules: { "target-size": { enabled: true }, "color-contrast-enhanced": { enabled: false } },
    }));
    return violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`));
}

// 1.4.10: nothing but the tables' own regions scrolls sideways.
async function overflowFaults(page) {
    return page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.documentElement;
        return scrollWidth > clientWidth ? [`the page is ${scrollWidth} px wide on ${clientWidth}`] : [];
    });
}

// What no rule of axe looks at: each value cell has headers, spans fill the grid, links have targets.
async function structureFaults(page) {
    return page.evaluate(() => {
        const faults = [];
        for (const link of document.querySelectorAll("a[href^='#']"))
            if (!document.getElementById(link.hash.slice(1)))
                faults.push(`no target: ${link.hash}`);
        for (const table of document.querySelectorAll("table")) {
            const columns = table.querySelectorAll("col").length;
            const widths = [...table.rows].map(() => 0);
            for (const row of table.rows)
                for (const cell of row.cells)
                    for (let i = 0; i < cell.rowSpan; i++)
                        widths[row.rowIndex + i] += cell.colSpan;
            if (widths.some((width) => width !== columns))
                faults.push(`${table.id}: rows of ${widths} columns, not ${columns}`);
            for (const cell of table.querySelectorAll("td"))
                for (const id of cell.headers ? cell.headers.split(" ") : ["(none)"])
                    if (table.querySelector(`th[id="${id}"]`) === null)
                        faults.push(`${table.id}: no header ${id}`);
        }
        const data = document.getElementById("report-data");
        if (data)
            JSON.parse(data.textContent);
        return faults;
    });
}

// 2.1.1, 2.4.1, 2.4.7: the first key shows the skip link; each stop is seen and has an outline.
async function focusFaults(page) {
    const faults = [];
    const count = await page.locator("a[href], [tabindex='0']").count();
    for (let i = 0; i < count; i++) {
        await page.keyboard.press("Tab");
        const fault = await page.evaluate((first) => {
            const element = document.activeElement;
            const box = element.getBoundingClientRect();
            if (first && element.getAttribute("href") !== "#text")
                return "the skip link is not first";
            if (box.bottom <= 0 || box.top >= innerHeight || box.right <= 0 || box.left >= innerWidth)
                return `out of sight: ${element.outerHTML.slice(0, 80)}`;
            if (getComputedStyle(element).outlineStyle === "none")
                return `no outline: ${element.outerHTML.slice(0, 80)}`;
            return null;
        }, i === 0);
        if (fault)
            faults.push(fault);
    }
    return faults;
}

async function checkPage(browser, path) {
    const name = basename(path);
    const url = pathToFileURL(resolve(path)).href;
    const open = async (viewport, colorScheme) => {
        const context = await browser.newContext({ viewport, colorScheme, reducedMotion: "reduce" });
        const page = await context.newPage();
        const requests = [];
        page.on("request", (request) => requests.push(request.url()));
        await page.goto(url);
        return { page, requests, close: () => context.close() };
    };
    for (const [screen, viewport] of Object.entries(SCREENS))
        for (const scheme of ["light", "dark"]) {
            const { page, requests, close } = await open(viewport, scheme);
            tell(`${name}: nothing is fetched (${screen}, ${scheme})`,
                requests.filter((request) => request !== url));
            tell(`${name}: axe finds no violation (${screen}, ${scheme})`, await axeFaults(page));
            await close();
        }
    const { page, close } = await open(SCREENS.desktop, "light");
    tell(`${name}: headers, spans, links and data are whole`, await structureFaults(page));
    tell(`${name}: the keyboard reaches everything, in sight`, await focusFaults(page));
    await page.setViewportSize({ width: 320, height: 256 }); // 1280 × 1024 at 400 %
    tell(`${name}: reflows at 320 px`, await overflowFaults(page));
    await page.addStyleTag({ content: SPACING });
    tell(`${name}: reflows with wide spacing`, await overflowFaults(page));
    await close();
}

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
for (const path of process.argv.slice(2))
    await checkPage(browser, path);
await browser.close();
process.exit(failed ? 1 : 0);
