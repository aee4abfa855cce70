"""The bytes of one file on their way to pages, and what every format's reader needs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from corpus_tools.errors import FormatError, MissingExtraError, ReadError
from corpus_tools.read.charset import surprise
from corpus_tools.read.decode import Decoded, decode
from corpus_tools.read.mojibake import mojibake_edits, mojibake_marks
from corpus_tools.read.settings import ReadConfig
from corpus_tools.records import Mark, Page, PageMeta, Source
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
CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
LOOKED_AT = 50_000  # characters from the start
MOST_CONTROLS = 0.05  # of the characters
MOST_DAMAGED = 0.2  # of the characters; a page with a fifth of its text lost is no text
NO_TEXT, SHORT = 19, 100  # bits per character: Korean without a mark costs 18, chance 22


class MissingReaderError(MissingExtraError, ReadError):
    """The package that reads a format is not installed: the file is listed as failed and the run goes on."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """The bytes of one file, with what is known of them before they are read."""

    doc: str
    data: bytes
    media_type: str
    sha256: str
    config: ReadConfig
    unpacked: bool = False  # out of a gz or zip: byte places in the file mean nothing
    depth: int = 0  # of archives around it

    def source(self, encoding: str, byte_start: int, byte_length: int, row: str = "") -> Source:
        """Where a page of this file stands."""
        if self.unpacked:
            return Source(self.doc + row, self.sha256, "", self.media_type)
        return Source(self.doc + row, self.sha256, encoding, self.media_type, byte_start, byte_length)


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
    """The places of the raw text whose bytes could not be read; without a note, as normalise marks U+FFFD too."""
    return tuple(Mark(place.start, place.start + 1, "mojibake") for place in decoded.damage)


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


def decoded_rows(bundle: Bundle) -> Decoded:
    """A file of many pages decoded; the limit on a page's length is for each row."""
    whole = replace(bundle.config, max_page_chars=max(bundle.config.max_page_chars, len(bundle.data)))
    return decoded_text(replace(bundle, config=whole))


def _is_binary(decoded: Decoded) -> bool:
    head = decoded.text[:LOOKED_AT]
    damaged = sum(place.start < LOOKED_AT for place in decoded.damage)
    if len(CONTROL.findall(head)) > max(4, MOST_CONTROLS * len(head)) or damaged > max(4, MOST_DAMAGED * len(head)):
        return True
    # any two bytes are some character of UTF-16, so that programs and pictures end up there
    guessed = decoded.encoding.startswith("utf-16") and not decoded.byte_start
    return guessed and len(head) > SHORT and surprise(head) > NO_TEXT * len(head)
