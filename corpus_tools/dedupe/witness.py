"""A witness: one copy of a text, as textual critics call it; an essay with the page it stands on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from corpus_tools.records import Essay, Mark, Page
from corpus_tools.text import Edit, Span


class Name(NamedTuple):
    """How a witness is named: its page and the number of the essay there."""

    doc: str
    essay: int

    def __str__(self) -> str:
        return f"{self.doc}#{self.essay}"


@dataclass(frozen=True, slots=True)
class Witness:
    """One copy of a text. `start` and `end` are in the page's clean text."""

    name: Name
    page: Page
    start: int
    end: int
    heading: str = ""

    @property
    def text(self) -> str:
        """The clean text of the essay."""
        return str(self.page.text)[self.start : self.end]

    @property
    def raw(self) -> Span:
        """Where it stands in the raw text of its page."""
        return self.page.text.raw_span(self.start, self.end)

    def raw_span(self, start: int, end: int) -> Span:
        """The place in the page's raw text of `[start, end)` of the essay's clean text."""
        return self.page.text.raw_span(self.start + start, self.start + end)

    def marks(self) -> Iterator[tuple[Mark, Span]]:
        """Hidden, lost and damaged places, each with its place in the essay's clean text, in order."""
        raw = self.raw
        for mark in self.page.marks:
            if raw.start <= mark.start and mark.end <= raw.end:
                span = self.page.text.clean_span(mark.start, mark.end)
                start, end = max(span.start, self.start), min(span.end, self.end)
                if start < end:
                    yield mark, Span(start - self.start, end - self.start)

    def edits(self) -> Iterator[Edit]:
        """The single changes that were made to its raw text, in order."""
        raw = self.raw
        for edit in self.page.text.edits:
            if raw.start <= edit.start and edit.end <= raw.end:
                yield from edit.leaves

    def changes(self) -> Counter[str]:
        """How many changes of each kind were made to it."""
        return Counter(edit.kind for edit in self.edits())


def witness_of(page: Page, essay: Essay) -> Witness:
    """An essay of a page as a witness."""
    return Witness(Name(page.source.doc, essay.number), page, essay.start, essay.end, essay.heading)
