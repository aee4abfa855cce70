"""Many words looked for at once."""

import pytest

from corpus_tools.codes import code_points
from corpus_tools.spotter import Spotter, _numbers


@pytest.mark.parametrize("text", ["", "支", "\ud83d支教", "支教\ud83d"])
def test_short_and_broken_texts_are_read_too(text: str):
    assert Spotter(["支教"]).standing_in(text) == ({"支教"} if "支教" in text else frozenset())


def test_pairs_of_one_number_are_told_apart():
    number = _numbers(code_points("支教"))[0]
    pairs = (first + chr(code) for first in "一二三四五六七八九十" for code in range(0x3400, 0xA000))
    twin = next(pair for pair in pairs if _numbers(code_points(pair))[0] == number)
    assert Spotter(["支教"]).standing_in(f"{twin}支教") == {"支教"}
    assert Spotter(["支教"]).standing_in(twin) == frozenset()


def test_words_inside_words_are_all_found():
    assert list(Spotter(["啊啊", "啊啊啊"]).places("啊啊啊啊")) == [
        (0, "啊啊"),
        (0, "啊啊啊"),
        (1, "啊啊"),
        (1, "啊啊啊"),
        (2, "啊啊"),
    ]
