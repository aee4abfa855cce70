"""The report of a database as one HTML file: the funnel, the facts compared, who copied what, what was cleaned."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from corpus_tools.records import BOILERPLATE_KINDS, Boilerplate, Noise, boilerplate_of, noise_of
from corpus_tools.report import render, wording
from corpus_tools.report.copies import Comparing, compared, quoted_passages
from corpus_tools.report.network import network
from corpus_tools.report.side_by_side import comparisons, longest_first
from corpus_tools.store import Database, Judgement
from corpus_tools.store.stored import Finding, StoredCluster, StoredEssay


@dataclass(frozen=True, slots=True)
class ReportConfig:
    """How much of a large corpus one HTML file shows; what is left out is counted in it."""

    max_pairs: int = field(default=60, metadata={"help": "pairs of essays shown side by side"})
    max_lines: int = field(default=300, metadata={"help": "pairs drawn in the network"})
    max_clusters: int = field(default=200, metadata={"help": "groups of copies listed"})
    max_findings: int = field(default=2_000, metadata={"help": "rows of the comparison of facts"})
    max_compared: int = field(default=60, metadata={"help": "groups whose copies are compared with each other"})
    max_variants: int = field(default=12, metadata={"help": "places shown at which the copies of one text differ"})
    max_chars: int = field(default=12_000, metadata={"help": "characters shown of each essay"})


@dataclass(frozen=True, slots=True)
class Member:
    """An essay of a group of copies."""

    essay: StoredEssay
    title: str
    site: str
    date: str


@dataclass(frozen=True, slots=True)
class Group:
    """Essays that are one text, the representative first."""

    members: tuple[Member, ...]
    compared: Comparing | None = None


def write_report(database: Database, path: Path, config: ReportConfig = ReportConfig()) -> None:
    """Write the report of `database` to `path`: one file that asks nothing of the network."""
    findings = database.findings()
    pairs = list(database.pairs())
    clusters = sorted(database.clusters(), key=lambda c: (-len(c.members), c.representative))
    shown = longest_first(pairs, config.max_pairs)
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
        groups=groups(database, clusters[: config.max_clusters], config),
        clusters=len(clusters),
        comparisons=list(comparisons(database, shown, config.max_chars)),
        quoted=quoted_passages(database, shown),
        pairs=len(pairs),
        network=network(longest_first(pairs, config.max_lines)),
        lines=min(len(pairs), config.max_lines),
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


def groups(database: Database, clusters: Sequence[StoredCluster], config: ReportConfig) -> list[Group]:
    """The clusters with what the pages say of their essays, the copies compared."""
    chiefs = [cluster.representative for cluster in clusters[: config.max_compared]]
    comparing = compared(database, chiefs, config.max_variants)
    metas = {document.doc: document.meta for document in database.documents()}
    essays: dict[str, dict[int, StoredEssay]] = {}
    found = []
    for cluster in clusters:
        members = []
        for id_ in sorted(cluster.members, key=lambda m: (m != cluster.representative, m)):
            if id_.doc not in essays:
                essays[id_.doc] = {essay.id.essay: essay for essay in database.essays(id_.doc)}
            meta = metas[id_.doc]
            essay = essays[id_.doc][id_.essay]
            members.append(Member(essay, meta.title or "", meta.site or "", meta.date or ""))
        found.append(Group(tuple(members), comparing.get(cluster.representative)))
    return found


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
