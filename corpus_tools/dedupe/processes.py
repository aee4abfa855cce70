"""Work given to several processes, with the results in order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")
UNDER_WAY = 4  # items given out ahead of the one waited for: few, so that what is done with is let go


@contextmanager
def processes(workers: int) -> Iterator[ProcessPoolExecutor | None]:
    """Processes for all of the work, started while this one is still small; None where it works alone."""
    if workers == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers) as pool:
        pool.submit(abs, 0).result()
        yield pool


def in_turn(
    pool: ProcessPoolExecutor | None, work: Callable[[Item], Result], items: Iterable[Item]
) -> Iterator[Result]:
    """The results in the order of the items, a few of which are under way at a time."""
    if pool is None:
        yield from map(work, items)
        return
    waiting: deque[Future[Result]] = deque()
    for item in items:
        waiting.append(pool.submit(work, item))
        del item
        if len(waiting) > UNDER_WAY:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()
