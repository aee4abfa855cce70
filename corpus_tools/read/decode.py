"""Bytes into text: the encoding found, bad bytes marked where they stand, everything else kept.

A run of bytes that fit nowhere becomes one U+FFFD and a `Damage` with its place in the bytes. Nothing else is changed:
line ends stay as they are, and every position of the text can be walked back to its byte.
"""

from __future__ import annotations

import codecs
from bisect import bisect_right
from dataclasses import dataclass
from typing import NamedTuple

from corpus_tools.errors import DecodeError
from corpus_tools.read.charset import BAD_BYTES, WIDER, Guess, guess, marked
from corpus_tools.read.mojibake import mojibake_edits
from corpus_tools.read.resync import resynced
from corpus_tools.records import Source
from corpus_tools.text import Span, Text

DOUBLE_BYTE = ("gb18030", "big5hkscs")


class Damage(NamedTuple):
    """Bytes that fit nowhere: `start` is the place of their one U+FFFD in the text, the bytes are in the file."""

    start: int
    byte_start: int
    byte_end: int


@dataclass(frozen=True, slots=True)
class Decoded:
    """A file's text as it stands, its encoding, and the places that could not be read."""

    text: str
    encoding: str
    damage: tuple[Damage, ...] = ()
    byte_start: int = 0  # length of the byte order mark

    @property
    def mended(self) -> str:
        """The text with mojibake undone where every byte of it fits."""
        return str(Text(self.text, mojibake_edits(self.text)))


def decode(data: bytes, encoding: str = "auto") -> Decoded:
    """The text of `data`; its encoding is found from the bytes unless it is named.

    >>> decode("教师交流轮岗".encode("gbk")).encoding
    'gb18030'
    """
    found = guess(data) if encoding == "auto" else _named(data, encoding)
    # half a character before UTF-16 is damage and part of the text; a byte order mark is neither
    byte_start = found.start if found.start > 1 else 0
    text, damage = _collapsed(_marked_text(data[byte_start:], found), found.encoding, byte_start)
    return Decoded(text, found.encoding, damage, byte_start)


def _named(data: bytes, encoding: str) -> Guess:
    label = encoding.lower().replace("_", "-")
    try:
        codec = WIDER.get(label) or codecs.lookup(encoding).name
    except LookupError:
        raise DecodeError(f"No encoding is called {encoding!r}. Try utf-8, gb18030, big5hkscs or auto.") from None
    seen = guess(data)
    cut = seen.start == 1 and len(data) % 2 == 0  # then the bytes are whole and the name is right
    return seen if seen.encoding == codec and not cut else Guess(codec, 0)


def _marked_text(data: bytes, found: Guess) -> str:
    """The text with U+DC00 + byte for each byte that fits nowhere."""
    if found.encoding in DOUBLE_BYTE:
        return resynced(data, found.encoding)
    lead = found.start if found.start == 1 else 0
    return "".join(chr(0xDC00 + byte) for byte in data[:lead]) + marked(data[lead:], found.encoding)


def _collapsed(text: str, encoding: str, byte_start: int) -> tuple[str, tuple[Damage, ...]]:
    """Marked text with one U+FFFD for each run of bad bytes, and where those runs are."""
    runs = [] if _is_whole(text) else list(BAD_BYTES.finditer(text))
    if not runs:
        return text, ()
    damage = []
    at = dropped = 0
    byte_at = byte_start
    for run in runs:
        byte_at += encoded_length(text[at : run.start()], encoding)
        length = run.end() - run.start()
        damage.append(Damage(run.start() - dropped, byte_at, byte_at + length))
        byte_at += length
        dropped += length - 1
        at = run.end()
    return BAD_BYTES.sub("\ufffd", text), tuple(damage)


def _is_whole(text: str) -> bool:
    try:
        text.encode("utf-8")  # the quickest way to find out that no half of a surrogate pair is there
    except UnicodeEncodeError:
        return False
    return True


def encoded_length(text: str, encoding: str) -> int:
    """How many bytes `text`, decoded from `encoding`, took up there."""
    if text.isascii() and not encoding.startswith(("utf-16", "utf-32")):
        return len(text)
    # A few codes of Big5-HKSCS give two characters (Ê with a macron); half of one counts as nothing.
    return len(text.encode(encoding, "ignore"))


class ByteMap:
    """Where each position of a decoded text stands in its bytes. Ask in rising order: then it is linear."""

    def __init__(self, decoded: Decoded) -> None:
        self.encoding = decoded.encoding
        self._decoded = decoded
        self._ends = [place.start + 1 for place in decoded.damage]
        self._last = (0, decoded.byte_start)

    def __call__(self, position: int) -> int:
        """The byte at which the character at `position` begins."""
        at, byte_at = self._last
        i = bisect_right(self._ends, position) - 1
        if i >= 0 and self._ends[i] >= at:
            at, byte_at = self._ends[i], self._decoded.damage[i].byte_end
        if position < at:
            at, byte_at = 0, self._decoded.byte_start
        byte_at += encoded_length(self._decoded.text[at:position], self._decoded.encoding)
        self._last = (position, byte_at)
        return byte_at


def byte_span(data: bytes, source: Source, start: int, end: int) -> Span:
    """The bytes of `data`, the whole file, that hold `[start, end)` of the page's raw text.

    Exact for text files. A page out of a container (docx, pdf, parquet, gz, zip: `source.encoding` is empty) has no
    bytes of its own: the answer is the whole file.
    """
    if not source.encoding:
        return Span(0, len(data))
    piece = data[source.byte_start : source.byte_start + source.byte_length]
    lone_half = source.byte_start == 0 and source.encoding.startswith("utf-16")
    seen = guess(piece) if lone_half else None
    found = seen if seen and seen.encoding == source.encoding else Guess(source.encoding, 0)
    # a row stands between quotes in its file, and double-byte text around damage is read by its neighbours
    quote = b'"' if source.media_type == "application/jsonl" and source.encoding in DOUBLE_BYTE else b""
    text = _marked_text(quote + piece + quote, found)
    text = text[1:-1] if quote else text
    text, damage = _collapsed(text, source.encoding, source.byte_start)
    where = ByteMap(Decoded(text, source.encoding, damage, source.byte_start))
    return Span(where(start), where(end))
