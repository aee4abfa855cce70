"""How strongly a sentence is meant that says nothing of it: by its essay's kind, its section and its paragraph."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from corpus_tools.extract.clauses import Sentence
from corpus_tools.extract.context import (
    ANNOUNCES_PLANS,
    DEFAULTS,
    HOW_THINGS_ARE,
    PLANS_AHEAD,
    PROMISES,
    TELLS_A_RULE,
    TOLD_BY_AN_OFFICE,
    genre_of,
)
from corpus_tools.extract.pack import Pack
from corpus_tools.extract.places_of_facts import PlaceReader
from corpus_tools.records import Modality


class UsualForce:
    """The force of an essay's sentences where their own words give none."""

    def __init__(self, body: str, sentences: Sequence[Sentence], places: PlaceReader, pack: Pack) -> None:
        self.genre = genre_of(body)
        self.sentences = sentences
        self.places = places
        self.pack = pack

    def of(self, number: int, measure: str) -> Modality:
        """The force of what says nothing of its own: by the kind of text; a rule of another place keeps its own."""
        sentence = self.sentences[number]
        if self.places.elsewhere(number):
            return "required"
        if self.genre != "rule" and any(PLANS_AHEAD.search(title) for title in sentence.headings[1:]):
            return "proposed"
        if number in self.planned:
            return "proposed"
        if self.genre == "advice" and any(HOW_THINGS_ARE.search(title) for title in sentence.headings[1:]):
            return "reported"
        if self.genre == "advice" and TOLD_BY_AN_OFFICE.search(sentence.skeleton):
            return "required"
        if self.genre == "report" and self.pack.kinds[measure] != "quota" and self._told_as_a_rule(number):
            return "required"
        return DEFAULTS[self.genre]

    def _told_as_a_rule(self, number: int) -> bool:
        """Whether a sentence, or one before it in its paragraph, leads rules: 县里出台规定：…；…."""
        line = self.sentences[number].line
        while number >= 0 and self.sentences[number].line == line:
            if TELLS_A_RULE.search(self.sentences[number].skeleton):
                return True
            number -= 1
        return False

    @cached_property
    def planned(self) -> frozenset[int]:
        """The sentences under one that announces plans, to the end of its section: 初步有这么几条想法。第一，…."""
        found: set[int] = set()
        announced: Sentence | None = None
        promised = -1  # the line of a promise
        for number, sentence in enumerate(self.sentences):
            if announced is not None and sentence.headings == announced.headings:
                found.add(number)
            elif promised == sentence.line or PROMISES.search(sentence.text):
                found.add(number)
                promised = sentence.line
            elif ANNOUNCES_PLANS.search(sentence.text):
                announced = sentence
        return frozenset(found)
