"""HTML source cut into tags and text, each with its place, as a browser's first stage does.

Why not `html.parser`: it gives line and column instead of a place, no end of a tag, and takes time that grows with the
square of the length on some broken pages. Every pattern here is possessive, so a page costs time in its length only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple


class Token(NamedTuple):
    """A piece of the source: `text`, an `open` or `close` tag, or something else (`other`: comment, script …)."""

    kind: str
    start: int
    end: int
    name: str = ""  # of the element, in lower case
    attributes: str = ""  # as they stand


TAG = re.compile(r"""</?([A-Za-z][A-Za-z0-9:_-]*+)((?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+)>""")
# <a title="a > b">, <p title=it's>: a quote only counts after an equals sign
ODD_TAG = re.compile(
    r"""</?([A-Za-z][A-Za-z0-9:_-]*+)((?:[^<>"'=]++|=\s*+"[^"]{0,100000}+"|=\s*+'[^']{0,100000}+'|["'=])*+)>"""
)
ATTRIBUTE = re.compile(r"""([A-Za-z][\w:.-]*+)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""")
ENTITY = re.compile(r"&(?:#[0-9]{1,7}+;?|#[xX][0-9A-Fa-f]{1,6}+;?|[A-Za-z][A-Za-z0-9]{1,31}+;?)")
# Elements whose inside is not markup.
OPAQUE = {
    name: re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE)
    for name in ("script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes")
}


def tokens(source: str) -> Iterator[Token]:
    """The pieces of `source`, first to last, without gaps."""
    at = text_from = 0
    last_tag_end = source.rfind(">")
    unclosed: set[str] = set()
    while True:
        at = source.find("<", at)
        if at < 0 or at > last_tag_end:
            break
        token = _markup_at(source, at)
        if token is None:
            at += 1
            continue
        if text_from < at:
            yield Token("text", text_from, at)
        yield token
        at = token.end
        if token.kind == "open" and token.name in OPAQUE:
            inside = _opaque(source, token, unclosed)
            if inside.start < inside.end:
                yield inside
            at = inside.end
        text_from = at
    if text_from < len(source):
        yield Token("text", text_from, len(source))


def _markup_at(source: str, at: int) -> Token | None:
    """The tag or comment that begins at `at`; None where the `<` is text."""
    following = source[at + 1 : at + 2]
    if following in ("!", "?"):
        return Token("other", at, _declaration_end(source, at))
    if following != "/" and not (following.isascii() and following.isalpha()):
        return None
    found = TAG.match(source, at) or ODD_TAG.match(source, at)
    if found is None:
        return None
    kind = "close" if following == "/" else "open"
    return Token(kind, at, found.end(), found[1].lower(), found[2])


def _declaration_end(source: str, at: int) -> int:
    for opening, closing in (("<!--", "-->"), ("<![CDATA[", "]]>")):
        if source.startswith(opening, at):
            end = source.find(closing, at + len(opening))
            if end >= 0:
                return end + len(closing)
    return source.find(">", at) + 1 or len(source)


def _opaque(source: str, tag: Token, unclosed: set[str]) -> Token:
    """What stands between an opaque element's tags; names that close nowhere further on are added to `unclosed`."""
    closing = None if tag.name in unclosed else OPAQUE[tag.name].search(source, tag.end)
    if closing is None:
        unclosed.add(tag.name)
    end = closing.start() if closing else len(source) if tag.name in ("script", "style") else tag.end
    return Token("other", tag.end, end, tag.name)


def attributes(token: Token) -> dict[str, str]:
    """A tag's attributes by lower-case name, the first of each, entities decoded."""
    found: dict[str, str] = {}
    for name, double, single, bare in ATTRIBUTE.findall(token.attributes):
        found.setdefault(name.lower(), unescape(double or single or bare))
    return found


def character_of(entity: str) -> str | None:
    """What an entity stands for; None where it is not one (`&copyright`, a lone `&`)."""
    if entity.startswith("&#"):
        text = unescape(entity)
        return "\ufffd" if "\ud800" <= text <= "\udfff" else text or None
    return html5.get(entity[1:])
