"""Planted faults and clean reports.

faults/RULE.json lists the cases of a rule. A case is a report with a fault planted into it, and what
must be found in it, nothing less and nothing more:

    {"case": "what is wrong, in words",
     "base": "base.json",                          a file in faults/; base.json when left out
     "set": [["/sections/overview/4", "（3）…"],    each value at a pointer replaced; "/…/-" adds an
             ["/sections/overview/2", null]],       item to a list; a member or item set to null goes
     "args": ["--rule", "L5=off"],                 more words for the command line
     "files": {"last.json": [["/year", 2024]],     more reports beside it: the base with this set,
               "sub/a.json": {"base": "base-last.json", "set": []}},  or another base
     "finds": [{"rule": "L14",
                "at": "/sections/overview/4",      the finding's pointer
                "text": "（3）",                    the characters that it marks, and with "which": 1 the
                                                   second such ones; without "text" it marks no range
                "severity": "error",               when given, these must be so too
                "says": "第三个标题"}]}             part of its message

The base may be a text file, as published reports are: then "set" lists [old, new] strings, each
occurring once, and "text" is looked for in the whole text. A case is given once as readable JSON and once
with every character escaped, so that columns are right in both. Information of reading (rule I1) is
passed over.

clean/*.json are reports that must give no finding at all. clean/texts.json holds many more in short: each
takes faults/base.json, and has its own agency, year, title, date, sections and notes where it names them.
"""

import copy
import json
import os
import subprocess
import sys
import tempfile
import unittest

from common_places import Places

HERE = os.path.dirname(os.path.abspath(__file__))
NIANBAO = os.environ["NIANBAO"]


def load(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def check(folder, names, arguments=()):
    """The findings of each file, those of rule I1 left out."""
    run = subprocess.run([NIANBAO, "check", "--format", "json", *names, *arguments], cwd=folder,
                         capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        raise AssertionError(f"exit status {run.returncode}: {run.stderr}")
    findings = {name: [] for name in names}
    for finding in json.loads(run.stdout)["findings"]:
        if finding["rule"] != "I1":
            findings[finding["file"]].append(finding)
    return findings


class Reports:
    """A folder for each case; those that need no more words are checked in one run."""

    def __init__(self, root):
        self.root = root
        self.names = []
        self.findings = None

    def folder(self):
        folder = os.path.join(self.root, f"{len(os.listdir(self.root)):04}")
        os.mkdir(folder)
        return folder

    def add(self, folder, name):
        """Check the report with the others; gives what it is called there."""
        self.names.append(f"{os.path.basename(folder)}/{name}")
        return self.names[-1]

    def of(self, name):
        if self.findings is None:
            self.findings = check(self.root, self.names)
        return self.findings[name]


def changed(report, changes):
    report = copy.deepcopy(report)
    for pointer, value in changes:
        *path, last = [step.replace("~1", "/").replace("~0", "~") for step in pointer.split("/")[1:]]
        at = report
        for step in path:
            at = at[int(step)] if isinstance(at, list) else at.setdefault(step, {})
        if isinstance(at, list):
            if last == "-":
                at.append(value)
            elif value is None:
                del at[int(last)]
            else:
                at[int(last)] = value
        elif value is None:
            del at[last]
        else:
            at[last] = value
    return report


def text_changed(text, changes):
    for old, new in changes:
        if text.count(old) != 1:
            raise AssertionError(f"{old!r} stands {text.count(old)} times in the base")
        text = text.replace(old, new)
    return text


def place_in_text(text, part, which):
    offset = -1
    for _ in range(which + 1):
        offset = text.index(part, offset + 1)
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset), len(part)


def expected(find, source, is_json):
    """(rule, pointer, line, column, length) that the finding must have."""
    which = find.get("which", 0)
    if not is_json:
        place = place_in_text(source, find["text"], which)
    elif "text" in find:
        place = Places(source).text(find["at"], find["text"], which)
    else:
        place = (*Places(source).value(find["at"]), 0)
    return (find["rule"], find["at"], *place)


def found(finding):
    return tuple(finding[key] for key in ("rule", "pointer", "line", "column", "length"))


class Case(unittest.TestCase):
    """One case, as one spelling of its report."""

    def __init__(self, rule, case, ascii_only, reports):
        super().__init__()
        self.rule, self.case, self.ascii_only, self.reports = rule, case, ascii_only, reports
        self.is_json = case.get("base", "base.json").endswith(".json")
        self.folder = reports.folder()
        self.source = self.write_all()
        self.name = "report.json" if self.is_json else "report.txt"
        self.shared = None if "args" in case else reports.add(self.folder, self.name)

    def id(self):
        return f"{self.rule}: {self.case['case']}" + (" (escaped)" if self.ascii_only else "")

    def write(self, name, report):
        path = os.path.join(self.folder, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as file:
            text = report if isinstance(report, str) else json.dumps(
                report, ensure_ascii=self.ascii_only, indent=4) + "\n"
            file.write(text)
        return text

    def write_all(self):
        """Write the report and those beside it; gives the report's text."""
        path = os.path.join(HERE, "faults", self.case.get("base", "base.json"))
        if not self.is_json:
            with open(path, encoding="utf-8") as file:
                return self.write("report.txt", text_changed(file.read(), self.case.get("set", [])))
        original = load(path)
        for name, made in self.case.get("files", {}).items():
            self.write(name, changed(original, made) if isinstance(made, list) else
                       changed(load(os.path.join(HERE, "faults", made["base"])), made["set"]))
        return self.write("report.json", changed(original, self.case.get("set", [])))

    def runTest(self):
        if self.shared:
            findings = self.reports.of(self.shared)
        else:
            findings = check(self.folder, [self.name], self.case["args"])[self.name]
        wanted = self.case["finds"]
        self.assertEqual([found(f) for f in findings],
                         [expected(find, self.source, self.is_json) for find in wanted],
                         "\n" + "\n".join(f["message"] for f in findings))
        for finding, find in zip(findings, wanted):
            self.assertEqual(finding["severity"], find.get("severity", finding["severity"]))
            self.assertIn(find.get("says", ""), finding["message"])


class Clean(unittest.TestCase):
    """A report in which nothing is wrong."""

    def __init__(self, name, report, reports):
        super().__init__()
        self.name, self.reports = name, reports
        folder = reports.folder()
        with open(os.path.join(folder, "report.json"), "w", encoding="utf-8") as file:
            json.dump(report, file, ensure_ascii=False)
        self.shared = reports.add(folder, "report.json")

    def id(self):
        return f"clean/{self.name}"

    def runTest(self):
        findings = self.reports.of(self.shared)
        self.assertEqual([(f["rule"], f["pointer"], f["message"]) for f in findings], [])


def clean_report(base, text):
    """The base with what a text of clean/texts.json gives in place of its own."""
    report = changed(base, text.get("set", []))
    for key in ("agency", "year", "date", "title"):
        report[key] = text.get(key, report[key])
    if "title" not in text:
        report["title"] = [f"{report['agency']}{report['year']}年", "政府信息公开工作年度报告"]
    texts = {"overview": ["信息公开工作平稳有序。"], "problems": ["解读偏少，将逐步增加。"],
             "other": ["没有收取信息处理费。"]}
    report["sections"] = {key: text.get(key, texts[key]) for key in texts}
    if "notes" in text:
        report["notes"] = {"disclosure": text["notes"]}
    return report


def suite(root):
    tests, reports = unittest.TestSuite(), Reports(root)
    folder = os.path.join(HERE, "faults")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".json") and not name.startswith("base"):
            for case in load(os.path.join(folder, name)):
                tests.addTest(Case(name[:-5], case, False, reports))
                if case.get("base", "base.json").endswith(".json"):
                    tests.addTest(Case(name[:-5], case, True, reports))
    for name in sorted(os.listdir(os.path.join(HERE, "clean"))):
        if name.endswith(".json") and name != "texts.json":
            tests.addTest(Clean(name, load(os.path.join(HERE, "clean", name)), reports))
    base = load(os.path.join(folder, "base.json"))
    for text in load(os.path.join(HERE, "clean", "texts.json")):
        tests.addTest(Clean(text["name"], clean_report(base, text), reports))
    return tests


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as scratch:
        result = unittest.TextTestRunner(stream=sys.stdout, verbosity=0).run(suite(scratch))
    sys.exit(not result.wasSuccessful())
