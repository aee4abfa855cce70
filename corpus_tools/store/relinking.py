"""Copies and evidence brought up to date where few essays have changed; all else is left alone.

What comes out is what `linking.py` would store after a search of all essays. Pairs and passages change where two texts
are related otherwise than before or where a text has won or lost a copy, clusters in the groups of near duplicates that
these belong to, evidence where facts stand in such essays.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe import DedupeConfig
from corpus_tools.dedupe.find import Links, chiefs_of, clusters_of, links, pairs_of, passages_of
from corpus_tools.dedupe.fold import Places
from corpus_tools.dedupe.index import NO_TEXT, CopyIndex
from corpus_tools.dedupe.pair_sets import united
from corpus_tools.dedupe.search import Found
from corpus_tools.records import Passage
from corpus_tools.store.linking import insert_clusters, insert_pairs
from corpus_tools.store.reading import CORPUS_ORDER, PLACE_OF
from corpus_tools.store.regrouping import regroup

LISTED = "(SELECT value FROM json_each(?))"
OF_TEXT = "(SELECT essay FROM copies WHERE text = ?)"
NEW_ESSAYS = (
    f"SELECT e.id FROM essays e {PLACE_OF.format(d='d', e='e', i='i')}"
    f" WHERE e.id IN (SELECT id FROM essays EXCEPT SELECT essay FROM copies) ORDER BY {CORPUS_ORDER}, e.essay"
)
TEXTS_KEPT = 1_000


def relink(connection: sqlite3.Connection, config: DedupeConfig) -> None:
    """Looks for copies of the essays that are new, lets go of those that have gone, and groups the facts concerned."""
    index = CopyIndex(connection, config)
    gone = [row[0] for row in connection.execute("SELECT text FROM copies WHERE essay IS NULL")]
    come = [row[0] for row in connection.execute(NEW_ESSAYS)]
    changes = index.update(list(EssayTexts(connection, come)), gone)
    connection.execute("DELETE FROM copies WHERE essay IS NULL")
    connection.executemany("INSERT INTO copies VALUES (?, ?)", zip(come, changes.numbers, strict=True))
    moved = {*changes.numbers, *gone} - {NO_TEXT}
    touched = {*moved, *changes.pairs.ravel().tolist()}
    linked = _part(connection, index, united(changes.pairs, index.pairs_of(moved)), moved)
    grouped = _part(connection, index, index.near_group(touched), touched)
    _link(connection, linked, moved, config)
    _cluster(connection, grouped)
    regroup(connection, {*linked.rows, *grouped.rows, *come})


class EssayTexts(Sequence[str]):
    """The clean texts of essays by place, each read when it is asked for."""

    def __init__(self, connection: sqlite3.Connection, rows: Sequence[int]) -> None:
        self._rows = rows
        read = (
            "SELECT substr(d.clean, e.start + 1, e.end - e.start) FROM essays e JOIN documents d ON d.id = e.document"
        )
        self._text = lru_cache(TEXTS_KEPT)(
            lambda row: str(connection.execute(f"{read} WHERE e.id = ?", (row,)).fetchone()[0])
        )

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> str: ...
    @overload
    def __getitem__(self, index: slice) -> list[str]: ...
    def __getitem__(self, index: int | slice) -> str | list[str]:
        return list(map(self._text, self._rows[index])) if isinstance(index, slice) else self._text(self._rows[index])


class Part(NamedTuple):
    """Some texts of the index with all essays that fold to them, numbered in corpus order."""

    pairs: Places  # of texts
    rows: list[int]  # of the essays
    text_of: NDArray[np.int64]  # of each essay
    texts: EssayTexts
    found: Found  # as a search would have it that knows nothing but these pairs


def _part(connection: sqlite3.Connection, index: CopyIndex, pairs: Places, texts: Iterable[int]) -> Part:
    """The part that these pairs and texts make; pairs that are related no more are not found."""
    wanted = json.dumps(sorted({*texts, *pairs.ravel().tolist()}))
    essays = connection.execute(
        f"SELECT c.essay, c.text FROM copies c JOIN essays e ON e.id = c.essay {PLACE_OF.format(d='d', e='e', i='i')}"
        f" WHERE c.text IN {LISTED} ORDER BY {CORPUS_ORDER}, e.essay",
        (wanted,),
    ).fetchall()
    rows, text_of = [row[0] for row in essays], np.array([row[1] for row in essays], np.int64)
    members: dict[int, list[int]] = {}
    for place, text in enumerate(text_of.tolist()):
        members.setdefault(text, []).append(place)
    verified = index.related(pairs)
    first = {text: places[0] for text, places in members.items()}
    placed = np.array([(first[a], first[b]) for a, b in verified.pairs.tolist()], np.int64).reshape(-1, 2)
    known = index.texts(members)
    found = Found(
        verified._replace(pairs=placed),
        {places[0]: places for places in members.values()},
        np.frombuffer(b"".join(known[text].digest for text in text_of.tolist()), "V16"),
        np.array([known[text].length for text in text_of.tolist()], np.int64),
    )
    return Part(pairs, rows, text_of, EssayTexts(connection, rows), found)


def _link(connection: sqlite3.Connection, part: Part, moved: Collection[int], config: DedupeConfig) -> None:
    """Puts the pairs and passages of the part in place of those there were."""
    linked = links(part.found, chiefs_of(part.texts, part.found), config)
    text_of, found = part.text_of, part.found
    # a text that has won or lost no copy is in the part for others' sake; among its own copies nothing has changed
    fresh = (text_of[linked.a] != text_of[linked.b]) | np.isin(text_of[linked.a], list(moved))
    linked = Links(*(column[fresh] for column in linked))
    both = [*part.pairs.tolist(), *part.pairs[:, ::-1].tolist(), *((text, text) for text in moved)]
    for table in ("pairs", "passages"):
        connection.executemany(f"DELETE FROM {table} WHERE a IN {OF_TEXT} AND b IN {OF_TEXT}", both)
    passages = passages_of(part.texts, found, linked) if config.passages else ()
    insert_pairs(connection, part.rows, pairs_of(found, linked), (Passage(*passage) for passage in passages))


def _cluster(connection: sqlite3.Connection, part: Part) -> None:
    """Puts the clusters of the part in place of those there were."""
    connection.execute(f"DELETE FROM clusters WHERE essay IN {LISTED}", (json.dumps(part.rows),))
    insert_clusters(connection, part.rows, clusters_of(part.found, chiefs_of(part.texts, part.found)))
