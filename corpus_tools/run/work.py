"""What one worker does: the pages of one file, or of one part of a large one, in order, each within its time."""

from __future__ import annotations

import math
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from types import FrameType

from corpus_tools.config import Config
from corpus_tools.pipeline import Outcome, TooSlow, bytes_of, failure, process_page
from corpus_tools.read import Input, Reading, read_input

# Files that hold many pages. Reading one again for each part costs little beside working on its pages.
MANY_PAGES = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".parquet", ".zip"})
PART_BYTES = 4_000_000  # about a thousand pages: a minute of work


@dataclass(frozen=True, slots=True)
class Task:
    """Part `part` of `parts` of a file, without the first `skip` pages of that part."""

    item: Input
    part: int = 0
    parts: int = 1
    skip: int = 0
    repeats: dict[str, str] = field(default_factory=dict)  # lines that go as they repeat across its folder, and why

    @property
    def last(self) -> bool:
        return self.part == self.parts - 1


def tasks_of(item: Input, first: int = 0, repeats: dict[str, str] | None = None) -> Iterator[Task]:
    """A file as one task, a large file of many pages as several, from part `first` on."""
    parts = 1
    if item.path.suffix.lower() in MANY_PAGES:
        parts = max(1, math.ceil(item.path.stat().st_size / PART_BYTES))
    for part in range(first, parts):
        yield Task(item, part, parts, repeats=repeats or {})


def ignore(doc: str) -> None:
    """Nobody is told which page is begun."""


class Worker:
    """Does tasks one after the other; keeps the file last read, since the parts of one often follow each other."""

    def __init__(self, config: Config) -> None:
        self._config = config
        self._item: Input | None = None
        self._reading = Reading(())
        self._data: bytes | None = None

    def work(self, task: Task, begin: Callable[[str], None] = ignore) -> Iterator[Outcome]:
        """What the task gave, page by page; `begin` is told each page's doc before work on it begins."""
        seconds = self._config.run.page_seconds
        try:
            with time_limit(seconds):
                self._read(task.item)
        except Exception as error:
            yield failure(task.item.doc, error)
            return
        if task.part == 0 and not task.skip:
            yield from self._reading.failures
        pages = self._reading.pages
        first = len(pages) * task.part // task.parts + task.skip
        for page in pages[first : len(pages) * (task.part + 1) // task.parts]:
            begin(page.source.doc)
            try:
                with time_limit(seconds):
                    outcome = process_page(page, self._data, self._config, task.repeats)
            except TooSlow as error:  # raised between two steps, where process_page did not catch it
                outcome = failure(page.source.doc, error)
            yield outcome

    def _read(self, item: Input) -> None:
        if item == self._item:
            return
        self._item = None
        self._reading = read_input(item, self._config.read)
        self._data = bytes_of(item)
        self._item = item


@contextmanager
def time_limit(seconds: int) -> Iterator[None]:
    """Raises TooSlow in what stands inside when the time is over; 0 is no limit.

    Needs the main thread of a POSIX process. Elsewhere there is no limit here; with several workers the process that
    started them still ends one that is stuck.
    """
    if not seconds or not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooSlow(f"took longer than {seconds} seconds. Raise page_seconds in [run], or leave this page out.")

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
