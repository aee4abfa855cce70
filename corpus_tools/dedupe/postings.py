"""Which texts have which seeds, and which two texts have seeds in common, as one number each."""

from __future__ import annotations

import numpy as np

from corpus_tools.dedupe.parts import PARTS, Numbers
from corpus_tools.dedupe.seeds import PLACE_BITS, Hashes, Seeds

# One number per seed: 40 bits of hash, 24 of text. Sixteen million texts are what one index is for.
TEXT_BITS = PLACE_BITS
TEXT_MASK = np.uint64((1 << 24) - 1)
MOST_TEXTS = 1 << 24
PART_BITS = np.uint64(PARTS - 1)
# One number per pair: the lesser text, the greater, and in two bits how many seeds they share.
COUNT_BITS = np.uint64(2)
COUNT_MASK = np.uint64(3)


def numbered(seeds: Seeds) -> Hashes:
    """The seeds, one number each."""
    return (seeds.hash & ~TEXT_MASK) | seeds.text.astype(np.uint64)


def packed(seeds: Seeds) -> Numbers:
    """The seeds, one number each, by the lowest bits of the hash: winnowing keeps far more of the small ones.

    All texts with a seed are so met in one part.
    """
    part = ((seeds.hash >> TEXT_BITS) & PART_BITS).astype(np.uint8)
    order = np.argsort(part, kind="stable")
    bounds = np.append(0, np.cumsum(np.bincount(part, minlength=PARTS)))
    return Numbers(bounds, numbered(seeds)[order])


def by_lesser_text(pairs: Hashes, texts: int) -> Numbers:
    """Pairs, which are in order, by the lesser of their texts, of which there are so many in all."""
    firsts = np.linspace(0, texts, PARTS + 1).astype(np.uint64) << (TEXT_BITS + COUNT_BITS)
    return Numbers(np.searchsorted(pairs, firsts), pairs)
