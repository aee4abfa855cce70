"""Folding: what is left of a text, and where it stood."""

import re
import unicodedata
from importlib.resources import files
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
        ("乾隆年間的乾淨", "干隆年间的干净"),  # converters keep the first; here each character folds by itself
        ("乾隆年间的干净", "干隆年间的干净"),
        ("想像，答覆，看著", "想像答复看着"),  # 想象，答复，看着 to others
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


@given(st.text(alphabet=st.sampled_from("教師交流，。 ㎡①Ａz9隆淨\n")))
def test_it_is_width_then_script_then_letters_and_digits(text):
    plain = opencc.convert(unicodedata.normalize("NFKC", text), "t2s").lower()
    assert folded(text) == re.sub(r"[\W_]+", "", plain)


@pytest.mark.parametrize("scheme", ["s2t", "s2tw", "s2hk"])
def test_a_text_meets_its_copy_after_any_conversion(scheme):
    """Of all words of jieba's dictionary, those of the scripts' odd characters among them, there and back."""
    with (files("jieba") / "dict.txt").open(encoding="utf-8") as dictionary:
        words = "\n".join(line.split()[0] for line in dictionary)
    there = opencc.convert(words, scheme)
    assert folded(there) == folded(words)
    assert folded(opencc.convert(there, "t2s")) == folded(words)


@given(st.text())
def test_every_folded_character_stands_for_its_place(text):
    codes, places = fold_with_places(text)
    assert codes.tolist() == fold([text]).codes.tolist()
    assert len(codes) == len(places)
    assert (np.diff(places) >= 0).all()
    assert all(0 <= place < len(text) for place in places)
    assert "".join(map(folded, text)) == folded(text)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert folded(folded(text)) == folded(text)


@given(st.lists(st.text()))
def test_the_loops_fold_alike(texts):
    pytest.importorskip("numba", reason="numba is optional; without it there is nothing to compare")
    slow, fast = fold(texts), fold(texts, numba=True)
    assert slow.codes.tolist() == fast.codes.tolist()
    assert slow.bounds.tolist() == fast.bounds.tolist()


def test_there_is_room_for_characters_that_fold_to_many():
    pytest.importorskip("numba", reason="numba is optional; without it there is nothing to compare")
    assert fold(["\ufdfa" * 2000], numba=True).codes.tolist() == fold(["\ufdfa" * 2000]).codes.tolist()
