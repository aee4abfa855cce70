"""HTML pages: the raw text is the source, and each tag, entity and run of space is an edit of it.

What is left reads as a browser would show it: a block or a <br> begins a new line, spaces collapse, headings keep their
own lines. A line break stands for the tag that asked for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import unescape

from corpus_tools.errors import FormatError
from corpus_tools.read.bundle import Bundle, decoded_text, text_page
from corpus_tools.read.elements import BLOCKS, CELLS, tree
from corpus_tools.read.main_text import kept_texts, page_lines
from corpus_tools.read.markup import ENTITY, Token, attributes, character_of, tokens
from corpus_tools.read.outside import Outside, outside_texts
from corpus_tools.read.settings import ReadConfig
from corpus_tools.records import Page, PageMeta
from corpus_tools.text import Edit, Text

PIECE = re.compile(rf"(?P<space>[ \t\r\n\f\xa0]+)|(?P<entity>{ENTITY.pattern})|(?P<text>[^ \t\r\n\f\xa0&]+|&)")
# Text in which a line break of the source is no space: Han, kana, Chinese punctuation, full-width forms.
WIDE = re.compile("[\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6“”‘’…—]")
# Spaces and the entities of spaces, or a run of what shows as something.
BLANK_OR_SHOWN = re.compile(r"&(?:nbsp|#160|e[mn]sp);|\s++|(?P<shown>&|[^\s&]++)")
INDENT = "\u2002\u2003\u3000"


def read_html(bundle: Bundle) -> Iterator[Page]:
    """One page: the source with everything that is not its text removed."""
    decoded = decoded_text(bundle)
    page = without_markup(text_page(bundle, decoded), bundle.config)
    if not str(page.text).strip():
        raise FormatError(f"{bundle.doc} holds no text: its page is made by a script or is only a frame for others.")
    yield page


def without_markup(page: Page, config: ReadConfig) -> Page:
    """The page, whose clean text is HTML, with the markup removed and what its head says in `meta`."""
    source = str(page.text)
    pieces = tuple(tokens(source))
    nodes = tree(pieces)
    lines = list(page_lines(source, pieces, nodes))
    kept = kept_texts(lines, nodes, main_only=config.main_text)
    edits = markup_edits(source, pieces, kept, outside_texts(source, pieces, nodes, lines, kept))
    said = meta_of(source, pieces)
    known = {slot: value for slot in PageMeta.__slots__ if (value := getattr(page.meta, slot))}
    edited = page.text.edited(edits) if page.text.edits else Text(source, edits)
    marks = tuple(mark for mark in page.marks if len(set(edited.clean_span(mark.start, mark.end))) > 1)
    return Page(page.source, edited, PageMeta(**{**said, **known}), marks)


def markup_edits(
    source: str, pieces: Sequence[Token], kept: frozenset[int], outside: Mapping[int, Outside]
) -> list[Edit]:
    """The edits that leave the text of the tokens numbered in `kept`; `outside` says what other texts are."""
    writer = _Writer(source)
    preformatted = 0
    for number, token in enumerate(pieces):
        if token.kind == "text" and number in kept:
            writer.text(token, bool(preformatted))
        elif token.kind == "text":
            writer.leave_out(token, outside.get(number))
        elif token.name in BLOCKS:
            writer.separate("\n")
        elif token.name in CELLS:
            writer.separate("\t")
        if token.name == "pre" and token.kind != "other":
            preformatted = max(0, preformatted + (1 if token.kind == "open" else -1))
    return writer.finished()


class _Writer:
    """Gathers edits from left to right; what lies between two kept runs becomes one edit."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.edits: list[Edit] = []
        self.gap_start = 0
        self.separator = "\n"  # the strongest break asked for since the last kept character: \n, \t, space, none
        self.spaced = False  # whether the gap holds space, and
        self.wrapped = False  # whether that space holds a line break of the source
        self.left_out: list[Edit] = []  # the texts in the gap that are the site's
        self.unseen = False  # whether the gap holds text that no browser shows
        self.last = ""

    def separate(self, separator: str) -> None:
        if separator == "\n" or not self.separator:
            self.separator = separator

    def leave_out(self, token: Token, outside: Outside | None) -> None:
        found = BLANK_OR_SHOWN.finditer(self.source, token.start, token.end)
        shown = [match for match in found if match.lastgroup]
        if shown and outside:
            self.left_out.append(Edit(shown[0].start(), shown[-1].end(), "", outside.kind, outside.note))
        self.unseen = self.unseen or (bool(shown) and outside is None)

    def text(self, token: Token, preformatted: bool) -> None:
        for found in PIECE.finditer(self.source, token.start, token.end):
            kind, text = found.lastgroup, found[0]
            if kind == "entity":
                character = character_of(text)
                if character is None:
                    self.keep(found.start(), found.end(), text[0])
                elif character.isspace() and not preformatted:
                    self.space(character)
                else:
                    self.keep(found.start(), found.end(), character, entity=True)
            elif kind == "space" and not preformatted:
                self.space(text)
            else:
                self.line_text(found.start(), text)

    def line_text(self, start: int, text: str) -> None:
        """Keep text, but for ideographic spaces that only indent a line."""
        body = text.lstrip(INDENT) if self.separator == "\n" else text
        if body:
            self.keep(start + len(text) - len(body), start + len(text), body[0])
            self.last = body[-1]

    def space(self, text: str) -> None:
        self.spaced = True
        self.wrapped = self.wrapped or "\n" in text or "\r" in text

    def keep(self, start: int, end: int, first: str, entity: bool = False) -> None:
        if self.gap_start < start:
            self.close_gap(start, self.between(first))
        if entity:
            self.edits.append(Edit(start, end, first, "entity"))
        self.gap_start = end
        self.last = first[-1]
        self.separator = ""
        self.spaced = self.wrapped = False

    def between(self, first: str) -> str:
        """What stands between the last kept character and the next, whose first is given."""
        if not self.last:
            return ""
        if self.separator or not self.spaced:
            return self.separator
        return "" if self.wrapped and WIDE.match(self.last) and WIDE.match(first) else " "

    def close_gap(self, end: int, replacement: str) -> None:
        """The edits of what lies before `end`: the site's texts each by itself, the tags and space between them."""
        at = self.gap_start
        for edit in self.left_out:
            if at < edit.start:
                self.tags(at, edit.start, replacement)
                replacement = ""
            self.edits.append(edit)
            at = edit.end
        if at < end:
            self.tags(at, end, replacement)
        self.left_out, self.unseen = [], False

    def tags(self, start: int, end: int, replacement: str) -> None:
        gap = self.source[start:end]
        if gap != replacement:
            kind = "space" if gap.isspace() else "markup"
            note = "with text that is not shown" if self.unseen else ""
            self.edits.append(Edit(start, end, replacement, kind, note))

    def finished(self) -> list[Edit]:
        if self.gap_start < len(self.source):
            self.close_gap(len(self.source), "\n" if self.last and self.separator == "\n" else "")
        return self.edits


META_NAMES = {
    "title": ("og:title", "articletitle"),
    "site": ("og:site_name", "sitename", "application-name"),
    "date": ("pubdate", "publishdate", "article:published_time", "og:release_date", "date", "dc.date"),
    "address": ("og:url",),
    "issuing_body": ("contentsource",),
}


def meta_of(source: str, pieces: Iterable[Token]) -> dict[str, str]:
    """What the head says of the page: title, site, date, address."""
    title = ""
    named: dict[str, str] = {}
    for token in pieces:
        if token.kind == "other" and token.name == "title" and not title:
            title = " ".join(unescape(source[token.start : token.end][:2000]).split())
        elif token.kind == "open" and token.name in ("meta", "link"):
            found = attributes(token)
            key = (found.get("name") or found.get("property") or found.get("itemprop") or "").lower()
            if found.get("rel", "").lower() == "canonical":
                key, found["content"] = "canonical", found.get("href", "")
            if found.get("content", "").strip():
                named.setdefault(key, " ".join(found["content"].split()))
    said = {slot: next((named[name] for name in names if name in named), "") for slot, names in META_NAMES.items()}
    said["title"], site = _title_and_site(title or said["title"])
    said["site"] = said["site"] or site
    said["address"] = named.get("canonical", said["address"])
    return {slot: value[:500] for slot, value in said.items() if value}


# "教师交流总结_工作总结_某范文网", "某市教育局关于交流的通知 - 某市人民政府": the site's name last
TITLE_SEPARATOR = re.compile(r"\s*[_|｜]+\s*|\s+[-–—]+\s+|-(?=[^-]{2,12}(?:网|網|站|局|政府|中心|在线)$)")


def _title_and_site(title: str) -> tuple[str, str]:
    """A page's own title and its site, out of what the browser's title bar shows."""
    parts = [part for part in TITLE_SEPARATOR.split(title) if part]
    if len(parts) < 2 or len(parts[0]) < 4 or len(parts[-1]) > 20:
        return title, ""
    return parts[0], parts[-1]
