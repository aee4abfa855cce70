"""Candidate pairs: texts that have two seeds in common."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.seeds import Seeds

Keys = NDArray[np.uint64]


def candidate_pairs(seeds: Seeds, texts: int) -> NDArray[np.int64]:
    """Pairs of texts with two seeds in common, shape (n, 2), in order, the lesser number first.

    A seed that a text has twice counts as two where the other text has it twice as well.
    """
    order = np.lexsort((seeds.text, seeds.hash))
    hashes, owners = seeds.hash[order], seeds.text[order].astype(np.uint64)
    again = np.zeros(len(hashes), np.bool_)
    again[1:] = (hashes[1:] == hashes[:-1]) & (owners[1:] == owners[:-1])
    third = np.zeros(len(hashes), np.bool_)
    third[1:] = again[1:] & again[:-1]
    found = [_pairs(hashes[~again], owners[~again]), _pairs(hashes[again & ~third], owners[again & ~third])]
    keys, counts = np.unique(np.concatenate(found), return_counts=True)
    a, b = (keys >> np.uint64(32)).astype(np.int64), (keys & np.uint64(0xFFFFFFFF)).astype(np.int64)
    seeds_of = np.bincount(seeds.text, minlength=texts)
    # a text with a single seed cannot have two in common with any other
    wanted = np.minimum(2, np.minimum(seeds_of[a], seeds_of[b]))
    enough = counts >= wanted
    return np.stack([a[enough], b[enough]], axis=1)


def _pairs(hashes: NDArray[np.uint64], owners: Keys) -> Keys:
    """Every two texts under one hash, as one number each."""
    found = [np.empty(0, np.uint64)]
    left, step = np.arange(len(hashes)), 1
    while len(left):
        left = left[left + step < len(hashes)]
        left = left[hashes[left] == hashes[left + step]]
        found.append(owners[left] << np.uint64(32) | owners[left + step])
        step += 1
    return np.concatenate(found)
