"""Single edits: one change each, and what is asked of several of them. What they make of a text stands in `text.py`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import le, lt
from typing import NamedTuple

# Kinds whose replacement stands character for character (學 -> 学, １ -> 1): half of such an edit is still an edit,
# so a later edit may cut it in two.
CHARACTERWISE = frozenset({"script", "width"})


class Span(NamedTuple):
    """A half-open range of code points."""

    start: int
    end: int


def joined(spans: Iterable[Span]) -> list[Span]:
    """The spans in order, those that touch or overlap made one.

    >>> joined([Span(4, 6), Span(0, 2), Span(2, 3)])
    [Span(start=0, end=3), Span(start=4, end=6)]
    """
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


@dataclass(frozen=True, slots=True, init=False)
class Edit:
    """One change: `[start, end)` gives way to `replacement`.

    As an argument of `Text.edited`, positions are in the clean text as it then stands; in `Text.edits` they are in the
    raw text. `note` names the rule or the evidence. `parts` are the single edits, oldest first, of which later steps
    made this one: a repaired word that was then converted to simplified characters keeps both.
    """

    start: int
    end: int
    replacement: str
    kind: str
    note: str = ""
    parts: tuple[Edit, ...] = ()

    def __init__(
        self, start: int, end: int, replacement: str, kind: str, note: str = "", parts: tuple[Edit, ...] = ()
    ) -> None:
        # As the dataclass would, in half the time: a traditional page makes an edit for every third character.
        _set_start(self, start)
        _set_end(self, end)
        _set_replacement(self, replacement)
        _set_kind(self, kind)
        _set_note(self, note)
        _set_parts(self, parts)

    @property
    def leaves(self) -> tuple[Edit, ...]:
        """The single edits this one is made of; itself where it is one."""
        return self.parts or (self,)

    @property
    def aligned(self) -> bool:
        """Whether each character of the replacement stands for the raw character at the same place."""
        return len(self.replacement) == self.end - self.start and all(
            len(part.replacement) == part.end - part.start for part in self.parts
        )


_set_start, _set_end, _set_replacement, _set_kind, _set_note, _set_parts = (
    vars(Edit)[name].__set__ for name in ("start", "end", "replacement", "kind", "note", "parts")
)


class Placed(NamedTuple):
    """An edit of the raw text with the clean span its replacement takes up."""

    start: int
    end: int
    edit: Edit


def in_order(edits: Sequence[Edit], length: int) -> bool:
    """Whether edits are not empty, follow one another, and lie in a text of `length` characters."""
    starts, ends = [edit.start for edit in edits], [edit.end for edit in edits]
    return all(map(lt, starts, ends)) and all(map(le, [0, *ends], [*starts, length]))


def misfit(edits: Sequence[Edit], length: int) -> str:
    """What is wrong with the first of `edits` that is out of place."""
    at = 0
    for edit in edits:
        if not 0 <= edit.start < edit.end <= length:
            return f"Edit {edit!r} is empty or outside a text of {length:,} characters."
        if edit.start < at:
            return f"Edit {edit!r} overlaps or comes before the edit before it; apply them one after the other."
        at = edit.end
    return ""


def spliced(text: str, edits: Sequence[Edit]) -> str:
    """`text` with the replacements of `edits`, which are in order and disjoint."""
    pieces = [""] * (2 * len(edits) + 1)
    bounds = zip([0, *[edit.end for edit in edits]], [*[edit.start for edit in edits], len(text)], strict=True)
    pieces[::2] = [text[low:high] for low, high in bounds]
    pieces[1::2] = [edit.replacement for edit in edits]
    return "".join(pieces)


def moved(edit: Edit, shift: int) -> Edit:
    """The edit `shift` characters further on."""
    if not shift:
        return edit
    return Edit(edit.start + shift, edit.end + shift, edit.replacement, edit.kind, edit.note, edit.parts)


def cut(edit: Edit, low: int, high: int) -> Edit:
    """Characters `[low, high)` of a characterwise edit."""
    if (low, high) == (0, edit.end - edit.start):
        return edit
    return replace(edit, start=edit.start + low, end=edit.start + high, replacement=edit.replacement[low:high])


def clusters(olds: Iterable[Placed], news: Sequence[Edit]) -> Iterator[tuple[list[Placed], list[Edit]]]:
    """Groups of earlier and fresh edits that share a character; an edit that meets no other is a group of its own."""
    items: list[tuple[int, int, Placed | Edit]] = [(old.start, old.end, old) for old in olds]
    items += [(new.start, new.end, new) for new in news]
    items.sort(key=lambda item: item[:2])
    group: tuple[list[Placed], list[Edit]] = ([], [])
    reach = 0
    for start, end, item in items:
        if start >= reach and (group[0] or group[1]):
            yield group
            group = ([], [])
        if isinstance(item, Placed):
            group[0].append(item)
        else:
            group[1].append(item)
        reach = max(reach, end)
    if group[0] or group[1]:
        yield group
