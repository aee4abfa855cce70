"""Which copy is the source, and what says so."""

import pytest

from corpus_tools.dedupe.lineage import Witness, copied_share, lineage, quoted_from
from corpus_tools.records import Passage

TEXT = "我到青山小学交流任教一年，担任三年级班主任，和孩子们一起成长。"
TRADITIONAL = "我到青山小學交流任教一年，擔任三年級班主任，和孩子們一起成長。"


@pytest.mark.parametrize(
    ("a", "b", "source"),
    [
        ({"date": "2014-09-01"}, {"date": "2016"}, "a"),
        ({"date": "2016"}, {"date": "2014-09-01"}, "b"),
        ({"date": "2014"}, {"date": "2014-09-01"}, None),  # they agree as far as both go
        ({"date": "去年"}, {"date": "2014"}, None),
        ({}, {"masks": 2}, "a"),
        ({"damage": 1}, {}, None),  # one broken place may be anyone's
        ({"damage": 1, "notices": 1}, {}, "b"),
        ({"text": TEXT[:15]}, {"masks": 0}, None),
        ({"text": TEXT[:15], "damage": 3}, {}, "b"),
        ({"text": TRADITIONAL, "notices": 1}, {}, "b"),
        ({"masks": 1}, {"damage": 1, "notices": 1}, None),  # signs against each other
        ({"date": "2012", "masks": 1}, {"date": "2015"}, "a"),  # a date outweighs them
        ({}, {}, None),
    ],
)
def test_the_source_of_two(a, b, source):
    witnesses = [Witness("a", **{"text": TEXT, **a}), Witness("b", **{"text": TEXT, **b})]
    found = lineage(witnesses)
    assert found.source == source
    assert lineage(witnesses[::-1]) == found
    assert found.descents[0].directed == (source is not None)


def test_every_direction_gives_its_reasons():
    found = lineage(
        [Witness("a", TEXT, masks=1), Witness("b", TEXT, date="2014"), Witness("c", TEXT, date="2016", masks=1)]
    )
    assert found.source == "b"
    reasons = {(d.source, d.copy): {s.kind: s.weight > 0 for s in d.signs} for d in found.descents if d.directed}
    assert reasons == {("b", "a"): {"masks": True}, ("b", "c"): {"date": True, "masks": True}}


def test_what_both_have_from_a_ministry_is_no_copying():
    ministry = 9
    passages = [
        Passage(0, 1, 100, 200, 300, 400),  # the ministry's words
        Passage(0, 1, 500, 600, 700, 800),  # their own
        Passage(0, ministry, 95, 201, 0, 106),
        Passage(1, ministry, 300, 395, 0, 95),
    ]
    quoted = quoted_from(passages, {ministry})
    assert quoted == {passages[0]: ministry}
    assert copied_share(0, 1000, passages[:2]) == 0.2
    assert copied_share(0, 1000, passages[:2], quoted) == 0.1
