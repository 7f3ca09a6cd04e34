"""What a DOCX says with its tracked changes accepted or rejected, as ISO/IEC 29500-1, 17.13.5 has it."""

import re
import zipfile
from xml.etree import ElementTree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WORD_JOINER = "\u2060"


def part(path, name="word/document.xml"):
    with zipfile.ZipFile(path) as package:
        return ElementTree.fromstring(package.read(name))


def style_of(paragraph):
    style = paragraph.find(f"{W}pPr/{W}pStyle")
    return "" if style is None else style.get(W + "val")


def pieces(element, dropped):
    """The text of an element without the changes of one kind; a picture is [picture]."""
    for child in element:
        if child.tag == W + dropped:
            continue
        if child.tag in (W + "t", W + "delText"):
            yield (child.text or "").replace(WORD_JOINER, "")
        elif child.tag == W + "br":
            yield "\n"
        elif child.tag == W + "drawing":
            yield "[picture]"
        elif child.tag not in (W + "pPr", W + "rPr"):
            yield from pieces(child, dropped)


def end_is_gone(paragraph, dropped):
    return paragraph.find(f"{W}pPr/{W}rPr/{W}{dropped}") is not None


def cell_text(cell, dropped):
    """A span that goes on, or a label that stands again on a new page, is empty."""
    merge = cell.find(f"{W}tcPr/{W}vMerge")
    paragraphs = cell.findall(W + "p")
    if (merge is not None and merge.get(W + "val") != "restart") or style_of(paragraphs[0]) == "TableLabelRepeated":
        return ""
    return "\n".join("".join(pieces(paragraph, dropped)) for paragraph in paragraphs)


def blocks(path, dropped="del"):
    """The body's blocks when the changes of the other kind stand: "del" dropped is all accepted.

    A paragraph is its text, a table a tuple of rows of cells.
    """
    found, open_text = [], None
    for child in part(path).find(W + "body"):
        if child.tag == W + "tbl":
            rows = [row for row in child.findall(W + "tr") if row.find(f"{W}trPr/{W}{dropped}") is None]
            if rows:
                found.append(tuple(tuple(cell_text(cell, dropped) for cell in row.findall(W + "tc")) for row in rows))
        elif child.tag == W + "p":
            text = (open_text or "") + "".join(pieces(child, dropped))
            open_text = None
            if end_is_gone(child, dropped):
                open_text = text
            else:
                found.append(text)
    if open_text is not None:
        found.append(open_text + "¶ is missing")
    return found


def changes(path):
    """Every change: its kind and what it holds."""
    found = []
    for element in part(path).iter():
        if element.tag in (W + "ins", W + "del"):
            kind = re.sub(r"{.*}", "", element.tag)
            found.append((kind, "".join(pieces(element, "")), element.get(W + "author"), element.get(W + "date")))
    return found
