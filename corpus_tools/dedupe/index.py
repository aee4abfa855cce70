"""The index in a database: texts are added and removed one at a time, and all else is left alone.

What is kept: each text's folded characters; for each of 65,536 ranges of seed hash the packed seeds (`candidates.py`)
as one blob, so that a text of 150 seeds touches 150 rows; and every compared pair. Which passages are common property
depends on all texts and is therefore settled when the relations are asked for, from what is kept.

The relations equal those of a run from scratch as long as no seed stands in more than `star_above` different texts;
beyond that a run from scratch links families to a leader, and here such seeds propose nothing.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from hashlib import blake2b

import numpy as np

from corpus_tools.dedupe.candidates import TEXT_BITS, TEXT_MASK, Lists
from corpus_tools.dedupe.config import SEED_LENGTH, DedupeConfig
from corpus_tools.dedupe.fold import Codes, Folded, Places, fold
from corpus_tools.dedupe.search import related
from corpus_tools.dedupe.seeds import Hashes, winnowed
from corpus_tools.dedupe.shelf import Slip
from corpus_tools.dedupe.verify import NEAR, NOTHING, RELATIONS, Task, Verified, compare_task, joined
from corpus_tools.errors import ConfigError
from corpus_tools.records import Pair

SCHEMA = """
CREATE TABLE IF NOT EXISTS copy_texts (
    id     INTEGER PRIMARY KEY,     -- the caller's number, below 2^24
    digest BLOB NOT NULL,           -- of the folded characters
    codes  BLOB NOT NULL            -- the folded characters, UTF-32, compressed
);
CREATE INDEX IF NOT EXISTS copy_texts_digest ON copy_texts (digest);
CREATE TABLE IF NOT EXISTS copy_seeds (
    range   INTEGER PRIMARY KEY,    -- the upper 16 bits of the hash
    numbers BLOB NOT NULL           -- 40 bits of hash, 24 of text id, sorted
);
CREATE TABLE IF NOT EXISTS copy_pairs (
    a           INTEGER NOT NULL REFERENCES copy_texts (id) ON DELETE CASCADE,
    b           INTEGER NOT NULL REFERENCES copy_texts (id) ON DELETE CASCADE,
    jaccard     REAL NOT NULL,
    containment REAL NOT NULL,
    relation    INTEGER NOT NULL,   -- by the shares alone
    seeds       BLOB NOT NULL,      -- where passages alone may relate the two: place in the run and seed, 64 bits each
    PRIMARY KEY (a, b)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS copy_pairs_b ON copy_pairs (b);
"""
RANGE_BITS = np.uint64(48)


class CopyIndex:
    """Texts by number and who shares text with whom, kept in an SQLite database; the caller commits."""

    def __init__(self, connection: sqlite3.Connection, config: DedupeConfig = DedupeConfig()) -> None:  # noqa: B008
        self.connection = connection
        self.config = config
        for statement in SCHEMA.split(";"):
            connection.execute(statement)

    def add(self, text_id: int, text: str) -> None:
        """Take in a text under a new number and compare it with what is there."""
        if not 0 <= text_id <= int(TEXT_MASK):
            raise ConfigError(f"A text's number is from 0 to {int(TEXT_MASK):,}, not {text_id:,}.")
        codes = fold([text]).codes
        digest = blake2b(codes.tobytes(), digest_size=16).digest()
        same = [row[0] for row in self.connection.execute("SELECT id FROM copy_texts WHERE digest = ?", (digest,))]
        self.connection.execute(
            "INSERT INTO copy_texts VALUES (?, ?, ?)", (text_id, digest, zlib.compress(codes.tobytes(), 1))
        )
        numbers = self._numbers(codes, text_id)
        others = self._sharing(numbers) - set(same)
        self._change_seeds(numbers, adding=True)
        if len(codes):
            self._keep([(min(text_id, x), max(text_id, x), 1.0, 1.0, NEAR, b"") for x in same])
        if others:
            found = self._compared(text_id, codes, sorted(others))
            self._keep(_rows(found))

    def remove(self, text_id: int) -> None:
        """Forget a text and its pairs."""
        row = self.connection.execute("SELECT codes FROM copy_texts WHERE id = ?", (text_id,)).fetchone()
        if row is None:
            return
        self._change_seeds(self._numbers(_codes(row[0]), text_id), adding=False)
        self.connection.execute("DELETE FROM copy_pairs WHERE a = ? OR b = ?", (text_id, text_id))
        self.connection.execute("DELETE FROM copy_texts WHERE id = ?", (text_id,))

    def pairs(self) -> list[Pair]:
        """All pairs of texts that have a relation, in order."""
        verified = self._verified("SELECT * FROM copy_pairs ORDER BY a, b", ())
        return self._related(verified)

    def pairs_of(self, text_id: int) -> list[Pair]:
        """The pairs that one text is in."""
        rows = "SELECT * FROM copy_pairs WHERE a = ? OR b = ? ORDER BY a, b"
        return self._related(self._verified(rows, (text_id, text_id)))

    def _related(self, verified: Verified) -> list[Pair]:
        links = np.array(
            self.connection.execute(
                "SELECT a, b FROM copy_pairs WHERE relation != 0 OR jaccard >= 0.3 OR containment >= 0.5"
            ).fetchall(),
            np.int64,
        ).reshape(-1, 2)
        frequent = self._frequent(np.unique(verified.seeds[verified.seeds[:, 2] >= 0, 2]).astype(np.uint64))
        last = self.connection.execute("SELECT max(id) FROM copy_texts").fetchone()[0]
        found = related(verified, links, frequent, (last or 0) + 1, self.config)
        pairs = []
        for i, (a, b) in enumerate(found.pairs.tolist()):
            kind = RELATIONS[found.relation[i]]
            if kind:
                pairs.append(Pair(a, b, kind, float(found.containment[i]), float(found.jaccard[i])))
        return pairs

    def _numbers(self, codes: Codes, text_id: int) -> Hashes:
        """The packed seeds of a text, each at most twice."""
        seeds = winnowed(Folded(codes, np.array([0, len(codes)])), self.config.window)
        numbers = np.sort((seeds.hash & ~TEXT_MASK) | np.uint64(text_id))
        third = np.zeros(len(numbers), np.bool_)
        third[2:] = numbers[2:] == numbers[:-2]
        return numbers[~third]

    def _read(self, number: int) -> Hashes:
        row = self.connection.execute("SELECT numbers FROM copy_seeds WHERE range = ?", (number,)).fetchone()
        return np.frombuffer(row[0], np.uint64) if row else np.empty(0, np.uint64)

    def _change_seeds(self, numbers: Hashes, adding: bool) -> None:
        ranges = numbers >> RANGE_BITS
        for number in np.unique(ranges).tolist():
            here, mine = self._read(number), numbers[ranges == number]
            after = np.sort(np.concatenate([here, mine])) if adding else here[~np.isin(here, mine)]
            self.connection.execute("INSERT OR REPLACE INTO copy_seeds VALUES (?, ?)", (number, after.tobytes()))

    def _lists(self, seeds: Hashes) -> list[Hashes]:
        """The packed numbers of each of these seeds, which are in order."""
        found = []
        for seed in seeds.tolist():
            here = self._read(seed >> 24)
            low, high = np.searchsorted(here, np.array([seed << 24, (seed + 1) << 24], np.uint64))
            found.append(here[low:high])
        return found

    def _sharing(self, numbers: Hashes) -> set[int]:
        """The texts that have two seeds in common with these, or one where either has no more."""
        seeds, times = np.unique(numbers >> TEXT_BITS, return_counts=True)
        shared: Counter[int] = Counter()
        for here, mine in zip(self._lists(seeds), times.tolist(), strict=True):
            texts, theirs = np.unique((here & TEXT_MASK).astype(np.int64), return_counts=True)
            if len(texts) > self.config.star_above and self._different(texts) > self.config.star_above:
                continue
            for text, count in zip(texts.tolist(), theirs.tolist(), strict=True):
                shared[text] += min(mine, count, 2)
        enough = {text for text, count in shared.items() if count >= 2 or len(numbers) == 1}
        return enough | {text for text in set(shared) - enough if self._has_one_seed(text)}

    def _has_one_seed(self, text_id: int) -> bool:
        row = self.connection.execute("SELECT codes FROM copy_texts WHERE id = ?", (text_id,)).fetchone()
        codes = _codes(row[0])
        # whoever has more grams than two windows has two seeds
        return len(codes) < SEED_LENGTH + 2 * self.config.window and len(self._numbers(codes, text_id)) == 1

    def _different(self, texts: Places) -> int:
        marks = ",".join("?" * len(texts))
        query = f"SELECT count(DISTINCT digest) FROM copy_texts WHERE id IN ({marks})"
        return int(self.connection.execute(query, texts.tolist()).fetchone()[0])

    def _compared(self, text_id: int, codes: Codes, others: list[int]) -> Verified:
        """The comparison of one text with others, the lesser number first in each pair."""
        texts = {text_id: codes}
        for other in others:
            row = self.connection.execute("SELECT codes FROM copy_texts WHERE id = ?", (other,)).fetchone()
            texts[other] = _codes(row[0])
        order = sorted(texts)
        bounds = np.append(0, np.cumsum([len(texts[t]) for t in order]))
        slip = Slip(bounds, np.concatenate([texts[t] for t in order]), (), np.empty((0, 4), np.int64))
        pairs = np.array([sorted((text_id, other)) for other in others], np.int64)
        places = np.searchsorted(order, pairs)
        return joined([compare_task(Task(slip, pairs, places[:, 0], places[:, 1]), self.config, numba=False)])

    def _keep(self, rows: list[tuple[int, int, float, float, int, bytes]]) -> None:
        self.connection.executemany("INSERT OR REPLACE INTO copy_pairs VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _verified(self, query: str, values: tuple[int, ...]) -> Verified:
        rows = self.connection.execute(query, values).fetchall()
        if not rows:
            return NOTHING
        a, b, jaccard, containment, relation, blobs = zip(*rows, strict=True)
        seeds = [np.frombuffer(blob, np.int64).reshape(-1, 2) for blob in blobs]
        owners = np.repeat(np.arange(len(rows)), [len(part) for part in seeds])
        return Verified(
            np.stack([a, b], axis=1).astype(np.int64),
            np.array(jaccard),
            np.array(containment),
            np.array(relation, np.int8),
            np.empty((0, 4), np.int32),
            np.column_stack([owners, np.concatenate(seeds)]),
        )

    def _frequent(self, seeds: Hashes) -> Lists:
        """The texts under those of the seeds that many texts have."""
        lists = [np.unique(here) for here in self._lists(seeds)]
        many = np.concatenate(
            [np.empty(0, np.uint64), *(here for here in lists if len(here) > self.config.common_above)]
        )
        return Lists(many >> TEXT_BITS, (many & TEXT_MASK).astype(np.int64))


def _codes(blob: bytes) -> Codes:
    return np.frombuffer(zlib.decompress(blob), np.uint32)


def _rows(found: Verified) -> list[tuple[int, int, float, float, int, bytes]]:
    rows = []
    for i, (a, b) in enumerate(found.pairs.tolist()):
        seeds = found.seeds[found.seeds[:, 0] == i, 1:].tobytes()
        scores = float(found.jaccard[i]), float(found.containment[i]), int(found.relation[i])
        rows.append((a, b, *scores, seeds))
    return rows
