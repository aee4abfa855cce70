"""Word lists, site rules, fact patterns and places as data; each file states its source in its first lines.

Reading is the only code here. A file is read once and kept.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lines(name: str) -> tuple[str, ...]:
    """The entries of a plain list, in file order, without comments (#) and blank lines."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    entries = (line.split("#", 1)[0].strip() for line in text.splitlines())
    return tuple(entry for entry in entries if entry)


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file as a dictionary; treat it as read-only."""
    return tomllib.loads(files(__name__).joinpath(name).read_text(encoding="utf-8"))


@cache
def words(name: str, *keys: str) -> tuple[str, ...]:
    """One list of words of a TOML file, found below `keys`, as `str.endswith` and `in` take it."""
    found: Any = table(name)
    for key in keys:
        found = found[key]
    return tuple(found)
