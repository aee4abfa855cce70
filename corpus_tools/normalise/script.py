"""Simplified and traditional: which one a text is in, and turning one into the other.

Why OpenCC for whole texts and never character by character: 乾隆 keeps its 乾 while 乾燥 loses it. Why `t2s` and not
`tw2sp` by default: on mainland text in traditional dress the Taiwan vocabulary writes 创建 for 建立 and 指针 for 指标.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from functools import cache
from sys import intern
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus_tools.codes import code_points, true_runs
from corpus_tools.nlp import opencc
from corpus_tools.text import Edit

Script = Literal["simplified", "traditional", "mixed", "either"]
Variant = Literal["auto", "tw", "hk", "none"]

SCHEMES = {"none": "t2s", "tw": "tw2s", "hk": "hk2s"}
SIMPLIFIED, TRADITIONAL = 1, 2
# One odd character, a name or a slip, makes no text mixed: the smaller side needs this share of the deciding ones.
MIXED_SHARE = 0.15
OF_A_STANDARD = 3  # 著 so many times and no 着 is no slip and no 名著


def to_simplified(text: str, variant: Variant = "auto") -> str:
    """`text` in simplified characters.

    `tw` and `hk` read the text as written to Taiwan's or Hong Kong's standard, `none` by no regional standard. `auto`
    does the same as `none`, and turns Taiwan's vocabulary (軟體) as well where the text is plainly from Taiwan.
    """
    if variant == "auto":
        return opencc.convert(text, reading_scheme(text, taiwan_words=True))
    return opencc.convert(text, SCHEMES[variant])


def reading_scheme(text: str, taiwan_words: bool = False) -> str:
    """The OpenCC scheme that reads `text`: by Taiwan's standard (著 for 着) where it is really from there.

    `taiwan_words` turns its vocabulary as well, where three or more of its words leave no doubt.
    """
    if text.isascii() or not traditional_character().search(text):
        return "t2s"
    from corpus_tools.normalise.conversion import from_taiwan, may_be_taiwan, origin

    if "著" in text and "着" not in text and text.count("著") >= OF_A_STANDARD:
        return "tw2sp" if taiwan_words and from_taiwan(text) else "tw2s"  # 隨著, 寫著: Taiwan's way, whoever wrote it
    if not may_be_taiwan(text):
        return "t2s"
    if taiwan_words and from_taiwan(text):
        return "tw2sp"
    return "tw2s" if origin(text) == "taiwan" else "t2s"


def detect_script(text: str) -> Script:
    """Whether `text` is simplified, traditional, a mixture, or `either` where no character decides.

    >>> detect_script("学校教师"), detect_script("學校教師"), detect_script("交流工作")
    ('simplified', 'traditional', 'either')
    """
    simplified, traditional = script_counts(text)
    if not simplified and not traditional:
        return "either"
    smaller, larger = sorted((simplified, traditional))
    # 1 against 2 in a short line is a mixture, 1 against 3 is a slip
    if (smaller > 1 and smaller >= MIXED_SHARE * (smaller + larger)) or 3 * smaller >= smaller + larger:
        return "mixed"
    return "simplified" if simplified > traditional else "traditional"


def script_counts(text: str) -> tuple[int, int]:
    """How many characters of `text` are simplified only and traditional only."""
    sides = _sides().take(code_points(text))
    return int(np.count_nonzero(sides == SIMPLIFIED)), int(np.count_nonzero(sides == TRADITIONAL))


@cache
def _sides() -> NDArray[np.uint8]:
    """For each code point, whether it is simplified only, traditional only, or decides nothing."""
    sides = np.zeros(0x110000, np.uint8)
    for side, characters in zip((SIMPLIFIED, TRADITIONAL), deciding_characters(), strict=True):
        sides[code_points(characters)] = side
    return sides


@cache
def traditional_character() -> re.Pattern[str]:
    """A pattern of one traditional-only character."""
    return re.compile(f"[{deciding_characters()[1]}]")


@cache
def deciding_characters() -> tuple[str, str]:
    """All simplified-only and all traditional-only characters.

    OpenCC says which characters change; 后 里 干 change too but are good traditional as well: they stand in Big5's
    first plane, as 乾 著 於 stand in GB 2312, and decide nothing.
    """
    everything = "".join(map(chr, range(0x3400, 0xA000)))
    to_simple, to_traditional = opencc.convert(everything, "t2s"), opencc.convert(everything, "s2t")
    simplified = [c for c, new in zip(everything, to_traditional, strict=True) if c != new and not _common_in_big5(c)]
    traditional = [c for c, new in zip(everything, to_simple, strict=True) if c != new and not _in_gb2312(c)]
    both = set(simplified) & set(traditional)
    return "".join(c for c in simplified if c not in both), "".join(c for c in traditional if c not in both)


def script_edits(text: str, target: str = "hans", taiwan_words: bool = False) -> list[Edit]:
    """Edits of kind `script` that turn `text` into `target`: hans, hant-tw, hant-hk, or keep for none."""
    if target == "keep":
        return []
    scheme = reading_scheme(text, taiwan_words) if target == "hans" else {"hant-tw": "s2tw", "hant-hk": "s2hk"}[target]
    return changes(text, opencc.convert(text, scheme), "script")


def changes(old: str, new: str, kind: str) -> list[Edit]:
    """The edits that turn `old` into `new`: one for each run of characters that differ."""
    if old == new:
        return []
    if len(old) == len(new):
        return [Edit(start, end, intern(new[start:end]), kind) for start, end in _differing_runs(old, new)]
    # Vocabulary changes lengths; lines stay lines, so the alignment is looked for inside each.
    edits = []
    start = 0
    for before, after in zip(old.split("\n"), new.split("\n"), strict=True):
        for tag, a1, a2, b1, b2 in SequenceMatcher(None, before, after, False).get_opcodes():
            if tag != "equal" and a2 > a1:
                edits.append(Edit(start + a1, start + a2, after[b1:b2], kind))
        start += len(before) + 1
    return edits


def _differing_runs(old: str, new: str) -> Iterator[tuple[int, int]]:
    """Where two texts of one length differ."""
    starts, ends = true_runs(code_points(old) != code_points(new))
    return zip(starts.tolist(), ends.tolist(), strict=True)


def _common_in_big5(character: str) -> bool:
    try:
        return character.encode("big5") < b"\xc9"
    except UnicodeEncodeError:
        return False


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False
