"""A text as its lines, in a form that rules can be written for once.

Rules are written in simplified characters with half-width punctuation. The folded text has the same length as the text,
so a place found in one is the place in the other.
"""

from __future__ import annotations

import re
from typing import NamedTuple

# Full-width forms, the odd spaces and the brackets of document numbers, each to one character: "（２）" -> "(2)".
FOLDS: dict[int, str] = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
FOLDS |= {ord(char): " " for char in "\u00a0\u2002\u2003\u2009\u3000\ufeff\u200b\t"}
FOLDS |= {ord("〔"): "[", ord("〕"): "]", ord("［"): "[", ord("］"): "]"}


class Line(NamedTuple):
    """A line that is not blank: its place in the text and its folded content, both without outer white space."""

    start: int
    end: int
    text: str


FREQUENT = "，：；（）！？％\u3000"
RARE = re.compile("[" + "".join(chr(code) for code in FOLDS if chr(code) not in FREQUENT) + "]")


def folded(text: str) -> str:
    """`text` with half-width punctuation and plain spaces, character for character."""
    # one by one, as a page has few of them: str.translate looks up each character, and takes ten times as long
    for char in (*FREQUENT, *sorted(set(RARE.findall(text)))):
        text = text.replace(char, FOLDS[ord(char)])
    return text


def lines_of(text: str) -> list[Line]:
    """The lines that hold more than white space, in order.

    >>> lines_of("标题\\n\\n  正文：一（二） \\n")
    [Line(start=0, end=2, text='标题'), Line(start=6, end=13, text='正文:一(二)')]
    """
    return lines_in(folded(text))


def lines_in(whole: str) -> list[Line]:
    """The lines of a text that is folded already."""
    found = []
    at = 0
    for raw in whole.split("\n"):
        bare = raw.strip()
        if bare:
            start = at + len(raw) - len(raw.lstrip())
            found.append(Line(start, start + len(bare), bare))
        at += len(raw) + 1
    return found
