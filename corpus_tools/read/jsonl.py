"""JSON Lines: a page for each row, its raw text the inside of the string literal of the text field."""

from __future__ import annotations

import json
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from json import decoder as json_decoder
from typing import Any, NamedTuple

from corpus_tools.errors import FormatError, ReadError
from corpus_tools.read.bundle import Bundle, check_length, damage_marks, decoded_rows, mended
from corpus_tools.read.decode import ByteMap
from corpus_tools.read.fields import HTML_FIELDS, meta_of, text_field
from corpus_tools.records import Failure, Mark, Page
from corpus_tools.text import Edit, Text

ESCAPE = re.compile(r'\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|["\\/bfnrt])')
SPACE = re.compile(r"[ \t\r]*")


class Literal(NamedTuple):
    """The inside of a string literal of a row, by its place in the row."""

    start: int
    end: int


def read_jsonl(bundle: Bundle) -> Iterator[Page | Failure]:
    """A page for each row, numbered by line from 1; a Failure for each row that cannot be read."""
    decoded = decoded_rows(bundle)
    where = ByteMap(decoded)
    marks = damage_marks(decoded)
    at = 0
    for number, row in enumerate(decoded.text.split("\n"), start=1):
        if row.strip():
            if number > bundle.config.max_rows:
                yield Failure(f"{bundle.doc}#{number}", f"Rows after {bundle.config.max_rows:,} are not read.")
                return
            try:
                yield _page(bundle, where, marks, row, at, number)
            except ReadError as error:
                yield Failure(f"{bundle.doc}#{number}", str(error))
        at += len(row) + 1


def _page(bundle: Bundle, where: ByteMap, marks: Sequence[Mark], row: str, at: int, number: int) -> Page:
    doc = f"{bundle.doc}#{number}"
    values, literals = _fields(row, doc)
    name = text_field(values, bundle.config.text_field, doc)
    if name not in literals:
        raise FormatError(f"{doc}: the field {name!r} is not a string.")
    start, end = literals[name]
    check_length(doc, end - start, bundle.config)
    raw = row[start:end]
    if not raw.strip():
        raise FormatError(f"{doc}: the field {name!r} is empty.")
    byte_start = where(at + start)
    source = bundle.source(where.encoding, byte_start, where(at + end) - byte_start, row=f"#{number}")
    first, last = (bisect_left(marks, at + place, key=lambda mark: mark.start) for place in (start, end))
    inside = tuple(
        replace(mark, start=mark.start - at - start, end=mark.end - at - start) for mark in marks[first:last]
    )
    page = mended(Page(source, Text(raw, escape_edits(raw)), meta_of(values), inside))
    if name in HTML_FIELDS:
        from corpus_tools.read.html import without_markup

        return without_markup(page, bundle.config)
    return page


def _fields(row: str, doc: str) -> tuple[dict[str, Any], dict[str, Literal]]:
    """The row's values by field, and where the string literals among them stand."""
    values: dict[str, Any] = {}
    literals: dict[str, Literal] = {}
    decoder = json.JSONDecoder(strict=False)
    try:
        at = _past(row, 0, "{")
        while row[at : at + 1] != "}":
            key, at = json_decoder.scanstring(row, _past(row, at, '"'), False)  # type: ignore[attr-defined]
            start = _past(row, at, ":")
            value, at = decoder.raw_decode(row, start)
            values[key] = value
            literals.pop(key, None)
            if isinstance(value, str):
                literals[key] = Literal(start + 1, at - 1)
            at = SPACE.match(row, at).end()  # type: ignore[union-attr]
            if row[at : at + 1] != "}":
                at = _past(row, at, ",")
        if row[at + 1 :].strip():
            raise ValueError("text after the object")
    except (ValueError, RecursionError) as error:
        hint = " Write one object to a line." if row.lstrip().startswith(("[", "{\r")) or row.strip() == "{" else ""
        raise FormatError(f"{doc} is not a JSON object: {str(error)[:80]}.{hint}") from None
    return values, literals


def _past(row: str, at: int, expected: str) -> int:
    """The place after `expected` and the space on both sides of it."""
    at = SPACE.match(row, at).end()  # type: ignore[union-attr]
    if row[at : at + 1] != expected:
        raise ValueError(f"{expected} expected at character {at}")
    return at + 1 if expected == '"' else SPACE.match(row, at + 1).end()  # type: ignore[union-attr]


def escape_edits(raw: str) -> list[Edit]:
    """An edit for each JSON escape in the inside of a string literal."""
    return [Edit(found.start(), found.end(), _unescaped(found[0]), "markup", "json") for found in ESCAPE.finditer(raw)]


def _unescaped(escape: str) -> str:
    text = str(json.loads(f'"{escape}"'))
    return "\ufffd" if "\ud800" <= text <= "\udfff" else text
