"""The index in a database: every folded text, which seeds stand in which texts, and every pair that was compared.

Texts that fold to the same are one text here, with the number of its copies. Seeds lie in 65,536 ranges of hash, each
one blob of packed numbers (`postings.py`): a text of 150 seeds touches 150 rows, and a row is quick to read whole.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.candidates import AKIN, ALIKE, APART
from corpus_tools.dedupe.fold import Codes, Folded, Places
from corpus_tools.dedupe.postings import TEXT_BITS
from corpus_tools.dedupe.seeds import Hashes
from corpus_tools.dedupe.verify import NEAR, NO_SEEDS, NONE, TOGETHER_CONTAINMENT, TOGETHER_JACCARD, Verified, among

SCHEMA = """
CREATE TABLE IF NOT EXISTS copy_texts (
    id     INTEGER PRIMARY KEY,     -- below 2^24
    digest BLOB NOT NULL UNIQUE,    -- of the folded characters
    length INTEGER NOT NULL,        -- in folded characters
    times  INTEGER NOT NULL,        -- how many essays fold to it
    seeds  INTEGER NOT NULL,        -- how many it has: 0, 1 or more, said as 2
    codes  BLOB NOT NULL            -- the folded characters, UTF-16, compressed
);
CREATE TABLE IF NOT EXISTS copy_seeds (
    range   INTEGER PRIMARY KEY,    -- the lower 16 bits of the hash
    numbers BLOB NOT NULL           -- 40 bits of hash, 24 of text id, sorted; a text that has a seed often is in twice
);
CREATE TABLE IF NOT EXISTS copy_pairs (
    a           INTEGER NOT NULL,
    b           INTEGER NOT NULL,   -- the greater id, or the same: what the copies of one text share
    jaccard     REAL NOT NULL,
    containment REAL NOT NULL,
    shares      INTEGER NOT NULL,   -- the relation that the shares alone give
    relation    INTEGER NOT NULL,   -- the relation with passages taken into account
    led         INTEGER NOT NULL,   -- 1: a leader was compared with one of its list
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS copy_pairs_b ON copy_pairs (b);
CREATE TABLE IF NOT EXISTS copy_runs (
    a     INTEGER NOT NULL,
    b     INTEGER NOT NULL,
    runs  BLOB NOT NULL,            -- start in a, start in b, length: 32 bits each
    seeds BLOB NOT NULL,            -- where passages alone may relate the two: place in the run and seed, 64 bits each
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS copy_state (
    name    TEXT PRIMARY KEY,       -- large, rest, common, family: see index.py
    numbers BLOB NOT NULL           -- 64 bits each
) WITHOUT ROWID;
"""
TABLES = ("copy_texts", "copy_seeds", "copy_pairs", "copy_runs", "copy_state")
COMPARED = (
    "SELECT p.a, p.b, jaccard, containment, shares, relation, coalesce(runs, x''), coalesce(seeds, x'')"
    " FROM copy_pairs p LEFT JOIN copy_runs r ON r.a = p.a AND r.b = p.b"
)
TOGETHER = f"(jaccard >= {TOGETHER_JACCARD} OR containment >= {TOGETHER_CONTAINMENT})"
LINKED = f"(shares != {NONE} OR {TOGETHER})"
RANGE_MASK = np.uint64(0xFFFF)
KIN = f"CASE WHEN NOT {TOGETHER} THEN {APART} WHEN shares = {NEAR} THEN {ALIKE} ELSE {AKIN} END"


class TextRow(NamedTuple):
    """A text as it is kept, without its characters."""

    id: int
    digest: bytes
    length: int
    times: int


def range_of(numbers: Hashes) -> Hashes:
    """The range of each packed number: the lowest bits of the hash, since winnowing keeps more of the small ones."""
    return (numbers >> TEXT_BITS) & RANGE_MASK


def by_range(numbers: Hashes) -> Iterator[tuple[int, Hashes]]:
    """Packed numbers by their range, in their order."""
    ranges = range_of(numbers)
    order = np.argsort(ranges, kind="stable")
    found, first = np.unique(ranges[order], return_index=True)
    yield from zip(found.tolist(), np.split(numbers[order], first[1:]), strict=False)


class Catalogue:
    """The tables of the index; the caller commits."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        for statement in SCHEMA.split(";\n"):
            connection.execute(statement)

    def clear(self) -> None:
        """Forget everything."""
        for table in TABLES:
            self.connection.execute(f"DELETE FROM {table}")

    # -- texts -------------------------------------------------------------------------------------------------------

    def add_texts(self, rows: Iterable[TextRow], folded: Iterable[Codes], seeds: Iterable[int]) -> None:
        """Keep texts with their folded characters and how many seeds each has."""
        self.connection.executemany(
            "INSERT INTO copy_texts VALUES (?, ?, ?, ?, ?, ?)",
            ((*row, min(2, n), _squeezed(codes)) for row, codes, n in zip(rows, folded, seeds, strict=True)),
        )

    def set_times(self, times: Mapping[int, int]) -> None:
        """Note how many copies texts have."""
        self.connection.executemany(
            "UPDATE copy_texts SET times = ? WHERE id = ?", [(n, text) for text, n in times.items()]
        )

    def remove_texts(self, ids: Iterable[int]) -> None:
        """Forget texts."""
        self.connection.executemany("DELETE FROM copy_texts WHERE id = ?", [(text,) for text in ids])

    def text(self, digest: bytes) -> TextRow | None:
        """The text that folds to these characters."""
        row = self.connection.execute("SELECT id, digest, length, times FROM copy_texts WHERE digest = ?", (digest,))
        found = row.fetchone()
        return TextRow(*found) if found else None

    def texts(self, ids: Iterable[int]) -> dict[int, TextRow]:
        """The texts of these numbers."""
        return {row[0]: TextRow(*row) for row in self._of("SELECT id, digest, length, times FROM copy_texts", ids)}

    def times_and_digests(self, ids: Iterable[int]) -> tuple[list[int], list[int], list[bytes]]:
        """Of these texts, in columns: number, copies, digest."""
        rows = list(self._of("SELECT id, times, digest FROM copy_texts", ids))
        return [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]

    def next_id(self) -> int:
        """A number that is above all others."""
        return int(self.connection.execute("SELECT coalesce(max(id), -1) + 1 FROM copy_texts").fetchone()[0])

    def seed_counts(self, ids: Iterable[int]) -> dict[int, int]:
        """How many seeds each of these texts has; 2 stands for more, too."""
        return {row[0]: row[1] for row in self._of("SELECT id, seeds FROM copy_texts", ids)}

    def folded(self, ids: Sequence[int]) -> Folded:
        """The folded characters of these texts, one after the other."""
        blobs = {row[0]: row[1] for row in self._of("SELECT id, codes FROM copy_texts", ids)}
        codes = [_spread(blobs[text]) for text in ids]
        bounds = np.append(0, np.cumsum([len(part) for part in codes], dtype=np.int64))
        return Folded(np.concatenate([np.empty(0, np.uint32), *codes]), bounds)

    def _of(self, select: str, ids: Iterable[int]) -> Iterator[Sequence[Any]]:
        yield from self.connection.execute(f"{select} WHERE id IN (SELECT value FROM json_each(?))", (_listed(ids),))

    # -- seeds -------------------------------------------------------------------------------------------------------

    def lists(self, seeds: Hashes) -> Hashes:
        """The packed numbers under these seeds, which are in order; in order, too."""
        read = "SELECT numbers FROM copy_seeds WHERE range = ?"
        blobs = [
            np.frombuffer(row[0], np.uint64)
            for number in np.unique(seeds & RANGE_MASK).tolist()
            if (row := self.connection.execute(read, (number,)).fetchone())
        ]
        numbers = np.sort(np.concatenate([np.empty(0, np.uint64), *blobs]))
        return numbers[among((numbers >> TEXT_BITS).astype(np.int64), seeds)]

    def change_seeds(self, come: Hashes, gone: Hashes) -> None:
        """Put packed numbers in and take others out."""
        coming, going = range_of(come), range_of(gone)
        for number in np.unique(np.concatenate([coming, going])).tolist():
            row = self.connection.execute("SELECT numbers FROM copy_seeds WHERE range = ?", (number,)).fetchone()
            here = np.frombuffer(row[0], np.uint64) if row else np.empty(0, np.uint64)
            here = here[~np.isin(here, gone[going == number])]
            self.set_range(number, np.sort(np.concatenate([here, come[coming == number]])))

    def set_range(self, number: int, numbers: Hashes) -> None:
        """Put these packed numbers in place of a whole range."""
        self.connection.execute("INSERT OR REPLACE INTO copy_seeds VALUES (?, ?)", (number, numbers.tobytes()))

    # -- pairs -------------------------------------------------------------------------------------------------------

    def add_pairs(self, verified: Verified) -> None:
        """Keep compared pairs; their relation is settled later."""
        numbers = np.arange(len(verified.pairs) + 1)
        runs = verified.runs
        seeds = verified.seeds[np.argsort(verified.seeds[:, 0], kind="stable")]
        runs_of, seeds_of = (np.searchsorted(part[:, 0], numbers) for part in (runs, seeds))
        columns = (*verified.pairs.T, verified.jaccard, verified.containment, verified.relation)
        rows = list(zip(*(column.tolist() for column in columns), strict=True))
        self.connection.executemany("INSERT INTO copy_pairs VALUES (?, ?, ?, ?, ?, 0, 0)", rows)
        blobs = (
            (
                *row[:2],
                runs[runs_of[i] : runs_of[i + 1], 1:].tobytes(),
                seeds[seeds_of[i] : seeds_of[i + 1], 1:].tobytes(),
            )
            for i, row in enumerate(rows)
        )
        self.connection.executemany("INSERT INTO copy_runs VALUES (?, ?, ?, ?)", (b for b in blobs if b[2] or b[3]))

    def remove_pairs(self, pairs: Places) -> None:
        """Forget that these were compared."""
        for table in ("copy_pairs", "copy_runs"):
            self.connection.executemany(f"DELETE FROM {table} WHERE a = ? AND b = ?", pairs.tolist())

    def set_relations(self, pairs: Places, relation: NDArray[np.int8]) -> None:
        """Give pairs another relation."""
        rows = zip(relation.tolist(), *pairs.T.tolist(), strict=True)
        self.connection.executemany("UPDATE copy_pairs SET relation = ? WHERE a = ? AND b = ?", rows)

    def set_led(self, pairs: Places, led: bool) -> None:
        """Note which pairs a leader is in."""
        self.connection.executemany(f"UPDATE copy_pairs SET led = {int(led)} WHERE a = ? AND b = ?", pairs.tolist())

    def pair_numbers(self, where: str = "1") -> Places:
        """The pairs for which the condition holds, in order."""
        return _pairs(self.connection.execute(f"SELECT a, b FROM copy_pairs WHERE {where} ORDER BY a, b"))

    def pairs_of(self, ids: Iterable[int], where: str = "1") -> Places:
        """The pairs that these texts are in, in order."""
        sides = (
            f"SELECT a, b FROM copy_pairs WHERE {x} IN (SELECT value FROM json_each(?1)) AND {where}" for x in "ab"
        )
        return _pairs(self.connection.execute(f"{' UNION '.join(sides)} ORDER BY a, b", (_listed(ids),)))

    def kin(self, pair: tuple[int, int]) -> int | None:
        """What two texts are to each other, where they have been compared."""
        found = self.connection.execute(f"SELECT {KIN} FROM copy_pairs WHERE a = ? AND b = ?", pair).fetchone()
        return None if found is None else int(found[0])

    def all_kin(self, where: str) -> Iterator[tuple[tuple[int, int], int]]:
        """Pairs for which the condition holds, and what their texts are to each other."""
        for a, b, kin in self.connection.execute(f"SELECT a, b, {KIN} FROM copy_pairs WHERE {where}"):
            yield (a, b), kin

    def compared(self, pairs: Places) -> tuple[Verified, NDArray[np.int8]]:
        """What is kept of these pairs, and the relation each has in the end."""
        read = self.connection.execute
        return _verified([read(f"{COMPARED} WHERE p.a = ? AND p.b = ?", pair).fetchone() for pair in pairs.tolist()])

    def dynamic(self) -> tuple[Verified, NDArray[np.int8]]:
        """The pairs whose relation depends on which passages are common property."""
        return _verified(self.connection.execute(f"{COMPARED} WHERE r.seeds != x'' ORDER BY p.a, p.b").fetchall())

    # -- what holds of all -------------------------------------------------------------------------------------------

    def state(self, name: str) -> Hashes:
        """A row of numbers kept under a name; none where nothing is."""
        row = self.connection.execute("SELECT numbers FROM copy_state WHERE name = ?", (name,)).fetchone()
        return np.frombuffer(row[0], np.uint64) if row else np.empty(0, np.uint64)

    def set_state(self, name: str, numbers: NDArray[np.uint64] | Places) -> None:
        """Keep a row of numbers."""
        self.connection.execute("INSERT OR REPLACE INTO copy_state VALUES (?, ?)", (name, numbers.tobytes()))


def _pairs(rows: Iterable[Iterable[int]]) -> Places:
    return np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, 2)


def _verified(rows: Sequence[Sequence[Any]]) -> tuple[Verified, NDArray[np.int8]]:
    columns = list(zip(*rows, strict=True)) or [()] * 8
    pairs = np.array([tuple(row[:2]) for row in rows], np.int64).reshape(-1, 2)
    runs = [np.frombuffer(blob, np.int32).reshape(-1, 3) for blob in columns[6]]
    seeds = [np.frombuffer(blob, np.int64).reshape(-1, 2) for blob in columns[7]]
    run_owners = np.repeat(np.arange(len(rows), dtype=np.int32), [len(part) for part in runs])
    seed_owners = np.repeat(np.arange(len(rows)), [len(part) for part in seeds])
    verified = Verified(
        pairs,
        np.array(columns[2], np.float64),
        np.array(columns[3], np.float64),
        np.array(columns[4], np.int8),
        np.column_stack([run_owners, np.concatenate([np.empty((0, 3), np.int32), *runs])]),
        np.column_stack([seed_owners, np.concatenate([NO_SEEDS[:, 1:], *seeds])]),
    )
    return verified, np.array(columns[5], np.int8)


def _listed(ids: Iterable[int]) -> str:
    """Numbers as one parameter, however many they are."""
    return json.dumps(list(ids))


def _squeezed(codes: Codes) -> bytes:
    return zlib.compress(codes.tobytes().decode("utf-32-le", "surrogatepass").encode("utf-16-le", "surrogatepass"), 1)


def _spread(blob: bytes) -> Codes:
    text = zlib.decompress(blob).decode("utf-16-le", "surrogatepass")
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
