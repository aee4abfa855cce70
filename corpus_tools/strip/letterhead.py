"""What stands above a title and belongs to it: the body's name, its paper's head and number, the label of an annex."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from corpus_tools.lexicon import table
from corpus_tools.strip.heads import Head
from corpus_tools.strip.lines import Line
from corpus_tools.strip.signs import sign
from corpus_tools.strip.title_words import has_genre, is_title_like

MAX_LINES = 4


def letterhead(lines: Sequence[Line], i: int) -> int:
    """The first of the lines above the title at line `i` that belong to it, `i` where none does."""
    top = i
    while top > max(0, i - MAX_LINES) and _belongs_below(lines, top):
        top -= 1
    return top


def titled(lines: Sequence[Line], i: int) -> Head:
    """The head of the text titled by line `i`: a paper's head and number stand above the heading, a label in it."""
    top = letterhead(lines, i)
    first = next((at for at in range(top, i) if not _pattern("paper").fullmatch(lines[at].text)), i)
    return Head(top, lines[top].start, lines[i].end, "title", 0, lines[first].start, i)


def is_label(line: str) -> bool:
    """Whether a folded line is the label of an annex and nothing else: 附件2."""
    return bool(_pattern("label").fullmatch(line))


def _belongs_below(lines: Sequence[Line], i: int) -> bool:
    above = lines[i - 1].text
    if is_label(above) or _pattern("paper").fullmatch(above):
        return True
    # further down the page a body's name may sign the text before
    if (i == 1 or lines[i].text.startswith("关于")) and _pattern("body").fullmatch(above):
        return True
    return _begins_title(above) and has_genre(lines[i].text) and not sign("front", lines[i].text)


def _begins_title(line: str) -> bool:
    """Whether a line is the first half of a title that is too long for one: 某县义务教育教师⏎交流工作实施方案."""
    return is_title_like(line) and not has_genre(line) and sign("front", line) > 0 and sign("above", line) < 0


@cache
def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(table("essays.toml")["letterhead"][name])
