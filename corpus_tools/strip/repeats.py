"""Lines that only their repetition gives away.

A site sets its name or a slogan on every page, in words that no rule knows. Copied essays repeat too, and so do the
salutations, headings and signatures of authors who know nothing of each other: frequency alone is no proof. So three
things must come together. The line reads a little like a site's, though not enough for a rule: it is in doubt. It
stands on several pages of one folder, and on a good part of them. And those pages share none of the lines around it:
what stands between the same neighbours on every page is part of a copied text.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from hashlib import blake2b
from typing import NamedTuple

from corpus_tools.records import Doubt
from corpus_tools.strip.classifier import line_model
from corpus_tools.strip.essay_heads import ITEM, has_genre
from corpus_tools.strip.lines import Line
from corpus_tools.strip.rules import SITE_SPEAKS, cues

LENGTHS = range(4, 41)  # characters of a line in doubt; a longer one is a paragraph
# Without one of these a line is in no doubt.
SITE_WORD = re.compile(rf"网|文库|之家|论坛|范文|资料|资源|欢迎(?:您|你|来到|访问|使用)|{SITE_SPEAKS.pattern}")
# (全文完), 本文作者单位:…, 各位网友: and whatever speaks in the first person: authors end and begin so.
AUTHORS = re.compile(r"[(【].*[)】]|.{0,8}:.*|.*:|.*我.*")
CHANCE = 0.1  # as sure the learned model must be, where no cue stands; of an author's lines it says so of one in twenty
AROUND = 3  # neighbours remembered on either side ...
LONG_ENOUGH = 12  # ... of so many characters: 一、指导思想 stands in texts that share nothing else
SHARE = 5  # one page of so many in the folder must carry the line; what many authors write stands on one in hundreds
STEPS = (1, 2, 5)  # 5, 10, 20, 50 … : evidence is told in these, so that a folder may grow without being read anew


class Sighting(NamedTuple):
    """A line in doubt, and the page and the folder it stands on."""

    folder: str
    page: str
    doubt: Doubt


def doubts(lines: Sequence[Line], left: Sequence[int], heads: Collection[int], title: str) -> list[tuple[int, Doubt]]:
    """Which of the lines `left` on a page may be the site's, with what stands around them.

    `heads` are lines where essays begin, `title` is the page's own.
    """
    own = [i for i in left if i not in heads]
    found = {i for i in own if _is_doubtful(lines[i].text, title)}
    telling = [i for i in own if i not in found and len(lines[i].text) >= LONG_ENOUGH] if found else []
    return [(i, Doubt(lines[i].text, _around(lines, telling, i))) for i in sorted(found)]


def _is_doubtful(line: str, title: str) -> bool:
    if len(line) not in LENGTHS or not SITE_WORD.search(line):
        return False
    if ITEM.match(line) or AUTHORS.fullmatch(line) or has_genre(line):
        return False
    model = line_model()
    return (model is not None and model.probability(line) >= CHANCE) or cues().weigh(line, title)[0] > 0


def _around(lines: Sequence[Line], telling: Sequence[int], at: int) -> tuple[str, ...]:
    """Digests of the lines of the text nearest to one."""
    near = [i for i in telling if i < at][-AROUND:] + [i for i in telling if i > at][:AROUND]
    return tuple(blake2b(lines[i].text.encode("utf-8", "replace"), digest_size=8).hexdigest() for i in near)


def repeated(sightings: Iterable[Sighting], pages: Mapping[str, int], least: int) -> dict[str, dict[str, str]]:
    """For each folder the lines that go, and why: those on `least` or more pages that share nothing around them.

    `pages`: how many pages each folder holds.
    """
    around: defaultdict[tuple[str, str], defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for folder, page, doubt in sightings:
        around[folder, doubt.line][page] += doubt.around
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for (folder, line), by_page in around.items():
        count = unrelated(by_page.values())
        if least and count >= least and count * SHARE >= pages[folder]:
            found[folder][line] = _evidence(count, least)
    return dict(found)


def unrelated(arounds: Collection[Sequence[str]]) -> int:
    """How many of several pages are left when those that share a line are counted as one.

    >>> unrelated([("a", "b"), ("b", "c"), ("d",), ()])
    2
    """
    root: dict[str, str] = {}

    def first(line: str) -> str:
        while root.setdefault(line, line) != line:
            root[line] = line = root[root[line]]
        return line

    told = [around for around in arounds if around]
    for around in told:
        for line in around:
            root[first(line)] = first(around[0])
    return len({first(around[0]) for around in told})


def _evidence(count: int, least: int) -> str:
    return f"repeats: on {max(least, _step(count)):,} or more pages of this folder that share no other line around it"


def _step(count: int) -> int:
    """The last of 1, 2, 5, 10, 20, 50 … that is not above a count.

    >>> [_step(count) for count in (1, 9, 14, 99, 100)]
    [1, 5, 10, 50, 100]
    """
    size = int("1" + "0" * (len(str(count)) - 1))
    return max(step * size for step in STEPS if step * size <= count)
