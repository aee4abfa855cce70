"""Folding: what is left of a text when script, width, case, punctuation and spaces are set aside.

Two texts are copies where their folded characters agree. Every folded character stands for one place of the given text,
and every character folds by itself: converters go by words, but no two of them by the same, so what they take for one
another is taken for the same here (`lexicon/script_twins.txt`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools import lexicon
from corpus_tools.dedupe.config import SEVERAL
from corpus_tools.dedupe.fast import loops
from corpus_tools.nlp import opencc

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]

PLANE = 0x10000
LAST = 0x3FFFF  # the end of the fourth plane: no letter or digit lies beyond
IDEOGRAPHS = (range(0x2E80, 0x3000), range(0x3400, 0xA000), range(0xF900, 0xFB00), range(0x20000, 0x32400))
# the blocks that have characters of two cases, or forms that stand for other characters
FORMS = (range(0x3400), range(0xA000, 0x20000), range(0x2F800, 0x2FA20))
SPARE = 4096  # characters more than there were, room for those that fold to several


class Cells(NamedTuple):
    """What each code point folds to: code point i to `codes[starts[i]:starts[i] + counts[i]]`."""

    starts: Places
    counts: Places
    codes: Codes


class Folded(NamedTuple):
    """Folded texts, one after the other: text i is `codes[bounds[i]:bounds[i + 1]]`."""

    codes: Codes
    bounds: Places

    def one(self, text: int) -> Codes:
        """The folded characters of one text."""
        return self.codes[self.bounds[text] : self.bounds[text + 1]]


def fold(texts: Sequence[str], numba: bool = False) -> Folded:
    """The letters and digits of the texts, in simplified script, half width and lower case."""
    ends = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=ends[1:])
    raw = _code_points("".join(texts))
    if numba and (fast := loops()):
        cells = _cells()
        codes = np.empty(len(raw) + SPARE, np.uint32)
        bounds = fast.fold_codes(raw, ends, _plain(), *cells, codes)
        if bounds[-1] < 0:
            codes = np.empty(len(raw) + int(cells.counts[np.minimum(raw, LAST)].sum()), np.uint32)
            bounds = fast.fold_codes(raw, ends, _plain(), *cells, codes)
        return Folded(codes[: bounds[-1]], bounds)
    codes, counts = _folded(raw)
    return Folded(codes, np.append(0, np.cumsum(counts))[ends])


def fold_with_places(text: str) -> tuple[Codes, Places]:
    """The folded characters of a text, and the place of each in the text as given."""
    codes, counts = _folded(_code_points(text))
    return codes, np.repeat(np.arange(len(counts)), counts)


def _code_points(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def _folded(raw: Codes) -> tuple[Codes, Places]:
    """What the characters fold to, and to how many each of them."""
    starts, counts, codes = _cells()
    raw = np.minimum(raw, LAST)
    times = counts[raw]
    before = np.cumsum(times) - times
    return codes[np.repeat(starts[raw] - before, times) + np.arange(times.sum())], times


def narrow(codes: Codes) -> NDArray[np.uint16] | Codes:
    """The codes in half the room, where none of them lies beyond the first plane."""
    return codes.astype(np.uint16) if codes.max(initial=0) < PLANE else codes


def digests_of(folded: Folded) -> list[bytes]:
    """A digest of 16 bytes for each text, the same in whatever company it stands."""
    return [blake2b(text, digest_size=16).digest() for text in _as_bytes(folded)]


def _as_bytes(folded: Folded) -> Iterator[memoryview]:
    """Each text as bytes, two for a character, or four where one of them needs more.

    No two texts have the same bytes: the upper halves of wide characters are no letters.
    """
    codes = narrow(folded.codes)
    if codes.itemsize > 2:
        yield from (narrow(folded.one(text)).data for text in range(len(folded.bounds) - 1))
        return
    data = codes.data
    for start, end in pairwise(folded.bounds.tolist()):
        yield data[start:end]


@cache
def _plain() -> Codes:
    """The character that each code point folds to; 0 where nothing is left, SEVERAL where more than one."""
    starts, counts, codes = _cells()
    return np.select([counts == 0, counts == 1], [np.uint32(0), codes[starts]], SEVERAL)


@cache
def _cells() -> Cells:
    """What each code point folds to: most letters and digits to themselves, the others to what stands after them."""
    itself = np.arange(LAST + 1)
    counts = np.fromiter(map(str.isalnum, map(chr, range(LAST + 1))), np.int64, LAST + 1)
    folded = {code: _fold_character(chr(code)) for code in (*_simplified(), *filter(_is_form, chain(*FORMS)))}
    starts, others = itself.copy(), list(folded)
    counts[others] = list(map(len, folded.values()))
    starts[others] = len(itself) + np.cumsum(counts[others]) - counts[others]
    after = _code_points("".join(folded.values()))
    return Cells(starts, counts, np.concatenate([itself.astype(np.uint32), after]))


def _fold_character(character: str) -> str:
    """The letters and digits that stand for one character when script, width and case are set aside."""
    simplified = _simplified()
    plain = unicodedata.normalize("NFKC", character.translate(simplified)).translate(simplified).lower()
    return "".join(filter(str.isalnum, plain))


def _is_form(code: int) -> bool:
    character = chr(code)
    return character.lower() != character or not unicodedata.is_normalized("NFKC", character)


@cache
def _simplified() -> dict[int, str]:
    """What the ideographs that are not simplified become."""
    letters = list(map(chr, chain(*IDEOGRAPHS)))
    # a line each, so that no phrase is read across two characters
    plain = opencc.convert("\n".join(letters), "t2s").split("\n")
    twin = {other: line[0] for line in lexicon.lines("script_twins.txt") for other in line[1:]}
    changed = {letter: simple for letter, simple in zip(letters, plain, strict=True) if letter != simple}
    return {ord(letter): twin.get(simple, simple) for letter, simple in (changed | twin).items()}
