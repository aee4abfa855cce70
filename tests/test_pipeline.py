"""A page goes through the rooms in one order; a page that stops a step is a failure with a reason, never a crash."""

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools import pipeline
from corpus_tools.config import Config
from corpus_tools.errors import FormatError
from corpus_tools.pipeline import PageResult, PassingFailure, TooSlow, clean, process_input
from corpus_tools.read import Input, find_inputs
from corpus_tools.records import Failure

RULE = "县教育局规定：教师在同一所学校任教满六年的，应当交流轮岗。每学年交流的教师不低于教师总数的10%。\n"


def processed(path, config=None):
    return list(process_input(Input(path, path.name), config))


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters() | st.sampled_from("教师輪崗。\n\r\t　１％□\ud83d\u200b<&;"), max_size=60))
def test_every_clean_character_points_back_and_the_count_is_whole(text):
    cleaned = clean(text)
    assert sum(cleaned.tally()) == len(text)
    assert cleaned.raw == text
    for i in range(len(cleaned)):
        span = cleaned.raw_span(i, i + 1)
        assert 0 <= span.start < span.end <= len(text)


def test_half_a_character_cannot_reach_the_database():
    assert "\ud83d" not in str(clean("获奖\ud83d了。"))
    str(clean("获奖\ud83d了。")).encode("utf-8")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "big5hkscs"])
def test_a_facts_bytes_are_its_quote(tmp_path, encoding):
    text = (
        RULE
        if encoding != "big5hkscs"
        else "教師在同一所學校任教滿六年的，應當交流輪崗。每學年交流的教師不低於教師總數的10%。\r\n"
    )
    path = tmp_path / "notice.txt"
    path.write_bytes(text.encode(encoding))
    (result,) = processed(path)
    assert isinstance(result, PageResult)
    assert {fact.measure for fact in result.facts} >= {"exchange_share"}
    data = path.read_bytes()
    for fact, span in zip(result.facts, result.byte_spans, strict=True):
        raw = result.page.text.raw_span(fact.start, fact.end)
        quote = data[span.start : span.end].decode(encoding.removesuffix("-sig"))
        assert quote == result.page.text.raw[raw.start : raw.end]
        assert fact.quote == str(result.page.text)[fact.start : fact.end]


def test_the_same_page_twice_is_the_same(tmp_path):
    path = tmp_path / "notice.txt"
    path.write_text(RULE * 3, encoding="utf-8")
    assert processed(path) == processed(path)


@pytest.mark.parametrize(
    ("error", "kind", "says"),
    [
        (ValueError("boom"), Failure, r"ValueError in test_pipeline.py:\d+: boom. This is a defect"),
        (FormatError("a.txt is torn."), Failure, "a.txt is torn."),
        (RecursionError(), Failure, "RecursionError"),
        (MemoryError(), PassingFailure, "MemoryError"),
        (TooSlow("took longer"), PassingFailure, "took longer"),
    ],
)
def test_a_page_that_stops_a_step_is_a_failure(tmp_path, monkeypatch, error, kind, says):
    def broken(*args, **kwargs):
        raise error

    path = tmp_path / "notice.txt"
    path.write_text(RULE, encoding="utf-8")
    monkeypatch.setattr(pipeline, "normalise", broken)
    (outcome,) = processed(path)
    assert type(outcome) is kind
    assert re.search(says, outcome.reason)
    assert outcome.doc == "notice.txt"


@pytest.mark.parametrize(("step", "essays"), [("segment", 0), ("extract_facts", 1)])
def test_a_page_keeps_what_was_found_before_a_step_failed(tmp_path, monkeypatch, step, essays):
    def broken(*args):
        raise ValueError("boom")

    path = tmp_path / "notice.txt"
    path.write_text(RULE, encoding="utf-8")
    monkeypatch.setattr(pipeline, step, broken)
    (outcome,) = processed(path)
    assert (len(outcome.essays), outcome.facts) == (essays, ())
    assert "boom" in outcome.failure.reason
    assert str(outcome.page.text).startswith("县教育局")


def test_a_file_that_is_gone_is_a_failure(tmp_path):
    (outcome,) = processed(tmp_path / "gone.txt")
    assert isinstance(outcome, Failure)
    assert "\n" not in outcome.reason


def test_the_seeds_go_through():
    seeds = Path(__file__).parents[1].parent / "shared" / "seeds"
    if not seeds.is_dir():
        pytest.skip("the real pages (../shared/seeds) are not here")
    for item in find_inputs([seeds]):
        (result,) = process_input(item, Config())
        assert isinstance(result, PageResult)
        assert result.essays
