"""Clusters: essays that are the same text, each tested against one representative.

Why not the connected parts of the graph: one page that compiles five essays would glue all five and their copies into
one cluster. "Part of" edges are therefore kept apart, and a copy of a copy joins only if it is itself a near duplicate
of the representative.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from corpus_tools.dedupe.fold import Places


class Group(NamedTuple):
    """Texts that are the same: the one that represents them, and all of them in order."""

    representative: int
    members: tuple[int, ...]


def clusters(
    near: Iterable[tuple[int, int]], copies: Mapping[int, Sequence[int]], rank: Callable[[int], tuple[object, ...]]
) -> list[Group]:
    """The clusters of two or more texts, in the order of their first members.

    `near` are the near duplicates among texts that differ, `copies` for each of those all texts that fold to the same.
    The text with the most copies and near duplicates represents its cluster, among equals the one that `rank` puts
    first.
    """
    neighbours: dict[int, set[int]] = defaultdict(set)
    for a, b in near:
        neighbours[a].add(b)
        neighbours[b].add(a)
    for text, same in copies.items():
        if len(same) > 1:
            neighbours[text].add(text)
    weight = {text: sum(len(copies[other]) for other in near) for text, near in neighbours.items()}
    taken: set[int] = set()
    found: list[Group] = []
    for text in sorted(neighbours, key=lambda text: (-weight[text], *rank(text))):
        if text in taken:
            continue
        members = {text} | (neighbours[text] - taken)
        taken |= members
        every = sorted(copy for member in members for copy in copies[member])
        if len(every) > 1:
            found.append(Group(text, tuple(every)))
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
