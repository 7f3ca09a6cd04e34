"""Each call by which files are written fails in turn: what bears a name of ours is whole, and nothing else is left."""

import os
import shutil
import subprocess
import unittest

import common_faults
from common_bulk import BulkTest

# A failure, and what the command cannot but say of it.
LASTING = {"ENOSPC": "磁盘满了", "EIO": "读写设备出错", "EXDEV": "不在同一个磁盘上", "EACCES": "没有权限",
           "EROFS": "只能读，不能写"}


@unittest.skipUnless(common_faults.CALLS, "nothing can be preloaded")
class WriteFaults(BulkTest):
    def run_with(self, environment, *words):
        shutil.rmtree(self.path("out"), ignore_errors=True)
        done = self.run_command(*words, environment=environment)
        return done.returncode, done.stderr.decode("utf-8", "replace"), self.content("out")

    def expect_each(self, words, faults, least):
        """faults: pairs of a call and what it fails with, and of how many calls each is tried."""
        status, err, right = self.run_with({}, *words)
        self.assertEqual(status, 0, err)
        for call, fault, stride in faults:
            def once(environment):
                status, err, left = self.run_with(environment, *words)
                said = (environment["NIANBAO_FAULT"], status, err)
                if not os.path.exists(environment["NIANBAO_FAULT_FIRED"]) or fault not in LASTING:
                    self.assertEqual((status, left == right), (0, True), said)
                    return
                self.assertEqual(status, 5, said)
                self.assertIn(LASTING[fault], err, said)
                for name, content in left.items():
                    self.assertEqual((name, right.get(name) == content), (name, True), said)
            count = common_faults.each(call, fault, once, stride)
            self.assertGreaterEqual(count, least, (words, call))

    def test_build(self):
        self.sample()
        self.expect_each(["build", "minimal.json", "-f", "pdf,docx", "-o", "out"],
                         [("open", "EROFS", 1), ("write", "ENOSPC", 1), ("write", "EIO", 2), ("write", "short", 2),
                          ("write", "EINTR", 2), ("fsync", "EIO", 1), ("fsync", "EINTR", 2), ("fsync", "EINVAL", 2),
                          ("close", "EIO", 1), ("rename", "EXDEV", 1)], 2)
        self.expect_each(["build", "minimal.json", "-f", "pdf", "-o", "out"], [("mkdir", "EACCES", 1)], 1)

    def test_a_signal_while_one_file_is_written(self):
        """It waits until the file is whole."""
        self.sample()
        self.sample(to="wrong.json", changes=[("[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 4]")])
        self.write("patch.json", "[]")
        self.expect(0, "build", "minimal.json", "-f", "docx", "-o", ".")
        for words in (["import", "minimal.docx"], ["init", "annual-report-2021"], ["schema", "annual-report-2021"],
                      ["patch", "minimal.json", "patch.json"], ["fix", "wrong.json", "--apply", "1"]):
            for call in "fsync", "rename":
                def once(environment):
                    shutil.rmtree(self.path("out"), ignore_errors=True)
                    os.mkdir(self.path("out"))
                    status = self.run_command(*words, "-o", "out/a.json", environment=environment).returncode
                    fired = os.path.exists(environment["NIANBAO_FAULT_FIRED"])
                    said = (words, environment["NIANBAO_FAULT"])
                    self.assertEqual((status, self.files("out")), (-15 if fired else 0, ["a.json"]), said)
                self.assertEqual(common_faults.each(call, "TERM", once), 1, words)

    def test_standard_output(self):
        self.sample()
        right = self.run_command("build", "minimal.json", "-f", "docx", "-o", "-").stdout
        for fault in "short", "EINTR":
            def once(environment):
                done = self.run_command("build", "minimal.json", "-f", "docx", "-o", "-", environment=environment)
                self.assertEqual((done.returncode, done.stdout == right), (0, True), environment["NIANBAO_FAULT"])
            self.assertGreaterEqual(common_faults.each("write", fault, once), 1)

    def test_correct(self):
        self.sample(to="old.json")
        self.sample(to="new.json", changes=[("没有突出问题", "没有问题")])
        self.expect_each(["correct", "old.json", "new.json", "-o", "out", "--date", "2026-03-02"],
                         [("write", "ENOSPC", 4), ("rename", "EIO", 7)], 9)

    def test_import(self):
        self.sample()
        self.expect(0, "build", "minimal.json", "-f", "docx", "-o", ".")
        self.expect_each(["import", "minimal.docx", "-o", "out"],
                         [("open", "ENOSPC", 1), ("write", "EIO", 1), ("fsync", "ENOSPC", 1), ("rename", "EXDEV", 1)], 1)

    def test_bulk(self):
        """A run that a fault ended is gone on with, and gives the very files of one that had none."""
        self.rows(2)
        words = ["bulk", "in.jsonl", "-f", "docx", "-o", "out", "--jobs", "1", "--archive", "out/all.zip"]
        status, err, right = self.run_with({}, *words)
        self.assertEqual(status, 0, err)
        for call, fault, stride in (("open", "ENOSPC", 1), ("write", "ENOSPC", 3), ("write", "short", 4),
                                    ("rename", "EIO", 1), ("close", "EIO", 2), ("syncfs", "EIO", 1), ("fsync", "EIO", 1)):
            def once(environment):
                status, err, left = self.run_with(environment, *words)
                said = (environment["NIANBAO_FAULT"], status, err)
                for name, content in left.items():
                    if name.endswith(".docx"):
                        self.assertEqual((name, right.get(name) == content), (name, True), said)
                if not os.path.exists(environment["NIANBAO_FAULT_FIRED"]) or fault not in LASTING:
                    self.assertEqual((status, left == right), (0, True), said)
                elif status:
                    self.assertIn(status, (1, 5), said)
                    self.expect(0, *words, "--resume", "--retry-failed")
                    self.assertEqual((self.content("out") == right), True, said)
            common_faults.each(call, fault, once, stride)

    def test_devices_stay(self):
        self.sample()
        os.mkfifo(self.path("pipe.docx"))
        with subprocess.Popen(["cat", self.path("pipe.docx")], stdout=subprocess.PIPE) as reader:
            self.expect(0, "build", "minimal.json", "-o", "pipe.docx", "-o", "file.docx")
            with open(self.path("file.docx"), "rb") as file:
                self.assertEqual(reader.stdout.read(), file.read())
        self.assertFalse(os.path.isfile(self.path("pipe.docx")))
        self.expect(0, "build", "minimal.json", "-f", "docx", "-o", ".")
        os.mkfifo(self.path("pipe"))
        with subprocess.Popen(["cat", self.path("pipe")], stdout=subprocess.PIPE) as reader:
            self.expect(0, "import", "minimal.docx", "-o", "pipe")
            self.assertIn(b'"annual-report-2021"', reader.stdout.read())
        self.assertFalse(os.path.isfile(self.path("pipe")))
        os.symlink("/proc/self/fd/1", self.path("stdout"))
        out, _ = self.expect(0, "import", "minimal.docx", "-o", "stdout")
        self.assertIn('"annual-report-2021"', out)
        self.assertTrue(os.path.islink(self.path("stdout")))


if __name__ == "__main__":
    unittest.main()
