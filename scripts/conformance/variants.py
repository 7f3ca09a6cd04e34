"""variants.py REPORT.json FOLDER   Writes the report 22 times, each time with one more line before the
tables, so that the long table meets the foot of a page at every row; 20 times with its
paragraphs shuffled and joined, so that lines break at other places; and once with all that a report
may have: pictures, notes, attachments, a signature, characters beyond the BMP."""

import base64
import json
import os
import random
import struct
import sys
import zlib

PAGE_LINES = 22


def write(folder, name, report):
    with open(os.path.join(folder, name + ".json"), "w", encoding="utf-8") as file:
        json.dump(report, file, ensure_ascii=False, indent=1)


def bars_png(values, width=360, height=160):
    """A bar chart as a PNG: 8-bit gray, one bar a value."""
    step = width // len(values)
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        for x in range(width):
            bar = values[min(x // step, len(values) - 1)] * (height - 10) // max(values)
            inside = step // 5 < x % step < step * 4 // 5 and y >= height - bar
            rows.append(96 if inside else 255)

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(rows), 9)) +
            chunk(b"IEND", b""))


def everything(report):
    picture = base64.b64encode(bars_png([5, 9, 4, 12, 7])).decode()
    report["date"], report["signature"] = "2026-01-20", True
    report["attachments"] = ["主动公开目录", "依申请公开办理情况说明"]
    report["notes"] = {"requests": ["注：本表由办公室统计。"]}
    report["sections"]["overview"] += [
        "生僻字𠮷、𬭊、㐂和西文Ａｇ、ǚ都要排得出来，⅔、№、℃也一样。",
        {"picture": "data:image/png;base64," + picture, "alt": "五个季度公开件数的条形图", "caption": "图1 公开件数"}]
    return report


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    folder = sys.argv[2]
    for extra in range(PAGE_LINES):
        report = json.loads(text)
        report["sections"]["overview"] += [f"补充说明第{i + 1}行。" for i in range(extra)]
        write(folder, f"sweep-{extra:02}", report)
    write(folder, "everything", everything(json.loads(text)))
    choose = random.Random(9704)
    for number in range(20):
        report = json.loads(text)
        prose = [p for p in report["sections"]["overview"] + report["sections"]["problems"]
                 if isinstance(p, str) and len(p) > 30]
        report["sections"]["overview"] = [
            "".join(choose.sample(prose, choose.randint(1, 3)))[choose.randint(0, 9):] for _ in range(8)]
        write(folder, f"mixed-{number:02}", report)


main()
