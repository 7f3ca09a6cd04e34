"""What cannot be written, and fonts that cannot be used: a clear message, the right status, nothing half done."""

import os
import re
import resource
import shutil
import signal
import subprocess
import time
import unittest

import common_faults
from common import NIANBAO, ROOT, CommandTest

FORMATS = ("pdf", "docx", "ofd", "html")


def limit_file_size():
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, 10_000))


class Writing(CommandTest):
    def setUp(self):
        super().setUp()
        self.sample()

    def test_a_full_disk(self):
        with open("/dev/full", "wb") as full:
            _, err = self.expect(5, "build", "minimal.json", "-f", "pdf", "-o", "-", stdout=full)
        self.assertIn("IO", err)
        with open("/dev/full", "wb") as full:
            self.expect(5, "check", "minimal.json", stdout=full)

    def test_a_file_that_may_not_grow(self):
        os.mkdir(self.path("out"))
        for name in FORMATS:
            _, err = self.expect(5, "build", "minimal.json", "-f", name, "-o", "out", preexec_fn=limit_file_size)
            self.assertIn("IO", err)
            self.assertEqual(self.files("out"), [])

    def test_standard_output_that_is_closed(self):
        done = subprocess.run(f"{NIANBAO} build minimal.json -f pdf -o - >&-", shell=True, cwd=self.folder,
                              capture_output=True, check=False)
        self.assertEqual(done.returncode, 5)

    def test_a_folder_that_takes_no_files(self):
        _, err = self.expect(5, "build", "minimal.json", "-f", "pdf", "-o", "/proc/self/out.pdf")
        self.assertIn("/proc/self/out.pdf", err)

    def test_a_folder_in_the_files_place(self):
        os.makedirs(self.path("out/minimal.pdf/within"))
        self.expect(5, "build", "minimal.json", "-f", "pdf", "-o", "out")
        self.assertEqual(self.files("out"), ["minimal.pdf"])
        self.assertEqual(self.files("out/minimal.pdf"), ["within"])

    def test_a_signal_at_any_moment(self):
        """What bears a name of ours is whole; only SIGKILL may leave a part, and the next run is right."""
        self.interrupt("build", "minimal.json", "-f", ",".join(FORMATS))

    def test_a_signal_at_any_moment_of_a_correction(self):
        self.sample(to="new.json", changes=[("没有突出问题", "没有问题")])
        self.interrupt("correct", "minimal.json", "new.json", "--date", "2026-03-02")

    def interrupt(self, *words):
        os.mkdir(self.path("right"))
        begin = time.monotonic()
        self.expect(0, *words, "-o", "right")
        took = time.monotonic() - begin
        whole = {name: self.bytes("right", name) for name in self.files("right")}
        for sent in signal.SIGINT, signal.SIGTERM, signal.SIGKILL:
            for moment in range(8):
                folder = f"{sent}-{moment}"
                os.mkdir(self.path(folder))
                process = subprocess.Popen(
                    [NIANBAO, *words, "-o", folder],
                    cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
                time.sleep(took * (moment + 0.5) / 8)
                process.send_signal(sent)
                self.assertIn(process.wait(timeout=60), (0, -sent))
                for name in self.files(folder):
                    if name in whole:
                        self.assertEqual(self.bytes(folder, name), whole[name])
                    else:
                        self.assertEqual(sent, signal.SIGKILL, name)

    def bytes(self, folder, name):
        with open(self.path(os.path.join(folder, name)), "rb") as file:
            return file.read()


class Fonts(CommandTest):
    """A copy of the font of the bodies, spoilt, in a folder that is searched first."""

    def setUp(self):
        super().setUp()
        self.sample()
        out, _ = self.expect(0, "fonts")
        found = re.search(r"^body.*\n(?:.*\n)*?\s+\*?\s*(\S+)\s+\S+\s+(\S+\.(?:ttf|otf))", out, re.M)
        if not found:
            self.skipTest("the body's font is a collection")
        with open(found[2], "rb") as file:
            self.font = file.read()
        os.mkdir(self.path("fonts"))
        self.name = os.path.basename(found[2])

    def build_with(self, font):
        with open(self.path(f"fonts/{self.name}"), "wb") as file:
            file.write(font)
        done = self.run_command("build", "minimal.json", "-f", "pdf,docx", "-o", "out", "--font-dir", "fonts")
        self.assertIn(done.returncode, (0, 5), done.stderr.decode("utf-8", "replace"))
        if done.returncode == 5:
            self.assertRegex(done.stderr.decode("utf-8", "replace"), "FONT|PDF|LAYOUT")
        return done

    def table(self, tag):
        """Offset of a table's record and of the table."""
        for at in range(12, 12 + 16 * int.from_bytes(self.font[4:6], "big"), 16):
            if self.font[at:at + 4] == tag:
                return at, int.from_bytes(self.font[at + 8:at + 12], "big")
        raise KeyError(tag)

    def test_a_font_that_is_cut_short(self):
        for length in 0, 4, 11, 200, 5000, len(self.font) // 2, len(self.font) - 100:
            self.build_with(self.font[:length])

    def test_a_font_with_a_damaged_table(self):
        for tag in b"cmap", b"head", b"hhea", b"hmtx", b"maxp", b"name", b"OS/2", b"post":
            at, table = self.table(tag)
            for where, put in ((table, b"\xff" * 64), (at + 8, b"\xff\xff\xff\xf0"), (at + 12, b"\0\0\0\1")):
                self.build_with(self.font[:where] + put + self.font[where + len(put):])

    def test_a_font_without_outlines(self):
        for tag in b"glyf", b"loca", b"CFF ":
            try:
                at, table = self.table(tag)
            except KeyError:
                continue
            self.build_with(self.font[:table] + b"\xff" * 4096 + self.font[table + 4096:])
            self.build_with(self.font[:at] + b"none" + self.font[at + 4:])

    def test_a_font_that_may_not_be_embedded(self):
        _, table = self.table(b"OS/2")
        done = self.build_with(self.font[:table + 8] + b"\0\2" + self.font[table + 10:])
        self.assertEqual(done.returncode, 5)
        self.assertIn(self.name, done.stderr.decode())
        self.assertIn("嵌入", done.stderr.decode())
        self.assertFalse(os.path.exists(self.path("out/minimal.pdf")))

    @unittest.skipUnless(common_faults.CALLS, "nothing can be preloaded")
    def test_a_font_that_becomes_shorter_while_it_is_used(self):
        """It is mapped, so that reading on is a signal and no error."""
        path = self.path(f"fonts/{self.name}")

        def once(environment):
            with open(path, "wb") as file:
                file.write(self.font)
            shutil.rmtree(self.path("out"), ignore_errors=True)
            done = self.run_command("build", "minimal.json", "-f", "pdf", "-o", "out", "--font-dir", "fonts",
                                    environment={**environment, "NIANBAO_FAULT_FILE": path})
            err = done.stderr.decode("utf-8", "replace")
            if os.path.exists(environment["NIANBAO_FAULT_FIRED"]):
                self.assertIn(done.returncode, (0, 5), err)
                self.assertRegex(err if done.returncode else "变短", "变短|FONT|PDF|LAYOUT")
                self.assertEqual(os.path.exists(self.path("out/minimal.pdf")), done.returncode == 0)
                self.told.append(err)
        self.told = []
        self.assertGreaterEqual(common_faults.each("mmap", "cut", once), 1)
        self.assertIn("变短", "".join(self.told))

    def test_what_bears_the_name_of_a_font_and_is_none(self):
        """For each role: others of the role stand in."""
        with open(os.path.join(ROOT, "fonts", "fonts.json"), encoding="utf-8") as file:
            names = set(re.findall(r'"([^"/]+\.(?:ttf|otf|ttc))"', file.read(), re.I))
        self.assertGreater(len(names), 20)
        kinds = {"empty": b"", "text": b"no font\n" * 100, "collection": b"ttcf\0\1\0\0" + b"\xff" * 64,
                 "tables": b"OTTO" + b"\xff" * 600, "folder": os.mkdir, "pipe": os.mkfifo}
        for kind, content in kinds.items():
            os.mkdir(self.path(kind))
            for name in names:
                if callable(content):
                    content(self.path(f"{kind}/{name}"))
                else:
                    with open(self.path(f"{kind}/{name}"), "wb") as file:
                        file.write(content)
            with self.subTest(kind):
                self.expect(0, "build", "minimal.json", "-f", "pdf", "-o", "out", "--font-dir", kind, timeout=60)

    def test_a_font_that_vanishes(self):
        """Another of its role stands in."""
        done = self.build_with(self.font)
        self.assertEqual(done.returncode, 0)
        os.remove(self.path(f"fonts/{self.name}"))
        self.expect(0, "build", "minimal.json", "-f", "pdf", "-o", "out", "--font-dir", "fonts")


if __name__ == "__main__":
    unittest.main()
