"""nianbao import of DOCX, pages and text in other charsets."""

import glob
import json
import os
import re
import struct
import subprocess
import zipfile

import common_published as published
from common import PUBLISHED, CommandTest, unittest

SOURCE = os.environ["NB_SOURCE_DIR"]


def read(path, encoding="utf-8"):
    with open(path, encoding=encoding) as file:
        return file.read()


def text():
    return read(PUBLISHED + ".txt").replace("[bookmark: _GoBack]", "")


class ImportFiles(CommandTest):
    def setUp(self):
        super().setUp()
        self.expected = read(PUBLISHED + ".expected.json")
        self.blocks = published.blocks_of(text())

    def write_bytes(self, name, content):
        with open(self.path(name), "wb") as file:
            file.write(content)
        return name

    def expect_published(self, name, rules=()):
        """The published report comes out, and no more is told than these rules."""
        out, err = self.expect(0, "import", name)
        self.assertEqual(out, self.expected)
        self.assertEqual(re.findall(r" ([A-Z]+\d*): ", err), list(rules), err)

    def docx(self, content, parts=None):
        published.write_docx(self.path("x.docx"), published.document(content), parts)
        return "x.docx"


class RoundTrip(ImportFiles):
    def reports(self):
        return (glob.glob(SOURCE + "/samples/*.json") +
                glob.glob(SOURCE + "/tests/import/*.expected.json"))

    def built(self, report, suffix):
        self.expect(0, "build", report, "--force", "-o", "x" + suffix)
        return "x" + suffix

    def test_carried_data_come_back_byte_for_byte(self):
        for report in self.reports():
            self.built(report, ".docx")
            with zipfile.ZipFile(self.path("x.docx")) as file:
                item = file.read("customXml/item1.xml").decode()
            carried = re.search(r"<report[^>]*>(.*)</report>", item, re.S)[1]
            carried = carried.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
            for name in "x.docx", self.built(report, ".html"), self.built(report, ".pdf"):
                out, err = self.expect(0, "import", name)
                self.assertEqual(out, carried)
                self.assertIn("说明 I1: 文件附有报告数据", err)
                self.assertNotIn("警告", err)

    def test_escapes_of_the_page_are_undone(self):
        report = json.loads(read(SOURCE + "/samples/minimal.json"))
        report["sections"]["other"] = ["</script><!--<script>", "a\\/b <\\!"]
        self.write("in.json", json.dumps(report, ensure_ascii=False))
        self.built("in.json", ".docx")
        self.built("in.json", ".html")
        self.assertEqual(self.expect(0, "import", "x.html")[0],
                         self.expect(0, "import", "x.docx")[0])
        self.assertIn('"</script><!--<script>"', self.expect(0, "import", "x.html")[0])

    def test_without_carried_data_what_is_printed_comes_back(self):
        # Unknowable: that the title was the form's own, that a total was computed, a date that
        # is not printed.
        for report in self.reports():
            for suffix in ".docx", ".html":
                name = self.built(report, suffix)
                whole = json.loads(self.expect(0, "import", name)[0])
                published.strip(self.path(name), self.path("bare" + suffix))
                out, err = self.expect(0, "import", "bare" + suffix)
                bare = json.loads(out)
                self.assertNotIn("I2", err)
                if "title" not in whole:
                    del bare["title"]
                if not whole.get("signature"):
                    whole.pop("date", None)
                self.assertEqual(without_totals(bare), without_totals(whole), report)
                if "title" in whole and not report.endswith("provincial-city.json"):
                    self.assertEqual(out, self.expect(0, "import", name)[0])

    def test_closing_lines(self):
        report = json.loads(read(SOURCE + "/samples/provincial-city.json"))
        report["signature"] = True
        report["attachments"] = ["主动公开目录", "统计表"]
        self.write("in.json", json.dumps(report, ensure_ascii=False))
        for suffix in ".docx", ".html":
            name = self.built("in.json", suffix)
            published.strip(self.path(name), self.path("bare" + suffix))
            self.assertEqual(self.expect(0, "import", "bare" + suffix)[0],
                             self.expect(0, "import", name)[0])

    def test_damaged_data_give_way_to_the_text(self):
        self.built(PUBLISHED + ".expected.json", ".html")
        page = read(self.path("x.html"))
        self.write("x.html", re.sub(r'(id="report-data"[^>]*>)\{', r"\1", page))
        self.expect_published("x.html", ["I4"])


def without_totals(value):
    """Rows of counts without their last, which may have been left out."""
    if isinstance(value, dict):
        return {key: without_totals(item) for key, item in value.items() if key != "total"}
    if isinstance(value, list) and all(isinstance(item, int) for item in value):
        return value[:4 if len(value) < 6 else 6]
    return value


class Docx(ImportFiles):
    def test_plain(self):
        self.expect_published(self.docx(published.body(self.blocks)))

    def test_content_controls_and_wrappers(self):
        content = published.body(self.blocks)
        content = content.replace("<w:tr>", "<w:sdt><w:sdtPr/><w:sdtContent><w:tr>")
        content = content.replace("</w:tr>", "</w:tr></w:sdtContent></w:sdt>")
        content = content.replace("<w:r>", '<w:hyperlink><w:smartTag><w:r>')
        content = content.replace("</w:r>", "</w:r></w:smartTag></w:hyperlink>")
        self.expect_published(self.docx(f"<w:sdt><w:sdtContent>{content}</w:sdtContent></w:sdt>"))

    def test_tracked_changes_are_taken_as_accepted(self):
        content = published.body(self.blocks)
        content = content.replace("<w:r>", '<w:del><w:r><w:delText>9</w:delText><w:t>8</w:t></w:r>'
                                  "</w:del><w:ins><w:r>").replace("</w:r></w:p>", "</w:r></w:ins></w:p>")
        content = content.replace("</w:tbl>", "<w:tr><w:trPr><w:del/></w:trPr><w:tc>" +
                                  published.paragraph("多") + "</w:tc></w:tr></w:tbl>")
        self.expect_published(self.docx(content), ["I4"])

    def test_fields_show_their_result(self):
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        start = (mark.format("begin") + "<w:r><w:instrText> = 1 + 1 </w:instrText></w:r>" +
                 mark.format("separate"))
        content = published.body(self.blocks)
        content = content.replace("</w:pPr><w:r>", f"</w:pPr>{start}<w:r>")
        content = content.replace("</w:r></w:p>", "</w:r>" + mark.format("end") + "</w:p>")
        toc = start.replace(" = 1 + 1 ", ' TOC \\o "1-3" ')
        contents = f"<w:p>{toc}{published.run('一、总体情况')}</w:p><w:p>{mark.format('end')}</w:p>"
        self.expect_published(self.docx(contents + content))

    def test_invisible_characters_and_hidden_text(self):
        content = published.body(self.blocks).replace("总体", "总\u2060体").replace("公开", "公\u00ad开")
        content = content.replace("</w:pPr>", "</w:pPr><w:r><w:rPr><w:vanish/></w:rPr>"
                                  "<w:t>藏</w:t></w:r>")
        self.expect_published(self.docx(content))

    def test_merged_cells(self):
        rows = next(b for b in self.blocks if not isinstance(b, str) and len(b) > 20)
        whole = published.table(rows)
        merged = whole.replace("<w:tc><w:tcPr/><w:p><w:pPr></w:pPr><w:r><w:t xml:space=\"preserve\">"
                               "</w:t></w:r></w:p></w:tc>",
                               "<w:tc><w:tcPr><w:vMerge/></w:tcPr>" +
                               published.paragraph("三、本年度办理结果") + "</w:tc>"
                               "<w:tc><w:tcPr><w:hMerge w:val=\"continue\"/></w:tcPr>" +
                               published.paragraph("旧") + "</w:tc>")
        self.assertNotEqual(whole, merged)
        self.expect_published(self.docx(published.body(self.blocks).replace(whole, merged)))

    def test_text_boxes_come_after_their_paragraph_once(self):
        box = "<w:txbxContent>{}</w:txbxContent>".format(published.paragraph("无。"))
        both = ("<w:r><mc:AlternateContent><mc:Choice>{0}</mc:Choice><mc:Fallback><w:pict><v:a>{0}"
                "</v:a></w:pict></mc:Fallback></mc:AlternateContent></w:r>").format(box)
        self.assertEqual(self.blocks[-1], "无。")
        content = published.body(self.blocks[:-1])
        end = content.rindex("</w:p>")
        self.expect_published(self.docx(content[:end] + both + content[end:]))

    def test_a_table_that_lays_out_the_page(self):
        content = published.body(self.blocks)
        self.expect_published(self.docx(
            f"<w:tbl><w:tr><w:tc>{content}</w:tc></w:tr></w:tbl>"))

    def test_a_table_in_a_cell_is_flattened(self):
        inner = "<w:tbl><w:tr><w:tc>" + published.paragraph("0") + "</w:tc></w:tr></w:tbl><w:p/>"
        content = published.body(self.blocks)
        at = content.index(published.paragraph("0"))
        content = content[:at] + inner + content[at + len(published.paragraph("0")):]
        self.expect_published(self.docx(content), ["I4"])

    def numbered(self, styled):
        levels = (("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"),
                  ("decimal", "%3."), ("decimal", "%1.%4"))
        numbering = f'<w:numbering xmlns:w="{published.WORD}"><w:abstractNum w:abstractNumId="0">'
        for i, (kind, shown) in enumerate(levels):
            numbering += (f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
                          f'<w:lvlText w:val="{shown}"/></w:lvl>')
        numbering += ('</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
                      "</w:numbering>")
        styles = f'<w:styles xmlns:w="{published.WORD}">'
        for i in range(2):
            styles += (f'<w:style w:styleId="N{i}"><w:pPr><w:numPr><w:ilvl w:val="{i}"/>'
                       f'<w:numId w:val="7"/></w:numPr></w:pPr></w:style>'
                       f'<w:style w:styleId="S{i}"><w:basedOn w:val="N{i}"/></w:style>')
        content = ""
        for block in self.blocks:
            if not isinstance(block, str):
                content += published.table(block)
                continue
            words, level = block, None
            # The report counts （一）（二）（3）（四）; the third is typed.
            for i, pattern in enumerate(("[一二三四五六]、", "（[一二]）")):
                if re.match(pattern, block):
                    words, level = re.sub(pattern, "", block), i
            number = "" if level is None else (
                f'<w:pStyle w:val="S{level}"/>' if styled else
                f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="7"/></w:numPr>')
            content += published.paragraph(words, number)
        return self.docx(content, {"numbering.xml": numbering, "styles.xml": styles + "</w:styles>"})

    def test_numbers_that_the_word_processor_counts(self):
        self.expect_published(self.numbered(False))
        self.expect_published(self.numbered(True))

    def test_legal_numbers_are_in_arabic_digits(self):
        numbering = (f'<w:numbering xmlns:w="{published.WORD}"><w:abstractNum w:abstractNumId="0">'
                     '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/>'
                     '<w:lvlText w:val="第%1章"/></w:lvl><w:lvl w:ilvl="1"><w:isLgl/>'
                     '<w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
                     '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>')
        below = "".join(
            published.paragraph("没有问题。", f'<w:numPr><w:ilvl w:val="{i}"/><w:numId w:val="7"/></w:numPr>')
            for i in range(2))
        name = self.docx(published.body(self.blocks) + below, {"numbering.xml": numbering})
        report = json.loads(self.expect(0, "import", name)[0])
        self.assertEqual(report["sections"]["other"][-2:], ["第一章没有问题。", "1.1没有问题。"])

    def test_a_line_as_long_as_the_number_is_no_empty_paragraph(self):
        numbering = (f'<w:numbering xmlns:w="{published.WORD}"><w:abstractNum w:abstractNumId="0">'
                     '<w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/>'
                     '<w:lvlText w:val="（%1）"/></w:lvl></w:abstractNum><w:num w:numId="7">'
                     '<w:abstractNumId w:val="0"/></w:num></w:numbering>')
        number = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'
        broken = published.paragraph("没有问题。", number).replace(
            "</w:p>", "<w:r><w:br/><w:t>无其他</w:t></w:r></w:p>")
        name = self.docx(published.body(self.blocks) + broken, {"numbering.xml": numbering})
        report = json.loads(self.expect(0, "import", name)[0])
        self.assertEqual(report["sections"]["other"][-2:], ["（一）没有问题。", "无其他"])


class Page(ImportFiles):
    def test_charsets(self):
        for charset in "utf-8", "gbk", "gb18030", "gb2312":
            name = self.write_bytes("x.html", published.page(self.blocks, charset))
            self.expect_published(name)
        wrong = published.page(self.blocks, "gbk").replace(b"charset=gbk", b"charset=utf-8")
        self.expect_published(self.write_bytes("x.htm", wrong))
        utf16 = published.page(self.blocks, "utf-8").decode().encode("utf-16")
        self.expect_published(self.write_bytes("x.html", utf16))

    def test_paragraphs_of_any_kind(self):
        for paragraph in ("<div>{}</div>", "<p><span>&nbsp;&nbsp;</span><span>\n{}\n</span>",
                          "{}<br>", "<li>\u3000\u3000{}</li>", "<h3><b>{}</b></h3>"):
            page = published.page(self.blocks, paragraph=paragraph)
            self.expect_published(self.write_bytes("x.html", page))

    def test_the_frame_around_the_report_is_left_out(self):
        before = ("<nav><p>一、总体情况</p></nav><div>首页 &gt; 政府信息公开</div><div>"
                  "<ul><li><a href='#a'>二、主动公开政府信息情况</a></li></ul>字号：大 中 小</div>")
        after = "<div>分享到：微信</div><footer>主办：某某</footer>"
        page = published.page(self.blocks, before=before, after=after)
        self.expect_published(self.write_bytes("x.html", page))

    def test_the_foot_of_a_page_saved_by_libreoffice(self):
        after = '<div title="footer"><p>— 3 —</p></div>'
        page = published.page(self.blocks).replace(b"</div></body>", after.encode() + b"</div></body>")
        self.expect_published(self.write_bytes("x.html", page))

    def test_captions_that_only_some_see(self):
        at = next(i for i, block in enumerate(self.blocks) if not isinstance(block, str))
        blocks = self.blocks[:at] + ["主动公开政府信息情况"] + self.blocks[at:]
        self.expect_published(self.write_bytes("x.html", published.page(blocks)))

    def test_the_title_may_stand_outside(self):
        before = "<h1>" + "<br/>".join(self.blocks[:2]) + "</h1>"
        page = published.page(self.blocks[2:], before=before)
        self.expect_published(self.write_bytes("x.html", page))

    def test_the_title_may_be_that_of_the_page(self):
        title = "".join(self.blocks[:2])
        for hint in (f"<title>{title}_某网站</title>", f'<meta name="ArticleTitle" content="{title}">'):
            page = published.page(self.blocks[2:]).replace(b"</head>", hint.encode() + b"</head>")
            out, _ = self.expect(0, "import", self.write_bytes("x.html", page))
            self.assertEqual(json.loads(out)["title"], [title])

    def test_layout_tables(self):
        page = published.page(self.blocks).replace(b'<div id="content">', b"<table><tr><td>")
        self.expect_published(self.write_bytes("x.html", page))

    def test_entities_are_not_followed(self):
        page = (b'<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]>' +
                published.page(self.blocks).replace("无。".encode(), "无。&x;".encode()))
        out, _ = self.expect(0, "import", self.write_bytes("x.html", page))
        self.assertNotIn("root:", out)


class Pdf(ImportFiles):
    def test_what_stands_on_the_pages_comes_back(self):
        for name in "minimal", "district-statistics-bureau", "provincial-city":
            self.expect(0, "build", f"{SOURCE}/samples/{name}.json", "-o", "x.pdf", "-o", "x.docx")
            published.strip(self.path("x.docx"), self.path("bare.docx"))
            out, err = self.expect(0, "import", "x.pdf", "--ignore-carried")
            self.assertEqual(out, self.expect(0, "import", "bare.docx")[0])
            self.assertNotIn("警告", err)

    def plain(self, pages):
        """A PDF of pages with these contents and nothing else."""
        objects = [b"<</Type/Catalog/Pages 2 0 R>>",
                   b"<</Type/Pages/Count %d/Kids[%s]>>" % (
                       len(pages), b" ".join(b"%d 0 R" % (3 + 2 * i) for i in range(len(pages))))]
        for i, content in enumerate(pages):
            objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents %d 0 R/Resources<</Font<<"
                           b"/F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>" % (4 + 2 * i))
            objects.append(b"<</Length %d>>stream\n%s\nendstream" % (len(content), content))
        out, places = b"%PDF-1.4\n", []
        for i, body in enumerate(objects):
            places.append(len(out))
            out += b"%d 0 obj%s\nendobj\n" % (i + 1, body)
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        out += b"".join(b"%010d 00000 n \n" % place for place in places)
        return out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)

    def refused(self, content, words):
        self.write_bytes("x.pdf", content)
        out, err = self.expect(4, "import", "x.pdf")
        self.assertEqual(out, "")
        self.assertIn(words, err)

    def test_what_cannot_be_read_is_refused(self):
        self.refused(self.plain([b"0 0 100 100 re f"]), "可能是扫描件")
        self.refused(self.plain([b"BT /F 12 Tf 72 700 Td (No report) Tj ET"]), "不是报告")
        self.refused(self.plain([b""] * 501), "PDF 太大")
        self.refused(b"%PDF-1.7\n" + bytes(500), "PDF 已损坏")
        self.expect(0, "build", SOURCE + "/samples/minimal.json", "-o", "x.pdf")
        with open(self.path("x.pdf"), "rb") as file:
            whole = file.read()
        self.refused(whole[:len(whole) // 3], "错误 IO")
        self.write_bytes("whole.pdf", whole)
        subprocess.run(["qpdf", "--encrypt", "a", "b", "256", "--", "whole.pdf", "locked.pdf"], cwd=self.folder,
                       check=True)
        with open(self.path("locked.pdf"), "rb") as file:
            self.refused(file.read(), "PDF 已加密")


class Text(ImportFiles):
    def test_gb18030(self):
        for charset in "gb18030", "utf-16", "utf-8-sig":
            self.expect_published(self.write_bytes("x.txt", text().encode(charset)))


def form_tables():
    with open(SOURCE + "/layouts/annual-report-2021.json", encoding="utf-8") as file:
        form = json.load(file)
    for part in form["parts"]:
        yield part["heading"], form["tables"][part["table"]]["rows"] if "table" in part else None


class FormLines(ImportFiles):
    """Tables of which the lines are the cells; the values are 1, 2, 3 … as they stand."""

    def lines(self, change=lambda number: str(number), merged=False, tabs=False):
        """The report's text, a cell a line; with tabs a row a line. merged: with an empty line for what goes on from the row above."""
        out, number = ["石门县统计局2022年", "政府信息公开工作年度报告"], 0
        for heading, rows in form_tables():
            out.append(heading)
            if rows is None:
                out.append("做了工作。")
            spans = []
            for row in rows or ():
                spans = [left - 1 for left in spans if left > 1]
                out += [""] * len(spans) * merged
                begin = len(out)
                for cell in row:
                    spans += [cell["rows"]] if "rows" in cell else []
                    texts = [next(cell[k] for k in ("band", "head", "group", "label") if k in cell)] if not (
                        "value" in cell or "values" in cell) else None
                    if texts is None:
                        count = 1 if "value" in cell else 5 if "litigation" in cell["values"] else 7
                        texts = [change(number + i + 1) for i in range(count)]
                        number += count
                    out += texts
                if tabs:
                    out[begin:] = ["\t".join(out[begin:])]
        return out

    def values(self, name="x.txt", status=0):
        out, err = self.expect(status, "import", name)
        found = []

        def walk(value):
            for inner in value.values() if isinstance(value, dict) else value:
                walk(inner) if isinstance(inner, (dict, list)) else found.append(inner)
        report = json.loads(out)
        for key in "disclosure", "requests", "litigation":
            walk(report.get(key, {}))
        return found, err


class CellsWithoutRows(FormLines):
    def test_as_a_word_processor_writes_text(self):
        for merged in False, True:
            self.write("x.txt", "\n".join(self.lines(merged=merged)) + "\n")
            found, err = self.values()
            self.assertEqual(sorted(found), list(range(1, len(found) + 1)), err)
            self.assertEqual(len(found), 200)

    def test_empty_cells_are_empty_lines(self):
        self.write("x.txt", "\n".join(self.lines(lambda n: "" if n % 5 == 0 else str(n), True)) + "\n")
        found, _ = self.values()
        self.assertEqual(sorted(n for n in found if n is not None), [n for n in range(1, 201) if n % 5])
        self.assertEqual(found.count(None), 40)

    def test_values_in_one_line_with_blanks(self):
        lines = re.sub(r"\n(?=\d+(\n|$))", " ", "\n".join(self.lines()))
        self.write("x.txt", lines + "\n")
        found, err = self.values()
        self.assertEqual(sorted(found), list(range(1, 201)), err)

    def test_nothing_is_guessed(self):
        lines = self.lines()
        lines.remove("100")
        self.write("x.txt", "\n".join(lines) + "\n")
        found, err = self.values(status=1)
        self.assertIn("对不上表单，整表不取", err)
        self.assertEqual(sorted(found), list(range(1, 11)) + list(range(186, 201)))

    def test_a_value_too_many(self):
        lines = self.lines()
        lines.insert(lines.index("100"), "2")
        self.write("x.txt", "\n".join(lines) + "\n")
        self.assertIn("对不上表单，整表不取", self.values(status=1)[1])

    def test_units_of_counts_are_told(self):
        self.write("x.txt", "\n".join(self.lines(lambda n: {5: "5件", 7: "7 起", 9: "—"}.get(n, str(n)))) + "\n")
        found, err = self.values()
        self.assertIn("—", found)
        self.assertEqual(sorted(n for n in found if n != "—"), [n for n in range(1, 201) if n != 9])
        self.assertIn("“5件”写作 5", err)
        self.assertIn("“7 起”写作 7", err)


class Copied(FormLines):
    def test_rows_with_tabs(self):
        self.write("x.txt", "\n".join(self.lines(tabs=True)) + "\n")
        found, err = self.values()
        self.assertEqual(sorted(found), list(range(1, 201)), err)

    def test_the_last_cell_of_the_text_may_be_empty(self):
        text = "\n".join(self.lines(tabs=True))
        rows = text[:text.index("五、")].rstrip("\n")
        for end in "", "\n":
            self.write("x.txt", rows[:rows.rindex("\t") + 1] + end)
            self.assertEqual(self.values(status=1)[0], list(range(1, 200)) + [None])

    def test_tabs_in_paragraphs_hold_cells_apart(self):
        lines = self.lines(lambda n: "" if n == 2 else str(n), tabs=True)
        tab = "<w:r><w:tab/></w:r>"
        published.write_docx(self.path("x.docx"), published.document("".join(
            "<w:p>" + tab.join(map(published.run, line.split("\t"))) + "</w:p>" for line in lines)))
        found, err = self.values("x.docx")
        self.assertEqual(found, [1, None] + list(range(3, 201)), err)

    def test_what_codes_of_fields_hold_is_no_text(self):
        lines = self.lines()
        field = '\x13 HYPERLINK "http://a\x1eb\x0bc" \x14工作\x15'
        lines[lines.index("做了工作。")] = f"做了{field}。"
        self.write("x.txt", "\n".join(lines) + "\n")
        report = json.loads(self.expect(0, "import", "x.txt")[0])
        self.assertEqual(report["sections"]["overview"], ["做了工作。"])

    def test_a_list_of_contents_is_no_text(self):
        title = self.lines()[:2]
        listed = ["目录"] + [f"{heading}……{page}" for page, (heading, _) in enumerate(form_tables())]
        self.write("x.txt", "\n".join(title + listed + self.lines()) + "\n")
        out, err = self.expect(0, "import", "x.txt")
        self.assertEqual(json.loads(out)["sections"], {key: ["做了工作。"] for key in ("overview", "problems", "other")})
        self.assertNotIn("做了", err)

    def test_a_second_report_is_told(self):
        lines = self.lines()
        other = [lines[0].replace("石门", "青石")] + lines[1:]
        self.write("x.txt", "\n".join(lines + other) + "\n")
        out, err = self.expect(1, "import", "x.txt")
        self.assertIn("从这里起是另一份报告“青石县统计局2022年政府信息公开工作年度报告”", err)
        self.assertEqual(json.loads(out)["sections"]["other"], ["做了工作。"])
        self.assertEqual(json.loads(out)["agency"], "石门县统计局")


class Refused(ImportFiles):
    def refused(self, name, words):
        out, err = self.expect(4, "import", name)
        self.assertEqual(out, "")
        self.assertIn(": 错误 IO: ", err)
        self.assertIn(words, err)
        self.assertEqual(err.count("错误"), 1, err)

    def archive(self, entries):
        with zipfile.ZipFile(self.path("x.docx"), "w", zipfile.ZIP_DEFLATED) as file:
            for name, content in entries:
                file.writestr(name, content)
        return "x.docx"

    def test_truncated(self):
        self.docx(published.body(self.blocks))
        with open(self.path("x.docx"), "rb") as file:
            whole = file.read()
        for length in 2, 100, len(whole) // 2, len(whole) - 4:
            self.refused(self.write_bytes("y.docx", whole[:length]), "打不开压缩包")

    def test_encrypted_or_old(self):
        self.refused(self.write_bytes("x.docx", b"\xd0\xcf\x11\xe0" + bytes(1000)), "另存为 .docx")

    def test_other_archives(self):
        self.refused(self.archive([("a.txt", "a")]), "不是 DOCX")
        rels = published.relationships(("officeDocument", "xl/workbook.xml"))
        self.refused(self.archive([("_rels/.rels", rels), ("xl/workbook.xml", "<workbook/>")]),
                     "不是文字文档")
        self.refused(self.archive([("_rels/.rels", rels)]), "读不出正文")
        self.refused(self.archive([("_rels/.rels", rels), ("xl/workbook.xml", "<w")]), "已损坏")

    def test_bombs(self):
        self.refused(self.archive([("a", bytes(2 << 20))]), "太大")
        self.refused(self.archive([(str(i), b"") for i in range(4097)]), "太大")
        # An entry that claims to unpack to a gigabyte.
        name = self.archive([("a", b"a")])
        with open(self.path(name), "rb") as file:
            content = bytearray(file.read())
        at = content.rindex(b"PK\1\2")
        struct.pack_into("<I", content, at + 24, 1 << 30)
        self.refused(self.write_bytes("x.docx", content), "")

    def test_entities(self):
        bomb = ('<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">' +
                "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)) +
                "]>")
        document = published.document("<w:p><w:r><w:t>&j;</w:t></w:r></w:p>")
        document = document.replace("<w:document", bomb + "<w:document", 1)
        published.write_docx(self.path("x.docx"), document)
        self.refused("x.docx", "已损坏")

    def test_depth(self):
        deep = "<w:sdt><w:sdtContent>" * 400 + "</w:sdtContent></w:sdt>" * 400
        self.refused(self.docx(deep), "已损坏")
        page = "<html><body>" + "<div>" * 5000 + "一、总体情况"
        _, err = self.expect(4, "import", self.write("x.html", page))
        self.assertIn("错误", err)

    def test_what_is_no_text(self):
        self.refused(self.write_bytes("x.txt", b"GIF89a\0\1\2\3"), "不是文字")


if __name__ == "__main__":
    unittest.main()
