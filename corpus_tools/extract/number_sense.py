"""Whether a number counts something where it stands, or is part of a word, a date, a code or a list marker."""

from __future__ import annotations

import re
from typing import Final

from corpus_tools.extract.amounts import Amount
from corpus_tools.extract.comparators import Part
from corpus_tools.extract.numerals import FORMAL, HAN_SCALES, Numeral
from corpus_tools.extract.units import SPACES

# 满 and 达到 yield to a comparator behind the unit (满3年以下 does not occur, 达到10%左右 does); the others rule
_WORDS_BEFORE_ONE: Final = frozenset("统唯同逐单专之其任某这那哪上下前后新又再进高初小每另不首头當当本此该")
# 是, 为 …: a number without a unit may stand behind these
ALONE_BEHIND: Final = "是为于到至和与近过超比数前"
_NUMBER_ALONE_AFTER: Final = frozenset("是不而却的那这间以或")
EDGES: Final = frozenset(" \u3000\t\n\r，。、；：！？,.;:!?()（）[]【】《》<>“”‘’\"'…—-+=/|~～·")
# the 1. of 基本原则1.统筹规划, the 2、 of a list that lost its lines
_LOOSE_MARKER: Final = re.compile(r"[、．.](?![ \u3000]?[0-9０-９])|[ ]?[)）]")
_DAYS_AWAY: Final = re.compile(
    "(?:[旷曠][工职職课課]|缺[勤岗崗课課]|[离離脱脫][岗崗校职職]|[请請病事休]假|累计|累計|连续|連續)$"
)
_SECTION_NUMBER: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?")


def counts(text: str, amount: Amount, part: Part) -> bool:
    """Whether the number counts something there, and is no part of a word, a date or a code."""
    numeral = amount.numeral
    if numeral is None:
        return True
    before = text[amount.start - 1 : amount.start]
    if numeral.shape == "bare" and not numeral.percent:
        return False
    said_to_last = part.op_before or part.op_after or amount.some or text[amount.end : amount.end + 1] in ("内", "內")
    if amount.bare_month and not said_to_last and not _DAYS_AWAY.search(text, max(0, amount.start - 6), amount.start):
        return numeral.value > 31 or (amount.low is not None and float(amount.low) % 1 != 0)
    if numeral.shape == "arabic":
        return _arabic_counts(text, amount, part, numeral, before)
    if numeral.shape == "bare" or text[numeral.start] in "万亿萬億兆":
        return numeral.percent
    if before and before in "几数好上" and numeral.shape == "compound" and text[numeral.start] in HAN_SCALES:
        return False  # 几十年, 上百人
    if numeral.value == 1 and numeral.shape == "digit" and before in _WORDS_BEFORE_ONE and before:
        return False
    if amount.unit is None:
        if numeral.shape in ("pair", "digits"):
            return False
        return _han_stands_alone(text, amount, numeral, before) or part.op_before or part.op_after
    return not (numeral.shape == "digit" and text[numeral.start] in FORMAL and before and before not in EDGES)


def _arabic_counts(text: str, amount: Amount, part: Part, numeral: Numeral, before: str) -> bool:
    """Whether digits count: not in A4 or 3D, not an account number, not 1. of a list."""
    if amount.unit is None and before and before in "表图注件例页":
        return False  # 附件1
    if before and before.isascii() and (before.isalnum() or before in "_@#&"):
        return False
    if amount.unit is not None:
        return True
    after = text[amount.end : amount.end + 1]
    if after and ((after.isascii() and after.isalpha()) or after in "#@_"):
        return False
    if (
        before not in ("男", "女")
        and _LOOSE_MARKER.match(text, amount.end)
        and numeral.value < 100
        and not part.op_before
    ):
        return False
    if (
        _SECTION_NUMBER.fullmatch(text, amount.start, amount.end)
        and not part.op_after
        and _numbers_a_section(text, amount)
    ):
        return False
    return not (text[amount.start : amount.end].isdecimal() and amount.end - amount.start >= 8)


def _numbers_a_section(text: str, amount: Amount) -> bool:
    """篇 3, and a small number at the head of a line that goes on."""
    start = amount.start
    while start and text[start - 1] in SPACES:
        start -= 1
    if text[start - 1 : start] == "篇":
        return True
    return (start == 0 or text[start - 1] == "\n") and text[amount.end : amount.end + 1] not in _GOES_ON


_GOES_ON: Final = ("", *"，,\n或和到至、")  # 2或3年, 2, 3: no section number


def _han_stands_alone(text: str, amount: Amount, numeral: Numeral, before: str) -> bool:
    """Whether a Han number without a unit stands for itself: between signs, or after 是 and its like."""
    after = text[amount.end : amount.end + 1]
    left, right = not before or before in EDGES, not after or after in EDGES
    size = amount.end - amount.start
    if numeral.shape == "compound" and size > 1 and text[numeral.start] not in "百千佰仟":
        return True
    if after == "、" or (after and after in "级級等"):
        return False
    if left and right:
        return True
    if left:
        return after == "的"
    if after and after in "大小多低高":
        return before == "比"
    return before in tuple(ALONE_BEHIND) and (right or after in _NUMBER_ALONE_AFTER)
