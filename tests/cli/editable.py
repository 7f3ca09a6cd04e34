"""build --editable, and what import makes of a DOCX that was edited."""

import json
import re
import zipfile

from common import SAMPLES, CommandTest, unittest

SAMPLE_NAMES = "minimal", "provincial-city", "district-statistics-bureau", "county-transport-bureau-2020"
VALUES = "customXml/item2.xml"
TEXT = "word/document.xml"
OLD = "本年度收到政府信息公开申请"


def paragraph_of(text, words):
    """The w:p in which words stand, from its first to its last byte."""
    at = text.index(words)
    start = max(text.rfind("<w:p>", 0, at), text.rfind("<w:p ", 0, at))
    return start, text.index("</w:p>", at) + len("</w:p>")


class Editable(CommandTest):
    def build(self, report, name="x.docx", *options):
        self.write("report.json", json.dumps(report, ensure_ascii=False))
        self.expect(0, "build", "report.json", "-o", name, *options)
        return name

    def report(self, name="minimal", **changes):
        with open(f"{SAMPLES}/{name}.json", encoding="utf-8") as file:
            return {**json.load(file), **changes}

    def edit(self, changes, source="x.docx", target="y.docx"):
        """A copy with parts changed: changes are functions of their texts, by name."""
        with zipfile.ZipFile(self.path(source)) as old, zipfile.ZipFile(self.path(target), "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name in changes:
                    changed = changes[name](content.decode()).encode()
                    self.assertNotEqual(changed, content)
                    content = changed
                new.writestr(name, content)
        return target

    def part(self, name, source="x.docx"):
        with zipfile.ZipFile(self.path(source)) as file:
            return file.read(name).decode()

    def key_of(self, pointer):
        return re.search(rf'key="(\w+)" pointer="{pointer}"', self.part(VALUES)).group(1)

    def in_text(self, pointer, value):
        """A change of a control's text."""
        tag = f'<w:tag w:val="{self.key_of(pointer)}"/>'
        return lambda text: re.sub(rf"({tag}.*?<w:t(?: [^>]*)?>)[^<]*", rf"\g<1>{value}", text, count=1)

    def in_data(self, pointer, value):
        return lambda text: re.sub(rf'(pointer="{pointer}">)[^<]*', rf"\g<1>{value}", text)

    def imported(self, path="y.docx", status=0, *options):
        """The imported report, and what was said of it."""
        out, err = self.expect(status, "import", path, *options)
        return json.loads(out), err

    def changes(self, path="y.docx", status=0, base="report.json"):
        """The lines of diff between the report that was built and the one imported."""
        report, err = self.imported(path, status)
        self.write("imported.json", json.dumps(report, ensure_ascii=False))
        out = self.run_command("diff", base, "imported.json").stdout.decode()
        return out.splitlines()[:-1], err

    # what is written

    def test_controls_have_keys_names_and_values(self):
        self.build(self.report("provincial-city"), "x.docx", "--editable")
        text, values = self.part(TEXT), self.part(VALUES)
        ids = re.findall(r'<w:id w:val="(\d+)"/>', text)
        tags = re.findall(r'<w:tag w:val="(\w+)"/>', text)
        self.assertEqual(len(ids), len(set(ids)))
        self.assertEqual(sorted(tags), sorted(re.findall(r'key="(\w+)"', values)))
        self.assertIn('<w:alias w:val="一、本年新收政府信息公开申请数量 · 自然人"/>', text)
        self.assertIn('<w:alias w:val="标题 第1行"/>', text)
        self.assertIn('<w:alias w:val="一、总体情况 第1段"/>', text)
        bound = re.findall(r'w:xpath="/n:values\[1\]/n:value\[(\d+)\]"', text)
        self.assertEqual(bound, [str(i + 1) for i in range(len(bound))])
        self.assertEqual(len(bound), values.count("<value "))
        self.assertIn('<w:documentProtection w:edit="forms" w:enforcement="1"/>',
                      self.part("word/settings.xml"))

    def test_published_files_have_no_controls(self):
        self.build(self.report())
        self.assertNotIn("w:sdt", self.part(TEXT))
        self.assertNotIn("documentProtection", self.part("word/settings.xml"))
        with zipfile.ZipFile(self.path("x.docx")) as file:
            self.assertNotIn(VALUES, file.namelist())

    def test_only_a_docx_is_editable(self):
        self.sample()
        self.expect(2, "build", "minimal.json", "-o", "x.pdf", "--editable")
        self.expect(2, "build", "minimal.json", "-o", "out/", "-f", "pdf,docx", "--editable")
        self.expect(0, "build", "minimal.json", "-o", "out/", "--editable")
        self.assertEqual(self.files("out"), ["minimal.docx"])

    # nothing edited

    def test_what_was_not_edited_comes_back(self):
        for name in SAMPLE_NAMES:
            for options in ["--editable"], []:
                self.build(self.report(name), "x.docx", "--force", *options)
                lines, err = self.changes("x.docx")
                self.assertEqual(lines, [])
                self.assertNotIn("I3", err)
                self.expect(0, "verify", "x.docx")

    # values

    def test_a_cell_edited_in_text_and_data(self):
        self.build(self.report(), "x.docx", "--editable")
        pointer = "/disclosure/licences"
        self.edit({TEXT: self.in_text(pointer, "１,２58"), VALUES: self.in_data(pointer, "1,258")})
        lines, err = self.changes()
        self.assertEqual(lines, ["表二 行政许可 · 本年处理决定数量：0 → 1258"])
        self.assertIn("说明 I5: 行政许可 · 本年处理决定数量：0 改为 1258", err)
        self.assertIn("说明 I3: 文件生成之后改了 1 处，已取入报告", err)

    def test_a_cell_edited_in_one_of_both(self):
        self.build(self.report(), "x.docx", "--editable")
        pointer = "/disclosure/licences"
        for changes in {TEXT: self.in_text(pointer, "7")}, {VALUES: self.in_data(pointer, "7")}:
            self.edit(changes)
            self.assertEqual(self.changes()[0], ["表二 行政许可 · 本年处理决定数量：0 → 7"])

    def test_text_and_data_that_contradict_each_other(self):
        self.build(self.report(), "x.docx", "--editable")
        pointer = "/disclosure/licences"
        self.edit({TEXT: self.in_text(pointer, "7"), VALUES: self.in_data(pointer, "8")})
        lines, err = self.changes(status=1)
        self.assertEqual(lines, ["表二 行政许可 · 本年处理决定数量：0 → 7"])
        self.assertIn("错误 I6: 行政许可 · 本年处理决定数量：原来是 0，正文改成 7，控件的数据改成 8；取了正文", err)

    def test_an_emptied_cell_is_blank(self):
        self.build(self.report(), "x.docx", "--editable")
        self.edit({TEXT: self.in_text("/disclosure/licences", "")})
        self.assertIsNone(self.imported()[0]["disclosure"]["licences"])

    def test_a_blank_cell_is_filled(self):
        report = self.report()
        report["disclosure"]["licences"] = None
        self.build(report, "x.docx", "--editable", "--force")
        self.assertEqual(self.changes("x.docx")[0], [])
        self.edit({TEXT: self.in_text("/disclosure/licences", "5")})
        self.assertEqual(self.imported()[0]["disclosure"]["licences"], 5)

    def test_a_prompt_is_no_text(self):
        self.build(self.report(), "x.docx", "--editable")
        tag = f'<w:tag w:val="{self.key_of("/disclosure/licences")}"/>'
        self.edit({TEXT: lambda text: re.sub(
            rf"({tag}.*?)<w:text/></w:sdtPr>(.*?<w:t(?: [^>]*)?>)[^<]*",
            r"\1<w:showingPlcHdr/><w:text/></w:sdtPr>\2单击此处输入文字。", text, count=1)})
        self.assertIsNone(self.imported()[0]["disclosure"]["licences"])

    def test_what_is_no_number_is_told(self):
        self.build(self.report(), "x.docx", "--editable")
        self.edit({TEXT: self.in_text("/disclosure/licences", "若干")})
        self.expect(0, "import", "y.docx", "-o", "y.json")
        out, err = self.expect(1, "check", "y.json")
        self.assertIn("若干", out + err)

    def test_totals_are_computed_again(self):
        """A total that was left out stays so when it is what the others make it."""
        self.build(self.report(), "x.docx", "--editable")
        row = "/requests/received"
        edit = self.in_text(f"{row}/0", "3")
        self.edit({TEXT: edit})
        self.assertEqual(self.imported()[0]["requests"]["received"], [3, 1, 0, 0, 0, 0])
        self.edit({TEXT: lambda text: self.in_text(f"{row}/6", "4")(edit(text))})
        self.assertEqual(self.imported()[0]["requests"]["received"], [3, 1, 0, 0, 0, 0])
        self.edit({TEXT: self.in_text(f"{row}/6", "9")})
        self.assertEqual(self.imported()[0]["requests"]["received"], [2, 1, 0, 0, 0, 0, 9])

    def test_data_that_are_cut_off_or_broken_change_nothing(self):
        self.build(self.report(), "x.docx", "--editable")
        half = self.part(VALUES).index('key="v40"')
        self.edit({VALUES: lambda text: text[:half].rsplit("<value", 1)[0] + "</values>",
                   TEXT: self.in_text("/disclosure/licences", "7")})
        self.assertEqual(self.changes()[0], ["表二 行政许可 · 本年处理决定数量：0 → 7"])
        self.edit({VALUES: lambda text: text[:half], TEXT: self.in_text("/disclosure/licences", "7")})
        lines, err = self.changes()
        self.assertEqual(lines, ["表二 行政许可 · 本年处理决定数量：0 → 7"])
        self.assertIn("警告 I4: 文件里的 customXml/item2.xml 已损坏，没有读入", err)

    def test_a_row_that_is_gone_keeps_its_values(self):
        self.build(self.report("provincial-city"), "x.docx", "--editable")

        def without_row(text):
            at = text.index("行政许可")
            return text[:text.rindex("<w:tr>", 0, at)] + text[text.index("</w:tr>", at) + 7:]
        self.edit({TEXT: without_row})
        lines, err = self.changes()
        self.assertEqual(lines, [])
        self.assertIn("警告 I4: 正文里找不到“行政许可 · 本年处理决定数量”，保留原来的 11398889", err)

    # title, agency, date

    def test_the_agency_in_the_title(self):
        self.build(self.report(), "x.docx", "--editable")
        self.edit({TEXT: lambda text: text.replace("青石县档案馆", "青石县档案局", 1)})
        lines, _ = self.changes()
        self.assertEqual(lines, ["机关名称：青石县档案馆 → 青石县档案局"])
        self.assertNotIn("title", self.imported()[0])

    def signed(self):
        return self.report(agency="青石县档案馆", date="2026-01-20", signature=True)

    def test_the_signature_and_its_date(self):
        self.build(self.signed(), "x.docx", "--editable")
        self.assertEqual(self.changes("x.docx")[0], [])
        date = lambda text: text.replace(">20</w:t>", ">21</w:t>", 1)
        title = lambda text: text.replace("青石县档案馆", "青石县档案局", 1)
        both = lambda text: text.replace("青石县档案馆", "青石县档案局")
        end = lambda text: "青石县档案局".join(text.rsplit("青石县档案馆", 1))
        for name, change, agency, day in [("date", date, "馆", "21"), ("title", title, "局", "20"),
                                          ("both", both, "局", "20"), ("end", end, "局", "20")]:
            with self.subTest(name):
                self.edit({TEXT: change})
                report, _ = self.imported()
                self.assertEqual(report, {**report, "agency": "青石县档案" + agency, "date": f"2026-01-{day}",
                                          "signature": True})
                self.assertEqual(report["sections"], self.signed()["sections"])

    def test_title_and_signature_that_contradict_each_other(self):
        self.build(self.signed(), "x.docx", "--editable")
        self.edit({TEXT: lambda text: "青石县图书馆".join(
            text.replace("青石县档案馆", "青石县档案局", 1).rsplit("青石县档案馆", 1))})
        report, err = self.imported(status=1)
        self.assertEqual(report["agency"], "青石县档案局")
        self.assertIn("错误 I6", err)
        self.assertEqual(report["sections"], self.signed()["sections"])

    # prose

    def prose(self, *paragraphs):
        report = self.report()
        report["sections"]["problems"] = list(paragraphs)
        self.build(report, "x.docx", "--editable")
        return report

    def problems(self, change, status=0, source="x.docx"):
        self.edit({TEXT: change}, source)
        report, self.said = self.imported(status=status)
        return report["sections"]["problems"]

    PROSE = "甲段落说的是公开。", "全年收到申请{requests.received.total}件，其中自然人{requests.received.0}件。", "丙段落说的是监督。"

    def test_a_paragraph_is_reworded(self):
        self.prose(*self.PROSE)
        self.assertEqual(self.problems(lambda text: text.replace("甲段落说的是公开", "甲段落讲的是公开")),
                         ["甲段落讲的是公开。", *self.PROSE[1:]])
        self.assertIn("说明 I5: 五、存在的主要问题及改进情况：“甲段落说的是公开。”改为“甲段落讲的是公开。”", self.said)

    def test_names_of_values_stay_in_a_paragraph(self):
        self.prose(*self.PROSE)
        self.assertEqual(self.problems(lambda text: text.replace("全年收到", "全年共收到"))[1],
                         self.PROSE[1].replace("全年收到", "全年共收到"))
        # the number itself is written over
        at = "全年收到申请"
        self.assertEqual(self.problems(lambda text: re.sub(rf"({at}.*?<w:t>)3<", r"\g<1>4<", text, count=1))[1],
                         self.PROSE[1].replace("{requests.received.total}", "4"))
        # … together with the table
        cell = self.in_text("/requests/received/0", "3")
        self.assertEqual(self.problems(
            lambda text: cell(re.sub(rf"({at}.*?<w:t>)3<(.*?<w:t>)2<", r"\g<1>4<\g<2>3<", text, count=1)))[1],
            self.PROSE[1])
        # … or only in the table
        self.assertEqual(self.problems(cell)[1], self.PROSE[1])

    def test_braces_are_kept(self):
        self.prose("甲段落有{{括号}}。", "乙段落。")
        self.assertEqual(self.problems(lambda text: text.replace("甲段落有", "此段落有")), ["此段落有{{括号}}。", "乙段落。"])

    def test_a_paragraph_is_taken_out(self):
        self.prose(*self.PROSE)

        def change(text):
            start, end = paragraph_of(text, "甲段落")
            return text[:start] + text[end:]
        self.assertEqual(self.problems(change), list(self.PROSE[1:]))
        self.assertIn("删去“甲段落说的是公开。”", self.said)

    def test_a_paragraph_is_emptied(self):
        self.prose(*self.PROSE)
        self.assertEqual(self.problems(lambda text: text.replace("甲段落说的是公开。", "")), list(self.PROSE[1:]))

    def test_a_paragraph_is_put_in(self):
        self.prose(*self.PROSE)

        def change(text):
            _, end = paragraph_of(text, "甲段落")
            return text[:end] + "<w:p><w:r><w:t>乙段落是新的。</w:t></w:r></w:p>" + text[end:]
        self.assertEqual(self.problems(change), [self.PROSE[0], "乙段落是新的。", *self.PROSE[1:]])
        self.assertIn("新增“乙段落是新的。”", self.said)

    def test_a_paragraph_is_split_in_its_control(self):
        self.prose(*self.PROSE)
        for end in "<w:br/>", "</w:t></w:r></w:p><w:p><w:r><w:t>":
            parts = ("甲段落", "说的是公开。")
            between = "</w:t><w:br/><w:t>" if end == "<w:br/>" else None

            def change(text):
                if between:
                    return text.replace("甲段落说的是公开。", between.join(parts))
                start, stop = paragraph_of(text, "甲段落")
                inner = text[start:stop].replace("甲段落说的是公开。", parts[0])
                control = re.search(r"<w:sdt><w:sdtPr>.*?</w:sdtPr>", inner).group(0)
                return (text[:start] + control + "<w:sdtContent>" +
                        "".join(f"<w:p><w:r><w:t>{part}</w:t></w:r></w:p>" for part in parts) +
                        "</w:sdtContent></w:sdt>" + text[stop:])
            self.assertEqual(self.problems(change), [*parts, *self.PROSE[1:]])

    def test_a_paragraph_is_moved(self):
        self.prose(*self.PROSE)

        def change(text):
            start, end = paragraph_of(text, "甲段落")
            _, last = paragraph_of(text, "丙段落")
            return text[:start] + text[end:last] + text[start:end] + text[last:]
        self.assertEqual(self.problems(change), [*self.PROSE[1:], self.PROSE[0]])
        self.assertIn("移动了“", self.said)

    def test_a_paragraph_in_its_control_is_known_whatever_it_says(self):
        styled = {"style": "note", "text": "甲段落说的是公开。"}
        self.prose(styled, "乙段落。", "丙段落。")

        def change(text):
            start, end = paragraph_of(text, "乙段落")
            return (text[:start] + text[end:]).replace("甲段落说的是公开。", "面目全非之后的另一些话。")
        self.assertEqual(self.problems(change), [{**styled, "text": "面目全非之后的另一些话。"}, "丙段落。"])

    # a published file

    def test_edits_of_a_published_file_are_taken_with_a_warning(self):
        self.build(self.report())
        self.edit({TEXT: lambda text: text.replace("件，办结", "件，已办结", 1)})
        lines, err = self.changes()
        self.assertEqual(len(lines), 1)
        self.assertIn("警告 I5: 一、总体情况：“", err)
        self.assertIn("警告 I3: 文件生成之后改了 1 处，已取入报告", err)
        out, _ = self.expect(0, "import", "y.docx", "--keep-carried")
        self.assertEqual(json.loads(out), self.report())

    def test_a_file_without_text_keeps_its_data(self):
        self.build(self.report())
        self.edit({TEXT: lambda text: re.sub(r"<w:body>.*?<w:sectPr>", "<w:body><w:sectPr>", text)})
        lines, err = self.changes()
        self.assertEqual(lines, [])
        self.assertIn("警告 I3: 正文里认不出报告", err)


if __name__ == "__main__":
    unittest.main()
