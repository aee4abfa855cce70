"""Which facts are one piece of evidence: the same rule, standing in copies of one text.

Two facts are linked when their slots are equal and their essays are one text (a cluster) or share a passage that holds
both quotes, or when one essay says the same twice. A rule that two provinces have each written is two pieces of
evidence; eleven sites that took over one page are one.

The place counts apart: a copy that lost the county's name is still a copy, one that put another county's there is not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from corpus_tools.text import Span


class Placed(NamedTuple):
    """A fact as the grouping sees it, in corpus order."""

    id: str
    essay: int
    start: int  # in the page's clean text, as passages are
    end: int
    slots: tuple[object, ...]
    place: tuple[str | None, ...] = ()  # province, city, county; empty or all None where the text does not say


class Shared(NamedTuple):
    """A passage that two essays share."""

    a: int
    b: int
    a_span: Span
    b_span: Span


def evidence_of(facts: Sequence[Placed], cluster_of: Mapping[int, int], shared: Iterable[Shared]) -> dict[str, str]:
    """For each fact's id the id of the first fact of its piece of evidence."""
    groups = _Groups(len(facts))
    first: dict[tuple[int, tuple[object, ...]], int] = {}
    of_essay: dict[int, list[int]] = defaultdict(list)
    for i, fact in enumerate(facts):
        of_essay[fact.essay].append(i)
        groups.join(first.setdefault((cluster_of.get(fact.essay, fact.essay), fact.slots), i), i)
    for passage in shared:
        inside_a = _inside(facts, of_essay[passage.a], passage.a_span)
        inside_b = _inside(facts, of_essay[passage.b], passage.b_span)
        for slots in inside_a.keys() & inside_b.keys():
            groups.join(inside_a[slots], inside_b[slots])
    return _by_place(facts, [groups.first(i) for i in range(len(facts))])


def _by_place(facts: Sequence[Placed], group: Sequence[int]) -> dict[str, str]:
    """Groups that tell of several places cut into one for each; what tells of none then stays apart."""
    places: dict[int, set[tuple[str | None, ...]]] = defaultdict(set)
    for fact, number in zip(facts, group, strict=True):
        if any(fact.place):
            places[number].add(fact.place)
    first: dict[tuple[int, tuple[str | None, ...]], str] = {}
    evidence = {}
    for fact, number in zip(facts, group, strict=True):
        place = fact.place if len(places[number]) > 1 and any(fact.place) else ()
        evidence[fact.id] = first.setdefault((number, place), fact.id)
    return evidence


def _inside(facts: Sequence[Placed], numbers: Iterable[int], span: Span) -> dict[tuple[object, ...], int]:
    """One fact for each set of slots whose quote lies inside the span."""
    return {facts[i].slots: i for i in numbers if span.start <= facts[i].start and facts[i].end <= span.end}


class _Groups:
    """Union-find whose groups are named after their first member."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def first(self, i: int) -> int:
        while self._parent[i] != i:
            self._parent[i] = self._parent[self._parent[i]]
            i = self._parent[i]
        return i

    def join(self, i: int, j: int) -> None:
        i, j = self.first(i), self.first(j)
        self._parent[max(i, j)] = min(i, j)
