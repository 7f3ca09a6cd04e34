"""Values in the words of a report, as every format shows them."""

import re
import subprocess
import zipfile

from common import CommandTest, unittest

TITLE = '"year": 2025, "title": ["{agency}{year:chinese}年", "政府信息公开工作年度报告"],'
WORDS = "收到{requests.received.total}件，其中{{自然人}}{requests.received.natural_person:chinese}件。"
SHOWN = "收到3件，其中{自然人}二件。"


def without_tags(text):
    return re.sub("<[^>]*>", "", text)


class Wording(CommandTest):
    def report(self):
        return self.sample(changes=[('"year": 2025,', TITLE), ('"没有突出问题。"', f'"{WORDS}"'),
                                    ('"没有收取信息处理费。"', '{"style": "body", "text": "截至{date}。"}'),
                                    ('"year": 2025,', '"year": 2025, "date": "2026-01-09",')])

    def texts(self):
        self.expect(0, "build", self.report(), "-f", "pdf,docx,html,ofd", "-o", "out/")
        run = lambda *words: subprocess.run(words, cwd=self.folder, check=True, stdout=subprocess.PIPE).stdout.decode()
        with zipfile.ZipFile(self.path("out/minimal.docx")) as file:
            yield without_tags(file.read("word/document.xml").decode())
        with open(self.path("out/minimal.html"), encoding="utf-8") as file:
            yield without_tags(file.read().split("</head>")[1].split("<script")[0])
        yield run("pdftotext", "-layout", "out/minimal.pdf", "-")

    def test_every_format_shows_the_values(self):
        for text in self.texts():
            for words in (SHOWN, "截至2026年1月9日。", "青石县档案馆二〇二五年"):
                self.assertIn(words, text)

    def test_documents_give_the_words_as_written_back(self):
        self.expect(0, "build", self.report(), "-f", "docx,html", "-o", "out/")
        for name in ("out/minimal.docx", "out/minimal.html"):
            out, _ = self.expect(0, "import", name)
            self.assertIn(WORDS, out)
            self.assertIn("{agency}{year:chinese}年", out)

    def test_what_stands_for_nothing_is_shown_by_force_as_it_is(self):
        self.sample(changes=[('"没有突出问题。"', '"共{requests.recieved.total}件"')])
        out, _ = self.expect(1, "check", "minimal.json")
        self.assertIn("错误 S7: 没有叫“requests.recieved.total”的值", out)
        self.assertIn(" " * 21 + "^" + "~" * 22 + "\n  提示：是否要写“requests.received.total”？", out)
        self.expect(0, "build", "minimal.json", "--force", "-o", "x.html")
        with open(self.path("x.html"), encoding="utf-8") as file:
            self.assertIn("共{requests.recieved.total}件", file.read())

    def test_braces_of_a_published_text_stay_braces(self):
        self.sample(changes=[('"没有突出问题。"', '"见{{附件}}。"')])
        self.expect(0, "build", "minimal.json", "-o", "x.html")
        with open(self.path("x.html"), encoding="utf-8") as file:
            page = file.read()
        start = page.index("<script")
        self.write("y.html", page[:start] + page[page.index("</script>", start) + 9:])
        out, _ = self.expect(0, "import", "y.html")
        self.assertIn("见{{附件}}。", out)


if __name__ == "__main__":
    unittest.main()
