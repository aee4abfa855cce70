"""The signs in single lines that a text begins here: in its title, above it, below it (`lexicon/essays.toml`)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from corpus_tools.lexicon import table, words
from corpus_tools.strip.title_words import SENTENCE_END

REACH = 240  # characters of a paragraph's end or beginning that are looked at
RECENT = 2048  # lines that are remembered: strip and segment ask about the same ones
MAX_NAME = 5
SCHOOL = re.compile(
    r"(?:[◎●◆■▲★·]\s?)?[\u4e00-\u9fff]{2,14}(?:[学校园局室]|国小|国中|一小|二小|一中|二中|实小|附小)\s+"
)
CLOSES = 2.0  # a line that says so by as much closes a text and titles none
# 支教日记之二, 感言三则, 教师述职报告2, 座谈会纪要(摘录)
COUNTED_END = re.compile(
    r"(?:[(][^()]{1,14}[)]|\d{1,2}|之[一二三四五六七八九十]|[二两三四五六七八九十\d]{1,2}[则篇首封题])$"
)
COUNTED_ENDS = tuple(")0123456789一二三四五六七八九十则篇首封题")


class _Signs(NamedTuple):
    """The signs of one place in one pattern, tried in their order, and the weight of each."""

    pattern: re.Pattern[str]
    weights: dict[str, float]


@cache
def _signs(place: str) -> _Signs:
    rows = {f"sign{i}": row for i, row in enumerate(table("essays.toml")[place])}
    return _Signs(
        re.compile("|".join(f"(?P<{name}>{row['pattern']})" for name, row in rows.items())),
        {name: row["weight"] for name, row in rows.items()},
    )


@lru_cache(maxsize=RECENT)
def sign(place: str, line: str) -> float:
    """The weight of the first sign at a place (front, above, below) that a folded line shows, 0 where it shows none."""
    signs = _signs(place)
    found = signs.pattern.fullmatch(line[-REACH:] if place == "above" else line[:REACH])
    return signs.weights[found.lastgroup] if found and found.lastgroup else 0.0


def closes(line: str) -> bool:
    """Whether a folded line ends a text: a signature, a date, 谢谢大家."""
    return sign("above", line) >= CLOSES


def is_byline(line: str) -> bool:
    """Whether a folded line opens a text below its title and is none itself: 城东小学 苏敏, 作者：小禾."""
    return sign("below", line) >= CLOSES and not line.endswith(SENTENCE_END)


def is_name(line: str) -> bool:
    """Whether a folded line is a person's name, alone or behind a school's: 李晓明, ◎ 城东小学 李晓明."""
    name = line[found.end() :] if (found := SCHOOL.match(line)) else line
    return len(name) <= MAX_NAME and bool(_name().fullmatch(name))


@cache
def _name() -> re.Pattern[str]:
    return re.compile(table("essays.toml")["names"]["pattern"])


class _Kinds(NamedTuple):
    """The names of kinds of texts, longest first, and what a title that ends in one weighs: long, short."""

    names: tuple[str, ...]
    weights: tuple[float, float]


@cache
def _kinds() -> tuple[_Kinds, ...]:
    kinds = table("essays.toml")["kinds"]
    return tuple(
        _Kinds(tuple(sorted(kinds[name], key=len, reverse=True)), tuple(kinds["weights"][name]))
        for name in ("sure", "doubtful")
    )


def named(title: str) -> float:
    """How surely a bare title names a text: 0 where it ends in no kind's name, less where it is a task.

    >>> [named(title) for title in ("城东小学教师交流方案", "完善教师交流制度", "孩子们的春天")]
    [3.0, -3.0, 0.0]
    """
    bare = COUNTED_END.sub("", title) if title[-1:] in COUNTED_ENDS else title
    if bare in _words("whole"):
        return _kinds()[0].weights[0]
    kind = next((kind for kind in _kinds() if bare.endswith(kind.names)), None)
    if (
        kind is None
        and len(bare) > 4
        and (bare.startswith(_words("views", "begins")) or bare.endswith(_words("views", "ends")))
    ):
        return _kinds()[1].weights[0]
    if kind is None:
        label = _label().fullmatch(title) if title.startswith("【") or ":" in title or "|" in title else None
        return named(label["boxed"] or label["plain"]) if label else 0.0
    if title.startswith(_words("tasks")) and not bare.endswith(_words("papers")):
        return float(table("essays.toml")["kinds"]["task"])
    before = len(bare) - len(next(name for name in kind.names if bare.endswith(name)))
    return kind.weights[before < table("essays.toml")["kinds"]["long"]] if before > 1 else 0.0


@cache
def _label() -> re.Pattern[str]:
    return re.compile(table("essays.toml")["kinds"]["label"]["pattern"])


def _words(*keys: str) -> tuple[str, ...]:
    return words("essays.toml", "kinds", *keys)
