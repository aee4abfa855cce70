"""Clusters: essays that are the same text, each tested against one representative.

Why not the connected parts of the graph: one page that compiles five essays would glue all five and their copies into
one cluster. "Part of" edges are therefore kept apart, and a copy of a copy joins only if it is itself a near duplicate
of the representative.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from corpus_tools.dedupe.fold import Places
from corpus_tools.dedupe.pair_sets import in_order


class Group(NamedTuple):
    """Texts that are the same: the one that represents them, and all of them in order."""

    representative: int
    members: tuple[int, ...]


def clusters(near: Places, copies: Mapping[int, Sequence[int]], rank: Places) -> list[Group]:
    """The clusters of two or more texts, in the order of their first members.

    `near` are the near duplicates among texts that differ, shape (n, 2); `copies` for each of those all texts that fold
    to the same. The text with the most copies and near duplicates represents its cluster, among equals the one with the
    least `rank`.
    """
    times = np.zeros(len(rank), np.int64)
    times[list(copies)] = list(map(len, copies.values()))
    several = np.flatnonzero(times > 1)
    edges = np.concatenate([near, near[:, ::-1], np.stack([several, several], axis=1)])
    edges = edges[in_order(edges)]
    first = np.flatnonzero(np.diff(edges[:, 0], prepend=-1))
    texts = edges[first, 0]
    weight = np.add.reduceat(times[edges[:, 1]], first) if len(first) else first
    order = np.lexsort((rank[texts], -weight))
    others, ends = edges[:, 1].tolist(), np.append(first[1:], len(edges)).tolist()
    starts, names = first.tolist(), texts.tolist()
    taken: set[int] = set()
    found: list[Group] = []
    for i in order.tolist():
        if names[i] in taken:
            continue
        members = {names[i], *others[starts[i] : ends[i]]} - taken
        taken |= members
        every = sorted(copy for member in members for copy in copies[member])
        if len(every) > 1:
            found.append(Group(names[i], tuple(every)))
    return sorted(found, key=lambda group: group.members)


def families(pairs: Places, texts: int) -> Places:
    """For each text the least text that it is linked to, directly or through others."""
    least = np.arange(texts)
    while len(pairs):
        low = np.minimum(least[pairs[:, 0]], least[pairs[:, 1]])
        before = least.copy()
        np.minimum.at(least, pairs[:, 0], low)
        np.minimum.at(least, pairs[:, 1], low)
        least = least[least]
        if (least == before).all():
            break
    return least
