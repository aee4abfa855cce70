"""Several processes that work side by side; what they give comes back in the order of the tasks.

Why not concurrent.futures: when one process dies (out of memory, a crash inside a library) a ProcessPoolExecutor gives
up all that was under way. Here only the page that killed it is lost, and it is known which one that was.
"""

from __future__ import annotations

import signal
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Literal, NamedTuple

from corpus_tools.config import Config
from corpus_tools.errors import ConfigError
from corpus_tools.pipeline import Outcome, PassingFailure
from corpus_tools.run.work import Task, Worker

# A page that does not heed the alarm (it is inside a library) is ended by force, this long after its time.
GRACE_SECONDS = 30
AHEAD = 8  # tasks for each process beyond the next one to be stored: enough that a slow page stops nobody


class Begun(NamedTuple):
    """Work on a page begins."""

    doc: str


READY: Literal["ready"] = "ready"  # the process has started and loaded what it needs
DONE: Literal["done"] = "done"  # with a task
Message = Begun | Outcome | Literal["ready", "done"]


def in_order(tasks: Iterable[Task], config: Config, workers: int) -> Iterator[tuple[Task, list[Outcome]]]:
    """Each task with what it gave, in the order of the tasks, whatever the number of processes."""
    if workers <= 1:
        worker = Worker(config)
        for task in tasks:
            yield task, list(worker.work(task))
        return
    with _Team(config, workers) as team:
        yield from team.results(tasks)


@dataclass(slots=True)
class _Member:
    """One process with the task it has in hand."""

    process: BaseProcess
    pipe: Connection
    ready: bool = False
    number: int | None = None
    task: Task | None = None
    page: str | None = None  # the doc of the page in hand
    pages: int = 0  # begun so far
    heard: float = field(default_factory=time.monotonic)


class _Team:
    def __init__(self, config: Config, workers: int) -> None:
        self._config = config
        self._context = get_context("spawn")  # fork copies threads and locks of the libraries half-way
        self._members = [self._start() for _ in range(workers)]
        self._outcomes: dict[int, list[Outcome]] = {}
        self._finished: set[int] = set()

    def __enter__(self) -> _Team:
        return self

    def __exit__(self, *error: object) -> None:
        for member in self._members:
            member.process.terminate()
        for member in self._members:
            member.process.join()
            member.pipe.close()

    def results(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, list[Outcome]]]:
        waiting = enumerate(tasks)
        given: dict[int, Task] = {}
        next_up = 0
        more = True
        while more or given:
            for member in self._members:
                if more and member.task is None and len(given) < AHEAD * len(self._members):
                    number, task = next(waiting, (-1, None))
                    more = task is not None
                    if task is not None:
                        given[number] = task
                        self._outcomes[number] = []
                        self._hand(member, number, task)
            self._listen()
            while next_up in self._finished:
                self._finished.discard(next_up)
                yield given.pop(next_up), self._outcomes.pop(next_up)
                next_up += 1

    def _start(self) -> _Member:
        here, there = self._context.Pipe()
        process = self._context.Process(target=_serve, args=(there, self._config), daemon=True)
        process.start()
        there.close()
        return _Member(process, here)

    def _hand(self, member: _Member, number: int, task: Task) -> None:
        member.number, member.task, member.page, member.pages = number, task, None, 0
        member.heard = time.monotonic()
        with suppress(OSError):  # it has just died; listening will tell
            member.pipe.send(task)

    def _listen(self) -> None:
        """Takes what has come in; replaces a process that has died or is stuck."""
        busy = {member.pipe: member for member in self._members if member.task is not None}
        if not busy:
            return
        for pipe in wait(list(busy), timeout=1.0):
            member = busy[pipe]  # type: ignore[index]
            try:
                self._take(member, member.pipe.recv())
            except (EOFError, OSError):
                self._replace(member, "the process that worked on it died; was there enough memory?")
        limit = self._config.run.page_seconds
        for member in self._members:
            if limit and member.task is not None and time.monotonic() - member.heard > limit + GRACE_SECONDS:
                member.process.kill()
                self._replace(member, f"took longer than {limit} seconds and had to be ended.")

    def _take(self, member: _Member, message: Message) -> None:
        assert member.number is not None
        member.heard = time.monotonic()
        if message == READY:
            member.ready = True
        elif isinstance(message, Begun):
            member.page, member.pages = message.doc, member.pages + 1
        elif message == DONE:
            self._finished.add(member.number)
            member.task = None
        else:
            self._outcomes[member.number].append(message)
            member.page = None

    def _replace(self, member: _Member, reason: str) -> None:
        """A new process in place of a dead one; it goes on behind the page that was in hand."""
        member.process.join()
        member.pipe.close()
        if not member.ready:
            raise ConfigError(
                'Worker processes cannot be started. In a script, call run() under `if __name__ == "__main__":`; '
                "anywhere, workers=1 does without them."
            )
        fresh = self._start()
        self._members[self._members.index(member)] = fresh
        task, number = member.task, member.number
        if task is None or number is None:
            return
        if member.page is not None or not member.pages:
            self._outcomes[number].append(PassingFailure(member.page or task.item.doc, reason))
        if member.pages:
            self._hand(fresh, number, replace(task, skip=task.skip + member.pages))
        else:  # it died while reading: it would die again
            self._finished.add(number)


def _serve(pipe: Connection, config: Config) -> None:
    """The life of a worker process: tasks in, outcomes out, until the pipe is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to all; the process that started this one sees to it
    worker = Worker(config)
    with suppress(EOFError, BrokenPipeError):
        pipe.send(READY)
        while True:
            task = pipe.recv()
            for outcome in worker.work(task, begin=lambda doc: pipe.send(Begun(doc))):
                pipe.send(outcome)
            pipe.send(DONE)
