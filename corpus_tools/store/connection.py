"""Opening corpus.db: what may be wrong with the file, said in one line, and bringing an older version up to date."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from urllib.parse import quote

from corpus_tools.errors import DatabaseError

# "cptl": tells our databases from those of other programs (`file corpus.db` shows it).
APPLICATION_ID = 0x6370746C
SQLITE_HEADER = b"SQLite format 3\x00"
MIGRATION_NAME = re.compile(r"(\d{3})_\w+\.sql")  # 002_page_language.sql
BUSY_SECONDS = 10.0  # a run's longest transaction, storing the copies of a large corpus, takes a few seconds
IN_MEMORY = Path(":memory:")


def migrations() -> tuple[str, ...]:
    """The SQL that leads from version 1 to 2, from 2 to 3, and so on."""
    folder = files(__package__).joinpath("migrations")
    scripts = sorted((entry.name, entry) for entry in folder.iterdir() if MIGRATION_NAME.fullmatch(entry.name))
    return tuple(entry.read_text(encoding="utf-8") for _, entry in scripts)


def open_connection(path: Path, *, create: bool = False, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """A connection to our database at `path`, brought to the newest version; a new one where `create` allows.

    A file or folder that may only be read is opened for reading. Raises DatabaseError.
    """
    fresh = _must_be_made(path, create)
    with explained(path):
        connection = _connect(path, fresh, busy_seconds)
    try:
        with explained(path):
            connection.execute("PRAGMA foreign_keys = ON")
            _prepare(connection, path, fresh, migrations())
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns SQLite's errors into a DatabaseError that says what to do."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise DatabaseError(_advice(path, error)) from error


def _advice(path: Path, error: sqlite3.DatabaseError) -> str:
    said = str(error)
    if "locked" in said or "busy" in said:
        return f"{path} is locked: another program is writing to it. Wait until that has finished, then try again."
    if said == "UNIQUE constraint failed: documents.doc":
        return f"{path} holds another page of this name. Rename one of the two files."
    if "readonly" in said or "read-only" in said:
        return f"{path} may only be read. Allow writing to the file and its folder, or name another one with --db."
    if "malformed" in said or "not a database" in said:
        return f"{path} is damaged ({said}). Delete it and run again: all but reviews can be made anew."
    if "disk is full" in said:
        return f"{path}: the disk is full. Make room and run again; pages already stored are kept."
    if "unable to open" in said:
        return f"{path} cannot be opened. Check that the folder exists and that you may write to it."
    return f"{path}: {said}"


def _must_be_made(path: Path, create: bool) -> bool:
    """Whether the database is still to be made; raises DatabaseError where it can be neither opened nor made."""
    if path == IN_MEMORY:
        return True
    if path.is_dir():
        raise DatabaseError(f"{path} is a folder. Name a file in it, such as {path / 'corpus.db'}.")
    if path.exists() and (path.stat().st_size or not create):
        try:
            with path.open("rb") as file:
                header = file.read(len(SQLITE_HEADER))
        except OSError as error:
            raise DatabaseError(f"{path} cannot be read: {error.strerror}. Check its permissions.") from error
        if header != SQLITE_HEADER:
            raise DatabaseError(_foreign(path))
        return False
    if not create:
        raise DatabaseError(f"{path}: there is no such database. Make it with: corpus-tools run INPUT --db {path}")
    if not path.absolute().parent.is_dir():
        raise DatabaseError(f"{path}: the folder {path.parent} does not exist. Make it first, or name another file.")
    return True


def _foreign(path: Path) -> str:
    return f"{path} was not made by corpus-tools. Name another file with --db; this one is left as it is."


def _connect(path: Path, fresh: bool, busy_seconds: float) -> sqlite3.Connection:
    if path == IN_MEMORY:
        return sqlite3.connect(":memory:", isolation_level=None)
    mode = "rwc" if fresh else "rw"
    if not fresh and not (os.access(path, os.W_OK) and os.access(path.absolute().parent, os.W_OK)):
        # SQLite cannot lay its lock files beside a database in a folder that may only be read. Nobody else can write
        # there either, unless a log of theirs lies beside it.
        mode = "ro" if Path(f"{path}-wal").exists() else "ro&immutable=1"
    address = f"file:{quote(str(path.absolute()))}?mode={mode}"
    return sqlite3.connect(address, uri=True, timeout=busy_seconds, isolation_level=None)


def _prepare(connection: sqlite3.Connection, path: Path, fresh: bool, steps: Sequence[str]) -> None:
    """Makes the tables of a fresh database or brings an older one up; DatabaseError for one that is not ours."""
    newest = 1 + len(steps)
    application, version = _identity(connection)
    if fresh and version == 0 and not _tables(connection):
        schema = files(__package__).joinpath("schema.sql").read_text(encoding="utf-8")
        _apply(connection, [schema, f"PRAGMA application_id = {APPLICATION_ID};"], newest)
        return
    if application != APPLICATION_ID:
        raise DatabaseError(_foreign(path))
    if version > newest:
        raise DatabaseError(
            f"{path} was made by a newer corpus-tools (version {version} of its tables; this one knows {newest}). "
            "Update with: pip install --upgrade corpus-tools"
        )
    if version < newest:
        _apply(connection, steps[version - 1 :], newest)


def _identity(connection: sqlite3.Connection) -> tuple[int, int]:
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    return application, version


def _tables(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])


def _apply(connection: sqlite3.Connection, scripts: Sequence[str], version: int) -> None:
    """All scripts and the new version number, or nothing."""
    body = "\n".join(scripts)
    try:
        connection.executescript(f"BEGIN IMMEDIATE;\n{body}\nPRAGMA user_version = {version};\nCOMMIT;")
    except sqlite3.Error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
