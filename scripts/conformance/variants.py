"""variants.py REPORT.json FOLDER   Writes the report 22 times, each time with one more line before the
tables, so that the long table meets the foot of a page at every row; and 20 times with its
paragraphs shuffled and joined, so that lines break at other places."""

import json
import os
import random
import sys

PAGE_LINES = 22


def write(folder, name, report):
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
        json.dump(report, file, ensure_ascii=False, indent=1)


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    folder = sys.argv[2]
    for extra in range(PAGE_LINES):
        report = json.loads(text)
        report["sections"]["overview"] += [f"补充说明第{i + 1}行。" for i in range(extra)]
        write(folder, f"sweep-{extra:02}", report)
    choose = random.Random(9704)
    for number in range(20):
        report = json.loads(text)
        prose = [p for p in report["sections"]["overview"] + report["sections"]["problems"]
                 if isinstance(p, str) and len(p) > 30]
        report["sections"]["overview"] = [
            "".join(choose.sample(prose, choose.randint(1, 3)))[choose.randint(0, 9):] for _ in range(8)]
        write(folder, f"mixed-{number:02}", report)


main()
