"""The copies in a database as witnesses: collated, with their lineage, and written out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TextIO

from corpus_tools.dedupe.collate import CollateConfig, Collation, Suggestion, Variant, collate
from corpus_tools.dedupe.completed import Piece, completed
from corpus_tools.dedupe.lineage import Lineage, lineage
from corpus_tools.dedupe.quoted import Standing, quoted_from, standing
from corpus_tools.dedupe.tei import tei
from corpus_tools.dedupe.witness import Witness, witness_of
from corpus_tools.errors import DatabaseError
from corpus_tools.records import Passage
from corpus_tools.store.database import Database
from corpus_tools.store.stored import EssayId, StoredEssay, StoredPassage
from corpus_tools.text import Span

PAGES_KEPT = 64
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Collated:
    """Copies collated: a cluster under its representative, or two essays that only share passages."""

    base: EssayId
    collation: Collation
    one_text: bool
    lineage: Lineage | None = None


class Shelf:
    """The essays of a database as witnesses; the pages used last are held."""

    def __init__(self, database: Database) -> None:
        self._page = lru_cache(PAGES_KEPT)(database.page)
        self._essays = lru_cache(PAGES_KEPT)(lambda doc: {e.id.essay: e for e in database.essays(doc)})

    def essay(self, name: EssayId) -> StoredEssay:
        """One essay; raises DatabaseError where there is none."""
        essays = self._essays(name.doc)
        if name.essay not in essays:
            self._page(name.doc)  # says which pages there are
            raise DatabaseError(f"{name.doc} has {len(essays)} essays, no essay {name.essay}.")
        return essays[name.essay]

    def witness(self, name: EssayId) -> Witness:
        """One essay with its page."""
        return witness_of(self._page(name.doc), self.essay(name).essay)


def collated_clusters(
    database: Database,
    config: CollateConfig = CollateConfig(),  # noqa: B008
    only: Iterable[EssayId] | None = None,
) -> Iterator[Collated]:
    """Every cluster collated, the representative being the base; with `only`, the clusters these essays belong to."""
    shelf = Shelf(database)
    wanted = None if only is None else set(only)
    for cluster in database.clusters():
        if wanted is None or wanted & set(cluster.members):
            names = [cluster.representative, *(m for m in cluster.members if m != cluster.representative)]
            collation = collate([shelf.witness(name) for name in names], config)
            yield Collated(cluster.representative, collation, True, lineage(collation))


def collated_pairs(
    database: Database,
    config: CollateConfig = CollateConfig(),  # noqa: B008
    only: Iterable[EssayId] | None = None,
) -> Iterator[Collated]:
    """Every two essays that share text and are not of one cluster, the longer one being the base."""
    shelf = Shelf(database)
    wanted = None if only is None else set(only)
    for pair in database.pairs():
        if wanted is not None and not wanted & {pair.a, pair.b}:
            continue
        if shelf.essay(pair.a).representative != shelf.essay(pair.b).representative:
            names = sorted((pair.a, pair.b), key=lambda name: (-len(shelf.essay(name).text), name))
            yield Collated(names[0], collate([shelf.witness(name) for name in names], config, one_text=False), False)


def quotations(database: Database) -> dict[StoredPassage, EssayId]:
    """The passages that two essays both have from a document of a higher body, with that document."""
    metas = {document.doc: document.meta for document in database.documents()}
    essays = [(e.id, e.essay.heading, e.representative) for e in database.essays()]
    numbers = {name: number for number, (name, _, _) in enumerate(essays)}
    standings = {
        numbers[name]: level
        for name, heading, _ in essays
        if (level := standing(metas[name.doc], heading or metas[name.doc].title or "")) > Standing.NONE
    }
    if not standings:
        return {}
    same: dict[EssayId, set[int]] = {}
    for name, _, chief in essays:
        same.setdefault(chief, set()).add(numbers[name])
    stored = {Passage(numbers[p.a], numbers[p.b], *p.a_span, *p.b_span): p for p in database.passages()}
    groups = [frozenset(members) for members in same.values() if len(members) > 1]
    return {stored[p]: essays[document][0] for p, document in quoted_from(stored, standings, groups).items()}


def write_collations(
    database: Database,
    folder: str | Path,
    config: CollateConfig = CollateConfig(),  # noqa: B008
    only: EssayId | None = None,
    *,
    pairs: bool = True,
) -> dict[str, int]:
    """Writes variants, suggestions, collated, lineage and quotations.jsonl and tei/*.xml; how many of each.

    `pairs`: also essays that only share passages are compared.
    """
    target = Path(folder)
    if only is not None:
        Shelf(database).essay(only)
    names = None if only is None else [only]
    try:
        (target / "tei").mkdir(parents=True, exist_ok=True)
        return _written(database, target, config, names, pairs)
    except OSError as error:
        raise DatabaseError(f"{folder} cannot be written: {error.strerror}. Name another folder with --to.") from error


def _written(
    database: Database, target: Path, config: CollateConfig, only: list[EssayId] | None, pairs: bool
) -> dict[str, int]:
    clusters = ("variants", "suggestions", "collated", "lineage")
    counts = dict.fromkeys(("clusters", "copies_left_out", *clusters, "quotations"), 0)
    with ExitStack() as stack:
        files = {
            name: stack.enter_context((target / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n"))
            for name in (*clusters, "quotations")
        }
        for found in collated_clusters(database, config, only):
            counts["clusters"] += 1
            counts["copies_left_out"] += found.collation.left_out
            path = target / "tei" / file_name(found.base)
            path.write_text(tei(found.collation), encoding="utf-8", newline="\n")
            for name in clusters:
                counts[name] += _lines(files[name], ROWS[name](found))
        for found in collated_pairs(database, config, only) if pairs else ():
            for name in ("variants", "suggestions"):
                counts[name] += _lines(files[name], ROWS[name](found))
        counts["quotations"] += _lines(files["quotations"], quotation_rows(database, only))
    return counts


def file_name(base: EssayId) -> str:
    """The name of a cluster's TEI file: that of its page and essay, with signs no file system minds."""
    plain = re.sub(r"[^\w.-]+", "_", base.doc)[-80:]
    return f"{plain}_{base.essay}.xml"


def variant_rows(found: Collated) -> Iterator[Row]:
    """One row a place at which witnesses differ, with the place of every reading in clean and raw text."""
    for number, variant in enumerate(shown_variants(found), 1):
        yield {
            "base": list(found.base),
            "one_text": found.one_text,
            "variant": number,
            "kind": variant.kind,
            "base_reading": variant.lemma,
            "readings": [
                {**_where(found.collation.witnesses[r.witness], Span(r.start, r.end)), "reading": r.text}
                for r in variant.readings
            ],
        }


def suggestion_rows(found: Collated) -> Iterator[Row]:
    """One row a suggestion: the place, what stands there, what is offered, and the witnesses that have it."""
    for suggestion in found.collation.suggestions:
        yield suggestion_row(found.collation, suggestion)


def suggestion_row(collation: Collation, suggestion: Suggestion) -> Row:
    """One suggestion with its places in clean and raw text."""
    return {
        "kind": suggestion.kind,
        **_where(collation.witnesses[suggestion.witness], Span(suggestion.start, suggestion.end)),
        "reading": suggestion.text,
        "offer": suggestion.offer,
        "witnesses": [
            _where(collation.witnesses[number], span)
            for number, span in zip(suggestion.sources, suggestion.at, strict=True)
        ],
    }


def collated_rows(found: Collated) -> Iterator[Row]:
    """One row a copy of a cluster for which anything is offered: its text in pieces, the offers beside it."""
    for number, witness in enumerate(found.collation.witnesses):
        pieces = list(completed(found.collation, number))
        if any(piece.offers for piece in pieces):
            yield {
                "doc": witness.name.doc,
                "essay": witness.name.essay,
                "pieces": [_piece_row(found.collation, piece) for piece in pieces],
            }


def _piece_row(collation: Collation, piece: Piece) -> Row:
    if not piece.offers:
        return {"text": piece.text}
    offers = [
        {"offer": s.offer, "kind": s.kind, "witnesses": [list(collation.witnesses[n].name) for n in s.sources]}
        for s in piece.offers
    ]
    return {"text": piece.text, "offers": offers}


def lineage_rows(found: Collated) -> Iterator[Row]:
    """One row for each two copies of a cluster, with the signs for and against the direction."""
    if found.lineage is None:
        return
    names = [list(witness.name) for witness in found.collation.witnesses]
    source = found.lineage.source
    for descent in found.lineage.descents:
        yield {
            "base": list(found.base),
            "cluster_source": None if source is None else names[source],
            "source" if descent.directed else "a": names[descent.source],
            "copy" if descent.directed else "b": names[descent.copy],
            "directed": descent.directed,
            "weight": descent.weight,
            "signs": [{"kind": s.kind, "says": s.says, "weight": s.weight} for s in descent.signs],
        }


def quotation_rows(database: Database, only: list[EssayId] | None = None) -> Iterator[Row]:
    """One row a passage that two essays both quote, with the document they have it from."""
    for passage, document in quotations(database).items():
        if only is None or passage.a in only or passage.b in only:
            yield {
                "a": list(passage.a),
                "b": list(passage.b),
                "a_start": passage.a_span.start,
                "a_end": passage.a_span.end,
                "b_start": passage.b_span.start,
                "b_end": passage.b_span.end,
                "quoted_from": list(document),
            }


def shown_variants(found: Collated) -> list[Variant]:
    """All variants of one text; of two that only share passages those inside what they share."""
    if found.one_text:
        return list(found.collation.variants)
    longest = 40
    edges = {gap.start for gap in found.collation.lacunae} | {gap.end for gap in found.collation.lacunae}
    ends = {0, len(found.collation.witnesses[0].text), *edges}
    return [
        variant
        for variant in found.collation.variants
        if not {variant.start, variant.end} & ends and all(len(r.text) <= longest for r in variant.readings)
    ]


def _where(witness: Witness, span: Span) -> Row:
    """A witness and a place in it: in the clean text of its page, and in its raw text."""
    raw = witness.raw_span(*span)
    return {
        "doc": witness.name.doc,
        "essay": witness.name.essay,
        "start": witness.start + span.start,
        "end": witness.start + span.end,
        "raw_start": raw.start,
        "raw_end": raw.end,
    }


def _lines(file: TextIO, rows: Iterable[Row]) -> int:
    count = 0
    for row in rows:
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


ROWS: dict[str, Callable[[Collated], Iterator[Row]]] = {
    "variants": variant_rows,
    "suggestions": suggestion_rows,
    "collated": collated_rows,
    "lineage": lineage_rows,
}

__all__ = [
    "Collated",
    "collated_clusters",
    "collated_pairs",
    "quotations",
    "shown_variants",
    "suggestion_rows",
    "variant_rows",
    "write_collations",
]
