"""A page as runs: nothing of it is lost on the way to the reader."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.config import Config
from corpus_tools.pipeline import clean_page
from corpus_tools.records import Mark, Page, Source
from corpus_tools.report.diff import counts, runs
from corpus_tools.text import Edit, Text


def page(raw, edits=(), marks=()):
    return Page(Source("a.txt", "", "utf-8", "text/plain"), Text(raw, edits), marks=tuple(marks))


@given(st.text(alphabet="教師20x□_，,。 \n(转载于在点网)1.", max_size=60))
def test_runs_make_up_the_raw_and_the_clean_text(raw):
    cleaned = clean_page(page(raw), Config())
    assert "".join(run.raw for run in runs(cleaned)) == raw
    assert "".join(run.clean for run in runs(cleaned)) == str(cleaned.text)


@pytest.mark.parametrize(
    ("edits", "marks", "expected"),
    [
        ((), (), [("教师20xx年", None)]),
        ((), (Mark(2, 6, "masked"),), [("教师", None), ("20xx", "masked"), ("年", None)]),
        ((Edit(0, 2, "", "copyright"),), (), [("教师", "copyright"), ("20xx年", None)]),
        # a mark inside what was removed is not shown
        ((Edit(1, 7, "", "copyright"),), (Mark(2, 6, "masked"),), [("教", None), ("师20xx年", "copyright")]),
        # of two marks that overlap the first shows whole
        ((), (Mark(0, 4, "doubled"), Mark(2, 6, "masked")), [("教师20", "doubled"), ("xx", "masked"), ("年", None)]),
    ],
)
def test_runs(edits, marks, expected):
    assert [(run.raw, run.kind) for run in runs(page("教师20xx年", edits, marks))] == expected


def test_counts_put_the_most_frequent_kind_first():
    edits = (Edit(0, 1, "", "stray_char"), Edit(2, 3, "", "stray_char"), Edit(3, 6, "", "copyright"))
    assert [(c.kind, c.places, c.characters) for c in counts(page("教师交流轮岗", edits))] == [
        ("stray_char", 2, 2),
        ("copyright", 1, 3),
    ]
