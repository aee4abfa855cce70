"""Which encoding bytes are in, judged by how ordinary the characters are that come out of them.

Every candidate decodes a sample; the one whose characters are least surprising in Chinese text wins. A byte that fits
nowhere costs as much as three or four characters, so one bad byte does not disqualify an encoding.

Why not a ladder of strict decoders: nearly all Big5 is also well-formed GB18030, and one bad byte anywhere makes the
right codec fail. Why not the declared charset: on template sites it is wrong often enough; it only settles near ties.
"""

from __future__ import annotations

import codecs
import re
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools import lexicon
from corpus_tools.codes import code_points

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Labels as pages write them, widened to the codec that reads everything so labelled.
WIDER = {
    **dict.fromkeys(("gb2312", "gbk", "gb18030", "cp936", "gb-2312", "x-gbk", "euc-cn"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "big5hkscs", "cp950", "x-x-big5", "big-5"), "big5hkscs"),
    **dict.fromkeys(("utf-8", "utf8", "utf-8-sig"), "utf-8"),
    **dict.fromkeys(("iso-8859-1", "latin-1", "latin1", "windows-1252", "cp1252", "ascii", "us-ascii"), "cp1252"),
    **{name: name for name in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")},
    "utf-16": "utf-16-le",
    "utf-16le": "utf-16-le",
    "utf-16be": "utf-16-be",
}
# Byte-oriented encodings declare themselves in ASCII: <meta charset="gbk">, <?xml encoding="big5"?>
DECLARED = re.compile(rb"""(?:charset|encoding)\s{0,5}=\s{0,5}["']?\s{0,5}([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
ASCII = re.compile(r"[\x00-\x7f]+")
# In no text, but in UTF-16 the half of many characters
CONTROLS = bytes([*range(0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
HIGH_BYTE = re.compile(rb"[\x80-\xff]")
BAD_BYTES = re.compile("[\udc00-\udcff]+")  # what `marked` leaves where bytes fit nowhere

SAMPLE = 400  # bytes of one window; three of them are looked at in a long file
SURE_UTF8 = 12  # continuation bytes: six characters of another encoding form them once in a million pages
ORDINARY = 12  # bits for each character that is not ASCII: running text costs 9 or 10, mispaired bytes 15 and more
WIDE = ("utf-16", "utf-32")
BAD_RUN, BAD_BYTE = 16, 10  # bits for a run of bytes that fit nowhere, and for each of them: more than any character
DECLARATION = 6  # bits that the page's own word is worth
FOREIGN = 8  # bits against an encoding that cannot hold Chinese


class Guess(NamedTuple):
    """An encoding and the number of bytes before the text: a byte order mark, or half a character."""

    encoding: str
    start: int


def guess(data: bytes) -> Guess:
    """The encoding of `data` and where its text begins."""
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return Guess(encoding, len(mark))
    if len(data.translate(None, CONTROLS)) == len(data) and _plainly_utf8(data):
        return Guess("utf-8", 0)
    declared = declared_encoding(data)
    best, ordinary = _cheapest(data, WHOLE, declared)
    if not ordinary:
        best, _ = _cheapest(data, (best, *OTHER), declared)
    return best if best.encoding.startswith("utf-16") else Guess(best.encoding, 0)


WHOLE = tuple(Guess(name, 0) for name in ("utf-8", "gb18030", "big5hkscs", "utf-16-le", "utf-16-be"))
# The start was cut inside a character, or it is no Chinese.
OTHER = (*(Guess(name, 1) for name in ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")), Guess("cp1252", 0))


def _plainly_utf8(data: bytes) -> bool:
    """Whether the bytes are well-formed UTF-8 and hold so many characters that no other text could be by chance."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return len(text) == len(data) or len(data) - len(text) >= SURE_UTF8


def _cheapest(data: bytes, candidates: tuple[Guess, ...], declared: str | None) -> tuple[Guess, bool]:
    """The candidate with the fewest bits, and whether what it reads is ordinary Chinese but for damage."""
    scores = {candidate: _bits(data, candidate, declared) for candidate in candidates}
    best = min(candidates, key=lambda candidate: scores[candidate])
    start = _windows(data)[0] + best.start
    text = ASCII.sub("", BAD_BYTES.sub("", marked(data[start : start + SAMPLE], best.encoding)))
    return best, surprise(text) <= ORDINARY * len(text)


def declared_encoding(data: bytes) -> str | None:
    """What the page says its encoding is, as the codec that reads it; None where it says nothing we know."""
    found = DECLARED.search(data, 0, 4096)
    return WIDER.get(found[1].decode("ascii").lower().replace("_", "-")) if found else None


def _bits(data: bytes, candidate: Guess, declared: str | None) -> float:
    encoding, start = candidate
    total = 0.0
    for number, window in enumerate(_windows(data)):
        low = window + (start if number == 0 or encoding.startswith("utf-16") else 0)
        piece = data[low : low + SAMPLE]
        bits = surprise(marked(piece, encoding))
        if number and encoding in ("gb18030", "big5hkscs"):  # a later window may begin inside a character
            bits = min(bits, BAD_RUN + surprise(marked(piece[1:], encoding)))
        total += bits
    if start:
        total += BAD_RUN + BAD_BYTE
    if encoding == "cp1252":
        total += FOREIGN
    return total - (DECLARATION if encoding == declared else 0)


def _windows(data: bytes) -> list[int]:
    """Where samples begin, at even places: at the first byte that is not ASCII, and two further on."""
    if len(data) <= SAMPLE:
        return [0]
    found = HIGH_BYTE.search(data)
    first = max(0, (found.start() if found else 0) - 200)
    rest = len(data) - first
    starts = {first, *(first + rest * part // 3 for part in (1, 2) if rest > 3 * SAMPLE)}
    return sorted(start & ~1 for start in starts)


def _mark_bytes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(0xDC00 + byte) for byte in error.object[error.start : error.end]), error.end


codecs.register_error("corpus_tools.mark_bytes", _mark_bytes)


def marked(data: bytes, encoding: str) -> str:
    """`data` decoded, with U+DC00 + byte for each byte that fits nowhere."""
    # surrogateescape does this in C, but leaves bytes below 0x80 as they are: half a UTF-16 character is lost on it
    return data.decode(encoding, "corpus_tools.mark_bytes" if encoding.startswith(WIDE) else "surrogateescape")


def surprise(text: str) -> float:
    """How surprising `text` is as Chinese, in bits; for marked text too."""
    runs = 0 if text.isascii() else len(BAD_BYTES.findall(text))
    return BAD_RUN * runs + int(bits_of(text).sum())


def bits_of(text: str) -> NDArray[np.uint8]:
    """How surprising each character of `text` is by itself."""
    return character_costs().take(code_points(text))


# Bits for characters that the frequency list lacks: the last code point of each kind, in order.
KINDS = (
    (0x08, 30),  # controls
    (0x0A, 6),  # tab, line feed
    (0x0C, 30),
    (0x0D, 6),
    (0x1F, 30),
    (0x7E, 7),  # ASCII
    (0x9F, 30),
    (0xFF, 16),  # accented letters
    (0x33F, 18),
    (0x45F, 20),  # Greek and Cyrillic: in GB and Big5, but rare
    (0x1FFF, 26),
    (0x206F, 15),  # general punctuation
    (0x24FF, 16),  # arrows, mathematics, Ⅱ ① ℃
    (0x257F, 20),  # boxes
    (0x26FF, 17),  # ■ ★
    (0x2FFF, 24),
    (0x303F, 14),  # 〔 〇
    (0x30FF, 15),  # kana
    (0x312F, 20),  # bopomofo
    (0x33FF, 22),
    (0x4DBF, 25),  # Han, extension A
    (0x9FFF, 23),  # Han that jieba's dictionary lacks
    (0xABFF, 26),
    (0xD7FF, 21),  # Hangul
    (0xDBFF, 40),
    (0xDCFF, BAD_BYTE),
    (0xDFFF, 40),
    (0xF8FF, 26),  # private use
    (0xFAFF, 25),
    (0xFEFE, 26),
    (0xFEFF, 30),
    (0xFF65, 14),  # full-width forms
    (0xFFEF, 22),
    (0xFFFF, 30),
    (0x1FAFF, 26),
    (0x10FFFF, 27),
)
# Punctuation of ordinary Chinese prose, in bits.
PUNCTUATION = {
    "，": 5,
    "。": 6,
    "、": 6,
    "\u3000": 7,
    "：": 8,
    "；": 8,
    "“": 8,
    "”": 8,
    "（": 8,
    "）": 8,
    "《": 9,
    "》": 9,
} | {
    **dict.fromkeys("！？—…·「」", 10),
    **dict.fromkeys("‘’『』〈〉【】％０１２３４５６７８９〔〕－．～○□×•", 12),
}


@cache
def character_costs() -> NDArray[np.uint8]:
    """Bits for each code point in Chinese text of either script; one not listed costs what its kind costs."""
    lasts, costs = zip(*KINDS, strict=True)
    found = np.repeat(np.array(costs, np.uint8), np.diff(lasts, prepend=-1))
    for row in lexicon.lines("character_costs.txt"):
        bits, _, characters = row.partition(" ")
        found[code_points(characters)] = int(bits)
    found[code_points("".join(PUNCTUATION))] = list(PUNCTUATION.values())
    return found
