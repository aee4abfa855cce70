"""Which measure a quantity or a phrase states, by the rules of a pack."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.extract.clauses import Sentence
from corpus_tools.extract.pack import Pack, Rule

WINDOW = 90  # characters before a quantity that a rule may look at


def rule_for(sentence: Sentence, i: int, pack: Pack) -> Rule | None:
    """The first rule that fits the i-th quantity of a sentence; a rule without a measure says that it is no fact."""
    unit = sentence.quantities[i].unit
    place = sentence.places[i]
    rules = pack.rules_for(unit)
    if not rules:
        return None
    clause = sentence.clauses[sentence.clause_at(place)]
    text = sentence.skeleton
    title = sentence.headings[-1] if len(sentence.headings) > 1 else ""
    lead = sentence.lead.skeleton if sentence.lead else ""
    above = f"{title} {lead}"
    for rule in rules:
        if _fits(rule, text, clause.start, clause.end, place, above):
            return rule
    return None


def _fits(rule: Rule, text: str, low: int, high: int, place: int, above: str) -> bool:
    if rule.before and not rule.before.search(text, max(0, place - WINDOW), place):
        return False
    if rule.after and not rule.after.match(text, place + 1):
        return False
    if rule.clause and not rule.clause.search(text, low, high):
        return False
    if rule.sentence and not (rule.sentence.search(text) or rule.sentence.search(above)):
        return False
    if rule.heading and not rule.heading.search(above):
        return False
    if rule.unless and rule.unless.search(text, low, high):
        return False
    return not (rule.unless_sentence and rule.unless_sentence.search(text))


def phrase_hits(
    sentence: Sentence, pack: Pack, taken: frozenset[tuple[str, int]]
) -> Iterator[tuple[Rule, int, int]]:
    """The rules without a quantity that fit, each with its span; none where a quantity states the same measure there."""
    text = sentence.skeleton
    title = sentence.headings[-1] if len(sentence.headings) > 1 else ""
    above = f"{title} {sentence.lead.skeleton if sentence.lead else ''}"
    seen: set[tuple[str | None, int]] = set()
    for rule in pack.phrases:
        if rule.phrase is None or (rule.sentence and not (rule.sentence.search(text) or rule.sentence.search(above))):
            continue
        if rule.unless_sentence and rule.unless_sentence.search(text):
            continue
        for match in rule.phrase.finditer(text):
            first, last = sentence.clause_at(match.start()), sentence.clause_at(match.end() - 1)
            if any((rule.measure, number) in taken or (rule.measure, number) in seen for number in range(first, last + 1)):
                continue
            clause = sentence.clauses[last]
            if rule.unless and re.search(rule.unless, text[sentence.clauses[first].start : clause.end]):
                continue
            seen |= {(rule.measure, number) for number in range(first, last + 1)}
            yield rule, match.start(), match.end()
