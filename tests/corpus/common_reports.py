"""Reports made at random, and what a published form of one shows: titles, headings, paragraphs, tables."""

import json
import os
import random

ROOT = os.environ.get("NB_SOURCE_DIR") or os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
WORDS = """主动公开 政府信息 依申请公开 平台建设 监督保障 规范性文件 集中发布 政策解读 政务新媒体 公众号 档案馆 图书馆 查阅点
    办理时限 答复文书 培训班 考核评议 常态化 第三方评估 乡镇街道 村务公开 卫生健康 义务教育 社会救助 生态环境 安全生产
    “一网通办” 《条例》 《政府工作报告》 目录管理 动态调整 互动交流 12345热线 PDF格式 OFD文件 IPv6访问 App端 2.83万条 96.5%
    3月15日 118.7亿元 https://www.example.gov.cn/zwgk 云州发布 人民群众 获得感 进一步提升""".split()
VERBS = "开展 完善 加强 推进 落实 公布 组织 受理 答复 整改 优化 健全 印发 发布 修订".split()
PLACES = "青石县 云州市 东湖区 白马镇 江北新区 长宁区 石门县 南岗区".split()
BODIES = "人民政府 档案局 卫生健康委员会 教育局 财政局 生态环境局 农业农村局 统计局 （本级）".split()


def load_form(name="annual-report-2021"):
    with open(os.path.join(ROOT, "layouts", name + ".json"), encoding="utf-8") as file:
        return json.load(file)


def sentence(choose):
    pieces = []
    for _ in range(choose.randint(1, 4)):
        pieces.append(choose.choice(VERBS) + "".join(choose.sample(WORDS, choose.randint(1, 3))))
    return "，".join(pieces) + choose.choice("。。。。；！") if choose.random() < .97 else "，".join(pieces) + "。"


def paragraph(choose):
    text = "".join(sentence(choose) for _ in range(choose.randint(1, 6)))
    return text[:-1] + "。"


def prose(choose, kind):
    if kind == "other" and choose.random() < .4:
        return [choose.choice(["无。", "无其他需要报告的事项。", "本年度未收取信息处理费。"])]
    items = []
    for number in "一二三四五六"[:choose.randint(1, 5)]:
        style = choose.random()
        if style < .4:
            items += [f"（{number}）{choose.choice(VERBS)}{choose.choice(WORDS[:20])}情况", paragraph(choose)]
        elif style < .6:
            items.append(f"{number}是{paragraph(choose)}")
        else:
            items += [paragraph(choose) for _ in range(choose.randint(1, 2))]
    return items


def count(choose):
    size = choose.random()
    if size < .55:
        return 0
    if size < .85:
        return choose.randint(1, 30)
    return choose.randint(31, 9999) if size < .98 else choose.randint(10000, 30000000)


def row(choose, size, blanks):
    values = [count(choose) for _ in range(size - 1)]
    values.append(sum(values) + (choose.randint(1, 9) if choose.random() < .02 else 0))
    return [None if blanks and choose.random() < .2 else value for value in values]


def fill(form, fields, choose, blanks):
    values = {}
    for key, kind in fields.items():
        if isinstance(kind, dict):
            values[key] = fill(form, kind, choose, blanks)
        elif kind.rstrip("?") in form["vectors"]:
            values[key] = row(choose, len(form["vectors"][kind.rstrip("?")]), blanks)
        elif kind.startswith("count"):
            values[key] = None if blanks and choose.random() < .2 else count(choose)
        elif kind.startswith("change"):
            values[key] = choose.randint(-20, 20)
        elif kind.startswith("amount"):
            values[key] = choose.choice([0, 3, 12.5, 1284.6, 0.05, 158.3341])
    return values


def make(seed, form="annual-report-2021"):
    """A report that differs from every other seed's."""
    choose = random.Random(seed)
    form = load_form(form)
    blanks = choose.random() < .3
    report = {"form": form["form"], "agency": choose.choice(PLACES) + choose.choice(BODIES),
              "year": choose.randint(2021, 2025) if "2021" in form["form"] else choose.randint(2019, 2020)}
    report["sections"] = {key: prose(choose, key) for key in ("overview", "problems", "other")}
    for key in "disclosure", "requests", "litigation":
        report[key] = fill(form, form["fields"][key], choose, blanks)
    return report


def lookup(report, pointer):
    for key in pointer.split("/")[1:]:
        report = report[key]
    return report


def pointers(report, at=""):
    """Every value of the tables: its pointer and what it is."""
    for key in ("disclosure", "requests", "litigation") if not at else report:
        value = report[key]
        if isinstance(value, dict):
            yield from pointers(value, f"{at}/{key}")
        elif isinstance(value, list):
            for i, entry in enumerate(value):
                yield f"{at}/{key}/{i}", entry
        else:
            yield f"{at}/{key}", value


class Cell:
    def __init__(self, row, column, rows, columns, kind, text):
        self.row, self.column, self.rows, self.columns = row, column, rows, columns
        self.kind, self.text = kind, text


def shown(value):
    return "" if value is None else str(value)


def cells(form, report, name):
    """The cells of a table with their spans, as many rows and columns as it has."""
    table = form["tables"][name]
    taken, found = set(), []
    for r, source in enumerate(table["rows"]):
        column = 0
        for given in source:
            kind = next(k for k in ("band", "head", "group", "label", "value", "values") if k in given)
            if kind == "values":
                texts = [("value", shown(v)) for v in lookup(report, given[kind])]
            elif kind == "value":
                texts = [("value", shown(lookup(report, given[kind])))]
            else:
                texts = [(kind, given[kind])]
            for role, text in texts:
                while (r, column) in taken:
                    column += 1
                rows, columns = given.get("rows", 1), given.get("columns", 1)
                found.append(Cell(r, column, rows, columns, role, text))
                taken |= {(r + i, column + k) for i in range(rows) for k in range(columns)}
                column += columns
    return found, len(table["rows"]), len(table["columns"])


def blocks(report):
    """What is published, in order: ("title" | "heading" | "paragraph", text) or ("table", cells, rows, columns)."""
    form = load_form(report["form"])
    for line in form["title"]:
        yield "title", line.format(agency=report["agency"], year=report["year"])
    for part in form["parts"]:
        yield "heading", part["heading"]
        if "table" in part:
            yield ("table", *cells(form, report, part["table"]))
        else:
            for item in lookup(report, part["prose"]):
                yield "paragraph", item
