"""Advertisements inside the lines of a page, and how runs of boilerplate are put together."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus_tools.codes import places_of, table_of
from corpus_tools.strip.lines import Line
from corpus_tools.strip.rules import rules

OPENING = table_of("(【[")
BEGINS_WITH_BRACKET = re.compile(r"\[(?:[(【]|\\\[)+\]\\s")  # [(【\[]\s{0,4}(?:本文|文章)
# Every rule that does not begin with a bracket holds one of these, and matches no more than so many characters.
ADDRESS_BEGINS = table_of("hWw")
ADDRESS = re.compile(r"https?://|[Ww]{3}\s{0,4}\.")
REACH = 150
SHORT_REST = 12  # a line that is hardly more than an advertisement is weighed with it


class Found(NamedTuple):
    """A run of boilerplate in the text."""

    start: int
    end: int
    kind: str
    note: str


def ads_inside(whole: str) -> Iterator[Found]:
    """Advertisements inside the lines of a folded text."""
    opened = places_of(OPENING, whole)
    addresses = [at for at in places_of(ADDRESS_BEGINS, whole) if ADDRESS.match(whole, at)]
    for rule in rules("inside"):
        bracketed = BEGINS_WITH_BRACKET.match(rule.pattern.pattern)
        found = _at(rule.pattern, whole, opened) if bracketed else _around(rule.pattern, whole, addresses)
        for match in found:
            if rule.spares(whole, match.start(), match.end()):
                continue
            blank = len(match[0]) - len(match[0].lstrip())
            yield Found(match.start() + blank, match.end(), rule.kind, f"{rule.name}: {rule.reason}")


def _at(pattern: re.Pattern[str], whole: str, opened: Sequence[int]) -> Iterator[re.Match[str]]:
    """All matches of a pattern that begins with an opening bracket, as most do."""
    end = 0
    for at in opened:
        if at >= end and (match := pattern.match(whole, at)):
            yield match
            end = match.end()


def _around(pattern: re.Pattern[str], whole: str, addresses: Sequence[int]) -> Iterator[re.Match[str]]:
    """All matches of a pattern that holds an address."""
    end = 0
    for at in addresses:
        match = pattern.search(whole, max(end, at - REACH), at + REACH)
        if match and match.start() <= at:
            yield match
            end = match.end()


def without_ads(lines: Sequence[Line], ads: Sequence[Found]) -> list[str]:
    """The folded lines without the advertisements in them; a line that is nothing else is left as it is."""
    bare = [line.text for line in lines]
    for ad in sorted(ads, reverse=True):
        i = bisect_right(lines, ad.start, key=lambda line: line.start) - 1
        if i < 0:
            continue
        low, high = ad.start - lines[i].start, ad.end - lines[i].start
        left = bare[i][:low] + bare[i][high:]
        bare[i] = left if len(left) > SHORT_REST or "。" in left else bare[i]
    return bare


def apart(whole: Sequence[Found], ads: Sequence[Found]) -> list[Found]:
    """Whole lines, and the advertisements in what is left, in order and without overlaps."""
    kept: list[Found] = []
    tagged = [(run, 0) for run in whole] + [(run, 1) for run in ads]
    for run, _ in sorted(tagged, key=lambda item: (item[1], item[0])):
        at = bisect_right(kept, run)
        if (at == 0 or kept[at - 1].end <= run.start) and (at == len(kept) or run.end <= kept[at].start):
            kept.insert(at, run)
    return kept
