"""Characters that a match of a regular expression must hold, so that most texts need not be searched at all.

A rule with a gap in its middle (评聘 … 须 … 经历) costs a scan that backs up again and again; whether its characters
stand in a sentence costs a look into a set. `needed` reads them off the parsed expression and leaves out what it does
not understand, so that it may ask for too little and never for too much.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

Needs = tuple[frozenset[str], ...]

WIDEST = 64  # a class of more characters tells little
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


def needed(shapes: Iterable[re.Pattern[str] | None], common: Mapping[str, int], most: int = 4) -> Needs:
    """At most `most` sets of characters, of each of which a text must hold one for all `shapes` to match in it.

    `common` says how often a character is used; of several sets the rarest are kept, the rarest first.

    >>> [sorted(one) for one in needed([re.compile("(?:甲乙|丙).*丁?戊")], {})]
    [['戊'], ['丙', '甲']]
    """
    sets = [one for shape in shapes if shape for one in _sets(_parser.parse(shape.pattern), common)]
    return tuple(sorted(dict.fromkeys(sets), key=lambda one: _use(one, common))[:most])


def _sets(tree: Sequence[tuple[Any, Any]], common: Mapping[str, int]) -> list[frozenset[str]]:
    """What each part of a sequence asks for."""
    found: list[frozenset[str]] = []
    for kind, content in tree:
        if kind is sre.LITERAL:
            found.append(frozenset(chr(content)))
        elif kind is sre.IN:
            found += _of_class(content)
        elif kind is sre.BRANCH:
            found += _of_branches(content[1], common)
        elif kind is sre.SUBPATTERN:
            found += _sets(content[3], common)
        elif kind is sre.ATOMIC_GROUP:
            found += _sets(content, common)
        elif kind in REPEATS and content[0]:
            found += _sets(content[2], common)
    return found


def _of_class(items: Sequence[tuple[Any, Any]]) -> list[frozenset[str]]:
    """The characters of [甲乙丙-丁], where it lists what it takes and is narrow."""
    taken: set[str] = set()
    for kind, content in items:
        if kind is sre.LITERAL:
            taken.add(chr(content))
        elif kind is sre.RANGE and content[1] - content[0] < WIDEST:
            taken |= {chr(code) for code in range(content[0], content[1] + 1)}
        else:
            return []
    return [frozenset(taken)]


def _of_branches(branches: Sequence[Sequence[tuple[Any, Any]]], common: Mapping[str, int]) -> list[frozenset[str]]:
    """What every branch asks for, else one set for 甲…|乙…: the rarest of each branch together."""
    asked = [_sets(branch, common) for branch in branches]
    if not all(asked):
        return []
    shared = [one for one in asked[0] if all(one in others for others in asked[1:])]
    rarest = (min(sets, key=lambda one: _use(one, common)) for sets in asked)
    return shared or [frozenset().union(*rarest)]


def _use(characters: frozenset[str], common: Mapping[str, int]) -> int:
    return sum(1 + common.get(character, 0) for character in characters)


class Index:
    """Which of some rules a text may fit, by the sets of characters that each needs.

    >>> list(Index([(frozenset("甲乙"), frozenset("丙")), (frozenset("丙"),), ()]).possible(frozenset("乙戊")))
    [2]

    Of one number a character, the first bits say which rules' first sets it is in, the next which rules' second sets,
    and so on: a text's characters are added up once, and a rule is left when its bit is there each time.
    """

    def __init__(self, rules: Sequence[Needs]) -> None:
        self.count = len(rules)
        self.most = max(map(len, rules), default=0)
        self.without = 0  # the bits of sets that rules do not have
        self.by_character: dict[str, int] = {}
        for number, needs in enumerate(rules):
            for place in range(self.most):
                bit = 1 << place * self.count + number
                for character in needs[place] if place < len(needs) else ():
                    self.by_character[character] = self.by_character.get(character, 0) | bit
                if place >= len(needs):
                    self.without |= bit
        self.characters = frozenset(self.by_character)

    def possible(self, letters: frozenset[str]) -> Iterator[int]:
        """The numbers of the rules whose every set shares a character with the text, in order."""
        met = self.without
        for character in letters & self.characters:
            met |= self.by_character[character]
        found = (1 << self.count) - 1
        for _ in range(self.most):
            found &= met
            met >>= self.count
        while found:
            lowest = found & -found
            yield lowest.bit_length() - 1
            found ^= lowest


def usage(texts: Iterable[str]) -> Counter[str]:
    """How often each character is used in some texts."""
    return Counter(character for text in texts for character in text)
