"""Words of which a match of a regular expression must hold one, so that most lines need not be tried at all.

A rule with a gap before its words ([^。]{0,40}版权所有) costs a try at each place of a line; whether one of its words
stands on a page is seen in one scan for the words of all rules. `kernels` reads them off the parsed expression and
leaves out what it does not understand, so that it may ask for too little and never for too much. (`extract.needs` asks
for single characters: more of a sentence, which is short; a page has nearly all of them.)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import product
from math import exp2, fsum
from re import _constants as sre  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, Generic, TypeVar

from corpus_tools.read.charset import surprise

T = TypeVar("T")
Words = frozenset[str]
Part = tuple[Any, Any]

MOST = 48  # words that are spelled out
EITHER_CASE = re.compile(r"\(\?[a-z]*i")
NOTHING = frozenset([""])  # in every text
GROUPS = {sre.SUBPATTERN: 3, sre.ATOMIC_GROUP: slice(None)}
REPEATS = (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT)


class Index(Generic[T]):
    """Things in an order, each with kernels of one or two characters, of which a text must hold one.

    >>> list(Index([({"甲", "乙丙"}, 1), ({"丙丁"}, 2), ({""}, 3)]).possible("乙丙丁"))
    [1, 2, 3]
    """

    def __init__(self, things: Sequence[tuple[Words, T]]) -> None:
        self._things = [thing for _, thing in things]
        self._by_kernel: dict[str, int] = {}  # a number whose bits say which of the things
        for i, (words, _) in enumerate(things):
            for word in words:
                self._by_kernel[word] = self._by_kernel.get(word, 0) | 1 << i
        pairs = [word for word in self._by_kernel if len(word) == 2]
        self._pairs = re.compile(f"{_one_of(word[0] for word in pairs)}(?={_one_of(word[1] for word in pairs)})")
        self._singles = re.compile(_one_of(word for word in self._by_kernel if len(word) == 1))

    def possible(self, text: str) -> Iterator[T]:
        """The things of whose kernels one stands in `text`, in their order."""
        by_kernel = self._by_kernel
        met = by_kernel.get("", 0)
        for found in self._pairs.finditer(text):
            at = found.start()
            met |= by_kernel.get(text[at : at + 2], 0)
        for single in self._singles.findall(text):
            met |= by_kernel[single]
        while met:
            lowest = met & -met
            yield self._things[lowest.bit_length() - 1]
            met ^= lowest


def _one_of(characters: Iterable[str]) -> str:
    listed = "".join(sorted(set(characters)))
    return f"[{re.escape(listed)}]" if listed else "(?!)"


@cache  # a rule stands in several indexes
def kernels(pattern: str) -> Words:
    """The rarest two characters, or the one, of each word of which every match of `pattern` holds one.

    The empty word where there is no such word.

    >>> sorted(kernels("[^。]{0,40}(?:版权声明:?|转载)请?.*")), sorted(kernels(".*"))
    (['版权', '转载'], [''])
    """
    return NOTHING if EITHER_CASE.search(pattern) else frozenset(map(_rarest, _held(_parser.parse(pattern))))


@cache
def _rarest(word: str) -> str:
    return max((word[at : at + 2] for at in range(max(1, len(word) - 1))), key=surprise)


def _held(tree: Sequence[Part]) -> Words:
    """Words of which one is in whatever a sequence matches: the best of what its parts spell or hold."""
    found, run = [NOTHING], NOTHING
    for part in tree:
        spelled = _spelled(part)
        longer = _joined([run, spelled]) if spelled else None
        if longer:
            run = longer
        else:
            found += (run, _inside(part))
            run = spelled or NOTHING
    return max((*found, run), key=_worth)


def _worth(words: Words) -> float:
    """The rarer the words are, the more; where one of them is empty, the least."""
    return -fsum(exp2(-surprise(_rarest(word))) for word in words)


def _inside(part: Part) -> Words:
    """Words of which one is in whatever one part matches."""
    kind, content = part
    if kind is sre.BRANCH:
        return frozenset().union(*map(_held, content[1]))
    if kind in GROUPS:
        return _held(content[GROUPS[kind]])
    if kind is sre.ASSERT:
        return _held(content[1])
    return _held(content[2]) if kind in REPEATS and content[0] else NOTHING


def _spelled(part: Part) -> Words | None:
    """All that one part matches, None where that is too much."""
    kind, content = part
    if kind is sre.LITERAL:
        return frozenset(chr(content))
    if kind is sre.IN:
        listed = all(one is sre.LITERAL for one, _ in content) and len(content) <= MOST
        return frozenset(chr(code) for _, code in content) if listed else None
    if kind is sre.BRANCH:
        branches = [_sequence(branch) for branch in content[1]]
        return None if None in branches else _few(word for words in branches for word in words or ())
    if kind in GROUPS:
        return _sequence(content[GROUPS[kind]])
    if kind in REPEATS and content[1] == 1:
        once = _sequence(content[2])
        return once and once | (NOTHING if content[0] == 0 else frozenset())
    return NOTHING if kind in (sre.AT, sre.ASSERT_NOT) else None


def _sequence(tree: Sequence[Part]) -> Words | None:
    """All that a sequence matches."""
    parts = [_spelled(part) for part in tree]
    return None if None in parts else _joined([part for part in parts if part])


def _joined(parts: Sequence[Words]) -> Words | None:
    return _few("".join(words) for words in product(*parts))


def _few(words: Iterable[str]) -> Words | None:
    found = frozenset(words)
    return found if len(found) <= MOST else None
