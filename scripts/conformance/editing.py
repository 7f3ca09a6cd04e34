#!/usr/bin/python3
"""Edit editable reports in LibreOffice, and see that import finds each edit and nothing else.

usage: editing.py NIANBAO FOLDER REPORT.json…

Each report is built, opened, edited in one way, saved as DOCX and imported; the result must be the
report with the same edit made in its JSON. A line an edit; the exit status is 1 when one differs.
"""

import copy
import json
import os
import re
import subprocess
import sys
import zipfile

import office as libreoffice
import uno  # noqa: F401  pylint: disable=unused-import
from com.sun.star.text.ControlCharacter import LINE_BREAK, PARAGRAPH_BREAK


class Sheet:
    """An open document: its numbers by pointer, its paragraphs by what they begin with."""

    def __init__(self, context, path):
        with zipfile.ZipFile(path) as file:
            values = file.read("customXml/item2.xml").decode()
        self.document = libreoffice.load(context, path)
        found = re.findall(r'<value key="\w+" pointer="([^"]*)">([^<]*)<', values)
        fields = list(self.fields())
        shown = [field.Content for field in fields]
        if shown != [text for _, text in found]:
            raise ValueError(f"{len(shown)} fields, not the {len(found)} values of the file")
        self.values = dict(zip((pointer for pointer, _ in found), fields))

    def blocks(self):
        enumeration = self.document.Text.createEnumeration()
        while enumeration.hasMoreElements():
            yield enumeration.nextElement()

    def fields(self):
        for block in self.blocks():
            if not block.supportsService("com.sun.star.text.TextTable"):
                continue
            for name in block.CellNames:
                paragraphs = block.getCellByName(name).createEnumeration()
                while paragraphs.hasMoreElements():
                    portions = paragraphs.nextElement().createEnumeration()
                    while portions.hasMoreElements():
                        portion = portions.nextElement()
                        if portion.TextPortionType == "TextField":
                            yield portion.TextField

    def paragraph(self, start):
        for block in self.blocks():
            if block.supportsService("com.sun.star.text.Paragraph") and block.String.startswith(start):
                return block
        raise ValueError(f"no paragraph begins with {start}")

    def replace(self, old, new, all_of_them=False):
        descriptor = self.document.createReplaceDescriptor()
        descriptor.SearchString, descriptor.ReplaceString = old, new
        descriptor.SearchCaseSensitive = True
        if all_of_them:
            return self.document.replaceAll(descriptor)
        found = self.document.findFirst(descriptor)
        if not found:
            raise ValueError(f"{old} is not there")
        found.String = new
        return 1

    def add_after(self, start, *texts):
        """Type Enter at the end of a paragraph, and go on writing."""
        text = self.document.Text
        cursor = text.createTextCursorByRange(self.paragraph(start).End)
        for words in texts:
            text.insertControlCharacter(cursor, PARAGRAPH_BREAK, False)
            text.insertString(cursor, words, False)

    def break_after(self, words):
        """A line break, which Enter makes inside a control."""
        descriptor = self.document.createSearchDescriptor()
        descriptor.SearchString = words
        found = self.document.findFirst(descriptor)
        cursor = found.Text.createTextCursorByRange(found.End)
        found.Text.insertControlCharacter(cursor, LINE_BREAK, False)

    def remove(self, start):
        self.paragraph(start).dispose()


def at(report, pointer):
    """What holds the value of a pointer, and its key there."""
    *path, last = pointer.strip("/").split("/")
    for key in path:
        report = report[int(key) if isinstance(report, list) else key]
    return report, int(last) if isinstance(report, list) else last


def section(report):
    """The first section that has plain paragraphs enough to be edited, longest first."""
    plain = {name: texts for name, texts in report["sections"].items()
             if all(isinstance(text, str) and "{" not in text for text in texts)}
    return max(plain, key=lambda name: len(plain[name])), max(plain.values(), key=len)


def set_number(pointer, text):
    def edit(sheet, report):
        sheet.values[pointer].Content = " " if text == "null" else text
        holder, key = at(report, pointer)
        holder[key] = json.loads(text)
    return edit


def reword(sheet, report):
    _, texts = section(report)
    sheet.replace(texts[0][:8], "改写之后：" + texts[0][:8])
    texts[0] = "改写之后：" + texts[0]


def rewrite(sheet, report):
    _, texts = section(report)
    sheet.replace(texts[-1], "这一段重新写过，与原来的话没有一点相同。")
    texts[-1] = "这一段重新写过，与原来的话没有一点相同。"


def add_paragraph(sheet, report):
    _, texts = section(report)
    sheet.add_after(texts[0], "新增的一段话。")
    texts.insert(1, "新增的一段话。")


def add_two_at_the_end(sheet, report):
    _, texts = section(report)
    sheet.add_after(texts[-1], "末尾新增的话。", "再加一段话。")
    texts += ["末尾新增的话。", "再加一段话。"]


def split_paragraph(sheet, report):
    _, texts = section(report)
    sheet.break_after(texts[0][:8])
    texts[:1] = [texts[0][:8], texts[0][8:]]


def remove_paragraph(sheet, report):
    _, texts = section(report)
    if len(texts) == 1:
        add_paragraph(sheet, report)
    sheet.remove(texts[0])
    del texts[0]


def rename_agency(sheet, report):
    sheet.replace(report["agency"], report["agency"] + "办公室")
    report["title"] = [line.replace(report["agency"], report["agency"] + "办公室") for line in report.get("title", [])]
    report["agency"] += "办公室"
    if not report["title"]:
        del report["title"]


def many_at_once(sheet, report):
    for edit in (set_number("/disclosure/penalties", "41"), set_number("/requests/carried_in/0", "5"), reword,
                 add_two_at_the_end):
        edit(sheet, report)


def nothing(_sheet, _report):
    pass


EDITS = {
    "saved again": nothing,
    "a count": set_number("/disclosure/licences", "77"),
    "a decimal": set_number("/disclosure/fees", "12.5"),
    "an entry of a row": set_number("/requests/received/0", "123456"),
    "an entry of the last table": set_number("/litigation/reconsideration/1", "9"),
    "a number emptied": set_number("/disclosure/enforcements", "null"),
    "a paragraph reworded": reword,
    "a paragraph rewritten": rewrite,
    "a paragraph put in": add_paragraph,
    "two paragraphs at the end": add_two_at_the_end,
    "a paragraph split by a line break": split_paragraph,
    "a paragraph taken out": remove_paragraph,
    "another agency": rename_agency,
    "many at once": many_at_once,
}


def run(*words, statuses=(0,)):
    done = subprocess.run(words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
    if done.returncode not in statuses:
        raise ValueError(f"{' '.join(words)}: {done.returncode}\n{done.stdout.decode()}")
    return done.stdout.decode()


def try_edit(nianbao, context, folder, source, edit):
    name = os.path.join(folder, "edited")
    run(nianbao, "import", source, "-o", f"{name}-before.json")
    with open(f"{name}-before.json", encoding="utf-8") as file:
        report = json.load(file, parse_float=lambda digits: f"@{digits}@")
    expected = copy.deepcopy(report)
    sheet = Sheet(context, source)
    try:
        edit(sheet, expected)
        libreoffice.save_docx(sheet.document, f"{name}.docx")
    finally:
        sheet.document.close(True)
    with open(f"{name}-expected.json", "w", encoding="utf-8") as file:
        file.write(re.sub('"@(.*?)@"', r"\1", json.dumps(expected, ensure_ascii=False)))
    run(nianbao, "import", f"{name}.docx", "-o", f"{name}.json")
    return run(nianbao, "diff", f"{name}-expected.json", f"{name}.json", statuses=(0, 1))


def main():
    nianbao, folder, *reports = sys.argv[1:]
    os.makedirs(folder, exist_ok=True)
    office, context = libreoffice.connect(os.path.join(folder, "profile"))
    failed = 0
    try:
        for path in reports:
            name = os.path.splitext(os.path.basename(path))[0]
            source = os.path.join(folder, f"{name}.docx")
            run(nianbao, "build", path, "--editable", "-o", source)
            for what, edit in EDITS.items():
                try:
                    found = try_edit(nianbao, context, folder, source, edit)
                except ValueError as error:
                    found = str(error)
                is_good = found == "没有不同\n"
                failed += not is_good
                print("PASS" if is_good else "FAIL", name, what, "" if is_good else found)
    finally:
        libreoffice.end(office, context)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
