"""Two essays beside each other with what they share in colour."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from corpus_tools.store import Database
from corpus_tools.store.stored import EssayId, StoredEssay, StoredPair
from corpus_tools.text import Span, joined

COLOURS = 6


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of an essay; `colour` is the number of the shared passage's colour, None outside of any."""

    text: str
    colour: int | None = None


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two essays, cut into runs."""

    essay: StoredEssay
    pieces: tuple[Piece, ...]
    share: float  # of its characters that stand in a shared passage


@dataclass(frozen=True, slots=True)
class Comparison:
    """A pair of essays to be shown side by side."""

    pair: StoredPair
    a: Side
    b: Side
    passages: int


def comparisons(database: Database, pairs: Iterable[StoredPair], max_chars: int) -> Iterator[Comparison]:
    """The pairs ready to be shown; of a longer essay the first `max_chars` characters."""
    kept: dict[str, dict[EssayId, StoredEssay]] = {}
    for pair in pairs:
        for doc in (pair.a.doc, pair.b.doc):
            if doc not in kept:
                kept[doc] = {essay.id: essay for essay in database.essays(doc)}
        passages = list(database.passages(pair.a, pair.b))
        a = _side(kept[pair.a.doc][pair.a], [p.a_span for p in passages], max_chars)
        b = _side(kept[pair.b.doc][pair.b], [p.b_span for p in passages], max_chars)
        yield Comparison(pair, a, b, len(passages))


def _side(essay: StoredEssay, spans: Sequence[Span], max_chars: int) -> Side:
    shift = essay.essay.start
    inside = [Span(span.start - shift, span.end - shift) for span in spans]
    shared = sum(span.end - span.start for span in joined(inside))
    return Side(essay, tuple(_pieces(essay.text, inside, max_chars)), shared / max(1, len(essay.text)))


def _pieces(text: str, spans: Sequence[Span], max_chars: int) -> Iterator[Piece]:
    """The text cut at the passages, coloured in their order in the list; where two overlap the earlier one shows."""
    shown = text[:max_chars]
    numbered = sorted((span.start, span.end, i % COLOURS) for i, span in enumerate(spans))
    at = 0
    for start, end, colour in numbered:
        start, end = max(start, at), min(end, len(shown))
        if start >= end:
            continue
        if at < start:
            yield Piece(shown[at:start])
        yield Piece(shown[start:end], colour)
        at = end
    if at < len(shown):
        yield Piece(shown[at:])
    if len(text) > max_chars:
        yield Piece(f"… ({len(text) - max_chars:,} more characters)")
