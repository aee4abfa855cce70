"""A page clean against raw, as runs that a terminal or a browser can colour."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from corpus_tools.records import Mark, Page


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of the page that met one fate: kept (no kind), changed, removed, or kept and marked."""

    raw: str
    clean: str
    kind: str | None = None
    note: str = ""

    @property
    def removed(self) -> bool:
        """Whether nothing of it is left."""
        return not self.clean

    @property
    def marked(self) -> bool:
        """Whether it was left as it stands and shown to the reader."""
        return self.kind is not None and self.raw == self.clean


@dataclass(frozen=True, slots=True)
class KindCount:
    """How often one kind of change was made on a page, and to how many raw characters."""

    kind: str
    places: int
    characters: int


def runs(page: Page) -> Iterator[Run]:
    """The page from first to last raw character; the runs' `raw` make up the raw text, their `clean` the clean text."""
    at = 0
    for piece, edit in page.text.pieces():
        if edit is None:
            yield from _kept(piece, at, page.marks)
        else:
            yield Run(piece, edit.replacement, edit.kind, edit.note)
        at += len(piece)


def counts(page: Page) -> list[KindCount]:
    """What was done to the page, the most frequent kind first; marks are counted with the kinds of edits."""
    places: Counter[str] = Counter()
    characters: Counter[str] = Counter()
    for run in runs(page):
        if run.kind is not None:
            places[run.kind] += 1
            characters[run.kind] += len(run.raw)
    return [KindCount(kind, places[kind], characters[kind]) for kind in sorted(places, key=lambda k: (-places[k], k))]


def _kept(piece: str, at: int, marks: tuple[Mark, ...]) -> Iterator[Run]:
    """A kept run, cut where marks begin and end; of marks that overlap the first counts."""
    done = 0
    for mark in marks:
        start, end = max(mark.start - at, done), min(mark.end - at, len(piece))
        if start >= end:
            continue
        if done < start:
            yield Run(piece[done:start], piece[done:start])
        yield Run(piece[start:end], piece[start:end], mark.kind, mark.note)
        done = end
    if done < len(piece):
        yield Run(piece[done:], piece[done:])
