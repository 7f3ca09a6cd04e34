"""nianbao build: which files appear, and that none appears when something is wrong."""

import os
import subprocess

from common import NIANBAO, PUBLISHED, RUNNER, CommandTest, unittest


class Build(CommandTest):
    def read(self, name):
        with open(self.path(name), "rb") as file:
            return file.read()

    def magic(self, name):
        return self.read(name)[:4]

    def test_a_file_by_its_suffix(self):
        out, err = self.expect(0, "build", self.sample(), "-o", "a.pdf", "-o", "b.docx")
        self.assertEqual((out, err), ("", ""))
        self.assertEqual(self.files(), ["a.pdf", "b.docx", "minimal.json"])
        self.assertEqual(self.magic("a.pdf"), b"%PDF")
        self.assertEqual(self.magic("b.docx"), b"PK\x03\x04")

    def test_a_name_as_long_as_file_systems_have(self):
        name = "年" * 83 + ".pdf"
        self.expect(0, "build", self.sample(), "-o", name)
        self.assertEqual(self.files(), ["minimal.json", name])

    def test_a_folder_is_made_and_gets_every_format(self):
        self.sample()
        self.sample("district-statistics-bureau.json")
        self.expect(0, "build", "minimal.json", "district-statistics-bureau.json", "-o", "out")
        self.assertEqual(self.files("out"), ["district-statistics-bureau.docx", "district-statistics-bureau.pdf",
                                             "minimal.docx", "minimal.pdf"])

    def test_a_folder_gets_the_formats_that_are_named(self):
        self.sample()
        self.expect(0, "build", "minimal.json", "-f", "docx", "-o", "out/")
        self.assertEqual(self.files("out"), ["minimal.docx"])
        self.expect(0, "build", "minimal.json", "-fpdf", "--output=out")
        self.assertEqual(self.files("out"), ["minimal.docx", "minimal.pdf"])

    def test_a_folder_may_be_called_like_a_file(self):
        os.mkdir(self.path("x.pdf"))
        self.expect(0, "build", self.sample(), "-f", "docx", "-o", "x.pdf")
        self.assertEqual(self.files("x.pdf"), ["minimal.docx"])

    def test_the_folder_of_a_folder_is_not_made(self):
        _, err = self.expect(5, "build", self.sample(), "-o", "no/out")
        self.assertIn("no/out: 错误 IO: 无法新建文件夹：", err)
        self.assertEqual(self.files(), ["minimal.json"])

    def test_equal_input_gives_equal_bytes(self):
        self.sample()
        for name in ("a.pdf", "b.pdf", "a.docx", "b.docx"):
            self.expect(0, "build", "minimal.json", "-o", name)
        for suffix in ("pdf", "docx"):
            with open(self.path(f"a.{suffix}"), "rb") as a, open(self.path(f"b.{suffix}"), "rb") as b:
                self.assertEqual(a.read(), b.read())

    def test_a_report_with_errors_is_refused(self):
        _, err = self.expect(1, "build", self.wrong(), "-o", "out", "-o", "x.pdf")
        self.assertIn("wrong.json:19:40: 错误 A3: ", err)
        self.assertTrue(err.endswith("nianbao build: wrong.json：有 1 处错误，没有写出；"
                                     "改正后再写，或用 --force 照原样写出\n"))
        self.assertEqual(self.files(), ["wrong.json"])

    def test_errors_of_reading_refuse_too(self):
        name = self.sample(to="x.json", changes=[('"year": 2025', '"year": 2025, "yaer": 1')])
        _, err = self.expect(1, "build", name, "-o", "x.pdf")
        self.assertIn("错误 S2", err)
        self.assertEqual(self.files(), ["x.json"])

    def test_force_writes_it_and_says_so(self):
        _, err = self.expect(0, "build", self.wrong(), "--force", "-o", "x.pdf")
        self.assertIn("错误 A3", err)
        self.assertIn("wrong.json: 警告 B1: 报告有错误，仍照原样排印\n", err)
        self.assertEqual(self.files(), ["wrong.json", "x.pdf"])

    def test_force_does_not_help_what_is_no_report(self):
        self.expect(4, "build", self.write("x.json", "{"), "--force", "-o", "x.pdf")
        self.expect(4, "build", "missing.json", "--force", "-o", "x.pdf")
        self.assertEqual(self.files(), ["x.json"])

    def test_a_date_is_as_if_the_report_said_it(self):
        formats = ["-f", "pdf,docx,ofd,html,trace"]
        for day in ("2026-01-20", "2026-01-31"):
            self.sample(changes=[('"year": 2025,', f'"year": 2025, "date": "{day}", "signature": true,')])
            self.expect(0, "build", "minimal.json", "-o", day, *formats, "--date", "2026-01-20")
        self.sample(changes=[('"year": 2025,', '"year": 2025, "signature": true,')])
        self.expect(0, "build", "minimal.json", "-o", "none", *formats, "--date", "2026-01-20")
        for name in self.files("none"):
            made = {self.read(f"{folder}/{name}") for folder in ("2026-01-20", "2026-01-31", "none")}
            self.assertEqual(len(made), 1, name)
        self.expect(0, "verify", "none/minimal.pdf")
        out, _ = self.expect(0, "import", "none/minimal.docx")
        self.assertIn('"date": "2026-01-20"', out)

    def test_rules_see_the_date_that_is_given(self):
        self.sample(changes=[('"year": 2025,', '"year": 2025, "date": "2026-01-20",')])
        _, err = self.expect(0, "build", "minimal.json", "-o", "x.pdf", "--date", "2026-06-01")
        self.assertIn("L21: 2026-06-01 晚于公布期限 2026-01-31", err)
        _, err = self.expect(0, "build", "minimal.json", "-o", "x.pdf")
        self.assertEqual(err, "")

    def test_a_date_that_is_none_is_a_usage_error(self):
        for day in ("2026-02-30", "2026-1-20", "1948-01-01", "今天"):
            _, err = self.expect(2, "build", self.sample(), "-o", "x.pdf", "--date", day)
            self.assertIn(f"--date 要写日期，如 2026-01-20，不是“{day}”", err)
        self.assertEqual(self.files(), ["minimal.json"])

    def test_one_wrong_report_does_not_stop_the_others(self):
        self.sample()
        _, err = self.expect(1, "build", self.wrong(), "minimal.json", "-o", "out")
        self.assertIn("wrong.json：有 1 处错误", err)
        self.assertEqual(self.files("out"), ["minimal.docx", "minimal.pdf"])

    def test_text_of_a_published_report(self):
        _, err = self.expect(1, "build", PUBLISHED + ".txt", "-o", "x.pdf")
        self.assertEqual(err.count("错误 A2"), 2)
        self.expect(0, "build", PUBLISHED + ".txt", "--force", "-o", "x.pdf")
        self.assertEqual(self.files(), ["x.pdf"])

    def test_standard_input_and_output(self):
        with open(self.path(self.sample()), "rb") as file:
            text = file.read()
        done = self.run_command("build", "-", "-f", "pdf", "-o", "-", stdin=text)
        self.assertEqual((done.returncode, done.stderr), (0, b""))
        self.assertEqual(done.stdout[:4], b"%PDF")
        self.expect(0, "build", "-", "-o", "out", stdin=text)
        self.assertEqual(self.files("out"), ["report.docx", "report.pdf"])

    def test_where_to_write_must_be_clear(self):
        self.sample()
        for words, message in [
            ((), "要用 -o 说明写到哪里"),
            (("-o", "-"), "写到标准输出，要用 -f 说明一种格式"),
            (("-o", "-", "-f", "pdf,docx"), "写到标准输出，要用 -f 说明一种格式"),
            (("-o", "x.pdf", "-f", "docx"), "“x.pdf”的后缀与 -f 说的格式不同"),
            (("-o", "x.doc"), "不会写“x.doc”这种后缀；要写到这个文件夹，就在末尾加 /"),
            (("other.json", "-o", "x.pdf"), "2 份报告要写到文件夹，不能写到“x.pdf”"),
            (("a/minimal.txt", "-o", "out"), "“minimal.json”和“a/minimal.txt”会写成同一个文件"),
        ]:
            _, err = self.expect(2, "build", "minimal.json", *words)
            self.assertIn(message, err)
        self.assertEqual(self.files(), ["minimal.json"])

    def test_all_files_of_a_report_or_none(self):
        self.write("x.pdf", "old")
        _, err = self.expect(5, "build", self.sample(), "-o", "x.pdf", "-o", "nowhere/x.docx")
        self.assertIn("nowhere/x.docx: 错误 IO: 无法写出：", err)
        self.assertEqual(self.files(), ["minimal.json", "x.pdf"])
        with open(self.path("x.pdf"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "old")

    def test_a_folder_that_cannot_be_written(self):
        self.sample()
        self.write("file", "")
        _, err = self.expect(5, "build", "minimal.json", "-o", "file", "-f", "pdf")
        self.assertIn("file/minimal.pdf: 错误 IO: 无法写出：", err)
        if os.geteuid() != 0:
            os.mkdir(self.path("locked"), 0o555)
            self.expect(5, "build", "minimal.json", "-o", "locked")

    def test_a_closed_standard_output(self):
        self.sample()
        done = subprocess.run(f"exec '{NIANBAO}' build minimal.json -f pdf -o - >&-", shell=True,
                              cwd=self.folder, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 5)
        # Nothing is said on it, so nothing fails. What runs the command may need a standard error.
        closed = ">&- <&-" if RUNNER else ">&- 2>&- <&-"
        done = subprocess.run(f"exec '{NIANBAO}' build minimal.json -o x.pdf {closed}", shell=True,
                              cwd=self.folder, check=False)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(self.magic("x.pdf"), b"%PDF")

    def test_a_style_that_does_not_exist(self):
        name = self.sample(to="x.json", changes=[('["没有突出问题。"]', '[{"style": "bodi", "text": "没有突出问题。"}]')])
        _, err = self.expect(1, "build", name, "-o", "x.pdf")
        self.assertIn("x.json:7:22: 错误 S3: 版式里没有样式“bodi”", err)
        self.assertEqual(self.files(), ["x.json"])


if __name__ == "__main__":
    unittest.main()
