"""From a fact back to the bytes of its file, and whether the file still says so."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from corpus_tools.records import Source
from corpus_tools.store.stored import StoredFact
from corpus_tools.text import Span

if TYPE_CHECKING:
    from corpus_tools.store.database import Database

Status = Literal["confirmed", "changed", "gone", "differs"]


@dataclass(frozen=True, slots=True)
class Trace:
    """Where a fact stands.

    `status`: `confirmed`: the bytes, read again and decoded, are the quote. `changed`: the file has another SHA-256
    than when it was read; the byte range is the old one. `gone`: there is no such file any more. `differs`: the file
    is the same but its bytes do not decode to the quote, which is a defect of this software.
    """

    fact: StoredFact
    path: Path
    sha256: str
    encoding: str
    byte_start: int | None
    byte_end: int | None
    raw_start: int
    raw_end: int
    raw_quote: str
    clean_quote: str
    status: Status
    advice: str  # what the reader should know or do


def trace(database: Database, fact_id: str, root: Path | None = None) -> Trace:
    """Where a fact stands; `root` is the input folder where it has moved since the run."""
    fact = database.fact(fact_id)
    page = database.page(fact.doc)
    stored = database.input_of(fact.doc)
    path = stored.path if root is None else root / stored.doc
    status, span, advice = _check(path, page.source, fact)
    return Trace(
        fact=fact,
        path=path,
        sha256=page.source.sha256,
        encoding=page.source.encoding,
        byte_start=span.start if span else None,
        byte_end=span.end if span else None,
        raw_start=fact.raw.start,
        raw_end=fact.raw.end,
        raw_quote=fact.raw_quote,
        clean_quote=fact.fact.quote,
        status=status,
        advice=advice,
    )


def _check(path: Path, source: Source, fact: StoredFact) -> tuple[Status, Span | None, str]:
    from corpus_tools.read import byte_span, decode

    try:
        data = path.read_bytes()
    except OSError as error:
        return "gone", fact.bytes, f"{path} cannot be read ({error.strerror}). Where has the input folder moved? --root"
    if sha256(data).hexdigest() != source.sha256:
        return (
            "changed",
            fact.bytes,
            f"{path} has changed since it was read. Run again to bring the database up to date.",
        )
    span = byte_span(data, source, *fact.raw)
    if not source.encoding:
        return "confirmed", span, f"the page stands inside {path.name}, which has no bytes of the page as they are."
    if decode(data[span.start : span.end], source.encoding).text == fact.raw_quote:
        return "confirmed", span, ""
    return "differs", span, f"bytes {span.start}-{span.end} of {path} do not decode to the quote; please report this."
