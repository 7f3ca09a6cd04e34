"""Published reports in other forms: made from extracted text, and without the data they carry.

usage: common_published.py FROM TO   Copies a DOCX or a page without its data.
"""

import html
import re
import sys
import zipfile

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def strip_docx(source, target):
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if not name.startswith("customXml/"):
                new.writestr(name, old.read(name))


def strip_html(source, target):
    with open(source, encoding="utf-8") as file:
        text = file.read()
    text = re.sub(r'<script type="application/json" id="report-data"[^>]*>.*?</script>', "", text,
                  flags=re.S)
    with open(target, "w", encoding="utf-8") as file:
        file.write(text)


def strip(source, target):
    (strip_docx if source.endswith(".docx") else strip_html)(source, target)


def blocks_of(text):
    """Paragraphs as strings, tables as lists of rows of cells of lines."""
    blocks = []
    in_row = False
    for line in text.splitlines():
        if line.startswith("\t"):
            if not blocks or isinstance(blocks[-1], str):
                blocks.append([])
            if not in_row:
                blocks[-1].append([])
            in_row = True
            blocks[-1][-1].append([line[1:]])
        elif not line.strip():
            in_row = False
        elif in_row and not re.match("[一二三四五六]、", line):
            blocks[-1][-1][-1].append(line)
        else:
            in_row = False
            blocks.append(line)
    return blocks


def page(blocks, charset="utf-8", before="", after="", paragraph="<p>{}</p>"):
    """A page as a site's editor leaves it."""
    body = []
    for block in blocks:
        if isinstance(block, str):
            body.append(paragraph.format(html.escape(block)))
            continue
        rows = ("".join("<td><p>" + "<br>".join(map(html.escape, cell)) + "&nbsp;</p></td>"
                        for cell in row) for row in block)
        body.append("<table border=1>" + "\n".join(f"<tr>{row}" for row in rows) + "</table>")
    text = (f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">'
            f"<script>var a = '<p>一、总体情况</p>';</script></head><body>{before}"
            f'<div id="content">{chr(10).join(body)}</div>{after}</body></html>')
    return text.encode(charset)


def run(text):
    return f'<w:r><w:t xml:space="preserve">{html.escape(text)}</w:t></w:r>'


def paragraph(text, properties=""):
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def table(rows):
    cells = ("".join(f'<w:tc><w:tcPr/>{"".join(paragraph(line) for line in cell)}</w:tc>'
                     for cell in row) for row in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def body(blocks):
    return "".join(paragraph(b) if isinstance(b, str) else table(b) for b in blocks)


def document(content):
    return (f'<?xml version="1.0"?><w:document xmlns:w="{WORD}" xmlns:mc="urn:mc" xmlns:v="urn:v">'
            f"<w:body>{content}</w:body></w:document>")


def relationships(*pairs):
    items = "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target}"/>'
                    for i, (kind, target) in enumerate(pairs))
    return f'<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'


def write_docx(path, text, parts=None):
    """A DOCX whose main part is elsewhere than usual, with further parts such as numbering.xml."""
    parts = parts or {}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("_rels/.rels", relationships(("officeDocument", "/text/main.xml")))
        file.writestr("text/_rels/main.xml.rels",
                      relationships(*((name.split(".")[0], name) for name in parts)))
        file.writestr("text/main.xml", text)
        for name, content in parts.items():
            file.writestr("text/" + name, content)


if __name__ == "__main__":
    strip(*sys.argv[1:])
