#!/usr/bin/python3
"""Accept and reject all tracked changes in LibreOffice, and compare with the plain documents.

usage: tracked_changes.py PROFILE_DIR REDLINE.docx OLD.docx NEW.docx [REDLINE.docx OLD.docx NEW.docx]…

LibreOffice is driven through UNO (python3-uno, which is Debian's python's). A line a redline; the
exit status is 1 when a text differs.
"""

import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests", "cli"))

import common_redline  # noqa: E402  pylint: disable=wrong-import-position


def setting(name, value):
    found = PropertyValue()
    found.Name, found.Value = name, value
    return found


def connect(profile):
    pipe = f"nianbao{os.getpid()}"
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation=file://{os.path.abspath(profile)}", "--headless", "--norestore",
         f"--accept=pipe,name={pipe};urp;"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    for _ in range(240):
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return office, context
        except Exception:  # not there yet
            time.sleep(0.25)
    office.terminate()
    sys.exit("LibreOffice does not answer")


def settle(context, path, command, output):
    manager = context.ServiceManager
    desktop = manager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
    dispatcher = manager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
    document = desktop.loadComponentFromURL(uno.systemPathToFileUrl(os.path.abspath(path)), "_blank", 0,
                                            (setting("Hidden", True),))
    dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
    document.storeToURL(uno.systemPathToFileUrl(os.path.abspath(output)),
                        (setting("FilterName", "MS Word 2007 XML"),))
    document.close(True)


def differences(got, expected):
    if len(got) != len(expected):
        yield f"{len(got)} blocks instead of {len(expected)}"
    for index, (one, other) in enumerate(zip(got, expected)):
        if one != other:
            yield f"block {index}: {one!r:.300} instead of {other!r:.300}"
            return


def main():
    office, context = connect(sys.argv[1])
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
        try:
            manager = context.ServiceManager
            manager.createInstanceWithContext("com.sun.star.frame.Desktop", context).terminate()
        except Exception:  # it went by itself
            pass
        office.wait(timeout=60)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
