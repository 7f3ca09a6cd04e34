"""What the page's server keeps, when a call by which it is written fails: the answer says so, and what was there stays."""

import json
import os
import time
import unittest

import common_faults
from common_serve import SAMPLE, ServeTest, read

# A call, what it fails with, and what the answer cannot but say of it.
FAULTS = (("open", "EROFS", "Read-only file system"), ("write", "ENOSPC", "No space left on device"),
          ("write", "EIO", "Input/output error"), ("fsync", "EIO", "Input/output error"),
          ("close", "EIO", "Input/output error"), ("rename", "EXDEV", "cross-device"))


@unittest.skipUnless(common_faults.CALLS, "nothing can be preloaded")
class ServeFaults(ServeTest):
    options = ("--dir", "DRAFTS")

    def start(self, environment=None, **more):
        if environment:
            self.stop()
        super().start(environment, **more)

    def start_failing(self, call, fault, number):
        self.start(common_faults.environment(call, number, fault, self.path("fired")))

    def expect_told(self, reason, method, path, body=None, **headers):
        answer = self.expect_json(500, method, path + "?lang=en", body, **headers)
        self.assertIn(reason, answer["findings"][0]["message"])
        self.assertEqual(answer["findings"][0]["rule"], "IO")

    def test_a_draft(self):
        for number, (call, fault, reason) in enumerate(FAULTS):
            with self.subTest(f"{call} {fault}"):
                one, name = f"/api/drafts/n{number}", f"n{number}.draft.json"
                self.start_failing(call, fault, 2)
                first = self.expect_json(200, "PUT", one, b"[1]", If_None_Match="*")["revision"]
                before = self.files("drafts")
                self.expect_told(reason, "PUT", one, b"[2]", If_Match=first)
                self.assertEqual((self.files("drafts"), read(self.path(f"drafts/{name}"))), (before, b"[1]"))
                self.expect_status(200, "PUT", one, b"[3]", If_Match=first)
                self.assertEqual(self.expect_status(200, "GET", one)[0], b"[3]")

    def test_a_draft_written_in_pieces(self):
        self.start_failing("write", "short", 1)
        self.expect_status(200, "PUT", "/api/drafts/one", b"[1, 2, 3]", If_None_Match="*")
        self.assertEqual(read(self.path("drafts/one.draft.json")), b"[1, 2, 3]")

    def test_a_draft_that_cannot_be_read(self):
        """It is there all the same, and is not written over as if it were not."""
        self.expect_status(200, "PUT", "/api/drafts/one", b"[1]", If_None_Match="*")
        self.start_failing("open-read", "EIO", 1)
        self.expect_status(500, "GET", "/api/drafts/one")
        self.start_failing("open-read", "EIO", 1)
        self.expect_status(500, "PUT", "/api/drafts/one", b"[2]", If_None_Match="*")
        self.assertEqual(read(self.path("drafts/one.draft.json")), b"[1]")

    def test_rows_of_a_run(self):
        """Those that were sent before stay."""
        for call, fault, reason in FAULTS[:2]:
            self.start_failing(call, fault, 2)
            self.expect_status(200, "PUT", "/api/bulk/one/rows.csv", b"a\n")
            self.expect_told(reason, "PUT", "/api/bulk/one/rows.jsonl", b"{}")
            self.assertEqual(self.files("drafts/one.bulk"), ["rows.csv"])
            self.expect_status(200, "DELETE", "/api/bulk/one")
            self.start_failing(call, fault, 1)
            self.expect_told(reason, "PUT", "/api/bulk/one/rows.jsonl", b"{}")
            self.assertEqual(self.files("drafts"), [])
        self.start_failing("mkdir", "EACCES", 2)
        self.expect_told("Permission denied", "PUT", "/api/bulk/one/rows.jsonl", b"{}")

    def test_a_run(self):
        """It says why it ended, and is gone on with."""
        rows = json.dumps(json.loads(read(SAMPLE))).encode() + b"\n"
        for call, fault, number, reason in (
                ("write", "ENOSPC", 3, "No space left"), ("rename", "EIO", 3, "Input/output error"),
                ("open", "EROFS", 4, "Read-only file system"), ("syncfs", "EIO", 1, "Input/output error")):
            with self.subTest(call):
                self.start_failing(call, fault, number)
                self.expect_status(200, "PUT", "/api/bulk/one/rows.jsonl", rows)
                self.expect_status(200, "POST", "/api/bulk/one/run?formats=docx&lang=en")
                end = self.end_of_run()
                self.assertEqual(end["ended"], "failed", end)
                self.assertIn(reason, end["findings"][-1]["message"])
                self.assertFalse([name for _, _, names in os.walk(self.path("drafts")) for name in names
                                  if name.endswith(".part")])
                self.expect_status(200, "POST", "/api/bulk/one/run?formats=docx")
                self.assertEqual(self.end_of_run()["done"], 1)
                self.expect_status(200, "GET", "/api/bulk/one/archive.zip")
                self.expect_status(200, "DELETE", "/api/bulk/one")

    def end_of_run(self):
        for _ in range(600):
            run = self.expect_json(200, "GET", "/api/bulk/one")
            if not run["progress"]:
                return run["end"]
            time.sleep(0.05)
        self.fail("the run does not end")


if __name__ == "__main__":
    unittest.main()
