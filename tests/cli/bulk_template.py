"""bulk --template: reports from the rows of a sheet."""

import json
import re

from common_bulk import BulkTest, line, report, unittest

HEADS = "机关名称,年度,自然人新收,行政许可,总体情况,有无诉讼"


def template():
    made = report(1, agency="${机关名称}", year="${年度}")
    made["sections"]["overview"] = ["${总体情况}", {"when": "有无诉讼", "text": "办理行政许可${行政许可:grouped}件。"}]
    made["disclosure"]["licences"] = "${行政许可}"
    made["requests"]["received"] = ["${自然人新收}", 1, 0, 0, 0, 0]
    return made


class Template(BulkTest):
    def setUp(self):
        super().setUp()
        self.write("T.json", line(template()))

    def text_of(self, path):
        with open(self.path(path), encoding="utf-8") as file:
            page = re.sub(r"<(style|script).*?</\1>", "", file.read(), flags=re.S)
        return re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", page))

    def bulk_of(self, name, bytes_or_text, status=0):
        with open(self.path(name), "wb") as file:
            file.write(bytes_or_text if isinstance(bytes_or_text, bytes) else bytes_or_text.encode())
        return self.bulk(status, name, "--template", "T.json", "-o", "out-" + name, "-f", "html")

    def test_a_row_of_a_sheet_is_the_report_of_its_json(self):
        whole = report(1, agency="甲局")
        whole["sections"]["overview"] = ["一段。", "二段。", "办理行政许可1,258件。"]
        whole["disclosure"]["licences"] = 1258
        self.write("甲局.json", line(whole))
        self.expect(0, "build", "甲局.json", "-o", "甲局.html")
        with open(self.path("甲局.html"), "rb") as file:
            expected = file.read()
        row = '甲局,2025,2,"1,258","一段。\n二段。",是'
        sheet = f"{HEADS}\n{row}\n"
        as_object = dict(zip(HEADS.split(","), ["甲局", 2025, 2, 1258, "一段。\n二段。", True]))
        for name, content in (("utf-8.csv", sheet), ("mark.csv", "\ufeff" + sheet),
                              ("office.csv", sheet.replace("\n", "\r\n").encode("gb18030")),
                              ("rows.jsonl", line(as_object))):
            with self.subTest(name):
                self.bulk_of(name, content)
                made = self.content("out-" + name)["000001-甲局.html"]
                self.assertEqual(made, expected)

    def test_a_sheet_of_excel(self):
        try:
            import openpyxl
        except ImportError:
            self.skipTest("no openpyxl here")
        book = openpyxl.Workbook()
        book.active.append(HEADS.split(","))
        book.active.append(["甲局", 2025, 2, 1258, "一段。\n二段。", True])
        book.active.append(["乙局", 2025, 2, 0.1 + 0.2, "一段。", None])
        book.save(self.path("in.xlsx"))
        self.bulk(1, "in.xlsx", "--template", "T.json", "-o", "out", "-f", "html")
        self.assertIn("一段。二段。办理行政许可1,258件。", self.text_of("out/000001-甲局.html"))
        self.assertEqual(self.manifest("out")[0][1]["findings"][0]["pointer"], "/disclosure/licences")

    def test_a_bad_row_says_where_it_is(self):
        self.bulk_of("in.csv", f"{HEADS}\n甲局,2025,2,1,段,否\n乙局,2025,2,,段,是\n丙局,2025\n丁局,2025,2,1,段,否\n", status=1)
        rows, _ = self.manifest("out-in.csv")
        self.assertEqual([(row["line"], row["status"]) for row in rows],
                         [(2, "done"), (3, "failed"), (4, "failed"), (5, "done")])
        self.assertEqual([row["findings"][0]["rule"] for row in rows if row["findings"]], ["T4", "B4"])

    def test_missing_columns_are_said_once_and_end_the_run(self):
        out = self.bulk_of("in.csv", "机关名称,年份\n" + "甲局,2025\n" * 50, status=4)[1]
        self.assertEqual(out.count("没有“年度”这一列"), 1)
        self.assertIn("是否要写“年份”？", out)

    def test_columns_left_over_are_said_once(self):
        out = self.bulk_of("in.csv", HEADS + ",电话\n" + "甲局,2025,2,1,段,否,1\n" * 5)[1]
        self.assertEqual(out.count("电话"), 1)

    def test_a_sheet_needs_a_template_and_a_template_a_form(self):
        self.write("in.csv", HEADS)
        self.assertIn("--template", self.bulk(2, "in.csv", "-o", "out")[1])
        self.write("T.json", json.dumps({"form": "${form}"}))
        self.assertIn("T1", self.bulk(4, "in.csv", "--template", "T.json", "-o", "out")[1])

    def test_changed_heads_or_template_make_every_row_again(self):
        self.bulk_of("in.csv", f"{HEADS}\n甲局,2025,2,1,段,否\n")
        again = ["in.csv", "--template", "T.json", "-o", "out-in.csv", "-f", "html", "--resume"]
        self.assertIn("其中上次已有 1", self.bulk(0, *again)[1])
        changed = template()
        changed["sections"]["other"] = ["有。"]
        self.write("T.json", line(changed))
        self.assertNotIn("其中上次已有", self.bulk(0, *again)[1])


if __name__ == "__main__":
    unittest.main()
