"""What the tests of bulk share: inputs of many reports, and folders compared byte by byte."""

import hashlib
import json
import os

from common import SAMPLES, CommandTest, unittest


def report(number, **changes):
    """A small report of its own agency; every third is longer."""
    with open(os.path.join(SAMPLES, "minimal.json"), encoding="utf-8") as file:
        made = json.load(file)
    made["agency"] = f"青石县第{number}局"
    if number % 3 == 0:
        made["sections"]["overview"] *= 20
    made.update(changes)
    return made


def line(value):
    return json.dumps(value, ensure_ascii=False)


class BulkTest(CommandTest):
    def rows(self, count, name="in.jsonl", replaced=None):
        """An input of so many reports; replaced maps a number to the text of that line."""
        lines = [(replaced or {}).get(n) or line(report(n)) for n in range(1, count + 1)]
        return self.write(name, "\n".join(lines) + "\n")

    def bulk(self, status, *words, **options):
        return self.expect(status, "bulk", *words, **options)

    def content(self, folder):
        """Every file below a folder, by its path."""
        found = {}
        for base, _, names in os.walk(self.path(folder)):
            for name in names:
                path = os.path.join(base, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.path(folder))] = file.read()
        return found

    def assert_same_content(self, left, right):
        one, other = self.content(left), self.content(right)
        self.assertEqual(sorted(one), sorted(other))
        self.assertEqual([name for name in one if one[name] != other[name]], [])

    def manifest(self, folder, name="manifest.jsonl"):
        """The lines of the rows, and the closing line."""
        with open(os.path.join(self.path(folder), name), encoding="utf-8") as file:
            lines = [json.loads(each) for each in file]
        return lines[:-1], lines[-1]

    def assert_manifest_is_true(self, folder):
        """Counts, digests, and each file with its size and sum."""
        with open(os.path.join(self.path(folder), "manifest.jsonl"), "rb") as file:
            *texts, _ = file.read().splitlines(keepends=True)
        rows, end = self.manifest(folder)
        self.assertEqual([row["row"] for row in rows], list(range(1, len(rows) + 1)))
        self.assertEqual(end["digest"], hashlib.sha256(b"".join(texts)).hexdigest())
        self.assertEqual(end["rows"], len(rows))
        for status in "done", "failed":
            self.assertEqual(end[status], sum(row["status"] == status for row in rows))
        files = self.content(folder)
        self.assertEqual(sorted(files),
                         sorted([file["name"] for row in rows for file in row["files"]] + ["manifest.jsonl"]))
        for row in rows:
            for file in row["files"]:
                content = files[file["name"]]
                self.assertEqual(len(content), file["size"])
                self.assertEqual(hashlib.sha256(content).hexdigest(), file["sha256"])


__all__ = ["BulkTest", "report", "line", "unittest"]
