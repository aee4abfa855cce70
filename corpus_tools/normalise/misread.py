"""Chinese in UTF-8 that some program read as GBK or as Windows-1252: 鍙樺緱 was 变得, ï¼Œ was ，.

Three bytes of UTF-8 make one character, and read as GBK one and a half. So a run is known by its beginnings, and proved
by turning it back: what comes out must be everyday Chinese.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus_tools.codes import code_points

LATIN_LEAD = 8
LATIN = re.compile(r"(?:[\u00e3-\u00ef][\u0080-\u00bfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2})+")

# 十几锘縗万字: the mark at the head of a file, EF BB BF, and a byte behind it; nobelium is named in chemistry alone
BYTE_ORDER_MARK = re.compile("锘(?![元原（(、，]|的)[\u7e00-\u7e7f]?")


def misread_runs(text: str) -> list[tuple[int, int]]:
    """Where `text` holds UTF-8 read as something else, in order.

    >>> misread_runs("课堂才鍙樺緱有条不紊"), misread_runs("café——很香")
    ([(3, 6)], [])
    """
    may_be = _places().take(code_points(text))
    found: list[tuple[int, int]] = []
    if bool(np.any(may_be[:-2] & may_be[1:-1] >> 1 & may_be[2:] >> 2 & 1)):
        found += [match.span() for match in _read_as_gbk().finditer(text) if _is_gbk_for_utf8(match.group())]
    if bool(np.any(may_be & LATIN_LEAD)):
        found += [match.span() for match in LATIN.finditer(text) if _is_everyday(_back(match.group(), "cp1252"))]
    if "锘" in text:
        found += [match.span() for match in BYTE_ORDER_MARK.finditer(text)]
    return sorted(found)


def _is_gbk_for_utf8(run: str) -> bool:
    return any(not _in_gb2312(character) for character in run) and _is_everyday(_back(run, "gbk"))


def _back(run: str, read_as: str) -> str:
    """What stood there before it was read as `read_as`; empty where that cannot be."""
    try:
        return run.encode(read_as).decode("utf-8")
    except UnicodeError:
        return ""


def _is_everyday(text: str) -> bool:
    """Whether each character is one of the 3,755 of GB 2312's first level, or a mark."""
    return bool(text) and all("\uff01" <= c <= "\uff5e" or "\u3001" <= c <= "\u3011" or _is_level_one(c) for c in text)


def _is_level_one(character: str) -> bool:
    return _in_gb2312(character) and b"\xb0\xa1" <= character.encode("gb2312") <= b"\xd7\xf9"


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _thirds() -> tuple[str, str, str]:
    """The characters of GBK that a lead byte and the first, the second and the next lead, and the rest can make."""
    leads, rests = range(0xE3, 0xF0), range(0x80, 0xC0)
    return _gbk(leads, rests), _gbk(rests, leads), _gbk(rests, rests)


@cache
def _places() -> NDArray[np.uint8]:
    """For each code point, as bits, which of the three it can be, and whether it is a lead byte of Windows-1252."""
    places = np.zeros(0x110000, np.uint8)
    for bit, characters in enumerate(_thirds()):
        places[code_points(characters)] |= 1 << bit
    places[0xE3:0xF0] |= LATIN_LEAD
    return places


@cache
def _read_as_gbk() -> re.Pattern[str]:
    """A pattern of pairs of characters in UTF-8, each read as three of GBK: the lead and so on as in `_thirds`."""
    first, second, third = _thirds()
    return re.compile(f"(?:[{first}][{second}][{third}])+")


def _gbk(highs: range, lows: range) -> str:
    return "".join(bytes((high, low)).decode("gbk", "ignore") for high in highs for low in lows if high > 0x80)
