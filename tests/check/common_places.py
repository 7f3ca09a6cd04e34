"""Where the values of a JSON text stand: an own scanner, so that the places which the program tells are
judged by something else than itself."""

import json


class Places:
    """places.value(pointer) and places.text(pointer, part): (line, column, length), counted from 1 in
    characters as written."""

    def __init__(self, source):
        self.source = source
        self.at = 0
        self.starts = {}
        self.scan("")

    def space(self):
        while self.source[self.at] in " \t\r\n":
            self.at += 1

    def string(self):
        """Pass a string; returns its text."""
        start = self.at
        self.at += 1
        while self.source[self.at] != '"':
            self.at += 2 if self.source[self.at] == "\\" else 1
        self.at += 1
        return json.loads(self.source[start:self.at])

    def scan(self, pointer):
        self.space()
        self.starts[pointer] = self.at
        first = self.source[self.at]
        if first == '"':
            self.string()
        elif first in "[{":
            self.members(pointer, first == "{")
        else:
            while self.at < len(self.source) and self.source[self.at] not in ",]} \t\r\n":
                self.at += 1

    def members(self, pointer, is_object):
        self.at += 1
        index = 0
        self.space()
        while self.source[self.at] not in "]}":
            key = str(index)
            if is_object:
                key = self.string().replace("~", "~0").replace("/", "~1")
                self.space()
                self.at += 1
            self.scan(f"{pointer}/{key}")
            index += 1
            self.space()
            if self.source[self.at] == ",":
                self.at += 1
                self.space()
        self.at += 1

    def place(self, offset):
        line_start = self.source.rfind("\n", 0, offset) + 1
        return self.source.count("\n", 0, offset) + 1, offset - line_start + 1

    def value(self, pointer):
        while pointer not in self.starts:
            pointer = pointer[:pointer.rindex("/")]  # the object that lacks it
        return self.place(self.starts[pointer])

    def text(self, pointer, part, which=0):
        """The place and length of the part's occurrence number `which` in the string at the pointer."""
        start = self.starts[pointer]
        if self.source[start] == "{":
            start = self.starts[pointer + "/text"]
        ends = [start + 1]  # where each UTF-16 unit of the string begins
        text = ""
        while self.source[ends[-1]] != '"':
            at = ends[-1]
            length = 1
            if self.source[at] == "\\":
                length = 6 if self.source[at + 1] == "u" else 2
                if length == 6 and self.source[at + 2:at + 4].lower() in ("d8", "d9", "da", "db"):
                    length = 12
            text += json.loads(f'"{self.source[at:at + length]}"')
            ends.append(at + length)
        first = -1
        for _ in range(which + 1):
            first = text.index(part, first + 1)
        line, column = self.place(ends[first])
        return line, column, ends[first + len(part)] - ends[first]
