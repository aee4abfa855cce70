"""Searching: every essay, or every fact, in which all words of a query stand."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Sequence

from corpus_tools.store.fold import expression, forms
from corpus_tools.store.reading import CORPUS_ORDER, ESSAYS, FACTS, PLACE_OF, FactFilter, essay, fact
from corpus_tools.store.stored import EssayId, Hit
from corpus_tools.text import Span

QUOTED = re.compile(r'"([^"]*)"|“([^”]*)”')  # "class teacher", “三区 人才”
SNIPPET_CHARS = 40  # on either side of the first match: two lines of a terminal


def terms_of(query: str) -> list[str]:
    """The words of a query; what stands in double quotes is one word, spaces included.

    >>> terms_of('輪崗 "class teacher"  2014')
    ['輪崗', '2014', 'class teacher']
    """
    phrases = [straight or curly for straight, curly in QUOTED.findall(query)]
    words = QUOTED.sub(" ", query).split()
    return list(dict.fromkeys(word for word in [*words, *phrases] if word.strip()))


def search_essays(connection: sqlite3.Connection, query: str, limit: int | None) -> list[Hit]:
    """Essays, best first; those that score alike in corpus order."""
    terms = terms_of(query)
    best = connection.execute(
        f"SELECT e.id, x.score FROM ({_ranked('essay_index', terms)}) x JOIN essays e ON e.id = x.rowid"
        f" {PLACE_OF.format(d='d', e='e', i='i')} ORDER BY x.score, {CORPUS_ORDER}, e.essay LIMIT :limit",
        {"match": expression(terms), "limit": -1 if limit is None else limit},
    ).fetchall()
    return [_essay_hit(connection, row["id"], -row["score"], terms) for row in best]


def search_facts(connection: sqlite3.Connection, query: str, wanted: FactFilter, limit: int | None) -> list[Hit]:
    """Facts that fit the filter, best first; of one piece of evidence the first place alone."""
    terms = terms_of(query)
    condition, values = wanted.where()
    numbered = dict(zip((f"v{n}" for n in range(len(values))), values, strict=True))
    for name in numbered:
        condition = condition.replace("?", f":{name}", 1)
    ranked = connection.execute(
        f"SELECT f.row, f.evidence, x.score FROM ({_ranked('fact_index', terms)}) x JOIN facts f ON f.row = x.rowid"
        f" JOIN essays e ON e.id = f.essay {PLACE_OF.format(d='d', e='e', i='i')}"
        f" WHERE {condition} ORDER BY {CORPUS_ORDER}, f.start, f.row",
        {"match": expression(terms), **numbered},
    )
    places: dict[str, tuple[float, int]] = {}
    for row in ranked:
        score, first = places.get(row["evidence"], (row["score"], row["row"]))
        places[row["evidence"]] = min(score, row["score"]), first
    best = sorted(places.values(), key=lambda place: place[0])[:limit]  # stable: alike in corpus order
    return [_fact_hit(connection, row, -score, terms) for score, row in best]


def _ranked(index: str, terms: Sequence[str]) -> str:
    """Row numbers and scores of the rows that match, lower being better; all rows where nothing is asked for."""
    if not terms:
        table = {"essay_index": "SELECT id AS rowid, 0.0 AS score FROM essays"}
        return table.get(index, "SELECT row AS rowid, 0.0 AS score FROM facts")
    return f"SELECT rowid, round(bm25({index}), 6) AS score FROM {index} WHERE {index} MATCH :match"


def _essay_hit(connection: sqlite3.Connection, essay_row: int, score: float, terms: Sequence[str]) -> Hit:
    row = connection.execute(f"{ESSAYS} WHERE e.id = ?", (essay_row,)).fetchone()
    folded = connection.execute("SELECT folded FROM essays WHERE id = ?", (essay_row,)).fetchone()[0]
    clean = connection.execute("SELECT clean FROM documents WHERE id = ?", (row["document"],)).fetchone()[0]
    stored = essay(connection, row, clean)
    matches = places_of(folded, terms)
    at = matches[0] if matches else Span(0, 0)
    low = max(0, at.start - SNIPPET_CHARS)
    high = min(len(folded), at.end + SNIPPET_CHARS)
    return Hit(
        id=stored.id,
        heading=stored.essay.heading,
        text=stored.text[low:high],
        start=row["start"] + low,
        end=row["start"] + high,
        matches=_within(matches, low, high, row["start"]),
        score=score,
        copies=stored.copies,
        representative=stored.representative,
    )


def _fact_hit(connection: sqlite3.Connection, fact_row: int, score: float, terms: Sequence[str]) -> Hit:
    stored = fact(connection.execute(f"{FACTS} WHERE f.row = ?", (fact_row,)).fetchone())
    row = connection.execute(
        "SELECT e.heading, e.folded, e.start AS essay_start, d.clean, e.id"
        " FROM facts f JOIN essays e ON e.id = f.essay JOIN documents d ON d.id = e.document WHERE f.id = ?",
        (stored.id,),
    ).fetchone()
    own = EssayId(stored.doc, stored.fact.essay)
    start, end = stored.context
    folded = row["folded"][start - row["essay_start"] : end - row["essay_start"]]
    return Hit(
        id=own,
        heading=row["heading"],
        text=row["clean"][start:end],
        start=start,
        end=end,
        matches=_within(places_of(folded, terms), 0, len(folded), start),
        score=score,
        copies=stored.copies,
        representative=_representative(connection, row["id"]) or own,
        fact=stored,
    )


def _representative(connection: sqlite3.Connection, essay_row: int) -> EssayId | None:
    row = connection.execute(
        "SELECT d.doc, e.essay FROM clusters c JOIN essays e ON e.id = c.cluster JOIN documents d ON d.id = e.document"
        " WHERE c.essay = ?",
        (essay_row,),
    ).fetchone()
    return EssayId(*row) if row else None


def places_of(folded: str, terms: Iterable[str]) -> list[Span]:
    """Where the terms stand in a folded text, in order; overlapping places of one term are found too."""
    found: set[Span] = set()
    for form in {form for term in terms for form in forms(term)}:
        at = folded.find(form)
        while at >= 0:
            found.add(Span(at, at + len(form)))
            at = folded.find(form, at + 1)
    return sorted(found)


def _within(matches: Iterable[Span], low: int, high: int, shift: int) -> tuple[Span, ...]:
    inside = (m for m in matches if low <= m.start and m.end <= high)
    return tuple(Span(m.start + shift, m.end + shift) for m in inside)
