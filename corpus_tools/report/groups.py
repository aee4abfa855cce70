"""Who copied what, as the reports show it: the drawing, the groups of copies, pairs side by side."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from corpus_tools.report.config import ReportConfig
from corpus_tools.report.copies import Comparing, Name, Quoted, compared, quoted_passages
from corpus_tools.report.network import Network, largest, network
from corpus_tools.report.side_by_side import Comparison, comparisons
from corpus_tools.store import Database
from corpus_tools.store.stored import EssayId, StoredCluster, StoredEssay, StoredPair


@dataclass(frozen=True, slots=True)
class Member:
    """An essay of a group of copies; `siglum` is the letter it goes by there, as with manuscripts."""

    siglum: str
    essay: StoredEssay
    title: str
    site: str
    date: str


@dataclass(frozen=True, slots=True)
class Group:
    """Essays that are one text, the representative first; of a large group the first ones."""

    members: tuple[Member, ...]
    size: int
    compared: Comparing | None = None

    def siglum(self, name: Name) -> str:
        """The letter a copy goes by, its name where it has none."""
        return next((m.siglum for m in self.members if tuple(m.essay.id) == name), str(name))

    def sigla(self, names: Iterable[Name]) -> str:
        """The letters of several copies."""
        return ", ".join(map(self.siglum, names))

    def short(self, says: str) -> str:
        """A sentence with letters for the names of copies."""
        for member in sorted(self.members, key=lambda m: -len(m.essay.id.doc)):
            says = says.replace("{}#{}".format(*member.essay.id), member.siglum)
        return says


@dataclass(frozen=True, slots=True)
class Copies:
    """Everything the template needs; `clusters` and `pairs` count also what is not shown."""

    clusters: int
    pairs: int
    groups: tuple[Group, ...]
    comparisons: tuple[Comparison, ...]
    quoted: Mapping[tuple[EssayId, EssayId], Quoted]
    network: Network
    cut: bool  # not all groups are drawn
    numbered: bool  # a page may hold several essays


def copies_in(
    database: Database, config: ReportConfig, *, numbered: bool = True, sizes: Mapping[EssayId, int] | None = None
) -> Copies:
    """Who copied what in a database, the largest groups and the most telling pairs of it.

    `sizes`: how many copies the group of a representative has, where the database holds some of them only.
    """
    sizes = sizes or {cluster.representative: len(cluster.members) for cluster in database.clusters()}
    clusters = sorted(database.clusters(), key=lambda c: (-sizes[c.representative], c.representative))
    chiefs = {member: cluster.representative for cluster in clusters for member in cluster.members}
    pairs = list(database.pairs())
    shown = most_telling(pairs, chiefs)
    beside = shown[: config.max_pairs]
    listed = groups(database, clusters[: config.max_clusters], config)
    return Copies(
        len(clusters),
        len(pairs),
        tuple(replace(group, size=sizes[group.members[0].essay.id]) for group in listed),
        tuple(comparisons(database, beside, config.max_chars)),
        quoted_passages(database, beside),
        network(largest(shown, config.max_lines), numbered=numbered),
        len(shown) > config.max_lines,
        numbered,
    )


def most_telling(pairs: Iterable[StoredPair], chiefs: Mapping[EssayId, EssayId]) -> list[StoredPair]:
    """Of the pairs those that tell something of their own, the relations in turn, of each what shares most first.

    Each copy is shown with the representative of its group, and two groups with each other by one pair: that all of
    twenty copies hold one excerpt needs no twenty lines. Pairs that differ come before those that are the same.
    """
    ordered = sorted(pairs, key=lambda pair: (pair.jaccard == 1, -pair.containment, -pair.jaccard, pair.a, pair.b))
    seen = set[tuple[EssayId, EssayId]]()
    found = []
    for pair in ordered:
        a, b = sorted((chiefs.get(pair.a, pair.a), chiefs.get(pair.b, pair.b)))
        if a == b:
            if a in (pair.a, pair.b):
                found.append(pair)
        elif (a, b) not in seen:
            seen.add((a, b))
            found.append(pair)
    return in_turn(found)


def in_turn(pairs: Iterable[StoredPair]) -> list[StoredPair]:
    """The first of each relation, then the second of each, and so on."""
    had = Counter[str]()
    turns = []
    for pair in pairs:
        relation = pair.relation.partition("_")[0]  # which of the two holds the other is one relation
        turns.append((had[relation], pair))
        had[relation] += 1
    return [pair for _, pair in sorted(turns, key=lambda turn: turn[0])]


def groups(database: Database, clusters: Sequence[StoredCluster], config: ReportConfig) -> list[Group]:
    """The clusters with what the pages say of their essays, the copies compared."""
    chiefs = [cluster.representative for cluster in clusters[: config.max_compared]]
    comparing = compared(database, chiefs, config.max_variants)
    metas = {document.doc: document.meta for document in database.documents()}
    essays: dict[str, dict[int, StoredEssay]] = {}
    found = []
    for cluster in clusters:
        names = [cluster.representative, *(m for m in cluster.members if m != cluster.representative)]
        members = []
        for place, name in enumerate(names[: config.max_members]):
            if name.doc not in essays:
                essays[name.doc] = {essay.id.essay: essay for essay in database.essays(name.doc)}
            meta, essay = metas[name.doc], essays[name.doc][name.essay]
            members.append(Member(siglum(place), essay, meta.title or "", meta.site or "", meta.date or ""))
        found.append(Group(tuple(members), len(names), comparing.get(cluster.representative)))
    return found


def siglum(place: int) -> str:
    """
    >>> siglum(0), siglum(25), siglum(26)
    ('A', 'Z', 'A2')
    """
    turn, letter = divmod(place, len(ascii_uppercase))
    return ascii_uppercase[letter] + (str(turn + 1) if turn else "")
