"""What must hold of any text and any chain of edits."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.errors import EditError
from corpus_tools.text import CHARACTERWISE, Edit, Text

KINDS = ["hard_break", "script", "width", "copyright", "bad_conversion"]
LETTERS = st.text(alphabet="教师交流，。\n學國小 aあ𠮷", max_size=30)


@st.composite
def edits_for(draw, length):
    """Disjoint edits that fit a text of `length` characters; characterwise ones keep their length."""
    points = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    edits = []
    for start, end in zip(points[::2], points[1::2], strict=False):
        kind = draw(st.sampled_from(KINDS))
        size = end - start
        new = draw(st.text(alphabet="甲乙丙", min_size=size, max_size=size) if kind in CHARACTERWISE else LETTERS)
        edits.append(Edit(start, end, new, kind))
    return edits


@st.composite
def edited_texts(draw):
    """A text after up to four rounds of edits, and the clean string that plain slicing makes of them."""
    clean = draw(LETTERS)
    text = Text(clean)
    for _ in range(draw(st.integers(0, 4))):
        edits = draw(edits_for(len(clean)))
        text = text.edited(draw(st.permutations(edits)))
        for edit in reversed(edits):
            clean = clean[: edit.start] + edit.replacement + clean[edit.end :]
    return text, clean


@given(edited_texts())
def test_the_clean_text_is_what_slicing_makes(case):
    text, clean = case
    assert str(text) == clean


@given(edited_texts())
def test_every_clean_character_points_back_into_the_raw_text(case):
    text, clean = case
    for i in range(len(clean)):
        start, end = text.raw_span(i, i + 1)
        assert 0 <= start < end <= len(text.raw)


@given(edited_texts())
def test_kept_replaced_and_removed_make_up_the_raw_text(case):
    text, _ = case
    assert sum(text.tally()) == len(text.raw)
    assert "".join(piece for piece, _ in text.pieces()) == text.raw


@given(edited_texts())
def test_raw_text_and_edits_make_the_clean_text(case):
    text, clean = case
    assert "".join(piece if edit is None else edit.replacement for piece, edit in text.pieces()) == clean
    assert Text(text.raw, text.edits) == text


@given(edited_texts(), st.data())
def test_a_span_there_and_back_encloses_itself(case, data):
    text, clean = case
    start = data.draw(st.integers(0, len(clean)))
    end = data.draw(st.integers(start, len(clean)))
    raw = text.raw_span(start, end)
    back = text.clean_span(*raw)
    if start < end:
        assert back.start <= start
        assert end <= back.end


@given(edited_texts())
def test_a_kept_character_maps_to_itself(case):
    text, clean = case
    at = 0
    for piece, edit in text.pieces():
        for i in range(at, at + len(piece)) if edit is None else ():
            span = text.clean_span(i, i + 1)
            assert clean[span.start : span.end] == text.raw[i]
            assert text.raw_span(*span) == (i, i + 1)
        at += len(piece)


@given(edited_texts())
def test_a_text_survives_pickling(case):
    text, clean = case
    assert pickle.loads(pickle.dumps(text)) == text
    assert str(pickle.loads(pickle.dumps(text))) == clean


@pytest.mark.parametrize(
    ("edits", "kinds", "leaves"),
    [
        # a repaired word, then converted: one edit that keeps both
        (
            [[Edit(0, 3, "中小學", "bad_conversion")], [Edit(2, 3, "学", "script")]],
            ["bad_conversion"],
            [(0, 3, "bad_conversion"), (2, 3, "script")],
        ),
        # a removal that cuts into converted characters leaves the others alone
        (
            [[Edit(0, 2, "甲乙", "script")], [Edit(1, 3, "", "copyright")]],
            ["script", "copyright"],
            [(0, 1, "script"), (1, 2, "script"), (1, 3, "copyright")],
        ),
        # text removed earlier stays apart from an edit beside it
        (
            [[Edit(1, 2, "", "stray_char")], [Edit(0, 1, "", "copyright")]],
            ["copyright", "stray_char"],
            [(0, 1, "copyright"), (1, 2, "stray_char")],
        ),
    ],
)
def test_edits_that_meet(edits, kinds, leaves):
    text = Text("中國小教師")
    for batch in edits:
        text = text.edited(batch)
    assert [edit.kind for edit in text.edits] == kinds
    assert [(leaf.start, leaf.end, leaf.kind) for edit in text.edits for leaf in edit.leaves] == leaves


def test_an_edit_that_changes_nothing_is_none():
    assert Text("教师").edited([Edit(0, 1, "教", "script")]).edits == ()


def test_an_edit_undone_leaves_the_raw_text():
    text = Text("教师").edited([Edit(0, 1, "交", "script")]).edited([Edit(0, 1, "教", "script")])
    assert (str(text), text.edits) == ("教师", ())


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(1, 1, "无中生有", "hard_break")],
        [Edit(0, 9, "", "hard_break")],
        [Edit(-1, 1, "", "hard_break")],
        [Edit(0, 2, "", "hard_break"), Edit(1, 2, "", "hard_break")],
    ],
    ids=["insertion", "past the end", "before the start", "overlapping"],
)
def test_an_edit_that_does_not_fit_is_refused(edits):
    with pytest.raises(EditError):
        Text("教师").edited(edits)


def test_a_long_text_with_many_edits_maps_every_span():
    text = Text("教师交流轮岗" * 17_000)
    text = text.edited(Edit(i * 100, i * 100 + 2, "校", "stray_char") for i in range(1_000))
    for i in range(0, len(text) - 10, 50):
        start, end = text.clean_span(*text.raw_span(i, i + 10))
        assert start <= i < i + 10 <= end
