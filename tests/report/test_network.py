"""The drawing of who shares text with whom."""

from itertools import combinations, pairwise

import pytest

from corpus_tools.report.network import WIDTH, groups, network
from corpus_tools.store.stored import EssayId, StoredPair


def pairs(*names):
    """One pair for each two letters."""
    return [StoredPair(EssayId(a, 1), EssayId(b, 1), "near_duplicate", 0.9, 0.8) for a, b in names]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], []),
        (["ab"], ["ab"]),
        (["ab", "cd", "de"], ["cde", "ab"]),
        (["bc", "ab", "ac"], ["abc"]),
    ],
)
def test_essays_that_hang_together_make_a_group(given, expected):
    assert ["".join(essay.doc for essay in group) for group in groups(pairs(*given))] == expected


def test_every_pair_is_a_line_between_its_essays():
    drawn = network(pairs("ab", "bc", "xy"))
    at = {node.id.doc: (node.x, node.y) for node in drawn.nodes}
    assert [((e.x1, e.y1), (e.x2, e.y2)) for e in drawn.edges] == [
        (at[e.pair.a.doc], at[e.pair.b.doc]) for e in drawn.edges
    ]


@pytest.mark.parametrize("size", [2, 3, 8, 26])
def test_no_two_essays_stand_on_one_place_and_none_outside(size):
    letters = [chr(97 + i) for i in range(size)]
    drawn = network(pairs(*pairwise(letters), *["AB", "CD", "EF", "GH"]))
    for one, other in combinations(drawn.nodes, 2):
        assert abs(one.x - other.x) + abs(one.y - other.y) > 10
    assert all(0 < node.x < WIDTH and 0 < node.y < drawn.height for node in drawn.nodes)
