"""The examples of docs/corrections.md: each command prints what the page shows."""

import os
import re
import shlex

from common import ROOT, CommandTest, unittest


class Corrections(CommandTest):
    def test_the_examples_are_true(self):
        os.symlink(os.path.join(ROOT, "tests"), self.path("tests"))
        with open(os.path.join(ROOT, "docs", "corrections.md"), encoding="utf-8") as file:
            blocks = re.findall(r"^```\n(.*?)^```$", file.read(), re.M | re.S)
        self.assertGreater(len(blocks), 3)
        for block in blocks:
            for example in block.split("$ nianbao ")[1:]:
                command, expected = example.split("\n", 1)
                done = self.run_command(*shlex.split(command))
                self.assertEqual(done.stdout.decode(), expected, command)


if __name__ == "__main__":
    unittest.main()
