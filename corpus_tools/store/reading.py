"""Rows into records. Everything comes in corpus order: by doc, then as it stands on the page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple, cast

from corpus_tools.nlp.opencc import convert
from corpus_tools.records import Doubt, Essay, Evidence, Fact, Failure, Mark, Page, PageMeta, Section, Source, Value
from corpus_tools.store.stored import (
    Counts,
    EssayId,
    StoredCluster,
    StoredDocument,
    StoredEssay,
    StoredFact,
    StoredPair,
    StoredPassage,
)
from corpus_tools.text import Edit, Span, Text

# rows of a JSON Lines file are stored in the file's order, which their names (#10 before #2) do not show
CORPUS_ORDER = "i.doc, d.id"
PLACE_OF = "JOIN documents {d} ON {d}.id = {e}.document JOIN inputs {i} ON {i}.id = {d}.input"

COUNTS = """
SELECT (SELECT count(*) FROM inputs),
       (SELECT count(*) FROM documents),
       (SELECT count(*) FROM essays),
       (SELECT count(*) FROM essays e LEFT JOIN clusters c ON c.essay = e.id WHERE coalesce(c.cluster, e.id) = e.id),
       (SELECT count(DISTINCT cluster) FROM clusters),
       (SELECT count(*) FROM facts),
       (SELECT count(DISTINCT evidence) FROM facts),
       (SELECT count(*) FROM failures)
"""

ESSAYS = f"""
SELECT d.doc, e.id, e.document, e.essay, e.heading, e.start, e.end, e.raw_start, e.raw_end,
       rd.doc AS representative_doc, r.essay AS representative_essay,
       (SELECT count(*) FROM clusters k WHERE k.cluster = c.cluster) AS members
FROM essays e {PLACE_OF.format(d="d", e="e", i="i")}
LEFT JOIN clusters c ON c.essay = e.id
LEFT JOIN essays r ON r.id = c.cluster LEFT JOIN documents rd ON rd.id = r.document
"""

FACTS = f"""
SELECT f.*, d.doc, e.essay AS number, (SELECT count(*) FROM facts g WHERE g.evidence = f.evidence) AS copies
FROM facts f JOIN essays e ON e.id = f.essay {PLACE_OF.format(d="d", e="e", i="i")}
"""
FACT_ORDER = f" ORDER BY {CORPUS_ORDER}, f.start, f.row"

PAIRED = f"""
JOIN essays ea ON ea.id = p.a {PLACE_OF.format(d="da", e="ea", i="ia")}
JOIN essays eb ON eb.id = p.b {PLACE_OF.format(d="db", e="eb", i="ib")}
"""
PAIR_ORDER = "ia.doc, da.id, ea.essay, ib.doc, db.id, eb.essay"


class FactFilter(NamedTuple):
    """Which facts are asked for; None stands for all."""

    kind: str | None = None
    measure: str | None = None
    province: str | None = None  # 浙江, 浙江省 or 浙江 in traditional characters
    doc: str | None = None

    def where(self) -> tuple[str, list[object]]:
        """The SQL condition and its parameters."""
        conditions: list[str] = []
        values: list[object] = []
        for column, wanted in (("f.kind", self.kind), ("f.measure", self.measure), ("d.doc", self.doc)):
            if wanted is not None:
                conditions.append(f"{column} = ?")
                values.append(wanted)
        if self.province is not None:
            name = short_name(self.province)
            conditions.append("substr(f.province, 1, length(?)) = ?")
            values += [name, name]
        return " AND ".join(conditions) or "1", values


def short_name(province: str) -> str:
    """A province as it was asked for, in the characters in which facts have it."""
    return convert(province.strip(), "t2s")


def counts(connection: sqlite3.Connection) -> Counts:
    return Counts(*connection.execute(COUNTS).fetchone())


def documents(connection: sqlite3.Connection) -> Iterator[StoredDocument]:
    rows = connection.execute(
        "SELECT d.*, i.path, length(d.raw) AS raw_chars, length(d.clean) AS clean_chars,"
        " (SELECT count(*) FROM essays e WHERE e.document = d.id) AS essays,"
        " (SELECT count(*) FROM essays e JOIN facts f ON f.essay = e.id WHERE e.document = d.id) AS facts"
        f" FROM documents d JOIN inputs i ON i.id = d.input ORDER BY {CORPUS_ORDER}"
    )
    for row in rows:
        yield StoredDocument(
            doc=row["doc"],
            path=Path(row["path"]),
            source=_source(row),
            meta=_meta(row),
            raw_chars=row["raw_chars"],
            clean_chars=row["clean_chars"],
            essays=row["essays"],
            facts=row["facts"],
        )


def page(connection: sqlite3.Connection, doc: str) -> Page | None:
    row = connection.execute("SELECT * FROM documents WHERE doc = ?", (doc,)).fetchone()
    if row is None:
        return None
    edits = connection.execute("SELECT * FROM edits WHERE document = ? ORDER BY raw_start", (row["id"],))
    marks = connection.execute(
        "SELECT * FROM marks WHERE document = ? ORDER BY raw_start, raw_end, kind, note", (row["id"],)
    )
    doubts = connection.execute("SELECT line, around FROM doubts WHERE document = ? ORDER BY number", (row["id"],))
    return Page(
        _source(row),
        Text(row["raw"], [_edit(e) for e in edits]),
        _meta(row),
        tuple(Mark(m["raw_start"], m["raw_end"], m["kind"], m["note"]) for m in marks),
        tuple(_doubt(d) for d in doubts),
    )


def doubted(connection: sqlite3.Connection) -> Iterator[tuple[str, str, Doubt]]:
    """The lines in doubt, each with the doc of its file and that of its page."""
    rows = connection.execute(
        "SELECT i.doc input, d.doc, b.line, b.around FROM doubts b JOIN documents d ON d.id = b.document"
        f" JOIN inputs i ON i.id = d.input ORDER BY {CORPUS_ORDER}, b.number"
    )
    for row in rows:
        yield row["input"], row["doc"], _doubt(row)


def _doubt(row: sqlite3.Row) -> Doubt:
    return Doubt(row["line"], tuple(row["around"].split()))


def essays(connection: sqlite3.Connection, doc: str | None = None) -> Iterator[StoredEssay]:
    rows = connection.execute(f"{ESSAYS} WHERE ? IS NULL OR d.doc = ? ORDER BY {CORPUS_ORDER}, e.essay", (doc, doc))
    at, clean = None, ""
    for row in rows:
        if row["doc"] != at:
            at = row["doc"]
            clean = connection.execute("SELECT clean FROM documents WHERE doc = ?", (at,)).fetchone()[0]
        yield essay(connection, row, clean)


def essay(connection: sqlite3.Connection, row: sqlite3.Row, clean: str) -> StoredEssay:
    """One row of ESSAYS with its sections and text."""
    sections = connection.execute("SELECT * FROM sections WHERE essay = ? ORDER BY number", (row["id"],))
    own = EssayId(row["doc"], row["essay"])
    known = row["representative_doc"] is not None
    return StoredEssay(
        id=own,
        essay=Essay(
            row["essay"],
            row["heading"],
            row["start"],
            row["end"],
            tuple(Section(s["level"], s["marker"], s["title"], s["start"], s["end"]) for s in sections),
        ),
        text=clean[row["start"] : row["end"]],
        raw=Span(row["raw_start"], row["raw_end"]),
        representative=EssayId(row["representative_doc"], row["representative_essay"]) if known else own,
        copies=row["members"] if known else 1,
    )


def facts(connection: sqlite3.Connection, wanted: FactFilter) -> Iterator[StoredFact]:
    condition, values = wanted.where()
    for row in connection.execute(f"{FACTS} WHERE {condition} {FACT_ORDER}", values):
        yield fact(row)


def facts_like(connection: sqlite3.Connection, prefix: str) -> list[StoredFact]:
    """The facts whose id begins so, at most two."""
    rows = connection.execute(f"{FACTS} WHERE substr(f.id, 1, length(?)) = ? ORDER BY f.id LIMIT 2", (prefix, prefix))
    return [fact(row) for row in rows]


def fact(row: sqlite3.Row) -> StoredFact:
    """One row of FACTS."""
    value: Value = row["value"] if row["value_high"] is None else (row["value"], row["value_high"])
    return StoredFact(
        id=row["id"],
        doc=row["doc"],
        fact=Fact(
            kind=row["kind"],
            measure=row["measure"],
            start=row["start"],
            end=row["end"],
            quote=row["quote"],
            essay=row["number"],
            subject=row["subject"],
            op=row["op"],
            value=value,
            unit=row["unit"],
            per=row["per"],
            base=row["base"],
            modality=row["modality"],
            province=row["province"],
            city=row["city"],
            county=row["county"],
            masked=bool(row["masked"]),
            confidence=row["confidence"],
            reason=row["reason"],
            quoted_from=row["quoted_from"],
            evidence=tuple(Evidence(*slot) for slot in json.loads(row["slots"])),
        ),
        raw=Span(row["raw_start"], row["raw_end"]),
        raw_quote=row["raw_quote"],
        bytes=None if row["byte_start"] is None else Span(row["byte_start"], row["byte_end"]),
        context=Span(row["context_start"], row["context_end"]),
        evidence=row["evidence"],
        copies=row["copies"],
    )


def pairs(connection: sqlite3.Connection) -> Iterator[StoredPair]:
    for row in connection.execute(
        f"SELECT p.*, da.doc AS a_doc, ea.essay AS a_essay, db.doc AS b_doc, eb.essay AS b_essay"
        f" FROM pairs p {PAIRED} ORDER BY {PAIR_ORDER}"
    ):
        yield StoredPair(_side(row, "a"), _side(row, "b"), row["relation"], row["containment"], row["jaccard"])


def passages(
    connection: sqlite3.Connection, a: EssayId | None = None, b: EssayId | None = None
) -> Iterator[StoredPassage]:
    conditions, values = ["1"], list[object]()
    for side, wanted in (("a", a), ("b", b)):
        if wanted is not None:
            conditions.append(f"d{side}.doc = ? AND e{side}.essay = ?")
            values += wanted
    for row in connection.execute(
        f"SELECT p.*, da.doc AS a_doc, ea.essay AS a_essay, db.doc AS b_doc, eb.essay AS b_essay FROM passages p"
        f" {PAIRED} WHERE {' AND '.join(conditions)} ORDER BY {PAIR_ORDER}, p.a_start, p.b_start, p.a_end, p.b_end",
        values,
    ):
        spans = Span(row["a_start"], row["a_end"]), Span(row["b_start"], row["b_end"])
        yield StoredPassage(_side(row, "a"), _side(row, "b"), *spans)


def clusters(connection: sqlite3.Connection) -> Iterator[StoredCluster]:
    rows = connection.execute(
        "SELECT c.cluster, c.essay = c.cluster AS chief, d.doc, e.essay"
        f" FROM clusters c JOIN essays e ON e.id = c.essay {PLACE_OF.format(d='d', e='e', i='i')}"
        f" ORDER BY {CORPUS_ORDER}, e.essay"
    )
    members: dict[int, list[EssayId]] = {}
    chiefs: dict[int, EssayId] = {}
    for row in rows:
        own = EssayId(row["doc"], row["essay"])
        members.setdefault(row["cluster"], []).append(own)
        if row["chief"]:
            chiefs[row["cluster"]] = own
    for cluster, essays_of_it in members.items():
        yield StoredCluster(chiefs.get(cluster, essays_of_it[0]), tuple(essays_of_it))


def failures(connection: sqlite3.Connection) -> Iterator[Failure]:
    rows = connection.execute(
        "SELECT f.doc, f.reason FROM failures f JOIN inputs i ON i.id = f.input ORDER BY i.doc, f.doc"
    )
    for row in rows:
        yield Failure(row["doc"], row["reason"])


def _side(row: sqlite3.Row, side: Literal["a", "b"]) -> EssayId:
    return EssayId(row[f"{side}_doc"], row[f"{side}_essay"])


def _source(row: sqlite3.Row) -> Source:
    names = ("doc", "sha256", "encoding", "media_type", "byte_start", "byte_length")
    return Source(**cast(dict[str, Any], {name: row[name] for name in names}))


def _meta(row: sqlite3.Row) -> PageMeta:
    names = ("title", "site", "address", "date", "document_number", "issuing_body")
    return PageMeta(**{name: row[name] for name in names})


def _edit(row: sqlite3.Row) -> Edit:
    parts = tuple(Edit(*part) for part in json.loads(row["parts"])) if row["parts"] else ()
    return Edit(row["raw_start"], row["raw_end"], row["replacement"], row["kind"], row["note"], parts)
