"""Inputs that are meant to be too much: an answer within a bound of time and memory, never a hang."""

import json
import os
import resource
import time
import unittest

from common import SAMPLES, CommandTest

SECONDS = 60  # of CPU; with sanitizers on a busy machine each takes a few
MEMORY = 4 << 20  # KiB, at the peak of any command here


class Hostile(CommandTest):
    def report(self, **changes):
        with open(os.path.join(SAMPLES, "minimal.json"), encoding="utf-8") as file:
            report = json.load(file)
        report["sections"]["problems"] = changes.pop("problems", ["无。"])
        report.update(changes)
        return self.write("report.json", json.dumps(report, ensure_ascii=False))

    def expect_soon(self, status, *words):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        spoken = self.expect(status, *words, timeout=600)
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

    def test_a_paragraph_of_ten_million_characters_is_checked(self):
        self.report(problems=["机关工作正常。" * 400_000])
        self.expect_soon(0, "check", "report.json")

    def test_many_paragraphs(self):
        self.report(problems=[f"机关工作正常，没有第{i}条。" for i in range(20_000)])
        self.expect_built()

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


if __name__ == "__main__":
    unittest.main()
