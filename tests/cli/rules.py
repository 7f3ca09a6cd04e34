"""The rules of a check: their list, and what a report or the command line says of them."""

import json
import re
import unittest

from common import ROOT, CommandTest

OFF = '"checks": {"A3": {"severity": "off", "reason": "总计含未分类的1件。"}},\n    "agency"'


class Rules(CommandTest):
    def listed(self):
        out, _ = self.expect(0, "rules", "--format", "json")
        return json.loads(out)["rules"]

    def test_each_rule_stands_once_with_its_words(self):
        rules = self.listed()
        ids = [rule["id"] for rule in rules]
        self.assertEqual(len(set(ids)), len(ids))
        for rule in ("A1", "C1", "L3", "L5", "L14", "L21", "P1", "S1"):
            self.assertIn(rule, ids)
        for rule in rules:
            self.assertTrue(rule["zh"] and rule["en"], rule)
        out, _ = self.expect(0, "rules", "--lang", "en")
        self.assertEqual([line.split()[0] for line in out.splitlines()], ids)

    def test_the_guide_lists_the_rules_that_there_are(self):
        with open(f"{ROOT}/docs/checks.md", encoding="utf-8") as file:
            rows = re.findall(r"^\| ([A-Z]+[0-9]*) \| (\w+) \| (.*) \|$", file.read(), re.M)
        self.assertEqual(rows, [(r["id"], r["severity"], r["zh"]) for r in self.listed()])

    def test_a_rule_is_turned_off(self):
        self.wrong()
        out, _ = self.expect(0, "check", "wrong.json", "--rule", "A3=off,L5=off")
        self.assertEqual(out, "没有发现问题\n")
        self.expect(0, "build", "wrong.json", "--rule", "A3=off", "--rule=L5=off,A1=off", "-o", "x.html")
        self.expect(1, "build", "wrong.json", "--rule", "L6=off", "-o", "x.html")

    def test_a_rule_has_another_severity(self):
        self.wrong()
        out, _ = self.expect(0, "check", "wrong.json", "--rule", "A3=warning")
        self.assertIn("警告 A3", out)
        out, _ = self.expect(0, "check", "wrong.json", "--rule", "A3=info", "--format", "json")
        self.assertEqual([f["severity"] for f in json.loads(out)["findings"]], ["info"])

    def test_what_is_no_rule_is_refused(self):
        _, err = self.expect(2, "check", self.sample(), "--rule", "L55=off")
        self.assertIn("没有规则“L55”；是否要写“L5”？", err)
        self.expect(2, "check", "minimal.json", "--rule", "L5")
        self.expect(2, "check", "minimal.json", "--rule", "S2=off")
        _, err = self.expect(2, "check", "minimal.json", "--rule", "L5=of")
        self.assertIn("“off”", err)

    def test_a_report_says_why_a_rule_is_off(self):
        self.sample(to="a.json", changes=[("[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 4]"),
                                          ("申请3件", "申请4件"), ('"agency"', OFF)])
        out, _ = self.expect(0, "check", "a.json")
        self.assertEqual(out, "a.json:3:22: 说明 A3: 这份报告不查这条规则：总计含未分类的1件。\n没有发现问题\n")
        out, _ = self.expect(0, "check", "a.json", "--format", "json")
        result = json.loads(out)
        self.assertEqual([(f["rule"], f["pointer"], f["reason"]) for f in result["suppressed"]],
                         [("A3", "/requests/received/6", "总计含未分类的1件。")])
        out, _ = self.expect(1, "check", "a.json", "--rule", "A3=error")
        self.assertIn("错误 A3", out)

    def test_the_choice_is_part_of_the_report(self):
        self.sample(to="a.json", changes=[('"agency"', OFF)])
        self.expect(0, "build", "a.json", "-o", "a.html")
        out, _ = self.expect(0, "import", "a.html")
        self.assertEqual(json.loads(out)["checks"], {"A3": {"severity": "off", "reason": "总计含未分类的1件。"}})

    def test_faults_of_a_choice(self):
        for choice, rule, words in (
                ('{"severity": "off"}', "S4", "reason"),
                ('{"severity": "none", "reason": "甲"}', "S3", "severity"),
                ('{"reason": "甲"}', "S4", "severity"),
                ('{"severity": "off", "reason": "甲", "who": 1}', "S2", "who"),
                ('{"deadline": "1-28", "reason": "甲"}', "S3", "deadline"),
                ('{"deadline": "02-30", "reason": "甲"}', "S3", "deadline"),
                ('"off"', "S3", "一个对象")):
            self.sample(to="a.json", changes=[('"agency"', f'"checks": {{"A3": {choice}}}, "agency"')])
            out, _ = self.expect(1, "check", "a.json")
            self.assertIn(f"错误 {rule}: ", out)
            self.assertIn(words, out)
        for name, rule in (("A33", "S2"), ("S1", "S3")):
            self.sample(to="a.json", changes=[
                ('"agency"', f'"checks": {{"{name}": {{"severity": "off", "reason": "甲"}}}}, "agency"')])
            out, _ = self.expect(1, "check", "a.json")
            self.assertIn(f"错误 {rule}: ", out)


class Sarif(CommandTest):
    def log(self, *words, status=1):
        out, _ = self.expect(status, "check", "--format", "sarif", *words)
        return json.loads(out)

    def test_results_point_to_their_rules_and_characters(self):
        self.wrong()
        self.sample(to="报告 2.json", changes=[("没有突出问题。", "没有突出问题,将改进。")])
        run, = self.log("wrong.json", "报告 2.json")["runs"]
        rules = run["tool"]["driver"]["rules"]
        self.assertEqual(run["columnKind"], "unicodeCodePoints")
        self.assertEqual([r["id"] for r in run["translations"][0]["rules"]], [r["id"] for r in rules])
        for result in run["results"]:
            self.assertEqual(rules[result["ruleIndex"]]["id"], result["ruleId"])
            self.assertRegex(result["partialFingerprints"]["rulePointerMessage/v1"], "^[0-9a-f]{16}$")
        places = [(r["ruleId"], r["level"], r["locations"][0]["physicalLocation"]) for r in run["results"]]
        self.assertEqual(places, [
            ("A3", "error", {"artifactLocation": {"uri": "wrong.json"},
                             "region": {"startLine": 19, "startColumn": 40}}),
            ("L20", "warning", {"artifactLocation": {"uri": "%E6%8A%A5%E5%91%8A%202.json"},
                                "region": {"startLine": 7, "startColumn": 29, "endColumn": 30}})])

    def test_fingerprints_do_not_move_with_lines(self):
        self.wrong()
        with open(self.path("wrong.json"), encoding="utf-8") as file:
            self.write("lower.json", "\n\n" + file.read())
        one, two = (self.log(name)["runs"][0]["results"][0] for name in ("wrong.json", "lower.json"))
        self.assertEqual(one["partialFingerprints"], two["partialFingerprints"])
        self.assertNotEqual(one["locations"][0]["physicalLocation"]["region"],
                            two["locations"][0]["physicalLocation"]["region"])

    def test_what_is_turned_off_is_suppressed(self):
        self.sample(to="a.json", changes=[("[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 4]"),
                                          ("申请3件", "申请4件"), ('"agency"', OFF)])
        results = self.log("a.json", status=0)["runs"][0]["results"]
        self.assertEqual(results[-1]["suppressions"],
                         [{"kind": "inSource", "justification": "总计含未分类的1件。"}])
        self.wrong()
        results = self.log("wrong.json", "--rule", "A3=off", status=0)["runs"][0]["results"]
        self.assertEqual([r["suppressions"] for r in results], [[{"kind": "external"}]])

    def test_nothing_found_is_a_log_too(self):
        self.assertEqual(self.log(self.sample(), status=0)["runs"][0]["results"], [])


if __name__ == "__main__":
    unittest.main()
