"""What a match of a rule must hold."""

import pytest

from corpus_tools.strip.kernels import Index, kernels
from corpus_tools.strip.rules import Rule, rules


@pytest.mark.parametrize("rule", rules("line"), ids=lambda rule: rule.name)
def test_the_example_of_a_rule_holds_one_of_its_kernels(rule: Rule):
    assert any(kernel in rule.example for kernel in kernels(rule.pattern.pattern))


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("[^。]{0,9}(?:首页|上一[篇页])", {"首页", "一篇", "一页"}),
        ("(?=.*水).{3}", {"水"}),
        ("(?:甲?水)+", {"水", "甲水"}),
        ("(?!水).*", {""}),
        ("(?:水|.)火*", {""}),
        ("(?i)水x", {""}),
    ],
)
def test_kernels_are_read_off_a_pattern(pattern: str, expected: set[str]):
    assert kernels(pattern) == expected


def test_an_index_keeps_the_order_and_may_lack_kernels_of_one_length():
    assert list(Index([({"乙丙"}, "first"), ({"甲乙"}, "second")]).possible("甲乙丙")) == ["first", "second"]
    assert list(Index([({"丁"}, "only")]).possible("甲乙丙")) == []
