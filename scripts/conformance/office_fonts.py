"""office_fonts.py fonts.json   Prints a fontconfig file that gives each office font name the first
face of its role that this machine has, so that another program sets a DOCX in the PDF's faces."""

import json
import subprocess
import sys
from xml.sax.saxutils import escape


def family_of(postscript_name):
    """The family of an installed face, or None."""
    found = subprocess.run(["fc-list", f":postscriptname={postscript_name}", "family"],
                           capture_output=True, text=True, check=True).stdout
    return found.split("\n")[0].split(",")[0].replace("\\", "") or None


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        roles = json.load(file)["roles"]
    print('<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>')
    print('<include ignore_missing="yes">/etc/fonts/fonts.conf</include>')
    for role in roles.values():
        families = (family_of(face["name"]) for face in role["faces"])
        family = next((family for family in families if family), None)
        if family:
            print(f"""<match target="pattern">
    <test name="family"><string>{escape(role["office_name"])}</string></test>
    <edit name="family" mode="assign" binding="strong"><string>{escape(family)}</string></edit>
</match>""")
    print("</fontconfig>")


main()
