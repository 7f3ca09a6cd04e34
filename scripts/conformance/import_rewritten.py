"""import_rewritten.py NIANBAO OUTDIR [COUNT]   Do reports come back from what other programs made of a DOCX?

Random reports are built; LibreOffice saves each DOCX as DOCX, page and text, python-docx saves it again, pandoc makes
DOCX, a page and Markdown of it, and a browser copies the page of each. The carried data are passed over: every value and sentence must come back, or the
file be refused with a reason. Prints a line a way; exit status 1 when anything was wrong.
"""

import copy
import html
import json
import os
import re
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "corpus"))
import common_reports as reports  # noqa: E402
import corpus  # noqa: E402

FIRST = 4000
# How each way is run, the suffix it gives, and whether all must come back: Markdown loses spans.
WAYS = {
    "LibreOffice: DOCX": ("docx", True), "LibreOffice: page": ("html", True), "LibreOffice: text": ("txt", True),
    "python-docx": ("docx", True), "pandoc: DOCX": ("docx", True), "pandoc: page": ("html", True),
    "pandoc: Markdown": ("txt", False), "copied from a browser": ("txt", True),
}


def libreoffice(folder, target, kind, files):
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
                    "--outdir", target, *files], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


SELECT = """<script>window.onload = function () {
    var selection = window.getSelection();
    selection.selectAllChildren(document.body);
    var text = selection.toString();
    document.documentElement.innerHTML = "<body><pre></pre></body>";
    document.querySelector("pre").textContent = "[" + text + "]";
}</script></body>"""


def copied(folder, page):
    """What a browser copies of the whole page."""
    scripted = os.path.join(folder, "selected.html")
    with open(page, encoding="utf-8") as file, open(scripted, "w", encoding="utf-8") as out:
        out.write(file.read().replace("</body>", SELECT))
    done = subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder}/browser",
                           "--dump-dom", "file://" + scripted], check=True, capture_output=True, text=True)
    return html.unescape(re.search(r"<pre>\[(.*)\]</pre>", done.stdout, re.S)[1])


def make(way, folder, files):
    target = os.path.join(folder, way.replace(": ", "-"))
    os.makedirs(target, exist_ok=True)
    if way.startswith("LibreOffice"):
        libreoffice(folder, target, {"docx": "docx", "html": "html", "txt": "txt:Text (encoded):UTF8"}[WAYS[way][0]],
                    files)
    for file in files:
        out = os.path.join(target, os.path.basename(file)[:-5] + "." + WAYS[way][0])
        if way == "copied from a browser":
            with open(out, "w", encoding="utf-8") as text:
                text.write(copied(folder, file[:-5] + ".html"))
        elif way == "python-docx":
            subprocess.run(["/usr/bin/python3", "-c", "import sys, docx; docx.Document(sys.argv[1]).save(sys.argv[2])",
                            file, out], check=True)
        elif way.startswith("pandoc"):
            kind = {"docx": "docx", "html": "html", "txt": "markdown-smart-simple_tables-multiline_tables-grid_tables"}
            subprocess.run(["pandoc", "--wrap=none", "-s", file, "-t", kind[WAYS[way][0]], "-o", out], check=True,
                           stderr=subprocess.DEVNULL)
    return target


def main():
    nianbao, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 10
    corpus.NIANBAO = nianbao
    os.makedirs(folder, exist_ok=True)
    names = []
    for seed in range(FIRST, FIRST + count):
        names.append(os.path.join(folder, f"{seed}.json"))
        with open(names[-1], "w", encoding="utf-8") as file:
            json.dump(reports.make(seed), file, ensure_ascii=False)
    subprocess.run([nianbao, "build", "--force", *names, "-f", "docx,html", "-o", folder], check=True,
                   stderr=subprocess.DEVNULL)
    files = [name[:-5] + ".docx" for name in names]
    failed = False
    for way, (suffix, is_whole) in WAYS.items():
        target = make(way, folder, files)
        counts = {"right": 0, "refused": 0, "wrong": 0}
        for seed in range(FIRST, FIRST + count):
            report = reports.make(seed)
            verdict, why = corpus.judge(report, copy.deepcopy(list(reports.blocks(report))),
                                        os.path.join(target, f"{seed}.{suffix}"))
            counts[verdict] += 1
            if verdict == "wrong" or (is_whole and verdict != "right"):
                failed = True
                print(f"{verdict} {way} {seed}: {'; '.join(why)[:400]}")
        print(f"{way}: " + ", ".join(f"{n} {verdict}" for verdict, n in counts.items()))
    return 1 if failed else 0


sys.exit(main())
