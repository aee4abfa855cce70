"""Chinese in UTF-8 that some program read as GBK or as Windows-1252: 鍙樺緱 was 变得, ï¼Œ was ，.

Three bytes of UTF-8 make one character, and read as GBK one and a half. So a run is known by its beginnings, and proved
by turning it back: what comes out must be everyday Chinese.
"""

from __future__ import annotations

import re
from functools import cache

LATIN = re.compile(r"(?:[\u00e3-\u00ef][\u0080-\u00bfŒœŠšŽžŸƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]{2})+")


def misread_runs(text: str) -> list[tuple[int, int]]:
    """Where `text` holds UTF-8 read as something else, in order.

    >>> misread_runs("课堂才鍙樺緱有条不紊"), misread_runs("café——很香")
    ([(3, 6)], [])
    """
    found = [match.span() for match in _read_as_gbk().finditer(text) if _is_gbk_for_utf8(match.group())]
    if not text.isascii():
        found += [match.span() for match in LATIN.finditer(text) if _is_everyday(_back(match.group(), "cp1252"))]
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


@cache
def _read_as_gbk() -> re.Pattern[str]:
    """A pattern of pairs of characters in UTF-8, read as three of GBK each: lead and first, second and lead, the rest."""
    leads, rests = range(0xE3, 0xF0), range(0x80, 0xC0)
    first, second, third = _gbk(leads, rests), _gbk(rests, leads), _gbk(rests, rests)
    return re.compile(f"(?:[{first}][{second}][{third}])+")


def _gbk(highs: range, lows: range) -> str:
    return "".join(bytes((high, low)).decode("gbk", "ignore") for high in highs for low in lows if high > 0x80)
