"""Quantities whose number the page hides (满xx年, ____%, X名): unit and comparator are read, the value is None."""

from __future__ import annotations

import re
from typing import Final

from corpus_tools.extract.amounts import Amount
from corpus_tools.extract.comparators import Part, compared
from corpus_tools.extract.units import unit_at

_COUNTED: Final = "年学届个周岁元名人位所天%％月次倍课"
MASK: Final = (
    rf"[xXＸ×＊*]{{1,4}}(?=[ \u3000]?[{_COUNTED}])|[_＿]{{1,12}}(?=[ \u3000]?[^\s_＿])"
    rf"|[□△]{{1,4}}(?=[ \u3000]?[{_COUNTED}])|\^v\^(?=[{_COUNTED}])"
)
MASK_CHARS: Final = frozenset("xXＸ×＊*_＿□△^")
_UNITS: Final = frozenset(
    [
        "年",
        "学年",
        "学期",
        "届",
        "任期",
        "聘期",
        "月",
        "天",
        "%",
        "人",
        "岁",
        "元",
        "倍",
        "所",
        "次",
        "节",
        "课时",
        "学时",
        "小时",
        "学分",
        "个",
        "分",
    ]
)
# 连续任教xx年: the clause before the number speaks of time spent
_TIME_SPENT: Final = re.compile(
    "(?:须有|应有|具有|具备|必须有|需有|任教|工作|任职|服务|支教|交流|服务期|时间|期限|周期|年限|教龄|累计|连续|为期)"
    "(?:一般|原则上|定|均)?[为：:达满]?[ ]?$"
)


def hidden(text: str, start: int, end: int) -> Part | None:
    """The quantity whose number is hidden by the signs at `[start, end)`; None where they hide a date or a name."""
    before = text[start - 1 : start]
    if before and ((before.isalnum() and before.isascii()) or before in "_＿xX×"):
        return None
    found = unit_at(text, end)
    if found is None or found.unit.unit not in _UNITS:
        return None
    part = compared(text, Amount(start, found.end, None, None, found.unit.unit))._replace(masked=True)
    sure = part.op_before or part.op_after or found.ge or part.approximate
    after = text[found.end : found.end + 1]
    last = text[found.end - 1]
    if last == "度" and not sure:
        return None  # __学年度 is a date
    if last in "年月日届":
        dated = after.isdecimal() or after in ("度", "级", "代", "_", "＿", "x", "X", "×", "*")
        spent = sure or after == "内" or _TIME_SPENT.search(text, max(0, start - 10), start) is not None
        return part if spent and not dated else None
    if found.unit.unit in ("人", "所", "次", "节") and not sure:
        return part if text[start] in "_＿□" or after not in ("民", "大") else None
    return part
