"""Folding: what is left of a text, and where it stood."""

import re
import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.dedupe.fold import fold, fold_with_places
from corpus_tools.nlp import opencc


def folded(text):
    return fold([text]).codes.tobytes().decode("utf-32-le", "surrogatepass")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("教师，交流。", "教师交流"),
        ("教師　交流", "教师交流"),
        ("２０１４年", "2014年"),
        ("第①条", "第1条"),
        ("30㎡", "30m2"),
        ("ＡＢc", "abc"),
        ("乾隆年間的乾淨", "乾隆年间的干净"),  # OpenCC reads phrases, so it must see the whole text
        ("__年^v^□", "年v"),
        ("𠀀校", "𠀀校"),
        ("", ""),
        ("，。！", ""),
    ],
)
def test_what_is_left(text, expected):
    assert folded(text) == expected


def test_texts_do_not_mix():
    texts = ["教師", "", "交流，", "㎡"]
    codes, bounds = fold(texts)
    parts = [codes[i:j].tobytes().decode("utf-32-le") for i, j in pairwise(bounds)]
    assert parts == ["教师", "", "交流", "m2"]


@given(st.text(alphabet=st.sampled_from("教師交流，。 ㎡①Ａz9乾隆淨\n")))
def test_it_is_width_then_script_then_letters_and_digits(text):
    plain = opencc.convert(unicodedata.normalize("NFKC", text), "t2s").lower()
    assert folded(text) == re.sub(r"[\W_]+", "", plain)


@given(st.text())
def test_every_folded_character_stands_for_its_place(text):
    codes, places = fold_with_places(text)
    assert codes.tolist() == fold([text]).codes.tolist()
    assert len(codes) == len(places)
    assert (np.diff(places) >= 0).all()
    assert all(0 <= place < len(text) for place in places)
    for place in set(places.tolist()):
        # alone a character may convert differently, but never to nothing
        assert folded(text[place])


@given(st.text())
def test_folding_twice_changes_nothing_but_script_read_in_new_company(text):
    once = folded(text)
    assert len(folded(once)) == len(once)
