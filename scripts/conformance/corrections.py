"""corrections.py NIANBAO FOLDER   Corrects a sample in each of the ways that the tests know, into
FOLDER/NAME/, with the old report's DOCX beside it as old.docx and the note's files also in
FOLDER-notes/NAME.pdf and .docx. Prints the arguments for tracked_changes.py, one a line."""

import os
import shutil
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "tests", "cli"))

import common_corrections  # noqa: E402  pylint: disable=wrong-import-position


def main():
    nianbao, folder = sys.argv[1:3]
    notes = folder + "-notes"
    os.makedirs(notes, exist_ok=True)
    for name in common_corrections.write_pairs("samples/provincial-city.json", folder):
        here = os.path.join(folder, name)
        old, new = (os.path.join(here, report) for report in ("old.json", "new.json"))
        for words in (["build", old, "-o", os.path.join(here, "old.docx")],
                      ["correct", old, new, "-o", here, "--date", "2026-03-02", "--reason", "统计时漏计。"]):
            done = subprocess.run([nianbao, *words, "--force"], check=False, capture_output=True, text=True)
            if done.returncode:
                sys.exit(done.stdout + done.stderr)
        for suffix in "pdf", "docx":
            shutil.copy(os.path.join(here, "note." + suffix), os.path.join(notes, f"{name}.{suffix}"))
        print(*(os.path.join(here, part + ".docx") for part in ("redline", "old", "report")), sep="\n")


if __name__ == "__main__":
    main()
