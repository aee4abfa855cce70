"""What people said of facts, kept through every later run.

Why a review does not hang on its fact: a run that reads a page anew finds its facts anew, at other places and perhaps
with other slots. So a review keeps what it was made on: the raw words with some characters on either side, the slots
that were judged, and the right ones. When its page is stored again it is put where exactly these characters stand, if
they stand there once; otherwise it is orphaned: shown, never guessed, never lost. Which fact it speaks of is told by
place and slots each time somebody asks.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal, NamedTuple

from corpus_tools.errors import ConfigError
from corpus_tools.records import Page
from corpus_tools.store.reading import CORPUS_ORDER, FACTS, fact
from corpus_tools.store.slots import Slots, differences, from_json, same, slots_of, to_json
from corpus_tools.store.stored import StoredFact
from corpus_tools.text import Span

Verdict = Literal["accept", "correct", "reject", "missing"]
State = Literal["placed", "orphaned"]

CONTEXT_CHARS = 6  # the next line's 第二条 and no more of it; more where a page says the same twice


class Anchor(NamedTuple):
    """Raw words and the raw characters around them."""

    before: str
    quote: str
    after: str


@dataclass(frozen=True, slots=True)
class Review:
    """What one person said of one place of a page."""

    id: int
    doc: str
    span: Span | None  # where the quote stands in the raw text; None where the review is orphaned
    anchor: Anchor
    verdict: Verdict
    found: Slots | None  # the slots that were judged; None for `missing`
    right: Slots | None  # what the text says; None for `reject`
    by: str
    when: str  # UTC, ISO 8601
    note: str = ""

    @property
    def state(self) -> State:
        """Whether its words are where they can be told for certain."""
        return "orphaned" if self.span is None else "placed"

    @property
    def judged(self) -> Slots:
        """The slots it is about: those that were found, or those that should have been."""
        slots = self.found or self.right
        assert slots is not None
        return slots

    def judgement(self, slots: Slots) -> Verdict | None:
        """What it says of a fact at its place that reads so; None where it is about another reading."""
        if self.right is not None and same(slots, self.right):
            return "accept"
        return self.verdict if self.found is not None and same(slots, self.found) else None

    def at(self, doc: str, span: Span) -> bool:
        """Whether it stands on some of the same characters."""
        return self.doc == doc and self.span is not None and overlaps(self.span, span)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the latest review says of a fact as it now stands."""

    verdict: Verdict
    review: Review

    def record(self) -> dict[str, Any]:
        """As a field of a line of JSON; with the slots that are to be otherwise where it corrects."""
        said: dict[str, Any] = {
            "verdict": self.verdict,
            "by": self.review.by,
            "when": self.review.when,
            "note": self.review.note,
        }
        if self.verdict == "correct" and self.review.right is not None:
            said["slots"] = dict(differences(self.review.judged, self.review.right))
        return said


def overlaps(a: Span, b: Span) -> bool:
    """Whether two spans share a character."""
    return a.start < b.end and b.start < a.end


def anchor_of(raw: str, span: Span) -> Anchor:
    """The words of a span with as many characters around them as tell them from all other places of the page."""
    if not 0 <= span.start < span.end <= len(raw):
        raise ConfigError(f"{span.start}-{span.end} is no place of the page: it has {len(raw):,} characters.")
    few = min(CONTEXT_CHARS, len(raw))
    sides = (lambda n: (few, n)), (lambda n: (n, few)), (lambda n: (n, n))  # the last reaches the whole page
    anchors = [_least(raw, span, side) for side in sides]
    return min((a for a in anchors if place_of(raw, a) == span), key=lambda a: len(a.before) + len(a.after))


def _least(raw: str, span: Span, side: Callable[[int], tuple[int, int]]) -> Anchor:
    """The shortest anchor of a shape whose place is the span, or the longest where none is.

    More of the page never makes a place less certain.
    """

    def cut(chars: int) -> Anchor:
        before, after = side(chars)
        return Anchor(
            raw[max(0, span.start - before) : span.start], raw[span.start : span.end], raw[span.end : span.end + after]
        )

    sizes = range(min(CONTEXT_CHARS, len(raw)), len(raw))
    if place_of(raw, cut(sizes.start)) == span:
        return cut(sizes.start)
    return cut(sizes.start + bisect_left(sizes, True, key=lambda chars: place_of(raw, cut(chars)) == span))


def place_of(raw: str, anchor: Anchor) -> Span | None:
    """Where the words stand, where they stand once with just these characters around them."""
    whole = "".join(anchor)
    at = raw.find(whole)
    if at < 0 or raw.find(whole, at + 1) >= 0:
        return None
    start = at + len(anchor.before)
    return Span(start, start + len(anchor.quote))


def find_words(page: Page, words: str) -> Span:
    """The one place of the raw text where words stand, as the page has them or cleaned; ConfigError otherwise."""
    places = {Span(at, at + len(words)) for at in _each(page.text.raw, words)}
    clean = str(page.text)
    places |= {page.text.raw_span(at, at + len(words)) for at in _each(clean, words)} if not places else set()
    if len(places) != 1:
        how = "do not stand" if not places else "stand more than once"
        raise ConfigError(f"These words {how} in {page.source.doc}: {words!r}. Give them in full, or as START-END.")
    return places.pop()


def _each(text: str, words: str) -> Iterator[int]:
    at = text.find(words) if words else -1
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def now() -> str:
    """The time, as reviews have it."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def insert(connection: sqlite3.Connection, review: Review) -> int:
    """Stores a review, which has no place before `place_all`; its number."""
    if not review.by.strip():
        raise ConfigError("A review needs the name of who made it: --by NAME.")
    try:
        f"{review.by}{review.note}{to_json(review.right)}".encode()
    except UnicodeEncodeError:
        raise ConfigError("A name or note holds half a character, which cannot be stored. Type it anew.") from None
    place = review.span or Span(0, 0)
    row = connection.execute(
        "INSERT INTO reviews (doc, raw_start, raw_end, before, quote, after, measure, verdict, found, slots,"
        " reviewer, reviewed, note) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            review.doc,
            *place,
            *review.anchor,
            review.judged["measure"],
            review.verdict,
            to_json(review.found),
            to_json(review.right),
            review.by.strip(),
            review.when,
            review.note,
        ),
    ).lastrowid
    assert row is not None
    return row


def known(connection: sqlite3.Connection, wanted: Review) -> bool:
    """Whether this very review is stored already."""
    rows = connection.execute(
        "SELECT * FROM reviews WHERE doc = ? AND reviewed = ? AND reviewer = ?", (wanted.doc, wanted.when, wanted.by)
    )
    return any(replace(_review(row), id=wanted.id, span=wanted.span) == wanted for row in rows)


def place_all(connection: sqlite3.Connection, doc: str) -> None:
    """Puts the reviews of a page where their words now stand; those that cannot be placed become orphans."""
    rows = connection.execute("SELECT * FROM reviews WHERE doc = ?", (doc,)).fetchall()
    if not rows:
        return
    page = connection.execute("SELECT id, raw FROM documents WHERE doc = ?", (doc,)).fetchone()
    for row in rows:
        span = place_of(page["raw"], _anchor(row)) if page else None
        if span is None:
            connection.execute("UPDATE reviews SET document = NULL WHERE id = ?", (row["id"],))
        else:
            connection.execute(
                "UPDATE reviews SET document = ?, raw_start = ?, raw_end = ? WHERE id = ?",
                (page["id"], *span, row["id"]),
            )


def reviews(connection: sqlite3.Connection, state: State | None = None) -> Iterator[Review]:
    """The reviews of one state or of both, by page and then as they were made."""
    condition = {None: "1", "placed": "document IS NOT NULL", "orphaned": "document IS NULL"}[state]
    for row in connection.execute(f"SELECT * FROM reviews WHERE {condition} ORDER BY doc, id"):
        yield _review(row)


def review(connection: sqlite3.Connection, number: int) -> Review:
    """One review by its number."""
    return _review(connection.execute("SELECT * FROM reviews WHERE id = ?", (number,)).fetchone())


def _review(row: sqlite3.Row) -> Review:
    return Review(
        id=row["id"],
        doc=row["doc"],
        span=None if row["document"] is None else Span(row["raw_start"], row["raw_end"]),
        anchor=_anchor(row),
        verdict=row["verdict"],
        found=from_json(row["found"]),
        right=from_json(row["slots"]),
        by=row["reviewer"],
        when=row["reviewed"],
        note=row["note"],
    )


def _anchor(row: sqlite3.Row) -> Anchor:
    return Anchor(row["before"], row["quote"], row["after"])


def reviewed_pages(connection: sqlite3.Connection) -> dict[str, tuple[list[Review], list[StoredFact]]]:
    """For each page with reviews in place: these, oldest first, and all its facts."""
    pages: dict[str, tuple[list[Review], list[StoredFact]]] = {}
    for each in reviews(connection, "placed"):
        pages.setdefault(each.doc, ([], []))[0].append(each)
    condition = "d.id IN (SELECT document FROM reviews WHERE document IS NOT NULL)"
    for row in connection.execute(f"{FACTS} WHERE {condition} ORDER BY {CORPUS_ORDER}, f.start, f.row"):
        pages[row["doc"]][1].append(fact(row))
    return pages


def judgements(pages: Iterable[tuple[Sequence[Review], Sequence[StoredFact]]]) -> dict[str, Judgement]:
    """What the latest review that speaks of it says of each fact, by the fact's id."""
    found: dict[str, Judgement] = {}
    for said, facts in pages:
        for stored in facts:
            for each in said:
                verdict = each.judgement(slots_of(stored.fact)) if each.at(stored.doc, stored.raw) else None
                if verdict is not None:
                    found[stored.id] = Judgement(verdict, each)
    return found


def standing(said: Iterable[Review]) -> list[Review]:
    """The reviews, oldest first, without those about whose reading a later one says something else."""
    kept: dict[str, list[Review]] = defaultdict(list)
    for each in said:
        kept[each.doc] = [earlier for earlier in kept[each.doc] if not _replaces(each, earlier)] + [each]
    return [each for of_page in kept.values() for each in of_page]


def _replaces(later: Review, earlier: Review) -> bool:
    if earlier.span is None or not later.at(earlier.doc, earlier.span):
        return False
    return any(same(later.judged, slots) for slots in (earlier.found, earlier.right) if slots is not None)
