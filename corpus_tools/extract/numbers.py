"""Plain numbers without regard to what they count: 第三 is 3, the figures of a date are numbers, 30% is 30.

For policy text use `quantities`; this is the level below, for whoever wants the numbers themselves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from corpus_tools.extract.comparators import Part
from corpus_tools.extract.named_numbers import end_of_name
from corpus_tools.extract.numerals import HAN_NUMERALS, Number, read_numeral
from corpus_tools.extract.quantities import readings
from corpus_tools.extract.simplified import in_simplified

_ORDINAL: Final = re.compile(rf"第[ \u3000]?(?=[0-9０-９{HAN_NUMERALS}])")
_FIGURES: Final = re.compile("[0-9０-９]+")


@dataclass(frozen=True, slots=True)
class PlainNumber:
    """A number in a text; for an ordinal the span takes in 第, for a percentage the whole of 百分之三十 or 30%."""

    start: int
    end: int
    value: Number
    kind: Literal["number", "percent", "ordinal"] = "number"


def find_numbers(text: str) -> list[PlainNumber]:
    """The numbers of the text in order; both numbers of a range, each by itself.

    >>> [(n.value, n.kind) for n in find_numbers("第三届，1至2人，占30%")]
    [(3, 'ordinal'), (1, 'number'), (2, 'number'), (30, 'percent')]
    """
    plain = in_simplified(text)
    found = [*_ordinals(plain), *_figures_of_names(plain)]
    for part in readings(plain):
        found += _of_part(plain, part)
    return sorted(found, key=lambda number: (number.start, number.end))


def _ordinals(text: str) -> Iterator[PlainNumber]:
    for sign in _ORDINAL.finditer(text):
        numeral = read_numeral(text, sign.end())
        if numeral is not None:
            yield PlainNumber(sign.start(), numeral.end, numeral.value, "ordinal")


def _figures_of_names(text: str) -> Iterator[PlainNumber]:
    """The figures of dates and clock times."""
    pos = 0
    while figures := _FIGURES.search(text, pos):
        pos = figures.end()
        end = end_of_name(text, figures.start())
        if end is None or text[figures.start() - 1 : figures.start()] == "第":
            continue
        for inside in _FIGURES.finditer(text, figures.start(), end):
            yield PlainNumber(inside.start(), inside.end(), int(inside[0]))
        pos = max(pos, end)


def _of_part(text: str, part: Part) -> Iterator[PlainNumber]:
    if part.unit == "%" and part.low is not None:
        for value in (part.low, part.high) if part.high is not None else (part.low,):
            yield PlainNumber(part.core, part.core_end, value, "percent")
        return
    pos = part.core
    while pos < part.core_end:
        numeral = None
        if text[pos].isdecimal() or text[pos] in HAN_NUMERALS:
            numeral = read_numeral(text, pos)
        if numeral is None or numeral.end > part.core_end:
            pos += 1
            continue
        minus = pos > 0 and text[pos - 1] in "-－负" and part.low is not None and part.low < 0
        yield PlainNumber(pos - minus, numeral.end, -numeral.value if minus else numeral.value)
        if numeral.high is not None:
            yield PlainNumber(pos - minus, numeral.end, numeral.high)
        pos = numeral.end
