"""The unit behind a number, in its normal form: 元 of 块钱, 天 of 周, 岁 of 周岁.

The forms stand in lexicon/quantities.toml.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, NamedTuple

from corpus_tools import lexicon

SPACES: Final = " \u3000\t"
# units of time and their order
DURATIONS: Final = {
    "年": 5,
    "学年": 5,
    "届": 6,
    "任期": 6,
    "聘期": 6,
    "周期": 6,
    "学期": 4,
    "季度": 4,
    "月": 3,
    "天": 2,
    "小时": 1,
    "分钟": 0,
}


@dataclass(frozen=True, slots=True)
class Unit:
    unit: str
    factor: float
    ge: bool  # 个 may stand before it


class Found(NamedTuple):
    """A unit in a text."""

    unit: Unit
    end: int
    ge: bool  # 个 stands before it


class _Forms(NamedTuple):
    by_first: dict[str, tuple[tuple[str, Unit], ...]]  # first character -> forms, the longest first
    not_before: dict[str, str]


@cache
def _forms() -> _Forms:
    data = lexicon.table("quantities.toml")
    forms: dict[str, list[tuple[str, Unit]]] = {}
    for entry in data["units"]:
        unit = Unit(entry["unit"], entry.get("factor", 1), entry.get("ge", False))
        for form in entry["forms"]:
            forms.setdefault(form[0], []).append((form, unit))
    for form in data["counted"]["measures"] + data["counted"]["things"]:
        forms.setdefault(form[0], []).append((form, Unit(form, 1, False)))
    return _Forms({k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in forms.items()}, data["not_before"])


def unit_beginnings() -> frozenset[str]:
    """The characters a unit may begin with."""
    return frozenset(_forms().by_first) | {"个"}


def unit_at(text: str, pos: int) -> Found | None:
    """The unit at this place, where it ends, and whether 个 stood before it."""
    size = len(text)
    units = _forms().by_first
    start = pos
    while pos - start < 4 and text[pos : pos + 1] in (" ", "\u3000"):
        pos += 1
    if pos >= size or (pos - start > 2 and text[pos] not in "个百%"):
        return None  # a wide gap parts the cells of a table
    first = text[pos]
    if first in "个個":
        inner = pos + 1
        if inner < size and text[inner] == " ":
            inner += 1
        for form, unit in units.get(text[inner : inner + 1], ()):
            if unit.ge and text.startswith(form, inner):
                return Found(unit, inner + len(form), True)
    for form, unit in units.get(first, ()):
        if text.startswith(form, pos) and not _continues(text, form, pos + len(form)):
            return Found(unit, pos + len(form), False)
    return None


def _continues(text: str, form: str, end: int) -> bool:
    after = text[end : end + 1]
    if after == "以" and form == "所":
        return text[end + 1 : end + 2] not in ("上", "下", "内")
    return bool(after) and after in _forms().not_before.get(form, "")
