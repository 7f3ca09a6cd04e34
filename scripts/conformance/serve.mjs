// serve.mjs NIANBAO FOLDER [FLOW…]   The page in Chromium: a published report is dropped in, mended and taken
// out again; tables are pasted and walked through; all of it by keyboard; drafts outlive the server and
// are not written over; axe-core finds nothing in any view. Pictures of the views go to FOLDER.

import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { differs, hasFailed, startServer, tell } from "./serving.mjs";

const require = createRequire(resolve(process.env.NB_TOOLS, "package.json"));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");

const [nianbao, folder] = process.argv.slice(2);
const tree = resolve(import.meta.dirname, "../..");
const published = join(tree, "tests/import/jianghan-2022.txt");
const sample = join(tree, "samples/district-statistics-bureau.json");

const server = await startServer(nianbao);
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM,
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"] });
const troubles = []; // what the browser complains of, and every request that goes elsewhere

async function openPage(viewport = { width: 1500, height: 950 }, address = server.address) {
    const context = await browser.newContext({ viewport, acceptDownloads: true });
    const page = await context.newPage();
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("console", (message) => {
        if (message.type() === "error" && !/Failed to load resource/.test(message.text()))
            troubles.push(message.text());
    });
    page.on("request", (request) => {
        if (!request.url().startsWith(server.address) && !/^(blob|data):/.test(request.url()))
            troubles.push(`a request to ${request.url()}`);
    });
    await page.goto(address);
    return page;
}

const field = (page, pointer) => page.locator(`.parts [data-pointer="${pointer}"]`);
const settled = (page) => page.waitForTimeout(600);

async function openFile(page, file) {
    await page.setInputFiles("#file", file);
    await page.locator(".editor").waitFor();
    await page.locator(".paper svg").first().waitFor({ state: "attached" });
    await settled(page);
}

async function accessible(page, name) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() => window.axe.run(document, {
        rules: { "target-size": { enabled: true } } }));
    tell(`${name}: axe-core finds nothing`, violations.flatMap(({ id, help, nodes }) =>
        nodes.map((node) => `${id}: ${help}: ${node.target.join(" ")}`)));
}

const squeeze = (text) => text.replace(/\s/g, "");

async function shownText(page) {
    return squeeze(await page.evaluate(() =>
        [...document.querySelectorAll(".paper svg text")].map((text) => text.textContent).join("")));
}

async function downloadOf(page, thing) {
    const waiting = page.waitForEvent("download");
    await thing.click();
    // A report that has errors is made when one says so.
    const asked = page.locator("dialog .main");
    const download = await Promise.race([waiting, asked.waitFor().then(() => null).catch(() => waiting)]);
    if (!download)
        await asked.click();
    return readFileSync(await (await waiting).path());
}

const downloaded = (page, name) => downloadOf(page, page.getByRole("button", { name, exact: true }));

async function mendPublished() {
    const page = await openPage();
    await page.screenshot({ path: join(folder, "start.png") });
    await accessible(page, "the first view");
    await openFile(page, published);
    await page.screenshot({ path: join(folder, "editor.png") });
    await accessible(page, "the editor");
    const marked = await page.evaluate(() => [...document.querySelectorAll(".findings-list .error .tag")].map((tag) => tag.textContent));
    tell("the two sums that are wrong are found", differs("A2", marked.filter((tag) => tag.endsWith("A2")).length, 2));
    for (const entry of [0, 6])
        tell(`the total of column ${entry} is marked`, differs("severity",
            await field(page, `/requests/outcomes/total/${entry}`).getAttribute("data-severity"), "error"));
    await page.getByRole("button", { name: "采用" }).first().click();
    await settled(page);
    for (const entry of [0, 6])
        tell(`the first repair sets column ${entry}`, differs("value",
            await field(page, `/requests/outcomes/refused/administrative_queries/${entry}`).inputValue(), "4"));
    const left = await page.locator(".findings-list .error").count();
    tell("then no sum is wrong", differs("A2", await page.locator(".findings-list .tag", { hasText: "A2" }).count(), 0));
    await compareWithCommand(page, left > 0);
    await page.context().close();
}

async function compareWithCommand(page, force) {
    const json = join(folder, "report.json");
    writeFileSync(json, await downloaded(page, "JSON"));
    for (const format of ["pdf", "docx"]) {
        const output = join(folder, `report.${format}`);
        execFileSync(nianbao, ["build", json, "-o", output, ...(force ? ["--force"] : [])], { stdio: "ignore" });
        const bytes = await downloaded(page, format.toUpperCase());
        tell(`the ${format} is the command's, byte for byte`, bytes.equals(readFileSync(output)) ? [] : ["they differ"]);
    }
    const text = squeeze(execFileSync("pdftotext", ["-raw", join(folder, "report.pdf"), "-"], { encoding: "utf8" }));
    tell("the pages shown have the text of the PDF", differs("text", await shownText(page), text));
    await compareDraft(page, json);
}

async function compareDraft(page, json) {
    const output = join(folder, "draft.pdf");
    await page.getByLabel("标明草稿").check();
    await settled(page);
    await page.screenshot({ path: join(folder, "draft.png") });
    execFileSync(nianbao, ["build", json, "-o", output, "--draft"], { stdio: "ignore" });
    tell("a draft is the command's, byte for byte",
        (await downloaded(page, "PDF")).equals(readFileSync(output)) ? [] : ["they differ"]);
    const text = squeeze(execFileSync("pdftotext", ["-raw", output, "-"], { encoding: "utf8" }));
    tell("and its pages are shown", differs("text", await shownText(page), text));
}

async function pasteBlock() {
    const page = await openPage();
    await openFile(page, sample);
    const block = Array.from({ length: 25 }, (_, row) => Array.from({ length: 7 }, (_, column) => row * 7 + column));
    block[3][2] = "1,258";
    block[4][2] = "";
    block[5][2] = "１２";
    const before = String(await downloaded(page, "JSON"));
    const text = block.map((row) => row.join("\t")).join("\r\n");
    await field(page, "/requests/received/0").evaluate((input, data) => {
        input.focus();
        const clipboardData = new DataTransfer();
        clipboardData.setData("text/plain", data);
        input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
    }, text);
    await settled(page);
    const report = JSON.parse(String(await downloaded(page, "JSON")));
    const { requests } = report;
    tell("a block of 7 × 25 pastes", [
        ...differs("first row", requests.received, [0, 1, 2, 3, 4, 5, 6]),
        ...differs("thousands", requests.outcomes.partly_granted[2], 1258),
        ...differs("blank", requests.outcomes.refused.state_secret[2], null),
        ...differs("full width", requests.outcomes.refused.law_forbids[2], 12),
        ...differs("last row", requests.carried_out, [168, 169, 170, 171, 172, 173, 174]),
    ]);
    await page.keyboard.press("Control+z");
    await settled(page);
    tell("and is undone at once", differs("report", String(await downloaded(page, "JSON")), before));
    await page.context().close();
}

async function press(page, key, times = 1) {
    for (let i = 0; i < times; i++)
        await page.keyboard.press(key);
}

// Tab until the element in focus is one that the test wants.
async function tabTo(page, selector) {
    for (let i = 0; i < 400; i++) {
        if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector))
            return;
        await page.keyboard.press("Tab");
    }
    throw new Error(`the keyboard does not reach ${selector}`);
}

async function byKeyboard() {
    const page = await openPage();
    await page.locator("form option").first().waitFor({ state: "attached" });
    await tabTo(page, "form input[autocomplete=organization]");
    await page.keyboard.type("青石县档案馆");
    await press(page, "Tab");
    await page.keyboard.type("2025");
    await press(page, "Enter");
    await page.locator(".editor").waitFor();
    await tabTo(page, ".prose button");
    await press(page, "Enter");
    await page.keyboard.type("（一）主动公开");
    await press(page, "Enter");
    await page.keyboard.type("本年度公开信息8条。");
    await tabTo(page, '[data-pointer="/requests/received/0"]');
    await page.keyboard.type("3");
    await press(page, "ArrowRight");
    await page.keyboard.type("1");
    await press(page, "ArrowDown");
    await page.keyboard.type("2");
    await press(page, "Enter");
    await page.keyboard.type("5");
    await settled(page);
    const seen = JSON.parse(await page.evaluate(() => JSON.stringify(Object.fromEntries(
        ["/requests/received/0", "/requests/received/1", "/requests/carried_in/1", "/requests/outcomes/granted/1"]
            .map((pointer) => [pointer, document.querySelector(`[data-pointer="${pointer}"]`).value])))));
    tell("by keyboard alone a report is begun and filled in", [
        ...differs("cells", Object.values(seen), ["3", "1", "2", "5"]),
        ...differs("paragraphs", await page.evaluate(() =>
            [...document.querySelectorAll('.parts [data-pointer^="/sections/overview/"]')].map((one) => one.value)),
        ["（一）主动公开", "本年度公开信息8条。"]),
    ]);
    await tabTo(page, ".findings-list button");
    await press(page, "Enter");
    tell("and a finding leads to its place", differs("focus", await page.evaluate(() =>
        Boolean(document.activeElement.dataset.pointer)), true));
    await press(page, "Control+z");
    await page.evaluate(() => document.getElementById("main").focus());
    await page.context().close();
}

async function previewAndField() {
    const page = await openPage();
    await openFile(page, sample);
    await page.locator('.paper [data-pointer="/requests/received/0"] text').first().click();
    tell("a click on the page leads to its field", differs("focus", await page.evaluate(() =>
        document.activeElement.dataset.pointer), "/requests/received/0"));
    tell("a field shows its place on the page", differs("mark", await page.locator(".paper .here").first()
        .getAttribute("data-pointer"), "/requests/received/0"));
    await page.context().close();
    await keystrokes();
}

// From a keystroke to the frame in which the page shows it, in a report of six pages.
async function keystrokes() {
    const page = await openPage();
    await openFile(page, join(tree, "samples/provincial-city.json"));
    const waits = await page.evaluate(async () => {
        const input = document.querySelector('.parts [data-pointer="/disclosure/licences"]');
        const isShown = (text) => [...document.querySelectorAll('.paper [data-pointer="/disclosure/licences"] text')]
            .some((one) => one.textContent.includes(text));
        const shows = (text) => new Promise((resolve) => {
            const look = () => (isShown(text) ? requestAnimationFrame(() => setTimeout(resolve)) : setTimeout(look, 1));
            look();
        });
        const times = [];
        for (let i = 0; i < 21; i++) {
            const begun = performance.now();
            input.value = String(100 + i);
            input.dispatchEvent(new Event("input", { bubbles: true }));
            await shows(input.value);
            times.push(Math.round(performance.now() - begun));
            await new Promise((resolve) => setTimeout(resolve, 200));
        }
        return times;
    });
    waits.sort((a, b) => a - b);
    tell("the report has six pages", differs("pages", await page.locator(".paper svg").count(), 6));
    tell(`the pages follow within 150 ms (${waits[10]} ms)`, waits[10] <= 150 ? [] : [`${waits.join(" ")} ms`]);
    await page.context().close();
}

async function keepDrafts() {
    const page = await openPage();
    await openFile(page, sample);
    const address = page.url();
    await field(page, "/disclosure/licences").fill("31");
    await page.waitForTimeout(1200);
    const other = await page.context().newPage();
    await other.goto(address);
    await field(other, "/disclosure/licences").waitFor();
    await other.waitForTimeout(300);
    tell("a draft is there when the page is loaded again", differs("value",
        await field(other, "/disclosure/licences").inputValue(), "31"));
    tell("two tabs on one draft are told of each other", [
        ...differs("first", await page.locator(".state").getAttribute("data-state"), "tab"),
        ...differs("second", await other.locator(".state").getAttribute("data-state"), "tab"),
    ]);
    await field(other, "/disclosure/licences").fill("32");
    await other.waitForTimeout(1200);
    await field(page, "/disclosure/licences").fill("33");
    await page.waitForTimeout(1200);
    tell("who saves later is asked", differs("state", await page.locator(".state").getAttribute("data-state"), "conflict"));
    await page.getByRole("button", { name: "以这里的为准" }).click();
    await page.waitForTimeout(800);
    tell("and may have it", differs("state", await page.locator(".state").getAttribute("data-state"), "saved"));
    await other.close();
    await page.route("**/api/**", (route) => route.abort());
    await field(page, "/disclosure/licences").fill("34");
    await page.waitForTimeout(1200);
    tell("without the server the browser keeps it", differs("state",
        await page.locator(".state").getAttribute("data-state"), "here"));
    await page.unroute("**/api/**");
    await page.reload();
    await field(page, "/disclosure/licences").waitFor();
    tell("and has it when the server is back", differs("value",
        await field(page, "/disclosure/licences").inputValue(), "34"));
    await page.context().close();
}

// What stands beside tables and sections: the closing, pictures, names of values, rules turned off, last year.
async function restOfReport() {
    const page = await openPage();
    await openFile(page, sample);
    await field(page, "/title").fill("青石县\n年度报告");
    await field(page, "/attachments").fill("1. 统计表");
    await field(page, "/signature").setChecked(false);
    await field(page, "/signature").setChecked(true);
    await page.locator('.prose input[type=file]').first().setInputFiles({ name: "a.png", mimeType: "image/png",
        buffer: Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==", "base64") });
    const picture = page.locator(".paragraph.picture").first();
    await picture.getByLabel("图片说明").fill("一个点");
    await picture.getByLabel("宽度").fill("20mm");
    const paragraph = page.locator('.parts [data-pointer="/sections/other/0"]');
    await paragraph.fill("收到");
    await paragraph.press("End");
    await page.locator("section", { has: paragraph }).getByRole("button", { name: "插入表中数值" }).last().click();
    await page.locator("dialog input[type=search]").fill("新收 总计");
    await accessible(page, "a dialog");
    await page.screenshot({ path: join(folder, "dialog.png") });
    await page.locator("dialog .main").click();
    await settled(page);
    const report = JSON.parse(String(await downloaded(page, "JSON")));
    tell("title, attachments, signature, a picture and a value's name are written", [
        ...differs("title", report.title, ["青石县", "年度报告"]),
        ...differs("attachments", report.attachments, ["1. 统计表"]),
        ...differs("signature", report.signature, true),
        ...differs("picture", Object.keys(report.sections.overview.at(-1)).sort(), ["alt", "picture", "width"]),
        ...differs("name", report.sections.other[0], "收到{requests.received.total}"),
    ]);
    await page.screenshot({ path: join(folder, "editor-rest.png") });
    await turnOff(page);
    await takeLastYear(page, report);
    await page.context().close();
}

async function turnOff(page) {
    await page.locator('.parts [data-pointer="/sections/other/0"]').fill("全年收到政府信息公开申请987654件。");
    await settled(page);
    const finding = page.locator(".findings-list li", { hasText: "987654" }).first();
    await finding.locator("button.link").click();
    tell("a finding selects what it is about", differs("selection", await page.evaluate(() => {
        const { value, selectionStart, selectionEnd } = document.activeElement;
        return value.slice(selectionStart, selectionEnd).includes("987654") && selectionEnd - selectionStart < value.length;
    }), true));
    const rule = (await finding.locator(".tag").textContent()).split(" ").at(-1);
    await finding.getByRole("button", { name: `本报告不适用 ${rule}` }).click();
    await page.locator("dialog input").fill("含上级转来的件。");
    await page.locator("dialog .main").click();
    await settled(page);
    tell("a rule is turned off with its reason", [
        ...differs("findings", await page.locator(".findings-list li", { hasText: "987654" }).count(), 0),
        ...differs("told", await page.locator(".checks-list").textContent().then((text) => text.includes("含上级转来的件。")), true)]);
    await accessible(page, "the editor with a rule turned off");
    await page.getByRole("button", { name: "恢复" }).click();
    await settled(page);
    tell("and on again", differs("hidden", await page.locator(".checks-list").isVisible(), false));
}

async function takeLastYear(page, report) {
    const last = structuredClone(report);
    last.year -= 1;
    last.requests.carried_out = [1, 2, 3, 0, 0, 0, 6];
    for (let entry = 0; entry < 7; entry++)
        await field(page, `/requests/carried_in/${entry}`).fill("");
    await page.setInputFiles("#previous-file", { name: "last.json", mimeType: "application/json", buffer: Buffer.from(JSON.stringify(last)) });
    await page.locator(".last-year", { hasText: String(last.year) }).waitFor();
    tell("last year's report fills what was carried in", differs("cell", await field(page, "/requests/carried_in/2").inputValue(), "3"));
}

// Many reports: a sheet of which one row is wrong is uploaded, made, looked at and taken out.
async function manyReports() {
    const page = await openPage();
    await page.getByRole("button", { name: "打开", exact: true }).click();
    await page.locator(".bulk option").first().waitFor({ state: "attached" });
    await accessible(page, "the view for many reports");
    const starter = await downloadOf(page, page.getByRole("link", { name: "空表（XLSX）" }));
    tell("the empty sheet is a workbook", differs("first bytes", starter.subarray(0, 2).toString(), "PK"));
    const report = JSON.parse(readFileSync(sample, "utf8"));
    const rows = Array.from({ length: 24 }, (_, row) => {
        const one = structuredClone(report);
        one.requests.received[6] += row === 17 ? 1 : 0;
        return JSON.stringify(one);
    });
    await page.getByLabel(/填好的表格/).setInputFiles({
        name: "各机关.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(rows.join("\n")) });
    await page.getByRole("button", { name: "开始制作" }).click();
    await page.locator(".run progress").waitFor();
    await page.screenshot({ path: join(folder, "bulk-at-work.png"), fullPage: true });
    await page.locator(".manifest tbody tr").first().waitFor({ timeout: 60000 });
    await page.screenshot({ path: join(folder, "bulk.png"), fullPage: true });
    await accessible(page, "what became of the rows");
    const seen = await page.evaluate(() => [...document.querySelectorAll(".manifest tbody tr")].map((row) =>
        `${row.cells[0].textContent} ${row.className}`));
    tell("the row that failed stands first", [
        ...differs("first", seen[0], "18 failed"), ...differs("rows", seen.length, 24)]);
    const archive = await downloadOf(page, page.getByRole("link", { name: "全部文件（ZIP）" }));
    const manifest = await downloadOf(page, page.getByRole("link", { name: "清单（JSONL）" }));
    tell("the files and the manifest come out", [
        ...differs("archive", archive.subarray(0, 2).toString(), "PK"),
        ...differs("manifest", String(manifest).trim().split("\n").length, 25)]);
    await page.locator(".run").getByRole("button", { name: "删除" }).click();
    await page.locator("dialog").getByRole("button", { name: "删除" }).click();
    await page.locator(".run").waitFor({ state: "detached" });
    await page.context().close();
}

// WCAG 1.4.10 and 1.4.4: narrow screens, twice the size, larger type, English.
async function otherScreens() {
    for (const [name, width] of [["narrow", 360], ["middle", 800], ["wide", 1920]]) {
        const page = await openPage({ width, height: 900 });
        await openFile(page, published);
        await page.screenshot({ path: join(folder, `editor-${name}.png`), fullPage: width < 1000 });
        await accessible(page, `the editor, ${width} px wide`);
        tell(`pages keep their height out of sight at ${width} px`, differs("heights", await page.evaluate(() =>
            [...document.querySelectorAll(".paper svg")].every((one) =>
                Math.abs(one.getBoundingClientRect().height / one.getBoundingClientRect().width - Math.SQRT2) < 0.02)), true));
        tell(`nothing is cut off at ${width} px`, differs("overflow", await page.evaluate(() =>
            document.documentElement.scrollWidth <= document.documentElement.clientWidth), true));
        await page.context().close();
    }
    for (const width of [360, 800]) {
        const narrow = await openPage({ width, height: 900 }, `${server.address}#/bulk`);
        await narrow.locator(".bulk option").first().waitFor({ state: "attached" });
        await narrow.screenshot({ path: join(folder, `bulk-${width}.png`), fullPage: true });
        await accessible(narrow, `the view for many reports, ${width} px wide`);
        await narrow.context().close();
    }
    const page = await openPage({ width: 640, height: 480 });
    await page.getByRole("button", { name: "English" }).click();
    await page.getByRole("button", { name: "Larger type" }).click();
    await page.screenshot({ path: join(folder, "start-english.png"), fullPage: true });
    await accessible(page, "the first view in English, in larger type");
    await openFile(page, published);
    await page.screenshot({ path: join(folder, "editor-english.png"), fullPage: true });
    await accessible(page, "the editor in English, in larger type");
    await page.context().close();
}

const wanted = process.argv.slice(4); // names of flows; none: all
for (const flow of [mendPublished, pasteBlock, byKeyboard, previewAndField, keepDrafts, restOfReport, manyReports, otherScreens]
    .filter(({ name }) => !wanted.length || wanted.includes(name)))
    try {
        await flow();
    } catch (error) {
        tell(flow.name, [String(error)]);
    }
tell("the browser has nothing to complain of, and asks nobody else", troubles);
await browser.close();
await server.stop();
process.exit(hasFailed() ? 1 : 0);
