"""The boilerplate rules as they stand in `lexicon/boilerplate.toml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from corpus_tools.errors import ConfigError
from corpus_tools.lexicon import table
from corpus_tools.records import BOILERPLATE_KINDS

PLACES = frozenset({"head", "tail", "opening", "anywhere"})
SCOPES = frozenset({"line", "inside"})


@dataclass(frozen=True, slots=True)
class Rule:
    """What a run of boilerplate looks like, where it may stand, and why it goes."""

    name: str
    kind: str
    place: str
    scope: str
    pattern: re.Pattern[str]
    reason: str
    example: str
    unless: re.Pattern[str] | None = None
    max_chars: int = 200
    header: bool = False  # short lines below it, to the end of the page, go with it

    def takes(self, line: str) -> bool:
        """Whether a whole folded line is of this kind."""
        if len(line) > self.max_chars or not self.pattern.fullmatch(line):
            return False
        return self.unless is None or not self.unless.search(line)


@cache
def rules(scope: str) -> tuple[Rule, ...]:
    """The rules for whole lines (`line`) or for runs inside a line (`inside`), in file order."""
    return tuple(rule for rule in map(_rule, table("boilerplate.toml")["rule"]) if rule.scope == scope)


def _rule(row: dict[str, Any]) -> Rule:
    if row["kind"] not in BOILERPLATE_KINDS or row["place"] not in PLACES or row["scope"] not in SCOPES:
        raise ConfigError(f"boilerplate.toml: rule {row['name']!r} has an unknown kind, place or scope.")
    return Rule(
        name=row["name"],
        kind=row["kind"],
        place=row["place"],
        scope=row["scope"],
        pattern=re.compile(row["pattern"]),
        reason=row["reason"],
        example=row["example"],
        unless=re.compile(row["unless"]) if "unless" in row else None,
        max_chars=row.get("max", 200),
        header=row.get("header", False),
    )
