"""What the report says of a group of copies: who is likely the source, why, and where the copies differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus_tools.dedupe.collate import CollateConfig, Collation, Suggestion, Variant
from corpus_tools.dedupe.lineage import Descent
from corpus_tools.dedupe.witness import Name
from corpus_tools.store import Database
from corpus_tools.store.collations import Collated, collated_clusters, quotations
from corpus_tools.store.stored import EssayId, StoredPair

__all__ = ["Comparing", "Line", "Name", "Place", "Quoted", "compared", "comparing", "quoted_passages"]

CONTEXT = 10  # characters shown on either side of a variant
MOST_COLLATED = 20  # copies of one text: who has a hundred sees the first of them compared


@dataclass(frozen=True, slots=True)
class Line:
    """One line of descent, or two copies of which nobody can say who was first."""

    source: Name
    copy: Name
    directed: bool
    reasons: tuple[tuple[str, float], ...]  # in words, with the weight each has for the direction


@dataclass(frozen=True, slots=True)
class Place:
    """One row of the table of variants."""

    kind: str
    before: str
    after: str
    readings: tuple[tuple[str, tuple[Name, ...]], ...]  # what stands there, in which copies; the base first
    offers: tuple[tuple[str, tuple[Name, ...]], ...]  # for a hidden or damaged word, and by whom


@dataclass(frozen=True, slots=True)
class Comparing:
    """What comparing the copies of one text has shown."""

    source: Name | None  # None where it is open
    lines: tuple[Line, ...]
    places: tuple[Place, ...]
    variants: int  # all, those in punctuation alone left out
    offers: tuple[tuple[Name, str, tuple[Name, ...]], ...]  # text that a copy lacks: which copy, the text, who has it
    left_out: int


def compared(database: Database, chiefs: Iterable[EssayId], max_variants: int) -> dict[EssayId, Comparing]:
    """The clusters of these representatives compared."""
    config = CollateConfig(max_witnesses=MOST_COLLATED)
    return {each.base: comparing(each, max_variants) for each in collated_clusters(database, config, chiefs)}


def comparing(found: Collated, max_variants: int) -> Comparing:
    """One cluster, in words."""
    collation = found.collation
    variants = [variant for variant in collation.variants if variant.kind != "punctuation"]
    # what one copy could tell another comes first, then the rest as it stands in the text
    first = sorted(variants, key=lambda v: (v.kind not in ("hidden", "damage"), v.start))[:max_variants]
    source = found.lineage.source if found.lineage else None
    return Comparing(
        None if source is None else collation.witnesses[source].name,
        tuple(_lines(found)),
        tuple(_place(collation, variant) for variant in sorted(first, key=lambda v: v.start)),
        len(variants),
        tuple(_offers(collation)),
        collation.left_out,
    )


Quoted = tuple[tuple[int, EssayId], ...]  # how many characters, from which document


def quoted_passages(database: Database, pairs: Iterable[StoredPair]) -> dict[tuple[EssayId, EssayId], Quoted]:
    """For pairs that both quote a higher document how much of it."""
    shown = {(pair.a, pair.b) for pair in pairs}
    characters: dict[tuple[EssayId, EssayId], Counter[EssayId]] = {}
    for passage, document in quotations(database).items():
        if (passage.a, passage.b) in shown:
            of_pair = characters.setdefault((passage.a, passage.b), Counter())
            of_pair[document] += passage.a_span.end - passage.a_span.start
    return {
        names: tuple((count, document) for document, count in sorted(counts.items()))
        for names, counts in characters.items()
    }


def _lines(found: Collated) -> Iterator[Line]:
    """For each copy its likely source; where there is none, what is known of it and the representative."""
    if found.lineage is None:
        return
    for descent in found.lineage.parents:
        yield _line(found.collation, descent)
    # two groups of copies without a way from one to the other
    tied = {n for d in found.lineage.parents for n in (d.source, d.copy)}
    for descent in found.lineage.descents:
        if not descent.directed and not {descent.source, descent.copy} <= tied:
            tied |= {descent.source, descent.copy}
            yield _line(found.collation, descent)


def _line(collation: Collation, descent: Descent) -> Line:
    a, b = _names(collation, (descent.source, descent.copy))
    return Line(a, b, descent.directed, tuple((sign.says, sign.weight) for sign in descent.signs))


def _place(collation: Collation, variant: Variant) -> Place:
    base = collation.witnesses[0].text
    readings = tuple((_short(text), _names(collation, numbers)) for text, numbers in variant.grouped.items())
    offers = [
        (_short(s.offer), _names(collation, s.sources))
        for s in collation.suggestions
        if s.text and any(r.witness == s.witness and r.start <= s.end and s.start <= r.end for r in variant.readings)
    ]
    return Place(
        variant.kind,
        base[max(0, variant.start - CONTEXT) : variant.start],
        base[variant.end : variant.end + CONTEXT],
        readings,
        tuple(dict.fromkeys(offers)),
    )


def _offers(collation: Collation) -> Iterator[tuple[Name, str, tuple[Name, ...]]]:
    for suggestion in collation.suggestions:
        if _lacks(suggestion):
            yield (
                collation.witnesses[suggestion.witness].name,
                _short(suggestion.offer.strip(), 120),
                _names(collation, suggestion.sources),
            )


def _lacks(suggestion: Suggestion) -> bool:
    return suggestion.kind in ("truncated", "omitted")


def _names(collation: Collation, witnesses: Iterable[int]) -> tuple[Name, ...]:
    return tuple(collation.witnesses[number].name for number in witnesses)


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else f"{text[: most - 10]} … {text[-8:]}"
