"""Where the rules for runs inside a line are tried."""

from re import _parser  # type: ignore[attr-defined]

import pytest

from corpus_tools.strip.inside import ADDRESS, BEGINS_WITH_BRACKET, REACH, ads_inside
from corpus_tools.strip.rules import Rule, rules


@pytest.mark.parametrize("rule", rules("inside"), ids=lambda rule: rule.name)
def test_a_rule_begins_with_a_bracket_or_matches_what_stands_close_to_an_address(rule: Rule):
    if not BEGINS_WITH_BRACKET.match(rule.pattern.pattern):
        assert ADDRESS.search(rule.example)
        assert _parser.parse(rule.pattern.pattern).getwidth()[1] <= REACH


def test_advertisements_around_neighbouring_addresses_are_all_found():
    text = "孩子们笑了(更多范文请访问好文网 www.example.com)。请访问www.example.com本文来自http://www.example.org整理"
    assert {text[ad.start : ad.end] for ad in ads_inside(text)} == {
        "(更多范文请访问好文网 www.example.com)",
        "请访问www.example.com",
        "本文来自http://www.example.org整理",
    }
