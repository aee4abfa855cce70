"""Precision and recall from what reviewers said, and their readings as training labels."""

import json

import pytest
from stored_pages import Edit, fact, memory, page, put, slot, whole

from corpus_tools.store.evaluation import ENOUGH, Score, evaluate, labels
from corpus_tools.text import Span

QUOTES = ("每年交流一成", "每校交流两成", "每县交流三成", "每市交流四成")
PAGE = page("。".join(QUOTES) + "。")


def shares(*values, **slots):
    """A fact of each quote in turn with these percentages."""
    return [fact(PAGE, quote, value=value, **slots) for quote, value in zip(QUOTES, values, strict=False)]


def judged(facts, verdicts, missing=(), later=None):
    """The evaluation after each fact got its verdict: accept, reject, None, or the slots to correct."""
    with memory() as database:
        put(database, PAGE, facts=facts)
        for stored, verdict in zip(list(database.facts()), verdicts, strict=True):
            if isinstance(verdict, dict):
                database.add_review(stored.id, "correct", by="李", corrections=verdict)
            elif verdict:
                database.add_review(stored.id, verdict, by="李")
        for words, slots in missing:
            database.add_missing("a.txt", words, slots, by="李")
        if later is not None:
            put(database, PAGE, facts=later)
        return evaluate(database)


def test_score_is_a_share_of_what_was_judged():
    assert (Score(3, 4, 6).precision, Score(3, 4, 6).recall) == (0.75, 0.5)
    assert (Score(0, 0, 2).precision, Score(0, 2, 0).recall) == (None, None)


SHARE = {"measure": "exchange_share", "op": ">=", "value": "30", "unit": "%"}


@pytest.mark.parametrize(
    ("verdicts", "missing", "score"),
    [
        (["accept", "accept"], [], (2, 2, 2)),
        (["accept", "reject"], [], (1, 2, 1)),
        (["accept", None], [], (1, 1, 1)),  # what nobody judged counts nowhere
        (["accept", "accept"], [(QUOTES[2], SHARE)], (2, 2, 3)),
        (["accept", {"value": "25"}], [], (1, 2, 2)),  # a wrong value is a false fact and a missed one
        (["accept", {"unit": "人"}], [], (1, 2, 2)),
        (["accept", {"subject": "校长"}], [], (2, 2, 2)),  # a wrong subject is a matter of its slot
        ([None, None], [(QUOTES[0], SHARE | {"value": "10"})], (1, 1, 1)),  # it had been found after all
        ([None, None], [(QUOTES[0], SHARE)], (0, 0, 1)),
    ],
)
def test_each_verdict_counts(verdicts, missing, score):
    assert judged(shares(10, 20), verdicts, missing).measures["exchange_share"] == Score(*score)


@pytest.mark.parametrize(
    ("verdict", "later", "score"),
    [
        ("accept", [], (0, 0, 1)),  # what was accepted is no longer found
        ("accept", [15], (0, 0, 1)),  # it reads otherwise now, which nobody has judged
        ("reject", [], None),  # what was rejected is no longer found: nothing to count
        ({"value": "15"}, [15], (1, 1, 1)),  # it was corrected so
        ({"value": "15"}, [10], (0, 1, 1)),
    ],
)
def test_a_later_run_is_measured_on_the_same_reviews(verdict, later, score):
    result = judged(shares(10), [verdict], later=shares(*later))
    assert result.measures.get("exchange_share") == (score and Score(*score))


def test_a_wrong_measure_is_false_there_and_missed_here():
    result = judged(shares(10), [{"measure": "exchange_headcount"}])
    assert result.measures == {"exchange_headcount": Score(0, 0, 1), "exchange_share": Score(0, 1, 0)}
    assert result.overall == Score(0, 1, 1)


def test_one_true_reading_pairs_with_one_fact():
    groups = [
        fact(PAGE, QUOTES[0], measure="exempt_group", subject=group, op=None, value=None, unit=None)
        for group in ("孕期教师", "患病教师")
    ]
    result = judged(groups, ["accept", None])
    assert result.measures == {"exempt_group": Score(1, 1, 1)}
    assert judged(groups, ["accept", "reject"]).measures == {"exempt_group": Score(1, 2, 1)}


def test_one_fact_pairs_with_one_true_reading():
    facts = [fact(PAGE, QUOTES[0], measure="exempt_group", subject="孕期教师", op=None, value=None, unit=None)]
    other = {"measure": "exempt_group", "subject": "患病教师"}
    assert judged(facts, ["accept"], [(QUOTES[0], other)]).measures == {"exempt_group": Score(1, 1, 2)}


def test_the_latest_review_of_a_reading_counts():
    with memory() as database:
        put(database, PAGE, facts=shares(10))
        (stored,) = database.facts()
        for verdict in ("reject", "accept"):
            database.add_review(stored.id, verdict, by="李")
        assert evaluate(database).overall == Score(1, 1, 1)
        database.add_missing("a.txt", QUOTES[1], SHARE, by="李")
        put(database, PAGE, facts=shares(10, 30))
        database.add_review(list(database.facts())[1].id, "reject", by="王")  # the one that was said to be missing
        assert evaluate(database).overall == Score(1, 2, 1)


@pytest.mark.parametrize(
    ("found", "right", "slot_name", "score"),
    [
        ({"subject": "教师"}, {}, "subject", (1, 1, 1)),
        ({"subject": "教师"}, {"subject": "校长"}, "subject", (0, 1, 1)),
        ({"subject": "教师"}, {"subject": "骨幹教師"}, "subject", (1, 1, 1)),  # more of the page's words, its script
        ({"subject": "教师"}, {"subject": "-"}, "subject", (0, 1, 0)),
        ({"province": None}, {"province": "浙江省"}, "province", (0, 0, 1)),
        ({"province": "浙江"}, {"province": "浙江省"}, "province", (0, 1, 1)),  # places by their full names
        ({}, {"value": "15"}, "value", (0, 1, 1)),
        ({}, {"value": "15"}, "unit", (1, 1, 1)),
        ({}, {"masked": "true"}, "masked", (0, 0, 1)),
    ],
)
def test_each_slot_has_its_own_score(found, right, slot_name, score):
    verdict = right or "accept"
    assert judged(shares(10, **found), [verdict]).slots[slot_name] == Score(*score)


def test_figures_on_few_reviews_come_with_a_warning():
    warnings = judged(shares(10, 20), ["accept", "reject"]).warnings
    assert any(f"fewer than {ENOUGH}): exchange_share (2)" in warning for warning in warnings)
    assert any("recall is too high" in warning for warning in warnings)


def test_figures_on_enough_reviews_come_without():
    many = page("。".join(f"每年交流{n}%" for n in range(10, 10 + ENOUGH)) + "。孕期除外。")
    with memory() as database:
        put(database, many, facts=[fact(many, f"每年交流{n}%", value=n) for n in range(10, 10 + ENOUGH)])
        for stored in list(database.facts()):
            database.add_review(stored.id, "accept", by="李")
        database.add_missing("a.txt", "孕期", {"measure": "exchange_share"}, by="李")
        assert evaluate(database).warnings == ()


def test_without_reviews_there_is_nothing_to_say():
    with memory() as database:
        put(database, PAGE, facts=shares(10))
        result = evaluate(database)
    assert (result.measures, result.reviews) == ({}, 0)
    assert "review --by NAME" in result.warnings[0]


def test_orphans_are_counted_apart():
    with memory() as database:
        put(database, PAGE, facts=shares(10))
        database.add_review(next(database.facts()).id, "accept", by="李")
        put(database, page("别的。"))
        result = evaluate(database)
    assert (result.measures, result.orphaned) == ({}, 1)
    assert any("1 orphaned review not counted" in warning for warning in result.warnings)


# -- labels ----------------------------------------------------------------------------------------------------------


def test_labels_are_lines_of_the_labelling_guide_in_the_characters_of_the_page():
    raw = "輪崗教師每年交流10%。孕期除外。校長三成。"
    one = page(raw).edited(
        Edit(raw.index(char), raw.index(char) + 1, to, "script")
        for char, to in zip("輪崗師長", "轮岗师长", strict=True)
    )
    found = [
        fact(one, "每年交流10%", subject="轮岗教师", evidence=(slot(one, "subject", "轮岗教师"),)),
        fact(one, "校长三成", value=30),
    ]
    with memory() as database:
        put(database, one, [whole(one, number=1)], found)
        first, second = database.facts()
        database.add_review(first.id, "correct", by="李", corrections={"per": "年", "province": "浙江省"})
        database.add_review(second.id, "reject", by="李")
        database.add_missing("a.txt", "孕期除外", {"measure": "exempt_group", "subject": "孕期"}, by="李")
        rows = list(labels(database))
    assert [(row["quote"], row["measure"], row["subject"], row["per"], row["province"]) for row in rows] == [
        ("每年交流10%", "exchange_share", "輪崗教師", "年", "浙江省"),
        ("孕期除外", "exempt_group", "孕期", None, None),
    ]
    guide = "doc essay start end quote kind measure subject op value unit per base modality province city county masked"
    for row in rows:
        assert list(row) == guide.split()
        assert raw[row["start"] : row["end"]] == row["quote"]
    json.dumps(rows)


def test_labels_of_a_later_page_stand_at_their_new_places():
    with memory() as database:
        put(database, PAGE, facts=shares(10))
        database.add_review(next(database.facts()).id, "accept", by="李")
        put(database, page("通知\n" + PAGE.text.raw))
        (row,) = labels(database)
    assert Span(row["start"], row["end"]) == Span(3, 9)
