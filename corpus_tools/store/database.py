"""corpus.db as Python sees it: open it, ask it, and (for a run) fill it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from os import PathLike
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from corpus_tools.dedupe import DedupeConfig
from corpus_tools.dedupe.search import Compared
from corpus_tools.errors import ConfigError, DatabaseError
from corpus_tools.read.files import printable
from corpus_tools.records import Doubt, Duplicates, Essay, Fact, Failure, Page
from corpus_tools.store import linking, reading, reviews, write
from corpus_tools.store.connection import BUSY_SECONDS, IN_MEMORY, explained, open_connection
from corpus_tools.store.reading import FactFilter, short_name
from corpus_tools.store.reviews import Judgement, Review, State, Verdict
from corpus_tools.store.slots import NOTHING_YET, changed, same, slots_of
from corpus_tools.store.stored import (
    Counts,
    EssayId,
    Finding,
    Hit,
    StoredCluster,
    StoredDocument,
    StoredEssay,
    StoredFact,
    StoredPair,
    StoredPassage,
)
from corpus_tools.text import Span

if TYPE_CHECKING:
    from corpus_tools.store.trace import Trace

T = TypeVar("T")
HITS = 20


class StoredInput(NamedTuple):
    """A file that was given, as the run before left it."""

    id: int
    doc: str
    path: Path
    sha256: str | None
    settings: str
    parts: int  # of a large file, that are in
    done: bool
    repeats: dict[str, str]  # lines taken out because they repeat, and why


class Database:
    """A corpus database. Use it in a `with` statement; every error is a DatabaseError that says what to do.

    Opening one that does not exist is an error unless `create` is true. `":memory:"` with `create` is a fresh one that
    is gone when it is closed.
    """

    def __init__(self, path: str | PathLike[str], *, create: bool = False, busy_seconds: float = BUSY_SECONDS) -> None:
        self.path = Path(path)
        self._connection = open_connection(self.path, create=create, busy_seconds=busy_seconds)
        self._connection.row_factory = sqlite3.Row

    @classmethod
    def open(cls, path: str | PathLike[str], *, create: bool = False) -> Database:
        """The database at `path`; reads better than the bare class where nothing is passed on."""
        return cls(path, create=create)

    def __enter__(self) -> Database:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    # -- asking ------------------------------------------------------------------------------------------------------

    def counts(self) -> Counts:
        """How much of each there is."""
        with explained(self.path):
            return reading.counts(self._connection)

    def documents(self) -> Iterator[StoredDocument]:
        """The pages, without their text."""
        return self._each(reading.documents(self._connection))

    def page(self, doc: str) -> Page:
        """A page with its raw text, every edit and every mark; raises DatabaseError where there is none."""
        with explained(self.path):
            page = reading.page(self._connection, doc)
        if page is None:
            raise DatabaseError(f"{self.path} holds no page {doc!r}{self._hint(doc)}")
        return page

    def essays(self, doc: str | None = None) -> Iterator[StoredEssay]:
        """The essays with their clean text, of one page or of all."""
        return self._each(reading.essays(self._connection, doc))

    def pairs(self) -> Iterator[StoredPair]:
        """Pairs of essays that share text."""
        return self._each(reading.pairs(self._connection))

    def passages(self, a: EssayId | None = None, b: EssayId | None = None) -> Iterator[StoredPassage]:
        """The runs of text that essays share; of one pair where both are given, in the order of `pairs()`."""
        return self._each(reading.passages(self._connection, a, b))

    def clusters(self) -> Iterator[StoredCluster]:
        """Essays that are one text; essays without a copy are in none."""
        return self._each(reading.clusters(self._connection))

    def facts(
        self,
        *,
        kind: str | None = None,
        measure: str | None = None,
        province: str | None = None,
        doc: str | None = None,
    ) -> Iterator[StoredFact]:
        """The facts that fit every filter. A province may be short and in either script: 浙江, 廣東."""
        return self._each(reading.facts(self._connection, FactFilter(kind, measure, province, doc)))

    def fact(self, fact_id: str) -> StoredFact:
        """One fact by its id or the beginning of it; raises DatabaseError where none or several fit."""
        with explained(self.path):
            found = reading.facts_like(self._connection, fact_id) if fact_id else []
        exact = [fact for fact in found if fact.id == fact_id]
        if len(found) > 1 and not exact:
            raise DatabaseError(f"Several facts of {self.path} begin with {fact_id!r}. Give more of the id.")
        if not found:
            raise DatabaseError(
                f"{self.path} holds no fact {fact_id!r}. The ids stand in: corpus-tools search, export."
            )
        return (exact or found)[0]

    def findings(
        self, *, kind: str | None = None, measure: str | None = None, province: str | None = None
    ) -> list[Finding]:
        """Facts that say the same, brought together: the lines of a comparison table with their evidence counted.

        In order of measure, then place, then first appearance.
        """
        from corpus_tools.store.findings import findings

        lines = findings(self.facts(kind=kind, measure=measure))  # all: a copy may have lost the province's name
        if province is None:
            return lines
        wanted = short_name(province)
        return [line for line in lines if (line.facts[0].fact.province or "").startswith(wanted)]

    def failures(self) -> Iterator[Failure]:
        """Inputs and pages that were passed over, and why."""
        return self._each(reading.failures(self._connection))

    def search(
        self,
        query: str,
        *,
        province: str | None = None,
        kind: str | None = None,
        measure: str | None = None,
        limit: int | None = HITS,
    ) -> list[Hit]:
        """The essays in which every word of the query stands, best first; with a filter, facts instead.

        Words are separated by white space; "double quotes" keep a phrase with spaces together. Words may be of any
        length and in either script. A fact is found by the sentence it stands in, its subject and its base; facts that
        are one piece of evidence are one hit.
        """
        from corpus_tools.store.search import search_essays, search_facts

        with explained(self.path):
            if province is None and kind is None and measure is None:
                return search_essays(self._connection, query, limit)
            return search_facts(self._connection, query, FactFilter(kind, measure, province), limit)

    def trace(self, fact_id: str, root: Path | None = None) -> Trace:
        """Where a fact stands, down to the bytes of its file, and whether the file still says so.

        `root`: the input folder, where it has moved since the run.
        """
        from corpus_tools.store.trace import trace

        return trace(self, fact_id, root)

    def input_of(self, doc: str) -> StoredInput:
        """The file a page was read from."""
        with explained(self.path):
            row = self._connection.execute(
                "SELECT i.* FROM inputs i JOIN documents d ON d.input = i.id WHERE d.doc = ?", (doc,)
            ).fetchone()
        if row is None:
            raise DatabaseError(f"{self.path} holds no page {doc!r}{self._hint(doc)}")
        return _stored_input(row)

    # -- reviewing ---------------------------------------------------------------------------------------------------

    def add_review(
        self,
        fact_id: str,
        verdict: Verdict,
        *,
        by: str,
        corrections: Mapping[str, str] | None = None,
        note: str = "",
        when: str | None = None,
    ) -> Review:
        """Stores what somebody says of a fact: `accept`, `reject`, or `correct` with the slots to be otherwise.

        Later runs keep it. Raises DatabaseError where there is no such fact, ConfigError where a correction cannot be
        read or changes nothing.
        """
        stored = self.fact(fact_id)
        found = slots_of(stored.fact)
        right = None if verdict == "reject" else changed(found, corrections) if corrections else found
        if verdict == "missing" or (verdict == "correct") != bool(corrections):
            raise ConfigError("Say accept or reject, or correct with at least one slot to correct.")
        if verdict == "correct" and right is not None and same(found, right):
            raise ConfigError("This corrects nothing: the fact already reads so. Accept it.")
        anchor = reviews.anchor_of(self.page(stored.doc).text.raw, stored.raw)
        when = when or reviews.now()
        return self._keep(Review(0, stored.doc, stored.raw, anchor, verdict, found, right, by, when, note))

    def add_missing(
        self, doc: str, place: Span | str, slots: Mapping[str, str], *, by: str, note: str = "", when: str | None = None
    ) -> Review:
        """Stores a fact that was not found: its place in the raw text, or its words, and what it says.

        `slots` need at least a measure. Raises DatabaseError where there is no such page, ConfigError where the place
        or a slot cannot be told.
        """
        page = self.page(doc)
        span = reviews.find_words(page, place) if isinstance(place, str) else place
        anchor = reviews.anchor_of(page.text.raw, span)
        right = changed(NOTHING_YET, slots)
        return self._keep(Review(0, doc, span, anchor, "missing", None, right, by, when or reviews.now(), note))

    def add_reviews(self, made: Iterable[Review]) -> int:
        """Stores reviews of another database, each where its words stand here; how many were new."""
        with self.transaction():
            new = []
            for review in made:
                if not reviews.known(self._connection, review):
                    reviews.insert(self._connection, review)
                    new.append(review.doc)
            for doc in sorted(set(new)):
                reviews.place_all(self._connection, doc)
        return len(new)

    def reviews(self, *, state: State | None = None) -> Iterator[Review]:
        """What people said, by page, oldest first; `orphaned`: those whose place cannot be told for certain."""
        return self._each(reviews.reviews(self._connection, state))

    def judgements(self) -> dict[str, Judgement]:
        """What the latest review says of each reviewed fact, by the fact's id."""
        return reviews.judgements(self.reviewed_pages())

    def reviewed_pages(self) -> list[tuple[list[Review], list[StoredFact]]]:
        """For each page with reviews in place: these, oldest first, and all its facts."""
        with explained(self.path):
            return list(reviews.reviewed_pages(self._connection).values())

    def _keep(self, review: Review) -> Review:
        with self.transaction():
            number = reviews.insert(self._connection, review)
            reviews.place_all(self._connection, review.doc)
            return reviews.review(self._connection, number)

    # -- filling -----------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside, or nothing."""
        with explained(self.path):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def inputs(self) -> dict[str, StoredInput]:
        """The files by their doc."""
        with explained(self.path):
            rows = self._connection.execute("SELECT * FROM inputs ORDER BY doc").fetchall()
        return {row["doc"]: _stored_input(row) for row in rows}

    def doubts(self) -> Iterator[tuple[str, str, Doubt]]:
        """The lines that may be the site's, each with the doc of its file and that of its page."""
        return self._each(reading.doubted(self._connection))

    def page_counts(self) -> dict[str, int]:
        """How many pages each file gave, by its doc."""
        with explained(self.path):
            rows = self._connection.execute(
                "SELECT i.doc, count(*) FROM documents d JOIN inputs i ON i.id = d.input GROUP BY i.id"
            )
            return {row[0]: row[1] for row in rows}

    def begin_input(
        self, doc: str, path: Path, sha256: str | None, settings: str, repeats: Mapping[str, str] | None = None
    ) -> int:
        """Takes out what an earlier run stored of this file and begins anew; the id to store its pages under."""
        self.remove_inputs([doc])
        cursor = self._connection.execute(
            "INSERT INTO inputs (doc, path, sha256, settings, repeats, parts, done) VALUES (?, ?, ?, ?, ?, 0, 0)",
            (
                doc,
                printable(str(path)),
                sha256,
                settings,
                json.dumps(repeats or {}, ensure_ascii=False, sort_keys=True),
            ),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def add_page(
        self,
        input_id: int,
        page: Page,
        essays: Sequence[Essay] = (),
        facts: Sequence[Fact] = (),
        byte_spans: Sequence[Span | None] | None = None,
    ) -> None:
        """Stores one page. Raises DatabaseError where another file's page has the same doc."""
        spans = [None] * len(facts) if byte_spans is None else byte_spans
        with explained(self.path):
            write.insert_page(self._connection, input_id, page, essays, facts, spans)

    def add_failure(self, input_id: int, failure: Failure) -> None:
        """Stores why an input or one page of it was passed over."""
        self._connection.execute(
            "INSERT OR REPLACE INTO failures (input, doc, reason) VALUES (?, ?, ?)",
            (input_id, failure.doc, printable(failure.reason)),
        )

    def mark_input(self, input_id: int, parts: int, *, done: bool) -> None:
        """Notes how many parts of the file are in, and whether that is all of it."""
        self._connection.execute("UPDATE inputs SET parts = ?, done = ? WHERE id = ?", (parts, done, input_id))

    def moved_input(self, doc: str, path: Path) -> None:
        """The same file now stands elsewhere."""
        self._connection.execute("UPDATE inputs SET path = ? WHERE doc = ?", (printable(str(path)), doc))

    def remove_inputs(self, docs: Iterable[str]) -> None:
        """Takes files out with all that came from them; copies and evidence then wait to be looked for again."""
        ids = [
            row[0]
            for doc in docs
            for row in self._connection.execute("SELECT id FROM inputs WHERE doc = ?", (doc,)).fetchall()
        ]
        write.remove_inputs(self._connection, ids)
        self._connection.execute("DELETE FROM settings WHERE name = 'linked'")

    def linked_with(self) -> str | None:
        """The settings with which copies and evidence were last looked for; None while they wait."""
        with explained(self.path):
            return self._setting("linked")

    def essay_texts(self) -> tuple[list[int], list[str]]:
        """The row numbers and clean texts of all essays, in corpus order: what copies are looked for in."""
        with explained(self.path):
            return linking.essay_texts(self._connection)

    def keep_index(self, rows: Sequence[int], compared: Compared, config: DedupeConfig) -> None:
        """Makes the index of copies of what a search of the essays `rows` has gathered, for `relink` to go on from."""
        self._connection.execute("DELETE FROM settings WHERE name = 'index'")
        linking.keep(self._connection, rows, compared, config)

    def link(self, rows: Sequence[int], duplicates: Duplicates, settings: str) -> None:
        """Stores who shares text with whom, by places in `rows`, and groups the facts into pieces of evidence."""
        linking.store(self._connection, rows, duplicates)
        self._set("linked", settings)
        self._set("index", settings)

    def few_changed(self, settings: str) -> bool:
        """Whether `relink` serves: the index was made with these settings, and few essays have changed since."""
        with explained(self.path):
            return self._setting("index") == settings and linking.few_changed(self._connection)

    def relink(self, config: DedupeConfig, settings: str) -> None:
        """Finds the copies of what is new, forgets those of what has gone, and leaves all else alone."""
        from corpus_tools.store.relinking import relink

        relink(self._connection, config)
        self._set("linked", settings)

    def begin_run(self) -> int:
        """Notes that a run begins; its number."""
        cursor = self._connection.execute("INSERT INTO runs (started) VALUES (datetime('now'))")
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def finish_run(self, run: int, summary: str) -> None:
        """Notes how a run ended, as JSON."""
        self._connection.execute("UPDATE runs SET finished = datetime('now'), summary = ? WHERE id = ?", (summary, run))

    def write_ahead(self, on: bool) -> None:
        """Whether changes go to a log first: quick commits while a run goes on, a single plain file when it rests."""
        if self.path != IN_MEMORY:
            with explained(self.path):
                self._connection.execute(f"PRAGMA journal_mode = {'WAL' if on else 'DELETE'}")
                self._connection.execute(f"PRAGMA synchronous = {'NORMAL' if on else 'FULL'}")

    def _setting(self, name: str) -> str | None:
        row = self._connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def _set(self, name: str, value: str) -> None:
        self._connection.execute("INSERT OR REPLACE INTO settings (name, value) VALUES (?, ?)", (name, value))

    def _each(self, rows: Iterator[T]) -> Iterator[T]:
        with explained(self.path):
            yield from rows

    def _hint(self, doc: str) -> str:
        with explained(self.path):
            names = [row[0] for row in self._connection.execute("SELECT doc FROM documents")]
        from difflib import get_close_matches

        close = get_close_matches(doc, names, n=3, cutoff=0.4)
        return f"; did you mean {' or '.join(close)}?" if close else f"; it holds {len(names):,} pages."


def _stored_input(row: sqlite3.Row) -> StoredInput:
    return StoredInput(
        row["id"],
        row["doc"],
        Path(row["path"]),
        row["sha256"],
        row["settings"],
        row["parts"],
        bool(row["done"]),
        json.loads(row["repeats"]),
    )
