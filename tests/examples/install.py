"""What cmake --install puts somewhere works there: programs, pages, completions, and the library with
pkg-config and CMake, shared and static, all without a look into the source tree."""

import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import common_examples as examples

ROOT = os.environ["NB_SOURCE_DIR"]


def run(*words, **options):
    done = subprocess.run(words, capture_output=True, text=True, **options)
    if done.returncode != 0:
        raise AssertionError(f"{words}: {done.stdout}{done.stderr}")
    return done.stdout


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.mkdtemp()
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        cls.prefix = os.path.join(cls.folder, "prefix")
        run("cmake", "--install", examples.BUILD, "--prefix", cls.prefix)
        found = glob.glob(os.path.join(cls.prefix, "**", "nianbao.pc"), recursive=True)
        cls.libdir = os.path.dirname(os.path.dirname(found[0]))
        # It says where the tree was configured to be; who puts it elsewhere says so.
        with open(found[0], encoding="utf-8") as file:
            text = re.sub(r"(?m)^prefix=.*", f"prefix={cls.prefix}", file.read())
        with open(found[0], "w", encoding="utf-8") as file:
            file.write(text)
        cls.environment = dict(os.environ, LD_LIBRARY_PATH=cls.libdir,
                               PKG_CONFIG_PATH=os.path.join(cls.libdir, "pkgconfig"))
        cls.environment.pop("NIANBAO_DATA", None)
        cls.data = dict(cls.environment, NIANBAO_DATA=os.path.join(cls.prefix, "share", "nianbao"))

    def path(self, *parts):
        return os.path.join(self.prefix, *parts)

    def test_all_is_there(self):
        for path in ("bin/nianbao", "libexec/nianbao/nianbao-pdf-text", "include/nianbao/nianbao.h",
                     "share/nianbao/layouts/annual-report-2021.json", "share/nianbao/fonts/fonts.json",
                     "share/man/man1/nianbao.1", "share/man/zh_CN/man1/nianbao.1", "share/man/man3/nianbao.3",
                     "share/bash-completion/completions/nianbao", "share/zsh/vendor-completions/_nianbao",
                     "share/fish/vendor_completions.d/nianbao.fish"):
            self.assertTrue(os.path.getsize(self.path(path)), path)

    def test_the_manual_of_the_library_has_every_function(self):
        sys.path.insert(0, os.path.join(ROOT, "tests", "structure"))
        from exported_symbols import declared
        with open(self.path("share/man/man3/nianbao.3"), encoding="utf-8") as file:
            page = file.read()
        self.assertEqual([name for name in sorted(declared()) if name + "(" not in page], [])

    def test_the_command_reads_nothing_of_the_source_tree(self):
        work = os.path.join(self.folder, "work")
        os.mkdir(work)
        shutil.copy(os.path.join(ROOT, "samples", "minimal.json"), work)
        nianbao = self.path("bin/nianbao")
        words = [[nianbao, "build", "minimal.json", "-o", "a.pdf", "-o", "a.docx"],
                 [nianbao, "import", "a.pdf", "--ignore-carried", "-o", "b.json"],
                 [nianbao, "check", "b.json"]]
        for line in words:
            if shutil.which("strace"):
                run("strace", "-f", "-qq", "-e", "trace=open,openat,execve,readlink", "-o", "trace", *line, cwd=work,
                    env=dict(self.environment, ASAN_OPTIONS="detect_leaks=0"))
                with open(os.path.join(work, "trace"), encoding="utf-8", errors="replace") as file:
                    opened = [call for call in file if f'"{ROOT}/' in call and "ENOENT" not in call]
                self.assertEqual(opened, [])
            else:
                run(*line, cwd=work, env=self.environment)

    def build_example(self, *flags):
        folder = tempfile.mkdtemp(dir=self.folder)
        run("cmake", "-S", os.path.join(ROOT, "examples"), "-B", folder, "-G", "Ninja",
            f"-DCMAKE_PREFIX_PATH={self.prefix}", f"-DCMAKE_C_FLAGS={self.sanitizers()}", *flags)
        run("cmake", "--build", folder, "--target", "example_setters")
        return os.path.join(folder, "setters")

    def sanitizers(self):
        """A program links the sanitizers that the library was built with."""
        with open(os.path.join(examples.BUILD, "CMakeCache.txt"), encoding="utf-8") as file:
            value = [line for line in file if line.startswith("NB_SANITIZE:")][0].strip().split("=", 1)[1]
        return f"-fsanitize={value}" if value else ""

    def check_setters(self, program):
        folder = tempfile.mkdtemp(dir=self.folder)
        examples.prepare(folder)
        examples.compare("setters", examples.run(program, "setters", folder, self.data))

    def needed(self, program):
        return run("objdump", "-p", program)

    def test_cmake_finds_the_shared_library(self):
        program = self.build_example()
        self.assertIn("libnianbao.so", self.needed(program))
        self.check_setters(program)

    def test_cmake_finds_the_static_library(self):
        program = self.build_example("-DNB_STATIC=ON")
        self.assertNotIn("libnianbao.so", self.needed(program))
        self.check_setters(program)

    def test_pkg_config_finds_it(self):
        flags = run("pkg-config", "--cflags", "--libs", "nianbao", env=self.environment).split()
        self.assertIn("-I" + self.path("include"), flags)
        program = os.path.join(self.folder, "by-pkg-config")
        run("cc", os.path.join(ROOT, "examples", "setters.c"), "-o", program, *self.sanitizers().split(), *flags)
        self.check_setters(program)

    def test_pkg_config_finds_the_static_library(self):
        flags = run("pkg-config", "--static", "--cflags", "--libs", "nianbao", env=self.environment)
        self.assertIn("-lnianbao ", flags)
        program = os.path.join(self.folder, "static-by-pkg-config")
        run("cc", os.path.join(ROOT, "examples", "setters.c"), "-o", program, *self.sanitizers().split(),
            *flags.replace("-lnianbao", "-l:libnianbao.a").split())
        self.assertNotIn("libnianbao.so", self.needed(program))
        self.check_setters(program)


if __name__ == "__main__":
    unittest.main()
