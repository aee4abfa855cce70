"""Options that several commands share, and flags that follow from the fields of a settings dataclass."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, get_type_hints

import click

if TYPE_CHECKING:
    from corpus_tools.records import Page
    from corpus_tools.store import Database

F = TypeVar("F", bound=Callable[..., Any])

database_option = click.option(
    "--db", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The database that `run` made."
)
input_argument = click.argument("file", type=click.Path(path_type=Path, allow_dash=True))


def options_from(config: type) -> Callable[[F], F]:
    """A decorator that gives a command one flag for each field of a settings dataclass that has a help text."""
    hints = get_type_hints(config)

    def decorate(command: F) -> F:
        for each in reversed(fields(config)):
            if "help" not in each.metadata:
                continue
            default = each.default if each.default is not MISSING else None
            flag = "--" + each.name.replace("_", "-")
            if hints[each.name] is bool:
                flag = f"{flag}/--no-{each.name.replace('_', '-')}"
            option = click.option(flag, default=default, show_default=True, help=each.metadata["help"])
            command = option(command)
        return command

    return decorate


def open_database(path: Path) -> Database:
    """The database at `path`, which must exist."""
    from corpus_tools.store import Database

    return Database(path)


def pages_of(path: Path) -> list[Page]:
    """The cleaned pages of one file, or of standard input for `-`."""
    from corpus_tools.config import Config
    from corpus_tools.pipeline import clean_page
    from corpus_tools.read import find_inputs, read_bytes, read_input

    config = Config()
    if str(path) == "-":
        reading = read_bytes(sys.stdin.buffer.read(), "-", config.read)
    else:
        reading = read_input(find_inputs([existing(path)], config.read)[0], config.read)
    for failure in reading.failures:
        click.echo(f"{failure.doc}: {failure.reason}", err=True)
    return [clean_page(page, config) for page in reading.pages]


def existing(path: Path) -> Path:
    """`path`, or misuse where nothing is there."""
    if str(path) != "-" and not path.exists():
        raise click.UsageError(f"{path}: there is no such file or folder. Check the path; `-` reads standard input.")
    return path


def print_json(record: dict[str, Any]) -> None:
    """One record as one line of JSON on stdout."""
    import json

    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")
