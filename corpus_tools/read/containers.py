"""Compressed files: what is inside is read as if it lay beside them, up to a limit on what it unpacks to."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import IO

from corpus_tools.errors import CorpusToolsError, FormatError
from corpus_tools.read.bundle import Bundle
from corpus_tools.read.decode import decode
from corpus_tools.read.files import media_type
from corpus_tools.read.formats import read_bundle
from corpus_tools.records import Failure, Page

DEEPEST = 2  # containers inside one another: a zip of gz files, no more
MOST_MEMBERS = 100_000
CHUNK = 1 << 20
UTF8_NAME, ENCRYPTED = 0x800, 0x1  # flag bits of a member


def read_gzip(bundle: Bundle) -> Iterator[Page | Failure]:
    """The pages of the one file inside."""
    deeper = _deeper(bundle)
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(bundle.data)) as stream:
            data = _limited(stream, bundle, bundle.config.max_unpacked_mb * 1_000_000)
    except (OSError, EOFError, zlib.error) as error:
        raise FormatError(f"{bundle.doc} is a broken gzip file: {error}. Fetch it again.") from None
    inner = media_type(Path(bundle.doc.removesuffix(".gz"))) or "text/plain"
    yield from read_bundle(replace(deeper, data=data, media_type=inner))


def read_zip(bundle: Bundle) -> Iterator[Page | Failure]:
    """The pages of the readable files inside, in order of name; a Failure for each that cannot be read."""
    deeper = _deeper(bundle)
    try:
        archive = zipfile.ZipFile(io.BytesIO(bundle.data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise FormatError(f"{bundle.doc} is a broken zip file: {error}. Fetch it again.") from None
    members = sorted((name, member) for member in archive.infolist() if (name := _name(member)))
    if not members:
        raise FormatError(f"{bundle.doc} holds no file of a kind that is read.")
    if len(members) > MOST_MEMBERS:
        raise FormatError(f"{bundle.doc} holds {len(members):,} files, more than {MOST_MEMBERS:,}. Unpack it first.")
    left = bundle.config.max_unpacked_mb * 1_000_000
    for name, member in members:
        doc = f"{bundle.doc}/{name}"
        try:
            data = _member(archive, member, replace(bundle, doc=doc), left)
            left -= len(data)
            kind = media_type(PurePosixPath(name)) or "text/plain"
            yield from read_bundle(replace(deeper, doc=doc, data=data, media_type=kind))
        except CorpusToolsError as error:
            yield Failure(doc, str(error))


def _deeper(bundle: Bundle) -> Bundle:
    if bundle.depth >= DEEPEST:
        raise FormatError(f"{bundle.doc} lies inside {DEEPEST} other archives. Unpack them first.")
    return replace(bundle, unpacked=True, depth=bundle.depth + 1)


def _name(member: zipfile.ZipInfo) -> str | None:
    """The path of a member that is read; None for folders, hidden files and other kinds."""
    name = member.filename
    if not member.flag_bits & UTF8_NAME:  # made on Windows: the name's bytes are GBK or Big5, shown as code page 437
        with suppress(UnicodeEncodeError):
            name = decode(name.encode("cp437")).text
    path = PurePosixPath(name.replace("\\", "/"))
    hidden = any(part.startswith(".") or part == "__MACOSX" for part in path.parts)
    return None if member.is_dir() or hidden or not media_type(path) else str(path).lstrip("/")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, bundle: Bundle, left: int) -> bytes:
    if member.flag_bits & ENCRYPTED:
        raise FormatError(f"{bundle.doc} is encrypted. Unpack it with its password first.")
    try:
        with archive.open(member) as stream:
            return _limited(stream, bundle, left)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise FormatError(f"{bundle.doc} cannot be unpacked: {error}.") from None


def _limited(stream: IO[bytes] | gzip.GzipFile, bundle: Bundle, limit: int) -> bytes:
    """What the stream holds, read piece by piece so that a bomb stops at the limit."""
    pieces: list[bytes] = []
    size = 0
    while piece := stream.read(CHUNK):
        size += len(piece)
        if size > limit:
            raise FormatError(
                f"{bundle.doc} unpacks to more than {limit:,} bytes. If it is no bomb, raise --max-unpacked-mb."
            )
        pieces.append(piece)
    return b"".join(pieces)
