"""bulk on many machines: shards, their merging, archives, and what has changed since."""

import base64
import json
import os
import shutil
import zipfile

from common_bulk import BulkTest, line, report, unittest


# A picture of one black dot.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGNgYGAAAAAEAAH2FzhVAAAAAElFTkSuQmCC"


class Shards(BulkTest):
    def setUp(self):
        super().setUp()
        wrong = report(4)
        wrong["requests"]["received"] = [2, 1, 0, 0, 0, 0, 4]
        self.rows(11, replaced={4: line(wrong), 7: "{"})

    def make(self, count, folder=None, *words, status=(0, 1)):
        for index in range(1, count + 1):
            done = self.run_command("bulk", "in.jsonl", "-o", folder or f"part{index}", "-f", "html", "--shard",
                                    f"{index}/{count}", *words)
            self.assertIn(done.returncode, status, done.stderr.decode())

    def test_shards_merged_are_what_one_machine_makes(self):
        self.bulk(1, "in.jsonl", "-o", "whole", "-f", "html")
        self.make(3, "shared")
        self.bulk_merge(1, "shared")
        os.replace(self.path("merged.jsonl"), self.path("shared/manifest.jsonl"))
        for index in 1, 2, 3:
            os.remove(self.path(f"shared/manifest-{index}-of-3.jsonl"))
        self.assert_same_content("whole", "shared")

    def bulk_merge(self, status, *words):
        return self.expect(status, "merge", *words, "-o", "merged.jsonl")

    def test_shards_may_be_in_folders_of_their_own_and_more_than_rows(self):
        self.bulk(1, "in.jsonl", "-o", "whole", "-f", "html")
        self.make(12)
        self.bulk_merge(1, *(f"part{index}" for index in range(12, 0, -1)))
        with open(self.path("merged.jsonl"), "rb") as merged, open(self.path("whole/manifest.jsonl"), "rb") as whole:
            self.assertEqual(merged.read(), whole.read())

    def test_names_are_told_apart_over_all_shards(self):
        self.write("in.jsonl", "\n".join(line(report(n, agency=f"{n % 4}局")) for n in range(1, 10)))
        self.bulk(1, "in.jsonl", "-o", "whole", "-f", "html", "--name", "{agency}")
        self.make(3, "shared", "--name", "{agency}")
        self.bulk_merge(1, "shared")
        with open(self.path("merged.jsonl"), "rb") as merged, open(self.path("whole/manifest.jsonl"), "rb") as whole:
            self.assertEqual(merged.read(), whole.read())

    def expect_refused(self, message, *words):
        self.assertIn(message, self.bulk_merge(4, *words)[1])
        self.assertFalse(os.path.exists(self.path("merged.jsonl")))

    def test_what_is_not_whole_is_not_merged(self):
        self.make(3)
        parts = ["part1", "part2", "part3"]
        self.expect_refused("共 3 份，缺第 2 份", "part1", "part3")
        self.expect_refused("共 3 份，缺第 3 份", "part1", "part2")
        self.expect_refused("同一份有两个清单", *parts, "part2/manifest-2-of-3.jsonl")
        path = self.path("part2/manifest-2-of-3.jsonl")
        with open(path, encoding="utf-8") as file:
            lines = file.readlines()
        for changed, message in ((lines[:-1], "没有结尾一行"), (lines[1:], "缺第 2 条"),
                                 ([lines[0].replace("局", "厅"), *lines[1:]], "清单被改动过")):
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(changed)
            self.expect_refused(message, *parts)
        self.rows(12)
        self.bulk(0, "in.jsonl", "-o", "part2", "-f", "html", "--shard", "2/3")
        self.expect_refused("输入或分的份数与别的不同", *parts)
        self.rows(11)
        self.bulk(0, "in.jsonl", "-o", "part2", "-f", "html,pdf", "--shard", "2/3")
        self.expect_refused("程序、字体、选项或模板与别的不同", *parts)
        self.expect_refused("没有 manifest-I-of-N.jsonl", ".")

    def test_auto_takes_the_variables_of_a_job_array(self):
        for environment, words, expected in (
                ({"SLURM_ARRAY_TASK_ID": "7", "SLURM_ARRAY_TASK_COUNT": "4", "SLURM_ARRAY_TASK_MIN": "3",
                  "SLURM_ARRAY_TASK_STEP": "2"}, "auto", "3-of-4"),
                ({"SLURM_ARRAY_TASK_ID": "7"}, "auto/8", "8-of-8"),
                ({"SGE_TASK_ID": "5", "SGE_TASK_FIRST": "1", "SGE_TASK_LAST": "9", "SGE_TASK_STEPSIZE": "4"}, "auto",
                 "2-of-3"),
                ({"JOB_COMPLETION_INDEX": "0"}, "auto/2", "1-of-2"),
                ({"PARALLEL_SEQ": "2", "PARALLEL_JOBSLOT": "1"}, "auto/2", "2-of-2"),
                ({"SGE_TASK_ID": "undefined", "JOB_COMPLETION_INDEX": "1"}, "auto/2", "2-of-2")):
            with self.subTest(environment):
                shutil.rmtree(self.path("out"), ignore_errors=True)
                self.run_command("bulk", "in.jsonl", "-o", "out", "-f", "html", "--shard", words,
                                 environment=environment)
                self.assertIn(f"manifest-{expected}.jsonl", self.files("out"))

    def test_a_shard_that_is_none_is_refused(self):
        for words, environment in (("0/3", {}), ("4/3", {}), ("x", {}), ("auto", {}), ("1/0", {}), ("auto/0", {}),
                                   ("auto", {"JOB_COMPLETION_INDEX": "0"}),
                                   ("auto/2", {"JOB_COMPLETION_INDEX": "2"}),
                                   ("auto/2", {"PARALLEL_SEQ": "1", "JOB_COMPLETION_INDEX": "1"}),
                                   ("auto", {"SLURM_ARRAY_TASK_ID": "9", "SLURM_ARRAY_TASK_COUNT": "3",
                                             "SLURM_ARRAY_TASK_MIN": "1"})):
            with self.subTest(words=words, environment=environment):
                _, err = self.bulk(2, "in.jsonl", "-o", "out", "--shard", words, environment=environment)
                self.assertIn("--shard: 错误 B7: ", err)


class Archive(BulkTest):
    def test_all_files_are_in_it_in_the_order_of_the_rows(self):
        self.rows(5)
        for folder in "one", "two":
            self.bulk(0, "in.jsonl", "-o", folder, "-f", "docx,html", "-j", "3", "--archive", f"{folder}.zip")
        with open(self.path("one.zip"), "rb") as one, open(self.path("two.zip"), "rb") as two:
            self.assertEqual(one.read(), two.read())
        with zipfile.ZipFile(self.path("one.zip")) as archive:
            self.assertIsNone(archive.testzip())
            names = [file["name"] for row in self.manifest("one")[0] for file in row["files"]]
            self.assertEqual(archive.namelist(), [*names, "manifest.jsonl"])
            made = self.content("one")
            self.assertEqual({name: archive.read(name) for name in archive.namelist()}, made)

    def test_merging_makes_the_same_archive(self):
        self.rows(5)
        self.bulk(0, "in.jsonl", "-o", "one", "-f", "html", "--archive", "one.zip")
        for index in "1", "2":
            self.bulk(0, "in.jsonl", "-o", f"part{index}", "-f", "html", "--shard", f"{index}/2")
        self.expect(0, "merge", "part1", "part2", "-o", "merged.jsonl", "--archive", "merged.zip")
        with open(self.path("one.zip"), "rb") as one, open(self.path("merged.zip"), "rb") as merged:
            self.assertEqual(one.read(), merged.read())

    def test_a_file_that_was_changed_is_not_put_into_it(self):
        self.rows(2)
        self.bulk(0, "in.jsonl", "-o", "out", "-f", "html", "--shard", "1/1")
        self.bulk(0, "in.jsonl", "-o", "part", "-f", "html", "--shard", "1/2")
        self.bulk(0, "in.jsonl", "-o", "part", "-f", "html", "--shard", "2/2")
        with open(self.path("part/000002-青石县第2局.html"), "a", encoding="utf-8") as file:
            file.write("x")
        _, err = self.expect(5, "merge", "part", "-o", "merged.jsonl", "--archive", "out.zip")
        self.assertIn("000002-青石县第2局.html: 错误 B9", err)
        self.assertEqual([name for name in self.files() if ".zip" in name], [])


class OnlyChanged(BulkTest):
    def test_only_rows_that_changed_are_made_again(self):
        self.rows(6)
        self.bulk(0, "in.jsonl", "-o", "out", "-f", "html")
        kept = os.stat(self.path("out/000001-青石县第1局.html")).st_ino
        self.rows(7, replaced={3: line(report(30))})
        last = ["--only-changed", "out/manifest.jsonl"]
        _, err = self.bulk(0, "in.jsonl", "-o", "out", "-f", "html", *last)
        self.assertIn("其中上次已有 5", err)
        self.assertEqual(os.stat(self.path("out/000001-青石县第1局.html")).st_ino, kept)
        self.bulk(0, "in.jsonl", "-o", "fresh", "-f", "html")
        self.assertEqual(self.manifest("out"), self.manifest("fresh"))

    def test_rows_may_move_when_their_names_do_not_tell_where_they_stand(self):
        self.rows(4)
        name = ["-f", "html", "--name", "{agency}"]
        self.bulk(0, "in.jsonl", "-o", "out", *name)
        self.write("in.jsonl", "\n".join(line(report(n)) for n in (9, 2, 4, 1)))
        _, err = self.bulk(0, "in.jsonl", "-o", "out", *name, "--only-changed", "out/manifest.jsonl")
        self.assertIn("其中上次已有 3", err)
        self.bulk(0, "in.jsonl", "-o", "fresh", *name)
        self.assertEqual(self.manifest("out"), self.manifest("fresh"))

    def test_other_options_change_every_row(self):
        self.rows(2)
        self.bulk(0, "in.jsonl", "-o", "out", "-f", "html")
        _, err = self.bulk(0, "in.jsonl", "-o", "out", "-f", "html,docx", "--only-changed", "out/manifest.jsonl")
        self.assertNotIn("其中上次已有", err)

    def test_rules_and_editable_forms_are_such_options(self):
        self.rows(3)
        last = ["-f", "docx", "--only-changed", "out/manifest.jsonl"]
        self.bulk(0, "in.jsonl", "-o", "out", "-f", "docx")
        for words in ["--rule", "L17=off"], ["--rule", "L17=info"], ["--rule", "L17=off,L5=off"], ["--editable"], ["--draft"]:
            _, err = self.bulk(0, "in.jsonl", "-o", "out", *last, *words)
            self.assertEqual(err, "共 3 条：做成 3，没有做成 0，有警告 0\n", words)
            _, err = self.bulk(0, "in.jsonl", "-o", "out", *last, *words)
            self.assertIn("其中上次已有 3", err, words)

    def test_the_date_is_such_an_option_too(self):
        self.rows(3)
        words = ["-f", "html", "--name", "{agency} {date}", "--date", "2026-01-20"]
        self.bulk(0, "in.jsonl", "-o", "out", *words)
        self.write("dated.jsonl", "\n".join(line(report(n, date="2026-01-20")) for n in (1, 2, 3)))
        self.bulk(0, "dated.jsonl", "-o", "dated", *words[:4])
        made = [self.content(folder) for folder in ("out", "dated")]
        self.assertEqual(made[0].pop("manifest.jsonl") == made[1].pop("manifest.jsonl"), False)
        self.assertEqual(made[0], made[1])
        self.assertIn("青石县第1局 2026年1月20日.html", made[0])
        last = ["--only-changed", "out/manifest.jsonl"]
        _, err = self.bulk(0, "in.jsonl", "-o", "out", *words, *last)
        self.assertIn("其中上次已有 3", err)
        _, err = self.bulk(0, "in.jsonl", "-o", "out", *words, *last, "--date", "2026-01-21")
        self.assertNotIn("其中上次已有", err)
        self.assertIn("--date", self.bulk(2, "in.jsonl", "-o", "none", "--date", "2026-02-29")[1])

    def test_a_manifest_that_is_missing_is_said(self):
        self.rows(1)
        self.assertIn("none.jsonl", self.bulk(4, "in.jsonl", "-o", "out", "--only-changed", "none.jsonl")[1])

    def test_a_row_with_pictures_is_always_made(self):
        made = report(1)
        made["sections"]["other"].append({"picture": "p.png", "alt": "图", "width": "20mm"})
        self.write("in.jsonl", json.dumps(made, ensure_ascii=False))
        with open(self.path("p.png"), "wb") as file:
            file.write(base64.b64decode(DOT))
        self.bulk(0, "in.jsonl", "-o", "out", "-f", "html")
        _, err = self.bulk(0, "in.jsonl", "-o", "out", "-f", "html", "--only-changed", "out/manifest.jsonl")
        self.assertNotIn("其中上次已有", err)


if __name__ == "__main__":
    unittest.main()
