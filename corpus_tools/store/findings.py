"""Facts brought together for a comparison table."""

from __future__ import annotations

from collections.abc import Iterable

from corpus_tools.records import Fact
from corpus_tools.store.stored import Finding, StoredFact


def findings(facts: Iterable[StoredFact]) -> list[Finding]:
    """Facts that say the same as one line each, in order of measure, place and first appearance."""
    lines: dict[tuple[object, ...], list[StoredFact]] = {}
    for fact in facts:
        lines.setdefault(_said(fact.fact), []).append(fact)
    found = [_finding(line) for line in lines.values()]
    return sorted(found, key=lambda finding: _place(finding.facts[0].fact))


def _said(fact: Fact) -> tuple[object, ...]:
    """What two facts must share to be one line of the table."""
    quantity = (fact.op, fact.value, fact.unit, fact.per, fact.masked)
    return (fact.measure, fact.subject, *quantity, fact.base, fact.modality, fact.province, fact.city, fact.county)


def _place(fact: Fact) -> tuple[str, ...]:
    return (fact.kind, fact.measure, fact.province or "", fact.city or "", fact.county or "")


def _finding(line: list[StoredFact]) -> Finding:
    first: dict[str, StoredFact] = {}
    for fact in line:
        first.setdefault(fact.evidence, fact)
    return Finding(tuple(first.values()), sources=len(first), places=len(line))
