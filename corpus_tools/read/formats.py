"""Files into pages: each format's reader, and what to say of a file that cannot be read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from corpus_tools.errors import FormatError, ReadError
from corpus_tools.read.decode import Decoded, decode
from corpus_tools.read.files import Input, media_type
from corpus_tools.read.mojibake import mojibake_edits, mojibake_marks
from corpus_tools.read.settings import ReadConfig
from corpus_tools.records import Failure, Mark, Page, PageMeta, Source
from corpus_tools.text import Text

BINARY_SIGNATURES = {
    b"\x89PNG": "a PNG picture",
    b"\xff\xd8\xff": "a JPEG picture",
    b"GIF8": "a GIF picture",
    b"\xd0\xcf\x11\xe0": "an old Office file (doc, xls, ppt): save it as docx or txt first",
    b"Rar!": "a RAR archive: unpack it first",
    b"7z\xbc\xaf": "a 7z archive: unpack it first",
    b"\x7fELF": "a program",
    b"MZ\x90": "a program",
    b"SQLite format 3": "an SQLite database",
    b"%PDF-": "a PDF: give it a name that ends in .pdf",
    b"PK\x03\x04": "a zip archive or Office file: give it a name that ends in .zip or .docx",
    b"\x1f\x8b": "gzip-compressed: give it a name that ends in .gz",
    b"PAR1": "a Parquet file: give it a name that ends in .parquet",
}
MOST_UNREADABLE = 0.2  # of the characters; a page with a fifth of its text lost is no text


@dataclass(frozen=True, slots=True)
class Bundle:
    """The bytes of one file, with what is known of them before they are read."""

    doc: str
    data: bytes
    media_type: str
    sha256: str
    config: ReadConfig
    unpacked: bool = False  # out of a gz or zip: byte places in the file mean nothing

    def source(self, encoding: str, byte_start: int, byte_length: int, row: str = "") -> Source:
        """Where a page of this file stands."""
        if self.unpacked:
            return Source(self.doc + row, self.sha256, "", self.media_type)
        return Source(self.doc + row, self.sha256, encoding, self.media_type, byte_start, byte_length)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file gave: its pages, and the rows or members of it that could not be read."""

    pages: tuple[Page, ...]
    failures: tuple[Failure, ...] = ()


def read_input(item: Input, config: ReadConfig | None = None) -> Reading:
    """The pages of one file, and its rows that cannot be read. Raises ReadError where nothing of it can be read."""
    config = config or ReadConfig()
    return _read(_bytes_of(item.path, config), item.doc, media_type(item.path), config)


def read_bytes(data: bytes, doc: str = "-", config: ReadConfig | None = None) -> Reading:
    """The pages of bytes that are no file, such as standard input: HTML where they look like it, else plain text."""
    return _read(data, doc, None, config or ReadConfig())


def _read(data: bytes, doc: str, kind: str | None, config: ReadConfig) -> Reading:
    pages: list[Page] = []
    failures: list[Failure] = []
    bundle = Bundle(doc, data, kind or _looks_like(data), hashlib.sha256(data).hexdigest(), config)
    for result in read_bundle(bundle):
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
    from corpus_tools.read.html import read_html
    from corpus_tools.read.jsonl import read_jsonl

    return {
        "text/plain": read_text,
        "text/markdown": read_text,
        "text/html": read_html,
        "application/jsonl": read_jsonl,
    }


def read_text(bundle: Bundle) -> Iterator[Page]:
    """One page: the decoded file as it stands."""
    decoded = decoded_text(bundle)
    yield text_page(bundle, decoded)


def text_page(bundle: Bundle, decoded: Decoded) -> Page:
    """A page whose raw text is the whole decoded file."""
    length = len(bundle.data) - decoded.byte_start
    source = bundle.source(decoded.encoding, decoded.byte_start, length)
    return mended(Page(source, Text(decoded.text), PageMeta(), damage_marks(decoded)))


def mended(page: Page) -> Page:
    """The page with its mojibake undone where that can be done exactly, and marked where not."""
    page = page.edited(mojibake_edits(str(page.text)))
    return page.marked(mojibake_marks(str(page.text)))


def damage_marks(decoded: Decoded) -> tuple[Mark, ...]:
    """The places of the raw text whose bytes could not be read."""
    return tuple(Mark(place.start, place.start + 1, "mojibake", "undecodable bytes") for place in decoded.damage)


def decoded_text(bundle: Bundle) -> Decoded:
    """The file decoded; FormatError where it is no text or too long."""
    for signature, kind in BINARY_SIGNATURES.items():
        if bundle.data.startswith(signature):
            raise FormatError(f"{bundle.doc} is {kind}.")
    decoded = decode(bundle.data, bundle.config.encoding)
    if _is_binary(decoded):
        raise FormatError(
            f"{bundle.doc} holds binary data, not text. If it is text in an unusual encoding, name it with --encoding."
        )
    check_length(bundle.doc, len(decoded.text), bundle.config)
    return decoded


def check_length(doc: str, characters: int, config: ReadConfig) -> None:
    """Raise FormatError where a page is longer than the limit."""
    if characters > config.max_page_chars:
        raise FormatError(
            f"{doc} has {characters:,} characters, more than the limit of {config.max_page_chars:,}. "
            "Split it, or raise --max-page-chars."
        )


def _is_binary(decoded: Decoded) -> bool:
    text = decoded.text
    controls = sum(text.count(chr(code)) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return controls + len(decoded.damage) > max(4, MOST_UNREADABLE * len(text))


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
