"""The report of `dedupe`: what it wrote about a JSON Lines file, the largest groups of it shown in one HTML file.

Only what is shown is read again: its essays become pages of a small database, which the report reads as it does a
run's. A page's raw text is the user's; it is normalised, since what was mended and hidden tells who copied from whom.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from heapq import nlargest
from pathlib import Path
from typing import Any, NamedTuple

from corpus_tools.dedupe import DedupeConfig, find_duplicates
from corpus_tools.dedupe.jsonl import Written
from corpus_tools.normalise import normalise
from corpus_tools.read.fields import meta_of
from corpus_tools.records import Cluster, Duplicates, Essay, Page, Pair, Source
from corpus_tools.report import render, wording
from corpus_tools.report.config import ReportConfig
from corpus_tools.report.groups import copies_in
from corpus_tools.store import Database, EssayId
from corpus_tools.text import Text

Row = dict[str, Any]
SHOWN = ReportConfig(max_clusters=50, max_members=20, max_compared=20, max_pairs=40, max_lines=120)


class Shown(NamedTuple):
    """What of a large result the report shows, by the user's ids."""

    clusters: list[Row]  # the largest
    pairs: list[Row]  # each copy with its representative, two groups by one pair


def write_essay_report(
    path: Path, folder: Path, written: Written, text_field: str, config: ReportConfig = SHOWN
) -> Path:
    """Write report.html beside what `dedupe_jsonl` has written to `folder` about the file `path`; where it lies."""
    shown = _shown(folder, config)
    wanted = {str(name) for row in shown.clusters for name in _listed(row, config)}
    wanted |= {str(row[side]) for row in shown.pairs for side in "ab"}
    with Database(":memory:", create=True) as database:
        pages = _store(database, _rows(path, folder, wanted), text_field)
        _link(database, pages, shown, config)
        sizes = {EssayId(str(row["representative"]), 1): len(row["members"]) for row in shown.clusters}
        copies = copies_in(database, config, numbered=False, sizes=sizes)
    cut = copies.cut or written.clusters > len(copies.groups)
    copies = replace(copies, clusters=written.clusters, pairs=written.pairs, cut=cut)
    target = folder / "report.html"
    render.write("essays.html", target, file=path.name, written=written, copies=copies, wording=wording)
    return target


def _shown(folder: Path, config: ReportConfig) -> Shown:
    """The largest clusters, and of all pairs those that tell most."""
    chief: dict[str, str] = {}
    clusters = _lines(folder / "clusters.jsonl")
    noted = (_note(row, chief) for row in clusters)
    largest = nlargest(config.max_clusters, noted, key=lambda row: len(row["members"]))
    listed = {str(name) for row in largest for name in _listed(row, config)}
    best: dict[tuple[str, str], Row] = {}
    inside: list[Row] = []
    for row in _lines(folder / "pairs.jsonl"):
        a, b = str(row["a"]), str(row["b"])
        one, other = sorted((chief.get(a, a), chief.get(b, b)))
        if one != other and _telling(row) > _telling(best.get((one, other))):
            best[one, other] = row
        elif one == other and one in (a, b) and a != b and {a, b} <= listed:
            inside.append(row)
    others = [
        row
        for relations in (("near_duplicate",), ("contains_a", "contains_b"), ("shares_passage",))
        for row in nlargest(
            config.max_lines, (row for row in best.values() if row["relation"] in relations), key=_telling
        )
    ]
    return Shown(largest, inside + others)


def _note(row: Row, chief: dict[str, str]) -> Row:
    """The cluster as it is, its representative noted for each of its members."""
    chief.update((str(name), str(row["representative"])) for name in row["members"])
    return row


def _telling(row: Row | None) -> tuple[float, float]:
    return (row["containment"], row["jaccard"]) if row else (-1, -1)


def _listed(cluster: Row, config: ReportConfig) -> list[Any]:
    """The members of a cluster that the report lists, the representative first."""
    chief = cluster["representative"]
    return [chief, *(name for name in cluster["members"] if name != chief)][: config.max_members]


def _lines(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, file)


def _rows(path: Path, folder: Path, wanted: set[str]) -> Iterator[tuple[str, Row]]:
    """The rows of these ids, the first of each, in the order of the file."""
    left = set(wanted)
    with path.open("rb") as file:
        lines = (line for line in file if not line.isspace())
        # keep.jsonl has a short row for each text in the order of the file: only what is shown need be read whole
        for line, row in zip(lines, _lines(folder / "keep.jsonl"), strict=False):
            if (name := str(row["id"])) in left:
                left.discard(name)
                yield name, json.loads(line)


def _store(database: Database, rows: Iterable[tuple[str, Row]], text_field: str) -> list[Page]:
    """Puts each row into the database as a page of one essay; the pages."""
    pages = []
    with database.transaction():
        number = database.begin_input("essays", Path("essays"), None, "")
        for name, row in rows:
            text = Text(row[text_field].encode("utf-8", "replace").decode("utf-8"))
            page = normalise(Page(Source(name, "", "utf-8", "application/jsonl"), text, meta_of(row)))
            database.add_page(number, page, [Essay(1, "", 0, len(page.text))])
            pages.append(page)
    return pages


def _link(database: Database, pages: Sequence[Page], shown: Shown, config: ReportConfig) -> None:
    """Puts what was found about these pages into the database, passages for the pairs that are shown side by side."""
    at = {page.source.doc: number for number, page in enumerate(pages)}
    pairs = [_pair(row, at) for row in shown.pairs]
    clusters = [
        Cluster(at[str(row["representative"])], tuple(sorted(at[str(name)] for name in _listed(row, config))))
        for row in shown.clusters
    ]
    shared = {(pair.a, pair.b) for pair in pairs}
    found = find_duplicates([str(page.text) for page in pages], DedupeConfig())
    passages = [passage for passage in found.passages if (passage.a, passage.b) in shared]
    with database.transaction():
        rows, _ = database.essay_texts()
        database.link(rows, Duplicates(tuple(pairs), tuple(passages), tuple(clusters)), "")


def _pair(row: Row, at: Mapping[str, int]) -> Pair:
    a, b, relation = at[str(row["a"])], at[str(row["b"])], row["relation"]
    if a > b:
        a, b = b, a
        relation = {"contains_a": "contains_b", "contains_b": "contains_a"}.get(relation, relation)
    return Pair(a, b, relation, row["containment"], row["jaccard"])
