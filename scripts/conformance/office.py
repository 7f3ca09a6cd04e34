"""LibreOffice driven through UNO (python3-uno, which is Debian's python's)."""

import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue


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


def desktop_of(context):
    return context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def load(context, path):
    return desktop_of(context).loadComponentFromURL(uno.systemPathToFileUrl(os.path.abspath(path)), "_blank", 0,
                                                    (setting("Hidden", True),))


def save_docx(document, path):
    document.storeToURL(uno.systemPathToFileUrl(os.path.abspath(path)), (setting("FilterName", "MS Word 2007 XML"),))


def end(office, context):
    try:
        desktop_of(context).terminate()
    except Exception:  # it went by itself
        pass
    office.wait(timeout=60)
