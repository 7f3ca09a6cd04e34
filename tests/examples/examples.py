"""The examples do what they say: what each prints is in NAME.expected."""

import os
import tempfile
import unittest

import common_examples as examples


class Examples(unittest.TestCase):
    maxDiff = None

    def test_each_is_run(self):
        self.assertEqual(examples.names(), sorted(examples.COMMANDS))

    def test_they_print_what_they_should(self):
        with tempfile.TemporaryDirectory() as folder:
            examples.prepare(folder)
            for name in examples.COMMANDS:
                with self.subTest(name):
                    examples.compare(name, examples.run(os.path.join(examples.BUILD, "examples", name), name, folder))


if __name__ == "__main__":
    unittest.main()
