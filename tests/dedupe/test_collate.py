"""Copies side by side: variants, suggestions that name their witness, exports."""

import json
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.dedupe.align import align
from corpus_tools.dedupe.collate import collate, marked_text, tei, variant_rows

A = (
    "2014年9月，我到青山小学交流任教一年，担任三年级班主任。改正错误是进步的开始，我和孩子们一起成长。"
    "期末评比中，我班获得第二名。"
)


@pytest.mark.parametrize(
    ("change", "to", "expected"),
    [
        ("2014", "20xx", ("20xx", "2014", "masked")),
        ("2014", "20__", ("20__", "2014", "masked")),
        ("青山", "□□", ("□□", "青山", "masked")),
        ("青山小学", "某某小学", ("某某", "青山", "masked")),
        ("第二名。", "", ("", "第二名", "missing")),  # truncated
        ("青山", "绿水", None),  # a variant, and nobody can say which is right
    ],
)
def test_another_copy_offers_its_reading(change, to, expected):
    found = collate({"a": A, "b": A.replace(change, to)})
    mine = [(s.text, s.reading, s.why) for s in found.suggestions if (s.witness, s.source) == ("b", "a")]
    assert mine == ([expected] if expected else [])
    assert found.variants


def test_copies_in_other_script_and_punctuation_do_not_differ():
    other = "2014年9月,我到青山小學交流任教一年,擔任三年級班主任.改正錯誤是進步的開始,我和孩子們"
    assert collate({"a": A[:46], "b": other}).variants == ()


def test_a_damaged_place_is_offered_the_reading_of_another_copy():
    broken = A.replace("改正错误", "改砮蟆")
    place = broken.index("砮蟆")
    found = collate({"a": A, "b": broken}, damage={"b": [(place, place + 2)]})
    assert [(s.text, s.reading, s.why) for s in found.suggestions] == [("砮蟆", "正错误", "damaged")]


def test_three_witnesses_are_set_out_at_one_place():
    found = collate({"a": A, "b": A.replace("青山", "绿水"), "c": A.replace("青山小学", "大河中学")}, base="a")
    (variant,) = found.variants
    assert [(r.witness, r.text) for r in variant.readings] == [("a", "青山小"), ("b", "绿水小"), ("c", "大河中")]


def test_nothing_is_changed_silently():
    found = collate({"a": A.replace("2014", "20xx"), "b": A}, base="a")
    assert marked_text(found) == A.replace("2014", "20xx⟦b: 2014⟧")


@given(st.lists(st.text(alphabet="甲乙丙丁戊己庚辛，。x_<&\x00", max_size=40), min_size=1, max_size=4))
def test_every_reading_stands_where_it_says(texts):
    named = {f"w{i}": text for i, text in enumerate(texts)}
    found = collate(named)
    for variant in found.variants:
        assert variant.readings[0].witness == found.base
        for reading in variant.readings:
            assert named[reading.witness][reading.start : reading.end] == reading.text
    places = [(v.start, v.end) for v in found.variants]
    assert places == sorted(places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


def test_the_exports_can_be_read():
    found = collate({"a & co": A, "b": A.replace("2014", "20xx")})
    rows = [json.loads(json.dumps(row, ensure_ascii=False)) for row in variant_rows(found)]
    assert rows[1]["suggested"] == [{"reading": "2014", "witness": "a & co"}]
    root = ElementTree.fromstring(tei(found, "t"))
    names = {"t": "http://www.tei-c.org/ns/1.0"}
    assert [rdg.text for rdg in root.findall(".//t:app/t:rdg", names)] == ["2014", "20xx"]
    assert "".join(root.find(".//t:p[t:app]", names).itertext()).replace("20xx", "") == A


@given(st.text(alphabet="甲乙丙", max_size=60), st.text(alphabet="甲乙丙", max_size=60))
def test_matches_agree_and_are_in_order(a, b):
    at_a = at_b = 0
    for i, j, size in align(a, b):
        assert a[i : i + size] == b[j : j + size]
        assert i >= at_a
        assert j >= at_b
        at_a, at_b = i + size, j + size
