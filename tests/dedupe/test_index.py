"""The index in a database: the same relations as a run from scratch, whatever came and went."""

import random
import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.dedupe import DedupeConfig, find_duplicates
from corpus_tools.dedupe.index import CopyIndex
from corpus_tools.errors import ConfigError

DICE = random.Random(3)
LETTERS = "教师交流轮岗学校长课堂听备乡村支骨干名结对帮扶研修考核评优补助期限额方案通知会议讨论生家操场图书晨读作业"


def prose(length):
    return "".join(DICE.choices(LETTERS, k=length))


def pool():
    """Texts that relate in every way, an intro that many carry, and texts too short for seeds."""
    a, b, intro = prose(400), prose(300), prose(80)
    texts = [
        a,
        b,
        a[:200],
        a[100:180] + prose(300),
        a + b,
        a.replace("教", "甲"),
        "，".join(a),
        "短文",
        "短 文",
        "",
        a[:14],
    ]
    return texts + [intro + prose(400 + i) for i in range(6)]


TEXTS = pool()
CONFIG = DedupeConfig(common_above=3)


def scratch(texts):
    numbers = sorted(texts)
    found = find_duplicates([texts[n] for n in numbers], CONFIG)
    return [(numbers[p.a], numbers[p.b], p.relation, p.jaccard, p.containment) for p in found.pairs]


def described(pairs):
    return [(p.a, p.b, p.relation, p.jaccard, p.containment) for p in pairs]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, len(TEXTS) - 1), max_size=30))
def test_it_equals_a_run_from_scratch_after_any_coming_and_going(moves):
    index, there = CopyIndex(sqlite3.connect(":memory:"), CONFIG), {}
    for number in moves:
        if number in there:
            index.remove(number)
            del there[number]
        else:
            index.add(number, TEXTS[number])
            there[number] = TEXTS[number]
    assert described(index.pairs()) == scratch(there)


def test_all_together_and_one_by_one():
    index = CopyIndex(sqlite3.connect(":memory:"), CONFIG)
    for number, text in enumerate(TEXTS):
        index.add(number, text)
    every = described(index.pairs())
    assert every == scratch(dict(enumerate(TEXTS)))
    assert {p[2] for p in every} == {"near_duplicate", "contains_a", "contains_b", "shares_passage"}
    assert described(index.pairs_of(0)) == [p for p in every if 0 in p[:2]]


def test_what_is_removed_leaves_nothing():
    connection = sqlite3.connect(":memory:")
    index = CopyIndex(connection, CONFIG)
    for number, text in enumerate(TEXTS):
        index.add(number, text)
    for number in range(len(TEXTS)):
        index.remove(number)
    assert connection.execute("SELECT count(*) FROM copy_pairs").fetchone() == (0,)
    assert connection.execute("SELECT sum(length(numbers)) FROM copy_seeds").fetchone() == (0,)


def test_a_number_that_does_not_fit_stops_at_once():
    with pytest.raises(ConfigError):
        CopyIndex(sqlite3.connect(":memory:")).add(1 << 24, "文")
