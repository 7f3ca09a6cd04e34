"""nianbao fix."""

import json
import re

from common import PUBLISHED, CommandTest, unittest

QUERIES = "/requests/outcomes/refused/administrative_queries"


class Fix(CommandTest):
    def published(self):
        """The published report that has one row wrong in two cells."""
        self.run_command("import", PUBLISHED + ".txt", "-o", "r.json")
        return "r.json"

    def read(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return file.read()

    def test_the_fewest_changes_are_told_and_why(self):
        out, err = self.expect(1, "fix", self.published())
        self.assertEqual(err, "")
        self.assertTrue(out.startswith(
            "方案 1：改 2 格\n"
            "  表三 （三）不予公开 8.属于行政查询事项 · 自然人：5 → 4\n"
            "  表三 （三）不予公开 8.属于行政查询事项 · 总计：5 → 4\n"
            "  理由：满足 A2：三、本年度办理结果 （七）总计 · 自然人，三、本年度办理结果 （七）总计 · 总计\n"), out)
        self.assertIn("        5 → 4：错一位数字\n", out)
        self.assertIn("用 --apply 方案号 -o OUT.json 采用\n", out)

    def test_nothing_is_written_unasked(self):
        before = self.read(self.published())
        self.expect(1, "fix", "r.json")
        self.assertEqual(self.files(), ["r.json"])
        self.assertEqual(self.read("r.json"), before)

    def test_a_repair_is_taken_and_nothing_else_changes(self):
        self.published()
        out, _ = self.expect(0, "fix", "r.json", "--apply", "1", "-o", "new.json")
        self.assertEqual(out, "")
        self.expect(0, "fix", "new.json")
        out, _ = self.expect(1, "diff", "r.json", "new.json")
        self.assertEqual(re.findall("· (.*)", out), ["自然人：5 → 4", "总计：5 → 4"])
        self.assertEqual(self.expect(0, "fix", "r.json", "--apply=1")[0], self.read("new.json"))

    def test_json(self):
        out, _ = self.expect(1, "fix", self.published(), "--format", "json")
        result = json.loads(out)
        self.assertEqual((result["outcome"], result["complete"]), ("found", True))
        first = result["repairs"][0]
        self.assertEqual([(c["pointer"], c["old"], c["new"]) for c in first["cells"]],
                         [(QUERIES + "/0", "5", 4), (QUERIES + "/6", "5", 4)])
        self.write("p.json", json.dumps(first["patch"]))
        self.expect(0, "patch", "r.json", "p.json", "-o", "new.json")
        self.expect(0, "fix", "new.json")

    def test_a_report_that_balances(self):
        self.assertEqual(self.expect(0, "fix", self.sample())[0], "勾稽关系都成立，没有要改的\n")
        self.assertEqual(json.loads(self.expect(0, "fix", "minimal.json", "--format", "json")[0])["repairs"], [])
        self.assertIn("没有方案 1，共 0 个", self.expect(1, "fix", "minimal.json", "--apply", "1", "-o", "x")[1])
        self.assertEqual(self.files(), ["minimal.json"])

    def test_blanks_are_filled(self):
        self.sample(changes=[("[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, null]")])
        out, _ = self.expect(1, "fix", "minimal.json")
        self.assertIn("方案 1：改 0 格，填 1 格\n  表三 一、本年新收政府信息公开申请数量 · 总计：（空） → 3\n", out)
        self.expect(0, "fix", "minimal.json", "--apply", "1", "-o", "x.json")
        self.expect(0, "fix", "x.json")

    def test_last_year_decides(self):
        self.sample(to="last.json", changes=[('"year": 2025', '"year": 2024')])
        self.sample(to="now.json", changes=[('"carried_in": [0, 0,', '"carried_in": [2, 0,'),
                                            ("[2, 1, 0, 0, 0, 0]", "[1, 1, 0, 0, 0, 0]")])
        out, _ = self.expect(1, "fix", "now.json", "--previous", "last.json", "--lang", "en")
        first = out.split("repair 2")[0]
        self.assertIn("二、上年结转政府信息公开申请数量 · 自然人: 2 → 1\n  why: mends A1", first)
        self.assertIn("as last year's report “last.json” has it: 二、上年结转政府信息公开申请数量 · 自然人", first)

    def test_the_text_decides(self):
        """申请3件，办结2件，结转下年度1件: which of two columns' ends is wrong, the text knows."""
        self.sample(to="a.json", changes=[("[2, 1, 0, 0, 0, 0]", "[3, 1, 0, 0, 0, 0]")])
        self.sample(to="b.json", changes=[('"carried_out": [1, 0,', '"carried_out": [0, 0,')])
        out, _ = self.expect(1, "fix", "a.json")
        self.assertTrue(out.startswith("方案 1：改 1 格\n  表三 一、本年新收政府信息公开申请数量 · 自然人：3 → 2\n"), out)
        self.assertIn("与正文“收到政府信息公开申请3件”相符", out)
        out, _ = self.expect(1, "fix", "b.json")
        self.assertTrue(out.startswith("方案 1：改 1 格\n  表三 四、结转下年度继续办理 · 自然人：0 → 1\n"), out)
        self.assertIn("与正文“结转下年度1件”相符", out)

    def test_too_many_faults(self):
        with open(self.path(self.published()), encoding="utf-8") as file:
            report = json.load(file)
        rows = list(report["requests"]["outcomes"]["refused"].values()) + \
            list(report["requests"]["outcomes"]["not_processed"].values())
        for index, row in enumerate(rows):
            row[index % 6] += index + 1
        self.write("bad.json", json.dumps(report))
        out, _ = self.expect(1, "fix", "bad.json")
        self.assertIn("在搜索的限度内没有找到改法", out)

    def test_usage(self):
        self.assertIn("--apply", self.expect(2, "fix", self.sample(), "-o", "x.json")[1])
        self.expect(2, "fix", "minimal.json", "--apply", "one")
        self.expect(4, "fix", "missing.json")


if __name__ == "__main__":
    unittest.main()
