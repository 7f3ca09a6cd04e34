#!/usr/bin/env python3
"""quick_codes.py FILE.pdf|FILE.docx... > src/pack/quick_codes.c

Makes the Huffman codes of src/pack/quick.h from the deflate streams of files that nianbao wrote.
What is counted is how the streams are written now, so that after a change of the compressor or of
what it is given, run it twice: nianbao build, this, compile, and again.
"""
import heapq
import re
import struct
import sys
import zipfile
import zlib

LENGTH_BITS = [0] * 8 + [n for n in range(1, 6) for _ in range(4)] + [0]
DISTANCE_BITS = [0, 0] + [n for n in range(14) for _ in range(2)]
ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]
SYMBOLS, DISTANCES, END, LONGEST = 286, 30, 256, 15
RAREST = 1 / 16000  # of all symbols: no code gets longer than is needed for that
KINDS = {
    "page": "NB_QUICK_PDF_CONTENT",
    "objects": "NB_QUICK_PDF_OBJECTS",
    "word/document.xml": "NB_QUICK_DOCUMENT_XML",
    "customXml/item1.xml": "NB_QUICK_REPORT_JSON",
}


class Bits:
    def __init__(self, data):
        self.number, self.at = int.from_bytes(data, "little"), 0
        self.bits = bin(self.number)[:1:-1] + "0" * 64

    def take(self, count):
        part = self.bits[self.at : self.at + count]
        self.at += count
        return int(part[::-1], 2) if count else 0


def decoder(lengths):
    """From a code as a text of bits to its symbol (RFC 1951, 3.2.2)."""
    codes, following = {}, 0
    for length in range(1, LONGEST + 1):
        following <<= 1
        for symbol, own in enumerate(lengths):
            if own == length:
                codes[format(following, f"0{length}b")] = symbol
                following += 1
    return codes


def symbol_of(bits, codes):
    for length in range(1, LONGEST + 1):
        symbol = codes.get(bits.bits[bits.at : bits.at + length])
        if symbol is not None:
            bits.at += length
            return symbol
    raise ValueError("no code")


def read_codes(bits):
    """The two codes of a block that brings its own (RFC 1951, 3.2.7)."""
    literals, distances, count = bits.take(5) + 257, bits.take(5) + 1, bits.take(4) + 4
    own = [0] * 19
    for place in ORDER[:count]:
        own[place] = bits.take(3)
    codes, lengths = decoder(own), []
    while len(lengths) < literals + distances:
        symbol = symbol_of(bits, codes)
        if symbol < 16:
            lengths.append(symbol)
        elif symbol == 16:
            lengths += lengths[-1:] * (3 + bits.take(2))
        else:
            lengths += [0] * (3 + bits.take(3) if symbol == 17 else 11 + bits.take(7))
    return decoder(lengths[:literals]), decoder(lengths[literals:])


def count_symbols(stream, symbols, distances):
    bits, is_last = Bits(stream), False
    while not is_last:
        is_last, kind = bits.take(1), bits.take(2)
        if kind != 2:
            return  # stored, or in the standard's own code: too short to tell anything
        literal_codes, distance_codes = read_codes(bits)
        while (symbol := symbol_of(bits, literal_codes)) != END:
            symbols[symbol] += 1
            if symbol > END:
                bits.take(LENGTH_BITS[symbol - 257])
                distance = symbol_of(bits, distance_codes)
                distances[distance] += 1
                bits.take(DISTANCE_BITS[distance])
        symbols[END] += 1


def code_lengths(counts):
    least = max(1, round(sum(counts) * RAREST))
    heap = [(max(count, least), number, (number,)) for number, count in enumerate(counts)]
    heapq.heapify(heap)
    lengths = [0] * len(counts)
    while len(heap) > 1:
        first, second = heapq.heappop(heap), heapq.heappop(heap)
        members = first[2] + second[2]
        for member in members:
            lengths[member] += 1
        heapq.heappush(heap, (first[0] + second[0], min(first[1], second[1]), members))
    assert 1 < min(lengths) and max(lengths) <= LONGEST
    return "".join(f"{length:X}" for length in lengths)


def kind_of(entries, stream):
    if b"/Type/ObjStm" in entries or b"/Type/XRef" in entries:
        return "objects"
    if b"/FlateDecode" in entries and b" Tf\n" in zlib.decompress(stream):
        return "page"
    return None


def count_pdf(path, counts):
    with open(path, "rb") as file:
        data = file.read()
    for start in re.finditer(rb"\d+ 0 obj\n<<(.*?)>>\nstream\n", data):
        length = int(re.search(rb"/Length (\d+)", start[1])[1])
        stream = data[start.end() : start.end() + length]
        kind = kind_of(start[1], stream)
        if kind:
            count_symbols(stream[2:], *counts[kind])


def count_docx(path, counts):
    with open(path, "rb") as file:
        data = file.read()
    for part in zipfile.ZipFile(path).infolist():
        if part.filename in KINDS:
            names = data[part.header_offset + 26 : part.header_offset + 30]
            start = part.header_offset + 30 + sum(struct.unpack("<HH", names))
            count_symbols(data[start : start + part.compress_size], *counts[part.filename])


def main():
    counts = {kind: ([0] * SYMBOLS, [0] * DISTANCES) for kind in KINDS}
    for path in sys.argv[1:]:
        (count_docx if path.endswith(".docx") else count_pdf)(path, counts)
    print('/* Made by scripts/quick_codes.py. */\n#include "pack/quick.h"\n')
    print("const char *const nb_quick_lengths[NB_QUICK_KIND_COUNT] = {")
    for kind, name in KINDS.items():
        print(f"    [{name}] =")
        digits = "".join(code_lengths(part) for part in counts[kind])
        parts = [digits[i : i + 79] for i in range(0, len(digits), 79)]
        print("\n".join(f'        "{part}"' for part in parts) + ",")
    print("};")


main()
