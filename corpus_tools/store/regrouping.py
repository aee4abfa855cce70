"""Facts grouped into pieces of evidence anew, those of some essays and whatever belongs with them.

The facts that belong together are found from one to the next: with the same slots in an essay's cluster, or on both
sides of a passage. A group that facts of these essays are in is looked at whole, as `evidence.py` does with all groups.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from corpus_tools.store.evidence import Placed, Shared, evidence_of
from corpus_tools.store.linking import PLACED, placed, set_evidence
from corpus_tools.store.reading import FACT_ORDER
from corpus_tools.text import Span

PASSAGES = "SELECT a, b, a_start, a_end, b_start, b_end FROM passages"
LISTED = "(SELECT value FROM json_each(?))"
Slots = tuple[object, ...]


class Said(NamedTuple):
    """What an essay says once or more often."""

    essay: int
    slots: Slots


def regroup(connection: sqlite3.Connection, essays: Collection[int]) -> None:
    """Groups the facts of these essays, and of others that belong with them."""
    around = _Around(connection)
    around.load(essays)
    waiting = {Said(fact.essay, fact.slots) for essay in essays for fact in around.facts[essay]}
    seen = set[Said]()
    while waiting:
        seen |= waiting
        around.load({essay for said in waiting for essay in around.beside(said.essay)})
        waiting = {other for said in waiting for other in around.same(said)} - seen
    chosen = sorted({said.essay for said in seen})
    rows = connection.execute(f"{PLACED} WHERE f.essay IN {LISTED} {FACT_ORDER}", (json.dumps(chosen),))
    facts = [fact for fact in map(placed, rows) if Said(fact.essay, fact.slots) in seen]
    set_evidence(connection, evidence_of(facts, around.cluster_of, around.shared(chosen)))


class _Around:
    """Facts, passages and clusters of the essays that were asked for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self.facts: dict[int, list[Placed]] = defaultdict(list)
        self.passages: dict[int, list[Shared]] = defaultdict(list)  # an essay's own, the essay being a
        self.cluster_of: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._loaded = set[int]()

    def load(self, essays: Iterable[int]) -> None:
        """Read what concerns these essays."""
        fresh = sorted(set(essays) - self._loaded)
        self._loaded.update(fresh)
        listed = (json.dumps(fresh),)
        for fact in map(placed, self._connection.execute(f"{PLACED} WHERE f.essay IN {LISTED}", listed)):
            self.facts[fact.essay].append(fact)
        for a, b, *places in self._connection.execute(f"{PASSAGES} WHERE a IN {LISTED}", listed):
            self.passages[a].append(Shared(a, b, Span(*places[:2]), Span(*places[2:])))
        for a, b, *places in self._connection.execute(f"{PASSAGES} WHERE b IN {LISTED}", listed):
            self.passages[b].append(Shared(b, a, Span(*places[2:]), Span(*places[:2])))
        clusters = f"SELECT essay, cluster FROM clusters WHERE essay IN {LISTED}"
        self.cluster_of.update((row[0], row[1]) for row in self._connection.execute(clusters, listed))
        for cluster in {self.cluster_of[essay] for essay in fresh if essay in self.cluster_of} - self._members.keys():
            rows = self._connection.execute("SELECT essay FROM clusters WHERE cluster = ?", (cluster,))
            self._members[cluster] = [row[0] for row in rows]

    def beside(self, essay: int) -> Iterator[int]:
        """The essays of its cluster and those it shares a passage with."""
        yield from self._members.get(self.cluster_of.get(essay, -1), ())
        yield from {passage.b for passage in self.passages[essay]}

    def same(self, said: Said) -> Iterator[Said]:
        """Where the same is said and counts as the same."""
        for mate in self._members.get(self.cluster_of.get(said.essay, -1), ()):
            if any(fact.slots == said.slots for fact in self.facts[mate]):
                yield Said(mate, said.slots)
        for passage in self.passages[said.essay]:
            if self._stands(said, passage.a_span) and self._stands(Said(passage.b, said.slots), passage.b_span):
                yield Said(passage.b, said.slots)

    def _stands(self, said: Said, span: Span) -> bool:
        facts = self.facts[said.essay]
        return any(f.slots == said.slots and span.start <= f.start and f.end <= span.end for f in facts)

    def shared(self, essays: Iterable[int]) -> list[Shared]:
        """The passages of these essays."""
        return [passage for essay in essays for passage in self.passages[essay]]
