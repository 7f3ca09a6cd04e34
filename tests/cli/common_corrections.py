"""Pairs of a report as it was published and as it is corrected, each by what differs."""

import base64
import copy
import json
import os
import struct
import zlib

CASES = {}
CLOSING = ("signature", "date", "attachments")


def case(change):
    CASES[change.__name__.replace("_", "-")] = change
    return change


def pairs(sample):
    """name, old report, new report: the sample with the changes of each case."""
    with open(sample, encoding="utf-8") as file:
        report = json.load(file)
    for name, change in CASES.items():
        old, new = copy.deepcopy(report), copy.deepcopy(report)
        change(old, new)
        yield name, old, new


def write_pairs(sample, folder):
    """Each pair as NAME/old.json and NAME/new.json below the folder; gives the names."""
    names = []
    for name, *reports in pairs(sample):
        os.makedirs(os.path.join(folder, name), exist_ok=True)
        for report, file_name in zip(reports, ("old.json", "new.json")):
            with open(os.path.join(folder, name, file_name), "w", encoding="utf-8") as file:
                json.dump(report, file, ensure_ascii=False, indent=4)
        names.append(name)
    return names


def picture(shade, alt, **more):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes((shade, 120, 90)) * 200) * 120
    png = (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 200, 120, 8, 2, 0, 0, 0))
           + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))
    return {"picture": "data:image/png;base64," + base64.b64encode(png).decode(), "alt": alt, **more}


def without_closing(*reports):
    for report in reports:
        for key in CLOSING:
            report.pop(key, None)


@case
def cells(old, new):
    for row in ("received",), ("outcomes", "granted"):
        values = new["requests"]
        for key in row:
            values = values[key]
        values[0] += 2
        if len(values) == 7:
            values[6] += 2
    new["disclosure"]["fees"] = 3.5


@case
def values_with_commas(old, new):
    old["disclosure"]["licences"] = "1,258"
    old["sections"]["overview"][3] = "全年公开1,258条，占97.5%——比上年多3.1个百分点。"
    new["sections"]["overview"][3] = "全年公开1,260条，占98.5%——比上年多3.2个百分点。"


@case
def empty_and_filled(old, new):
    old["disclosure"]["rules"]["issued"] = None
    new["disclosure"]["penalties"] = None


@case
def words(old, new):
    text = new["sections"]["overview"]
    text[1] = text[1].replace("“五公开”", "“五公开”和政务公开标准化")
    text[0] = text[0].replace("11个", "12个").replace("43个", "45个")


@case
def rewritten(old, new):
    new["sections"]["problems"] = ["我们重新写了这一节。", "存在的问题主要有三个方面，下一步将逐项整改，落实到单位和个人。", "完。"]


@case
def added_and_removed(old, new):
    new["sections"]["overview"].insert(2, "今年新增一段，说明新的情况。")
    del new["sections"]["problems"][1]


@case
def moved(old, new):
    text = new["sections"]["overview"]
    text[1], text[-1] = text[-1], text[1]


@case
def headings(old, new):
    new["sections"]["overview"][2] = "（一）主动公开工作"
    new["sections"]["overview"][4] = "这里不再是标题，而是一段正文。"
    new["sections"]["problems"].insert(1, {"style": "heading2", "text": "新的小标题"})


@case
def run_in_headings(old, new):
    old["sections"]["overview"][3] = "（二）加强领导。全年开会 3 次。"
    new["sections"]["overview"][3] = "（二）加强领导和统筹。全年开会 4 次，培训2次。"


@case
def title(old, new):
    old["title"] = ["云州市人民政府", "2025年度政府信息公开报告"]


@case
def notes(old, new):
    old["notes"] = {"disclosure": ["注：收费金额以万元计。"]}
    new["notes"] = {"requests": ["注：本表数据含垂直管理部门。"]}


@case
def pictures(old, new):
    old["sections"]["overview"].insert(3, picture(200, "旧图", caption="图1 旧"))
    new["sections"]["overview"].insert(3, picture(30, "新图", caption="图1 新", width="60mm"))
    old["sections"]["problems"].insert(1, picture(1, "只在原来"))
    new["sections"]["problems"].insert(2, picture(9, "只在后来", caption="说明"))


@case
def captions(old, new):
    old["sections"]["overview"].insert(3, picture(200, "同一图", caption="图1 2024年"))
    new["sections"]["overview"].insert(3, picture(200, "同一图", caption="图1 2025年"))


@case
def pictures_at_the_end(old, new):
    without_closing(old, new)
    new["sections"]["other"].append(picture(9, "末尾的图"))


@case
def closing_added(old, new):
    without_closing(old)
    new.update(signature=True, date="2026-01-30", attachments=["统计表", "说明"])


@case
def closing_removed(old, new):
    without_closing(new)
    old.update(signature=True, date="2026-01-30")


@case
def closing_changed(old, new):
    old.update(signature=True, date="2026-01-20")
    new.update(signature=True, date="2026-12-31", agency=old["agency"] + "办公室")


@case
def last_paragraph_replaced(old, new):
    without_closing(old, new)
    old["sections"]["other"][-1] = "甲乙丙丁戊己庚辛。"
    new["sections"]["other"][-1] = {"style": "heading2", "text": "子丑寅卯"}


@case
def sections_vanished(old, new):
    new["sections"]["other"] = ["无。"]
    old["sections"]["problems"] = []


@case
def everything(old, new):
    for change in (added_and_removed, title, values_with_commas, closing_added, pictures, notes):
        change(old, new)
