"""Double-byte text around a lost or foreign byte: the pairing of bytes that reads best.

In GB18030 and Big5 nearly any two bytes make a character. After one lost byte a plain decoder pairs the second half of
each character with the first half of the next, and the rest of the line turns into other, rare characters. Here the
line is read again: each byte begins a character or is bad, and the reading that is least surprising as Chinese wins.
"""

from __future__ import annotations

import re
from functools import lru_cache

import numpy as np

from corpus_tools.read.charset import BAD_BYTE, BAD_BYTES, BAD_RUN, ORDINARY, bits_of, marked, surprise

# Bytes below 0x30 are never half of a character in either encoding, so what stands between them can be read alone.
SEGMENT = re.compile(rb"[\x30-\xff]*[\x80-\xff][\x30-\xff]*")
CUT = 4  # bits for bad bytes at either end of the file, where a character is often cut in half
ONE, TWO, TWO_OR_FOUR = (1,), (2,), (2, 4)  # bytes of a character
FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")
FAR = float("inf")
RARE = 64  # bits of four neighbours: running text stays below 50
SURE = 20  # bits that a reading must save before it replaces one without damage
MOST_DAMAGE = 10  # one bad byte in ten: past that this is not text, and reading it again only takes time


def resynced(data: bytes, encoding: str) -> str:
    """`data` decoded with U+DC00 + byte for each bad byte, the pairing found again after each."""
    pieces: list[str] = []
    at = 0
    for segment in SEGMENT.finditer(data):
        ends = (segment.start() == 0, segment.end() == len(data))
        pieces += (marked(data[at : segment.start()], encoding), _segment(segment[0], encoding, ends))
        at = segment.end()
    pieces.append(marked(data[at:], encoding))
    return "".join(pieces)


def _segment(data: bytes, encoding: str, ends: tuple[bool, bool]) -> str:
    plain = marked(data, encoding)
    bad = sum(map(len, BAD_BYTES.findall(plain)))
    if bad:
        return plain if bad * MOST_DAMAGE > len(data) + 2 * MOST_DAMAGE else _best_reading(data, encoding, ends)
    return _reread(plain, data, encoding, ends) if _is_odd(plain) else plain


def _is_odd(text: str) -> bool:
    """Whether four neighbours are so rare that they may be halves of others.

    Where a halved character takes an ASCII letter for its second half, as most in Big5 can, no byte is left over.
    """
    bits = bits_of(text).astype(np.int16)
    return bool((bits[:-3] + bits[1:-2] + bits[2:-1] + bits[3:] > RARE).any())


def _reread(plain: str, data: bytes, encoding: str, ends: tuple[bool, bool]) -> str:
    """The better reading where it turns rare characters into ordinary text; lists of rare characters stay."""
    best = _best_reading(data, encoding, ends)
    head = _shared(plain, best)
    tail = _shared(plain[head:][::-1], best[head:][::-1])
    old, new = plain[head : len(plain) - tail], best[head : len(best) - tail]
    characters = BAD_BYTES.sub("", new)
    if surprise(characters) > ORDINARY * len(characters) or surprise(old) - surprise(new) < SURE:
        return plain
    return best


def _shared(a: str, b: str) -> int:
    """How many characters the two begin with alike."""
    return next((i for i, (one, other) in enumerate(zip(a, b, strict=False)) if one != other), min(len(a), len(b)))


def _best_reading(data: bytes, encoding: str, ends: tuple[bool, bool]) -> str:
    """The least surprising reading, by dynamic programming over the places where a character may end.

    `ends` tells whether the segment begins and ends the file.
    """
    sizes = TWO_OR_FOUR if encoding == "gb18030" and FOUR_BYTES.search(data) else TWO
    good = [0.0] + [FAR] * len(data)  # cheapest reading of data[:i] that ends with a character
    bad = [FAR] * (len(data) + 1)  # ... that ends with a bad byte
    pieces = [""] * (len(data) + 1)  # the character that ends the former
    for i, byte in enumerate(data):
        whole, broken = good[i], bad[i]
        before = whole if whole <= broken else broken
        opened = whole + (_opening(i, len(data), ends) if ends[0] or ends[1] else BAD_RUN)
        bad[i + 1] = (opened if opened < broken else broken) + BAD_BYTE
        for size in ONE if byte < 0x80 else sizes:
            piece, bits = _character(data[i : i + size], encoding)
            if piece and i + size < len(good) and before + bits < good[i + size]:
                good[i + size], pieces[i + size] = before + bits, piece
    return _walked_back(data, good, bad, pieces, encoding, ends)


@lru_cache(maxsize=65536)
def _character(code: bytes, encoding: str) -> tuple[str, int]:
    """The character that `code` is, with its bits; nothing where it is cut or is none."""
    try:
        text = code.decode(encoding)
    except UnicodeDecodeError:
        return "", 0
    if len(code) == 4 and len(text) > 1:
        return "", 0
    return text, int(bits_of(text).sum())


def _opening(at: int, length: int, ends: tuple[bool, bool]) -> int:
    """Bits for a run of bad bytes that begins at `at`."""
    return CUT if (at == 0 and ends[0]) or (at == length - 1 and ends[1]) else BAD_RUN


def _walked_back(
    data: bytes, good: list[float], bad: list[float], pieces: list[str], encoding: str, ends: tuple[bool, bool]
) -> str:
    """The characters and marked bytes along the cheapest reading."""
    found: list[str] = []
    i = len(data)
    in_good = good[i] <= bad[i]
    while i:
        if in_good:
            found.append(pieces[i])
            i -= len(pieces[i].encode(encoding))
            in_good = good[i] <= bad[i]
        else:
            i -= 1
            found.append(chr(0xDC00 + data[i]))
            in_good = good[i] + _opening(i, len(data), ends) <= bad[i]
    return "".join(reversed(found))
