"""Files into pages: each format's reader, and what to say of a file that cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus_tools.errors import FormatError, ReadError
from corpus_tools.read.bundle import Bundle, decoded_text, text_page
from corpus_tools.read.files import MEDIA_TYPES, Input, media_type
from corpus_tools.read.settings import ReadConfig
from corpus_tools.records import Failure, Page


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave: its pages, and the rows or members of it that could not be read."""

    pages: tuple[Page, ...]
    failures: tuple[Failure, ...] = ()


def iter_pages(item: Input, config: ReadConfig | None = None) -> Iterator[Page | Failure]:
    """The pages of one file as they are read, with a Failure for each row or member that cannot be.

    Raises ReadError where nothing of the file can be read.
    """
    config = config or ReadConfig()
    data = _bytes_of(item.path, config)
    kind = media_type(item.path) or _looks_like(data)
    yield from read_bundle(Bundle(item.doc, data, kind, hashlib.sha256(data).hexdigest(), config))


def read_input(item: Input, config: ReadConfig | None = None) -> Reading:
    """The pages of one file, and its rows that cannot be read. Raises ReadError where nothing of it can be read."""
    return _reading(iter_pages(item, config))


def read_bytes(data: bytes, doc: str = "-", config: ReadConfig | None = None) -> Reading:
    """The pages of bytes that are no file, such as standard input: HTML where they look like it, else plain text."""
    bundle = Bundle(doc, data, _looks_like(data), hashlib.sha256(data).hexdigest(), config or ReadConfig())
    return _reading(read_bundle(bundle))


def _reading(results: Iterator[Page | Failure]) -> Reading:
    pages: list[Page] = []
    failures: list[Failure] = []
    for result in results:
        if isinstance(result, Page):
            pages.append(result)
        else:
            failures.append(result)
    if not pages and failures:
        raise FormatError(failures[0].reason)
    return Reading(tuple(pages), tuple(failures))


def read_pages(item: Input, config: ReadConfig | None = None) -> list[Page]:
    """The pages of one file: one, or one for each row. Rows that cannot be read are told by `read_input`."""
    return list(read_input(item, config).pages)


def read_bundle(bundle: Bundle) -> Iterator[Page | Failure]:
    """The pages of a file's bytes, with a Failure for each part that cannot be read."""
    if not bundle.data.strip():
        raise FormatError(f"{bundle.doc} is empty.")
    return _readers()[bundle.media_type](bundle)


def _readers() -> dict[str, Callable[[Bundle], Iterator[Page | Failure]]]:
    from corpus_tools.read.containers import read_gzip, read_zip
    from corpus_tools.read.documents import read_docx, read_pdf
    from corpus_tools.read.html import read_html
    from corpus_tools.read.jsonl import read_jsonl
    from corpus_tools.read.tables import read_csv, read_parquet

    return {
        "text/plain": read_text,
        "text/markdown": read_text,
        "text/html": read_html,
        "application/jsonl": read_jsonl,
        "text/csv": read_csv,
        "text/tab-separated-values": read_csv,
        MEDIA_TYPES[".parquet"]: read_parquet,
        MEDIA_TYPES[".docx"]: read_docx,
        "application/pdf": read_pdf,
        "application/gzip": read_gzip,
        "application/zip": read_zip,
    }


def read_text(bundle: Bundle) -> Iterator[Page]:
    """One page: the decoded file as it stands."""
    decoded = decoded_text(bundle)
    yield text_page(bundle, decoded)


def _bytes_of(path: Path, config: ReadConfig) -> bytes:
    limit = config.max_file_mb * 1_000_000
    try:
        size = path.stat().st_size
        if size > limit:
            raise FormatError(
                f"{path.name} has {size:,} bytes, more than the limit of {limit:,}. Split it, or raise --max-file-mb."
            )
        return path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path.name} cannot be opened: {error.strerror or error}.") from None


def _looks_like(data: bytes) -> str:
    """The media type of a file whose name says nothing."""
    start = data[:1000].lstrip().lower()
    return "text/html" if start.startswith((b"<!doctype html", b"<html")) else "text/plain"
