"""The real pages against their labels; skipped where the shared material is not beside the project."""

import json
from itertools import combinations
from pathlib import Path

import pytest
from dedupe_brute import maximal_runs

from corpus_tools.dedupe import find_duplicates
from corpus_tools.dedupe.fold import fold_with_places

SHARED = Path(__file__).parents[2].parent / "shared"
needs_shared = pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="no ../shared with the real pages and labels")


def rows(name):
    return [json.loads(line) for line in (SHARED / "gold" / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def essays():
    pages = {path.name: path.read_bytes().decode() for path in (SHARED / "seeds").glob("*.txt")}
    return {(row["doc"], row["essay"]): pages[row["doc"]][row["start"] : row["end"]] for row in rows("essays.jsonl")}


@pytest.fixture(scope="module")
def found(essays):
    return find_duplicates(list(essays.values()))


@needs_shared
def test_the_pairs_of_the_labels_are_found_and_no_others(essays, found):
    names = list(essays)
    gold = {
        (tuple(row["a"]), tuple(row["b"])): (row["relation"], row["containment"], row["jaccard"])
        for row in rows("duplicates.jsonl")
    }
    mine = {(names[p.a], names[p.b]): (p.relation, p.containment, p.jaccard) for p in found.pairs}
    assert {pair: mine[pair][0] for pair in mine} == {pair: gold[pair][0] for pair in gold}
    for pair, (_, containment, jaccard) in gold.items():
        assert mine[pair][1:] == pytest.approx((containment, jaccard), abs=0.02)


@needs_shared
def test_every_passage_a_brute_force_comparison_finds_is_found_to_the_character(essays, found):
    texts = list(essays.values())
    folded = [fold_with_places(text) for text in texts]
    expected = set()
    for a, b in combinations(range(len(texts)), 2):
        (x, x_at), (y, y_at) = folded[a], folded[b]
        for i, j, size in maximal_runs(x.tolist(), y.tolist(), 40):
            expected.add((a, b, x_at[i], x_at[i + size - 1] + 1, y_at[j], y_at[j + size - 1] + 1))
    mine = {(p.a, p.b, p.a_start, p.a_end, p.b_start, p.b_end) for p in found.passages}
    assert expected
    assert mine == expected
