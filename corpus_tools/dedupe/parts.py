"""Numbers in parts, gathered block by block and looked at part by part.

As with folded texts (`shelf.py`), who makes a block of a large corpus writes it to a file of its own, and who looks at
a part reads it there: nothing large is sent from process to process or held in one place.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from corpus_tools.dedupe.fold import Places
from corpus_tools.dedupe.seeds import Hashes
from corpus_tools.dedupe.shelf import read_into

PARTS = 32
SIZE = np.dtype(np.uint64).itemsize


class Numbers(NamedTuple):
    """Numbers of which part i stands from `bounds[i]` on: they themselves, or their file and where in it they begin."""

    bounds: Places
    numbers: Hashes
    path: str = ""
    start: int = 0


def filed(block: Numbers, folder: Path | None, kind: str) -> Numbers:
    """The block in this process's file of that kind in the folder, if there is one."""
    if folder is None:
        return block
    path = folder / f"{os.getpid()}.{kind}"
    with path.open("ab") as file:
        start = file.tell() // SIZE
        file.write(block.numbers.data)
    return Numbers(block.bounds, block.numbers[:0], str(path), start)


class Part(NamedTuple):
    """What it takes to fetch one part of all numbers, in any process.

    `numbers` are those in memory. `pieces`, of shape (n, 4), say where the others are: which file, the first number
    there, first and last place in the result; `added` is added to all numbers of each piece.
    """

    numbers: Hashes
    paths: tuple[str, ...]
    pieces: Places
    added: Hashes

    def fetch(self) -> Hashes:
        """The numbers."""
        if not self.paths:
            return self.numbers
        numbers = np.empty(int(self.pieces[-1, 3]), np.uint64)
        read_into([numbers] * len(self.paths), self.paths, self.pieces)
        numbers += np.repeat(self.added, self.pieces[:, 3] - self.pieces[:, 2])
        return np.concatenate([self.numbers, numbers]) if len(self.numbers) else numbers


class Parts:
    """All blocks."""

    def __init__(self) -> None:
        self._here: list[tuple[Numbers, int]] = []
        self._filed: list[tuple[Numbers, int]] = []

    def add(self, block: Numbers, added: int = 0) -> None:
        """Add a block; so much is added to each of its numbers when they are fetched."""
        (self._filed if block.path else self._here).append((block, added))

    def __iter__(self) -> Iterator[Part]:
        """The numbers of all blocks, part by part."""
        paths = tuple(sorted({block.path for block, _ in self._filed}))
        number = {path: i for i, path in enumerate(paths)}
        rows = [(number[block.path], block.start) for block, _ in self._filed]
        path, start = np.array(rows, np.int64).reshape(-1, 2).T
        bounds = np.array([block.bounds for block, _ in self._filed], np.int64).reshape(-1, PARTS + 1)
        added = np.array([added for _, added in self._filed], np.uint64)
        for i in range(PARTS):
            ends = np.cumsum(bounds[:, i + 1] - bounds[:, i])
            pieces = np.stack([path, start + bounds[:, i], np.append(0, ends[:-1])[: len(ends)], ends], axis=1)
            here = [block.numbers[slice(*block.bounds[i : i + 2])] + np.uint64(base) for block, base in self._here]
            yield Part(np.concatenate([np.empty(0, np.uint64), *here]), paths, pieces, added)
