"""Who shares text with whom, as a drawing: one circle of essays for each group that hangs together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, degrees, pi, sin

from corpus_tools.records import Relation
from corpus_tools.store.stored import EssayId, StoredPair

WIDTH = 1120  # of the drawing, in its own units
ARC = 44  # between two essays on their circle
MANY = 12  # essays on one circle: more stand closer, with names that point away from its middle
CLOSE = 20  # between two of many
LETTER = 7  # width of a letter
NAMES = 148  # room for a name to the left and to the right of a circle
GAP = 44  # between two rows of circles
SMALLEST = 34  # radius of a circle of two
NAME_LENGTH = 18


@dataclass(frozen=True, slots=True)
class Label:
    """Where a name stands, seen from its point; `anchor` is the end of the name that is next to it."""

    anchor: str
    dx: float
    dy: float
    turn: float = 0  # degrees


@dataclass(frozen=True, slots=True)
class Node:
    """An essay at its place."""

    id: EssayId
    x: float
    y: float
    name: str
    label: Label


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


def network(pairs: Sequence[StoredPair], *, numbered: bool = True) -> Network:
    """The essays of `pairs` as points, the pairs as lines; the largest groups first, row by row.

    `numbered`: names end with the essay's number on its page.
    """
    nodes: dict[EssayId, Node] = {}
    left = top = 0.0
    row_height = 0.0
    for members in groups(pairs):
        many = len(members) > MANY
        radius = max(SMALLEST, (CLOSE if many else ARC) * len(members) / (2 * pi))
        room = LETTER * max(len(name(essay, numbered)) for essay in members) + GAP if many else NAMES
        wide, high = 2 * (radius + room), 2 * (radius + room) if many else 2 * radius + GAP
        if left and left + wide > WIDTH:
            left, top, row_height = 0.0, top + row_height, 0.0
        for node in circle(members, left + wide / 2, top + high / 2, radius, numbered):
            nodes[node.id] = node
        left += wide
        row_height = max(row_height, high)
    edges = tuple(edge(pair, nodes[pair.a], nodes[pair.b]) for pair in pairs)
    return Network(tuple(nodes.values()), edges, WIDTH, round(top + row_height))


def largest(pairs: Iterable[StoredPair], limit: int) -> list[StoredPair]:
    """The first `limit` pairs, those of the largest groups first; within a group in the order given."""
    listed = list(pairs)
    group_of = {essay: number for number, group in enumerate(groups(listed)) for essay in group}
    return sorted(listed, key=lambda pair: group_of[pair.a])[:limit]


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


def circle(members: Sequence[EssayId], x: float, y: float, radius: float, numbered: bool = True) -> list[Node]:
    """The essays at equal distances on a circle, clockwise from its left."""
    nodes = []
    for i, essay in enumerate(members):
        angle = pi + 2 * pi * i / len(members)
        away, down = cos(angle), sin(angle)
        at = round(x + radius * away, 1), round(y + radius * down, 1)
        label = radial(angle) if len(members) > MANY else level(away, down)
        nodes.append(Node(essay, *at, name(essay, numbered), label))
    return nodes


def level(away: float, down: float) -> Label:
    """A name written straight, beside its point, or above or below it."""
    if abs(away) < 0.2:
        return Label("middle", 0, 18 if down > 0 else -10)
    return Label("start", 9, 4) if away > 0 else Label("end", -9, 4)


def radial(angle: float) -> Label:
    """A name that points away from the middle of the circle and does not stand on its head."""
    turn = degrees(angle) % 360
    return Label("end", -9, 4, round(turn - 180, 1)) if 90 < turn < 270 else Label("start", 9, 4, round(turn, 1))


def name(essay: EssayId, numbered: bool = True) -> str:
    """A short name: the file's, shortened, and the essay's number."""
    stem = essay.doc.rsplit("/", 1)[-1]
    return (stem if len(stem) <= NAME_LENGTH else stem[: NAME_LENGTH - 1] + "…") + f" {essay.essay}" * numbered


def edge(pair: StoredPair, a: Node, b: Node) -> Edge:
    """The line between two essays."""
    return Edge(pair, pair.relation, a.x, a.y, b.x, b.y, round(0.8 + 3.2 * pair.containment, 2))
