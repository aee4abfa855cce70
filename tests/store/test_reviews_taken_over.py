"""Reviews go from one database into another, whole and once."""

import json
from dataclasses import replace

import pytest
from reviewed_pages import RULES, WHEN, reviewed
from stored_pages import memory, page, put

from corpus_tools.errors import FormatError
from corpus_tools.store import Database, export_jsonl
from corpus_tools.store.review_file import read_reviews
from corpus_tools.store.slots import NOTHING_YET, changed


def exported(database, folder):
    export_jsonl(database, folder)
    return folder / "reviews.jsonl"


def test_reviews_are_taken_over_whole_and_once(corpus, tmp_path):
    with corpus() as database:
        reviewed(database, "same_school_limit", "correct", corrections={"value": "6-9"}, note="看错了")
        reviewed(database, "exchange_duration", "reject")
        database.add_missing("a.txt", "交流办法", {"measure": "allowance"}, by="李", when=WHEN)
        made = list(database.reviews())
        path = exported(database, tmp_path / "out")
        assert database.add_reviews(read_reviews(path)) == 0
    with Database(":memory:", create=True) as other:
        put(other, page("通知\n" + RULES))
        assert other.add_reviews(read_reviews(path)) == 3
        assert other.add_reviews(read_reviews(path)) == 0
        there = list(other.reviews())
    assert [replace(r, span=None) for r in there] == [replace(r, span=None) for r in made]
    assert [r.span.start - 3 for r in there] == [r.span.start for r in made]


def test_a_review_of_a_page_that_is_not_here_waits_for_it(corpus, tmp_path):
    with corpus() as database:
        reviewed(database, "same_school_limit")
        path = exported(database, tmp_path / "out")
    with memory() as other:
        other.add_reviews(read_reviews(path))
        assert [r.state for r in other.reviews()] == ["orphaned"]
        put(other, page(RULES))
        assert [r.state for r in other.reviews()] == ["placed"]


GOOD = {
    "doc": "a.txt",
    "before": "",
    "quote": "交流",
    "after": "",
    "verdict": "missing",
    "found": None,
    "right": dict(changed(NOTHING_YET, {"measure": "allowance"})),
    "by": "李",
    "when": WHEN,
    "note": "",
}


@pytest.mark.parametrize(
    "line",
    [
        "",
        "{",
        "[]",
        "3",
        "[" * 100_000,
        json.dumps({}),
        json.dumps(GOOD | {"quote": ""}),
        json.dumps(GOOD | {"by": " "}),
        json.dumps(GOOD | {"by": 3}),
        json.dumps(GOOD | {"note": "\ud800"}),
        json.dumps(GOOD | {"when": "gestern"}),
        json.dumps(GOOD | {"verdict": "perhaps"}),
        json.dumps(GOOD | {"verdict": "reject"}),
        json.dumps(GOOD | {"right": None}),
        json.dumps(GOOD | {"right": "allowance"}),
        json.dumps(GOOD | {"right": {}}),
        json.dumps(GOOD | {"right": GOOD["right"] | {"value": [1, 2, 3]}}),
        json.dumps(GOOD | {"right": GOOD["right"] | {"value": {"a": 1}}}),
        json.dumps(GOOD | {"right": GOOD["right"] | {"subject": 5}}),
        json.dumps(GOOD | {"right": GOOD["right"] | {"masked": 1}}),
    ],
)
def test_a_line_that_is_no_review_is_named_and_nothing_is_taken(tmp_path, line):
    path = tmp_path / "reviews.jsonl"
    path.write_text(f"{json.dumps(GOOD)}\n{line}\n", encoding="utf-8")
    with memory() as database:
        with pytest.raises(FormatError, match="line 2 is no review"):
            database.add_reviews(read_reviews(path))
        assert list(database.reviews()) == []
