"""Work given to several processes, with the results in order."""

from __future__ import annotations

import ctypes
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")
# As glibc numbers them. What a block needs is freed after it; to give it back to the system each time takes a tenth of
# all time.
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD = -1, -3
KEPT, FROM_HEAP = 256 << 20, 32 << 20  # bytes; of the second, that is the most
AHEAD = 2  # items given out to each process ahead of the one waited for: few, so that what is done with is let go


class Workers(NamedTuple):
    """Processes, and how many."""

    pool: ProcessPoolExecutor
    number: int


@contextmanager
def processes(workers: int) -> Iterator[Workers | None]:
    """Processes for all of the work, started while this one is still small; None where it works alone."""
    if workers == 1:
        yield None
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(workers, initializer=_get_ready) as pool:
        pool.submit(abs, 0).result()
        yield Workers(pool, workers)


def in_turn(workers: Workers | None, work: Callable[[Item], Result], items: Iterable[Item]) -> Iterator[Result]:
    """The results in the order of the items, a few of which are under way at a time."""
    if workers is None:
        yield from map(work, items)
        return
    waiting: deque[Future[Result]] = deque()
    for item in items:
        waiting.append(workers.pool.submit(work, item))
        del item
        if len(waiting) > AHEAD * workers.number:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _get_ready() -> None:
    """Settle in a process that has nothing else to do.

    What numba asks of scipy, whether there is linear algebra, takes a third of its start and is not needed here.
    """
    sys.modules.setdefault("scipy", None)  # type: ignore[arg-type]
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError, TypeError):
        return
    if mallopt(M_MMAP_THRESHOLD, FROM_HEAP):
        mallopt(M_TRIM_THRESHOLD, KEPT)
