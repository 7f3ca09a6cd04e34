"""The manual page of section 3, made from the public header: its comments and declarations in order.

usage: library_manual.py HEADER VERSION
"""

import re
import sys


def escaped(text):
    """Text that roff prints as it is."""
    text = text.replace("\\", "\\e").replace("-", "\\-")
    return re.sub(r"(?m)^([.'])", r"\\&\1", text)


def words_of(comment):
    """The paragraphs of a block comment, in plain words."""
    lines = [re.sub(r"^ \*/?( |$)", "", line) for line in comment.strip()[2:-2].strip("\n").splitlines()]
    paragraphs = re.split(r"\n\s*\n", "\n".join(line.strip() for line in lines).strip())
    return [escaped(paragraph) for paragraph in paragraphs if paragraph]


def pieces(header):
    """What lies between the header's guards: each declaration with the comment before it."""
    body = header[header.index("#define NB_VERSION"):header.rindex("#if defined(__GNUC__)")]
    body = re.sub(r"(?m)^#define (NB_\w+) +\\\n(?:.*\\\n)*.*\n", r"#define \1 …\n", body)
    for chunk in re.split(r"\n\n+(?=\S)", body.strip()):
        comment = re.match(r"/\*.*?\*/\n?", chunk, re.S)
        yield (comment.group(0) if comment else ""), chunk[comment.end() if comment else 0:]


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        header = file.read()
    out = [f'.TH NIANBAO 3 "" "nianbao {sys.argv[2]}"',
           '.SH NAME', r'nianbao \- library that typesets reports on government information disclosure',
           '.SH SYNOPSIS', '.nf', '.B #include <nianbao/nianbao.h>', '.PP', r'cc program.c $(pkg\-config \-\-cflags \-\-libs nianbao)', '.fi',
           '.SH DESCRIPTION']
    head = words_of(re.match(r"/\*.*?\*/", header, re.S).group(0))
    out.append("\n.PP\n".join(head))
    out.append('.SH "TYPES AND FUNCTIONS"')
    for comment, declaration in pieces(header):
        if comment:
            out += ['.PP', "\n.PP\n".join(words_of(comment))]
        if declaration.strip():
            out += ['.PP', '.RS 4', '.nf', escaped(declaration.strip("\n")), '.fi', '.RE']
    out += ['.SH "SEE ALSO"', '.BR nianbao (1)']
    print("\n".join(out))


if __name__ == "__main__":
    main()
