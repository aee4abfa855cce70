"""Copies among plain texts, as records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.clusters import Group, clusters
from corpus_tools.dedupe.config import DedupeConfig
from corpus_tools.dedupe.fold import Places, fold_with_places
from corpus_tools.dedupe.pair_sets import in_order
from corpus_tools.dedupe.search import Batch, Compared, Found, search
from corpus_tools.dedupe.verify import CONTAINS_A, CONTAINS_B, NEAR, RELATIONS, Verified
from corpus_tools.records import Cluster, Duplicates, Pair, Passage

BLOCK = 400_000  # characters folded at a time


class Links(NamedTuple):
    """Texts that are related, in order, `a` before `b`, and the verified pair that says so."""

    a: Places
    b: Places
    pair: Places  # -1 where the texts fold to the same and nobody had to look
    turned: NDArray[np.bool_]  # the verified pair has its texts the other way round

    def scores(self, verified: Verified) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.int8]]:
        """Jaccard, containment and relation of each link."""
        same = np.append(verified.relation, np.int8(NEAR))
        relation = same[self.pair]
        other = np.select([relation == CONTAINS_A, relation == CONTAINS_B], [CONTAINS_B, CONTAINS_A], relation)
        relation = np.where(self.turned, other, relation).astype(np.int8)
        return np.append(verified.jaccard, 1.0)[self.pair], np.append(verified.containment, 1.0)[self.pair], relation


@dataclass(frozen=True, slots=True)
class Given:
    """A block of texts in memory."""

    texts: Sequence[str]

    def load(self) -> Batch:
        """The texts."""
        return Batch(self.texts, [], np.empty(0, np.int64))


def find_duplicates(
    texts: Sequence[str],
    config: DedupeConfig = DedupeConfig(),  # noqa: B008
    keep: Callable[[Compared], None] | None = None,
) -> Duplicates:
    """Who shares text with whom: pairs with their relation, passages in positions of the given texts, clusters.

    `keep` is given everything that was compared, for an index (`dedupe/index.py`).

    >>> original = "教师交流期限一般不少于三年，骨干教师交流人数不低于交流总数的百分之二十，由县级教育部门统一安排。"
    >>> copied = "教師交流期限一般不少於三年,骨幹教師交流人數不低於交流總數的百分之二十,由縣級教育部門統一安排"
    >>> found = find_duplicates([original, "天气很好。", copied])
    >>> [(pair.a, pair.b, pair.relation) for pair in found.pairs]
    [(0, 2, 'near_duplicate')]
    """
    found = search(_blocks(texts), sum(map(len, texts)), config, keep=keep)
    chiefs = chiefs_of(texts, found)
    linked = links(found, chiefs, config)
    passages = passages_of(texts, found, linked) if config.passages else iter(())
    return Duplicates(
        tuple(pairs_of(found, linked)),
        tuple(Passage(*passage) for passage in passages),
        tuple(Cluster(*group) for group in clusters_of(found, chiefs)),
    )


def chiefs_of(texts: Sequence[str], found: Found) -> dict[int, int]:
    """Of the texts that fold to the same, by the first of them, the one that stands for all whatever their order."""
    return {
        first: min(same, key=lambda text: (texts[text], text)) for first, same in found.copies.items() if len(same) > 1
    }


def links(found: Found, chiefs: Mapping[int, int], config: DedupeConfig) -> Links:
    """Every two texts that are related, also those that fold to the same.

    Of many that fold to the same, the chief alone is linked to each of the others and to other texts.
    """
    pairs, copies = found.verified.pairs, found.copies
    itself = {int(pairs[number, 0]): int(number) for number in np.flatnonzero(pairs[:, 0] == pairs[:, 1])}
    same: list[tuple[int, int, int]] = []
    for first, chief in chiefs.items():
        if len(copies[first]) > config.same_up_to:
            same += [(chief, text, itself.get(first, -1)) for text in copies[first] if text != chief]
        else:
            same += [(x, y, itself.get(first, -1)) for x, y in combinations(copies[first], 2)]
    number = np.flatnonzero(pairs[:, 0] != pairs[:, 1])
    groups = Groups.of(copies, chiefs, len(found.lengths))
    # near duplicates of a large group are all in its cluster, parts of it are in none
    limit = config.same_up_to * np.where(found.verified.relation[number] == NEAR, 1, 3)
    table = np.concatenate([np.array(same, np.int64).reshape(-1, 3), groups.linked(pairs[number], number, limit)])
    a, b = table[:, :2].min(axis=1), table[:, :2].max(axis=1)
    order = in_order(np.stack([a, b], axis=1))
    return Links(a[order], b[order], table[order, 2], (table[:, 0] > table[:, 1])[order])


class Groups(NamedTuple):
    """The texts that fold to the same: of text i, the first of its group, the group is `texts[start[i]:][:size[i]]`."""

    texts: Places
    start: Places
    size: Places
    chief: Places

    @classmethod
    def of(cls, copies: Mapping[int, Sequence[int]], chiefs: Mapping[int, int], count: int) -> Groups:
        """The groups among so many texts."""
        start, size, chief = np.zeros((3, count), np.int64)
        firsts = np.array(list(copies), np.int64)
        size[firsts] = [len(group) for group in copies.values()]
        start[firsts] = np.cumsum(size[firsts]) - size[firsts]
        chief[firsts] = firsts
        chief[list(chiefs)] = list(chiefs.values())
        return cls(np.array([text for group in copies.values() for text in group], np.int64), start, size, chief)

    def linked(self, pairs: Places, number: Places, limit: Places) -> Places:
        """Each text of one group with each of the other, shape (n, 3), with the number of the pair of groups.

        Of two groups of more than `limit` texts together only the chiefs.
        """
        a, b = pairs.T
        star = self.size[a] + self.size[b] > limit
        few, many = np.flatnonzero(~star), np.flatnonzero(star)
        times = self.size[a[few]] * self.size[b[few]]
        pair = np.repeat(few, times)
        place = np.arange(len(pair)) - np.repeat(np.cumsum(times) - times, times)
        wide = self.size[b[pair]]
        x, y = self.texts[self.start[a[pair]] + place // wide], self.texts[self.start[b[pair]] + place % wide]
        each = np.stack([x, y, number[pair]], axis=1)
        return np.concatenate([each, np.stack([self.chief[a[many]], self.chief[b[many]], number[many]], axis=1)])


def passages_of(texts: Sequence[str], found: Found, linked: Links) -> Iterator[tuple[int, int, int, int, int, int]]:
    """The passages of each link, in order: a, b, start and end in a, start and end in b."""
    runs = found.verified.runs
    first = np.searchsorted(runs[:, 0], np.arange(len(found.verified.pairs) + 1))
    places: dict[int, Places] = {}
    for a, b, pair, turned in zip(*(column.tolist() for column in linked), strict=True):
        if pair < 0 or first[pair] == first[pair + 1]:
            continue
        for text in (a, b):
            if text not in places:
                places[text] = fold_with_places(texts[text])[1]
        here = runs[first[pair] : first[pair + 1]].astype(np.int64)
        starts = here[:, [2, 1] if turned else [1, 2]]
        lasts = starts + here[:, 3:] - 1
        spans = np.stack(
            [places[a][starts[:, 0]], places[a][lasts[:, 0]] + 1, places[b][starts[:, 1]], places[b][lasts[:, 1]] + 1]
        )
        for span in sorted(map(tuple, spans.T.tolist())):
            yield a, b, *span


def clusters_of(found: Found, chiefs: Mapping[int, int]) -> Iterator[Group]:
    """The clusters, each represented by the same text whatever the order in which the texts came."""
    pairs = found.verified.pairs[found.verified.relation == NEAR]
    near = pairs[pairs[:, 0] != pairs[:, 1]]
    high, low = found.digests.view(">u8").reshape(-1, 2).T
    rank = np.empty(len(found.lengths), np.int64)
    rank[np.lexsort((low, high, -found.lengths))] = np.arange(len(rank))
    for group in clusters(near, found.copies, rank):
        yield group._replace(representative=chiefs.get(group.representative, group.representative))


def pairs_of(found: Found, linked: Links) -> Iterator[Pair]:
    """The links that have a relation, as records."""
    jaccard, containment, relation = linked.scores(found.verified)
    for i in range(len(relation)):
        kind = RELATIONS[relation[i]]
        if kind:
            yield Pair(int(linked.a[i]), int(linked.b[i]), kind, float(containment[i]), float(jaccard[i]))


def _blocks(texts: Sequence[str]) -> Iterator[Given]:
    start, size = 0, 0
    for i, text in enumerate(texts):
        size += len(text)
        if size >= BLOCK:
            yield Given(texts[start : i + 1])
            start, size = i + 1, 0
    if start < len(texts):
        yield Given(texts[start:])
