"""Two texts laid side by side: where they agree, in order.

Runs of characters that both have only once are the anchors; the gaps between them are small enough for difflib.
"""

from __future__ import annotations

from bisect import bisect_left
from difflib import SequenceMatcher
from typing import NamedTuple

ANCHOR = 8
# difflib takes the square of a gap; where two long stretches have no anchor in common they are simply different
MOST_CELLS = 4_000_000


class Match(NamedTuple):
    """`a[a:a + size]` is `b[b:b + size]`."""

    a: int
    b: int
    size: int


def align(a: str, b: str) -> list[Match]:
    """The stretches in which two strings agree, in order and apart."""
    matches: list[Match] = []
    at_a = at_b = 0
    for i, j in [*_anchors(a, b), (len(a), len(b))]:
        if i < at_a or j < at_b:
            continue
        matches += _between(a, b, at_a, i, at_b, j)
        size = 0
        while i + size < len(a) and j + size < len(b) and a[i + size] == b[j + size]:
            size += 1
        if size:
            matches.append(Match(i, j, size))
        at_a, at_b = i + size, j + size
    return _joined(matches)


def _anchors(a: str, b: str) -> list[tuple[int, int]]:
    """Places of runs that stand once in each, the most of them that are in order in both."""
    once_a, once_b = _once(a), _once(b)
    pairs = sorted((i, once_b[run]) for run, i in once_a.items() if run in once_b)
    ends: list[int] = []
    last: list[int] = []  # number of the pair that ends the best chain of each length
    before = [-1] * len(pairs)
    for n, (_, j) in enumerate(pairs):
        k = bisect_left(ends, j)
        before[n] = last[k - 1] if k else -1
        if k == len(ends):
            ends.append(j)
            last.append(n)
        else:
            ends[k], last[k] = j, n
    chain = []
    n = last[-1] if last else -1
    while n >= 0:
        chain.append(pairs[n])
        n = before[n]
    return chain[::-1]


def _once(text: str) -> dict[str, int]:
    places: dict[str, int] = {}
    for i in range(len(text) - ANCHOR + 1):
        run = text[i : i + ANCHOR]
        places[run] = -1 if run in places else i
    return {run: i for run, i in places.items() if i >= 0}


def _between(a: str, b: str, a_start: int, a_end: int, b_start: int, b_end: int) -> list[Match]:
    if a_start == a_end or b_start == b_end or (a_end - a_start) * (b_end - b_start) > MOST_CELLS:
        return []
    blocks = SequenceMatcher(None, a[a_start:a_end], b[b_start:b_end], autojunk=False).get_matching_blocks()
    return [Match(a_start + block.a, b_start + block.b, block.size) for block in blocks if block.size]


def _joined(matches: list[Match]) -> list[Match]:
    joined: list[Match] = []
    for match in matches:
        if joined and joined[-1].a + joined[-1].size == match.a and joined[-1].b + joined[-1].size == match.b:
            joined[-1] = joined[-1]._replace(size=joined[-1].size + match.size)
        else:
            joined.append(match)
    return joined
