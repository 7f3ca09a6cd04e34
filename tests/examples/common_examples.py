"""Running the examples: the commands, the files that they must leave, and what they print."""

import glob
import json
import os
import shutil
import subprocess

ROOT = os.environ["NB_SOURCE_DIR"]
BUILD = os.path.dirname(os.environ["NB_LIBRARY"])
EXPECTED = os.path.join(ROOT, "tests", "examples")


def names():
    return sorted(os.path.basename(path)[:-2] for path in glob.glob(os.path.join(ROOT, "examples", "*.c")))


def prepare(folder):
    """The inputs of all examples, under short names."""
    with open(os.path.join(ROOT, "samples", "minimal.json"), encoding="utf-8") as file:
        text = file.read()
    report = json.loads(text)
    with open(os.path.join(folder, "report.json"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(folder, "rows.jsonl"), "w", encoding="utf-8") as file:
        for agency in ("甲局", "乙局"):
            file.write(json.dumps(dict(report, agency=agency), ensure_ascii=False) + "\n")
    wrong = text.replace('"granted": [1, 1, 0, 0, 0, 0]', '"granted": [4, 1, 0, 0, 0, 0]')
    assert wrong != text
    with open(os.path.join(folder, "wrong.json"), "w", encoding="utf-8") as file:
        file.write(wrong)
    changed = text.replace("没有突出问题", "人手不足").replace('"licences": 0', '"licences": 12')
    with open(os.path.join(folder, "changed.json"), "w", encoding="utf-8") as file:
        file.write(changed)
    for part in ("layouts", "fonts"):
        os.makedirs(os.path.join(folder, "data", part))
    for source, to in (("layouts/gbt9704.json", "layouts"), ("fonts/fonts.json", "fonts"),
                       ("examples/forms/visits.json", "layouts")):
        shutil.copy(os.path.join(ROOT, source), os.path.join(folder, "data", to))
    os.mkdir(os.path.join(folder, "out"))


# Words of each command line, and files that it leaves.
COMMANDS = {
    "memory": (["report.json"], []),
    "findings": (["wrong.json"], []),
    "setters": (["out/setters.pdf"], ["out/setters.pdf"]),
    "bulk": (["rows.jsonl", "out/bulk"], ["out/bulk/000001.pdf", "out/bulk/000002.pdf", "out/bulk/manifest.jsonl"]),
    "form": (["data"], []),
    "compare": (["out/setters.pdf", "report.json"], []),
    "preview": (["report.json", "out"], ["out/page-1.svg"]),
    "repair": (["wrong.json"], []),
    "correction": (["report.json", "changed.json", "out"], ["out/redline.docx", "out/note.pdf"]),
    "watch": (["report.json", "out/watch.pdf"], ["out/watch.pdf"]),
}


def run(program, name, folder, environment=None):
    """What an example prints; it must end well and leave its files."""
    words, files = COMMANDS[name]
    runner = os.environ.get("NB_TEST_RUNNER", "").split()
    done = subprocess.run([*runner, program, *words], cwd=folder, capture_output=True, text=True, env=environment)
    if done.returncode != 0:
        raise AssertionError(f"{name} ended with {done.returncode}: {done.stdout}{done.stderr}")
    for file in files:
        if not os.path.getsize(os.path.join(folder, file)):
            raise AssertionError(f"{name} left {file} empty")
    return done.stdout


def compare(name, printed):
    path = os.path.join(EXPECTED, name + ".expected")
    if os.environ.get("NB_UPDATE_GOLDENS"):
        with open(path, "w", encoding="utf-8") as file:
            file.write(printed)
    with open(path, encoding="utf-8") as file:
        expected = file.read()
    if printed != expected:
        raise AssertionError(f"{name} printed:\n{printed}\nnot:\n{expected}")
