"""bulk: many reports in one run."""

import os

from common_bulk import BulkTest, line, report, unittest


class Bulk(BulkTest):
    def test_each_row_becomes_the_files_that_build_makes(self):
        self.rows(5)
        _, err = self.bulk(0, "in.jsonl", "-o", "out")
        self.assertEqual(err, "共 5 条：做成 5，没有做成 0，有警告 0\n")
        self.assert_manifest_is_true("out")
        self.assertEqual(len(self.files("out")), 11)
        self.write("3.json", line(report(3)))
        self.expect(0, "build", "3.json", "-o", "3.pdf", "-o", "3.docx")
        made = self.content("out")
        for suffix in "pdf", "docx":
            with open(self.path(f"3.{suffix}"), "rb") as file:
                self.assertEqual(made[f"000003-青石县第3局.{suffix}"], file.read())

    def test_bytes_do_not_depend_on_the_number_of_workers(self):
        self.rows(12)
        self.bulk(0, "in.jsonl", "-o", "one", "-j", "1")
        self.bulk(0, "in.jsonl", "-o", "three", "-j", "3")
        self.assert_same_content("one", "three")

    def test_bytes_do_not_depend_on_the_rows_before(self):
        forth = [line(report(n)) for n in range(1, 9)]
        self.write("forth.jsonl", "\n".join(forth))
        self.write("back.jsonl", "\n".join(reversed(forth)))
        for name in "forth", "back":
            self.bulk(0, f"{name}.jsonl", "-o", name, "--name", "{agency}", "-f", "pdf,docx,ofd,html")
        one, other = self.content("forth"), self.content("back")
        one.pop("manifest.jsonl"), other.pop("manifest.jsonl")
        self.assertEqual(one, other)

    def test_a_bad_row_costs_that_row_alone(self):
        wrong = report(3)
        wrong["requests"]["received"] = [2, 1, 0, 0, 0, 0, 4]
        self.rows(6, replaced={2: "{ not json", 3: line(wrong), 5: '{"form": "annual-report-2021"}'})
        _, err = self.bulk(1, "in.jsonl", "-o", "out", "-j", "2")
        self.assert_manifest_is_true("out")
        rows, end = self.manifest("out")
        self.assertEqual([row["status"] for row in rows],
                         ["done", "failed", "failed", "done", "failed", "done"])
        self.assertEqual([row["findings"][0]["rule"] for row in rows if row["findings"]], ["S1", "A3", "S4"])
        self.assertEqual(rows[2]["agency"], "青石县第3局")
        self.assertIn("in.jsonl:3:1: 错误 B0: 第 3 条没有做成：", err)
        self.assertEqual((end["done"], end["failed"]), (3, 3))

    def test_force_makes_reports_with_errors(self):
        wrong = report(1)
        wrong["requests"]["received"] = [2, 1, 0, 0, 0, 0, 4]
        self.write("in.jsonl", line(wrong))
        self.bulk(0, "in.jsonl", "-o", "out", "--force")
        self.assertEqual(self.manifest("out")[0][0]["status"], "done")
        self.bulk(3, "in.jsonl", "-o", "out", "--force", "--fail-on", "warning")

    def test_rules_are_set_as_for_build(self):
        wrong = report(1)
        wrong["requests"]["received"] = [2, 1, 0, 0, 0, 0, 4]
        self.write("in.jsonl", line(wrong))
        self.bulk(1, "in.jsonl", "-o", "none", "--rule", "A1=off")
        self.assertEqual(self.files("none"), ["manifest.jsonl"])
        self.bulk(0, "in.jsonl", "-o", "off", "--rule", "A3=off,L5=off")
        self.assertEqual(self.manifest("off")[0][0]["findings"], [])
        self.bulk(3, "in.jsonl", "-o", "warned", "--rule", "A3=warning", "--rule", "L5=off",
                  "--fail-on", "warning")
        self.assertEqual([(f["rule"], f["severity"]) for f in self.manifest("warned")[0][0]["findings"]],
                         [("A3", "warning")])
        _, err = self.bulk(2, "in.jsonl", "-o", "no", "--rule", "A33=off")
        self.assertIn("nianbao bulk: 没有规则“A33”", err)
        self.assertFalse(os.path.exists(self.path("no")))

    def test_an_editable_form_is_the_docx_that_build_makes(self):
        self.rows(2)
        self.bulk(0, "in.jsonl", "-o", "out", "--editable")
        self.assertEqual(self.files("out"), ["000001-青石县第1局.docx", "000002-青石县第2局.docx", "manifest.jsonl"])
        self.write("2.json", line(report(2)))
        self.expect(0, "build", "2.json", "--editable", "-o", "2.docx")
        with open(self.path("2.docx"), "rb") as file:
            self.assertEqual(self.content("out")["000002-青石县第2局.docx"], file.read())
        self.bulk(2, "in.jsonl", "-o", "other", "--editable", "-f", "pdf,docx")

    def test_rows_that_failed_are_told_of_up_to_ten(self):
        self.write("in.jsonl", "{}\n" * 30)
        _, err = self.bulk(1, "in.jsonl", "-o", "out")
        self.assertEqual(err.count("没有做成："), 10)
        self.assertIn("还有 20 条没有做成，见 manifest.jsonl", err)
        self.bulk(0, "in.jsonl", "-o", "out", "--fail-on", "never")

    def test_lines_may_be_blank_end_in_crlf_and_begin_with_a_mark(self):
        self.write("in.jsonl", "\ufeff" + line(report(1)) + "\r\n\n  \n" + line(report(2)))
        self.bulk(0, "in.jsonl", "-o", "out")
        self.assertEqual([row["line"] for row in self.manifest("out")[0]], [1, 4])

    def test_reads_standard_input(self):
        self.bulk(0, "-", "-o", "out", stdin=line(report(1)).encode())
        self.assertEqual(self.manifest("out")[1]["done"], 1)

    def test_a_line_that_is_too_long_is_one_row(self):
        self.rows(3, replaced={2: "[" + " " * (17 << 20) + "]"})
        self.bulk(1, "in.jsonl", "-o", "out")
        self.assertEqual([row["status"] for row in self.manifest("out")[0]], ["done", "failed", "done"])

    def test_an_input_without_rows_has_a_manifest(self):
        self.write("in.jsonl", "\n")
        self.bulk(0, "in.jsonl", "-o", "out")
        self.assertEqual(self.manifest("out")[0], [])

    def test_what_cannot_be_read_is_said(self):
        self.assertIn("missing.jsonl", self.bulk(4, "missing.jsonl", "-o", "out")[1])
        self.assertIn("-o", self.bulk(2, "in.jsonl")[1])


class Names(BulkTest):
    def names(self, *words, **changes):
        self.write("in.jsonl", "".join(line(report(n, **changes)) + "\n" for n in (1, 2)))
        self.bulk(0, "in.jsonl", "-o", "out", "-f", "html", *words)
        return sorted(name for name in self.content("out") if name != "manifest.jsonl")

    def test_a_pattern_names_values_of_the_report(self):
        self.assertEqual(self.names("--name", "{year}年{agency}-{requests.received.total}"),
                         ["2025年青石县第1局-3.html", "2025年青石县第2局-3.html"])

    def test_a_name_has_nothing_that_a_file_system_trips_over(self):
        self.assertEqual(self.names(agency='../a:b*c?"<>|\\'),
                         ["000001-.._a_b_c______.html", "000002-.._a_b_c______.html"])
        self.assertEqual(self.names("--name", "{agency}{row}", agency=".-x")[-1], "_-x000002.html")

    def test_a_long_name_is_cut_at_a_character_and_stays_its_own(self):
        names = self.names("--name", "{agency}{row}", agency="长" * 200)
        long = [name for name in names if name.startswith("长")]
        self.assertEqual(len(long), 2)
        for name in long:
            self.assertLessEqual(len(name.encode()), 205)
            self.assertRegex(name, r"^长+~[0-9a-f]{16}\.html$")

    def test_rows_share_folders_when_they_are_split(self):
        self.rows(5)
        self.bulk(0, "in.jsonl", "-o", "out", "-f", "html", "--split", "2")
        self.assertEqual(sorted(self.content("out"))[:5],
                         ["0000/000001-青石县第1局.html", "0000/000002-青石县第2局.html",
                          "0001/000003-青石县第3局.html", "0001/000004-青石县第4局.html",
                          "0002/000005-青石县第5局.html"])
        self.assert_manifest_is_true("out")

    def test_of_two_rows_with_one_name_the_first_has_it(self):
        same = [line(report(n, agency="同名局" if n in (2, 5, 7) else f"{n}局")) for n in range(1, 9)]
        self.write("in.jsonl", "\n".join(same))
        for workers in "1", "4":
            self.bulk(1, "in.jsonl", "-o", workers, "--name", "{agency}", "-f", "html", "-j", workers)
        rows, _ = self.manifest("1")
        self.assertEqual([row["row"] for row in rows if row["status"] == "failed"], [5, 7])
        self.assertEqual(rows[4]["findings"][0]["rule"], "B5")
        self.assertIn("第 2 条", rows[4]["findings"][0]["message"])
        self.assert_same_content("1", "4")

    def test_a_row_that_has_no_room_for_one_file_leaves_none(self):
        self.rows(2)
        os.makedirs(self.path("out/000002-青石县第2局.docx/full"))
        self.bulk(1, "in.jsonl", "-o", "out", "-f", "pdf,docx")
        rows, end = self.manifest("out")
        self.assertEqual([end["done"], end["failed"], rows[1]["files"]], [1, 1, []])
        self.assertNotIn("000002-青石县第2局.pdf", self.content("out"))

    def test_what_cannot_have_its_name_leaves_no_part(self):
        self.rows(2)
        for folder, name in ("one", "out.zip"), ("two", "two/manifest.jsonl"):
            os.makedirs(self.path(name))
            _, err = self.bulk(5, "in.jsonl", "-o", folder, "-f", "html", "--archive", "out.zip")
            self.assertIn(f"{name}: 错误 IO: 无法写出：", err)
            self.assertEqual([path for path in self.content(".") if path.endswith(".part")], [])

    def test_a_pattern_of_unknown_values_is_refused_once(self):
        self.rows(2)
        _, err = self.bulk(2, "in.jsonl", "-o", "out", "--name", "{agencyy}")
        self.assertIn("--name: 错误 B3: ", err)
        self.assertFalse(os.path.exists(self.path("out")))
        self.bulk(2, "in.jsonl", "-o", "out", "--name", "{agency")


if __name__ == "__main__":
    unittest.main()
