"""Which texts have which seeds: gathered block by block, looked at part by part.

Parts are ranges of hashes, so that all texts with a seed are met in one part. As with folded texts (`shelf.py`), who
finds the seeds of a block of a large corpus writes them to a file of its own, and who looks at a part reads it there.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.fold import Places
from corpus_tools.dedupe.seeds import PLACE_BITS, Hashes, Seeds
from corpus_tools.dedupe.shelf import read_into

# One number per seed: 40 bits of hash, 24 of text. Sixteen million texts are what one index is for.
TEXT_BITS = PLACE_BITS
TEXT_MASK = np.uint64((1 << 24) - 1)
MOST_TEXTS = 1 << 24
PARTS = 32  # of all hashes, each looked at by itself
PART_BITS = np.uint64(PARTS - 1)
SIZE = np.dtype(np.uint64).itemsize


class Packed(NamedTuple):
    """Seeds of a block of texts, one number each: hash above, number of the text below; part i from `bounds[i]` on.

    The numbers themselves, or the file they were added to and where in it; and how many each text has.
    """

    counts: Places
    bounds: Places
    numbers: Hashes
    path: str = ""
    start: int = 0


def numbered(seeds: Seeds) -> Hashes:
    """The seeds, one number each."""
    return (seeds.hash & ~TEXT_MASK) | seeds.text.astype(np.uint64)


def packed(seeds: Seeds, texts: int) -> Packed:
    """The seeds of so many texts, by the lowest bits of the hash: winnowing keeps far more of the small ones."""
    part = ((seeds.hash >> TEXT_BITS) & PART_BITS).astype(np.uint8)
    order = np.argsort(part, kind="stable")
    bounds = np.append(0, np.cumsum(np.bincount(part, minlength=PARTS)))
    return Packed(np.bincount(seeds.text, minlength=texts), bounds, numbered(seeds)[order])


def filed(seeds: Packed, folder: Path | None) -> Packed:
    """The seeds in this process's file in the folder, if there is one."""
    if folder is None:
        return seeds
    path = folder / f"{os.getpid()}.seeds"
    with path.open("ab") as file:
        start = file.tell() // SIZE
        file.write(seeds.numbers.data)
    return seeds._replace(numbers=seeds.numbers[:0], path=str(path), start=start)


class Part(NamedTuple):
    """What it takes to fetch one part of the seeds, in any process."""

    numbers: Hashes
    paths: tuple[str, ...]
    pieces: NDArray[np.int64]  # shape (n, 4): number of the path, first seed there, first and last place of the result
    first_texts: Places  # of each piece

    def fetch(self) -> Hashes:
        """The seeds, block after block."""
        if not self.paths:
            return self.numbers
        numbers = np.empty(int(self.pieces[-1, 3]), np.uint64)
        read_into([numbers] * len(self.paths), self.paths, self.pieces)
        numbers += np.repeat(self.first_texts, self.pieces[:, 3] - self.pieces[:, 2]).astype(np.uint64)
        return numbers


class Postings:
    """The seeds of all texts."""

    def __init__(self) -> None:
        self._blocks: list[Packed] = []

    def add(self, seeds: Packed) -> None:
        """Add the seeds of further texts."""
        self._blocks.append(seeds)

    def counts(self) -> Places:
        """How many seeds each text has."""
        return np.concatenate([np.empty(0, np.int64), *(block.counts for block in self._blocks)])

    def parts(self) -> Iterator[Part]:
        """All seeds, part by part."""
        paths = tuple(sorted({block.path for block in self._blocks} - {""}))
        number = {path: i for i, path in enumerate(paths)}
        bounds = np.array([block.bounds for block in self._blocks], np.int64).reshape(-1, PARTS + 1)
        starts = np.array([block.start for block in self._blocks], np.int64)
        path = np.array([number.get(block.path, -1) for block in self._blocks], np.int64)
        texts = np.cumsum([0, *(len(block.counts) for block in self._blocks)])[:-1]
        for part in range(PARTS):
            if not paths:
                yield Part(self._in_memory(part, texts), (), bounds[:0, :4], texts)
                continue
            ends = np.cumsum(bounds[:, part + 1] - bounds[:, part])
            pieces = [path, starts + bounds[:, part], np.append(0, ends[:-1]), ends]
            yield Part(np.empty(0, np.uint64), paths, np.stack(pieces, axis=1), texts)

    def _in_memory(self, part: int, first_texts: Places) -> Hashes:
        blocks = zip(self._blocks, first_texts, strict=True)
        pieces = [block.numbers[slice(*block.bounds[part : part + 2])] + np.uint64(text) for block, text in blocks]
        return np.concatenate([np.empty(0, np.uint64), *pieces])
