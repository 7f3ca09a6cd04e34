"""corpus.py [--reports N] [--renderings N] [--first N] [--keep DIR] [--verbose]

Renders random reports as pages, DOCX and texts in the ways seen in the wild, and imports each. Every value and
sentence must come back right, or the file must be refused: an error finding says what is missing, and what was
read is right all the same. Exit status 1 when anything was wrong without a word.
"""

import argparse
import copy
import json
import os
import random
import re
import subprocess
import sys
import tempfile

import common_docx
import common_html
import common_pitfalls
import common_reports as reports
import common_text

NIANBAO = os.environ.get("NIANBAO") or os.path.join(reports.ROOT, "build", "release", "nianbao")
RENDERERS = [("html", common_html), ("docx", common_docx), ("html", common_html), ("docx", common_docx), ("txt", common_text)]
BLANK = re.compile(r"[\s\u3000\u00a0\u200b]+")


def bare(text):
    return BLANK.sub("", text)


def order_of_values(form):
    """Pointers in the order in which tables show them."""
    for part in form["parts"]:
        for row in form["tables"][part["table"]]["rows"] if "table" in part else ():
            for cell in row:
                if "value" in cell:
                    yield cell["value"]
                elif "values" in cell:
                    field = form["fields"]
                    for key in cell["values"].split("/")[1:]:
                        field = field[key]
                    for i in range(len(form["vectors"][field.rstrip("?")])):
                        yield f"{cell['values']}/{i}"


def number(text):
    folded = "".join(chr(ord(c) - 0xFEE0) if 0xFF01 <= ord(c) <= 0xFF5E else c for c in bare(text)).replace(",", "")
    return folded


def same_value(got, text):
    """got: what import wrote; text: what the file shows."""
    shown = number(text)
    if not shown:
        return got is None
    if isinstance(got, str) and number(got) == shown:
        return True
    shown = re.sub(r"(?<=\d)件$", "", shown)
    try:
        return got is not None and float(shown) == float(got)
    except (TypeError, ValueError):
        return isinstance(got, str) and number(got) == shown


def fetch(report, pointer):
    try:
        for key in pointer.split("/")[1:]:
            report = report[int(key)] if isinstance(report, list) else report[key]
        return report
    except (KeyError, IndexError, TypeError):
        return "missing"


def compare(report, blocks, got, lost=""):
    """What is wrong, and what is missing. Marks that the file has lost count for nothing."""
    wrong, missing = [], []
    shown = [c.text for b in blocks if b[0] == "table" for c in b[1] if c.kind == "value"]
    pointers = list(order_of_values(reports.load_form(report["form"])))
    assert len(shown) >= len(pointers)
    for pointer, text in zip(pointers, shown):
        value = fetch(got, pointer)
        if value == "missing":
            missing.append(pointer)
        elif not same_value(value, text):
            wrong.append(f"{pointer}: {value!r}, not {text!r}")
    without = str.maketrans("", "", lost)
    for key, items in report["sections"].items():
        there = fetch(got, f"/sections/{key}")
        if there == "missing":
            missing.append(f"/sections/{key}")
        elif bare("".join(there)).translate(without) != bare("".join(items)).translate(without):
            wrong.append(f"/sections/{key}: {''.join(there)[-60:]!r}, not {''.join(items)[-60:]!r}")
    for key in "agency", "year":
        if fetch(got, "/" + key) == "missing":
            missing.append("/" + key)
        elif fetch(got, "/" + key) != report[key]:
            wrong.append(f"/{key}: {got[key]!r}")
    if "notes" in got and not missing:
        wrong.append(f"/notes: {json.dumps(got['notes'], ensure_ascii=False)[:80]}")
    return wrong, missing


def run(path):
    done = subprocess.run([NIANBAO, "import", "--ignore-carried", path], capture_output=True, check=False)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def judge(report, blocks, path, lost=""):
    """ "right", "refused" or "wrong", and why."""
    status, out, messages = run(path)
    errors = re.findall("错误 .*", messages)
    if status not in (0, 1, 4) or (status and not errors):
        return "wrong", [f"exit status {status}: {messages[-200:]}"]
    if status == 4:
        return "refused", errors
    wrong, missing = compare(report, blocks, json.loads(out), lost)
    if wrong:
        return "wrong", wrong + errors[:2]
    if missing and not errors:
        return "wrong", ["silently missing: " + ", ".join(missing[:5])]
    return ("refused" if missing or errors else "right"), errors[:3] or missing


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=50)
    parser.add_argument("--renderings", type=int, default=10)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--keep")
    parser.add_argument("--most-refused", type=float, default=1)
    parser.add_argument("--only", help="html, docx or txt")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    # Of several reports one is read, and the others are told: that is "told".
    counts = {"right": 0, "refused": 0, "wrong": 0, "told": 0}
    by_kind = {}
    with tempfile.TemporaryDirectory() as folder:
        folder = options.keep or folder
        os.makedirs(folder, exist_ok=True)
        for seed in range(options.first, options.first + options.reports):
            former = seed % 6 == 5
            report = reports.make(seed, "annual-report-2019" if former else "annual-report-2021")
            for n in range(options.renderings):
                choose = random.Random(f"{seed} {n}")
                suffix, renderer = RENDERERS[n % len(RENDERERS)]
                if options.only and suffix != options.only:
                    continue
                blocks = copy.deepcopy(list(reports.blocks(report)))
                names = common_pitfalls.apply(blocks, choose)
                if choose.random() < .04:
                    names.append("several reports")
                    blocks += reports.blocks(reports.make(seed + 1, report["form"]))
                content, flags = renderer.render(blocks, choose)
                path = os.path.join(folder, f"{seed:03}-{n:02}.{suffix}")
                with open(path, "wb") as file:
                    file.write(content)
                verdict, why = judge(report, blocks, path)
                if verdict == "right" and "several reports" in names:
                    verdict, why = "wrong", ["one report of several, without a word"]
                elif verdict == "refused" and "several reports" in names and any("另一份报告" in w for w in why):
                    verdict = "told"
                counts[verdict] += 1
                by_kind.setdefault(suffix, dict.fromkeys(counts, 0))[verdict] += 1
                if verdict == "wrong" or (options.verbose and verdict != "right"):
                    print(f"{verdict} {os.path.basename(path)}: {'; '.join(names)} | {' '.join(flags)}")
                    for reason in why[:4]:
                        print("   ", reason[:200])
    total = sum(counts.values())
    print(f"{total} files: " + ", ".join(f"{n} {verdict}" for verdict, n in counts.items()) + " " + str(by_kind))
    return 1 if counts["wrong"] or counts["refused"] > options.most_refused * total else 0


if __name__ == "__main__":
    sys.exit(main())
