"""bulk --resume: a run that was stopped at any moment ends as if it had not been."""

import os
import random
import signal
import subprocess
import tempfile
import time

from common import NIANBAO
from common_bulk import BulkTest, line, report, unittest

# How often a run is killed; the conformance checks do it more often.
MOMENTS = int(os.environ.get("NB_KILLS", "8"))


def read_lines(path):
    with open(path, "rb") as file:
        return file.read().splitlines()


class Resume(BulkTest):
    def setUp(self):
        super().setUp()
        wrong = report(4)
        wrong["requests"]["received"] = [2, 1, 0, 0, 0, 0, 4]
        self.rows(16, replaced={4: line(wrong)})
        started = time.monotonic()
        self.bulk(1, "in.jsonl", "-o", "whole", "-j", "2")
        self.spent = time.monotonic() - started

    def start(self, folder, *words):
        return subprocess.Popen([NIANBAO, "bulk", "in.jsonl", "-o", folder, "-j", "2", *words], cwd=self.folder,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def start_and_wait(self, folder, rows=2):
        """A run that has made so many of its rows."""
        run = self.start(folder)
        journal = self.path(f"{folder}/.nianbao/1-of-1/journal.jsonl")
        while run.poll() is None:
            if os.path.exists(journal) and len(read_lines(journal)) >= rows:
                return run
            time.sleep(0.001)
        raise AssertionError("the run ended before it could be stopped")

    def test_a_run_killed_at_any_moment_goes_on(self):
        seed = random.randrange(1 << 30)
        moments = random.Random(seed)
        for number in range(MOMENTS):
            with self.subTest(seed=seed, number=number):
                folder = f"killed-{number}"
                run = self.start(folder)
                time.sleep(moments.uniform(0, self.spent))
                run.kill()
                run.wait()
                if number % 3 == 0:  # and once more
                    run = self.start(folder, "--resume")
                    time.sleep(moments.uniform(0, self.spent))
                    run.kill()
                    run.wait()
                self.bulk(1, "in.jsonl", "-o", folder, "--resume")
                self.assert_same_content("whole", folder)

    def test_what_is_done_is_not_done_again(self):
        before = {name: os.stat(self.path(f"whole/{name}")).st_ino for name in self.files("whole")}
        _, err = self.bulk(1, "in.jsonl", "-o", "whole", "--resume")
        self.assertIn("其中上次已有 16", err)
        after = {name: os.stat(self.path(f"whole/{name}")).st_ino for name in self.files("whole")}
        del before["manifest.jsonl"], after["manifest.jsonl"]
        self.assertEqual(before, after)

    def test_a_run_that_was_not_finished_is_not_begun_anew(self):
        run = self.start_and_wait("stopped")
        run.kill()
        run.wait()
        self.assertTrue(os.path.exists(self.path("stopped/.nianbao/1-of-1/journal.jsonl")))
        _, err = self.bulk(2, "in.jsonl", "-o", "stopped")
        self.assertIn("--resume", err)

    def test_a_signal_ends_the_run_with_the_rows_in_hand(self):
        for number in signal.SIGINT, signal.SIGTERM:
            run = self.start_and_wait(number.name)
            run.send_signal(number)
            self.assertEqual(run.wait(), 75)
            self.assertEqual([name for name in self.content(number.name) if name.endswith(".part")], [])
            self.bulk(1, "in.jsonl", "-o", number.name, "--resume")
            self.assert_same_content("whole", number.name)

    def test_a_file_that_is_gone_or_damaged_is_made_again(self):
        for number, (damage, words) in enumerate([
                (os.remove, ["--resume"]),
                (lambda path: os.truncate(path, 100), ["--resume"]),
                (self.overwrite, ["--verify"])]):
            folder = f"damaged-{number}"
            self.bulk(1, "in.jsonl", "-o", folder)
            damage(self.path(f"{folder}/000007-青石县第7局.pdf"))
            self.bulk(1, "in.jsonl", "-o", folder, *words)
            self.assert_same_content("whole", folder)

    def overwrite(self, path):
        with open(path, "r+b") as file:
            file.write(b"other")

    def test_a_journal_cut_short_or_damaged_is_used_as_far_as_it_goes(self):
        run = self.start_and_wait("cut", rows=6)
        run.kill()
        run.wait()
        path = self.path("cut/.nianbao/1-of-1/journal.jsonl")
        with open(path, "r+b") as file:
            file.seek(100)
            file.write(b"\0" * 200)
            file.truncate(os.path.getsize(path) - 30)
        self.bulk(1, "in.jsonl", "-o", "cut", "--resume")
        self.assert_same_content("whole", "cut")

    def test_rows_that_changed_are_made_again(self):
        self.rows(16, replaced={9: line(report(99))})
        self.bulk(0, "in.jsonl", "-o", "fresh")
        self.bulk(0, "in.jsonl", "-o", "whole", "--resume")
        self.assertEqual(self.manifest("fresh"), self.manifest("whole"))

    def test_retry_failed_tries_what_failed_again(self):
        _, err = self.bulk(1, "in.jsonl", "-o", "whole", "--retry-failed")
        self.assertIn("其中上次已有 15", err)

    def test_two_runs_do_not_write_into_one_folder(self):
        with tempfile.TemporaryFile() as stream:
            pipe, end = os.pipe()
            first = subprocess.Popen([NIANBAO, "bulk", "-", "-o", "shared"], cwd=self.folder, stdin=pipe,
                                     stdout=stream, stderr=stream)
            while not os.path.exists(self.path("shared/.nianbao/1-of-1/journal.jsonl")):
                time.sleep(0.01)
            self.bulk(75, "in.jsonl", "-o", "shared")
            os.close(end)
            os.close(pipe)
            self.assertEqual(first.wait(), 0)


class Disk(BulkTest):
    def test_a_full_disk_ends_the_run_and_nothing_is_lost(self):
        self.rows(30)
        self.bulk(0, "in.jsonl", "-o", "whole")
        script = ("mount -t tmpfs -o size=600k none small && cd small && "
                  f"{NIANBAO} bulk ../in.jsonl -o out; echo $?; find . -name '*.part'; "
                  f"mount -o remount,size=50m small . && {NIANBAO} bulk ../in.jsonl -o out --resume && cp -r out ../filled")
        os.mkdir(self.path("small"))
        done = subprocess.run(["unshare", "-rm", "sh", "-c", script], cwd=self.folder, capture_output=True, text=True,
                              check=False)
        if "mount" in done.stderr and "permission denied" in done.stderr.lower() or "unshare" in done.stderr:
            self.skipTest("no file system of its own can be mounted here")
        self.assertEqual(done.stdout, "5\n", done.stderr)
        self.assertIn("磁盘满了", done.stderr)
        self.assert_same_content("whole", "filled")

    def test_a_file_that_cannot_be_written_fails_its_row_alone(self):
        self.rows(3)
        os.makedirs(self.path("out/000002-青石县第2局.pdf/occupied"))
        self.bulk(1, "in.jsonl", "-o", "out")
        rows, _ = self.manifest("out")
        self.assertEqual([row["status"] for row in rows], ["done", "failed", "done"])
        self.assertEqual(rows[1]["findings"][-1]["rule"], "IO")

    def test_a_limit_on_file_size_ends_the_run(self):
        self.rows(3)
        done = subprocess.run(["sh", "-c", f"ulimit -f 16; exec {NIANBAO} bulk in.jsonl -o out"], cwd=self.folder,
                              capture_output=True, text=True, check=False)
        self.assertEqual(done.returncode, 5, done.stderr)
        self.bulk(0, "in.jsonl", "-o", "out", "--resume")
        self.assert_manifest_is_true("out")

    def test_a_folder_that_cannot_be_made_is_said(self):
        self.rows(1)
        self.write("file", "")
        _, err = self.bulk(5, "in.jsonl", "-o", "file/out")
        self.assertIn("file/out: 错误 IO: ", err)


if __name__ == "__main__":
    unittest.main()
