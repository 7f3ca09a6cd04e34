"""nianbao check and build with the reports of other years and agencies beside."""

import json
import os

import common_published as published
from common import CommandTest, unittest

SOURCE = os.environ["NB_SOURCE_DIR"]


class Beside(CommandTest):
    def setUp(self):
        super().setUp()
        with open(SOURCE + "/samples/district-statistics-bureau.json", encoding="utf-8") as file:
            self.report = json.load(file)
        self.write_report("this.json", {})
        self.last = self.write_report("last.json", {"year": 2024, "title": ["江州市江北区统计局2024年", "政府信息公开工作年度报告"]})

    def write_report(self, name, changes):
        report = {**json.loads(json.dumps(self.report)), **changes}
        if report["year"] == 2024:
            report["sections"] = {"overview": ["上一年的总体情况。"], "problems": ["上一年的问题。"], "other": ["无。"]}
            report["requests"]["carried_out"] = [1, 0, 0, 0, 0, 0, 1]
        os.makedirs(os.path.dirname(self.path(name)), exist_ok=True)
        return self.write(name, json.dumps(report, ensure_ascii=False))

    def findings(self, status, *arguments):
        out, _ = self.expect(status, "check", "--format", "json", *arguments)
        return [(f["rule"], f["pointer"]) for f in json.loads(out)["findings"]]

    def test_last_year_in_any_format(self):
        wanted = [("A5", "/requests/carried_in/0"), ("A5", "/requests/carried_in/6")]
        self.assertEqual(self.findings(1, "this.json", "--previous", "last.json"), wanted)
        for suffix in ".docx", ".html":
            self.expect(0, "build", "last.json", "--force", "-o", "last" + suffix)
            self.assertEqual(self.findings(1, "this.json", "--previous", "last" + suffix), wanted)
        for suffix in ".docx", ".html":
            published.strip(self.path("last" + suffix), self.path("bare" + suffix))
            self.assertEqual(self.findings(1, "this.json", "--previous", "bare" + suffix), wanted)
        out, _ = self.expect(1, "check", "this.json", "--previous", "bare.docx")
        self.assertRegex(out, r"上年报告 bare\.docx:\d+ 的“四、结转下年度继续办理 · 自然人”为 1")

    def test_the_file_itself_is_not_checked(self):
        disclosure = {**self.report["disclosure"], "licences": "无"}
        self.write_report("last.json", {"year": 2024, "disclosure": disclosure})
        self.assertEqual(len(self.findings(1, "this.json", "--previous", "last.json")), 2)

    def test_a_folder_is_searched_by_agency_and_year(self):
        self.write_report("years/2024.json", {"year": 2024})
        self.write_report("years/2023.json", {"year": 2023})
        self.write("years/notes.txt", "不是报告\n")
        self.write("years/broken.json", "{")
        self.write_report("other.json", {"agency": "江州市江北区财政局", "title": ["江州市江北区财政局2025年", "政府信息公开工作年度报告"]})
        out, err = self.expect(1, "check", "--format", "json", "this.json", "other.json", "--previous", "years")
        self.assertEqual({f["file"] for f in json.loads(out)["findings"] if f["rule"] == "A5"}, {"this.json"})
        self.assertIn("other.json：文件夹“years”里没有这个机关上一年的报告", err)

    def test_build_refuses_what_last_year_contradicts(self):
        _, err = self.expect(1, "build", "this.json", "--previous", "last.json", "-o", "this.pdf")
        self.assertIn("A5", err)
        self.assertNotIn("this.pdf", self.files())
        self.expect(0, "build", "this.json", "--previous", "last.json", "--force", "-o", "this.pdf")

    def test_what_cannot_be_read_ends_the_command(self):
        for option in "--previous", "--child":
            out, err = self.expect(4, "check", "this.json", option, "missing.json")
            self.assertEqual(out, "")
            self.assertIn("missing.json", err)
        _, err = self.expect(4, "build", "this.json", "--child", self.write("no.txt", "通知\n"), "-o", "x.pdf")
        self.assertIn("no.txt", err)

    def test_several_reports_need_a_folder(self):
        self.expect(2, "check", "this.json", "last.json", "--previous", "last.json")
        self.expect(2, "build", "this.json", "last.json", "--previous", "last.json", "-o", "out")

    def test_reports_below_from_a_folder_and_a_file(self):
        self.write_report("below/a.json", {"agency": "江州市江北区统计执法队"})
        self.write_report("below/this.json", {})
        self.assertEqual(self.findings(0, "this.json", "--child", "below"), [])
        found = self.findings(0, "this.json", "--child", "below", "--child", self.write_report("b.json", {"agency": "江州市江北区普查中心"}))
        self.assertEqual({rule for rule, _ in found}, {"A7"})
        self.assertIn(("A7", "/requests/received/0"), found)


if __name__ == "__main__":
    unittest.main()
