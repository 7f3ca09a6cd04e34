"""nianbao verify: whether what a file shows is still what its attached data say."""

import json
import re
import subprocess
import zipfile

import common_published as published
from common import SAMPLES, CommandTest, unittest

SAMPLE_NAMES = "minimal", "provincial-city", "district-statistics-bureau"


class Verify(CommandTest):
    def built(self, suffix, name="provincial-city"):
        self.expect(0, "build", f"{SAMPLES}/{name}.json", "-o", "x" + suffix)
        return "x" + suffix

    def edited_docx(self, part, change):
        """The built DOCX with one part changed by change(text)."""
        self.built(".docx")
        with zipfile.ZipFile(self.path("x.docx")) as old, zipfile.ZipFile(self.path("y.docx"), "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name == part:
                    changed = change(content.decode()).encode()
                    self.assertNotEqual(changed, content)
                    content = changed
                new.writestr(name, content)
        return "y.docx"

    def test_what_was_not_changed_is_the_same(self):
        for name in SAMPLE_NAMES:
            for suffix in ".docx", ".html", ".pdf":
                out, _ = self.expect(0, "verify", self.built(suffix, name))
                self.assertEqual(out, f"x{suffix}: 正文与所附数据一致\n")

    def test_a_changed_value_is_named(self):
        edited = self.edited_docx("word/document.xml", lambda text: text.replace(">3821<", ">3812<"))
        out, _ = self.expect(1, "verify", edited)
        self.assertEqual(re.sub(r":\d+:", ":", out), "y.docx:1: 错误 V1: 三、本年度办理结果 （一）予以公开 · 自然人："
                         "正文是 3812，所附数据是 3821\ny.docx: 1 处不同\n")
        out, _ = self.expect(1, "verify", edited, "--format", "json")
        found = json.loads(out)
        self.assertEqual([f["pointer"] for f in found["findings"]], ["/requests/outcomes/granted/0"])
        self.assertEqual(found["errors"], 1)

    def test_a_changed_word_shows_both_versions(self):
        edited = self.edited_docx("word/document.xml", lambda text: text.replace("本报告依照", "该报告依照", 1))
        out, _ = self.expect(1, "verify", edited)
        self.assertIn("错误 V2: 正文是“该报告依照《中华人民共和国政府", out)
        self.assertIn("”，所附数据是“本报告依照《中华人民共和国政府", out)
        self.assertTrue(out.endswith("y.docx: 1 处不同\n"), out)

    def test_a_blank_does_not_hide_what_differs(self):
        edited = self.edited_docx("word/document.xml", lambda text: text.replace(
            "本报告依照", "本报告 依照", 1).replace("市直部门的情况", "区直部门的情况", 1))
        out, _ = self.expect(1, "verify", edited)
        self.assertIn("区直部门的情况形成。”，所附数据是“…", out)
        self.assertIn("市直部门的情况形成。”", out)

    def test_changed_data_have_another_digest(self):
        edited = self.edited_docx("customXml/item1.xml", lambda text: text.replace("3821", "3822"))
        out, _ = self.expect(1, "verify", edited)
        self.assertIn("错误 V3: 所附数据的 SHA-256 与文件所记的不同", out)
        self.assertIn("正文是 3821，所附数据是 3822", out)

    def test_a_paragraph_more_or_less(self):
        def add(text):
            at = text.index("</w:p>", text.index("本报告依照")) + len("</w:p>")
            return text[:at] + published.paragraph("增补一句。") + text[at:]
        out, _ = self.expect(1, "verify", self.edited_docx("word/document.xml", add))
        self.assertIn("所附数据里没有正文的“增补一句。”", out)
        self.assertIn("1 处不同", out)

    def test_import_warns_of_an_edited_text(self):
        edited = self.edited_docx("word/document.xml", lambda text: text.replace(">3821<", ">3812<"))
        out, err = self.expect(0, "import", edited, "--keep-carried")
        self.assertEqual(json.loads(out)["requests"]["outcomes"]["granted"][0], 3821)
        self.assertIn("警告 V1: 三、本年度办理结果 （一）予以公开 · 自然人：正文是 3812，所附数据是 3821", err)
        self.assertIn("警告 I3: 正文与所附数据有 1 处不同，取了所附数据", err)
        out, err = self.expect(0, "import", edited, "--ignore-carried")
        self.assertEqual(json.loads(out)["requests"]["outcomes"]["granted"][0], 3812)
        self.assertNotIn("I3", err)

    def test_another_attachment_is_not_what_the_pages_show(self):
        self.built(".pdf")
        self.sample("provincial-city.json", "other.json", changes=[("3821", "3822")])
        self.expect(0, "build", "other.json", "--force", "-o", "other.docx")
        self.expect(0, "import", "other.docx", "-o", "report.json")
        subprocess.run(["qpdf", "x.pdf", "--remove-attachment=report.json", "y.pdf"], cwd=self.folder, check=True)
        subprocess.run(["qpdf", "y.pdf", "--add-attachment", "report.json", "--", "z.pdf"], cwd=self.folder,
                       check=True)
        out, _ = self.expect(1, "verify", "z.pdf")
        self.assertIn("z.pdf:4:1: 错误 V1: 三、本年度办理结果 （一）予以公开 · 自然人：正文是 3821，所附数据是 3822", out)
        self.assertIn("1 处不同", out)
        self.expect(4, "verify", "y.pdf")

    def test_without_data_there_is_nothing_to_compare(self):
        published.strip(self.path(self.built(".docx")), self.path("bare.docx"))
        out, _ = self.expect(4, "verify", "bare.docx")
        self.assertIn("文件没有附报告数据，无从核对", out)
        self.expect(4, "verify", self.write("x.txt", "通知"))
        self.expect(4, "verify", "missing.docx")


if __name__ == "__main__":
    unittest.main()
