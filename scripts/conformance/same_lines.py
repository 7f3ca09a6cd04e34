"""same_lines.py OURS.pdf THEIRS.pdf   Whether two PDFs have the same text on every visual line of
every page, at the same height within a point. Lines are what poppler's words make on one height."""

import html
import re
import subprocess
import sys

HEIGHT_TOLERANCE = 1.0  # points
SAME_LINE = 4.0  # words whose middles are nearer than this stand on one line
HANGING = "，。、；：！？"
UNSEEN = dict.fromkeys(map(ord, " \u2060\u200b"))  # whether a gap is a blank, extractors only guess

WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="[\d.-]+" yMax="([\d.-]+)">(.*?)</word>')


def lines_of(page):
    """The lines of one page as (height of the middle, text), from top to bottom."""
    words = [((float(top) + float(bottom)) / 2, float(left), html.unescape(text))
             for left, top, bottom, text in WORD.findall(page)]
    lines = []
    for middle, left, text in sorted(words):
        if lines and middle - lines[-1][0] < SAME_LINE:
            lines[-1][1].append((left, text))
        else:
            lines.append((middle, [(left, text)]))
    return [(middle, "".join(text for _, text in sorted(line)).translate(UNSEEN)) for middle, line in lines]


def pages_of(path):
    xml = subprocess.run(["pdftotext", "-bbox", path, "-"], capture_output=True, text=True, check=True).stdout
    return [lines_of(page) for page in xml.split("<page ")[1:]]


def same_text(ours, theirs):
    """A mark that hangs past the edge is sometimes not painted by LibreOffice, though it breaks the line there."""
    return ours == theirs or (ours[-1:] in HANGING and ours[:-1] == theirs)


def main():
    ours, theirs = pages_of(sys.argv[1]), pages_of(sys.argv[2])
    faults = []
    if len(ours) != len(theirs):
        faults.append(f"{len(ours)} pages, and {len(theirs)}")
    for number, (left, right) in enumerate(zip(ours, theirs), 1):
        if len(left) != len(right):
            faults.append(f"page {number}: {len(left)} lines, and {len(right)}")
        for (y, text), (other_y, other) in zip(left, right):
            if not same_text(text, other):
                faults.append(f"page {number}: “{text}” is “{other}”")
            elif abs(y - other_y) > HEIGHT_TOLERANCE:
                faults.append(f"page {number}: “{text}” is {other_y - y:.2f} pt lower")
    print("\n".join(faults[:10]))
    return 1 if faults else 0


sys.exit(main())
