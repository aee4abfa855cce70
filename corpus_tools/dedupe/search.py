"""The search itself: from blocks of texts to everything known of who shares text with whom, as arrays."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from hashlib import blake2b
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from corpus_tools.dedupe.candidates import (
    MOST_TEXTS,
    Lists,
    Packed,
    Postings,
    candidate_pairs,
    common_seeds,
    packed,
    within_families,
)
from corpus_tools.dedupe.clusters import families
from corpus_tools.dedupe.config import SEED_LENGTH, DedupeConfig
from corpus_tools.dedupe.fold import Folded, Places, fold, narrow
from corpus_tools.dedupe.processes import in_turn, processes
from corpus_tools.dedupe.seeds import Hashes, winnowed
from corpus_tools.dedupe.shelf import Shelf, Shelved, put
from corpus_tools.dedupe.verify import (
    NEAR,
    NONE,
    SHARES,
    Verified,
    among,
    belong_together,
    joined,
    verify,
    with_seeds,
)
from corpus_tools.errors import ConfigError

LARGE = 3_000_000  # characters; below, loading what numba compiled takes longer than it saves


class Found(NamedTuple):
    """Related pairs of texts that differ, with their runs in folded characters; and which texts are the same."""

    verified: Verified
    copies: Mapping[int, Sequence[int]]  # for the first of each all texts that fold to the same, itself included
    digests: NDArray[np.void]
    lengths: Places


class Batch(NamedTuple):
    """Some texts; from a file also their ids and the places of their rows."""

    texts: Sequence[str]
    names: list[str | int]
    starts: Places


class Block(Protocol):
    """Something that texts can be loaded from, in whichever process works on them."""

    def load(self) -> Batch:
        """The texts of the block."""


class Digested(NamedTuple):
    """What the first pass takes from a block of texts."""

    batch: Batch  # without the texts
    shelved: Shelved
    digests: bytes
    seeds: Packed


def search(
    blocks: Iterable[Block], characters: int, config: DedupeConfig, note: Callable[[Batch], None] | None = None
) -> Found:
    """Who shares text with whom among all texts of the blocks, numbered in order.

    `characters` is about how much there is in all: little is done in memory, much on disk and by numba. `note` is given
    each block's ids and places, in order.
    """
    large = characters > LARGE
    with _folder(large) as folder, processes(config.workers) as pool:
        work = partial(digest, window=config.window, numba=large, folder=folder)
        shelf, postings, digests = _first_pass(in_turn(pool, work, blocks), note)
        copies = _copies(digests, shelf.lengths)
        distinct = np.zeros(len(shelf), np.bool_)
        distinct[list(copies)] = True
        led: list[Verified] = []

        def together(pairs: Places) -> NDArray[np.bool_]:
            led.append(verify(shelf, pairs, config, large, pool))
            return belong_together(led[-1])

        pairs, frequent = candidate_pairs(
            postings, distinct, _ranks(digests, copies), config.star_above, config.common_above, together, pool
        )
        seeds = frequent.seed[np.append(True, frequent.seed[1:] != frequent.seed[:-1])[: len(frequent.seed)]]
        known = with_seeds(joined(led), seeds)
        akin = belong_together(known)
        kin = within_families(known.pairs[akin], known.relation[akin] == NEAR, len(shelf), config.pairs_up_to)
        pairs = _without(known.pairs, pairs, kin)
        if config.passages:
            pairs = np.concatenate([pairs, _with_itself(copies, shelf.lengths)])
        verified = joined([known, verify(shelf, pairs, config, large, pool, seeds)])
    links = verified.pairs[(verified.relation != NONE) | belong_together(verified)]
    return Found(related(verified, links, frequent, len(shelf), config), copies, digests, shelf.lengths)


def digest(block: Block, window: int, numba: bool, folder: Path | None) -> Digested:
    """Folded characters, digests and seeds of a block."""
    batch = block.load()
    folded = fold(batch.texts, numba)
    digests = [blake2b(text, digest_size=16).digest() for text in _as_bytes(folded)]
    seeds = packed(winnowed(folded, window, numba))
    return Digested(batch._replace(texts=()), put(folded, folder), b"".join(digests), seeds)


def _as_bytes(folded: Folded) -> Iterator[bytes]:
    """Each text as bytes, the same ones in whatever company it stands: two for a character, four where one needs more.

    No two texts have the same bytes: the upper halves of wide characters are no letters.
    """
    codes = narrow(folded.codes)
    if codes.itemsize > 2:
        yield from (narrow(folded.one(text)).tobytes() for text in range(len(folded.bounds) - 1))
        return
    data = codes.tobytes()
    for start, end in pairwise((2 * folded.bounds).tolist()):
        yield data[start:end]


def _first_pass(
    blocks: Iterable[Digested], note: Callable[[Batch], None] | None
) -> tuple[Shelf, Postings, NDArray[np.void]]:
    shelf, postings, digests, count = Shelf(), Postings(), [], 0
    for digested in blocks:
        shelf.add(digested.shelved)
        postings.add(digested.seeds, count)
        digests.append(digested.digests)
        count += len(digested.shelved.bounds) - 1
        if count > MOST_TEXTS:
            raise ConfigError(f"One search takes up to {MOST_TEXTS:,} texts; split the corpus.")
        if note:
            note(digested.batch)
    shelf.close()
    return shelf, postings, np.frombuffer(b"".join(digests), "V16")


@contextmanager
def _folder(large: bool) -> Iterator[Path | None]:
    if not large:
        yield None
        return
    with TemporaryDirectory(prefix="corpus-tools-") as folder:
        yield Path(folder)


def _copies(digests: NDArray[np.void], lengths: Places) -> dict[int, list[int]]:
    """Texts that fold to the same, by the first of them; those that fold to nothing are left out."""
    groups: dict[bytes, list[int]] = defaultdict(list)
    for text, (digest, length) in enumerate(zip(digests.tolist(), lengths.tolist(), strict=True)):
        if length:
            groups[digest].append(text)
    return {members[0]: members for members in groups.values()}


def _with_itself(copies: Mapping[int, Sequence[int]], lengths: Places) -> Places:
    """Each text that there is more than once, paired with itself: what its copies share, repeated passages too."""
    same = [first for first, members in copies.items() if len(members) > 1 and lengths[first] >= SEED_LENGTH]
    return np.array([(first, first) for first in same], np.int64).reshape(-1, 2)


def _ranks(digests: NDArray[np.void], copies: Mapping[int, Sequence[int]]) -> Places:
    """A number for each text that depends on what it says and not on where it stands; the most copied come first.

    What has many copies that fold to the same is likely the source of the edited ones.
    """
    times = np.zeros(len(digests), np.int64)
    times[list(copies)] = [len(same) for same in copies.values()]
    halves = digests.view(np.uint64).reshape(-1, 2)
    ranks = np.empty(len(halves), np.int64)
    ranks[np.lexsort((halves[:, 1], halves[:, 0], -times))] = np.arange(len(halves))
    return ranks


def related(verified: Verified, links: Places, frequent: Lists, texts: int, config: DedupeConfig) -> Verified:
    """The pairs that have a relation: by their shares, or by a passage that is not common property.

    `links` are the pairs that make families. Common property is what very many unrelated texts carry, a small part of
    each: a site's stock introduction, a slogan of the year.
    """
    pairs, relation = verified.pairs, verified.relation.copy()
    family = families(links, texts)
    common = common_seeds(frequent, family, config.common_above)
    if config.min_passage:
        own = _own(verified, common, config.min_passage) | _edited(verified, config)
        relation[(relation == NONE) & (own | belong_together(verified))] = SHARES
    kept = relation != NONE
    numbers = (np.cumsum(kept) - 1).astype(np.int32)
    runs = verified.runs[kept[verified.runs[:, 0]]]
    runs[:, 0] = numbers[runs[:, 0]]
    scores = verified.jaccard[kept], verified.containment[kept], relation[kept]
    return Verified(pairs[kept], *scores, runs, verified.seeds[:0])


def _own(verified: Verified, common: Hashes, min_passage: int) -> NDArray[np.bool_]:
    """Which pairs share a stretch of that length with no seed in it that is common property."""
    pair, place, _ = verified.seeds[(verified.seeds[:, 2] < 0) | among(verified.seeds[:, 2], common)].T
    own = np.zeros(len(verified.pairs), np.bool_)
    own[pair[1:][np.diff(place) - SEED_LENGTH >= min_passage]] = True
    return own


def _edited(verified: Verified, config: DedupeConfig) -> NDArray[np.bool_]:
    """Which pairs share no run, since edits have broken up what they share, but many grams."""
    no_run = np.ones(len(verified.pairs), np.bool_)
    no_run[verified.seeds[:, 0]] = False
    return no_run & (verified.containment >= config.min_share)


def _without(known: Places, *some: Places) -> Places:
    """The pairs, each once and in order, that are not known."""
    numbers = np.unique(np.concatenate([(pairs[:, 0] << 32) | pairs[:, 1] for pairs in some]))
    numbers = numbers[~np.isin(numbers, (known[:, 0] << 32) | known[:, 1])]
    return np.stack([numbers >> 32, numbers & 0xFFFFFFFF], axis=1)
