"""Exact shares of two texts: over the sets of their 8-grams."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from corpus_tools.dedupe.config import DedupeConfig
from corpus_tools.dedupe.seeds import Hashes
from corpus_tools.records import Relation


class Shares(NamedTuple):
    """How many different 8-grams each of two texts has, and how many they share."""

    a: int
    b: int
    both: int

    @property
    def jaccard(self) -> float:
        """Shared grams over all grams of both."""
        return self.both / max(1, self.a + self.b - self.both)

    @property
    def containment(self) -> float:
        """Shared grams over those of the text that has fewer."""
        return self.both / max(1, min(self.a, self.b))


def shares(a: Hashes, b: Hashes) -> Shares:
    """The shares of two texts from their sorted distinct grams."""
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    found = np.searchsorted(large, small)
    found[found == len(large)] = 0
    both = int((large[found] == small).sum()) if len(large) else 0
    return Shares(len(a), len(b), both)


def relation(shares: Shares, config: DedupeConfig) -> Relation | None:
    """What the shares alone say of two texts; None where neither is mostly in the other.

    A copy of like length is a near duplicate. One that is much shorter and stands nearly whole in the other is
    contained: a truncated copy, an excerpt, one essay of a compilation.
    """
    alike = min(shares.a, shares.b) >= config.same_length * max(shares.a, shares.b)
    if shares.jaccard >= config.min_jaccard and alike:
        return "near_duplicate"
    if shares.containment >= config.min_containment:
        return "contains_a" if shares.a <= shares.b else "contains_b"
    return "near_duplicate" if shares.jaccard >= config.min_jaccard else None
