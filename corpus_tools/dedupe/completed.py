"""The collated text: a witness as it stands, with what others offer beside each hidden, damaged or missing place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from corpus_tools.dedupe.collate import Collation, Suggestion


class Piece(NamedTuple):
    """A run of the witness's own text; with offers, the place they are for, empty where words are missing."""

    text: str
    offers: tuple[Suggestion, ...] = ()


def completed(collation: Collation, witness: int = 0) -> Iterator[Piece]:
    """The text of a witness in pieces; those without their offers joined are its text to the character.

    Of places that overlap the first is taken; `Collation.suggestions` has them all.
    """
    text = collation.witnesses[witness].text if collation.witnesses else ""
    places: dict[tuple[int, int], list[Suggestion]] = {}
    for suggestion in collation.suggestions:
        if suggestion.witness == witness:
            places.setdefault((suggestion.start, suggestion.end), []).append(suggestion)
    at = 0
    for start, end in sorted(places):
        if start < at:
            continue
        if at < start:
            yield Piece(text[at:start])
        yield Piece(text[start:end], tuple(places[start, end]))
        at = end
    if at < len(text):
        yield Piece(text[at:])
