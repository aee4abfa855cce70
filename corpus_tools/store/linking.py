"""What holds between essays: copies, and with them which facts are one piece of evidence."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from corpus_tools.records import Duplicates
from corpus_tools.store.evidence import Placed, Shared, evidence_of
from corpus_tools.store.reading import CORPUS_ORDER, FACT_ORDER, FACTS, PLACE_OF
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


def store(connection: sqlite3.Connection, rows: Sequence[int], duplicates: Duplicates) -> None:
    """Puts what was found in place of what an earlier run found."""
    starts = dict(connection.execute("SELECT id, start FROM essays").fetchall())
    shared = _passages(rows, duplicates, starts)
    cluster_of = {rows[i]: rows[c.representative] for c in duplicates.clusters for i in c.members}
    for table in ("pairs", "passages", "clusters"):
        connection.execute(f"DELETE FROM {table}")
    connection.executemany(
        "INSERT INTO pairs (a, b, relation, containment, jaccard) VALUES (?, ?, ?, ?, ?)",
        [(rows[p.a], rows[p.b], p.relation, p.containment, p.jaccard) for p in duplicates.pairs],
    )
    connection.executemany(
        "INSERT INTO passages (a, b, a_start, a_end, b_start, b_end) VALUES (?, ?, ?, ?, ?, ?)",
        [(p.a, p.b, *p.a_span, *p.b_span) for p in shared],
    )
    connection.executemany("INSERT INTO clusters (essay, cluster) VALUES (?, ?)", sorted(cluster_of.items()))
    _group(connection, cluster_of, shared)


def _passages(rows: Sequence[int], duplicates: Duplicates, starts: dict[int, int]) -> list[Shared]:
    """Passages with rows for places and positions in the page for positions in the essay, each once."""
    shared = set()
    for p in duplicates.passages:
        a, b = rows[p.a], rows[p.b]
        a_span = Span(starts[a] + p.a_start, starts[a] + p.a_end)
        b_span = Span(starts[b] + p.b_start, starts[b] + p.b_end)
        shared.add(Shared(a, b, a_span, b_span))
    return sorted(shared)


def _group(connection: sqlite3.Connection, cluster_of: dict[int, int], shared: Sequence[Shared]) -> None:
    facts = [
        Placed(
            row["id"],
            row["essay"],
            row["start"],
            row["end"],
            tuple(row[name] for name in SAME_SLOTS),
            tuple(row[name] for name in PLACE),
        )
        for row in connection.execute(f"{FACTS} {FACT_ORDER}")
    ]
    groups = evidence_of(facts, cluster_of, shared)
    connection.executemany(
        "UPDATE facts SET evidence = ? WHERE id = ?", [(evidence, fact) for fact, evidence in groups.items()]
    )
