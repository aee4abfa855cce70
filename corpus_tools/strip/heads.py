"""The line where an essay begins."""

from __future__ import annotations

from typing import NamedTuple


class Head(NamedTuple):
    """Where an essay begins and how its heading runs; letterhead above the heading belongs to the essay."""

    line: int  # place in the list of lines
    start: int  # place in the text
    end: int  # end of the heading, `title` where there is none
    kind: str  # part, title, annex, opening, post
    number: int  # as counted, 0 where the essays are not
    title: int  # where the heading begins
    last: int  # the heading's last line
