"""nianbao build --draft: each page says that it is a draft's, and nothing else differs."""

import html.parser
import os
import re
import subprocess
import zipfile

from common import CommandTest, unittest

MARK = "草稿"
SAMPLES = ("minimal.json", "provincial-city.json")
FORMATS = ("pdf", "docx", "html")


class Visible(html.parser.HTMLParser):
    """The text of a page as it is copied: a line for each element that has text of its own."""

    def __init__(self):
        super().__init__()
        self.lines = []
        self.skipped = 0

    def handle_starttag(self, tag, attributes):
        self.skipped += tag in ("head", "script", "style", "nav")

    def handle_endtag(self, tag):
        self.skipped -= tag in ("head", "script", "style", "nav")

    def handle_data(self, data):
        if not self.skipped and data.strip():
            self.lines.append(data.strip())


class Draft(CommandTest):
    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def build(self, name, to, *words, status=0):
        return self.expect(status, "build", name, "-f", "pdf,docx,ofd,html,trace", "-o", to, *words)

    def both(self, sample):
        self.sample(sample)
        self.build(sample, "final")
        self.build(sample, "draft", "--draft")
        return sample.removesuffix(".json")

    def test_pages_are_those_of_the_report_with_a_mark_at_the_head_of_each(self):
        mark = re.compile(rf'begin artifact\nrun .* #C00000 "{MARK}"\nend artifact\n')
        for sample in SAMPLES:
            stem = self.both(sample)
            draft, final = (self.read(f"{folder}/{stem}.trace") for folder in ("draft", "final"))
            self.assertNotIn(MARK, final)
            pages = re.split(r"(?m)^(?=page )", draft)[1:]
            for page in pages:
                self.assertTrue(mark.match(page.split("\n", 1)[1]), page[:200])
            self.assertEqual(mark.sub("", draft), final)
            with zipfile.ZipFile(self.path(f"draft/{stem}.ofd")) as package:
                content = [package.read(name).decode() for name in package.namelist() if name.endswith("Content.xml")]
            self.assertEqual([page.count(MARK) for page in content], [1] * len(pages))
            self.assertEqual([page.count('<ofd:FillColor Value="192 0 0"/>') for page in content], [1] * len(pages))

    def test_the_title_beside_the_pages_says_so_too(self):
        stem = self.both("minimal.json")
        title = "青石县档案馆2025年政府信息公开工作年度报告（草稿）"
        self.assertIn(f"<title>{title}</title>", self.read(f"draft/{stem}.html"))
        with zipfile.ZipFile(self.path(f"draft/{stem}.docx")) as package:
            self.assertIn(f"<dc:title>{title}</dc:title>", package.read("docProps/core.xml").decode())
        with open(self.path(f"draft/{stem}.pdf"), "rb") as file:
            self.assertIn(title.encode(), file.read())

    def test_the_report_comes_back_without_the_mark(self):
        for sample in SAMPLES:
            stem = self.both(sample)
            self.expect(0, "import", f"final/{stem}.docx", "-o", "final.json")
            for suffix in FORMATS:
                out, _ = self.expect(0, "verify", f"draft/{stem}.{suffix}")
                self.assertIn("说明 I7: 文件标明是草稿", out)
                self.assertIn("正文与所附数据一致", out)
                self.assertNotIn("I7", self.expect(0, "verify", f"final/{stem}.{suffix}")[0])
                self.expect(0, "import", f"draft/{stem}.{suffix}", "-o", "draft.json")
                self.assertEqual(self.read("draft.json"), self.read("final.json"))
                read = [self.expect(0, "import", "--ignore-carried", f"{folder}/{stem}.{suffix}")[0]
                        for folder in ("draft", "final")]
                self.assertEqual(*read)

    def import_text(self, name):
        """What comes of a text, well or badly read: status, report and findings."""
        done = self.run_command("import", name)
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    def test_text_copied_from_it_has_no_mark_either(self):
        for sample in SAMPLES:
            stem = self.both(sample)
            for option in ((), ("-raw",), ("-layout",)):
                texts = []
                for folder in ("draft", "final"):
                    subprocess.run(["pdftotext", *option, f"{folder}/{stem}.pdf", f"{folder}.txt"],
                                   cwd=self.folder, check=True)
                    texts.append(self.import_text(f"{folder}.txt"))
                self.assertIn(MARK, self.read("draft.txt"))
                self.assertEqual(texts[0][:2], texts[1][:2], option)
                self.assertIn("I7", texts[0][2])
                self.assertNotIn("I7", texts[1][2])

    def test_text_of_the_web_page_has_no_mark_either(self):
        stem = self.both("minimal.json")
        read = []
        for folder in ("draft", "final"):
            page = Visible()
            page.feed(self.read(f"{folder}/{stem}.html"))
            read.append(self.import_text(self.write("copy.txt", "\n".join(page.lines)))[:2])
        self.assertEqual(*read)

    def test_an_editable_draft_is_read_back(self):
        self.sample()
        self.expect(0, "build", "minimal.json", "--editable", "--draft", "-o", "form.docx")
        with zipfile.ZipFile(self.path("form.docx")) as package:
            names = package.namelist()
        self.assertIn("word/header1.xml", names)
        self.assertIn("customXml/item2.xml", names)
        out, err = self.expect(0, "import", "form.docx")
        self.expect(0, "build", "minimal.json", "-o", "final.docx")
        self.assertEqual(out, self.expect(0, "import", "final.docx")[0])
        self.assertNotIn("I5", err)

    def test_errors_do_not_hinder_it(self):
        _, err = self.build(self.wrong(), "out", "--draft")
        self.assertIn("错误 A3", err)
        self.assertIn("wrong.json: 警告 B1: 报告有错误，照原样排印为草稿\n", err)
        self.assertEqual(len(self.files("out")), 5)

    def test_the_compact_style_marks_them_too(self):
        self.sample()
        self.build("minimal.json", "out", "--draft", "--style", "gbt9704-compact")
        self.assertIn(f'#C00000 "{MARK}"', self.read("out/minimal.trace"))

    def test_each_row_of_bulk_is_marked(self):
        self.sample()
        self.write("rows.jsonl", self.read("minimal.json").replace("\n", "") + "\n")
        self.expect(0, "bulk", "rows.jsonl", "-o", "out", "-f", "trace,html", "--draft", "--date", "2026-01-20")
        self.build("minimal.json", "one", "--draft", "--date", "2026-01-20")
        (name,) = [name for name in self.files("out") if name.endswith(".html")]
        self.assertEqual(self.read(f"out/{name}"), self.read("one/minimal.html"))

    def test_one_can_be_corrected_from(self):
        self.sample()
        self.build("minimal.json", "old", "--draft")
        self.sample(to="new.json", changes=[("没有突出问题。", "没有问题。")])
        for suffix in FORMATS:
            _, err = self.expect(0, "correct", f"old/minimal.{suffix}", "new.json", "-o", suffix)
            self.assertIn(f"old/minimal.{suffix}#report: 警告 E4: ", err)
            self.assertIn("redline.docx", self.files(suffix))
            with zipfile.ZipFile(self.path(os.path.join(suffix, "redline.docx"))) as package:
                self.assertNotIn("word/header1.xml", package.namelist())


if __name__ == "__main__":
    unittest.main()
