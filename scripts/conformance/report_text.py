"""report_text.py REPORT.json FILE.pdf|FILE.docx   Is what the report says what the document says?

Every line of the title, heading, paragraph, label and number must be in the document's text, in
the form's order. Blanks, line breaks and page numbers are passed over. A row's label and its
numbers must follow each other directly.
"""

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
import zipfile

LAYOUTS = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "layouts")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
# Besides blanks: the marks without width that only steer line breaking.
UNSEEN = re.compile(r"[\s\u200b\u2060\ufeff]+")


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file, parse_int=str, parse_float=str)


def bare(text):
    return UNSEEN.sub("", text)


def lookup(report, pointer):
    for key in pointer.split("/")[1:]:
        report = report.get(key) if isinstance(report, dict) else None
    return report


def vector(report, pointer, size):
    """A row of numbers as printed; a total that was left out is computed. None: all left out."""
    row = lookup(report, pointer)
    if row is None:
        return None
    if len(row) == size - 1:
        row = row + [str(sum(int(number or 0) for number in row))]
    return "".join(number or "" for number in row)


def field_kind(form, pointer):
    field = form["fields"]
    for key in pointer.split("/")[1:]:
        field = field[key]
    return field.rstrip("?")


def single(form, report, cell):
    """A number as printed: a change with its sign, and the cell's unit."""
    number = lookup(report, cell["value"])
    if not number:
        return ""
    grows = field_kind(form, cell["value"]) == "change" and not number.startswith(("-", "0"))
    return ("+" if grows else "") + number + cell.get("unit", "")


def table(form, report, rows):
    """The texts of a table, by row; numbers are joined to the text before them."""
    for row in rows:
        joined = ""
        for cell in row:
            pointer = cell.get("value") or cell.get("values")
            if pointer is None:
                if joined:
                    yield joined
                joined = next(cell[kind] for kind in ("band", "head", "group", "label")
                              if kind in cell)
            elif "value" in cell:
                joined += single(form, report, cell)
            else:
                numbers = vector(report, pointer, len(form["vectors"][field_kind(form, pointer)]))
                if numbers is None:
                    # Computed from other rows: that is for the tests to show.
                    yield joined
                    joined = ""
                else:
                    joined += numbers
        yield joined


def expected(form, report):
    title = report.get("title") or [
        line.format(agency=report["agency"], year=report["year"]) for line in form["title"]]
    yield from title
    for part in form["parts"]:
        yield part["heading"]
        if "table" in part:
            yield from table(form, report, form["tables"][part["table"]]["rows"])
        else:
            for item in lookup(report, part["prose"]) or []:
                text = item if isinstance(item, str) else item["text"]
                # What a {pointer} in the text is filled with may be anything.
                yield from re.split(r"\{[^{}]*\}", text)


def pdf_text(path, number):
    pages = subprocess.run(["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], capture_output=True,
                           check=True).stdout.decode().split("\f")
    text = ""
    for n, page in enumerate(pages, 1):
        footer = bare(f"{number['before']}{n}{number['after']}")
        text += "".join(line for line in map(bare, page.split("\n")) if line != footer)
    return text


def docx_text(path):
    with zipfile.ZipFile(path) as archive:
        document = ElementTree.fromstring(archive.read("word/document.xml"))
    return bare("".join(node.text or "" for node in document.iter(WORD + "t")))


def main():
    report, path = load(sys.argv[1]), sys.argv[2]
    form = load(os.path.join(LAYOUTS, report["form"] + ".json"))
    if path.endswith(".pdf"):
        number = load(os.path.join(LAYOUTS, form["style"] + ".json"))["page_number"]
        text = pdf_text(path, number)
    else:
        text = docx_text(path)
    at = missing = count = 0
    for words in filter(None, map(bare, expected(form, report))):
        count += 1
        found = text.find(words, at)
        if found >= 0:
            at = found + len(words)
        else:
            missing += 1
            print(f"missing: {words[:60]}\n  after: …{text[max(0, at - 30):at]}"
                  f"\n  there: {text[at:at + 60]}…")
    print(f"{count - missing} of {count} texts found")
    return 1 if missing or not count else 0


sys.exit(main())
