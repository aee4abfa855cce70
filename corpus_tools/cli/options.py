"""Options that several commands share, and flags that follow from the fields of a settings dataclass."""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import Field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args, get_origin, get_type_hints

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from corpus_tools.config import Config
    from corpus_tools.records import Page
    from corpus_tools.store import Database

F = TypeVar("F", bound=Callable[..., Any])

database_option = click.option(
    "--db", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The database that `run` made."
)
input_argument = click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
config_option = click.option("--config", type=click.Path(path_type=Path), help="Settings as TOML; flags go before it.")


class Misuse(click.ClickException):
    """A path that cannot be meant: one line, exit status 2. click's UsageError would put the usage above it."""

    exit_code = 2


def options_from(settings: type, room: str = "", leave_out: frozenset[str] = frozenset()) -> Callable[[F], F]:
    """A decorator that gives a command one flag for each field of a settings dataclass.

    The value comes to the command under the field's name, or under `room__name` for `settings_of`.
    """
    hints = get_type_hints(settings)

    def decorate(command: F) -> F:
        for each in reversed(fields(settings)):
            if each.name not in leave_out:
                command = _option(each, hints[each.name], room)(command)
        return command

    return decorate


def room_options(*rooms: str) -> Callable[[F], F]:
    """A decorator that gives a command the flags of some rooms."""
    from corpus_tools.config import Config

    kinds = get_type_hints(Config)

    def decorate(command: F) -> F:
        for room in reversed(rooms):
            # how many processes look for copies is the command's own --workers
            command = options_from(kinds[room], room, leave_out=frozenset({"workers"}))(command)
        return command

    return decorate


def settings_of(ctx: click.Context, path: Path | None = None) -> Config:
    """The settings of the TOML file at `path`, with those given as flags in their place."""
    from corpus_tools.config import Config

    config = Config.from_toml(path) if path else Config()
    given: dict[str, dict[str, object]] = defaultdict(dict)
    for name, value in ctx.params.items():
        room, _, key = name.partition("__")
        if key and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            given[room][key] = value
    rooms: dict[str, Any] = {room: replace(getattr(config, room), **values) for room, values in given.items()}
    return replace(config, **rooms)


def open_database(path: Path) -> Database:
    """The database at `path`, which must exist."""
    from corpus_tools.store import Database

    return Database(path)


def pages_of(ctx: click.Context, path: Path, config: Config) -> Iterator[Page]:
    """The cleaned pages of one file, or of standard input for `-`; exit status 3 when rows of it cannot be read."""
    from corpus_tools.pipeline import clean_page
    from corpus_tools.read import find_inputs, read_bytes, read_input

    if str(path) == "-":
        reading = read_bytes(sys.stdin.buffer.read(), "-", config.read)
    else:
        if existing(path).is_dir():
            raise Misuse(f"{path} is a folder. Name one file, or read a whole folder with `corpus-tools run`.")
        reading = read_input(find_inputs([path], config.read)[0], config.read)
    for page in reading.pages:
        yield clean_page(page, config)
    for failure in reading.failures:
        click.echo(f"{failure.doc}: {failure.reason.removeprefix(failure.doc + ' ')}", err=True)
    if reading.failures:
        ctx.exit(3)


def existing(path: Path) -> Path:
    """`path`, or misuse where nothing is there."""
    if not path.exists():
        raise Misuse(f"{path}: there is no such file or folder. Check the path; `-` reads standard input.")
    return path


def print_json(record: dict[str, Any]) -> None:
    """One record as one line of JSON on stdout."""
    sys.stdout.write(json.dumps(record, ensure_ascii=False) + "\n")


def _option(each: Field[Any], kind: object, room: str) -> Callable[[F], F]:
    name = each.name.replace("_", "-")
    flag = f"--{name}/--no-{name}" if kind is bool else f"--{name}"
    choices = click.Choice(get_args(kind)) if get_origin(kind) is Literal else None
    return click.option(
        flag,
        f"{room}__{each.name}" if room else each.name,
        type=choices,
        multiple=get_origin(kind) is tuple,
        default=each.default,
        show_default=True,
        help=each.metadata["help"],
    )
