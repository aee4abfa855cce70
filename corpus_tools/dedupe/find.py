"""From texts to pairs, passages and clusters."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np

from corpus_tools.dedupe.candidates import candidate_pairs
from corpus_tools.dedupe.clusters import Rank, clusters
from corpus_tools.dedupe.config import DedupeConfig
from corpus_tools.dedupe.fold import Codes, Folded, fold
from corpus_tools.dedupe.passages import Run, SeedList, shared_runs
from corpus_tools.dedupe.seeds import Seeds, gram_hashes, winnowed
from corpus_tools.dedupe.verify import relation, shares
from corpus_tools.records import Duplicates, Pair, Passage, Relation


def find_duplicates(texts: Sequence[str], config: DedupeConfig = DedupeConfig()) -> Duplicates:  # noqa: B008
    """Who shares text with whom: pairs with their relation, passages in positions of the given texts, clusters.

    >>> original = "教师交流期限一般不少于三年，骨干教师交流人数不低于交流总数的百分之二十，由县级教育部门统一安排。"
    >>> copied = "敎師交流期限一般不少於三年,骨幹教師交流人數不低於交流總數的百分之二十,由縣級教育部門統一安排"
    >>> found = find_duplicates([original, "天气很好。", copied])
    >>> [(pair.a, pair.b, pair.relation) for pair in found.pairs]
    [(0, 2, 'near_duplicate')]
    """
    folded = fold(texts)
    copies = _copies(folded)
    distinct = list(copies)
    seeds = winnowed(folded.codes, folded.bounds, config.window)
    mine = np.isin(seeds.text, distinct)
    candidates = candidate_pairs(Seeds(seeds.text[mine], seeds.place[mine], seeds.hash[mine]), len(texts))
    work = _Comparison(folded, config)
    pairs: list[Pair] = []
    passages: list[Passage] = []
    for a, b in candidates.tolist():
        pair, runs = work.compare(a, b)
        if pair:
            for x in copies[a]:
                for y in copies[b]:
                    pairs.append(_between(pair, x, y))
                    passages += _in_texts(folded, x, y, runs)
    for members in copies.values():
        for i, x in enumerate(members):
            for y in members[i + 1 :]:
                pairs.append(Pair(x, y, "near_duplicate", 1.0, 1.0))
                passages += _in_texts(folded, x, y, work.compare(x, y)[1])
    pairs.sort(key=lambda pair: (pair.a, pair.b))
    passages.sort(key=lambda p: (p.a, p.b, p.a_start, p.b_start, p.a_end, p.b_end))
    rank = _rank(folded)
    return Duplicates(tuple(pairs), tuple(passages), clusters(pairs, rank))


class _Comparison:
    """Folded texts with the grams and seeds that comparing two of them takes."""

    def __init__(self, folded: Folded, config: DedupeConfig) -> None:
        self.folded = folded
        self.config = config
        self.grams, self.starts = gram_hashes(folded.codes, folded.bounds)
        self.seeds = winnowed(folded.codes, folded.bounds, config.window)
        self.first_seed = np.searchsorted(self.seeds.text, np.arange(len(folded) + 1))

    def codes(self, text: int) -> Codes:
        return self.folded.codes[self.folded.bounds[text] : self.folded.bounds[text + 1]]

    def compare(self, a: int, b: int) -> tuple[Pair | None, list[Run]]:
        """The relation of two texts, if they have one, and the runs they share."""
        grams = [np.unique(self.grams[self.starts[i] : self.starts[i + 1]]) for i in (a, b)]
        found = shares(*grams)
        runs = self._runs(a, b)
        kind = relation(found, self.config) or ("shares_passage" if runs else None)
        pair = Pair(a, b, kind, found.containment, found.jaccard) if kind else None
        return pair, runs

    def _runs(self, a: int, b: int) -> list[Run]:
        if not self.config.min_passage:
            return []
        return shared_runs(self.codes(a), self.codes(b), self._seeds(a), self._seeds(b), self.config.min_passage)

    def _seeds(self, text: int) -> SeedList:
        mine = slice(self.first_seed[text], self.first_seed[text + 1])
        order = np.argsort(self.seeds.hash[mine], kind="stable")
        return SeedList(self.seeds.hash[mine][order], self.seeds.place[mine][order])


def _copies(folded: Folded) -> dict[int, list[int]]:
    """Texts whose folded characters are all the same, by the first of them; texts without any are left out."""
    groups: dict[bytes, list[int]] = defaultdict(list)
    for i in range(len(folded)):
        codes = folded.codes[folded.bounds[i] : folded.bounds[i + 1]]
        if len(codes):
            groups[blake2b(codes.tobytes(), digest_size=16).digest()].append(i)
    return {members[0]: members for members in groups.values()}


def _between(pair: Pair, x: int, y: int) -> Pair:
    """The pair as one of x and y, in their order."""
    if x < y:
        return Pair(x, y, pair.relation, pair.containment, pair.jaccard)
    turned: dict[Relation, Relation] = {"contains_a": "contains_b", "contains_b": "contains_a"}
    return Pair(y, x, turned.get(pair.relation, pair.relation), pair.containment, pair.jaccard)


def _in_texts(folded: Folded, x: int, y: int, runs: list[Run]) -> list[Passage]:
    """The runs as passages in the positions of the given texts, the lesser text first."""
    found = []
    for run in runs:
        a = _span(folded, x, run.a, run.length)
        b = _span(folded, y, run.b, run.length)
        found.append(Passage(x, y, *a, *b) if x < y else Passage(y, x, *b, *a))
    return found


def _span(folded: Folded, text: int, start: int, length: int) -> tuple[int, int]:
    first = folded.bounds[text] + start
    return int(folded.at[first]), int(folded.at[first + length - 1]) + 1


def _rank(folded: Folded) -> Rank:
    """Longer texts first; among equals the order of their folded characters."""

    def rank(text: int) -> tuple[object, ...]:
        codes = folded.codes[folded.bounds[text] : folded.bounds[text + 1]]
        return -len(codes), codes.tobytes()

    return rank
