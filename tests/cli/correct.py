"""nianbao correct: the files of a correction, and what the tracked changes say."""

import hashlib
import json
import os
import unittest

import common
import common_corrections
import common_redline

FILES = ["manifest.json", "note.docx", "note.json", "note.pdf", "patch.json", "redline.docx", "report.docx", "report.json",
         "report.pdf"]
# The conformance checks take all that there are.
PAIRS = {"everything", "moved", "headings", "captions", "pictures-at-the-end", "closing-added", "closing-removed",
         "last-paragraph-replaced"}
SAMPLE = os.path.join(common.SAMPLES, "provincial-city.json")


class Correct(common.CommandTest):
    def correct(self, *words, status=0):
        return self.expect(status, "correct", "old.json", "new.json", "-o", "out", *words)

    def minimal_pair(self, *changes):
        self.sample(to="old.json")
        self.sample(to="new.json", changes=changes)

    def load(self, name):
        with open(self.path(name), encoding="utf-8") as file:
            return json.load(file)

    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def test_each_change_is_accepted_and_rejected(self):
        for name in PAIRS.intersection(common_corrections.write_pairs(SAMPLE, self.folder)):
            with self.subTest(name):
                self.expect(0, "correct", f"{name}/old.json", f"{name}/new.json", "-o", f"{name}/out", "--force")
                self.expect(0, "build", f"{name}/old.json", "-o", f"{name}/old.docx", "--force")
                redline = self.path(f"{name}/out/redline.docx")
                self.assertEqual(common_redline.blocks(redline, "ins"),
                                 common_redline.blocks(self.path(f"{name}/old.docx")))
                self.assertEqual(common_redline.blocks(redline, "del"),
                                 common_redline.blocks(self.path(f"{name}/out/report.docx")))
                self.assertTrue(common_redline.changes(redline))

    def test_a_number_is_one_change(self):
        self.minimal_pair(("[1, 0, 0, 0, 0, 0]", "[12, 0, 0, 0, 0, 0]"))
        self.correct("--force", "--date", "2026-03-02", "--author", "张三")
        changes = common_redline.changes(self.path("out/redline.docx"))
        self.assertEqual(changes[0], ("del", "1", "张三", "2026-03-02T00:00:00Z"))
        self.assertEqual(changes[1], ("ins", "12", "张三", "2026-03-02T00:00:00Z"))

    def test_files_are_those_of_build_and_listed(self):
        self.minimal_pair(("[1, 0, 0, 0, 0, 0]", "[12, 0, 0, 0, 0, 0]"))
        self.correct("--force")
        self.assertEqual(self.files("out"), FILES)
        self.expect(0, "build", "new.json", "-o", ".", "--force")
        for suffix in "pdf", "docx":
            self.assertEqual(self.read(f"out/report.{suffix}"), self.read(f"new.{suffix}"))
        manifest = self.load("out/manifest.json")
        self.assertEqual(sorted(f["name"] for f in manifest["files"]), sorted({*FILES, "old.json"} - {"manifest.json"}))
        for file in manifest["files"]:
            content = self.read("old.json" if file["role"] == "old" else "out/" + file["name"])
            self.assertEqual(file["sha256"], hashlib.sha256(content).hexdigest())
            self.assertEqual(file["bytes"], len(content))
        self.assertEqual(manifest["changes"][0]["pointer"], "/requests/carried_out/0")
        self.expect(0, "patch", "old.json", "out/patch.json", "-o", "patched.json")
        self.assertEqual(self.read("patched.json"), self.read("out/report.json"))

    def test_the_note_says_what_where_and_why(self):
        self.sample("provincial-city.json", to="old.json")
        self.sample("provincial-city.json", to="new.json", changes=[("推进决策、执行、管理、服务、结果“五公开”", "推进决策和执行“两公开”")])
        self.correct("--reason", "引用有误。", "--date", "2026-03-02")
        note = self.load("out/note.json")
        self.assertEqual(note["date"], "2026-03-02")
        self.assertEqual(note["reason"], "引用有误。")
        self.assertEqual(note["count"], 1)
        change = note["changes"][0]
        self.assertEqual((change["section"], change["place"]), ("一、总体情况", "第2段"))
        self.assertIn("推进决策和执行“两公开”", change["new"])
        self.assertTrue(change["old"].startswith("……"))
        self.assertIn("决策、执行、管理、服务、结果“五公开”", change["old"])
        # Its words can be edited and set again.
        self.expect(0, "build", "out/note.json", "-o", "again.pdf")
        self.assertEqual(self.read("again.pdf"), self.read("out/note.pdf"))

    def test_same_input_same_bytes(self):
        self.minimal_pair(("[1, 0, 0, 0, 0, 0]", "[12, 0, 0, 0, 0, 0]"))
        self.correct("--force")
        first = {name: self.read("out/" + name) for name in FILES}
        self.correct("--force")
        self.assertEqual(first, {name: self.read("out/" + name) for name in FILES})

    def test_the_old_report_may_be_a_published_file(self):
        self.minimal_pair(("[1, 0, 0, 0, 0, 0]", "[12, 0, 0, 0, 0, 0]"))
        self.expect(0, "build", "old.json", "-o", "old.docx")
        self.expect(0, "correct", "old.docx", "new.json", "-o", "out", "--force")
        self.assertEqual(self.load("out/manifest.json")["files"][0]["name"], "old.docx")

    def test_errors_in_the_new_report_are_refused(self):
        self.minimal_pair(("[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 4]"))
        _, err = self.correct(status=1)
        self.assertIn("A3", err)
        self.assertNotIn("out", self.files())

    def test_errors_in_the_old_report_do_not_matter(self):
        self.wrong("old.json")
        self.sample(to="new.json")
        _, err = self.correct()
        self.assertNotIn("A3", err)

    def test_equal_reports_have_nothing_to_correct(self):
        self.minimal_pair()
        _, err = self.correct(status=1)
        self.assertIn("E3", err)
        self.assertNotIn("out", self.files())

    def test_reports_that_do_not_belong_together_are_refused(self):
        self.minimal_pair(("\"year\": 2025", "\"year\": 2024"))
        _, err = self.correct()
        self.assertIn("警告 E2", err)
        self.sample("provincial-city.json", to="old.json")
        self.sample("district-statistics-bureau.json", to="new.json", changes=[("\"year\": 2025", "\"year\": 2024")])
        _, err = self.expect(1, "correct", "old.json", "new.json", "-o", "other")
        self.assertIn("错误 E2", err)
        self.write("note.json", self.read("out/note.json").decode())
        _, err = self.expect(1, "correct", "old.json", "note.json", "-o", "other")
        self.assertIn("E1", err)
        self.assertNotIn("other", self.files())

    def test_no_input_is_overwritten(self):
        self.sample(to="old.json")
        self.sample(to="report.json", changes=[("[1, 0, 0, 0, 0, 0]", "[12, 0, 0, 0, 0, 0]")])
        _, err = self.expect(2, "correct", "old.json", "report.json", "-o", ".", "--force")
        self.assertIn("report.json", err)

    def test_usage(self):
        self.minimal_pair()
        self.expect(2, "correct", "old.json", "-o", "out")
        self.expect(2, "correct", "old.json", "new.json")
        self.expect(2, "correct", "old.json", "new.json", "-o", "old.json")
        self.expect(2, "correct", "old.json", "new.json", "-o", "-")
        self.correct("--date", "2026-3-2", status=2)
        self.expect(4, "correct", "none.json", "new.json", "-o", "out")

    def test_a_day_that_is_none_is_refused(self):
        self.minimal_pair(("[1, 0, 0, 0, 0, 0]", "[12, 0, 0, 0, 0, 0]"))
        _, err = self.correct("--force", "--date", "2026-02-30", status=2)
        self.assertIn("--date", err)
        self.assertNotIn("out", self.files())


if __name__ == "__main__":
    unittest.main()
