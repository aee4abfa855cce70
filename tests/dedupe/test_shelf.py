"""Folded texts on a shelf, in memory and on disk, with characters of every plane."""

import numpy as np
import pytest

from corpus_tools.dedupe.find import Given
from corpus_tools.dedupe.fold import fold
from corpus_tools.dedupe.search import digest
from corpus_tools.dedupe.shelf import Shelf, put

BLOCKS = [["教师交流轮岗", "", "校长"], ["𠮷田老师"], ["甲乙丙"]]


@pytest.mark.parametrize("on_disk", [False, True])
def test_texts_are_fetched_as_they_were_put(tmp_path, on_disk):
    shelf = Shelf()
    for block in BLOCKS:
        shelf.add(put(fold(block), tmp_path if on_disk else None))
    shelf.close()
    texts = np.array([0, 2, 3, 4])
    fetched = shelf.slip(texts).fetch()
    said = [fetched.one(i).tobytes().decode("utf-32-le") for i in range(len(texts))]
    assert said == ["教师交流轮岗", "校长", "𠮷田老师", "甲乙丙"]


def test_characters_of_the_first_plane_take_half_the_room(tmp_path):
    for block in BLOCKS:
        put(fold(block), tmp_path)
    assert {path.suffix: path.stat().st_size for path in tmp_path.iterdir()} == {
        ".uint16": 2 * len("教师交流轮岗校长甲乙丙"),
        ".uint32": 4 * len("𠮷田老师"),
    }


def digests(*texts):
    found = digest(Given(texts), window=14, numba=False, folder=None).digests
    return [found[i : i + 16] for i in range(0, len(found), 16)]


def test_a_text_has_one_digest_in_whatever_company():
    alone, together = digests("教师交流"), digests("教师交流", "𠮷田老师", "教師交流")
    assert together[0] == together[2] == alone[0] != together[1]
    assert digests("𠮷田老师") == [together[1]]
