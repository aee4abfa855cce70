"""Texts as arrays of code points, for what takes too long one character at a time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def code_points(text: str) -> NDArray[np.uint32]:
    """The code points of `text`, one for each character, halves of surrogate pairs included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def table_of(characters: str) -> NDArray[np.bool_]:
    """For each code point, whether it is one of `characters`."""
    table = np.zeros(0x110000, np.bool_)
    table[code_points(characters)] = True
    return table


def places_of(table: NDArray[np.bool_], text: str) -> list[int]:
    """Where in `text` the characters of a table stand, in order.

    >>> places_of(table_of("一二"), "一千零二")
    [0, 3]
    """
    found: list[int] = table.take(code_points(text)).nonzero()[0].tolist()
    return found


def true_runs(mask: NDArray[np.bool_]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where the runs of True in `mask` start, and where they end.

    >>> [bounds.tolist() for bounds in true_runs(np.array([True, False, True, True]))]
    [[0, 2], [1, 4]]
    """
    padded = np.zeros(len(mask) + 2, np.bool_)
    padded[1:-1] = mask
    bounds = (padded[1:] != padded[:-1]).nonzero()[0]
    return bounds[::2], bounds[1::2]
