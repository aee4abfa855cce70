"""The index of copies: filled by one search, then kept up to date with the few texts that come and go.

After any change it holds what a search of all texts would find. Most of that is local: two texts are compared when they
share two seeds, so a text that comes or goes bears on nothing but its own seeds. Three things reach further and are
settled from what is kept beside the pairs:

* `large`: the seeds of more than `star_above` texts. They give no square of pairs; leaders are compared with their
  lists (`candidates.py`). When such a list changes, all are led anew, nearly every comparison being known already.
  `rest` are the pairs that the leaders left over.
* `family`: for each text the least one it hangs together with.
* `common`: the seeds that are common property, since more than `common_above` families carry them.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.candidates import (
    TURN_BITS,
    Lists,
    Proposing,
    common_seeds,
    large_lists,
    led,
    lists_above,
    merged,
    paired,
)
from corpus_tools.dedupe.catalogue import LINKED, Catalogue, TextRow, by_range
from corpus_tools.dedupe.clusters import families
from corpus_tools.dedupe.config import SEED_LENGTH, DedupeConfig
from corpus_tools.dedupe.fold import Folded, Places, digests_of, fold
from corpus_tools.dedupe.pair_sets import covering, keys_of, pairs_of_keys, united, without
from corpus_tools.dedupe.parts import Parts, filed
from corpus_tools.dedupe.postings import COUNT_BITS, COUNT_MASK, MOST_TEXTS, TEXT_BITS, TEXT_MASK, numbered, packed
from corpus_tools.dedupe.search import LARGE, Compared, ranks, relations_with_passages
from corpus_tools.dedupe.seeds import Hashes, winnowed
from corpus_tools.dedupe.shelf import Slip, scratch
from corpus_tools.dedupe.verify import (
    NEAR,
    NONE,
    Task,
    Verified,
    belong_together,
    compare_task,
    joined,
    kinship,
)
from corpus_tools.errors import ConfigError

FILLED_AT_ONCE = 2_000  # texts
COMPARED_AT_ONCE = 500  # pairs
NO_TEXT = -1  # the number of whatever folds to nothing
NO_PAIRS = np.empty((0, 2), np.int64)
NO_HASHES = np.empty(0, np.uint64)
NO_RUNS = np.empty((0, 4), np.int64)


class Changes(NamedTuple):
    """What a change of the texts has changed."""

    numbers: list[int]  # of the texts that came, in the order given; NO_TEXT for those that fold to nothing
    pairs: Places  # that have another relation than before, none included


class Taken(NamedTuple):
    """What texts that come and go mean for the different texts."""

    numbers: list[int]  # of the texts that came
    fresh: list[TextRow]  # that nobody had
    places: list[int]  # where each of these came first
    times: dict[int, int]  # copies afterwards of the other texts that came or went

    @property
    def lost(self) -> list[int]:
        """The texts that nobody has any more."""
        return sorted(text for text, times in self.times.items() if not times)


class CopyIndex:
    """Folded texts and who shares text with whom, kept in an SQLite database; the caller commits."""

    def __init__(self, connection: sqlite3.Connection, config: DedupeConfig = DedupeConfig()) -> None:  # noqa: B008
        self.catalogue = Catalogue(connection)
        self.config = config

    # -- all at once -------------------------------------------------------------------------------------------------

    def fill(self, compared: Compared) -> list[int]:
        """Keep what a search has found in place of all that was kept; the number of each text of the search."""
        self.catalogue.clear()
        first = sorted(compared.copies)
        numbers = np.full(len(compared.shelf), NO_TEXT, np.int64)
        for number, text in enumerate(first):
            numbers[compared.copies[text]] = number
        with scratch(int(compared.shelf.lengths.sum()) > LARGE) as folder:
            frequent = self._fill_texts(compared, np.array(first, np.int64), folder)
        verified = compared.verified._replace(pairs=numbers[compared.verified.pairs])
        self.catalogue.add_pairs(verified)
        self._lead()
        family = families(_linked(verified), len(first))
        common = common_seeds(frequent, family, self.config.common_above)
        self.catalogue.set_state("family", family)
        self.catalogue.set_state("common", common)
        self.catalogue.set_relations(verified.pairs, relations_with_passages(verified, common, self.config))
        return list(map(int, numbers))

    def _fill_texts(self, compared: Compared, first: Places, folder: Path | None) -> Lists:
        """Keeps the texts and their seeds; the lists of seeds that may be common property."""
        postings = Parts()
        for start in range(0, len(first), FILLED_AT_ONCE):
            texts = first[start : start + FILLED_AT_ONCE]
            folded = compared.shelf.slip(texts).fetch()
            seeds = winnowed(folded, self.config.window)
            postings.add(filed(packed(seeds), folder, "index"), start)
            rows = [
                TextRow(start + i, compared.digests[text].tobytes(), len(folded.one(i)), len(compared.copies[text]))
                for i, text in enumerate(texts.tolist())
            ]
            counts = np.bincount(seeds.text, minlength=len(texts)).tolist()
            self.catalogue.add_texts(rows, map(folded.one, range(len(rows))), counts)
        large, frequent = [NO_HASHES], [Lists(NO_HASHES, np.empty(0, np.int64))]
        for part in postings:
            numbers = _twice_at_most(part.fetch())
            for number, those in by_range(numbers):
                self.catalogue.set_range(number, those)
            large.append(np.unique(large_lists(numbers, self.config.star_above).seed >> TURN_BITS))
            frequent.append(lists_above(numbers, self.config.common_above)[0])
        self.catalogue.set_state("large", np.sort(np.concatenate(large)))
        return Lists(*map(np.concatenate, zip(*frequent, strict=True)))

    # -- a few that come and go --------------------------------------------------------------------------------------

    def update(self, come: Sequence[str], gone: Sequence[int]) -> Changes:
        """Take in texts, and let go of one copy of each text whose number is in `gone`."""
        folded = fold(come)
        taken = self._take(folded, gone)
        self.catalogue.set_times(taken.times)
        touched, anew, led_now = self._change_lists(folded, taken)
        before = self._compared_before(anew, taken)
        wanted = self._wanted(anew, taken)
        stale = without(before, wanted)
        ended, relation = self.catalogue.compared(stale)
        self.catalogue.remove_pairs(stale)
        fresh = joined([led_now, self._compare(without(wanted, before))])
        moved = self._new_families(fresh, ended, taken.lost)
        changed = self._relate(fresh, np.union1d(touched, self._seeds_of(moved)))
        self.catalogue.remove_texts(taken.lost)
        return Changes(taken.numbers, united(ended.pairs[relation != NONE], changed))

    def pairs_of(self, texts: Iterable[int]) -> Places:
        """The related pairs that these texts are in, in order."""
        return self.catalogue.pairs_of(texts, f"relation != {NONE}")

    def near_group(self, texts: Iterable[int]) -> Places:
        """The near duplicates among these texts and all that hang together with them through near duplicates."""
        seen, waiting, found = set[int](), set(texts), NO_PAIRS
        while waiting:
            seen |= waiting
            found = united(found, self.catalogue.pairs_of(waiting, f"relation = {NEAR}"))
            waiting = set(found.ravel().tolist()) - seen
        return found

    def related(self, pairs: Places) -> Verified:
        """What is known of those of these pairs that are related."""
        related = pairs[np.isin(keys_of(pairs), keys_of(self.pairs_of(np.unique(pairs).tolist())))]
        verified, relation = self.catalogue.compared(related)
        return verified._replace(relation=relation)

    def texts(self, numbers: Iterable[int]) -> dict[int, TextRow]:
        """The texts of these numbers."""
        return self.catalogue.texts(numbers)

    def _take(self, folded: Folded, gone: Sequence[int]) -> Taken:
        """Which texts these are, and how many copies each has from now on."""
        ids: dict[bytes, int] = {}
        rows: list[TextRow] = []
        places: list[int] = []
        times = Counter[int]()
        numbers = []
        free = self.catalogue.next_id()
        for place, (digest, length) in enumerate(zip(digests_of(folded), np.diff(folded.bounds).tolist(), strict=True)):
            if length and digest not in ids:
                known = self.catalogue.text(digest)
                ids[digest] = known.id if known else free + len(rows)
                if not known:
                    rows.append(TextRow(ids[digest], digest, length, 0))
                    places.append(place)
            numbers.append(ids[digest] if length else NO_TEXT)
        if free + len(rows) > MOST_TEXTS:
            raise ConfigError(f"One index takes up to {MOST_TEXTS:,} texts; split the corpus.")
        times.update(number for number in numbers if number != NO_TEXT)
        times.subtract(number for number in gone if number != NO_TEXT)
        had = self.catalogue.texts(times)
        fresh = [row._replace(times=times[row.id]) for row in rows]
        return Taken(numbers, fresh, places, {text: had[text].times + times[text] for text in had})

    def _change_lists(self, folded: Folded, taken: Taken) -> tuple[Hashes, list[int], Verified]:
        """Changes the seeds; those touched, the texts whose pairs count anew, and what was compared to lead lists."""
        fresh = [row.id for row in taken.fresh]
        own = _chosen(folded, taken.places)
        come = self._numbers(own, fresh)
        gone = self._numbers(self.catalogue.folded(taken.lost), taken.lost)
        counts = Counter((come & TEXT_MASK).tolist())
        self.catalogue.add_texts(taken.fresh, map(own.one, range(len(fresh))), (counts[text] for text in fresh))
        touched = np.unique(np.concatenate([come, gone]) >> TEXT_BITS)
        before = large_lists(self.catalogue.lists(touched), self.config.star_above)
        self.catalogue.change_seeds(come, gone)
        after = large_lists(self.catalogue.lists(touched), self.config.star_above)
        large = np.setdiff1d(self.catalogue.state("large"), touched)
        self.catalogue.set_state("large", np.union1d(large, after.seed >> TURN_BITS))
        ranked_anew = self._seeds_of(text for text, times in taken.times.items() if times)
        affected, compared = NO_PAIRS, joined([])
        if len(before.seed) or len(after.seed) or len(np.intersect1d(ranked_anew, large)):
            affected, compared = self._lead()
        # a list that has grown large, or small again, proposes other pairs than before
        crossed = [
            paired(_of_seeds(lists, np.setdiff1d(lists.seed, other.seed)))
            for lists, other in ((before, after), (after, before))
        ]
        affected = np.concatenate([affected, *map(pairs_of_keys, crossed)])
        ours = np.array([*fresh, *taken.lost], np.int64)
        return touched, [*fresh, *covering(affected[~np.isin(affected, ours).any(axis=1)])], compared

    def _lead(self) -> tuple[Places, Verified]:
        """Leads the large lists anew: the pairs on which it bears otherwise than before, and those compared for it."""
        lists = large_lists(self.catalogue.lists(self.catalogue.state("large")), self.config.star_above)
        known = dict(self.catalogue.all_kin("led"))
        asked, compared = [NO_PAIRS], list[Verified]()

        def kin(pairs: Places) -> NDArray[np.int8]:
            asked.append(pairs)
            for pair in map(tuple, pairs.tolist()):
                if pair not in known and (found := self.catalogue.kin(pair)) is not None:
                    known[pair] = found
            unknown = np.array([pair for pair in map(tuple, pairs.tolist()) if pair not in known], np.int64)
            if len(unknown):
                compared.append(self._compare(unknown))
                known.update(zip(map(tuple, unknown.tolist()), kinship(compared[-1]).tolist(), strict=True))
            return np.array([known[pair] for pair in map(tuple, pairs.tolist())], np.int8)

        rest = led(lists, self._ranks(lists.text), kin, self.config)
        other = pairs_of_keys(np.setxor1d(rest, self.catalogue.state("rest")) >> COUNT_BITS)
        self.catalogue.set_state("rest", rest)
        before, after = self.catalogue.pair_numbers("led"), np.unique(np.concatenate(asked), axis=0)
        self.catalogue.set_led(without(before, after), False)
        self.catalogue.set_led(without(after, before), True)
        return np.concatenate([other, without(before, after), without(after, before)]), joined(compared)

    def _ranks(self, texts: Places) -> Places:
        """The rank of each of these texts, at the place of its number."""
        ids, times, digests = self.catalogue.times_and_digests(np.unique(texts).tolist())
        found = np.zeros(max(ids, default=-1) + 1, np.int64)
        found[ids] = ranks(np.frombuffer(b"".join(digests), "V16"), np.array(times, np.int64))
        return found

    def _compared_before(self, anew: Sequence[int], taken: Taken) -> Places:
        """The pairs that are kept and may have to go."""
        kept = self.catalogue.pairs_of(taken.times, "a = b")
        return united(self.catalogue.pairs_of([*anew, *taken.lost]), kept)

    def _wanted(self, anew: Sequence[int], taken: Taken) -> Places:
        """The pairs with one of these texts that have to be kept, and the pairs of texts with themselves."""
        numbers = self.catalogue.lists(self._seeds_of(anew))
        every = np.ones(self.catalogue.next_id(), np.bool_)
        proposed, *_ = Proposing(every, self.config.star_above, self.config.common_above).proposed(numbers)
        total = merged([proposed, self.catalogue.state("rest")])
        pairs, count = pairs_of_keys(total >> COUNT_BITS), (total & COUNT_MASK).astype(np.int64)
        ours = np.isin(pairs, np.array(anew, np.int64)).any(axis=1)
        pairs, count = pairs[ours], count[ours]
        seeds = self.catalogue.seed_counts(np.unique(pairs).tolist())
        # a text with a single seed cannot have two in common with any other
        least = np.array([min(seeds[a], seeds[b]) for a, b in pairs.tolist()], np.int64)
        itself = self._with_itself({*anew, *taken.times})
        return united(pairs[count >= least], self.catalogue.pairs_of(anew, "led"), itself)

    def _with_itself(self, texts: set[int]) -> Places:
        """The texts there are several copies of, each paired with itself: what its copies share."""
        rows = self.catalogue.texts(sorted(texts)).values() if self.config.passages else ()
        same = [row.id for row in rows if row.times > 1 and row.length >= SEED_LENGTH]
        return np.array([(text, text) for text in same], np.int64).reshape(-1, 2)

    def _new_families(self, fresh: Verified, ended: Verified, lost: list[int]) -> list[int]:
        """Settles which texts hang together; those that have another family now."""
        before = self.catalogue.state("family").astype(np.int64)
        size = max(self.catalogue.next_id(), len(before))
        before = np.append(before, np.arange(len(before), size))
        # where a link has ended, its family is put together anew from single texts; elsewhere families only grow
        single = np.flatnonzero(np.isin(before, before[_linked(ended)]))
        start = before.copy()
        start[single] = single
        links = np.concatenate([self.catalogue.pairs_of(single.tolist(), LINKED), _linked(fresh)])
        after = families(start[links], size)[start]
        self.catalogue.set_state("family", after)
        there = np.setdiff1d(np.arange(size), lost)
        least = np.full(size, size)
        np.minimum.at(least, before[there], there)
        return list(map(int, there[least[before[there]] != after[there]]))

    def _relate(self, fresh: Verified, touched: Hashes) -> Places:
        """Settles the relation of the pairs just compared and of those that hang on seeds touched; those changed."""
        common = self.catalogue.state("common")
        frequent = lists_above(self.catalogue.lists(touched), self.config.common_above)[0]
        family = self.catalogue.state("family").astype(np.int64)
        now = common_seeds(frequent, family, self.config.common_above)
        turned = np.setxor1d(np.intersect1d(common, touched), now)
        common = np.union1d(np.setdiff1d(common, touched), now)
        self.catalogue.set_state("common", common)
        relation = relations_with_passages(fresh, common, self.config)
        self.catalogue.set_relations(fresh.pairs, relation)
        changed: Places = fresh.pairs[relation != NONE]
        if len(turned):
            known, before = self.catalogue.dynamic()
            after = relations_with_passages(known, common, self.config)
            self.catalogue.set_relations(known.pairs[before != after], after[before != after])
            changed = united(changed, known.pairs[before != after])
        return changed

    def _compare(self, pairs: Places) -> Verified:
        """The comparison of pairs of texts, which is kept."""
        parts = []
        for start in range(0, len(pairs), COMPARED_AT_ONCE):
            some = pairs[start : start + COMPARED_AT_ONCE]
            texts, places = np.unique(some, return_inverse=True)
            codes, bounds = self.catalogue.folded(texts.tolist())
            task = Task(Slip(bounds, codes, (), NO_RUNS), some, *places.reshape(-1, 2).T)
            parts.append(compare_task(task, self.config, numba=False))
        found = joined(parts)
        self.catalogue.add_pairs(found)
        return found

    def _numbers(self, folded: Folded, texts: Sequence[int]) -> Hashes:
        """The packed seeds of texts with these numbers, in order, each at most twice."""
        seeds = winnowed(folded, self.config.window)
        ids = np.array(texts, np.int64)[seeds.text]
        return _twice_at_most(numbered(seeds._replace(text=ids)))

    def _seeds_of(self, texts: Iterable[int]) -> Hashes:
        """The seeds of texts, in order."""
        ids = list(texts)
        return np.unique(self._numbers(self.catalogue.folded(ids), ids) >> TEXT_BITS)


def _twice_at_most(numbers: Hashes) -> Hashes:
    """The numbers in order; what is there more than twice, twice."""
    numbers = np.sort(numbers)
    third = np.zeros(len(numbers), np.bool_)
    third[2:] = numbers[2:] == numbers[:-2]
    return numbers[~third]


def _chosen(folded: Folded, places: Sequence[int]) -> Folded:
    bounds = np.append(0, np.cumsum([len(folded.one(place)) for place in places], dtype=np.int64))
    return Folded(np.concatenate([np.empty(0, np.uint32), *map(folded.one, places)]), bounds)


def _of_seeds(lists: Lists, seeds: Hashes) -> Lists:
    which = np.isin(lists.seed, seeds)
    return Lists(lists.seed[which], lists.text[which])


def _linked(verified: Verified) -> Places:
    """The pairs that make families."""
    linked: Places = verified.pairs[(verified.relation != NONE) | belong_together(verified)]
    return linked
