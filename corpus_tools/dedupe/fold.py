"""Folding: what is left of a text when script, width, case, punctuation and spaces are set aside.

Two texts are copies where their folded characters agree. Every folded character stands for one place of the given text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache
from hashlib import blake2b
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.config import SEVERAL
from corpus_tools.dedupe.fast import loops
from corpus_tools.nlp import opencc

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]

PLANE = 0x10000
SPARE = 4096  # characters more than there were, room for those that fold to several
LAST = 0x3FFFF  # the end of the third plane: no letter or digit lies beyond


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
    raw, ends = _simplified_codes(texts, numba)
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
    codes, counts = _folded(_simplified_codes([text])[0])
    return codes, np.repeat(np.arange(len(counts)), counts)


def _folded(raw: Codes) -> tuple[Codes, Places]:
    """What the characters fold to, and to how many each of them."""
    starts, counts, codes = _cells()
    raw = np.minimum(raw, LAST)
    times = counts[raw]
    before = np.cumsum(times) - times
    return codes[np.repeat(starts[raw] - before, times) + np.arange(times.sum())], times


def fold_character(character: str) -> str:
    """The letters and digits that stand for one character in simplified script, width and case set aside."""
    plain = unicodedata.normalize("NFKC", character)
    if plain != character:
        plain = opencc.convert(plain, "t2s")
    return "".join(c for c in plain.lower() if c.isalnum())


def _simplified_codes(texts: Sequence[str], numba: bool = False) -> tuple[Codes, Places]:
    """The code points of all texts in simplified script, and where each text begins and the last ends."""
    ends = np.zeros(len(texts) + 1, np.int64)
    np.cumsum([len(text) for text in texts], out=ends[1:])
    codes = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), np.uint32)
    # OpenCC looks at whole phrases (乾隆 keeps its 乾, 乾淨 does not), so it gets whole texts; but only those that have
    # something traditional in them, which in a mainland corpus are few.
    traditional = _with_traditional(codes, ends, numba)
    if len(traditional):
        codes = codes.copy()
    for i in traditional:
        codes[ends[i] : ends[i + 1]] = _converted(texts[i])
    return codes, ends


def _with_traditional(codes: Codes, ends: Places, numba: bool) -> list[int]:
    if numba and (fast := loops()):
        return [int(i) for i in np.flatnonzero(fast.with_any(codes, ends, _traditional()))]
    places = np.flatnonzero(_traditional()[np.minimum(codes, PLANE)])
    return [int(i) for i in np.unique(np.searchsorted(ends, places, "right") - 1)]


def _converted(text: str) -> Codes:
    plain = opencc.convert(text, "t2s")
    if len(plain) != len(text):  # no entry of t2s changes its length today; one of a later dictionary might
        plain = "".join(opencc.convert(c, "t2s")[:1] or c for c in text)
    return np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), np.uint32)


@cache
def _traditional() -> NDArray[np.bool_]:
    """Which code points t2s changes when they stand alone; beyond the first plane all, as they are rare."""
    return np.append(_simplified() != np.arange(PLANE, dtype=np.uint32), True)


@cache
def _simplified() -> Codes:
    """The simplified character of each code point of the first plane."""
    plane = np.arange(PLANE, dtype=np.uint32)
    letters = [chr(code) for code in (*range(0x2E80, 0x3000), *range(0x3400, 0xA000), *range(0xF900, 0xFB00))]
    # a line each, so that no phrase is read across two characters
    plain = opencc.convert("\n".join(letters), "t2s").split("\n")
    for letter, simple in zip(letters, plain, strict=True):
        if len(simple) == 1:
            plane[ord(letter)] = min(ord(simple), PLANE - 1)  # beyond the plane: only seen to differ
    return plane


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
    counts = np.fromiter(map(str.isalnum, map(chr, itself)), np.int64, len(itself))
    folded = {
        code: fold_character(character)
        for code, character in enumerate(map(chr, itself))
        if character.lower() != character or not unicodedata.is_normalized("NFKC", character)
    }
    starts, others = itself.copy(), list(folded)
    counts[others] = list(map(len, folded.values()))
    starts[others] = len(itself) + np.cumsum(counts[others]) - counts[others]
    after = np.frombuffer("".join(folded.values()).encode("utf-32-le", "surrogatepass"), np.uint32)
    return Cells(starts, counts, np.concatenate([itself.astype(np.uint32), after]))
