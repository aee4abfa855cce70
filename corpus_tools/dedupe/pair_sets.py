"""Sets of pairs of texts, as arrays of shape (n, 2)."""

from __future__ import annotations

import numpy as np

from corpus_tools.dedupe.fold import Places
from corpus_tools.dedupe.postings import TEXT_BITS, TEXT_MASK
from corpus_tools.dedupe.seeds import Hashes


def pairs_of_keys(keys: Hashes) -> Places:
    """The pairs whose numbers these are: the lesser text above, the greater below."""
    return np.stack([keys >> TEXT_BITS, keys & TEXT_MASK], axis=1).astype(np.int64)


def keys_of(pairs: Places) -> Places:
    """One number for each pair."""
    return (pairs[:, 0] << np.int64(TEXT_BITS)) | pairs[:, 1]


def in_order(pairs: Places) -> Places:
    """The order of the pairs: by their first texts, then by their second ones."""
    return np.argsort(keys_of(pairs))


def united(*pairs: Places) -> Places:
    """The pairs of all, each once, in order."""
    return pairs_of_keys(np.unique(np.concatenate([keys_of(part) for part in pairs])).astype(np.uint64))


def without(pairs: Places, others: Places) -> Places:
    """The pairs that are not among the others."""
    return pairs[~np.isin(keys_of(pairs), keys_of(others))]


def covering(pairs: Places) -> list[int]:
    """Texts of which every pair has one, few of them: whichever has most goes first."""
    found = []
    while len(pairs):
        text = int(np.bincount(pairs.ravel()).argmax())
        found.append(text)
        pairs = pairs[(pairs != text).all(axis=1)]
    return found
