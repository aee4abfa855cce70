"""Copies of one text set side by side: where they differ, and what one can tell about the damage of another.

Every witness is aligned to one of them, the base. Places where any of them differs become variants; where a witness
lacks a long stretch of the base it has a lacuna, so that a truncated copy does not swallow the variants of the others.
Base, variants and lacunae together hold every character of every witness: `Collation.read` gives each back.

Nothing here changes a text. What a copy could tell about a hidden, lost or missing place of another is a `Suggestion`
that names the witness it comes from (see suggest.py).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from corpus_tools.dedupe.align import Gap, align, gaps
from corpus_tools.dedupe.witness import Witness
from corpus_tools.records import Mark
from corpus_tools.text import Span, joined

VariantKind = Literal["punctuation", "hidden", "damage", "omission", "addition", "number", "wording"]
Marks = Sequence[Sequence[tuple[Mark, Span]]]  # of each witness, with their places in its text
DIGITS = frozenset("0123456789０１２３４５６７８９〇零一二两三四五六七八九十百千万半")


@dataclass(frozen=True, slots=True)
class CollateConfig:
    """What counts as a gap and what may be offered."""

    lacuna: int = field(default=40, metadata={"help": "base characters that a witness lacks in a row: from here a gap"})
    omission: int = field(default=15, metadata={"help": "characters that a copy lacks in a row: from here offered"})
    max_witnesses: int = field(default=60, metadata={"help": "copies of one text that are collated"})
    max_hidden: int = field(default=40, metadata={"help": "characters offered for a hidden place, at most"})
    max_damage: int = field(default=600, metadata={"help": "characters offered for damaged or lost words, at most"})
    context: int = field(default=4, metadata={"help": "characters beside a place that both copies must have alike"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What one witness has at a place. Here and below, positions are in `Witness.text`."""

    witness: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Variant:
    """A place at which witnesses differ. Witnesses without a reading have a lacuna there."""

    start: int  # in the base
    end: int
    kind: VariantKind
    readings: tuple[Reading, ...]  # in the order of the witnesses, the base's first

    @property
    def lemma(self) -> str:
        """What the base has."""
        return self.readings[0].text

    @property
    def grouped(self) -> dict[str, tuple[int, ...]]:
        """The witnesses of each reading, the base's reading first."""
        found: dict[str, tuple[int, ...]] = {}
        for reading in self.readings:
            found[reading.text] = (*found.get(reading.text, ()), reading.witness)
        return found


@dataclass(frozen=True, slots=True)
class Lacuna:
    """A stretch of the base that a witness lacks."""

    witness: int
    start: int  # in the base
    end: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What other witnesses have where one is hidden, damaged or breaks off. Never applied by itself.

    `kind` is the mark's (masked, mojibake, dropped_text, doubled), or truncated, or omitted.
    """

    kind: str
    witness: int
    start: int  # in the witness; an empty span where words are to be put in
    end: int
    text: str  # what stands there
    offer: str
    sources: tuple[int, ...]  # the witnesses that have the offered words
    at: tuple[Span, ...]  # where each has them


@dataclass(frozen=True, slots=True)
class Collation:
    """Copies of one text compared; the first witness is the base."""

    witnesses: tuple[Witness, ...]
    variants: tuple[Variant, ...] = ()
    lacunae: tuple[Lacuna, ...] = ()
    suggestions: tuple[Suggestion, ...] = ()
    left_out: int = 0  # further copies, beyond `max_witnesses`

    def read(self, witness: int) -> str:
        """The text of a witness, put together from the base, the variants and the lacunae."""
        base = self.witnesses[0].text
        missing = [gap for gap in self.lacunae if gap.witness == witness]
        pieces: list[str] = []
        at = 0
        for variant in self.variants:
            pieces += _without(base, at, variant.start, missing)
            pieces += (reading.text for reading in variant.readings if reading.witness == witness)
            at = variant.end
        pieces += _without(base, at, len(base), missing)
        return "".join(pieces)


class Against(NamedTuple):
    """A witness held against the base: where the two differ."""

    text: str
    gaps: tuple[Gap, ...]  # a is the base, b the witness

    def left(self, at: int) -> int:
        """The witness's place of a base place, before what the witness adds there."""
        return self._place(at, added=False)

    def right(self, at: int) -> int:
        """The witness's place of a base place, after what the witness adds there."""
        return self._place(at, added=True)

    def base_span(self, span: Span) -> Span:
        """The least stretch of the base that stands for `span` of the witness."""
        start, end = span
        for gap in self.gaps:
            if gap.b_end <= span.start:
                start = span.start + gap.a_end - gap.b_end
            elif gap.b_start < span.start:
                start = gap.a_start
            if gap.b_end < span.end or (gap.b_start < gap.b_end == span.end):
                end = span.end + gap.a_end - gap.b_end
            elif gap.b_start < span.end:
                end = gap.a_end
        return Span(start, max(start, end))

    def _place(self, at: int, added: bool) -> int:
        number = bisect_right(self.gaps, at, key=lambda gap: gap.a_start) - 1
        if number < 0:
            return at
        gap = self.gaps[number]
        if at == gap.a_start and not added:
            return gap.b_start
        return gap.b_end + max(0, at - gap.a_end)


def collate(
    witnesses: Sequence[Witness],
    config: CollateConfig = CollateConfig(),
    *,
    one_text: bool = True,
) -> Collation:
    """The copies compared, the first of them being the base; with what they could tell about each other's damage.

    `one_text`: they are copies of one text, so what one lacks another may complete; not so where they only share
    passages.
    """
    from corpus_tools.dedupe.suggest import suggestions

    known = tuple(witnesses[: config.max_witnesses])
    if not known:
        return Collation(())
    against = [compared(known[0].text, witness.text) for witness in known]
    missing = _lacunae(against, config)
    marks = [list(witness.marks()) for witness in known]
    variants = tuple(_variant(marks, against, place, missing) for place in _places(against, config))
    lacunae = tuple(left for gap in missing if (left := _silent(gap, variants)))
    offers = suggestions(marks, against, config, one_text)
    return Collation(known, variants, lacunae, offers, len(witnesses) - len(known))


def compared(base: str, text: str) -> Against:
    """A text held against the base."""
    return Against(text, tuple(gaps(align(base, text), base, text)))


def _lacunae(against: Sequence[Against], config: CollateConfig) -> list[Lacuna]:
    return [
        Lacuna(number, gap.a_start, gap.a_end)
        for number, each in enumerate(against)
        for gap in each.gaps
        if gap.a_end - gap.a_start >= config.lacuna
    ]


def _places(against: Sequence[Against], config: CollateConfig) -> list[Span]:
    """The places of the base at which any witness differs, those that touch made one."""
    spans = {
        Span(gap.a_start, gap.a_end if gap.a_end - gap.a_start < config.lacuna else gap.a_start)
        for each in against
        for gap in each.gaps
        if gap.a_end - gap.a_start < config.lacuna or gap.b_start < gap.b_end
    }
    return joined(spans)


def _variant(marks: Marks, against: Sequence[Against], place: Span, missing: Iterable[Lacuna]) -> Variant:
    inside = {gap.witness for gap in missing if _covers(gap, place)}
    readings = []
    for number, each in enumerate(against):
        start, end = each.left(place.start), each.right(place.end)
        if number not in inside or start < end:
            readings.append(Reading(number, start, end, each.text[start:end]))
    return Variant(*place, _kind(marks, readings), tuple(readings))


def _covers(lacuna: Lacuna, place: Span) -> bool:
    if place.start == place.end:
        return lacuna.start < place.start < lacuna.end
    return lacuna.start <= place.start and place.end <= lacuna.end


def _silent(lacuna: Lacuna, variants: Iterable[Variant]) -> Lacuna | None:
    """What is left of a lacuna beside the variants in which its witness has a reading; None where nothing is."""
    start, end = lacuna.start, lacuna.end
    for variant in variants:
        if variant.end <= start or end <= variant.start or variant.start == variant.end:
            continue
        if any(reading.witness == lacuna.witness for reading in variant.readings):
            if variant.start <= start:
                start = min(end, variant.end)
            else:
                end = variant.start
    return Lacuna(lacuna.witness, start, end) if start < end else None


def _kind(marks: Marks, readings: Sequence[Reading]) -> VariantKind:
    kinds = {
        mark.kind
        for reading in readings
        for mark, span in marks[reading.witness]
        if reading.start < span.end and span.start < reading.end
    }
    if kinds:
        return "hidden" if kinds == {"masked"} else "damage"
    plain = ["".join(c for c in reading.text if c.isalnum()) for reading in readings]
    if len(set(plain)) == 1:
        return "punctuation"
    if "" in plain:
        return "omission" if plain[0] else "addition"
    return "number" if all(set(text) <= DIGITS for text in plain) else "wording"


def _without(base: str, start: int, end: int, missing: Iterable[Lacuna]) -> Iterator[str]:
    """The pieces of `base[start:end]` outside the lacunae, which are in order."""
    for gap in missing:
        if gap.end <= start or end <= gap.start:
            continue
        yield base[start : max(start, gap.start)]
        start = min(end, gap.end)
    yield base[start:end]
