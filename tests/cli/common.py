"""What the tests of the command share: running it in a folder of its own."""

import os
import shutil
import subprocess
import tempfile
import unittest

ROOT = os.environ.get("NB_SOURCE_DIR") or os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
NIANBAO = os.environ.get("NIANBAO") or os.path.join(ROOT, "build", "dev", "nianbao")
RUNNER = os.environ.get("NB_TEST_RUNNER", "")
SAMPLES = os.path.join(ROOT, "samples")
PUBLISHED = os.path.join(ROOT, "tests", "import", "jianghan-2022")


class CommandTest(unittest.TestCase):
    maxDiff = None

    def setUp(self):
        self.folder = tempfile.mkdtemp()
        self.addCleanup(shutil.rmtree, self.folder)

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return name

    def sample(self, name="minimal.json", to=None, **replaced):
        """A copy of a sample in the folder, with texts replaced: sample(old=new) as pairs."""
        with open(os.path.join(SAMPLES, name), encoding="utf-8") as file:
            text = file.read()
        for old, new in replaced.get("changes", ()):
            self.assertIn(old, text)
            text = text.replace(old, new, 1)
        return self.write(to or name, text)

    def wrong(self, name="wrong.json"):
        """A report with one error."""
        return self.sample(to=name, changes=[
            ("[2, 1, 0, 0, 0, 0]", "[2, 1, 0, 0, 0, 0, 4]"), ("申请3件", "申请4件")])

    def run_command(self, *words, stdin=b"", environment=None, **options):
        options.setdefault("stdout", subprocess.PIPE)
        options.setdefault("stderr", subprocess.PIPE)
        return subprocess.run([NIANBAO, *words], cwd=self.folder, input=stdin, check=False,
                              env={**os.environ, **(environment or {})}, **options)

    def expect(self, status, *words, **options):
        """Run the command; its exit status must be as said. Gives stdout and stderr as text."""
        done = self.run_command(*words, **options)
        out, err = ((stream or b"").decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
        self.assertEqual(done.returncode, status, f"nianbao {' '.join(words)}\n{out}{err}")
        return out, err

    def files(self, folder="."):
        return sorted(os.listdir(self.path(folder)))
