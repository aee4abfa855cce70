"""Titles that say nothing of their kind, between the tales of a collection: 那盏灯还亮着, 渡口边的学校.

Nothing in such a line tells it from the heading of a part. What does is what stands below: a part has a paragraph or
two, and its neighbours' headings are built like its own (春天的课, 夏天的课); a text has more.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from corpus_tools.strip.lines import Line
from corpus_tools.strip.title_words import SENTENCE_END

DAY = re.compile(r"(?:(?:(?:19|20)[\dxX×_]{2}|20[xX_]+)年)?[\dxX×_]{1,2}月[\dxX×_]{1,2}[日号].{0,12}|第.{1,3}[天周]")
# 第三、专业成长的提速; 组长：朱某; (附记)
PART = re.compile(r"第[一二三四五六七八九十\d]{1,2}[、,:]|[\u4e00-\u9fff]{2,4}:|[(\[]")
MAX_TITLE = 24
MIN_CHARS = 120  # of prose that make a text of its own
MIN_PARAGRAPHS = 3
ALIKE = 2  # characters that headings of one make begin or end in


def plain_titles(lines: Sequence[Line], candidates: Iterable[int]) -> frozenset[int]:
    """Those of the candidates that stand alone above a text of their own."""
    short = (i for i in candidates if len(lines[i].text) <= MAX_TITLE)
    alone = [i for i in short if not is_day(lines[i].text) and not PART.match(lines[i].text)]
    parts = {i for family in _families(lines, alone) for i in family if not _holds_texts(lines, family)}
    apart = [i for i in alone if i not in parts]
    return frozenset(i for i, end in pairwise([*apart, len(lines)]) if is_text(lines[i + 1 : end]))


def is_day(text: str) -> bool:
    """Whether a folded line heads a day of a diary: 10月15日 小雨."""
    return bool(DAY.fullmatch(text))


def _families(lines: Sequence[Line], alone: Sequence[int]) -> Iterator[list[int]]:
    """Neighbours among the short lines that are built alike."""
    family = list(alone[:1])
    for before, i in pairwise(alone):
        if not _alike(lines[before].text, lines[i].text):
            yield family
            family = []
        family.append(i)
    yield family


def _alike(a: str, b: str) -> bool:
    return a[:ALIKE] == b[:ALIKE] or a[-ALIKE:] == b[-ALIKE:] or ("," in a and "," in b)


def _holds_texts(lines: Sequence[Line], family: Sequence[int]) -> bool:
    """Whether a text stands between members, as between 我的支教故事 and 她的支教故事; one alone has no family."""
    return len(family) < 2 or any(is_text(lines[a + 1 : b]) for a, b in pairwise(family))


def is_text(lines: Sequence[Line]) -> bool:
    """Whether the lines are a text of their own: several paragraphs of some length."""
    prose = [len(line.text) for line in lines if line.text.endswith(SENTENCE_END)]
    return len(prose) >= MIN_PARAGRAPHS and sum(prose) >= MIN_CHARS
