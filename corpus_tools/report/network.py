"""Who shares text with whom, as a drawing: one circle of essays for each group that hangs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from corpus_tools.records import Relation
from corpus_tools.store.stored import EssayId, StoredPair

WIDTH = 1120  # of the drawing, in its own units
ARC = 44  # between two essays on their circle
NAMES = 148  # room for a name to the left and to the right of a circle
GAP = 44  # between two rows of circles
SMALLEST = 34  # radius of a circle of two
NAME_LENGTH = 18


@dataclass(frozen=True, slots=True)
class Node:
    """An essay at its place; `anchor` says on which side of it the name stands."""

    id: EssayId
    x: float
    y: float
    anchor: str
    name: str


@dataclass(frozen=True, slots=True)
class Edge:
    """Two essays that share text; the width grows with how much."""

    pair: StoredPair
    relation: Relation
    x1: float
    y1: float
    x2: float
    y2: float
    width: float


@dataclass(frozen=True, slots=True)
class Network:
    """The drawing."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int
    height: int


def network(pairs: Sequence[StoredPair]) -> Network:
    """The essays of `pairs` as points, the pairs as lines; the largest groups first, row by row."""
    nodes: dict[EssayId, Node] = {}
    left = top = 0.0
    row_height = 0.0
    for members in groups(pairs):
        radius = max(SMALLEST, ARC * len(members) / (2 * pi))
        wide, high = 2 * (radius + NAMES), 2 * radius + GAP
        if left and left + wide > WIDTH:
            left, top, row_height = 0.0, top + row_height, 0.0
        for node in circle(members, left + wide / 2, top + high / 2, radius):
            nodes[node.id] = node
        left += wide
        row_height = max(row_height, high)
    edges = tuple(edge(pair, nodes[pair.a], nodes[pair.b]) for pair in pairs)
    return Network(tuple(nodes.values()), edges, WIDTH, round(top + row_height))


def groups(pairs: Iterable[StoredPair]) -> list[list[EssayId]]:
    """The essays that hang together through any pair, the largest group first, each in order."""
    beside: dict[EssayId, set[EssayId]] = defaultdict(set)
    for pair in pairs:
        beside[pair.a].add(pair.b)
        beside[pair.b].add(pair.a)
    found: list[list[EssayId]] = []
    seen: set[EssayId] = set()
    for start in sorted(beside):
        if start in seen:
            continue
        group, waiting = [], [start]
        seen.add(start)
        while waiting:
            essay = waiting.pop()
            group.append(essay)
            fresh = beside[essay] - seen
            seen |= fresh
            waiting += sorted(fresh)
        found.append(sorted(group))
    return sorted(found, key=lambda group: (-len(group), group[0]))


def circle(members: Sequence[EssayId], x: float, y: float, radius: float) -> list[Node]:
    """The essays at equal distances on a circle, clockwise from its left."""
    nodes = []
    for i, essay in enumerate(members):
        angle = pi + 2 * pi * i / len(members)
        away = cos(angle)
        anchor = "middle" if abs(away) < 0.2 else "start" if away > 0 else "end"
        nodes.append(Node(essay, round(x + radius * away, 1), round(y + radius * sin(angle), 1), anchor, name(essay)))
    return nodes


def name(essay: EssayId) -> str:
    """A short name: the file's, shortened, and the essay's number."""
    stem = essay.doc.rsplit("/", 1)[-1]
    return (stem if len(stem) <= NAME_LENGTH else stem[: NAME_LENGTH - 1] + "…") + f" {essay.essay}"


def edge(pair: StoredPair, a: Node, b: Node) -> Edge:
    """The line between two essays."""
    return Edge(pair, pair.relation, a.x, a.y, b.x, b.y, round(0.8 + 3.2 * pair.containment, 2))
