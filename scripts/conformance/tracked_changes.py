#!/usr/bin/python3
"""Accept and reject all tracked changes in LibreOffice, and compare with the plain documents.

usage: tracked_changes.py PROFILE_DIR REDLINE.docx OLD.docx NEW.docx [REDLINE.docx OLD.docx NEW.docx]…

LibreOffice is driven through UNO (python3-uno, which is Debian's python's). A line a redline; the
exit status is 1 when a text differs.
"""

import os
import sys

import office as libreoffice

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "cli"))

import common_redline  # noqa: E402  pylint: disable=wrong-import-position


def settle(context, path, command, output):
    dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    document = libreoffice.load(context, path)
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    libreoffice.save_docx(document, output)
    document.close(True)


def differences(got, expected):
    if len(got) != len(expected):
        yield f"{len(got)} blocks instead of {len(expected)}"
    for index, (one, other) in enumerate(zip(got, expected)):
        if one != other:
            yield f"block {index}: {one!r:.300} instead of {other!r:.300}"
            return


def main():
    office, context = libreoffice.connect(sys.argv[1])
    failed = 0
    try:
        names = sys.argv[2:]
        for redline, old, new in zip(names[::3], names[1::3], names[2::3]):
            for command, plain, suffix in ((".uno:RejectAllTrackedChanges", old, "rejected"),
                                           (".uno:AcceptAllTrackedChanges", new, "accepted")):
                output = f"{redline[:-len('.docx')]}-{suffix}.docx"
                settle(context, redline, command, output)
                found = list(differences(common_redline.blocks(output), common_redline.blocks(plain)))
                left = common_redline.changes(output)
                found += [f"{len(left)} changes are left"] if left else []
                print("FAIL" if found else "PASS", redline, suffix, *found, sep="  ")
                failed += bool(found)
    finally:
        libreoffice.end(office, context)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
