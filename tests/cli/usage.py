"""The command line itself: help, and what is said about a wrong word."""

from common import CommandTest, unittest


class Usage(CommandTest):
    def expect_usage_error(self, message, *words, verb=None):
        out, err = self.expect(2, *words)
        self.assertEqual(out, "")
        first, more = err.rstrip("\n").split("\n")
        self.assertEqual(first, message)
        self.assertEqual(more, "用法见 nianbao help" + (f" {verb}" if verb else ""))

    def test_without_a_word_it_shows_help_and_fails(self):
        out, err = self.expect(2)
        self.assertEqual(out, "")
        self.assertIn("build", err)

    def test_help_lists_the_verbs_there_are(self):
        out, err = self.expect(0, "help")
        self.assertEqual(err, "")
        for verb in ("build", "bulk", "merge", "check", "import", "verify", "fonts", "forms", "serve", "version",
                     "help"):
            self.assertRegex(out, rf"(?m)^  {verb} ")
        self.assertEqual(self.expect(0, "--help")[0], out)

    def test_help_of_a_verb_lists_its_options_only(self):
        out, _ = self.expect(0, "help", "check")
        self.assertIn("--fail-on error|warning|never", out)
        self.assertNotIn("--force", out)
        self.assertEqual(self.expect(0, "check", "--help")[0], out)
        self.assertEqual(self.expect(0, "check", "-h", "x.json")[0], out)

    def test_help_speaks_english(self):
        out, _ = self.expect(0, "--lang", "en", "help", "build")
        self.assertTrue(out.startswith("usage: nianbao build "))
        self.assertTrue(out.isascii() or "…" in out)

    def test_every_verb_of_help_has_help(self):
        out, _ = self.expect(0, "help")
        verbs = [line.split()[0] for line in out.split("命令：\n")[1].split("\n\n")[0].splitlines()]
        for verb in verbs:
            self.assertIn(f"nianbao {verb}", self.expect(0, "help", verb)[0])

    def test_version(self):
        self.assertRegex(self.expect(0, "version")[0], r"^nianbao \d+\.\d+\.\d+\n$")
        self.assertEqual(self.expect(0, "--version"), self.expect(0, "version"))

    def test_unknown_verb(self):
        self.expect_usage_error("nianbao: 没有命令“biuld”；是否要写“build”？", "biuld", "x.json")
        self.expect_usage_error("nianbao: 没有命令“frobnicate”", "frobnicate")
        self.expect_usage_error("nianbao: 没有命令“chec”；是否要写“check”？", "help", "chec")

    def test_unknown_option(self):
        self.expect_usage_error("nianbao build: 没有选项“--forse”；是否要写“--force”？",
                                "build", "x.json", "--forse", "-o", "x.pdf", verb="build")
        self.expect_usage_error("nianbao check: 没有选项“-q”", "check", "-q", "x.json", verb="check")
        self.expect_usage_error("nianbao: 没有选项“--verson”；是否要写“--version”？", "--verson")

    def test_options_and_their_values(self):
        self.expect_usage_error("nianbao build: “-o”后面缺少 OUT", "build", "x.json", "-o", verb="build")
        self.expect_usage_error("nianbao build: “--force=1”：这个选项不带值",
                                "build", "x.json", "--force=1", verb="build")
        self.expect_usage_error("nianbao check: --format 没有“jsn”，可以写 text|json|sarif；是否要写“json”？",
                                "check", "x.json", "--format", "jsn", verb="check")
        self.expect_usage_error(
            "nianbao check: --fail-on 没有“warn”，可以写 error|warning|never；是否要写“warning”？",
            "check", "x.json", "--fail-on=warn", verb="check")
        _, err = self.expect(2, "build", "x.json", "-f", "pdf,dox", "-o", ".")
        self.assertRegex(err, "^nianbao build: --format 没有“dox”，可以写 pdf,docx.*；是否要写“docx”？\n")
        self.expect_usage_error("nianbao build: --output 的值是空的", "build", "x.json", "-o", "", verb="build")

    def test_inputs_are_counted(self):
        self.expect_usage_error("nianbao check: 没有说明输入文件", "check", verb="check")
        self.expect_usage_error("nianbao import: 2 份报告要用 -o 写到一个文件夹", "import", "a.txt", "b.txt",
                                verb="import")
        self.expect_usage_error("nianbao forms: 多了“x”", "forms", "x", verb="forms")

    def test_words_after_two_dashes_are_inputs(self):
        self.sample(to="-x.json")
        self.expect(0, "check", "--", "-x.json")

    def test_the_language_counts_for_words_before_it(self):
        _, err = self.expect(2, "chekc", "--lang", "en")
        self.assertIn("did you mean “check”?", err)


if __name__ == "__main__":
    unittest.main()
