"""Folders that take no files of the user's: status 5, a message that names the folder and says what to do, nothing left."""

import os
import re
import shutil
import subprocess
import unittest

import common_faults
from common import NIANBAO, ROOT, CommandTest

NOBODY = 65534  # root may write anywhere


@unittest.skipUnless(common_faults.CALLS, "the command is run by another, whose files that user may not read")
class ReadOnly(CommandTest):
    def setUp(self):
        super().setUp()
        os.chmod(self.folder, 0o755)
        self.sample()
        os.mkdir(self.path("out"))
        self.options, self.command = {}, NIANBAO
        if os.geteuid() == 0:
            self.become_nobody()
        os.chmod(self.path("out"), 0o555)

    def become_nobody(self):
        """The command and its data may lie where only root may go: a copy lies here."""
        installed = os.path.dirname(NIANBAO)
        for name in os.listdir(installed):
            if name == "nianbao" or name.startswith("libnianbao.so"):
                shutil.copy(os.path.join(installed, name), self.path(name), follow_symlinks=False)
        for name in "layouts", "fonts":
            shutil.copytree(os.path.join(ROOT, name), self.path(f"data/{name}"))
        self.command = self.path("nianbao")
        self.options = {"user": NOBODY, "group": NOBODY, "extra_groups": [], "env": {
            **os.environ, "HOME": self.folder, "LD_LIBRARY_PATH": self.folder, "NIANBAO_DATA": self.path("data")}}

    def expect_refusal(self, *words, folder="out"):
        for language, hint in ("zh", "不让"), ("en", "choose another"):
            done = subprocess.run([self.command, "--lang", language, *words], cwd=self.folder, capture_output=True,
                                  timeout=60, check=False, **self.options)
            err = done.stderr.decode("utf-8", "replace")
            self.assertEqual(done.returncode, 5, err)
            self.assertIn({"zh": "没有权限", "en": "Permission denied"}[language], err)
            self.assertRegex(err, re.escape(folder))
            self.assertIn(hint, err)
        self.assertEqual(self.files("out"), [])

    def test_build(self):
        self.expect_refusal("build", "minimal.json", "-f", "pdf,docx", "-o", "out")
        self.expect_refusal("build", "minimal.json", "-o", "out/a.docx")
        self.expect_refusal("build", "minimal.json", "-f", "docx", "-o", "out/new", folder="out/new")

    def test_bulk(self):
        with open(self.path("minimal.json"), encoding="utf-8") as file:
            self.write("rows.jsonl", file.read().replace("\n", " ") + "\n")
        self.expect_refusal("bulk", "rows.jsonl", "-f", "docx", "-o", "out")
        self.expect_refusal("bulk", "rows.jsonl", "-f", "docx", "-o", "out/new", folder="“out”")

    def test_correct(self):
        self.sample(to="new.json", changes=[("没有突出问题", "没有问题")])
        self.expect_refusal("correct", "minimal.json", "new.json", "--date", "2026-03-02", "-o", "out")

    def test_import(self):
        self.expect(0, "build", "minimal.json", "-o", "minimal.docx")
        self.expect_refusal("import", "minimal.docx", "-o", "out/a.json")
        self.expect_refusal("import", "minimal.docx", "-o", "out")

    def test_fix(self):
        self.sample(to="wrong.json", changes=[("[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 4]")])
        self.expect_refusal("fix", "wrong.json", "--apply", "1", "-o", "out/a.json")

    def test_init_and_schema(self):
        self.expect_refusal("init", "annual-report-2021", "-o", "out/a.json")
        self.expect_refusal("init", "annual-report-2021", "--template", "-o", "out")
        self.expect_refusal("schema", "annual-report-2021", "-o", "out/a.json")

    def test_serve(self):
        """It says so before anyone types a report."""
        self.expect_refusal("serve", "--dir", "out")
        self.expect_refusal("serve", "--dir", "out/new", folder="out/new")


if __name__ == "__main__":
    unittest.main()
