"""CSV and Parquet: a page for each row, its raw text the value of the text column."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from corpus_tools.errors import FormatError, ReadError
from corpus_tools.read.bundle import Bundle, MissingReaderError, check_length, decoded_rows, mended
from corpus_tools.read.fields import HTML_FIELDS, META_FIELDS, TEXT_FIELDS, meta_of, text_field
from corpus_tools.records import Failure, Page, Source
from corpus_tools.text import Text

BATCH = 256  # rows held in memory at a time


def read_csv(bundle: Bundle) -> Iterator[Page | Failure]:
    """A page for each record after the header, numbered from 1; a Failure for each that cannot be read."""
    text = decoded_rows(bundle).text
    header = text.partition("\n")[0]
    delimiter = max(",\t;", key=header.count)
    csv.field_size_limit(bundle.config.max_page_chars)
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        columns = [column.strip() for column in next(records)]
        rows = (dict(zip(columns, record, strict=False)) for record in records)
        text_field(dict.fromkeys(columns, ""), bundle.config.text_field, f"{bundle.doc} (first line)")
        yield from _pages(bundle, rows)
    except csv.Error as error:
        raise FormatError(f"{bundle.doc} is a broken CSV file: {error}.") from None


def read_parquet(bundle: Bundle) -> Iterator[Page | Failure]:
    """A page for each row, numbered from 1; a Failure for each that cannot be read."""
    try:
        from pyarrow import ArrowException, BufferReader  # type: ignore[import-untyped]
        from pyarrow.parquet import ParquetFile  # type: ignore[import-untyped]
    except ImportError:
        raise MissingReaderError("Reading .parquet", "formats") from None
    try:
        file = ParquetFile(BufferReader(bundle.data))
        groups = [file.metadata.row_group(i) for i in range(file.metadata.num_row_groups)]
        size, limit = sum(group.total_byte_size for group in groups), bundle.config.max_unpacked_mb * 1_000_000
        if size > limit:
            raise FormatError(f"{bundle.doc} unpacks to {size:,} bytes, more than {limit:,}. Raise --max-unpacked-mb.")
        names = [name for name in file.schema_arrow.names if _is_wanted(name, bundle.config.text_field)]
        text_field(dict.fromkeys(names or file.schema_arrow.names, ""), bundle.config.text_field, bundle.doc)
        batches = file.iter_batches(batch_size=BATCH, columns=names)
        yield from _pages(bundle, (row for batch in batches for row in batch.to_pylist()))
    except (ArrowException, OSError) as error:
        raise FormatError(f"{bundle.doc} is a broken Parquet file: {str(error)[:100]}. Fetch it again.") from None


def _is_wanted(name: str, wanted: str) -> bool:
    return name == wanted or name in TEXT_FIELDS or any(name in names for names in META_FIELDS.values())


def _pages(bundle: Bundle, rows: Iterator[Mapping[str, Any]]) -> Iterator[Page | Failure]:
    for number, row in enumerate(rows, start=1):
        doc = f"{bundle.doc}#{number}"
        if number > bundle.config.max_rows:
            yield Failure(doc, f"Rows after {bundle.config.max_rows:,} are not read.")
            return
        try:
            yield _page(bundle, row, doc)
        except ReadError as error:
            yield Failure(doc, str(error))


def _page(bundle: Bundle, row: Mapping[str, Any], doc: str) -> Page:
    name = text_field(row, bundle.config.text_field, doc)
    text = row[name].encode("utf-8", "replace").decode("utf-8")
    check_length(doc, len(text), bundle.config)
    if not text.strip():
        raise FormatError(f"{doc}: the field {name!r} is empty.")
    page = mended(Page(Source(doc, bundle.sha256, "", bundle.media_type), Text(text), meta_of(row)))
    if name in HTML_FIELDS:
        from corpus_tools.read.html import without_markup

        return without_markup(page, bundle.config)
    return page
