"""include_rules.py lets a good tree pass and names each fault of a bad one."""

import os
import sys
import tempfile

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import include_rules  # noqa: E402

PUBLIC = {"include/nianbao/nianbao.h": "#include <stdint.h>\n"}

GOOD = PUBLIC | {
    "src/base/arena.h": "#include <nianbao/nianbao.h>\n#include <stddef.h>\n",
    "src/base/arena.c": '#include "base/arena.h"\n#include <stdlib.h>\n',
    "src/report/json.c": '#include "base/arena.h"\n#include <jansson.h>\n',
    "src/text/shape.c": '#include "form/style.h"\n#include <hb.h>\n#include <hb-ot.h>\n',
    "src/form/style.h": "",
    "src/pdf/pdf.c": '#include "page/page.h"\n#include <hpdf.h>\n#include <hpdf_objects.h>\n',
    "src/page/page.h": '#include "text/fonts.h"\n',
    "src/cli/main.c": "#include <nianbao/nianbao.h>\n#include <stdio.h>\n",
}

BAD = [
    ("src/base/arena.c", '#include "report/json.h"\n'),
    ("src/text/shape.c", '#include "form/form.h"\n'),
    ("src/docx/docx.c", '#include "layout/layout.h"\n'),
    ("src/cli/main.c", '#include "base/arena.h"\n'),
    ("src/form/form.c", "#include <jansson.h>\n"),
    ("src/doc/compose.c", "# include <hb-subset.h>\n"),
    ("src/pdf/pdf.c", "  #include <zip.h>\n"),
    ("src/base/file.c", "#include <curl/curl.h>\n"),
    ("src/base/file.c", '#include "file.h"\n'),
    ("src/base/file.c", "#include <base/arena.h>\n"),
    ("src/extra/extra.c", "#include <stdio.h>\n"),
    ("include/nianbao/nianbao.h", "#include <hb.h>\n"),
]


def faults(files):
    with tempfile.TemporaryDirectory() as tree:
        for path, text in files.items():
            path = os.path.join(tree, path)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        return list(include_rules.complaints(tree))


def main():
    assert faults(GOOD) == [], faults(GOOD)
    # The folders that the bad lines name must exist, or the names could be of anything.
    base = GOOD | {"src/form/form.h": "", "src/layout/layout.h": "", "src/report/json.h": ""}
    for path, text in BAD:
        found = faults(base | {path: text})
        assert len(found) == 1 and path.split("/")[1] in found[0], (path, text, found)


main()
