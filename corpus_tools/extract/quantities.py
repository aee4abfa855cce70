"""Quantities as they stand in a text: a number in any script, its unit, its comparator and what it is counted per.

`find_quantities("交流期限不少于三年")` gives 3 年 `>=`. A span covers number and unit with the comparator words that
touch them (不少于…, …以上, …左右) and an inclusion note between them (3年（含）以上). A comparator further off in
the clause (不低于教师总数的10%) gives the `op`, and the span stays with number and unit. 内 alone is no comparator.
A number without a unit is reported with unit None, so is a fraction (三分之一); a ratio (1:19) is 19 with unit `1:`.
Dates, clock times, document numbers, 第三条, list markers and numerals inside words (十分, 统一) are no quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Final

from corpus_tools.extract.amounts import amount_at, ratio_at, with_range
from corpus_tools.extract.comparators import INCLUDED, Part, compared
from corpus_tools.extract.hidden_numbers import MASK, MASK_CHARS, hidden
from corpus_tools.extract.named_numbers import end_of_marker, end_of_name, is_place_in_order
from corpus_tools.extract.number_sense import ALONE_BEHIND, EDGES, counts
from corpus_tools.extract.numerals import HAN_NUMERALS, read_numeral, run_end
from corpus_tools.extract.simplified import in_simplified
from corpus_tools.extract.units import unit_at, unit_beginnings
from corpus_tools.records import Quantity

_DASH: Final = re.compile(r"[ \u3000]?(?:[-－–—―~～]{1,2}|至|到|、|和)[ \u3000]?(?:第|周|星期)?")
_LIST_GAP: Final = re.compile(r"[ ]?(?:、|和|或|及|与)[ ]?$")
_SEX_GAP: Final = re.compile(r"[ ]?[、，,和或；;]?[ ]?(?:男|女)[^，。；;,0-9]{0,6}$")
_SHARED: Final = frozenset(["年", "学年", "学期", "月", "岁", "人"])
_BOTH_GAP: Final = re.compile(
    r"(?:[(（]含[^()（）]{0,8}[)）])?[ ]?[，,、]?[ ]?(?:并且|并|且|而且|的同时|同时|但|但是|又)?[ ]?$"
)


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of the text in order, without overlap.

    >>> [(q.value, q.unit, q.op) for q in find_quantities("每次交流半年至一年，不少于20人")]
    [((0.5, 1), '年', 'between'), (20, '人', '>=')]
    >>> find_quantities("2013年，十分感谢第一小学")
    []
    """
    plain_text = in_simplified(text)
    return _joined(plain_text, list(readings(plain_text)))


@cache
def _start() -> re.Pattern[str]:
    """Where a quantity may start: digits, Han numerals that are no mere syllable, 半, 对折, and what hides a number.

    A Han numeral is worth a look where a unit, a sign or another numeral may follow, or after 是 and its like; the
    一 of 一些 and 统一 never leaves this pattern. Addresses are matched whole to be stepped over.
    """
    after = re.escape("".join(sorted(unit_beginnings() | EDGES | set(HAN_NUMERALS + "分点又半多余来几到至以"))))
    return re.compile(
        rf"[0-9０-９半]|[{HAN_NUMERALS}](?:(?=[{after}0-9０-９]|$)|(?<=[{ALONE_BEHIND}].))"
        rf"|{MASK}|减半|(?<=打)对折|https?://[\x21-\x7e]+|www\.[\x21-\x7e]+"
    )


def readings(text: str) -> Iterator[Part]:
    """Each quantity as it is read, before its neighbours have a say; `text` is simplified."""
    pos = end = 0
    search = _start().search
    while begin := search(text, pos):
        start = begin.start()
        if text[start] in MASK_CHARS:
            part, pos = hidden(text, start, begin.end()), begin.end()
        elif text[start] == "h" or text[start] == "w":
            part, pos = None, begin.end()
        else:
            part, pos = _part_at(text, start)
        if part is not None:
            # 6期满3年: the unit of the one cannot be the comparator of the next
            yield part._replace(start=max(part.start, end))
            end = part.end
            pos = max(pos, end)


def _part_at(text: str, start: int) -> tuple[Part | None, int]:
    """The quantity that starts at this numeral, and where to look on."""
    if is_place_in_order(text, start):
        return None, _after_order(text, start)
    if text[start] == "1" and (ratio := ratio_at(text, start)) is not None:
        part = compared(text, ratio)
        return part, part.end
    named = end_of_marker(text, start) or end_of_name(text, start)
    if named is not None:
        return None, named
    amount = amount_at(text, start)
    if amount is None:
        return None, max(start + 1, run_end(text, start))
    amount = with_range(text, amount)
    part = compared(text, amount)
    if not counts(text, amount, part):
        return None, amount.end
    inner = INCLUDED.match(text, part.end)  # 3年以上（含3年）: the note repeats the number
    return part, inner.end() if inner else part.end


def _after_order(text: str, start: int) -> int:
    """Behind 第三, and behind 第三至第五 or 周一至周五 and what they count."""
    numeral = read_numeral(text, start)
    end = numeral.end if numeral else run_end(text, start)
    dash = _DASH.match(text, end)
    if dash is not None:
        end = max(end, run_end(text, dash.end()) if run_end(text, dash.end()) > dash.end() else end)
    unit = unit_at(text, end)
    return max(start + 1, end if unit is None else unit[1])


def _joined(text: str, parts: list[Part]) -> list[Quantity]:
    """The parts as quantities, comparators carried along lists and two bounds of one thing made a range."""
    done: list[Part] = []
    for part in parts:
        if done:
            _share_unit(text, done, part)
            part = _carried_forward(text, done[-1], part)
            if (both := _both_bounds(text, done[-1], part)) is not None:
                done[-1] = both
                continue
            _carry_back(text, done, part)
        done.append(part)
    return [part.quantity() for part in done]


def _carried_forward(text: str, last: Part, part: Part) -> Part:
    """分别不低于30%、15%、10%: the comparator before the first holds for all."""
    if part.op != "=" or part.unit != last.unit or not last.op_before or last.op == "between" or last.op_after:
        return part
    if part.unit is None or not _LIST_GAP.fullmatch(text, last.end, part.start):
        return part
    return part._replace(op=last.op, op_before=True, per=part.per or last.per)


def _share_unit(text: str, done: list[Part], part: Part) -> None:
    """男55、女50周岁; 2或3年: the unit behind the last number is the unit of the one before."""
    last = done[-1]
    if last.unit is not None or last.op_after or last.low is None or not (part.unit == "%" or part.unit in _SHARED):
        return
    gap = _SEX_GAP if part.unit == "岁" else _LIST_GAP
    if float(last.low).is_integer() and gap.fullmatch(text, last.end, part.start):
        done[-1] = last._replace(unit=part.unit)


def _carry_back(text: str, done: list[Part], part: Part) -> None:
    """男50周岁、女45周岁及以下: the comparator behind the last holds for those before."""
    if not part.op_after or part.op_before or part.unit is None:
        return
    after = part
    for i in range(len(done) - 1, -1, -1):
        last = done[i]
        if last.op != "=" or last.unit != part.unit or last.approximate:
            return
        gap = _SEX_GAP if part.unit == "岁" else _LIST_GAP
        if not gap.fullmatch(text, last.end, after.start):
            return
        done[i] = after = last._replace(op=part.op, op_after=True)


def _both_bounds(text: str, last: Part, part: Part) -> Part | None:
    """满3年不满6年, 35岁以上50岁以下: one range, where the bounds leave room between them."""
    ops = {last.op[0], part.op[0]}
    if ops != {">", "<"} or last.high is not None or part.high is not None or last.low is None or part.low is None:
        return None
    if last.unit != part.unit and None not in (last.unit, part.unit):
        return None
    if part.start - last.end > 16 or not _BOTH_GAP.fullmatch(text, last.end, part.start):
        return None
    low, high = (last.low, part.low) if last.op[0] == ">" else (part.low, last.low)
    if low >= high:
        return None
    return last._replace(
        end=part.end, low=low, high=high, unit=last.unit or part.unit, op="between", per=last.per or part.per
    )
