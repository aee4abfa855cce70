"""What the database gives back: the records of the flow with their place in the corpus."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from corpus_tools.records import Essay, Fact, PageMeta, Relation, Source
from corpus_tools.text import Span


class EssayId(NamedTuple):
    """One essay of the corpus."""

    doc: str
    essay: int  # from 1 in each page


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A page without its text; `Database.page(doc)` gives that."""

    doc: str
    path: Path  # the file it was read from
    source: Source
    meta: PageMeta
    raw_chars: int
    clean_chars: int
    essays: int
    facts: int


@dataclass(frozen=True, slots=True)
class StoredEssay:
    """An essay with its clean text; the positions in `essay` are in the page's clean text."""

    id: EssayId
    essay: Essay
    text: str
    raw: Span
    representative: EssayId  # of its cluster; itself where it has no copies
    copies: int  # essays in its cluster, itself among them


@dataclass(frozen=True, slots=True)
class StoredPair:
    """Two essays that share text, `a` before `b`."""

    a: EssayId
    b: EssayId
    relation: Relation
    containment: float
    jaccard: float


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A run of text that two essays share, in the clean text of their pages."""

    a: EssayId
    b: EssayId
    a_span: Span
    b_span: Span


@dataclass(frozen=True, slots=True)
class StoredCluster:
    """Essays that are one text, in corpus order."""

    representative: EssayId
    members: tuple[EssayId, ...]


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact with its place; the positions in `fact` are in the page's clean text.

    Facts with the same `evidence` are one piece of evidence that stands in `copies` places.
    """

    id: str
    doc: str
    fact: Fact
    raw: Span
    raw_quote: str
    bytes: Span | None  # of the raw quote, in the file
    context: Span  # the sentence around it, in the page's clean text
    evidence: str
    copies: int

    @property
    def essay(self) -> EssayId:
        """The essay it stands in."""
        return EssayId(self.doc, self.fact.essay)


@dataclass(frozen=True, slots=True)
class Counts:
    """How much of each there is: the funnel from files to independent evidence."""

    inputs: int
    pages: int
    essays: int
    unique_essays: int  # each cluster counted once
    clusters: int
    facts: int
    evidence: int  # facts, those in copies of one text counted once
    failures: int


@dataclass(frozen=True, slots=True)
class Hit:
    """One essay, or one fact, in which every word of a query stands.

    `text` is the clean text `[start, end)` of the page around the first match; `matches` are positions in the page's
    clean text, those that lie in `text`.
    """

    id: EssayId
    heading: str
    text: str
    start: int
    end: int
    matches: tuple[Span, ...]
    score: float  # higher is better
    copies: int  # essays that are this text, or places where this evidence stands, itself among them
    representative: EssayId
    fact: StoredFact | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """Facts that say the same, as one line of a comparison table: 3 independent sources, 11 copies."""

    facts: tuple[StoredFact, ...]  # the first place of each piece of evidence, in corpus order
    sources: int  # independent pieces of evidence
    places: int  # all places, copies included
