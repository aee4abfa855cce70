"""The report of a database as one HTML file: the funnel, the facts compared, who copied what, what was cleaned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

from corpus_tools.records import BOILERPLATE_KINDS, Boilerplate, Noise, boilerplate_of, noise_of
from corpus_tools.report import render, wording
from corpus_tools.report.config import ReportConfig
from corpus_tools.report.groups import copies_in
from corpus_tools.store import Database, Judgement
from corpus_tools.store.stored import Finding


def write_report(database: Database, path: Path, config: ReportConfig = ReportConfig()) -> None:  # noqa: B008
    """Write the report of `database` to `path`: one file that asks nothing of the network."""
    findings = database.findings()
    render.write(
        "report.html",
        path,
        counts=database.counts(),
        failures=list(database.failures()),
        judgements=judgements(database),
        measures=by_measure(findings[: config.max_findings]),
        provinces=sorted({f.facts[0].fact.province for f in findings if f.facts[0].fact.province}),
        findings=len(findings),
        shown_findings=min(len(findings), config.max_findings),
        copies=copies_in(database, config),
        cleaned=cleaned(database),
        wording=wording,
    )


def judgements(database: Database) -> dict[str, Judgement]:
    """What reviewers said of each piece of evidence, in whichever of its places."""
    said = database.judgements()
    found: dict[str, Judgement] = {}
    for fact in database.facts() if said else ():
        if fact.id in said:
            found.setdefault(fact.evidence, said[fact.id])
    return found


def by_measure(findings: Iterable[Finding]) -> list[tuple[str, list[tuple[str, list[Finding]]]]]:
    """Findings under their kind and measure, in the order of the labelling guide."""
    kinds, measures = list(wording.KINDS), list(wording.MEASURES)

    def key(finding: Finding) -> tuple[int, str, int, str]:
        fact = finding.facts[0].fact
        kind = kinds.index(fact.kind) if fact.kind in kinds else len(kinds)
        measure = measures.index(fact.measure) if fact.measure in measures else len(measures)
        return kind, fact.kind, measure, fact.measure

    ordered = sorted(findings, key=key)
    return [
        (kind, [(measure, list(rows)) for measure, rows in groupby(of_kind, key=lambda f: f.facts[0].fact.measure)])
        for kind, of_kind in groupby(ordered, key=lambda f: f.facts[0].fact.kind)
    ]


def cleaned(database: Database) -> list[tuple[str, bool, int, int]]:
    """What was removed or mended: kind, whether it was the site's own, places, raw characters."""
    places: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for document in database.documents():
        page = database.page(document.doc)
        found: list[Boilerplate | Noise] = [*boilerplate_of(page), *noise_of(page)]
        for each in found:
            places[each.kind] += 1
            characters[each.kind] += each.end - each.start
    ordered = sorted(places, key=lambda kind: (kind not in BOILERPLATE_KINDS, -places[kind], kind))
    return [(kind, kind in BOILERPLATE_KINDS, places[kind], characters[kind]) for kind in ordered]
