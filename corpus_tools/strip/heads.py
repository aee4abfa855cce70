"""The line where an essay begins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus_tools.strip.lines import Line


class Head(NamedTuple):
    """Where an essay begins and how its heading runs; letterhead above the heading belongs to the essay."""

    line: int  # place in the list of lines
    start: int  # place in the text
    end: int  # end of the heading, `title` where there is none
    kind: str  # part, named (a title that counts), title, annex, opening, post
    number: int  # as counted, 0 where the essays are not
    title: int  # where the heading begins
    last: int  # the heading's last line


def titled_head(lines: Sequence[Line], i: int, kind: str = "title", number: int = 0) -> Head:
    """The head of an essay whose heading is line `i`."""
    return Head(i, lines[i].start, lines[i].end, kind, number, lines[i].start, i)


def untitled_head(lines: Sequence[Line], i: int, kind: str = "opening") -> Head:
    """The head of an essay that begins with its text at line `i`."""
    return Head(i, lines[i].start, lines[i].start, kind, 0, lines[i].start, i)
