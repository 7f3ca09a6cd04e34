"""nianbao diff and patch."""

import json

from common import CommandTest, unittest

CHANGES = [("申请3件，办结2件", "申请4件，已办结2件"), ("[2, 1, 0, 0, 0, 0]", "[3, 1, 0, 0, 0, 0]"),
           ('"problems": ["没有突出问题。"]', '"problems": ["没有突出问题。", "共{requests.received.total}件。"]')]


class Diff(CommandTest):
    def setUp(self):
        super().setUp()
        self.sample(to="a.json")
        self.sample(to="b.json", changes=CHANGES)

    def test_differences_are_told_as_a_reader_says_them(self):
        out, err = self.expect(1, "diff", "a.json", "b.json")
        self.assertEqual(out, "一、总体情况 第1段：本年度收到政府信息公开申请[-3-]{+4+}件，{+已+}办结2件，结转下年度1件。\n"
                              "五、存在的主要问题及改进情况 第2段：{+共4件。+}\n"
                              "表三 一、本年新收政府信息公开申请数量 · 自然人：2 → 3\n"
                              "表三 一、本年新收政府信息公开申请数量 · 总计：3 → 4（随之而变）\n"
                              "不同 4 处\n")
        self.assertEqual(err, "")

    def test_in_english(self):
        out, _ = self.expect(1, "diff", "b.json", "a.json", "--lang", "en")
        self.assertIn("五、存在的主要问题及改进情况, former paragraph 2: [-共4件。-]\n", out)
        self.assertTrue(out.endswith("· 总计: 4 → 3 (follows from others)\n4 differences\n"))

    def test_a_total_that_only_one_states(self):
        self.sample(to="c.json", changes=[("[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 3]")])
        out, _ = self.expect(1, "diff", "a.json", "c.json")
        self.assertEqual(out, "表三 一、本年新收政府信息公开申请数量 · 总计：3 → 3（一份写明，一份留给程序计算）\n不同 1 处\n")

    def test_none(self):
        self.assertEqual(self.expect(0, "diff", "a.json", "a.json")[0], "没有不同\n")
        self.assertEqual(self.expect(0, "diff", "a.json", "a.json", "--format", "json")[0], "[]\n")

    def test_json_is_a_patch(self):
        out, _ = self.expect(1, "diff", "a.json", "b.json", "--format", "json")
        self.write("p.json", out)
        self.assertEqual(json.loads(out)[-2:], [{"op": "test", "path": "/requests/received/0", "value": 2},
                                                {"op": "replace", "path": "/requests/received/0", "value": 3}])
        self.expect(0, "patch", "a.json", "p.json", "-o", "c.json")
        self.assertEqual(self.expect(0, "diff", "b.json", "c.json")[0], "没有不同\n")
        with open(self.path("c.json"), "rb") as file:
            self.assertEqual(self.expect(0, "patch", "a.json", "p.json")[0].encode(), file.read())

    def test_a_patch_for_another_report_writes_nothing(self):
        self.write("p.json", self.expect(1, "diff", "a.json", "b.json", "--format", "json")[0])
        _, err = self.expect(1, "patch", "b.json", "p.json", "-o", "c.json")
        self.assertIn("p.json:2:5: 错误 J3: test “/sections/overview/0”：应是 ", err)
        self.assertNotIn("c.json", self.files())

    def test_a_patch_that_is_none(self):
        self.write("p.json", '{"op": "add"}')
        self.assertIn("p.json:1:1: 错误 J1: ", self.expect(4, "patch", "a.json", "p.json", "-o", "c.json")[1])
        self.write("p.json", "[")
        self.assertIn(" S1: ", self.expect(4, "patch", "a.json", "p.json", "-o", "c.json")[1])
        self.expect(4, "patch", "a.json", "missing.json")
        self.assertNotIn("c.json", self.files())

    def test_what_a_patch_makes_wrong_is_told(self):
        self.write("p.json", '[{"op": "replace", "path": "/year", "value": "x"}]')
        _, err = self.expect(1, "patch", "a.json", "p.json", "-o", "c.json")
        self.assertIn("a.json#patched:", err)
        self.assertIn(" S3: ", err)
        self.write("p.json", '[{"op": "replace", "path": "/form", "value": "x"}]')
        self.assertIn(" S6: ", self.expect(4, "patch", "a.json", "p.json", "-o", "d.json")[1])
        self.assertNotIn("d.json", self.files())

    def test_reports_of_different_forms_do_not_compare(self):
        with open(self.path("a.json"), encoding="utf-8") as file:
            self.write("old.json", file.read().replace("annual-report-2021", "annual-report-2019"))
        out, err = self.expect(2, "diff", "a.json", "old.json")
        self.assertEqual(out, "")
        self.assertIn("old.json: 错误 D1: 表单是“annual-report-2019”，另一份是“annual-report-2021”", err)

    def test_usage(self):
        self.assertIn("要 2 个输入文件，只说了 1 个", self.expect(2, "diff", "a.json")[1])
        self.expect(2, "diff", "a.json", "b.json", "a.json")
        self.expect(4, "diff", "a.json", "missing.json")


if __name__ == "__main__":
    unittest.main()
