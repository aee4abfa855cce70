"""How text is folded and cut into index tokens, so that a stock SQLite finds words of any length in either script.

Why characters are folded one by one, when everywhere else whole text is converted: 乾隆 keeps its 乾 as a name, so a
search for 乾 alone would miss it. Folded one by one, every part of a text folds as the text does, whatever stands
beside it. Nobody reads the folded text.

Why pairs: one character a token with phrase queries finds as much and takes 8 ms where pairs take 0.4 (20,000 texts).
Why not the trigram tokenizer: it finds nothing for a word of two characters.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import islice
from operator import add

from corpus_tools.nlp.opencc import convert

# What unicode61 keeps as it stands in every SQLite: digits, small letters, the two oldest Han blocks.
PLAIN = (("0", "9"), ("a", "z"), ("㐀", "䶵"), ("一", "龥"))
# Any other character is two private-use ones, which unicode61 takes as letters; the two ranges do not overlap.
HIGH, LOW = 0xE000, 0xE440


class _Folding(dict[int, str]):
    """Each character's folded form, always one character: half width, simplified, small, white space a space."""

    def __missing__(self, code: int) -> str:
        folded = chr(code)
        for _ in range(4):  # a compatibility form may fold to a traditional one, that to one with a small form
            before = folded
            for step in (_plain_form, _simplified, str.lower):
                after = step(folded)
                folded = after if len(after) == 1 else folded
            if folded == before:
                break
        self[code] = " " if folded.isspace() else folded
        return self[code]


def _plain_form(char: str) -> str:
    return unicodedata.normalize("NFKC", char)


def _simplified(char: str) -> str:
    # t2s keeps 著, which Taiwan and Hong Kong write where others write 着; a reader looks for both with either
    return convert(convert(char, "t2s"), "tw2s")


class _Units(dict[str, str]):
    """Each character as the index writes it."""

    def __missing__(self, char: str) -> str:
        code = ord(char)
        plain = any(low <= char <= high for low, high in PLAIN)
        self[char] = char if plain else chr(HIGH + (code >> 10)) + chr(LOW + (code & 0x3FF))
        return self[char]


_FOLDING = _Folding()
_UNITS = _Units()


def fold(text: str) -> str:
    """`text` as it is searched, character for character.

    >>> fold("輪崗２０ＸＸ")
    '轮岗20xx'
    """
    return text.translate(_FOLDING)


def tokens(folded: str) -> str:
    """The index tokens of a folded text: each character with the next, the last one alone.

    >>> tokens("轮岗制")
    '轮岗 岗制 制'
    """
    units = list(map(_UNITS.__getitem__, folded))
    return " ".join([*map(add, units, islice(units, 1, None)), *units[-1:]])


def phrase(folded: str) -> str:
    """The FTS5 expression that matches the texts whose folded form holds `folded`.

    >>> phrase("轮"), phrase("轮岗"), phrase("轮岗制")
    ('"轮" *', '"轮岗"', '"轮岗 岗制"')
    """
    if len(folded) == 1:
        return f'"{_UNITS[folded]}" *'
    pairs = tokens(folded).rsplit(" ", 1)[0]
    return f'"{pairs}"'


def forms(term: str) -> tuple[str, ...]:
    """The folded forms under which a search term may stand in a clean text.

    Usually one; two where the term as a phrase converts to other words than its characters do.
    """
    return tuple(dict.fromkeys((fold(convert(term, "t2s")), fold(term))))


def expression(terms: Iterable[str]) -> str:
    """The FTS5 expression that matches the texts in which every term stands."""
    return " AND ".join("(" + " OR ".join(phrase(form) for form in forms(term)) + ")" for term in terms)
