"""How published tables and texts differ from the form: each pitfall is a change of cells or words."""

import re

FULL = str.maketrans("0123456789", "０１２３４５６７８９")
HALF = str.maketrans("（）：“”", "():\"\"")


def every_value(blocks, change):
    for block in blocks:
        if block[0] == "table":
            for cell in block[1]:
                if cell.kind == "value":
                    cell.text = change(cell.text)


def every_label(blocks, change):
    for block in blocks:
        if block[0] == "table":
            for cell in block[1]:
                if cell.kind != "value":
                    cell.text = change(cell.text)


def some(choose, change, share=.3):
    return lambda text: change(text) if text and choose.random() < share else text


def grouped(text):
    return f"{int(text):,}" if text.isdigit() and len(text) > 3 else text


def broken_label(choose):
    def change(text):
        if len(text) < 4:
            return text
        at = choose.randint(1, len(text) - 1)
        return text[:at] + choose.choice([" ", "\n", "\u3000", "  "]) + text[at:]
    return change


def arabic(text):
    return re.sub("（([一二三四五六七])）", lambda m: f"（{'一二三四五六七'.index(m[1]) + 1}）", text)


# Name: what it does to blocks, given a random choice. These change no value as a reader sees it.
VALUES = {
    "full-width digits": lambda b, c: every_value(b, some(c, lambda t: t.translate(FULL))),
    "thousands separators": lambda b, c: every_value(b, grouped),
    "blanks around values": lambda b, c: every_value(b, some(c, lambda t: f" {t}\u00a0\u3000")),
    "labels broken": lambda b, c: every_label(b, some(c, broken_label(c))),
    "half-width brackets": lambda b, c: every_label(b, lambda t: t.translate(HALF)),
    "1、 for 1.": lambda b, c: every_label(b, lambda t: re.sub(r"^(\d)\.", r"\1、", t)),
    "1． for 1.": lambda b, c: every_label(b, lambda t: re.sub(r"^(\d)\.", r"\1．", t)),
    "（3） for （三）": lambda b, c: every_label(b, arabic),
    "quotes left out": lambda b, c: every_label(b, lambda t: t.replace("“", "").replace("”", "")),
    "colons after labels": lambda b, c: every_label(b, some(c, lambda t: t + "：", .1)),
}

# These are kept as they stand: what comes back is the text itself.
KEPT = {
    "units after values": lambda b, c: every_value(b, some(c, lambda t: t + "件", .05)),
    "dashes for blanks": lambda b, c: every_value(b, lambda t: t or c.choice(["—", "-", "/", "无", "——"])),
}


def rename_headings(blocks, changes):
    for i, block in enumerate(blocks):
        if block[0] == "heading":
            blocks[i] = ("heading", changes(block[1]))


HEADINGS = {
    "deviating headings": lambda t: {
        "一、总体情况": "一、总体工作情况",
        "二、主动公开政府信息情况": "二、主动公开政府信息的情况",
        "三、收到和处理政府信息公开申请情况": "三、收到和处理政府信息公开申请的情况",
        "四、政府信息公开行政复议、行政诉讼情况": "四、因政府信息公开工作被申请行政复议、提起行政诉讼情况",
        "五、存在的主要问题及改进情况": "五、政府信息公开工作存在的主要问题及改进情况",
        "六、其他需要报告的事项": "六、其他需要报告的情况"}.get(t, t),
    "arabic heading numbers": lambda t: re.sub("^([一二三四五六])、",
                                               lambda m: f"{'一二三四五六'.index(m[1]) + 1}.", t),
    "headings with colons": lambda t: t + "：",
    "headings with blanks": lambda t: t.replace("、", "、 ", 1) + "\u3000",
    "headings with dots": lambda t: re.sub("^([一二三四五六])、", r"\1．", t),
    "headings without numbers": lambda t: t.split("、", 1)[1],
    "brackets for heading numbers": lambda t: re.sub("^([一二三四五六])、", r"（\1）", t),
}


def split_table(block, choose):
    """The table in two, as when each page has one of its own; the labels that span stand again."""
    _, cells, rows, columns = block
    at = choose.randint(max(2, rows // 3), rows - 1)
    first = [c for c in cells if c.row < at]
    second = [c for c in cells if c.row >= at]
    upper, lower = [], []
    from common_reports import Cell
    for c in first:
        upper.append(Cell(c.row, c.column, min(c.rows, at - c.row), c.columns, c.kind, c.text))
        if c.row + c.rows > at:
            lower.append(Cell(0, c.column, c.row + c.rows - at, c.columns, c.kind,
                              choose.choice([c.text, ""])))
    for c in second:
        lower.append(Cell(c.row - at, c.column, c.rows, c.columns, c.kind, c.text))
    lower.sort(key=lambda c: (c.row, c.column))
    return [("table", upper, at, columns), ("table", lower, rows - at, columns)]


def repeat_head(block):
    """The head rows once more in the middle, as a page's head."""
    from common_reports import Cell
    _, cells, rows, columns = block
    head = 3 if columns > 4 else 0
    if not head or rows < 10:
        return block
    at = 12
    spans = [c for c in cells if c.row < at < c.row + c.rows]
    if any(c.kind != "group" for c in spans):
        return block
    out = []
    for c in cells:
        if c in spans:
            out.append(Cell(c.row, c.column, at - c.row, c.columns, c.kind, c.text))
            out.append(Cell(at + head, c.column, c.row + c.rows - at, c.columns, c.kind, c.text))
        else:
            out.append(Cell(c.row + (head if c.row >= at else 0), c.column, c.rows, c.columns, c.kind, c.text))
        if c.row < head:
            out.append(Cell(c.row + at, c.column, c.rows, c.columns, c.kind, c.text))
    out.sort(key=lambda c: (c.row, c.column))
    return ("table", out, rows + head, columns)


def apply(blocks, choose, most=4):
    """Some pitfalls, chosen at random, applied to the blocks; their names."""
    names = []
    for pool, chance in (VALUES, .45), (KEPT, .08):
        for name in pool:
            if choose.random() < chance / (1 if pool is KEPT else 2.2):
                pool[name](blocks, choose)
                names.append(name)
    if choose.random() < .5:
        name = choose.choice(list(HEADINGS))
        rename_headings(blocks, HEADINGS[name])
        names.append(name)
    if choose.random() < .3:
        at = choose.choice([i for i, b in enumerate(blocks) if b[0] == "table" and b[2] > 5])
        if choose.random() < .5:
            blocks[at:at + 1] = split_table(blocks[at], choose)
            names.append("table split in two")
        else:
            blocks[at] = repeat_head(blocks[at])
            names.append("head repeated")
    return names
