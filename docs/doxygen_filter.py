"""The public header as Doxygen wants it: the same comments, marked as what they document.

usage: doxygen_filter.py HEADER
"""

import re
import sys


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        text = file.read()
    # A pragma and the words of C++ are no part of what a reader needs.
    text = re.sub(r"(?m)^#(if defined\(__GNUC__\)|pragma GCC).*\n(?:#pragma.*\n#endif\n)?", "", text)
    text = text.replace("/*", "/** @file\n *", 1)
    # The head of the header says what all drop functions and all initialisers do.
    text = re.sub(r"(?m)^void nb_\w+_drop\(", r"/* End it, with all that was looked up in it. */\n\g<0>", text)
    text = re.sub(r"(?m)^#define NB_\w+_INIT\b", r"/* What NULL in the place of these options means. */\n\g<0>", text)
    # One comment for several members of a line is the comment of each.
    text = re.sub(r"(?m)^( +)((?:\w+ )+)(\w+(?:, \w+)+); *( /\*.*\*/)$",
                  lambda m: "\n".join(f"{m[1]}{m[2]}{name};{m[4]}" for name in m[3].split(", ")), text)
    out = []
    for line in text.splitlines():
        if re.match(r"\s*/\*(?!\*)", line):
            line = line.replace("/*", "/**", 1)
        else:
            line = re.sub(r"(\S.*?)/\*(?!\*)", r"\1/**<", line, count=1)
        out.append(line)
    text = "\n".join(out) + "\n"
    # What is spelt like one of Doxygen's commands or like markup is meant as it stands.
    print(re.sub(r'(?<=\s)"(<[^"]*>)"', r'`\1`', text), end="")


if __name__ == "__main__":
    main()
