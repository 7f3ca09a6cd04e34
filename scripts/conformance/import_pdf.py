"""import_pdf.py NIANBAO OUTDIR [COUNT]   Do reports come back from the pages of PDFs of several producers?

Random reports are built, their DOCX printed by LibreOffice and their page by a browser, and each PDF is imported
without the data it carries. Every value and every sentence must be right; but LibreOffice leaves out some of the
marks that hang at line ends, so that its sentences are compared without them. Prints a line a producer; exit
status 1 when anything was not.
"""

import copy
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "corpus"))
import common_reports as reports  # noqa: E402
import corpus  # noqa: E402


def build(nianbao, folder, count):
    names = []
    for seed in range(1000, 1000 + count):
        report = reports.make(seed)
        name = os.path.join(folder, f"{seed}.json")
        with open(name, "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False)
        names.append(name)
    subprocess.run([nianbao, "build", "--force", *names, "-f", "pdf,docx,html", "-o", os.path.join(folder, "nianbao")],
                   check=True, stderr=subprocess.DEVNULL)


def print_by_libreoffice(folder, files):
    subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", "pdf",
                    "--outdir", os.path.join(folder, "LibreOffice"), *files], check=True, stdout=subprocess.DEVNULL,
                   stderr=subprocess.DEVNULL)


def print_by_browser(folder, files):
    os.makedirs(os.path.join(folder, "Chromium"), exist_ok=True)
    for file in files:
        target = os.path.join(folder, "Chromium", os.path.basename(file)[:-5] + ".pdf")
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu",
                        f"--user-data-dir={folder}/browser", f"--print-to-pdf={target}", file], check=False,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def main():
    nianbao, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 30
    corpus.NIANBAO = nianbao
    os.makedirs(folder, exist_ok=True)
    build(nianbao, folder, count)
    built = os.path.join(folder, "nianbao")
    made = sorted(os.listdir(built))
    print_by_libreoffice(folder, [os.path.join(built, f) for f in made if f.endswith(".docx")])
    print_by_browser(folder, [os.path.join(built, f) for f in made if f.endswith(".html")])
    failed = False
    for producer in "nianbao", "LibreOffice", "Chromium":
        counts = {"right": 0, "refused": 0, "wrong": 0}
        for seed in range(1000, 1000 + count):
            report = reports.make(seed)
            path = os.path.join(folder, producer, f"{seed}.pdf")
            verdict, why = corpus.judge(report, copy.deepcopy(list(reports.blocks(report))), path,
                                        "，。；" if producer == "LibreOffice" else "")
            counts[verdict] += 1
            if verdict != "right":
                print(f"{verdict} {producer} {seed}: {'; '.join(why)[:300]}")
        print(f"{producer}: " + ", ".join(f"{n} {verdict}" for verdict, n in counts.items()))
        failed = failed or counts["right"] < count
    return 1 if failed else 0


sys.exit(main())
