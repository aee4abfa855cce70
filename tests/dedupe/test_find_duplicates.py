"""Who shares text with whom: relations, passages, clusters, and what must be true of any texts."""

import random

import numpy as np
import pytest
from dedupe_brute import maximal_runs
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.dedupe import DedupeConfig, find, find_duplicates, search, verify
from corpus_tools.dedupe.candidates import Lists, paired
from corpus_tools.dedupe.fold import fold, fold_with_places
from corpus_tools.dedupe.kernel import compare
from corpus_tools.dedupe.seeds import winnowed
from corpus_tools.errors import ConfigError
from corpus_tools.nlp import opencc

# fmt: off
WORDS = [
    "交流", "轮岗", "教师", "学校", "校长", "课堂", "听课", "备课", "乡村", "支教",
    "骨干", "名师", "结对", "帮扶", "研修", "考核", "评优", "补助", "期限", "名额",
    "方案", "通知", "会议", "讨论", "学生", "家长", "操场", "图书", "晨读", "作业",
]
# fmt: on


def prose(seed, sentences):
    """Sentences of random words: two with different seeds share no run of any length."""
    dice = random.Random(seed)
    return "".join("".join(dice.choices(WORDS, k=dice.randint(5, 9))) + "。" for _ in range(sentences))


def relations(texts, **settings):
    return {(p.a, p.b): p.relation for p in find_duplicates(texts, DedupeConfig(**settings)).pairs}


A, B, C = prose(1, 30), prose(2, 30), prose(3, 30)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([A, B], {}),
        ([A, A], {(0, 1): "near_duplicate"}),
        ([A, opencc.convert(A, "s2t")], {(0, 1): "near_duplicate"}),
        ([A, A.replace("。", "\n\n　　")], {(0, 1): "near_duplicate"}),
        ([A, A.replace("校长", "李校长")], {(0, 1): "near_duplicate"}),
        ([A, A[: len(A) // 2]], {(0, 1): "contains_b"}),
        ([A[: len(A) // 2], A], {(0, 1): "contains_a"}),
        ([A, A[100:200] + B], {(0, 1): "shares_passage"}),
        ([A, A[100:125] + B], {}),  # too short to be a passage
        ([A, B, A + B], {(0, 2): "contains_a", (1, 2): "contains_a"}),
        ([A, "", "，。", "短文"], {}),
        (["短文。", "短 文"], {(0, 1): "near_duplicate"}),  # shorter than any seed: only as a whole
    ],
)
def test_relations(texts, expected):
    assert relations(texts) == expected


def test_a_text_against_itself_is_one():
    (pair,) = find_duplicates([A, A]).pairs
    assert (pair.jaccard, pair.containment) == (1.0, 1.0)


def test_passages_are_to_the_character_in_the_texts_as_given():
    part = A[100:200].strip("。")
    other = "通知\n" + opencc.convert(part, "s2t").replace("。", " ， ") + "\n" + B
    (passage,) = find_duplicates([A, other]).passages
    a, b = A[passage.a_start : passage.a_end], other[passage.b_start : passage.b_end]
    assert part in a
    assert fold([a]).codes.tolist() == fold([b]).codes.tolist()


def test_a_compilation_does_not_glue_the_essays_it_holds():
    clusters = find_duplicates([A, B, A + B + C, A.replace("校长", "李校长")]).clusters
    assert [cluster.members for cluster in clusters] == [(0, 3)]


def test_a_copy_of_a_copy_joins_only_if_it_resembles_the_representative():
    drifting = [prose(7, 10) + prose(8, 10) + prose(9, 10)]
    for i in (20, 21, 22):  # each replaces a third of the one before
        third = len(drifting[-1]) // 3
        drifting.append(drifting[-1][third:] + prose(i, 10))
    clusters = find_duplicates(drifting, DedupeConfig(min_jaccard=0.4)).clusters
    assert all(len(cluster.members) < len(drifting) for cluster in clusters)


def test_many_copies_of_one_text_are_linked_to_one_of_them():
    found = find_duplicates([A] * 400)
    assert len(found.pairs) == 399
    assert found.clusters[0].members == tuple(range(400))


def test_a_large_family_is_linked_to_its_representative():
    dice = random.Random(5)
    family = [
        A.replace("校长", dice.choice("赵钱孙李周吴郑王") + "校长", i % 9 + 1) + prose(i + 50, 1) for i in range(150)
    ]
    found = find_duplicates(family, DedupeConfig(star_above=20, pairs_up_to=100))
    assert len(found.pairs) < 150 * 20
    assert {text for pair in found.pairs for text in (pair.a, pair.b)} == set(range(150))
    assert len(found.clusters[0].members) == 150
    every = find_duplicates(family, DedupeConfig(star_above=20, pairs_up_to=150))
    assert len(every.pairs) == 150 * 149 // 2
    assert [cluster.members for cluster in every.clusters] == [tuple(range(150))]


def test_what_everyone_carries_relates_nobody():
    intro = prose(99, 8)
    essays = [intro + prose(i + 200, 20) for i in range(40)]
    assert relations(essays, common_above=20) == {}
    assert len(relations(essays[:10], common_above=20)) == 45
    copied = [*essays, prose(500, 3) + essays[7]]
    assert relations(copied, common_above=20) == {(7, 40): "near_duplicate"}


@pytest.mark.parametrize("bad", [{"min_jaccard": 0}, {"min_containment": 2}, {"min_passage": 5}, {"workers": 0}])
def test_a_bad_setting_stops_at_once(bad):
    with pytest.raises(ConfigError):
        DedupeConfig(**bad)


@st.composite
def corpora(draw):
    """A few essays, some made of pieces of others, with edits."""
    dice = random.Random(draw(st.integers(0, 10**6)))
    texts = [prose(dice.random(), dice.randint(1, 12)) for _ in range(4)]
    for _ in range(draw(st.integers(0, 4))):
        source = dice.choice(texts)
        start = dice.randrange(len(source))
        piece = list(source[start : start + dice.randint(10, 200)])
        for _ in range(dice.randint(0, 3)):
            piece[dice.randrange(len(piece))] = dice.choice("甲乙丙")
        texts.append(prose(dice.random(), dice.randint(0, 3)) + "".join(piece) * dice.randint(1, 2))
    return texts


def described(found, names):
    turned = {"contains_a": "contains_b", "contains_b": "contains_a"}
    pairs = set()
    for p in found.pairs:
        a, b, relation = names[p.a], names[p.b], p.relation
        pairs.add((a, b, relation, p.jaccard, p.containment))
        pairs.add((b, a, turned.get(relation, relation), p.jaccard, p.containment))
    passages = set()
    for p in found.passages:
        passages.add((names[p.a], p.a_start, p.a_end, names[p.b], p.b_start, p.b_end))
        passages.add((names[p.b], p.b_start, p.b_end, names[p.a], p.a_start, p.a_end))
    clusters = {(names[c.representative], frozenset(names[m] for m in c.members)) for c in found.clusters}
    return pairs, passages, clusters


@settings(deadline=None)
@given(corpora(), st.randoms())
def test_the_order_of_the_texts_does_not_matter(texts, dice):
    texts = list(dict.fromkeys(texts))
    names = list(range(len(texts)))
    dice.shuffle(names)
    turned = find_duplicates([texts[i] for i in names])
    assert described(turned, names) == described(find_duplicates(texts), range(len(texts)))


SWAPPED = A.replace("教师", "校工")


@pytest.mark.parametrize(
    ("texts", "config"),
    [
        # one says the same thing so often that no passage starts from it
        (["教师" * 300 + A[:100], "教师" * 60 + B[:100] + A[:100]], DedupeConfig()),
        # as many 8-grams in both, neither near nor shorter
        ([A, SWAPPED], DedupeConfig(min_jaccard=0.99, min_containment=0.5)),
    ],
)
def test_the_order_does_not_matter_where_two_texts_are_hard_to_tell_apart(texts, config):
    found = [
        described(find_duplicates(order, config), names) for order, names in ((texts, [0, 1]), (texts[::-1], [1, 0]))
    ]
    assert found[0] == found[1]
    assert found[0][0]


@settings(deadline=None)
@given(corpora())
def test_every_shared_run_of_forty_is_found_and_nothing_else(texts):
    found = find_duplicates(texts)
    folded = [fold_with_places(text) for text in texts]
    expected = set()
    for a in range(len(texts)):
        for b in range(a + 1, len(texts)):
            (x, x_at), (y, y_at) = folded[a], folded[b]
            for i, j, size in maximal_runs(x.tolist(), y.tolist(), 40):
                expected.add((a, b, x_at[i], x_at[i + size - 1] + 1, y_at[j], y_at[j + size - 1] + 1))
    assert {(p.a, p.b, p.a_start, p.a_end, p.b_start, p.b_end) for p in found.passages} == expected
    assert {(p.a, p.b) for p in found.passages} <= {(p.a, p.b) for p in found.pairs}


@settings(deadline=None)
@given(corpora())
def test_shares_are_those_of_the_sets_of_8_grams(texts):
    for p in find_duplicates(texts).pairs:
        a, b = ({tuple(c[i : i + 8]) for i in range(len(c) - 7)} for c in (fold([texts[t]]).codes for t in (p.a, p.b)))
        if a and b:
            assert p.jaccard == pytest.approx(len(a & b) / len(a | b))
            assert p.containment == pytest.approx(len(a & b) / min(len(a), len(b)))


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(0, 10**6))
def test_an_edit_of_k_characters_costs_no_more_than_it_can(k, seed):
    dice = random.Random(seed)
    edited = list(A)
    for _ in range(k):
        edited[dice.randrange(len(edited))] = dice.choice("甲乙丙丁")
    (pair,) = find_duplicates([A, "".join(edited)], DedupeConfig(min_jaccard=0.01)).pairs
    grams = len({tuple(c) for c in np.lib.stride_tricks.sliding_window_view(fold([A]).codes, 8).tolist()})
    # each edited character stands in eight 8-grams
    assert pair.jaccard >= (grams - 8 * k) / (grams + 8 * k)


FEW = [
    A,
    "",
    B,
    "，",
    A + B,
    "短文",
    A.replace("校长", "李校长"),
    opencc.convert(B, "s2t"),
    "晨读听课备课",
    prose(4, 5),
    A,
]


@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("large", [False, True])
def test_neither_workers_nor_blocks_nor_files_matter(monkeypatch, workers, large):
    """Many small blocks and batches, in memory and on disk, with the loops where numba is there and without."""
    expected = find_duplicates(FEW)
    monkeypatch.setattr(find, "BLOCK", 50)
    monkeypatch.setattr(verify, "BATCH", 500)
    monkeypatch.setattr(search, "LARGE", -1 if large else 10**9)
    assert find_duplicates(FEW, DedupeConfig(workers=workers)) == expected


@settings(deadline=None, max_examples=30)
@given(st.lists(st.sampled_from([*FEW, A[:200], A[150:] + C, "晨读" * 40, "由县级教育部门统一"]), max_size=9))
def test_a_large_corpus_is_searched_like_a_small_one(texts):
    expected = find_duplicates(texts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(find, "BLOCK", 300)
        patch.setattr(search, "LARGE", -1)
        assert find_duplicates(texts) == expected


@settings(deadline=None, max_examples=20)
@given(corpora())
def test_numba_and_numpy_agree(texts):
    pytest.importorskip("numba", reason="numba is optional; without it there is nothing to compare")
    folded = fold([text for text in texts if len(text) >= 12])
    a, b = np.triu_indices(len(folded.bounds) - 1)
    slow, fast = (compare(folded, a, b, 40, numba) for numba in (False, True))
    for x, y in zip(slow, fast, strict=True):
        assert x.tolist() == y.tolist()
    for window in (3, 14):
        for x, y in zip(winnowed(folded, window), winnowed(folded, window, numba=True), strict=True):
            assert x.tolist() == y.tolist()
    for x, y in zip(fold([*texts, "㎡", "教師"]), fold([*texts, "㎡", "教師"], numba=True), strict=True):
        assert x.tolist() == y.tolist()


MONOTONOUS = st.lists(st.text("甲乙", min_size=24), min_size=3, max_size=9).flatmap(
    lambda parts: st.lists(st.lists(st.sampled_from(parts), min_size=1).map("".join), min_size=2, max_size=4)
)


@settings(deadline=None, max_examples=100)
@given(MONOTONOUS)
def test_numba_and_numpy_agree_on_texts_that_say_the_same_over_and_over(texts):
    pytest.importorskip("numba", reason="numba is optional; without it there is nothing to compare")
    folded = fold(texts)
    a, b = np.triu_indices(len(texts))
    for min_run in (0, 24, 40):
        slow, fast = (compare(folded, a, b, min_run, numba) for numba in (False, True))
        for x, y in zip(slow, fast, strict=True):
            assert x.tolist() == y.tolist()


@given(st.lists(st.text("甲乙，", max_size=40)), st.integers(1, 20))
def test_numba_and_numpy_winnow_alike(texts, window):
    pytest.importorskip("numba", reason="numba is optional; without it there is nothing to compare")
    folded = fold(texts)
    for x, y in zip(winnowed(folded, window), winnowed(folded, window, numba=True), strict=True):
        assert x.tolist() == y.tolist()


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 9))))
def test_numba_and_numpy_pair_alike(rows):
    pytest.importorskip("numba", reason="numba is optional; without it there is nothing to compare")
    seed, text = np.array(sorted(rows), np.int64).reshape(-1, 2).T
    lists = Lists(seed.astype(np.uint64), text)
    assert sorted(paired(lists).tolist()) == sorted(paired(lists, numba=True).tolist())
