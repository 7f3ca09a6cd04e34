"""Who may include whom: the layers of src/, and which of them may see a library's headers.

usage: include_rules.py [SOURCE_TREE]

Data flows down the table below. A folder includes itself and what its row names, a whole folder
or a single header. Everyone may include the public header. A new folder needs a row here.
"""

import os
import re
import sys

PUBLIC = "nianbao/nianbao.h"

MAY_INCLUDE = {
    "base": [],
    "report": ["base"],
    "form": ["base", "report"],
    "check": ["base", "report", "form"],
    "repair": ["base", "report", "form", "check/evidence.h"],
    "revise": ["base", "report", "form"],
    "import": ["base", "report", "form"],
    "image": ["base"],
    "doc": ["base", "report", "form", "image"],
    "verify": ["base", "report", "form", "doc"],
    "merge": ["base", "report", "form", "revise", "import", "doc"],
    "correction": ["base", "report", "form", "image", "doc"],
    "pack": ["base"],
    # Faces and shaping know nothing of reports; the manifest is read as plain JSON.
    "text": ["base", "form/style.h", "report/json.h", "pack"],
    "page": ["base", "form", "image", "doc", "text"],
    "layout": ["base", "form", "image", "doc", "text", "page"],
    "pdf": ["base", "form", "image", "doc", "text", "page", "pack"],
    "ofd": ["base", "form", "image", "doc", "text", "page", "pack"],
    "docx": ["base", "report", "form", "image", "doc", "text", "pack"],
    "html": ["base", "form", "image", "doc", "pack"],
    "svg": ["base", "form", "image", "doc", "text", "page", "pack"],
    "api": ["base", "report", "form", "check", "repair", "revise", "import", "image", "doc", "verify", "merge", "correction", "text",
            "page", "layout", "pack", "pdf", "ofd", "docx", "html", "svg"],
    # Many reports: a client of the interface, and of the library's forms and fonts.
    "bulk": ["base", "report", "form", "text/fonts.h", "pack", "api/library.h", "api/options.h"],
    # A program of its own, which import runs.
    "pdftext": [],
    "serve": ["base", "report/findings_json.h", "report/json.h", "pack"],
    # The command is a client like any other: it has only the public header.
    "cli": [],
}

# Header pattern, and the folders that may see it.
LIBRARIES = [
    (r"nettle/.*", ["base"]),
    (r"jansson(_\w+)?\.h", ["report"]),
    (r"hb(-\w+)*\.h", ["text"]),
    (r"fontconfig/.*", ["text"]),
    (r"hpdf(_\w+)?\.h", ["pdf"]),
    (r"pcre2\.h", ["form"]),
    (r"png\.h", ["image"]),
    (r"(poppler|cairo)\.h", ["pdftext"]),
    (r"zip(conf)?\.h", ["pack", "import", "bulk"]),
    (r"libxml/.*", ["import", "bulk"]),
    (r"iconv\.h", ["import", "bulk"]),
    (r"csv\.h", ["bulk"]),
    (r"libdeflate\.h", ["pack"]),
    (r"microhttpd\.h", ["serve"]),
    (r"pthread\.h", ["base", "api", "bulk", "serve"]),
]

STANDARD = set("""
    assert complex ctype errno fenv float inttypes iso646 limits locale math setjmp signal stdalign
    stdarg stdatomic stdbool stddef stdint stdio stdlib stdnoreturn string tgmath threads time
    uchar wchar wctype
    dirent fcntl getopt glob libgen pwd spawn strings sys/file sys/mman sys/resource sys/stat sys/time
    sys/types sys/wait unistd
    arpa/inet netinet/in sys/socket
""".split())

INCLUDE = re.compile(r'^[ \t]*#[ \t]*include[ \t]*(["<])([^">]+)[">]', re.M)


def complaint(folder, quote, header, folders):
    """Why this folder may not include this header, or None."""
    if header == PUBLIC:
        return None
    owner = header.split("/")[0]
    if "/" in header and owner in folders:
        if quote == "<":
            return "the project's own headers are included with quotes"
        if owner == folder or owner in MAY_INCLUDE[folder] or header in MAY_INCLUDE[folder]:
            return None
        return f"{folder} stands above {owner}, or beside it"
    if quote == '"':
        return "own headers are named from src/: folder/name.h"
    for pattern, allowed in LIBRARIES:
        if re.fullmatch(pattern, header):
            return None if folder in allowed else f"only {' and '.join(allowed)} may see it"
    if header.removesuffix(".h") in STANDARD:
        return None
    return "neither the C library nor a library of the table"


def complaints(tree):
    src = os.path.join(tree, "src")
    folders = sorted(f for f in os.listdir(src) if os.path.isdir(os.path.join(src, f)))
    for folder in folders:
        if folder not in MAY_INCLUDE:
            yield f"src/{folder}: not in the table of {os.path.basename(__file__)}"
            continue
        for name in sorted(os.listdir(os.path.join(src, folder))):
            if not name.endswith((".c", ".h", ".inc")):
                continue
            with open(os.path.join(src, folder, name), encoding="utf-8") as file:
                text = file.read()
            for match in INCLUDE.finditer(text):
                why = complaint(folder, match[1], match[2], folders)
                if why:
                    line = text.count("\n", 0, match.start(1)) + 1
                    yield f"src/{folder}/{name}:{line}: {match[2]}: {why}"
    for match in headers_of(os.path.join(tree, "include", PUBLIC)):
        if match.removesuffix(".h") not in STANDARD:
            yield f"include/{PUBLIC}: {match}: the public header needs nothing but the C library"


def headers_of(path):
    with open(path, encoding="utf-8") as file:
        return [match[2] for match in INCLUDE.finditer(file.read())]


def main():
    default = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    found = list(complaints(sys.argv[1] if len(sys.argv) > 1 else default))
    print(*found, sep="\n", end="\n" if found else "")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
