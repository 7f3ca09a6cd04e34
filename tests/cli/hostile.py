"""Inputs that are meant to be too much: an answer within a bound of time and memory, never a hang."""

import json
import os
import resource
import subprocess
import time
import unittest

from common import NIANBAO, RUNNER, SAMPLES, CommandTest

SECONDS = 60  # of CPU; with sanitizers on a busy machine each takes a few
MEMORY = 4 << 20  # KiB, at the peak of any command here


class Hostile(CommandTest):
    def report(self, **changes):
        with open(os.path.join(SAMPLES, "minimal.json"), encoding="utf-8") as file:
            report = json.load(file)
        report["sections"]["problems"] = changes.pop("problems", ["无。"])
        report.update(changes)
        return self.write("report.json", json.dumps(report, ensure_ascii=False))

    def expect_soon(self, status, *words, **options):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = self.run_command(*words, timeout=600, **options)
        spoken = [stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr)]
        self.assertIn(done.returncode, status if isinstance(status, tuple) else (status,), spoken[1][:2000])
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.assertLess(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, SECONDS, words)
        self.assertLess(after.ru_maxrss, MEMORY, words)
        return spoken

    def expect_built(self):
        self.expect_soon(0, "build", "--force", "report.json", "-f", "docx", "-o", ".")
        self.assertIn("report.docx", self.files())

    def test_a_paragraph_without_a_place_to_end_a_line(self):
        for filling in "机", "a", "1", "{", "，", "1 ", "“":
            with self.subTest(filling):
                self.report(problems=[filling * (300_000 // len(filling))])
                self.expect_built()

    def test_a_paragraph_of_ten_million_bytes(self):
        self.report(problems=["机关工作正常。" * 500_000])
        self.expect_soon(0, "check", "report.json")
        self.expect_built()

    def test_characters_that_govern_others(self):
        """Marks without end on one character, joiners, opening marks that nothing closes."""
        for filling in "\u0301", "a\u0301", "\u2060", "a\u2060", "\u200b", "\u200d", "\ufe0f", "《", "〔", "— ", "👩\u200d":
            with self.subTest(filling):
                self.report(problems=[filling * (40_000 // len(filling))])
                self.expect_soon((0, 5), "build", "--force", "report.json", "-f", "docx", "-o", ".")
                self.expect_soon((0, 5), "build", "--force", "report.json", "--style", "gbt9704-compact", "-f", "docx",
                                 "-o", ".")

    def test_many_faults_in_one_line(self):
        """Each is shown with its place in a line that is long itself."""
        with open(os.path.join(SAMPLES, "minimal.json"), encoding="utf-8") as file:
            report = json.load(file)
        report.update({f"key{number}": number for number in range(100_000)})
        self.write("faults.json", json.dumps(report, ensure_ascii=False))
        out, _ = self.expect_soon(1, "check", "faults.json")
        self.assertIn("key99999", out)

    def test_many_paragraphs(self):
        self.report(problems=[f"机关工作正常，没有第{i}条。" for i in range(100_000)])
        self.expect_built()

    def test_many_headings_and_attachments(self):
        self.report(problems=[f"（{'一二三四五六七八九'[i % 9]}）第{i}项" for i in range(10_000)],
                    attachments=[f"第{i}件" for i in range(5_000)])
        self.expect_built()

    def test_a_table_of_many_rows(self):
        """A correction's note of thousands of changes, on hundreds of pages."""
        changes = [{"number": i + 1, "section": "一", "place": "表", "old": "旧", "new": "新"} for i in range(10_000)]
        self.write("report.json", json.dumps({
            "form": "correction-note", "agency": "甲县", "year": 2025, "report": "报告", "count": len(changes),
            "changes": changes}, ensure_ascii=False))
        self.expect_soon(0, "build", "--force", "report.json", "-f", "docx,html", "-o", ".")

    def test_many_numbers(self):
        self.report(problems=["收到申请3件，办结2件，" * 10_000 + "。"])
        self.expect_built()

    def test_a_name_of_ten_thousand_characters(self):
        for character in "县x":
            self.report(agency=character * 10_000)
            self.expect_built()

    def test_deep_nesting(self):
        for opening, closing in ("[", "]"), ('{"a":', "}"):
            self.write("deep.json", opening * 300_000 + "1" + closing * 300_000)
            self.expect_soon(4, "check", "deep.json")

    def test_deep_nesting_of_markup(self):
        self.write("deep.html", "<html><body>" + "<div>" * 100_000 + "年度报告")
        self.expect_soon(4, "import", "deep.html")

    def test_a_file_that_is_too_large(self):
        with open(self.path("large.json"), "wb") as file:
            file.truncate(1 << 30)
        before = time.monotonic()
        _, err = self.expect_soon(4, "--lang", "en", "build", "large.json", "-o", ".")
        self.assertIn("more than 64 MiB", err)
        self.assertLess(time.monotonic() - before, SECONDS)

    def test_inputs_without_an_end(self):
        self.report()
        for words in (["check", "/dev/zero"], ["import", "/dev/zero"], ["diff", "report.json", "/dev/zero"],
                      ["build", "/dev/zero", "-f", "docx", "-o", "out"],
                      ["bulk", "/dev/zero", "-f", "docx", "-o", "out"]):
            spoken = self.expect_soon(4, "--lang", "en", *words)
            self.assertRegex("".join(spoken), "more than 64 MiB|File too large")

    def test_a_row_without_an_end_is_stopped(self):
        """As Ctrl+C does: what never ends must not need SIGKILL."""
        command = [NIANBAO, "bulk", "/dev/zero", "-f", "docx", "-o", "out"]
        with subprocess.Popen(command, cwd=self.folder, stderr=subprocess.DEVNULL) as process:
            while process.poll() is None and not os.path.exists(self.path("out/.nianbao")):
                time.sleep(0.001)
            process.terminate()
            self.assertIn(process.wait(60), (4, 75))

    @unittest.skipIf(RUNNER, "what runs the command needs more files")
    def test_few_files_may_be_open(self):
        """It is done, or said why not."""
        self.report()
        with open(self.path("report.json"), encoding="utf-8") as file:
            self.write("rows.jsonl", file.read() + "\n")
        for count in 4, 5, 8, 12:
            for words in ["build", "report.json"], ["bulk", "rows.jsonl"]:
                limit = {"preexec_fn": lambda most=count: resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))}
                done = self.run_command(*words, "--force", "-f", "docx", "-o", f"{words[0]}-{count}", **limit)
                self.assertIn(done.returncode, (0, 1, 4, 5), done.stderr)
                self.assertTrue(done.returncode == 0 or done.stderr, (words, count))

    def test_standard_input_that_is_too_large(self):
        """It is refused when the limit is passed: what would come after is not read."""
        command = [NIANBAO, "--lang", "en", "check", "-"]
        piece, sent = b" " * (1 << 20), 0
        reading, writing = os.pipe()
        with subprocess.Popen(command, stdin=reading, stdout=subprocess.PIPE, stderr=subprocess.STDOUT) as process:
            os.close(reading)
            try:
                while sent < 1 << 30:
                    sent += os.write(writing, piece)
            except BrokenPipeError:
                pass
            os.close(writing)
            self.assertIn(b"more than 64 MiB", process.stdout.read())
            self.assertEqual(process.wait(60), 4)
        self.assertLess(sent, 70 << 20)


if __name__ == "__main__":
    unittest.main()
