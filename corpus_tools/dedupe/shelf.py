"""The folded texts of a corpus on a shelf: in memory while they are few, in a temporary file when they are many.

Each text is read once for every group of pairs it is compared in, so a corpus many times the size of the memory works.
"""

from __future__ import annotations

import os
import tempfile
from types import TracebackType
from typing import BinaryIO

import numpy as np

from corpus_tools.dedupe.fold import Codes, Folded, Places

IN_MEMORY = 8_000_000  # characters


class Shelf:
    """Folded texts by number; used as a context manager, it leaves no file behind."""

    def __init__(self) -> None:
        self._pieces: list[Codes] = []
        self._waiting = 0
        self._file: BinaryIO | None = None
        self._lengths: list[Places] = []
        self.starts: Places = np.zeros(1, np.int64)

    def __enter__(self) -> Shelf:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    def add(self, folded: Folded) -> None:
        """Put further texts on the shelf."""
        self._pieces.append(folded.codes)
        self._lengths.append(np.diff(folded.bounds))
        self._waiting += len(folded.codes)
        if self._waiting > IN_MEMORY:
            self._to_file()

    def close(self) -> None:
        """Say that all texts are there; from now on they can be read, but none added."""
        lengths = np.concatenate([np.zeros(1, np.int64), *self._lengths])
        self.starts = np.cumsum(lengths)
        self._lengths = []
        if self._file:
            self._to_file()
            self._file.flush()
        else:
            self._pieces = [np.concatenate([np.empty(0, np.uint32), *self._pieces])]

    def __len__(self) -> int:
        return len(self.starts) - 1

    def lengths(self) -> Places:
        """How many folded characters each text has."""
        return np.diff(self.starts)

    def read(self, texts: Places) -> Folded:
        """The texts of these numbers, which are in order, one after the other."""
        bounds = np.zeros(len(texts) + 1, np.int64)
        np.cumsum(self.starts[texts + 1] - self.starts[texts], out=bounds[1:])
        codes = np.empty(int(bounds[-1]), np.uint32)
        # neighbours are fetched together
        first = np.flatnonzero(np.diff(texts, prepend=-2) != 1)
        last = np.append(first[1:], len(texts)) - 1
        for i, j in zip(first.tolist(), last.tolist(), strict=True):
            self._fetch(int(self.starts[texts[i]]), codes[bounds[i] : bounds[j + 1]])
        return Folded(codes, bounds)

    def _fetch(self, start: int, into: Codes) -> None:
        if self._file:
            os.preadv(self._file.fileno(), [into.view(np.uint8).data], start * 4)
        else:
            into[:] = self._pieces[0][start : start + len(into)]

    def _to_file(self) -> None:
        if not self._file:
            self._file = tempfile.TemporaryFile(buffering=0)  # noqa: SIM115
        for piece in self._pieces:
            self._file.write(piece.data)
        self._pieces, self._waiting = [], 0
