"""What holds between essays: copies, and with them which facts are one piece of evidence."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from corpus_tools.dedupe import DedupeConfig
from corpus_tools.dedupe.clusters import Group
from corpus_tools.dedupe.index import CopyIndex
from corpus_tools.dedupe.search import Compared
from corpus_tools.records import Cluster, Duplicates, Pair, Passage
from corpus_tools.store.evidence import Placed, Shared, evidence_of
from corpus_tools.store.reading import CORPUS_ORDER, FACT_ORDER, PLACE_OF
from corpus_tools.text import Span

# Two facts say the same when these agree. Not `base` and `modality`: a copy that lost half a sentence still copies.
SAME_SLOTS = (
    "kind",
    "measure",
    "subject",
    "op",
    "value",
    "value_high",
    "unit",
    "per",
    "masked",
)
PLACE = ("province", "city", "county")
# A change costs ten to twenty times as much for each essay as a search of all.
FEW = 0.02
CHANGED = """
SELECT (SELECT count(*) FROM copies WHERE essay IS NULL),
       (SELECT count(*) FROM essays WHERE id NOT IN (SELECT essay FROM copies WHERE essay NOT NULL)),
       (SELECT count(*) FROM essays)
"""
PLACED = (
    f"SELECT f.id, f.essay, f.start, f.end, {', '.join(f'f.{name}' for name in (*SAME_SLOTS, *PLACE))}"
    f" FROM facts f JOIN essays e ON e.id = f.essay {PLACE_OF.format(d='d', e='e', i='i')}"
)


def essay_texts(connection: sqlite3.Connection) -> tuple[list[int], list[str]]:
    """The row numbers and clean texts of all essays, in corpus order."""
    rows: list[int] = []
    texts: list[str] = []
    found = connection.execute(
        f"SELECT e.id, e.start, e.end, d.id AS page FROM essays e {PLACE_OF.format(d='d', e='e', i='i')}"
        f" ORDER BY {CORPUS_ORDER}, e.essay"
    ).fetchall()
    page, clean = None, ""
    for row in found:
        if row["page"] != page:
            page = row["page"]
            clean = connection.execute("SELECT clean FROM documents WHERE id = ?", (page,)).fetchone()[0]
        rows.append(row["id"])
        texts.append(clean[row["start"] : row["end"]])
    return rows, texts


def keep(connection: sqlite3.Connection, rows: Sequence[int], compared: Compared, config: DedupeConfig) -> None:
    """Makes the index of copies of what a search has found."""
    numbers = CopyIndex(connection, config).fill(compared)
    connection.execute("DELETE FROM copies")
    connection.executemany("INSERT INTO copies VALUES (?, ?)", zip(rows, numbers, strict=True))


def few_changed(connection: sqlite3.Connection) -> bool:
    """Whether so few essays are new or have gone that the index is quicker brought up to date than made anew."""
    gone, new, every = connection.execute(CHANGED).fetchone()
    return bool(gone + new <= FEW * every)


def store(connection: sqlite3.Connection, rows: Sequence[int], duplicates: Duplicates) -> None:
    """Puts what was found in place of what an earlier run found."""
    for table in ("pairs", "passages", "clusters"):
        connection.execute(f"DELETE FROM {table}")
    shared = insert_pairs(connection, rows, duplicates.pairs, duplicates.passages)
    cluster_of = insert_clusters(connection, rows, duplicates.clusters)
    _group(connection, cluster_of, shared)


def insert_pairs(
    connection: sqlite3.Connection, rows: Sequence[int], pairs: Iterable[Pair], passages: Iterable[Passage]
) -> list[Shared]:
    """Stores pairs and passages of the essays of these rows; the passages as places in pages."""
    shared = _passages(connection, rows, passages)
    connection.executemany(
        "INSERT INTO pairs (a, b, relation, containment, jaccard) VALUES (?, ?, ?, ?, ?)",
        ((rows[p.a], rows[p.b], p.relation, p.containment, p.jaccard) for p in pairs),
    )
    connection.executemany(
        "INSERT INTO passages (a, b, a_start, a_end, b_start, b_end) VALUES (?, ?, ?, ?, ?, ?)",
        [(p.a, p.b, *p.a_span, *p.b_span) for p in shared],
    )
    return shared


def insert_clusters(
    connection: sqlite3.Connection, rows: Sequence[int], clusters: Iterable[Cluster | Group]
) -> dict[int, int]:
    """Stores clusters of the essays of these rows; for each essay of one the essay that represents it."""
    cluster_of = {rows[i]: rows[c.representative] for c in clusters for i in c.members}
    connection.executemany("INSERT INTO clusters (essay, cluster) VALUES (?, ?)", sorted(cluster_of.items()))
    return cluster_of


def _passages(connection: sqlite3.Connection, rows: Sequence[int], passages: Iterable[Passage]) -> list[Shared]:
    """Passages with rows for places and positions in the page for positions in the essay, each once."""
    listed = json.dumps(list(rows))
    select = "SELECT id, start FROM essays WHERE id IN (SELECT value FROM json_each(?))"
    start = {row[0]: row[1] for row in connection.execute(select, (listed,))}
    shared = set()
    for p in passages:
        a, b = rows[p.a], rows[p.b]
        a_span = Span(start[a] + p.a_start, start[a] + p.a_end)
        b_span = Span(start[b] + p.b_start, start[b] + p.b_end)
        shared.add(Shared(a, b, a_span, b_span))
    return sorted(shared)


def _group(connection: sqlite3.Connection, cluster_of: dict[int, int], shared: Sequence[Shared]) -> None:
    facts = [placed(row) for row in connection.execute(f"{PLACED} {FACT_ORDER}")]
    set_evidence(connection, evidence_of(facts, cluster_of, shared))


def placed(row: Sequence[Any]) -> Placed:
    """A row of PLACED."""
    fact, essay, start, end, *slots = row
    return Placed(fact, essay, start, end, tuple(slots[: len(SAME_SLOTS)]), tuple(slots[len(SAME_SLOTS) :]))


def set_evidence(connection: sqlite3.Connection, groups: Mapping[str, str]) -> None:
    """Notes for each fact the first of its piece of evidence; what is right already is left alone."""
    connection.executemany(
        "UPDATE facts SET evidence = ?1 WHERE id = ?2 AND evidence != ?1",
        [(evidence, fact) for fact, evidence in groups.items()],
    )
