"""nianbao import: where the report goes, and what is told beside it."""

import os
import subprocess

from common import NIANBAO, PUBLISHED, CommandTest, unittest


def expected():
    with open(PUBLISHED + ".expected.json", encoding="utf-8") as file:
        return file.read()


class Import(CommandTest):
    def test_to_standard_output(self):
        out, err = self.expect(0, "import", PUBLISHED + ".txt")
        self.assertEqual(out, expected())
        self.assertIn("说明 I1: 去掉了“[bookmark: _GoBack]”", err)

    def test_to_a_file(self):
        out, _ = self.expect(0, "import", PUBLISHED + ".txt", "-o", "out.json")
        self.assertEqual(out, "")
        with open(self.path("out.json"), encoding="utf-8") as file:
            self.assertEqual(file.read(), expected())
        self.assertEqual(self.files(), ["out.json"])

    def test_from_standard_input(self):
        with open(PUBLISHED + ".txt", "rb") as file:
            out, _ = self.expect(0, "import", "-", "-o", "-", stdin=file.read())
        self.assertEqual(out, expected())

    def test_what_is_missing_is_an_error_but_the_rest_is_written(self):
        with open(PUBLISHED + ".txt", encoding="utf-8") as file:
            self.write("short.txt", file.read().replace("六、其他需要报告的事项\n无。\n", ""))
        _, err = self.expect(1, "import", "short.txt", "-o", "short.json")
        self.assertIn("错误 S4: 没有找到“六、其他需要报告的事项”", err)
        self.assertIn("short.json", self.files())

    def test_no_report(self):
        _, err = self.expect(4, "import", self.write("no.txt", "通知\n"), "-o", "no.json")
        self.assertIn("no.txt: 错误 S6: ", err)
        self.assertEqual(self.files(), ["no.txt"])
        self.expect(4, "import", "missing.txt")

    def test_one_output(self):
        self.expect(2, "import", "a.txt", "-o", "a.json", "-o", "b.json")

    def test_output_that_cannot_be_written(self):
        _, err = self.expect(5, "import", PUBLISHED + ".txt", "-o", "nowhere/out.json")
        self.assertIn("nowhere/out.json: 错误 IO: 无法写出：", err)
        done = subprocess.run(f"exec '{NIANBAO}' import '{PUBLISHED}.txt' >&-", shell=True,
                              cwd=self.folder, stderr=subprocess.PIPE, check=False)
        self.assertEqual(done.returncode, 5)
        self.assertEqual(self.files(), [])

    def test_several_into_a_folder(self):
        text = open(PUBLISHED + ".txt", encoding="utf-8").read()
        self.write("a.txt", text)
        self.write("b.txt", text)
        self.write("c.txt", "通知\n")
        self.expect(4, "import", "a.txt", "c.txt", "b.txt", "-o", "out")
        self.assertEqual(self.files("out"), ["a.json", "b.json"])
        with open(self.path("out/b.json"), encoding="utf-8") as file:
            self.assertEqual(file.read(), expected())
        _, err = self.expect(2, "import", "a.txt", "a.docx", "-o", "out")
        self.assertIn("会写成同一个文件", err)
        self.expect(2, "import", "a.txt", "b.txt", "-o", "out.json")
        self.expect(0, "import", "a.txt", "-o", "one/")
        self.assertEqual(self.files("one"), ["a.json"])

    def test_a_file_is_replaced_whole(self):
        self.write("out.json", "old")
        os.link(self.path("out.json"), self.path("kept.json"))
        self.expect(0, "import", PUBLISHED + ".txt", "-o", "out.json")
        with open(self.path("kept.json"), encoding="utf-8") as file:
            self.assertEqual(file.read(), "old")


if __name__ == "__main__":
    unittest.main()
