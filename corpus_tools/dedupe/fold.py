"""Folding: what is left of a text when script, width, case, punctuation and spaces are set aside.

Two texts are copies when their folded characters agree. Every folded character keeps its place in the given text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus_tools.nlp import opencc

Codes = NDArray[np.uint32]
PLANE = 0x10000
# Marks of the table; real folded characters are never this large.
SEVERAL = 0xFFFFFFFF  # one character that folds to several: ㎡ is m2


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded texts, one after the other: text i is `codes[bounds[i]:bounds[i + 1]]`."""

    codes: Codes
    at: NDArray[np.int32]  # the place of each folded character in its own text as given
    bounds: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.bounds) - 1


def fold(texts: Sequence[str]) -> Folded:
    """The letters and digits of the texts in simplified script, half width and lower case, with their places."""
    single = _single()
    units = [_code_points(text) for text in texts]
    lengths = np.fromiter((len(unit) for unit in units), np.int64, len(units))
    raw = np.concatenate(units) if units else np.empty(0, np.uint32)
    codes = single[np.minimum(raw, PLANE)]
    at = (np.arange(len(raw)) - np.repeat(np.cumsum(lengths) - lengths, lengths)).astype(np.int32)
    times = (codes != 0).astype(np.int64)
    several = np.flatnonzero(codes == SEVERAL)
    cells = _cells(raw, several, times)
    codes, at = np.repeat(codes, times), np.repeat(at, times)
    codes[codes == SEVERAL] = cells
    owners = np.repeat(np.repeat(np.arange(len(units)), lengths), times)
    bounds = np.zeros(len(units) + 1, np.int64)
    np.cumsum(np.bincount(owners, minlength=len(units)), out=bounds[1:])
    return Folded(codes, at, bounds)


def fold_one(text: str) -> str:
    """The folded text as a string."""
    return fold([text]).codes.tobytes().decode("utf-32-le", "surrogatepass")


def fold_character(character: str) -> str:
    """The letters and digits that stand for one character, width and case set aside, in simplified script."""
    plain = unicodedata.normalize("NFKC", character)
    if plain != character or ord(character) >= PLANE:
        plain = opencc.convert(plain, "t2s")
    return "".join(c for c in plain.lower() if c.isalnum())


def _code_points(text: str) -> Codes:
    """The code points of a text in simplified script; the conversion keeps every character in its place."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    # OpenCC looks at whole phrases (乾隆 keeps its 乾, 乾淨 does not), but only where there is something traditional.
    if not text.isascii() and _traditional()[np.minimum(codes, PLANE)].any():
        plain = opencc.convert(text, "t2s")
        if len(plain) != len(text):  # no phrase of t2s changes its length today; a later dictionary might
            plain = "".join(opencc.convert(c, "t2s")[:1] or c for c in text)
        codes = np.frombuffer(plain.encode("utf-32-le", "surrogatepass"), np.uint32)
    return codes


def _cells(raw: Codes, several: NDArray[np.int64], times: NDArray[np.int64]) -> Codes:
    """What the marked characters fold to, one after the other; sets how many there are of each in `times`."""
    known = {code: fold_character(chr(code)) for code in np.unique(raw[several]).tolist()}
    cells = [known[code] for code in raw[several].tolist()]
    times[several] = [len(cell) for cell in cells]
    return np.fromiter((ord(c) for cell in cells for c in cell), np.uint32)


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
            plane[ord(letter)] = ord(simple)
    return plane


@cache
def _single() -> Codes:
    """For each code point of the first plane the one that stands for it, 0 for none, SEVERAL for more than one."""
    simplified = _simplified()
    table = np.zeros(PLANE + 1, np.uint32)
    table[PLANE] = SEVERAL
    for code in range(PLANE):
        character = chr(code)
        plain = unicodedata.normalize("NFKC", character).lower()
        letters = [c for c in plain if c.isalnum()]
        if len(letters) == 1 and ord(letters[0]) < PLANE:
            # what stands as itself has been through OpenCC with its neighbours; what was hidden in a variant has not
            table[code] = ord(letters[0]) if plain == character else simplified[ord(letters[0])]
        elif letters:
            table[code] = SEVERAL
    return table
