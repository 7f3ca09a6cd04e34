"""One table of verbs and options: help, the manual page, the completions and the documents agree."""

import glob
import os
import re
import shlex
import shutil
import subprocess

from common import ROOT, CommandTest, unittest

# In README and docs, commands stand in blocks of code.
DOCUMENTS = ["README.md", "README.zh.md", "CONTRIBUTING.md", "docs/*.md", "samples/*.md"]


class Words(CommandTest):
    def verbs(self):
        out, _ = self.expect(0, "help", "--lang", "en")
        return re.findall(r"(?m)^  ([a-z]+) ", out.split("commands:\n")[1].split("\n\n")[0])

    def options(self, verb=None):
        """The options that help names, long and short."""
        out, _ = self.expect(0, "help", *([verb] if verb else []), "--lang", "en")
        lines = [line for line in out.splitlines() if re.match(r"  (-\w, )?--", line)]
        names = set()
        for line in lines:
            names.update(re.match(r"  (?:(-\w), )?(--[\w-]+)", line).groups())
        return names - {None}

    read = {}  # the tables and the script for bash, asked for once

    def setUp(self):
        super().setUp()
        if not self.read:
            self.read.update(common=self.options(), table={verb: self.options(verb) for verb in self.verbs()},
                             script=self.expect(0, "completion", "bash")[0])
        self.common, self.table = self.read["common"], self.read["table"]
        self.assertGreater(len(self.table), 15)
        self.assertIn("--lang", self.common)
        self.assertIn("-j", self.table["bulk"])

    def test_the_manual_page(self):
        for language in ("en", "zh"):
            page, _ = self.expect(0, "help", "--man", "--lang", language)
            plain = page.replace("\\-", "-")
            parts = re.split(r"(?m)^\.S[SH] (.*)\n", plain)
            sections = dict(zip(parts[1::2], parts[2::2]))
            for verb, options in self.table.items():
                named = set(re.findall(r"(?m)^\.B (?:-\w, )?(--[\w-]+)", sections[verb]))
                named |= set(re.findall(r"(?m)^\.B (-\w), ", sections[verb]))
                # Those of every verb stand once, in a section of their own.
                self.assertEqual(named, options - self.common | (named & self.common), verb)
            heading = '"OPTIONS"' if language == "en" else '"选项"'
            self.assertEqual(set(re.findall(r"(?m)^\.B (?:-\w, )?(--[\w-]+)", sections[heading])),
                             {name for name in self.common if name.startswith("--")})
            self.assertEqual({name for name in sections if re.fullmatch("[a-z]+", name)}, set(self.table))

    def test_the_manual_page_is_well_formed(self):
        if not shutil.which("groff"):
            self.skipTest("groff is not here")
        for language in ("en", "zh"):
            page, _ = self.expect(0, "help", "--man", "--lang", language)
            run = subprocess.run(["groff", "-man", "-ww", "-z", "-k"], input=page.encode(), capture_output=True)
            # Unicode characters that the plain device has no glyph for are no fault of the page.
            told = [line for line in run.stderr.decode().splitlines()
                    if line and "special character" not in line and "can't find" not in line
                    and "cannot adjust" not in line and "can't break" not in line]
            self.assertEqual((run.returncode, told), (0, []))

    def bash(self, line):
        """What bash completes at the end of a line."""
        words = shlex.split(line) + ([""] if line.endswith(" ") else [])
        words = [part for word in words for part in (re.split("(=)", word) if word.startswith("--") else [word])]
        script = self.read["script"]
        quoted = " ".join(shlex.quote(word) for word in words)
        script += f'\nCOMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _nianbao; printf "%s\\n" "${{COMPREPLY[@]}}"\n'
        environment = dict(os.environ, PATH=os.path.dirname(os.environ["NIANBAO"]) + ":" + os.environ["PATH"])
        run = subprocess.run(["bash", "-c", script], cwd=self.folder, env=environment, capture_output=True,
                             text=True, check=True)
        self.assertEqual(run.stderr, "")
        return [word for word in run.stdout.split("\n") if word]

    def test_bash(self):
        self.assertEqual(set(self.bash("nianbao ")), set(self.table))
        self.assertEqual(set(self.bash("nianbao --")), {name for name in self.common if name.startswith("--")})
        for verb, options in self.table.items():
            self.assertEqual(set(self.bash(f"nianbao {verb} -")), options, verb)

    def test_bash_completes_values_and_inputs(self):
        for name in ("a.json", "b.xlsx", "c.txt", "d.csv"):
            self.write(name, "")
        os.mkdir(self.path("e"))
        self.assertEqual(self.bash("nianbao build x.json --pdf-standard a"), ["a-3a", "a-2a"])
        self.assertEqual(self.bash("nianbao build --pdf-standard=a-2"), ["a-2a"])
        self.assertEqual(self.bash("nianbao build -f pdf,d"), ["pdf,docx"])
        self.assertEqual(self.bash("nianbao --lang en bul"), ["bulk"])
        self.assertEqual(sorted(self.bash("nianbao bulk ")), ["b.xlsx", "d.csv", "e"])
        self.assertEqual(self.bash("nianbao bulk d.csv -o "), ["e"])
        self.assertEqual(self.bash("nianbao bulk d.csv --template "), ["e", "a.json"])
        self.assertEqual(sorted(self.bash("nianbao check ")), ["a.json", "b.xlsx", "c.txt", "d.csv", "e"])
        self.assertIn("annual-report-2021", self.bash("nianbao init annual"))
        self.assertEqual(self.bash("nianbao completion f"), ["fish"])
        self.assertEqual(self.bash("nianbao help chec"), ["check"])
        self.assertEqual(self.bash("nianbao version "), [])

    def test_zsh(self):
        script, _ = self.expect(0, "completion", "zsh")
        if shutil.which("zsh"):
            subprocess.run(["zsh", "-n"], input=script, text=True, check=True)
        described = re.findall(r"(?m)^        '([a-z]+):", script)
        self.assertEqual(described, list(self.table))
        cases = dict(re.findall(r"(?ms)^        ([a-z]+)\)\n            _arguments(.*?) ;;$", script))
        self.assertEqual(set(cases), set(self.table))
        for verb, text in cases.items():
            names = set(re.findall(r"'\*?(--[\w-]+)=?\[", text))
            for short, long in re.findall(r"\{(-\w)\+?,(--[\w-]+)=?\}", text):
                names |= {short, long}
            self.assertEqual(names, self.table[verb], verb)

    def test_fish(self):
        script, _ = self.expect(0, "completion", "fish")
        verbs = re.findall(r"(?m)^complete -c nianbao -n __fish_use_subcommand -a ([a-z]+) -d", script)
        self.assertEqual(verbs, list(self.table))
        common = set(re.findall(r"(?m)^complete -c nianbao -l ([\w-]+)", script))
        self.assertEqual({f"--{name}" for name in common}, {name for name in self.common if name.startswith("--")})
        for verb, options in self.table.items():
            found = re.findall(rf"(?m)^complete -c nianbao -n '__fish_seen_subcommand_from {verb}' -l ([\w-]+)(?: -s (\w))?",
                               script)
            names = {f"--{long}" for long, _ in found} | {f"-{short}" for _, short in found if short}
            self.assertEqual(names, options - self.common | (names & self.common), verb)

    def test_fish_itself(self):
        if not shutil.which("fish"):
            self.skipTest("fish is not here")
        script, _ = self.expect(0, "completion", "fish")
        self.write("nianbao.fish", script)

        def complete(line):
            run = subprocess.run(["fish", "--no-config", "-c", f"source nianbao.fish; complete -C {shlex.quote(line)}"],
                                 cwd=self.folder, capture_output=True, text=True, check=True,
                                 env=dict(os.environ, HOME=self.folder))
            self.assertEqual(run.stderr, "")
            return [entry.split("\t")[0] for entry in run.stdout.splitlines()]

        self.assertEqual(set(complete("nianbao ")), set(self.table))
        self.assertEqual(set(complete("nianbao build --pdf-standard ")), {"a-3a", "a-2a", "none"})
        self.assertIn("--resume", complete("nianbao bulk --re"))

    def test_an_unknown_shell(self):
        _, err = self.expect(2, "completion", "basch")
        self.assertIn("bash|zsh|fish", err)
        self.assertIn("“bash”", err)

    def commands_of(self, path):
        """The command lines of a document: each line of a code block that calls nianbao."""
        with open(path, encoding="utf-8") as file:
            blocks = re.findall(r"(?ms)^```\w*\n(.*?)^```", file.read())
        for line in re.sub(r"\\\n", " ", "\n".join(blocks)).splitlines():
            for call in re.findall(r"(?:^|[|;&$( ])\s*(?:build/release/)?nianbao +([^#|;)]*)", line):
                words = call.split()
                while words and words[0] == "--lang":
                    words = words[2:]
                if words and re.fullmatch("[a-z]+", words[0]):
                    yield words

    def test_documents_name_what_there_is(self):
        seen = set()
        for pattern in DOCUMENTS:
            for path in glob.glob(os.path.join(ROOT, pattern)):
                for verb, *words in self.commands_of(path):
                    self.assertIn(verb, self.table, path)
                    seen.add(verb)
                    for word in words:
                        if word.startswith("-") and word != "-":
                            name = word.split("=")[0] if word.startswith("--") else word[:2]
                            self.assertIn(name, self.table[verb] | {"--help", "-h"}, f"{path}: {verb} {word}")
        self.assertEqual(set(self.table) - seen, {"version"})


if __name__ == "__main__":
    unittest.main()
