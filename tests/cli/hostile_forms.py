"""Forms and page styles that are meant to be too much: a message with its place, or pages, within a bound of time."""

import json
import os
import resource
import shutil
import unittest

from common import ROOT, CommandTest

SECONDS = 60  # of CPU


class Forms(CommandTest):
    """Forms and styles that no one would write, in a folder of forms of their own."""

    def setUp(self):
        super().setUp()
        self.data = self.path("data")
        shutil.copytree(os.path.join(ROOT, "layouts"), os.path.join(self.data, "layouts"))
        shutil.copytree(os.path.join(ROOT, "fonts"), os.path.join(self.data, "fonts"))
        self.sample()

    def change(self, name, change):
        path = os.path.join(self.data, "layouts", name)
        with open(path, encoding="utf-8") as file:
            loaded = json.load(file)
        change(loaded)
        with open(path, "w", encoding="utf-8") as file:
            json.dump(loaded, file, ensure_ascii=False)

    def build(self, *words):
        cpu = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))}
        done = self.run_command("--lang", "en", "build", "--force", "minimal.json", "-f", "docx,pdf,html", "-o", ".", *words,
                                environment={"NIANBAO_DATA": self.data}, timeout=600, **cpu)
        return done.returncode, done.stderr.decode("utf-8", "replace")

    def test_a_table_of_a_hundred_thousand_cells(self):
        def add_rows(form):
            table = form["tables"]["disclosure"]
            columns = len(table["columns"])
            table["rows"] += [[{"head": f"h{row}"} for _ in range(columns)] for row in range(900)]
            table["rows"] += [[{"label": f"r{row}"} for _ in range(columns)] for row in range(1000)]
        self.change("annual-report-2021.json", add_rows)
        self.assertEqual(self.build()[0], 0)

    def test_heads_without_end_over_rows_without_end(self):
        """What is written of them grows as they do, not as their product."""
        sizes = []
        for count in 200, 800:
            def add_rows(form, count=count):
                table = form["tables"]["disclosure"]
                columns = len(table["columns"])
                table["rows"] += [[{"head": f"h{row}"} for _ in range(columns)] for row in range(count)]
                table["rows"] += [[{"label": f"r{row}"} for _ in range(columns)] for row in range(count)]
            shutil.copy(os.path.join(ROOT, "layouts", "annual-report-2021.json"), os.path.join(self.data, "layouts"))
            self.change("annual-report-2021.json", add_rows)
            status, err = self.build()
            self.assertEqual(status, 0, err)
            sizes.append(os.path.getsize(self.path("minimal.html")))
        self.assertLess(sizes[1], 5 * sizes[0])

    def test_more_columns_than_a_table_may_have(self):
        def widen(form):
            table = form["tables"]["disclosure"]
            table["columns"] = ["1mm"] * 200
            table["rows"] = [[{"label": "x"} for _ in range(200)] for _ in range(1000)]
        self.change("annual-report-2021.json", widen)
        status, err = self.build()
        self.assertEqual(status, 5)
        self.assertIn("1 to 63 columns", err)

    def test_more_levels_of_headings_than_there_are(self):
        def deepen(style):
            levels = style["headings"]["levels"]
            levels += [{"number": "{digit}" + mark, "style": levels[-1]["style"]} for mark in "abcdefgh"]
        self.change("gbt9704.json", deepen)
        status, err = self.build()
        self.assertEqual(status, 5)
        self.assertIn("at most 9 levels", err)

    def test_a_single_level_of_headings(self):
        self.change("gbt9704.json", lambda style: style["headings"]["levels"].__delitem__(slice(1, None)))
        with open(self.path("minimal.json"), encoding="utf-8") as file:
            report = json.load(file)
        report["sections"]["overview"] = ["一．主动公开情况", "二．依申请公开情况"]
        with open(self.path("minimal.json"), "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False)
        self.assertEqual(self.build()[0], 0)

    def test_absurd_spans_and_widths(self):
        def put(cell, value):
            return lambda form: form["tables"]["disclosure"]["rows"][0][0].update({cell: value})

        def widths(value):
            return lambda form: form["tables"]["disclosure"].update(columns=value)
        for name, change in (
                *((f"{key} {value}", put(key, value)) for key in ("rows", "columns")
                  for value in (0, -1, 1.5, 10**9, 10**30, "2", 2000, 63)),
                *((str(value), widths(value)) for value in (
                    ["0mm"] * 4, ["-1mm"] * 4, ["1999mm"] * 4, ["99999mm"] * 4, ["1e9mm"] * 4, [], [1, 2, 3, 4]))):
            with self.subTest(name):
                shutil.copy(os.path.join(ROOT, "layouts", "annual-report-2021.json"), os.path.join(self.data, "layouts"))
                self.change("annual-report-2021.json", change)
                status, err = self.build()
                self.assertEqual(status, 5, err)
                self.assertIn("error", err)

    def test_styles_in_a_circle(self):
        for based_on in ("gbt9704-compact", "gbt9704"):
            self.change("gbt9704.json", lambda style, name=based_on: style.update(based_on=name))
            status, err = self.build()
            self.assertEqual(status, 5, err)
            self.assertIn("gbt9704", err)

    def test_styles_in_a_long_chain(self):
        for number in range(300):
            path = os.path.join(self.data, "layouts", f"s{number}.json")
            with open(path, "w", encoding="utf-8") as file:
                json.dump({"style": f"s{number}", "source": "x", "based_on": f"s{number + 1}"}, file)
        self.assertEqual(self.build("--style", "s0")[0], 5)

    def test_marks_of_drafts(self):
        for key, change in (("head_distance", "30mm"), ("head_distance", "-1mm"), ("words", None), ("word", "x")):
            with self.subTest(key=key, change=change):
                shutil.copy(os.path.join(ROOT, "layouts", "gbt9704.json"), os.path.join(self.data, "layouts"))
                self.change("gbt9704.json", lambda style, key=key, change=change: style["draft_mark"].update({key: change}))
                self.assertEqual(self.build()[0], 5)
        for colour in ("red", "#c000", "#c0000g", "c00000", ""):
            with self.subTest(colour):
                shutil.copy(os.path.join(ROOT, "layouts", "gbt9704.json"), os.path.join(self.data, "layouts"))
                self.change("gbt9704.json", lambda style, colour=colour: style["styles"]["draft_mark"].update(colour=colour))
                status, err = self.build()
                self.assertEqual(status, 5)
                self.assertIn("colour", err)

    def test_pages_without_room(self):
        for change in ({"text_height": "1pt"}, {"text_width": "5pt"}, {"text_height": "0mm"}, {"left": "-5mm"}):
            with self.subTest(change):
                shutil.copy(os.path.join(ROOT, "layouts", "gbt9704.json"), os.path.join(self.data, "layouts"))
                self.change("gbt9704.json", lambda style, page=change: style["page"].update(page))
                status, err = self.build()
                self.assertEqual(status, 5, err)
                self.assertIn("gbt9704", err)


if __name__ == "__main__":
    unittest.main()
