"""Characters that mean the same and look the same are made the same; each kind is decided for itself.

Unicode's NFKC is no help here: it turns ， into , and eats ① ㈠ and 〔2014〕. So the tables below say, kind by kind,
what becomes what, and everything not named stays.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from corpus_tools.lexicon import table
from corpus_tools.text import Edit

# Everything a clean Chinese page is made of; only what lies outside is looked at one by one.
UNUSUAL = re.compile(
    r"[^\n\x20-\x7e"
    r"\u3001-\u3003\u3005-\u3011\u3014-\u301b\u3041-\u30fe"  # 、。〃 々〆〇《》「」【】 〔〕 and Japanese letters
    r"\u4e00-\u4e27\u4e29-\u4e35\u4e37-\u9fff\u3400-\u4dbf\U00020000-\U0002f7ff"  # without 丨 and 丶
    r"\u2014\u2018-\u201d\u2026\u00b7\u2103\u2460-\u249b\u3220-\u3229\u25a1\u25cb\u00d7\u33a1\u2160-\u217b"
    r"\uff01\uff08\uff09\uff0c\uff1a\uff1b\uff1f\uff5e]"  # ！（），：；？～
)

LINE_ENDS = {"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"}
SPACES = frozenset("\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000")
# Joiner and emoji selector carry meaning between pictures and in some scripts.
JOINERS = frozenset("\u200c\u200d\ufe0f")
BEFORE_JOINER = re.compile("[\u0600-\u0dff\u2190-\u2bff\ufe0f\U0001f000-\U0001faff]")
# Full-width forms that stay: the author's Chinese punctuation.
KEPT_WIDE = frozenset("！（），：；？～")
# These have a half-width form only beside Latin letters and digits: 3．5, but 约翰．史密斯 is left to the eye.
WIDE_BESIDE_LATIN = frozenset("．－＇＂")
# 1．总则, 3．5
LATIN = re.compile(r"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]")
# A Kangxi radical or a compatibility ideograph is the character it stands for; the twelve that are no doubles stay.
RADICALS_AND_COMPATIBLE = re.compile("[\u2e80-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f]")
# Word's bullets arrive as private-use characters of Wingdings and Symbol.
PRIVATE = re.compile("[\ue000-\uf8ff]")
# &nbsp; &#20013; &amp;amp;nbsp;
ENTITY = re.compile(r"&(?:amp;){0,4}(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z]{2,8}\d{0,2});")
# \u6559\u5e08
ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})")
# Several spaces in a row, or one at either end of a line
WRONG_SPACES = re.compile(r" (?: +|(?<![^\n] )|(?![^\n]))")


def character_edits(text: str) -> Iterator[Edit]:
    """Edits for the characters of `text` that have a plainer equal, in order."""
    for match in UNUSUAL.finditer(text):
        edit = _plain(text, match.start(), match.group())
        if edit is not None:
            yield edit


def entity_edits(text: str) -> Iterator[Edit]:
    """Edits of kind `entity` for left-over HTML entities and JavaScript escapes."""
    if "&" in text:
        for match in ENTITY.finditer(text):
            plain = _unescaped(match.group())
            if plain != match.group():
                yield Edit(match.start(), match.end(), plain, "entity")
    if "\\u" in text:
        for match in ESCAPE.finditer(text):
            character = chr(int(match.group(1), 16))
            # Letters and code such as \u0041 belong to a page about programming.
            if character >= "\u2000" and not "\ud800" <= character <= "\udfff":
                yield Edit(match.start(), match.end(), character, "entity")


def space_edits(text: str) -> Iterator[Edit]:
    """Edits of kind `space`: none at the ends of a line, one where there were several."""
    for match in WRONG_SPACES.finditer(text):
        start, end = match.span()
        inner = start > 0 and text[start - 1] != "\n" and text[end : end + 1] not in "\n"
        yield Edit(start, end, " " if inner else "", "space")


def _plain(text: str, at: int, character: str) -> Edit | None:
    """The edit for one unusual character, None where it stays."""
    if character in LINE_ENDS:
        whole_pair = character == "\r" and text[at + 1 : at + 2] == "\n"
        return Edit(at, at + 1 + whole_pair, "\n", "line_end")
    if character in SPACES:
        return Edit(at, at + 1, " ", "space")
    if character in KEPT_WIDE:
        return None
    if "\uff01" <= character <= "\uff5e":
        return _half_width(text, at, character)
    known = _replacements().get(character)
    if known is not None:
        return Edit(at, at + 1, known[0], known[1])
    return _by_category(text, at, character)


def _half_width(text: str, at: int, character: str) -> Edit | None:
    beside = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    if character in WIDE_BESIDE_LATIN and not LATIN.search(beside):
        return None
    return Edit(at, at + 1, chr(ord(character) - 0xFEE0), "width")


def _by_category(text: str, at: int, character: str) -> Edit | None:
    if RADICALS_AND_COMPATIBLE.match(character):
        plain = unicodedata.normalize("NFKC", character)
        return Edit(at, at + 1, plain, "variant") if plain != character and len(plain) == 1 else None
    if PRIVATE.match(character):
        # At the head of a line it can only be a bullet; elsewhere it stands for something we cannot know.
        head = not text[text.rfind("\n", 0, at) + 1 : at].strip()
        return Edit(at, at + 1, "•", "variant", "private-use bullet") if head else None
    invisible = unicodedata.category(character) in ("Cc", "Cf") or _is_selector(character)
    if not invisible:
        return None
    if character in JOINERS and BEFORE_JOINER.match(text[at - 1 : at]) and not text[at + 1 : at + 2].isspace():
        return None
    return Edit(at, at + 1, "", "invisible")


def _is_selector(character: str) -> bool:
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


def _unescaped(entity: str) -> str:
    plain = html.unescape(entity)
    while plain != entity:
        entity, plain = plain, html.unescape(plain)
    return plain


@cache
def _replacements() -> dict[str, tuple[str, str]]:
    """Character -> (what replaces it, kind of edit), from the lexicon."""
    kinds: dict[str, dict[str, str]] = table("characters.toml")
    return {old: (new, kind) for kind, pairs in kinds.items() for old, new in pairs.items()}
