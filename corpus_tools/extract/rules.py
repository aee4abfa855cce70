"""Which measure a quantity or a phrase states, by the rules of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus_tools.extract.clauses import Sentence
from corpus_tools.extract.pack import Pack, Rule

WINDOW = 90  # characters before a quantity that a rule may look at


def rule_for(sentence: Sentence, i: int, pack: Pack) -> Rule | None:
    """The first rule that fits the i-th quantity of a sentence; a rule without a measure says that it is no fact."""
    rules = pack.rules_for(sentence.quantities[i].unit)
    if not rules:
        return None
    place = sentence.places[i]
    clause = sentence.clauses[sentence.clause_at(place)]
    text, shift = sentence.skeleton, 0
    if sentence.label:
        text, shift = f"{sentence.label}：{text}", len(sentence.label) + 1
    frame = _Frame(
        text, clause.start + shift if clause.start else 0, clause.end + shift, place + shift, above(sentence)
    )
    return next((rule for rule in rules if _fits(rule, frame)), None)


def above(sentence: Sentence) -> str:
    """What stands over a sentence: its heading, the line that leads its list, the sentence before it in its item."""
    title = sentence.headings[-1] if len(sentence.headings) > 1 else ""
    return f"{title} {sentence.lead.skeleton if sentence.lead else ''} {sentence.before}"


class _Frame(NamedTuple):
    text: str
    low: int  # of the clause
    high: int
    place: int
    above: str


def _fits(rule: Rule, frame: _Frame) -> bool:
    text, low, high, place, over = frame
    if rule.before and not rule.before.search(text, max(0, place - WINDOW), place):
        return False
    if rule.after and not rule.after.match(text, place + 1):
        return False
    if rule.clause and not rule.clause.search(text, low, high):
        return False
    if rule.sentence and not (rule.sentence.search(text) or rule.sentence.search(over)):
        return False
    if rule.heading and not rule.heading.search(over):
        return False
    if rule.unless and rule.unless.search(text, low, high):
        return False
    return not (rule.unless_sentence and rule.unless_sentence.search(text))


def phrase_hits(sentence: Sentence, pack: Pack, taken: frozenset[tuple[str, int]]) -> Iterator[tuple[Rule, int, int]]:
    """The rules without a quantity that fit, each with its span; none where a quantity states the same measure there."""
    text = sentence.skeleton
    over = above(sentence)
    seen: set[tuple[str | None, int]] = set()
    for rule in pack.phrases:
        if rule.phrase is None or (rule.sentence and not (rule.sentence.search(text) or rule.sentence.search(over))):
            continue
        if rule.unless_sentence and rule.unless_sentence.search(text):
            continue
        for match in rule.phrase.finditer(text):
            first, last = sentence.clause_at(match.start()), sentence.clause_at(match.end() - 1)
            stated = range(len(sentence.clauses)) if rule.once else range(first, last + 1)
            if any((rule.measure, number) in taken or (rule.measure, number) in seen for number in stated):
                continue
            clause = sentence.clauses[last]
            if rule.unless and re.search(rule.unless, text[sentence.clauses[first].start : clause.end]):
                continue
            seen |= {(rule.measure, number) for number in range(first, last + 1)}
            if rule.once:
                seen |= {(rule.measure, number) for number in range(len(sentence.clauses))}
            yield rule, match.start(), match.end()
