"""The public header stands alone: it is C11 and C++17 to the letter, and needs nothing before it."""

import os
import re
import shutil
import subprocess
import unittest

HEADER = "#include <nianbao/nianbao.h>\n"
PATH = os.path.join(os.environ["NB_SOURCE_DIR"], "include", "nianbao", "nianbao.h")
LANGUAGES = {"c": ["gcc", "clang"], "c++": ["g++", "clang++"]}
STANDARDS = {"c": "c11", "c++": "c++17"}
WARNINGS = ["-Wall", "-Wextra", "-Wconversion", "-Wshadow", "-pedantic", "-Werror"]


def said_of(compiler, language, source):
    command = [compiler, "-x", language, f"-std={STANDARDS[language]}", *WARNINGS,
               "-fsyntax-only", "-I", os.path.join(os.environ["NB_SOURCE_DIR"], "include"), "-"]
    done = subprocess.run(command, input=source, capture_output=True, text=True)
    return done.stderr if done.returncode else ""


class PublicHeader(unittest.TestCase):
    def test_it_compiles_alone(self):
        for language, compilers in LANGUAGES.items():
            found = [compiler for compiler in compilers if shutil.which(compiler)]
            self.assertTrue(found, f"there is no compiler for {language}")
            for compiler in found:
                with self.subTest(compiler):
                    self.assertEqual(said_of(compiler, language, HEADER), "")

    def test_its_initialisers_are_whole(self):
        with open(PATH, encoding="utf-8") as file:
            names = re.findall(r"#define NB_(\w+)_OPTIONS_INIT", file.read())
        self.assertIn("BULK", names)
        source = HEADER + "".join(
            f"int use_{name}(void);\nint use_{name}(void) {{ nb_{name.lower()}_options options = "
            f"NB_{name}_OPTIONS_INIT; (void)options; return 0; }}\n" for name in names)
        for language, compilers in LANGUAGES.items():
            for compiler in filter(shutil.which, compilers):
                with self.subTest(compiler):
                    self.assertEqual(said_of(compiler, language, source), "")

    def test_a_header_that_does_not_is_noticed(self):
        self.assertNotEqual(said_of("gcc", "c", "size_t before;\n" + HEADER), "")
        self.assertNotEqual(said_of("g++", "c++", HEADER + "struct empty { int class; };\n"), "")


unittest.main()
