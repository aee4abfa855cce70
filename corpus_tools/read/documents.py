"""Word and PDF files: the raw text of their page is the text taken out of them, one paragraph or line to a line."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus_tools.errors import FormatError
from corpus_tools.read.bundle import Bundle, MissingReaderError, check_length, mended
from corpus_tools.read.numbering import WORD, Numbering
from corpus_tools.records import Page, PageMeta, Source
from corpus_tools.text import Text

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement
    from pypdf import PdfReader

FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
OLE = b"\xd0\xcf\x11\xe0"  # what an encrypted docx is wrapped in, and what an old doc is
MOST_PDF_PAGES = 5_000


def read_docx(bundle: Bundle) -> Iterator[Page]:
    """One page: the paragraphs of the body, table rows with tabs between their cells."""
    if bundle.data.startswith(OLE):
        raise FormatError(f"{bundle.doc} is encrypted or an old .doc. Save it as docx without a password first.")
    _check_unpacked(bundle)
    try:
        from docx import Document
    except ImportError:
        raise MissingReaderError("Reading .docx", "formats") from None
    try:
        document = Document(io.BytesIO(bundle.data))
        text = "".join(_word_text(document.element.body, Numbering(document))).strip("\n")
        properties = document.core_properties
        meta = PageMeta(title=properties.title or None, date=str(properties.created or "")[:10] or None)
    except Exception as error:  # whatever a broken package makes the library stumble over
        raise FormatError(f"{bundle.doc} is a broken docx: {_one_line(error)}. Open and save it again.") from None
    yield _page(bundle, text, meta, "holds no text; if it is a scan, run character recognition (OCR) first")


def _check_unpacked(bundle: Bundle) -> None:
    limit = bundle.config.max_unpacked_mb * 1_000_000
    try:
        size = sum(member.file_size for member in zipfile.ZipFile(io.BytesIO(bundle.data)).infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        raise FormatError(f"{bundle.doc} is a broken docx: it is no zip archive. Open and save it again.") from None
    if size > limit:
        raise FormatError(f"{bundle.doc} unpacks to {size:,} bytes, more than {limit:,}. Raise --max-unpacked-mb.")


def _word_text(body: BaseOxmlElement, numbering: Numbering) -> Iterator[str]:
    """The text of a Word body in order: insertions, text boxes and list numbers are text, deletions are not."""
    skip = {id(inner) for fallback in body.iter(FALLBACK) for inner in fallback.iter()}
    for element in body.iter(*(WORD + name for name in ("t", "tab", "br", "p", "tc", "tr"))):
        if id(element) in skip:
            continue
        kind = element.tag.removeprefix(WORD)
        parent = element.getparent()
        in_cell = parent is not None and parent.tag == WORD + "tc"
        first = next(element.itersiblings(element.tag, preceding=True), None) is None
        if kind == "t":
            yield element.text or ""
        elif (kind == "tab" and parent.tag == WORD + "r") or (kind == "tc" and not first):
            yield "\t"
        elif kind in ("br", "tr"):
            yield "\n"
        elif kind == "p":
            yield ("" if in_cell and first else "\n") + numbering.before(element)


def read_pdf(bundle: Bundle) -> Iterator[Page]:
    """One page: the text layer of the PDF, page after page."""
    try:
        from pypdf import PdfReader
    except ImportError:
        raise MissingReaderError("Reading .pdf", "formats") from None
    logging.getLogger("pypdf").setLevel(logging.ERROR)  # one warning for every odd object
    try:
        reader = PdfReader(io.BytesIO(bundle.data))
        locked = reader.is_encrypted and not reader.decrypt("")
        count = 0 if locked else len(reader.pages)
    except Exception as error:
        raise FormatError(f"{bundle.doc} is a broken PDF: {_one_line(error)}. Fetch it again.") from None
    if locked:
        raise FormatError(f"{bundle.doc} is encrypted. Save it without its password first.")
    if count > MOST_PDF_PAGES:
        raise FormatError(f"{bundle.doc} has {count:,} pages, more than {MOST_PDF_PAGES:,}. Split it first.")
    try:
        text = "\n".join(_pdf_texts(reader, bundle)).strip("\n")
        info = reader.metadata
        title = str(info.title).strip() if info and info.title else None
    except FormatError:
        raise
    except Exception as error:
        raise FormatError(f"{bundle.doc} is a broken PDF: {_one_line(error)}. Fetch it again.") from None
    why = "has no text layer, only pictures of pages; run character recognition (OCR) first"
    yield _page(bundle, text, PageMeta(title=title or None), why)


def _pdf_texts(reader: PdfReader, bundle: Bundle) -> Iterator[str]:
    length = 0
    for page in reader.pages:
        text = page.extract_text().encode("utf-8", "replace").decode("utf-8")  # half surrogate pairs occur
        length += len(text)
        check_length(bundle.doc, length, bundle.config)
        yield text


def _page(bundle: Bundle, text: str, meta: PageMeta, if_empty: str) -> Page:
    if not text.strip():
        raise FormatError(f"{bundle.doc} {if_empty}.")
    check_length(bundle.doc, len(text), bundle.config)
    return mended(Page(Source(bundle.doc, bundle.sha256, "", bundle.media_type), Text(text), meta))


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
