"""Blocks as text: what extraction leaves, tables as tabs, bars or columns."""

import unicodedata


def width(text):
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def first_rows(block):
    """Each row's cells that begin in it."""
    _, cells, rows, _ = block
    return [[c for c in cells if c.row == r] for r in range(rows)]


def tabs(choose, block, odd):
    out = ""
    for row in first_rows(block):
        for cell in row:
            text = cell.text
            if cell.kind == "value" and odd and choose.random() < .05:
                text = choose.choice(["[bookmark: _GoBack]", "&nbsp;"]) + text
            out += "\t" + text + "\n"
        out += "\n"
    return out


def old_word(choose, block):
    """The text of a .doc: each cell ends with \\x07, each row with one more."""
    return "".join("".join(c.text.replace("\n", "\x0b") + "\x07" for c in row) + "\x07" for row in first_rows(block))


def grid(block):
    """The whole grid: a cell's text in its first place."""
    _, cells, rows, columns = block
    lines = [[""] * columns for _ in range(rows)]
    for c in cells:
        lines[c.row][c.column] = c.text
    return lines


def bars(choose, block, full):
    rows = grid(block) if full else [[c.text for c in row] for row in first_rows(block)]
    out = ""
    for i, row in enumerate(rows):
        out += "| " + " | ".join(text.replace("\n", "<br>") for text in row) + " |\n"
        if i == 0:
            out += "|" + " --- |" * len(row) + "\n"
    return "\n" + out + "\n"


def lines_of_cells(choose, block):
    """What LibreOffice writes: a cell a line, an empty line for an empty cell or the rest of one merged downwards."""
    _, cells, rows, _ = block
    return "".join((c.text if c.row == r else "") + "\n" for r in range(rows)
                   for c in cells if c.row <= r < c.row + c.rows)


def lines_of_own_cells(choose, block):
    return "".join(c.text + "\n" for row in first_rows(block) for c in row)


def lines_apart(choose, block):
    """A cell a paragraph, with an empty line after each."""
    return "".join(c.text + "\n\n" for row in first_rows(block) for c in row)


def drawn(choose, block):
    """The text of a PDF in the order of its drawing: values held apart by a blank, labels broken, nothing for blanks."""
    out = ""
    for row in first_rows(block):
        labels, values = [c for c in row if c.kind != "value"], [c.text for c in row if c.kind == "value" and c.text]
        for label in labels:
            at = choose.randint(1, max(1, len(label.text) - 1)) if choose.random() < .2 else 0
            out += (label.text[:at] + "\n" if at and label.text[at - 1:at + 1].strip() else label.text[:at])
            out += label.text[at:] + ("\n" if label.rows > 1 or choose.random() < .3 else " ")
        out += " ".join(values) + "\n"
    return "\n".join(line for line in out.split("\n") if line.strip()) + "\n"


def pasted(choose, block):
    """What a browser copies: a row a line, tabs between cells."""
    return "".join("\t".join(c.text for c in row) + "\n" for row in first_rows(block))


def spreadsheet(choose, block):
    """What a spreadsheet copies: the whole grid, a cell with line breaks in quotes."""
    return "".join("\t".join(f'"{x}"' if "\n" in x else x for x in row) + "\n" for row in grid(block))


def columns(choose, block):
    """Columns held apart by blanks: a label over several lines, values beside its middle."""
    _, cells, rows, count = block
    widths = [0] * count
    wrap = 16
    pieces = {}
    for c in cells:
        text = c.text.replace("\n", "")
        limit = wrap if c.kind != "value" else 99
        lines, line = [], ""
        for ch in text:
            if width(line + ch) > limit:
                lines.append(line)
                line = ""
            line += ch
        pieces[c] = lines + ([line] if line else [])
        if c.columns == 1:
            widths[c.column] = max([widths[c.column]] + [width(x) for x in pieces[c]])
    widths = [max(w, 4) for w in widths]
    for c in cells:
        need = max([width(x) for x in pieces[c]] + [0])
        have = sum(widths[c.column:c.column + c.columns]) + 2 * (c.columns - 1)
        if need > have:
            widths[c.column + c.columns - 1] += need - have
    starts = [sum(widths[:i]) + 2 * i for i in range(count)]
    out = ""
    heights = [max([len(pieces[c]) for c in cells if c.row == r and c.rows == 1] + [1]) for r in range(rows)]
    for c in cells:
        heights[c.row + c.rows - 1] += max(0, len(pieces[c]) - sum(heights[c.row:c.row + c.rows]))
    tops = [sum(heights[:r]) for r in range(rows)]
    lines = [dict() for _ in range(sum(heights))]
    for c in cells:
        high = sum(heights[c.row:c.row + c.rows])
        first = tops[c.row] + max(0, (high - len(pieces[c])) // 2)
        for i, piece in enumerate(pieces[c]):
            if first + i < len(lines):
                room_here = sum(widths[c.column:c.column + c.columns]) + 2 * (c.columns - 1)
                pad = (room_here - width(piece)) // 2 if c.kind != "label" else 0
                lines[first + i][starts[c.column] + pad] = piece
    for line in lines:
        text = ""
        for start in sorted(line):
            text += " " * max(1 if text else 0, start - width(text)) + line[start]
        out += text + "\n"
    return out


def render(blocks, choose):
    form = choose.choice(["tabs", "bars", "full bars", "old word", "columns", "lines of cells", "lines of cells",
                          "lines of own cells", "lines apart", "drawn", "pasted", "pasted", "spreadsheet"])
    odd = choose.random() < .4
    out = ""
    end = "\r" if form == "old word" else "\n"
    if form == "pasted" and choose.random() < .5:
        out += "".join(b[1] + "\n" for b in blocks if b[0] == "title") + "目录\n"
        out += "".join(b[1] + "\n" for b in blocks if b[0] == "heading")
    for block in blocks:
        if block[0] == "table":
            out += {"tabs": lambda: tabs(choose, block, odd), "bars": lambda: bars(choose, block, False),
                    "full bars": lambda: bars(choose, block, True), "columns": lambda: columns(choose, block),
                    "old word": lambda: old_word(choose, block),
                    "lines of cells": lambda: lines_of_cells(choose, block), "drawn": lambda: drawn(choose, block),
                    "lines of own cells": lambda: lines_of_own_cells(choose, block),
                    "lines apart": lambda: lines_apart(choose, block), "pasted": lambda: pasted(choose, block),
                    "spreadsheet": lambda: spreadsheet(choose, block)}[form]()
        else:
            text = block[1]
            if form == "old word" and odd and len(text) > 20:
                text = text[:5] + "\x13 PAGEREF x \x14" + text[5:8] + "\x15" + text[8:] + "\x01"
            if form in ("bars", "full bars"):
                out += ("# " if block[0] == "title" else "## " if block[0] == "heading" else "") + text + "\n\n"
            else:
                out += ("\u3000\u3000" if odd and block[0] == "paragraph" else "") + text + end
    charset = choose.choice(["utf-8", "utf-8", "gb18030", "utf-8-sig", "utf-16"])
    if choose.random() < .3 and form != "old word":
        out = out.replace("\n", "\r\n")
    return out.encode(charset), [form, charset] + (["odd"] if odd else [])
