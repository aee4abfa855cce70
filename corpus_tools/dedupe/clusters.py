"""Clusters: essays that are the same text, each tested against one representative.

Why not the connected parts of the graph: one page that compiles five essays would glue all five and their copies
into one cluster. "Part of" edges are therefore kept apart, and a copy of a copy joins only if it is itself a near
duplicate of the representative.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from corpus_tools.records import Cluster, Pair

# What ranks two texts with equally many copies, without regard to the order in which they were given.
Rank = Callable[[int], tuple[object, ...]]


def clusters(pairs: Iterable[Pair], rank: Rank) -> tuple[Cluster, ...]:
    """The clusters of two or more, in the order of their first members.

    The text with the most near duplicates represents its cluster, among equals the one that `rank` puts first.
    """
    near: dict[int, set[int]] = defaultdict(set)
    for pair in pairs:
        if pair.relation == "near_duplicate":
            near[pair.a].add(pair.b)
            near[pair.b].add(pair.a)
    taken: set[int] = set()
    found: list[Cluster] = []
    for text in sorted(near, key=lambda text: (-len(near[text]), *rank(text), text)):
        members = near[text] - taken
        if text in taken or not members:
            continue
        taken |= members | {text}
        found.append(Cluster(text, tuple(sorted(members | {text}))))
    return tuple(sorted(found, key=lambda cluster: cluster.members))
