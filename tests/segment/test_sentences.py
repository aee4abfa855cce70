"""Sentences end where a reader would say they end."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.segment import sentence_spans, split_sentences

CASES = json.loads((Path(__file__).parents[1] / "cases" / "sentences_hard.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["comment"])
def test_hard_cases(case):
    assert split_sentences("".join(case["sentences"])) == [sentence.strip() for sentence in case["sentences"]]


PIECES = [*'：“”。！？（）《》\n .，’‘A"', "他说", "走吧", "……", "3.5", "20xx", "www.a.example"]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_no_character_is_lost(text):
    at = 0
    for span in sentence_spans(text):
        assert not text[at : span.start].strip()
        assert text[span.start : span.end].strip() == text[span.start : span.end] != ""
        at = span.end
    assert not text[at:].strip()
