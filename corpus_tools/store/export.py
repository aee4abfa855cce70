"""The layers of a corpus as JSON Lines, with the field names of the labelling guide and offsets into the raw text.

One line a record, in corpus order. Everything an author wrote stands in the files as the page has it: quotes are raw
slices; headings, subjects and bases are in the script of the page but without tags, breaks and other damage.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

from corpus_tools.errors import DatabaseError
from corpus_tools.records import Essay, Page, Section, boilerplate_of, noise_of
from corpus_tools.store.database import Database
from corpus_tools.store.review_file import row_of
from corpus_tools.store.stored import StoredFact
from corpus_tools.text import Edit, Span, Text

Row = dict[str, Any]
PAGES_KEPT = 256  # rebuilt pages held while passages, which hop between pages, are written
# What is undone to show a text as its author's page has it. Every other kind mends damage or removes markup.
AUTHOR_KINDS = frozenset({"script", "width", "punctuation", "variant", "pinyin"})


def export_jsonl(database: Database, folder: str | Path) -> dict[str, int]:
    """Writes every layer to `folder` as NAME.jsonl; the number of lines of each. Raises DatabaseError."""
    target = Path(folder)
    try:
        target.mkdir(parents=True, exist_ok=True)
        return {name: _write(target / f"{name}.jsonl", rows(database)) for name, rows in LAYERS.items()}
    except OSError as error:
        raise DatabaseError(f"{folder} cannot be written: {error.strerror}. Name another folder with --to.") from error


def _write(path: Path, rows: Iterator[Row]) -> int:
    """Whole or not at all: an export that is stopped leaves no half file under the final name."""
    unfinished = path.with_name(path.name + ".part")
    count = 0
    with unfinished.open("w", encoding="utf-8", newline="\n") as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    unfinished.replace(path)
    return count


def documents(database: Database) -> Iterator[Row]:
    """What each page says of itself and where its text stands in its file."""
    for d in database.documents():
        yield {
            "doc": d.doc,
            "sha256": d.source.sha256,
            "encoding": d.source.encoding,
            "media_type": d.source.media_type,
            "byte_start": d.source.byte_start,
            "byte_length": d.source.byte_length,
            "title": d.meta.title,
            "site": d.meta.site,
            "address": d.meta.address,
            "date": d.meta.date,
            "document_number": d.meta.document_number,
            "issuing_body": d.meta.issuing_body,
            "raw_chars": d.raw_chars,
            "clean_chars": d.clean_chars,
            "essays": d.essays,
            "facts": d.facts,
        }


def essays(database: Database) -> Iterator[Row]:
    """The essays of each page."""
    page_of = _pages(database)
    for e in database.essays():
        heading = heading_as_written(page_of(e.id.doc).text, e.essay)
        yield {"doc": e.id.doc, "essay": e.id.essay, "start": e.raw.start, "end": e.raw.end, "heading": heading}


def sections(database: Database) -> Iterator[Row]:
    """The headings inside essays."""
    page_of = _pages(database)
    for e in database.essays():
        text = page_of(e.id.doc).text
        for s in e.essay.sections:
            marker, title = marker_and_title_as_written(text, s)
            raw = text.raw_span(s.start, s.end)
            place = {"level": s.level, "marker": marker, "title": title, "start": raw.start, "end": raw.end}
            yield {"doc": e.id.doc, "essay": e.id.essay, **place}


def boilerplate(database: Database) -> Iterator[Row]:
    """What was removed as the site's own."""
    for page in _each_page(database):
        for b in boilerplate_of(page):
            quote = page.text.raw[b.start : b.end]
            yield {"doc": page.source.doc, "start": b.start, "end": b.end, "quote": quote, "kind": b.kind}


def noise(database: Database) -> Iterator[Row]:
    """Damage that was mended, or marked and left."""
    for page in _each_page(database):
        for n in noise_of(page):
            quote = page.text.raw[n.start : n.end]
            place = {"start": n.start, "end": n.end, "quote": quote, "kind": n.kind, "repair": n.repair}
            yield {"doc": page.source.doc, **place}


def duplicates(database: Database) -> Iterator[Row]:
    """Pairs of essays that share text."""
    for p in database.pairs():
        measured = {"containment": round(p.containment, 4), "jaccard": round(p.jaccard, 4)}
        yield {"a": list(p.a), "b": list(p.b), "relation": p.relation, **measured}


def passages(database: Database) -> Iterator[Row]:
    """The runs of text that pairs share, each in the raw text of its page."""
    page_of = _pages(database)
    for p in database.passages():
        a, b = page_of(p.a.doc).text.raw_span(*p.a_span), page_of(p.b.doc).text.raw_span(*p.b_span)
        yield {
            "a": list(p.a),
            "b": list(p.b),
            "a_start": a.start,
            "a_end": a.end,
            "b_start": b.start,
            "b_end": b.end,
        }


def facts(database: Database) -> Iterator[Row]:
    """The facts; subject and base as the page has them; what the latest review says of each."""
    page_of = _pages(database)
    judgements = database.judgements()
    for stored in database.facts():
        fact, text = stored.fact, page_of(stored.doc).text
        yield {
            "doc": stored.doc,
            "essay": fact.essay,
            "start": stored.raw.start,
            "end": stored.raw.end,
            "quote": stored.raw_quote,
            "kind": fact.kind,
            "measure": fact.measure,
            "subject": slot_as_written(text, stored, "subject", fact.subject),
            "op": fact.op,
            "value": list(fact.value) if isinstance(fact.value, tuple) else fact.value,
            "unit": fact.unit,
            "per": fact.per,
            "base": slot_as_written(text, stored, "base", fact.base),
            "modality": fact.modality,
            "province": fact.province,
            "city": fact.city,
            "county": fact.county,
            "masked": fact.masked,
            "id": stored.id,
            "evidence": stored.evidence,
            "confidence": fact.confidence,
            "quoted_from": fact.quoted_from,
            "byte_start": stored.bytes.start if stored.bytes else None,
            "byte_end": stored.bytes.end if stored.bytes else None,
            "review": judgements[stored.id].record() if stored.id in judgements else None,
        }


def reviews(database: Database) -> Iterator[Row]:
    """Every review, also those that are orphaned: without start and end."""
    return map(row_of, database.reviews())


# The layers, in the order in which a page becomes them.
LAYERS: dict[str, Callable[[Database], Iterator[Row]]] = {
    "documents": documents,
    "essays": essays,
    "sections": sections,
    "boilerplate": boilerplate,
    "noise": noise,
    "duplicates": duplicates,
    "passages": passages,
    "facts": facts,
    "reviews": reviews,
}


def as_written(text: Text, start: int, end: int) -> str:
    """`[start, end)` of the clean text in the characters of the page: its script and width, no damage, no markup."""
    raw = text.raw_span(start, end)
    pieces: list[str] = []
    at = raw.start
    for edit in _edits_within(text, raw):
        pieces.append(text.raw[at : edit.start])
        pieces.append(_author_form(text.raw, edit))
        at = edit.end
    pieces.append(text.raw[at : raw.end])
    return "".join(pieces)


def _edits_within(text: Text, raw: Span) -> Iterator[Edit]:
    first = bisect_left(text.edits, raw.start, key=lambda edit: edit.start)
    for edit in text.edits[first:]:
        if edit.end > raw.end:
            return
        yield edit


def _author_form(raw: str, edit: Edit) -> str:
    if all(leaf.kind in AUTHOR_KINDS for leaf in edit.leaves):
        return raw[edit.start : edit.end]
    mended = [leaf for leaf in edit.leaves if leaf.kind not in AUTHOR_KINDS]
    whole = [leaf for leaf in mended if (leaf.start, leaf.end) == (edit.start, edit.end)]
    return whole[-1].replacement if whole else edit.replacement


def heading_as_written(text: Text, essay: Essay) -> str:
    """An essay's heading in the characters of the page."""
    end = essay.start + len(essay.heading)
    if essay.heading and str(text)[essay.start : end] == essay.heading:
        return as_written(text, essay.start, end)
    return essay.heading


def marker_and_title_as_written(text: Text, section: Section) -> tuple[str, str]:
    """A section's marker and title in the characters of the page."""
    clean = str(text)
    marker_end, title_start = section.start + len(section.marker), section.end - len(section.title)
    marker, title = section.marker, section.title
    if clean[section.start : marker_end] == marker:
        marker = as_written(text, section.start, marker_end) if marker else ""
    if clean[title_start : section.end] == title:
        title = as_written(text, title_start, section.end) if title else ""
    return marker, title


def slot_as_written(text: Text, stored: StoredFact, slot: str, value: str | None) -> str | None:
    """A slot in the characters of the page, where the words that fill it are known."""
    spans = [e for e in stored.fact.evidence if e.slot == slot]
    if value is None or not spans:
        return value
    return "".join(as_written(text, e.start, e.end) for e in spans)


def _pages(database: Database) -> Callable[[str], Page]:
    return lru_cache(maxsize=PAGES_KEPT)(database.page)


def _each_page(database: Database) -> Iterator[Page]:
    for document in database.documents():
        yield database.page(document.doc)
