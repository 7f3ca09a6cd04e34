"""nianbao init and nianbao schema."""

import glob
import json
import os

import jsonschema
from common import CommandTest, unittest

SOURCE = os.environ["NB_SOURCE_DIR"]
REPORTS = ["annual-report-2019", "annual-report-2021"]


def value_at(report, pointer):
    for step in pointer.split("/")[1:]:
        report = report[int(step) if isinstance(report, list) else step]
    return report


def is_of_shape(report, finding):
    """Whether it is a finding where the schema must refuse the report; null is a blank cell to both."""
    if finding["rule"] == "L3":
        return value_at(report, finding["pointer"]) is not None
    return finding["rule"] in {"S2", "S3", "S4", "L4"}


class Init(CommandTest):
    def skeleton(self, form, agency="青石县档案馆", year="2025"):
        """A new report with a sentence in each section."""
        out, _ = self.expect(0, "init", form, "--agency", agency, "--year", year)
        report = json.loads(out)
        report["sections"] = {"overview": ["信息主动公开。"], "problems": ["解读偏少，将逐步增加。"],
                              "other": ["没有收取信息处理费。"]}
        return json.dumps(report, ensure_ascii=False)

    def test_a_skeleton_lacks_nothing_but_its_sections(self):
        for form, year in zip(REPORTS, ("2020", "2025")):
            self.write("new.json", self.skeleton(form, year=year))
            self.assertEqual(self.expect(0, "check", "new.json")[0], "没有发现问题\n")
            self.expect(0, "build", "new.json", "-o", "new.pdf")
        out, _ = self.expect(0, "init", REPORTS[1], "--agency", "青石县档案馆", "--year", "2025")
        self.write("new.json", out)
        out, _ = self.expect(1, "check", "--format", "json", "new.json")
        self.assertEqual([(f["rule"], f["pointer"]) for f in json.loads(out)["findings"]],
                         [("L13", "/sections/overview"), ("L13", "/sections/other"),
                          ("L18", "/sections/problems")])

    def test_what_is_left_to_fill_in_is_found(self):
        self.expect(0, "init", REPORTS[1], "--blank", "-o", "new.json")
        out, _ = self.expect(1, "check", "--format", "json", "new.json")
        found = [(f["rule"], f["pointer"]) for f in json.loads(out)["findings"]]
        self.assertIn(("S3", "/agency"), found)
        self.assertIn(("S3", "/year"), found)
        self.assertIn(("L3", "/disclosure/fees"), found)
        self.assertIn(("L3", "/requests/carried_in/5"), found)

    def test_the_title_follows_agency_and_year(self):
        self.write("new.json", self.skeleton(REPORTS[1], "甲局", "2024").replace("甲局", "乙局"))
        self.expect(0, "build", "new.json", "-o", "new.html")
        with open(self.path("new.html"), encoding="utf-8") as file:
            self.assertIn("乙局2024年", file.read())

    def test_usage(self):
        for verb in "init", "schema":
            self.expect(2, verb)
            self.expect(2, verb, REPORTS[0], "-o", "a", "-o", "b")
            _, err = self.expect(2, verb, "annual-report-2020")
            self.assertIn("annual-report-2020: 错误 S6: 没有表单", err)
            self.expect(5, verb, REPORTS[0], "-o", "nowhere/x.json")
        self.expect(2, "init", REPORTS[0], "--year", "this")


class Schema(CommandTest):
    def setUp(self):
        super().setUp()
        self.validators = {}
        out, _ = self.expect(0, "forms")
        for form in (line.split()[0] for line in out.splitlines()):
            schema = json.loads(self.expect(0, "schema", form)[0])
            jsonschema.Draft7Validator.check_schema(schema)
            self.validators[form] = jsonschema.Draft7Validator(schema)

    def test_the_schema_agrees_with_reading(self):
        paths = [path for pattern in ("samples/*.json", "tests/check/*.json", "tests/check/clean/*.json",
                                      "tests/check/faults/base*.json", "tests/import/*.expected.json")
                 for path in glob.glob(os.path.join(SOURCE, pattern))]
        judged = {True: 0, False: 0}
        for path in paths:
            try:
                with open(path, encoding="utf-8") as file:
                    report = json.load(file)
                validator = self.validators[report["form"]]
            except (ValueError, KeyError, TypeError, RecursionError):
                continue
            done = self.run_command("check", "--format", "json", "--fail-on", "never", path)
            findings = json.loads(done.stdout)["findings"]
            if any(finding["rule"] == "S1" for finding in findings):
                continue
            rules = {finding["rule"] for finding in findings if is_of_shape(report, finding)}
            errors = [f"{list(error.absolute_path)}: {error.message}"
                      for error in validator.iter_errors(report)]
            self.assertEqual(bool(errors), bool(rules), f"{path}: {rules} {errors[:3]}")
            judged[not errors] += 1
        self.assertGreater(judged[True], 12)
        self.assertGreater(judged[False], 5)

    def test_skeletons_validate(self):
        for form in REPORTS:
            for words in [], ["--blank"]:
                out, _ = self.expect(0, "init", form, "--agency", "甲局", "--year", "2025", *words)
                self.validators[form].validate(json.loads(out))

    def test_titles_are_those_of_the_report(self):
        schema = self.validators["annual-report-2021"].schema["properties"]
        self.assertEqual(schema["requests"]["properties"]["received"]["title"],
                         "一、本年新收政府信息公开申请数量")
        self.assertEqual(schema["sections"]["properties"]["problems"]["title"], "五、存在的主要问题及改进情况")
        self.assertEqual(schema["disclosure"]["properties"]["rules"]["title"], "规章")

    def test_every_property_has_a_title(self):
        def untitled(schema, path):
            for key, value in schema.get("properties", {}).items():
                if "title" not in value and key != "form":
                    yield f"{path}/{key}"
                yield from untitled(value, f"{path}/{key}")
        for form in REPORTS:
            self.assertEqual(list(untitled(self.validators[form].schema, "")), [])


if __name__ == "__main__":
    unittest.main()
