"""What the shared library shows is what its header declares: no less and no more."""

import os
import re
import subprocess
import unittest

ROOT = os.environ["NB_SOURCE_DIR"]
LIBRARY = os.environ["NB_LIBRARY"]


def declared():
    """The functions of the public header."""
    with open(os.path.join(ROOT, "include", "nianbao", "nianbao.h"), encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
    text = re.sub(r"(?m)^#.*(?:\\\n.*)*", "", text)
    # A function's name begins its line but for the type; a pointer to one stands in brackets.
    return set(re.findall(r"(?m)^[a-z][\w ]*[ *](nb_\w+)\(", text))


def exported():
    listing = subprocess.run(["nm", "-D", "--defined-only", LIBRARY], check=True, capture_output=True, text=True)
    names = {line.split()[2].split("@")[0] for line in listing.stdout.splitlines()}
    return {name for name in names if not name.startswith(("__gcov", "mangle_path"))}  # of a build that counts lines


class ExportedSymbols(unittest.TestCase):
    def test_the_header_is_read(self):
        self.assertIn("nb_library_new", declared())
        self.assertIn("nb_findings_new", declared())
        self.assertIn("nb_correction_report", declared())

    def test_library_and_header_agree(self):
        self.assertEqual(sorted(exported()), sorted(declared()))

    def test_each_function_is_called_without_what_it_needs(self):
        with open(os.path.join(ROOT, "tests", "unit", "test_arguments.c"), encoding="utf-8") as file:
            called = set(re.findall(r"\bnb_\w+(?=\()", file.read()))
        self.assertEqual(sorted(declared() - called), [])

    def test_it_has_a_name_that_changes_with_its_interface(self):
        head = subprocess.run(["objdump", "-p", LIBRARY], check=True, capture_output=True, text=True).stdout
        self.assertRegex(head, r"SONAME\s+libnianbao\.so\.\d+\n")


def written_state(program):
    """The variables of a program or archive that can be written to after it is loaded."""
    table = subprocess.run(["objdump", "-t", program], check=True, capture_output=True, text=True).stdout
    found = re.findall(r"(?m) O \.(?:data|bss|tdata|tbss)(?:\.(?!rel\.ro)[\w.]+)?\t\w+ +(?:\.hidden )?(\S+)$", table)
    return [name for name in found if not re.match(r"__(odr_)?asan|__ubsan|_GLOBAL_|\.Lubsan", name)]


class State(unittest.TestCase):
    """Threads that use the library share nothing that they do not know of, and it prints nothing."""

    def test_the_library_keeps_none(self):
        self.assertTrue([name for name in written_state(os.path.join(os.path.dirname(LIBRARY), "nianbao")) if name.startswith("arguments")])
        self.assertEqual(written_state(os.path.join(os.path.dirname(LIBRARY), "libnianbao.a")), [])

    def test_it_prints_nothing(self):
        listing = subprocess.run(["nm", "-u", os.path.join(os.path.dirname(LIBRARY), "libnianbao.a")], check=True,
                                 capture_output=True, text=True)
        used = {line.split()[-1] for line in listing.stdout.splitlines() if line.startswith(" ")}
        self.assertIn("memcpy", used)
        self.assertEqual(used & {"stdout", "stderr", "printf", "__printf_chk", "puts", "putchar", "perror", "exit",
                                 "setlocale", "signal"}, set())


if __name__ == "__main__":
    unittest.main()
