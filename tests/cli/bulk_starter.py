"""init --template: the files that it writes, filled in, are what bulk takes."""

import csv
import json
import re
import zipfile

from common_bulk import BulkTest, report, unittest

FORM = "annual-report-2021"


def columns_of(template, made, found):
    """What each column of the template is in a report."""
    if isinstance(template, str):
        name = re.sub(r"\\(.)", r"\1", template.removeprefix("${").removesuffix("}"))
        found[name] = "\n".join(made) if isinstance(made, list) else made
    elif isinstance(template, list):
        for part, value in zip(template, made):
            columns_of(part, value, found)
    else:
        for key, part in template.items():
            if key != "form":
                columns_of(part, (made or {}).get(key, "" if isinstance(part, str) else {}), found)


class Starter(BulkTest):
    def setUp(self):
        super().setUp()
        self.expect(0, "init", FORM, "--template", "-o", "kit")

    def heads(self):
        with open(self.path("kit/rows.csv"), encoding="utf-8-sig", newline="") as file:
            return next(csv.reader(file))

    def test_the_sheet_filled_in_is_the_report(self):
        made = report(1, agency="甲局", date="2026-01-20", signature=True)
        made["sections"]["problems"] = ["一。", "二。"]
        self.write("甲局.json", json.dumps(made, ensure_ascii=False))
        with open(self.path("kit/template.json"), encoding="utf-8") as file:
            template = json.load(file)
        values = {}
        columns_of(template, made, values)
        heads = self.heads()
        self.assertEqual(sorted(values), sorted(heads))
        with open(self.path("kit/rows.csv"), "a", encoding="utf-8", newline="") as file:
            csv.writer(file).writerow([values[head] for head in heads])
        _, err = self.bulk(0, "kit/rows.csv", "--template", "kit/template.json", "-o", "out", "-f", "html")
        self.assertNotIn("T3", err)
        self.expect(0, "build", "甲局.json", "-o", "甲局.html")
        with open(self.path("甲局.html"), "rb") as file:
            self.assertEqual(self.content("out")["000001-甲局.html"], file.read())

    def test_the_workbook_has_the_same_columns(self):
        self.bulk(0, "kit/rows.xlsx", "--template", "kit/template.json", "-o", "out")
        with zipfile.ZipFile(self.path("kit/rows.xlsx")) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode("utf-8")
        self.assertEqual(re.findall("<t>(.*?)</t>", sheet), self.heads())
        self.assertEqual(len(set(self.heads())), len(self.heads()))

    def test_every_form_has_a_kit(self):
        for form in re.findall(r"(?m)^\S+", self.expect(0, "forms")[0]):
            self.expect(0, "init", form, "--template", "-o", form)
            self.bulk(0, f"{form}/rows.csv", "--template", f"{form}/template.json", "-o", f"{form}/out")

    def test_a_form_that_there_is_not(self):
        self.assertIn("S6", self.expect(2, "init", "none", "--template", "-o", "x")[1])
        self.assertIn("-o", self.expect(2, "init", FORM, "--template")[1])


if __name__ == "__main__":
    unittest.main()
