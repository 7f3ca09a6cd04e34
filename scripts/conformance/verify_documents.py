"""verify_documents.py NIANBAO OUTDIR [COUNT]   Does verify tell what was changed in a document, and nothing else?

Random reports are built; verify must find each PDF and DOCX the same. Then one value, or one word, of the DOCX is
changed, and the data attached to the PDF: verify must name just that. Exit status 1 when it does not.
"""

import json
import os
import random
import re
import subprocess
import sys
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "corpus"))
import common_reports as reports  # noqa: E402
import corpus  # noqa: E402


def verify(nianbao, path):
    done = subprocess.run([nianbao, "verify", "--format", "json", path], capture_output=True, check=False)
    return done.returncode, json.loads(done.stdout)["findings"]


def rewrite(source, target, change):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == "word/document.xml" else content)


def value_cells(document):
    """The table cells that hold a number or nothing, those that a cell above goes on into left out."""
    cells = re.finditer(r"<w:tc>.*?</w:tc>", document, re.S)
    return [c for c in cells if "<w:vMerge/>" not in c[0] and
            re.fullmatch(r"[\d.]*", "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", c[0])))]


def check_value(nianbao, folder, name, choose):
    pointers = list(corpus.order_of_values(reports.load_form()))
    path = os.path.join(folder, "value.docx")
    chosen = None

    def change(document):
        nonlocal chosen
        cells = value_cells(document)
        assert len(cells) == len(pointers), (len(cells), len(pointers))
        chosen = choose.choice([i for i, cell in enumerate(cells) if re.search(r">\d+</w:t>", cell[0])])
        cell = cells[chosen]
        changed = re.sub(r">\d+</w:t>", ">77777</w:t>", cell[0])
        return document[:cell.start()] + changed + document[cell.end():]

    rewrite(os.path.join(folder, name + ".docx"), path, change)
    status, found = verify(nianbao, path)
    return (status == 1 and [(f["rule"], f["pointer"]) for f in found] == [("V1", pointers[chosen])], found,
            pointers[chosen])


def check_word(nianbao, folder, name, report):
    path = os.path.join(folder, "word.docx")
    # Ideographs alone are one run of text, and within one sentence.
    piece = next(filter(None, (re.search("[\u4e00-\u9fff]{5}", item) for part in report["sections"].values()
                               for item in part)))[0]
    rewrite(os.path.join(folder, name + ".docx"), path, lambda text: text.replace(piece, piece[:2] + "甲乙" + piece[2:], 1))
    status, found = verify(nianbao, path)
    return (status == 1 and len(found) == 1 and found[0]["rule"] == "V2" and piece[:2] + "甲乙" in found[0]["message"],
            found, piece)


def check_attachment(nianbao, folder, name, report):
    changed = json.loads(json.dumps(report))
    changed["litigation"]["direct_suits"][2] = 88888
    data = os.path.join(folder, "changed.json")
    with open(data, "w", encoding="utf-8") as file:
        json.dump(changed, file, ensure_ascii=False)
    pdf = os.path.join(folder, name + ".pdf")
    bare, path = os.path.join(folder, "bare.pdf"), os.path.join(folder, "attached.pdf")
    subprocess.run(["qpdf", pdf, "--remove-attachment=report.json", bare], check=True)
    os.replace(data, os.path.join(folder, "report.json"))
    subprocess.run(["qpdf", bare, "--add-attachment", os.path.join(folder, "report.json"), "--", path], check=True)
    status, found = verify(nianbao, path)
    return (status == 1 and [(f["rule"], f["pointer"]) for f in found] == [("V1", "/litigation/direct_suits/2")],
            found, "direct_suits")


def main():
    nianbao, folder = os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 50
    os.makedirs(folder, exist_ok=True)
    names = []
    for seed in range(3000, 3000 + count):
        names.append(os.path.join(folder, f"{seed}.json"))
        with open(names[-1], "w", encoding="utf-8") as file:
            json.dump(reports.make(seed), file, ensure_ascii=False)
    subprocess.run([nianbao, "build", "--force", *names, "-f", "pdf,docx", "-o", folder], check=True,
                   stderr=subprocess.DEVNULL)
    failed = checked = 0
    for seed in range(3000, 3000 + count):
        report, choose, name = reports.make(seed), random.Random(seed), str(seed)
        checks = []
        for suffix in ".pdf", ".docx":
            status, found = verify(nianbao, os.path.join(folder, name + suffix))
            checks.append((status == 0 and not found, found, "unchanged" + suffix))
        checks.append(check_value(nianbao, folder, name, choose))
        checks.append(check_word(nianbao, folder, name, report))
        checks.append(check_attachment(nianbao, folder, name, report))
        for good, found, what in checks:
            checked += 1
            if not good:
                failed += 1
                print(f"{seed} {what}: {json.dumps(found, ensure_ascii=False)[:400]}")
    print(f"{checked} checks, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
