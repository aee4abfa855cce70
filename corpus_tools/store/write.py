"""Records into rows. Every function here expects to stand inside a transaction."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from hashlib import sha256

from corpus_tools.records import Essay, Fact, Page
from corpus_tools.store.fold import fold, tokens
from corpus_tools.store.reviews import place_all
from corpus_tools.text import Edit, Span

SENTENCE_END = re.compile(r"[。！？!?\n]")  # for the sentence shown around a fact; segmenting has its own, finer rules
CONTEXT_CHARS = 200  # a sentence of a scraped page may run to its end; this far on either side is enough to read
FACT_ID_CHARS = 16  # 64 bits: among a million facts two meet once in 37 million databases


def remove_inputs(connection: sqlite3.Connection, ids: Iterable[int]) -> None:
    """Takes files out with their pages and all that hangs on them, the index rows too."""
    for input_id in ids:
        essays = connection.execute(
            "SELECT e.id, e.folded FROM essays e JOIN documents d ON d.id = e.document WHERE d.input = ?", (input_id,)
        ).fetchall()
        facts = connection.execute(
            "SELECT f.row, f.folded FROM facts f JOIN essays e ON e.id = f.essay JOIN documents d ON d.id = e.document"
            " WHERE d.input = ?",
            (input_id,),
        ).fetchall()
        _unindex(connection, "essay_index", essays)
        _unindex(connection, "fact_index", facts)
        connection.execute("DELETE FROM inputs WHERE id = ?", (input_id,))


def insert_page(
    connection: sqlite3.Connection,
    input_id: int,
    page: Page,
    essays: Sequence[Essay],
    facts: Sequence[Fact],
    byte_spans: Sequence[Span | None],
) -> None:
    """Stores one page with its edits, marks, essays, sections and facts, and puts the reviews of it in their places."""
    document = _insert_document(connection, input_id, page)
    clean = str(page.text)
    rows: dict[int, int] = {}
    for essay in essays:
        rows[essay.number] = _insert_essay(connection, document, essay, page)
    ids = fact_ids(page, facts)
    for fact, fact_id, span in zip(facts, ids, byte_spans, strict=True):
        _insert_fact(connection, rows[fact.essay], fact_id, fact, page, clean, span)
    place_all(connection, page.source.doc)


def fact_ids(page: Page, facts: Iterable[Fact]) -> list[str]:
    """An id for each fact that depends on its page's doc, its place and its slots alone."""
    seen: Counter[str] = Counter()
    ids = []
    for fact in facts:
        raw = page.text.raw_span(fact.start, fact.end)
        slots = [page.source.doc, *raw, fact.measure, fact.subject, fact.op, fact.value, fact.unit, fact.province]
        said = json.dumps(slots, ensure_ascii=True)
        seen[said] += 1
        ids.append(sha256(f"{said}{seen[said]}".encode()).hexdigest()[:FACT_ID_CHARS])
    return ids


def _insert_document(connection: sqlite3.Connection, input_id: int, page: Page) -> int:
    source, meta, text = page.source, page.meta, page.text
    document = connection.execute(
        "INSERT INTO documents (input, doc, sha256, encoding, media_type, byte_start, byte_length, title, site,"
        " address, date, document_number, issuing_body, raw, clean)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            input_id,
            source.doc,
            source.sha256,
            source.encoding,
            source.media_type,
            source.byte_start,
            source.byte_length,
            meta.title,
            meta.site,
            meta.address,
            meta.date,
            meta.document_number,
            meta.issuing_body,
            text.raw,
            str(text),
        ),
    ).lastrowid
    assert document is not None
    connection.executemany(
        "INSERT INTO edits (document, raw_start, raw_end, replacement, kind, note, parts) VALUES (?, ?, ?, ?, ?, ?, ?)",
        [(document, e.start, e.end, e.replacement, e.kind, e.note, _parts(e)) for e in text.edits],
    )
    connection.executemany(
        "INSERT INTO marks (document, raw_start, raw_end, kind, note) VALUES (?, ?, ?, ?, ?)",
        [(document, m.start, m.end, m.kind, m.note) for m in page.marks],
    )
    connection.executemany(
        "INSERT INTO doubts (document, number, line, around) VALUES (?, ?, ?, ?)",
        [(document, number, doubt.line, " ".join(doubt.around)) for number, doubt in enumerate(page.doubts, 1)],
    )
    return document


def _parts(edit: Edit) -> str | None:
    if not edit.parts:
        return None
    return json.dumps([(p.start, p.end, p.replacement, p.kind, p.note) for p in edit.parts], ensure_ascii=False)


def _insert_essay(connection: sqlite3.Connection, document: int, essay: Essay, page: Page) -> int:
    text = page.text
    folded = fold(str(text)[essay.start : essay.end])
    row = connection.execute(
        "INSERT INTO essays (document, essay, heading, start, end, raw_start, raw_end, folded)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            document,
            essay.number,
            essay.heading,
            essay.start,
            essay.end,
            *text.raw_span(essay.start, essay.end),
            folded,
        ),
    ).lastrowid
    assert row is not None
    connection.executemany(
        "INSERT INTO sections (essay, number, level, marker, title, start, end, raw_start, raw_end)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (row, n, s.level, s.marker, s.title, s.start, s.end, *text.raw_span(s.start, s.end))
            for n, s in enumerate(essay.sections, 1)
        ],
    )
    connection.execute("INSERT INTO essay_index (rowid, tokens) VALUES (?, ?)", (row, tokens(folded)))
    return row


def _insert_fact(
    connection: sqlite3.Connection,
    essay: int,
    fact_id: str,
    fact: Fact,
    page: Page,
    clean: str,
    byte_span: Span | None,
) -> None:
    raw = page.text.raw_span(fact.start, fact.end)
    context = sentence_around(clean, fact.start, fact.end)
    searched = (clean[context.start : context.end], fact.subject or "", fact.base or "")
    folded = fold("\n".join(searched))
    low, high = (_number(v) for v in (fact.value if isinstance(fact.value, tuple) else (fact.value, None)))
    values = {
        "id": fact_id,
        "essay": essay,
        "kind": fact.kind,
        "measure": fact.measure,
        "subject": fact.subject,
        "op": fact.op,
        "value": low,
        "value_high": high,
        "unit": fact.unit,
        "per": fact.per,
        "base": fact.base,
        "modality": fact.modality,
        "province": fact.province,
        "city": fact.city,
        "county": fact.county,
        "masked": int(fact.masked),
        "confidence": fact.confidence,
        "reason": fact.reason,
        "quoted_from": fact.quoted_from,
        "start": fact.start,
        "end": fact.end,
        "raw_start": raw.start,
        "raw_end": raw.end,
        "quote": fact.quote,
        "raw_quote": page.text.raw[raw.start : raw.end],
        "byte_start": byte_span.start if byte_span else None,
        "byte_end": byte_span.end if byte_span else None,
        "slots": json.dumps([(e.slot, e.start, e.end) for e in fact.evidence]),
        "context_start": context.start,
        "context_end": context.end,
        "folded": folded,
        "evidence": fact_id,
    }
    names, holders = ", ".join(values), ", ".join(f":{name}" for name in values)
    row = connection.execute(f"INSERT INTO facts ({names}) VALUES ({holders})", values).lastrowid
    connection.execute("INSERT INTO fact_index (rowid, tokens) VALUES (?, ?)", (row, tokens(folded)))


def _number(value: float | None) -> float | None:
    """SQLite's whole numbers end at 63 bits; a longer row of digits on a page is kept as it can be."""
    return float(value) if isinstance(value, int) and abs(value) >= 2**63 else value


def sentence_around(clean: str, start: int, end: int) -> Span:
    """The sentence or line that `[start, end)` stands in, its closing mark included.

    >>> sentence_around("前文。教师交流不少于三年。后文。", 7, 12)
    Span(start=3, end=13)
    """
    low, high = max(0, start - CONTEXT_CHARS), min(len(clean), end + CONTEXT_CHARS)
    for mark in SENTENCE_END.finditer(clean, low, start):
        low = mark.end()
    # a quote that holds its own full stop ends its sentence
    closing = SENTENCE_END.search(clean, max(start, end - 1), high)
    return Span(low, max(end, closing.start() + (closing[0] != "\n")) if closing else high)


def _unindex(connection: sqlite3.Connection, index: str, rows: Iterable[tuple[int, str]]) -> None:
    """Takes rows out of an index that holds no text: it must be told what it held."""
    connection.executemany(
        f"INSERT INTO {index} ({index}, rowid, tokens) VALUES ('delete', ?, ?)",
        [(row, tokens(folded)) for row, folded in rows],
    )
