"""The index in a database: the same as a search of all texts from scratch, whatever came and went."""

import random
import sqlite3

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.dedupe import DedupeConfig, find_duplicates, index
from corpus_tools.dedupe.index import NO_TEXT, CopyIndex
from corpus_tools.errors import ConfigError

DICE = random.Random(3)
LETTERS = "教师交流轮岗学校长课堂听备乡村支骨干名结对帮扶研修考核评优补助期限额方案通知会议讨论生家操场图书晨读作业"
CONTAINS = {2: 3, 3: 2}


def prose(length):
    return "".join(DICE.choices(LETTERS, k=length))


def edited(text, times):
    letters = list(text)
    for _ in range(times):
        letters[DICE.randrange(len(letters))] = DICE.choice(LETTERS)
    return "".join(letters)


def pool():
    """Texts that relate in every way, families, intros that many carry, and texts too short for seeds."""
    a, b, intro, other = prose(400), prose(300), prose(120), prose(90)
    whole = [a, b, a[:200], a[100:180] + prose(300), a + b, a.replace("教", "甲"), "，".join(a)]
    again = ["教师" * 300 + a[:100], "教师" * 60 + b[:100] + a[:100]]
    short = ["短文", "短 文", "", a[:14], a[:13] + "。"]
    sites = [intro + prose(200 + i) for i in range(12)] + [other + intro + prose(100 + i) for i in range(6)]
    family = [edited(b, i) for i in range(1, 11)] + [edited(intro + b, i) for i in range(1, 7)]
    return [*whole, *again, *short, *sites, *family]


TEXTS = pool()
# so few that families and intros are large here: leaders, common property and what grows into them are met all the time
SMALL = st.builds(
    DedupeConfig,
    star_above=st.integers(2, 8),
    pairs_up_to=st.integers(2, 12),
    common_above=st.integers(2, 6),
    passages=st.booleans(),
    min_passage=st.sampled_from([0, 40]),
)


def filled(texts, config):
    """An index made at once, and the number of each text in it."""
    made, numbers = CopyIndex(sqlite3.connect(":memory:"), config), []
    find_duplicates(texts, config, keep=lambda compared: numbers.extend(made.fill(compared)))
    return made, numbers


def known(made):
    """All that the index knows, without the numbers it goes by."""
    ask = made.catalogue.connection.execute
    rows = {row[0]: row[1:] for row in ask("SELECT id, digest, length, times, seeds FROM copy_texts")}
    lists = {}
    for (numbers,) in ask("SELECT numbers FROM copy_seeds"):
        for number in np.frombuffer(numbers, np.uint64).tolist():
            lists.setdefault(number >> 24, []).append(rows[number & 0xFFFFFF][0])
    runs = {(a, b): np.frombuffer(blob, np.int32).reshape(-1, 3) for a, b, blob, _ in ask("SELECT * FROM copy_runs")}
    pairs = {}
    for a, b, *scores, shares, relation, led in ask("SELECT * FROM copy_pairs"):
        shared = runs.pop((a, b), np.empty((0, 3), np.int32))
        if rows[a] > rows[b]:
            a, b, shared = b, a, shared[:, [1, 0, 2]]
            shares, relation = (CONTAINS.get(r, r) for r in (shares, relation))
        pairs[rows[a][0], rows[b][0]] = (*scores, shares, relation, led, *sorted(map(tuple, shared.tolist())))
    assert not runs
    families = {}
    for text in rows:
        families.setdefault(made.catalogue.state("family")[text], set()).add(rows[text][0])
    return {
        "texts": set(rows.values()),
        "lists": {seed: sorted(texts) for seed, texts in lists.items()},
        "pairs": pairs,
        "families": {frozenset(family) for family in families.values()},
        "large": made.catalogue.state("large").tolist(),
        "common": made.catalogue.state("common").tolist(),
    }


@settings(deadline=None, max_examples=60)
@given(
    SMALL,
    st.lists(st.sampled_from(TEXTS), max_size=25),
    st.lists(st.tuples(st.lists(st.sampled_from(TEXTS), max_size=4), st.integers(0, 4)), max_size=6),
    st.randoms(use_true_random=False),
)
def test_it_knows_what_an_index_made_from_scratch_knows(config, start, moves, dice):
    made, numbers = filled(start, config)
    there = list(zip(start, numbers, strict=True))
    for come, gone in moves:
        dice.shuffle(there)
        changes = made.update(come, [number for _, number in there[:gone]])
        there = [*there[gone:], *zip(come, changes.numbers, strict=True)]
        assert known(made) == known(filled([text for text, _ in there], config)[0])


def test_what_has_changed_is_told():
    made, (a, b, c) = filled([TEXTS[0], TEXTS[1], ""], DedupeConfig())
    assert c == NO_TEXT
    changes = made.update([TEXTS[2], "，".join(TEXTS[1])], [])
    part, again = changes.numbers
    assert again == b  # it folds to the same
    assert changes.pairs.tolist() == [[a, part], [b, b]]
    assert made.pairs_of([a]).tolist() == [[a, part]]
    assert made.update([], [part, b]).pairs.tolist() == [[a, part], [b, b]]


def test_what_is_removed_leaves_nothing():
    made, numbers = filled(TEXTS, DedupeConfig(star_above=3))
    made.update([], numbers)
    assert known(made) == known(filled([], DedupeConfig())[0])


def test_more_texts_than_numbers_stop_at_once(monkeypatch):
    monkeypatch.setattr(index, "MOST_TEXTS", 2)
    with pytest.raises(ConfigError):
        CopyIndex(sqlite3.connect(":memory:")).update(TEXTS[:3], [])
