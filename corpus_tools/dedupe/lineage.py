"""Lineage: which copy is likely the source of another, and what says so.

Copying leaves marks: words are hidden, ends are cut, characters break, the script is converted, a site's notice is
carried along. Whoever has fewer of them is likely nearer the source; a date says so outright. Where the signs are weak
or against each other the answer is "undirected", which is an answer too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from corpus_tools.dedupe.fold import fold
from corpus_tools.nlp import opencc
from corpus_tools.records import Passage

# How much each sign counts. A date alone decides, and so do hidden words, which nobody restores; of the others it
# takes two.
DATE, MASKS, COMPLETENESS, DAMAGE, SCRIPT, NOTICES = 4.0, 2.0, 1.0, 1.0, 1.0, 1.0
ENOUGH = 2.0
MUCH_SHORTER = 0.9


@dataclass(frozen=True, slots=True)
class Witness:
    """What is known of one copy."""

    name: str
    text: str
    date: str | None = None  # 2014-09-01, 2014-09 or 2014; others are passed over
    masks: int = 0  # places where words are hidden
    damage: int = 0  # broken places
    notices: int = 0  # a site's own sentences left inside the text


@dataclass(frozen=True, slots=True)
class Sign:
    """One piece of evidence: what it is, in words, and how much it speaks for the first of the two as the source."""

    kind: str
    says: str
    weight: float


@dataclass(frozen=True, slots=True)
class Descent:
    """Two copies: `source` and `copy` if directed, in alphabetical order if not."""

    source: str
    copy: str
    directed: bool
    signs: tuple[Sign, ...]


@dataclass(frozen=True, slots=True)
class Lineage:
    """The likely source of a cluster, or None, and what is known of each two of its copies."""

    source: str | None
    descents: tuple[Descent, ...]


def lineage(witnesses: Sequence[Witness]) -> Lineage:
    """Which of the copies is likely the source of all, with the evidence for each two.

    >>> masked = Witness("甲", "20xx年我到青山小学", masks=1)
    >>> found = lineage([masked, Witness("乙", "2014年我到青山小学", date="2014-09")])
    >>> found.source, found.descents[0].directed
    ('乙', True)
    """
    ordered = sorted(witnesses, key=lambda witness: witness.name)
    descents = tuple(descent(a, b) for a, b in combinations(ordered, 2))
    copies = {d.copy for d in descents if d.directed}
    sources = {d.source for d in descents if d.directed}
    heads = [w.name for w in ordered if w.name in sources and w.name not in copies]
    return Lineage(heads[0] if len(heads) == 1 else None, descents)


def descent(a: Witness, b: Witness) -> Descent:
    """Which of two copies is likely the source of the other."""
    signs = tuple(_signs(a, b))
    total = sum(sign.weight for sign in signs)
    if abs(total) < ENOUGH:
        return Descent(a.name, b.name, False, signs)
    if total > 0:
        return Descent(a.name, b.name, True, signs)
    return Descent(b.name, a.name, True, tuple(Sign(s.kind, s.says, -s.weight) for s in signs))


def _signs(a: Witness, b: Witness) -> Iterator[Sign]:
    """The evidence; weights above zero say that b was made from a."""
    if (first := _earlier(a.date, b.date)) != 0:
        says = f"{a.name} is dated {a.date}, {b.name} {b.date}"
        yield Sign("date", says, first * DATE)
    yield from _fewer("masks", "hidden places", MASKS, a, b, a.masks, b.masks)
    yield from _fewer("damage", "broken places", DAMAGE, a, b, a.damage, b.damage)
    yield from _fewer("notices", "notices of a site", NOTICES, a, b, a.notices, b.notices)
    sizes = [len(fold([witness.text]).codes) for witness in (a, b)]
    if min(sizes) < MUCH_SHORTER * max(sizes):
        says = f"{a.name} has {sizes[0]:,} characters, {b.name} {sizes[1]:,}"
        yield Sign("completeness", says, COMPLETENESS if sizes[0] > sizes[1] else -COMPLETENESS)
    scripts = [_traditional(witness.text) for witness in (a, b)]
    if scripts[0] != scripts[1]:
        # the pages are mainland texts: what stands in traditional characters has been converted by a machine
        says = f"{(a if scripts[0] else b).name} is in traditional characters"
        yield Sign("script", says, SCRIPT if scripts[1] else -SCRIPT)


def _fewer(kind: str, what: str, weight: float, a: Witness, b: Witness, in_a: int, in_b: int) -> Iterator[Sign]:
    if in_a != in_b:
        yield Sign(kind, f"{a.name} has {in_a} {what}, {b.name} {in_b}", weight if in_a < in_b else -weight)


def _earlier(a: str | None, b: str | None) -> int:
    """1 where a is earlier than b, -1 where later, 0 where one says nothing or they agree as far as both go."""
    if not a or not b:
        return 0
    for x, y in zip(a.split("-"), b.split("-"), strict=False):
        if not (x.isdigit() and y.isdigit()):
            return 0
        if int(x) != int(y):
            return 1 if int(x) < int(y) else -1
    return 0


def _traditional(text: str) -> bool:
    """Whether more characters would change in conversion to simplified than to traditional."""
    to_simplified, to_traditional = opencc.convert(text, "t2s"), opencc.convert(text, "s2t")
    changed = [sum(x != y for x, y in zip(text, other, strict=False)) for other in (to_simplified, to_traditional)]
    return changed[0] > changed[1]


def quoted_from(passages: Iterable[Passage], higher: Collection[int]) -> dict[Passage, int]:
    """The passages that both texts have from a higher document (a ministry's), with that document.

    `higher` are the numbers of such documents among the texts compared. A passage counts when nearly all of it stands,
    on both sides, in what that side shares with the document.
    """
    listed = list(passages)
    shared: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for p in listed:
        if p.b in higher:
            shared.setdefault((p.a, p.b), []).append((p.a_start, p.a_end))
        if p.a in higher:
            shared.setdefault((p.b, p.a), []).append((p.b_start, p.b_end))
    found: dict[Passage, int] = {}
    for p in listed:
        if p.a in higher or p.b in higher:
            continue
        for document in sorted(higher):
            sides = ((p.a, p.a_start, p.a_end), (p.b, p.b_start, p.b_end))
            if all(_covered(start, end, shared.get((text, document), ())) for text, start, end in sides):
                found[p] = document
                break
    return found


def copied_share(
    text: int, length: int, passages: Iterable[Passage], quoted: Mapping[Passage, int] | None = None
) -> float:
    """The share of a text of that length that stands in these passages, quotations left out."""
    spans = [
        (p.a_start, p.a_end) if p.a == text else (p.b_start, p.b_end)
        for p in passages
        if text in (p.a, p.b) and p not in (quoted or {})
    ]
    return _length(spans) / length if length else 0.0


def _covered(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    inside = [(max(start, i), min(end, j)) for i, j in spans if i < end and start < j]
    return _length(inside) >= 0.9 * (end - start)


def _length(spans: Iterable[tuple[int, int]]) -> int:
    total, at = 0, -1
    for start, end in sorted(spans):
        total += max(0, end - max(start, at))
        at = max(at, end)
    return total
