"""A run on this machine: scraped files in, a database that is up to date out.

What is done already is not done again: a file is known by the SHA-256 of its bytes and a digest of all that decides
what it becomes. Pages are stored in the order of their docs, so the database is the same for any number of workers.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from corpus_tools.config import Config
from corpus_tools.dedupe import find_duplicates
from corpus_tools.dedupe.search import Compared
from corpus_tools.errors import ConfigError, DatabaseError
from corpus_tools.pipeline import Outcome, PageResult, PassingFailure
from corpus_tools.read import find_inputs
from corpus_tools.records import Failure
from corpus_tools.run.plan import File, Plan, Progress, Stage, plan_of, unsettled
from corpus_tools.run.processes import in_order
from corpus_tools.run.work import Task, tasks_of
from corpus_tools.store import Database


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run found and did; counts are of the whole database afterwards."""

    inputs: int  # files given
    unchanged: int  # of them, that were stored already
    removed: int  # stored files that have vanished below the folders given
    pages: int
    essays: int
    unique_essays: int
    clusters: int
    facts: int
    evidence: int  # facts, those in copies of one text counted once
    failures: tuple[Failure, ...]
    compared: bool  # whether copies were looked for anew
    orphaned: int = 0  # reviews whose text has changed or gone

    @property
    def did_nothing(self) -> bool:
        """Whether all was up to date."""
        return self.unchanged == self.inputs and not self.removed and not self.compared


def run(
    inputs: Sequence[str | Path],
    db: str | Path,
    config: Config | None = None,
    workers: int = 1,
    progress: Callable[[Progress], None] | None = None,
) -> Summary:
    """Brings the database at `db` up to date with the files and folders in `inputs`; it is made where it is missing.

    A file or page that cannot be read is recorded as a failure and stops nobody. Stopped half-way, the next run goes on
    where this one stopped. With several workers, call it under `if __name__ == "__main__":`, since each is a fresh
    Python process. Raises ReadError where an input does not exist or nothing is there to read; ConfigError,
    DatabaseError.
    """
    if workers < 1:
        raise ConfigError(f"workers is at least 1, not {workers}.")
    config = config or Config()
    tell = progress or (lambda progress: None)
    found = find_inputs(inputs, config.read)
    with alone(Path(db)), Database(db, create=True) as database:
        plan = plan_of(database, found, inputs, config, tell)
        if plan.moved:
            with database.transaction():
                for item in plan.moved:
                    database.moved_input(item.doc, item.path)
        compare = bool(plan.work or plan.gone) or database.linked_with() != config.digest()
        if compare or unsettled(database, plan.given, config):
            with _noted(database, plan) as summarise:
                _store_new(database, plan, config, workers, tell)
                _compare(database, config, workers, tell)
                return summarise()
        return _summary(database, plan, compared=False)


def _store_new(database: Database, plan: Plan, config: Config, workers: int, tell: Callable[[Progress], None]) -> None:
    """Reads what is new and stores it; then anew those files of which other lines repeat now that all are known."""
    with database.transaction():
        database.remove_inputs(plan.gone)
    _store(database, plan.work, "reading", config, workers, tell)
    again = unsettled(database, plan.given, config)
    _store(database, again, "rereading", config, workers, tell)
    known = {file.item.doc for file in plan.work}
    plan.work.extend(file for file in again if file.item.doc not in known)


def _store(
    database: Database,
    work: Sequence[File],
    stage: Stage,
    config: Config,
    workers: int,
    tell: Callable[[Progress], None],
) -> None:
    """Reads files and stores them, each task's pages in one transaction."""
    files = {file.item.doc: file for file in work}
    tasks = (task for file in work for task in tasks_of(file.item, file.parts, file.repeats))
    done = 0
    for task, outcomes in in_order(tasks, config, workers if work else 1):
        _store_task(database, task, outcomes, files[task.item.doc])
        done += task.last
        tell(Progress(stage, done, len(work), task.item.doc))


class _Refused(Exception):
    """A page that the database does not take."""

    def __init__(self, page: PageResult, reason: Exception) -> None:
        self.page = page
        self.failure = Failure(page.page.source.doc, f"could not be stored: {reason}")


def _store_task(database: Database, task: Task, outcomes: list[Outcome], file: File) -> None:
    """Stores what a task gave in one transaction, a page that the database does not take as a failure."""
    while True:
        try:
            with database.transaction():
                if task.part == 0:
                    file.number = database.begin_input(
                        file.item.doc, file.item.path, file.sha256, file.settings, file.repeats
                    )
                for outcome in outcomes:
                    if isinstance(outcome, PageResult):
                        _store_page(database, file.number, outcome)
                for failure in _failures(outcomes):
                    database.add_failure(file.number, failure)
                file.sound &= not any(isinstance(failure, PassingFailure) for failure in _failures(outcomes))
                database.mark_input(file.number, (task.part + 1) * file.sound, done=task.last and file.sound)
            return
        except _Refused as refused:
            outcomes = [refused.failure if outcome is refused.page else outcome for outcome in outcomes]


def _failures(outcomes: Iterable[Outcome]) -> Iterator[Failure]:
    for outcome in outcomes:
        failure = outcome.failure if isinstance(outcome, PageResult) else outcome
        if failure is not None:
            yield failure


def _store_page(database: Database, number: int, result: PageResult) -> None:
    try:
        database.add_page(number, result.page, result.essays, result.facts, result.byte_spans)
    except (DatabaseError, ValueError, KeyError, OverflowError) as error:
        if isinstance(error, DatabaseError) and not isinstance(error.__cause__, sqlite3.IntegrityError):
            raise  # a full disk is no fault of the page
        raise _Refused(result, error) from error


def _compare(database: Database, config: Config, workers: int, tell: Callable[[Progress], None]) -> None:
    """Looks for copies and groups the facts: where few essays have changed, of those alone; else among all of them."""
    settings, dedupe = config.digest(), replace(config.dedupe, workers=max(workers, config.dedupe.workers))
    if database.few_changed(settings):
        with database.transaction():
            database.relink(dedupe, settings)
        return
    rows, texts = database.essay_texts()

    def keep(compared: Compared) -> None:
        with database.transaction():
            database.keep_index(rows, compared, dedupe)

    tell(Progress("comparing", 0, len(texts)))
    duplicates = find_duplicates(texts, dedupe, keep)
    with database.transaction():
        database.link(rows, duplicates, settings)
    tell(Progress("comparing", len(texts), len(texts)))


@contextmanager
def _noted(database: Database, plan: Plan) -> Iterator[Callable[[], Summary]]:
    """Keeps a note of the run in the database, and its changes in a log until it has ended."""
    database.write_ahead(True)
    try:
        with database.transaction():
            number = database.begin_run()

        def summarise() -> Summary:
            summary = _summary(database, plan, compared=True)
            with database.transaction():
                database.finish_run(number, json.dumps({**asdict(summary), "failures": len(summary.failures)}))
            return summary

        yield summarise
    finally:
        with suppress(DatabaseError):  # somebody is reading: the log stays until the next run
            database.write_ahead(False)


def _summary(database: Database, plan: Plan, *, compared: bool) -> Summary:
    counts = database.counts()
    return Summary(
        inputs=len(plan.given),
        unchanged=len(plan.given) - len(plan.work),
        removed=len(plan.gone),
        pages=counts.pages,
        essays=counts.essays,
        unique_essays=counts.unique_essays,
        clusters=counts.clusters,
        facts=counts.facts,
        evidence=counts.evidence,
        failures=tuple(database.failures()),
        compared=compared,
        orphaned=sum(1 for _ in database.reviews(state="orphaned")),
    )


@contextmanager
def alone(db: Path) -> Iterator[None]:
    """Keeps a second run from writing to the same database; the system lets go when this process ends, however it does.

    Beside the database and not on it: closing a second handle of the file would drop SQLite's own locks.
    """
    try:
        import fcntl
    except ImportError:  # Windows: SQLite's locks alone
        yield
        return
    beside = db.with_name(db.name + ".lock")
    try:
        file = beside.open("w")
    except OSError:  # the folder may only be read or is not there: opening the database says so
        yield
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise DatabaseError(f"{db} is locked: another run is writing to it. Wait until it has finished.") from None
        try:
            yield
        finally:
            beside.unlink(missing_ok=True)
