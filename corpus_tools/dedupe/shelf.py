"""The folded texts of a corpus on a shelf: in memory while they are few, in temporary files when they are many.

Whoever folds a block writes it to a file of its own, and whoever compares texts reads them from there, so that a corpus
many times the size of the memory works and no text is sent from process to process. On disk a block of characters of
the first plane, as nearly all are, takes half the room.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.fold import Codes, Folded, Places, narrow
from corpus_tools.errors import ReadError

WIDE = np.dtype(np.uint32)


class Shelved(NamedTuple):
    """A block of folded texts: the codes themselves, or the file they were added to and where in it."""

    bounds: Places
    codes: Codes | None
    path: str = ""
    start: int = 0


class Slip(NamedTuple):
    """What it takes to fetch some texts, in any process."""

    bounds: Places
    codes: Codes | None
    paths: tuple[str, ...]
    pieces: Places  # shape (n, 4): number of the path, first character there, first and last place of the result

    def fetch(self) -> Folded:
        """The texts, one after the other."""
        if self.codes is not None:
            return Folded(self.codes, self.bounds)
        widths = [_width(path) for path in self.paths]
        buffers = {width: np.empty(int(self.bounds[-1]), width) for width in [WIDE, *widths]}
        read_into([buffers[width] for width in widths], self.paths, self.pieces)
        for path, _, first, last in self.pieces.tolist():
            if widths[path] != WIDE:
                buffers[WIDE][first:last] = buffers[widths[path]][first:last]
        return Folded(buffers[WIDE], self.bounds)


class Shared(NamedTuple):
    """Numbers that all processes need: they themselves, or the file they lie in."""

    numbers: NDArray[np.uint64]
    path: str = ""

    def fetch(self) -> NDArray[np.uint64]:
        """The numbers."""
        return np.fromfile(self.path, np.uint64) if self.path else self.numbers


def shared(numbers: NDArray[np.uint64], folder: Path | None) -> Shared:
    """The numbers in a file in the folder, if there is one."""
    if folder is None:
        return Shared(numbers)
    path = folder / "shared"
    numbers.tofile(path)
    return Shared(numbers[:0], str(path))


def read_into(arrays: Sequence[NDArray[np.unsignedinteger]], paths: Sequence[str], pieces: Places) -> None:
    """Fill arrays from files of numbers, one array for each file.

    Pieces have shape (n, 4): which file, the first number there, first and last place in the array.
    """
    with ExitStack() as stack:
        files = [stack.enter_context(Path(path).open("rb", buffering=0)) for path in paths]
        views = [array.data for array in arrays]
        for path, start, first, last in pieces.tolist():
            files[path].seek(start * views[path].itemsize)
            view = views[path][first:last]
            if files[path].readinto(view) != view.nbytes:
                raise ReadError(f"{paths[path]} was cut short while the search went on; run it again.")


def _width(path: str) -> np.dtype[np.unsignedinteger]:
    return np.dtype(path.rpartition(".")[2])


@contextmanager
def scratch(large: bool) -> Iterator[Path | None]:
    """A folder for what a large corpus needs on the way, gone at the end; None for a small one."""
    if not large:
        yield None
        return
    with TemporaryDirectory(prefix="corpus-tools-") as folder:
        yield Path(folder)


def put(folded: Folded, folder: Path | None) -> Shelved:
    """The block for the shelf, written to this process's file in the folder, if there is one."""
    if folder is None:
        return Shelved(folded.bounds, folded.codes)
    codes = narrow(folded.codes)
    path = folder / f"{os.getpid()}.{codes.dtype}"
    with path.open("ab") as file:
        start = file.tell() // codes.itemsize
        file.write(codes.data)
    return Shelved(folded.bounds, None, str(path), start)


class Shelf:
    """Folded texts by number."""

    def __init__(self) -> None:
        self._blocks: list[Shelved] = []
        self._paths: tuple[str, ...] = ()
        self._path: Places = np.empty(0, np.int64)
        self._start: Places = np.empty(0, np.int64)
        self._codes: Codes | None = None
        self.lengths: Places = np.empty(0, np.int64)

    def __len__(self) -> int:
        return len(self.lengths)

    def add(self, block: Shelved) -> None:
        """Put further texts on the shelf."""
        self._blocks.append(block)

    def close(self) -> None:
        """Say that all texts are there; from now on they can be fetched, but none added."""
        blocks, self._blocks = self._blocks, []
        self._paths = tuple(sorted({block.path for block in blocks}))
        number = {path: i for i, path in enumerate(self._paths)}
        none = np.empty(0, np.int64)
        self.lengths = np.concatenate([none, *(np.diff(block.bounds) for block in blocks)])
        counts = [len(block.bounds) - 1 for block in blocks]
        self._path = np.repeat(np.array([number[block.path] for block in blocks], np.int64), counts)
        self._start = np.concatenate([none, *(block.bounds[:-1] + block.start for block in blocks)])
        if self._paths in {(), ("",)}:
            self._codes = np.concatenate([np.empty(0, np.uint32), *(b.codes for b in blocks if b.codes is not None)])
            self._start = np.cumsum(self.lengths) - self.lengths

    def slip(self, texts: Places) -> Slip:
        """The slip for the texts of these numbers, which are in order."""
        starts, lengths, path = self._start[texts], self.lengths[texts], self._path[texts]
        bounds = np.append(0, np.cumsum(lengths))
        # neighbours are fetched together
        apart = (np.diff(path, prepend=-1) != 0) | (np.append(-1, (starts + lengths)[:-1]) != starts)
        first = np.flatnonzero(apart)
        last = np.append(first[1:], len(texts)) if len(first) else first
        pieces = np.stack([path[first], starts[first], bounds[first], bounds[last]], axis=1)
        if self._codes is None:
            return Slip(bounds, None, self._paths, pieces)
        parts = [self._codes[start : start + j - i] for _, start, i, j in pieces.tolist()]
        return Slip(bounds, np.concatenate([np.empty(0, np.uint32), *parts]), (), pieces)
