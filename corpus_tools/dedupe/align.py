"""Where two copies of a text agree, character for character and in order.

Runs of letters that stand once in each text and in the same order are anchors, long ones first; only what is left
between two anchors is compared in detail. So the work grows with the length of the texts, not with its square. Text
that was moved elsewhere is missing in one place and extra in the other.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from typing import NamedTuple

from corpus_tools.dedupe.fold import fold_with_places

# Letters of an anchor, and how long a gap may be on either side for anchors of this length to mean anything: in long
# texts that have nothing to do with each other six letters meet by chance.
ANCHORS = ((12, None), (6, 3_000))
CLOSE_LOOK = 300  # letters on either side of a gap that is compared letter by letter
MIN_ALIKE = 0.3  # of the shorter side of such a gap; below it the two say different things
MIN_RUN = 2  # one letter (的, 不) that two different clauses have in common aligns nothing


class Block(NamedTuple):
    """A run that stands in both texts: `a[a:a + size] == b[b:b + size]`."""

    a: int
    b: int
    size: int


class Gap(NamedTuple):
    """What stands between two blocks, at least one side not empty."""

    a_start: int
    a_end: int
    b_start: int
    b_end: int


def align(a: str, b: str) -> tuple[Block, ...]:
    """The runs in which the two agree, in order, none crossing another.

    Script, width, punctuation and spaces are set aside when anchors are looked for; in a block all of it agrees.

    >>> align("交流期限为三年。", "交流期限为2年。")
    (Block(a=0, b=0, size=5), Block(a=6, b=6, size=2))
    """
    if a == b:
        return (Block(0, 0, len(a)),) if a else ()
    letters_a, places_a = _letters(a)
    letters_b, places_b = _letters(b)
    blocks: list[Block] = []
    start_a = start_b = at_a = at_b = 0  # of the block that is growing, and where it ends
    for run in _runs(letters_a, letters_b, Gap(0, len(letters_a), 0, len(letters_b)), 0):
        for i, j in zip(places_a[run.a : run.a + run.size], places_b[run.b : run.b + run.size], strict=True):
            if i < at_a or j < at_b or a[i] != b[j]:
                continue
            if i > at_a or j > at_b:
                blocks.append(Block(start_a, start_b, at_a - start_a))
                blocks += _ends(a, b, Gap(at_a, i, at_b, j))
                start_a, start_b = i, j
            at_a, at_b = i + 1, j + 1
    blocks.append(Block(start_a, start_b, at_a - start_a))
    blocks += _ends(a, b, Gap(at_a, len(a), at_b, len(b)))
    return _joined(blocks)


def gaps(blocks: Sequence[Block], a: str, b: str) -> Iterator[Gap]:
    """What stands between the blocks of `align(a, b)`, before the first and after the last."""
    at_a = at_b = 0
    for block in (*blocks, Block(len(a), len(b), 0)):
        if block.a > at_a or block.b > at_b:
            yield Gap(at_a, block.a, at_b, block.b)
        at_a, at_b = block.a + block.size, block.b + block.size


@lru_cache(4)  # the base is held against one witness after the other
def _letters(text: str) -> tuple[str, list[int]]:
    """The text without script, width, case, punctuation and spaces, and the place of each letter."""
    codes, places = fold_with_places(text)
    return codes.tobytes().decode("utf-32-le", "surrogatepass"), places.tolist()


def _runs(a: str, b: str, gap: Gap, level: int) -> Iterator[Block]:
    """Runs of letters in which the two sides of a gap agree, in order."""
    same = _same_start(a, b, gap)
    if same:
        yield Block(gap.a_start, gap.b_start, same)
    gap = gap._replace(a_start=gap.a_start + same, b_start=gap.b_start + same)
    tail = _same_end(a, b, gap)
    gap = gap._replace(a_end=gap.a_end - tail, b_end=gap.b_end - tail)
    if gap.a_start < gap.a_end and gap.b_start < gap.b_end:
        yield from _inner(a, b, gap, level)
    if tail:
        yield Block(gap.a_end, gap.b_end, tail)


def _inner(a: str, b: str, gap: Gap, level: int) -> Iterator[Block]:
    """Runs inside a gap whose two sides begin and end differently."""
    longer = max(gap.a_end - gap.a_start, gap.b_end - gap.b_start)
    if level == len(ANCHORS):
        if longer <= CLOSE_LOOK:
            yield from _closely(a, b, gap)
        return
    size, limit = ANCHORS[level]
    if limit is not None and longer > limit:
        return
    at_a, at_b = gap.a_start, gap.b_start
    for run in _anchors(a, b, gap, size):
        yield from _runs(a, b, Gap(at_a, run.a, at_b, run.b), level + 1)
        yield run
        at_a, at_b = run.a + run.size, run.b + run.size
    yield from _runs(a, b, Gap(at_a, gap.a_end, at_b, gap.b_end), level + 1)


def _anchors(a: str, b: str, gap: Gap, size: int) -> Iterator[Block]:
    """Runs of grams that stand once on each side of the gap, the longest chain of them that keeps their order."""
    once_a = _once(a, gap.a_start, gap.a_end, size)
    once_b = _once(b, gap.b_start, gap.b_end, size)
    run: Block | None = None
    for i, j in _longest_rising([(i, once_b[gram]) for gram, i in once_a.items() if gram in once_b]):
        if run is None:
            run = Block(i, j, size)
        elif i - run.a == j - run.b and i <= run.a + run.size:
            run = run._replace(size=i - run.a + size)
        else:
            # a gram that begins inside the run before it, on one side: only what goes beyond that run
            skip = max(0, run.a + run.size - i, run.b + run.size - j)
            if skip < size:
                yield run
                run = Block(i + skip, j + skip, size - skip)
    if run:
        yield run


def _once(text: str, low: int, high: int, size: int) -> dict[str, int]:
    """The grams that stand once in `text[low:high]`, in order, with their place."""
    places: dict[str, int] = {}
    for i in range(low, high - size + 1):
        gram = text[i : i + size]
        places[gram] = -1 if gram in places else i
    return {gram: i for gram, i in places.items() if i >= 0}


def _longest_rising(points: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest of the chains in which both numbers rise; `points` come in order of the first."""
    ends: list[int] = []  # for each length the smallest second number a chain of it ends in
    last: list[int] = []  # and the point it ends with
    before: list[int] = []
    for number, (_, j) in enumerate(points):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(j)
            last.append(number)
        else:
            ends[length], last[length] = j, number
    chain: list[tuple[int, int]] = []
    at = last[-1] if last else -1
    while at >= 0:
        chain.append(points[at])
        at = before[at]
    return chain[::-1]


def _closely(a: str, b: str, gap: Gap) -> Iterator[Block]:
    """Runs of a short gap, none where the two sides have too little in common."""
    left, right = a[gap.a_start : gap.a_end], b[gap.b_start : gap.b_end]
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    found = [block for block in matcher.get_matching_blocks() if block.size >= MIN_RUN]
    if sum(block.size for block in found) >= MIN_ALIKE * min(len(left), len(right)):
        yield from (Block(gap.a_start + x, gap.b_start + y, size) for x, y, size in found)


def _ends(a: str, b: str, gap: Gap) -> Iterator[Block]:
    """What a gap has in common at its two ends: mostly punctuation and spaces, which anchors leave out."""
    same = _same_start(a, b, gap)
    if same:
        yield Block(gap.a_start, gap.b_start, same)
    tail = _same_end(a, b, gap._replace(a_start=gap.a_start + same, b_start=gap.b_start + same))
    if tail:
        yield Block(gap.a_end - tail, gap.b_end - tail, tail)


def _same_start(a: str, b: str, gap: Gap) -> int:
    longest = min(gap.a_end - gap.a_start, gap.b_end - gap.b_start)
    size = 0
    while size < longest and a[gap.a_start + size] == b[gap.b_start + size]:
        size += 1
    return size


def _same_end(a: str, b: str, gap: Gap) -> int:
    longest = min(gap.a_end - gap.a_start, gap.b_end - gap.b_start)
    size = 0
    while size < longest and a[gap.a_end - 1 - size] == b[gap.b_end - 1 - size]:
        size += 1
    return size


def _joined(blocks: Sequence[Block]) -> tuple[Block, ...]:
    joined: list[Block] = []
    for block in blocks:
        if not block.size:
            continue
        last = joined[-1] if joined else None
        if last and (last.a + last.size, last.b + last.size) == (block.a, block.b):
            joined[-1] = last._replace(size=last.size + block.size)
        else:
            joined.append(block)
    return tuple(joined)
