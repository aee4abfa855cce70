"""Facts brought together for a comparison table."""

from __future__ import annotations

from collections.abc import Iterable

from corpus_tools.records import Fact
from corpus_tools.store.stored import Finding, StoredFact

Area = tuple[str | None, str | None, str | None]


def findings(facts: Iterable[StoredFact]) -> list[Finding]:
    """Facts that say the same as one line each, in order of kind, measure, place and first appearance.

    A piece of evidence stands where the first of its copies that names a place says.
    """
    facts = list(facts)
    area_of: dict[str, Area] = {}
    for fact in facts:
        if any(_area(fact.fact)):
            area_of.setdefault(fact.evidence, _area(fact.fact))
    lines: dict[tuple[tuple[str, ...], tuple[object, ...]], list[StoredFact]] = {}
    for fact in facts:
        area = area_of.get(fact.evidence, (None, None, None))
        where = (fact.fact.kind, fact.fact.measure, *(name or "" for name in area))
        lines.setdefault((where, _said(fact.fact)), []).append(fact)
    return [_finding(line) for _, line in sorted(lines.items(), key=lambda item: item[0][0])]


def _said(fact: Fact) -> tuple[object, ...]:
    """What two facts of one measure and place must share to be one line of the table."""
    quantity = (fact.op, fact.value, fact.unit, fact.per, fact.masked)
    return (fact.subject, *quantity, fact.base, fact.modality)


def _area(fact: Fact) -> Area:
    return fact.province, fact.city, fact.county


def _finding(line: list[StoredFact]) -> Finding:
    """The line, each piece of evidence shown by its first copy that names the place."""
    shown: dict[str, StoredFact] = {}
    for fact in line:
        known = shown.setdefault(fact.evidence, fact)
        if not any(_area(known.fact)) and any(_area(fact.fact)):
            shown[fact.evidence] = fact
    return Finding(tuple(shown.values()), sources=len(shown), places=len(line))
