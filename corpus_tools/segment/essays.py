"""Where each essay of a page begins and ends."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from corpus_tools.strip.essay_heads import Head, bare_title, essay_heads, is_title_like
from corpus_tools.strip.lines import Line, folded

MIN_PREFACE = 300  # shorter text above the first numbered essay is the page's, not an essay of its own


class Stretch(NamedTuple):
    """One essay's lines: where it starts, its heading, where its body starts."""

    start: int
    end: int
    heading: str
    body: int  # position of the first character after heading, repeated heading and run-in title
    first: int  # first line of the body
    last: int  # one past the last line
    run_in: bool  # the title runs into the text, so its headings may too


def stretches(text: str, lines: Sequence[Line]) -> list[Stretch]:
    """The essays of a page in order; one where the page shows no seams, none where it is blank."""
    if not lines:
        return []
    heads = essay_heads(lines)
    if len(heads) < 2:
        whole = not heads or _is_preface(lines, heads[0])
        return [_stretch(text, lines, _title_of_page(lines) if whole else heads[0], len(lines))]
    if _is_preface(lines, heads[0]):
        heads = [Head(0, lines[0].start, lines[0].start, "opening"), *heads]
    ends = [head.line for head in heads[1:]] + [len(lines)]
    return [_stretch(text, lines, head, end) for head, end in zip(heads, ends, strict=True)]


def _title_of_page(lines: Sequence[Line]) -> Head:
    """The head of a page that is one text: its first line, where that is a title."""
    titled = len(lines) > 1 and is_title_like(lines[0].text)
    return Head(0, lines[0].start, lines[0].end if titled else lines[0].start, "title")


def _is_preface(lines: Sequence[Line], first: Head) -> bool:
    """Whether the text above the first numbered heading is long enough to be an essay that has lost its heading."""
    return sum(len(line.text) for line in lines[: first.line]) >= MIN_PREFACE


def _stretch(text: str, lines: Sequence[Line], head: Head, last: int) -> Stretch:
    heading = text[head.start : head.end]
    first = head.line + 1 if heading else head.line
    title = bare_title(folded(heading))
    run_in = False
    body = lines[first].start if first < last else lines[last - 1].end
    if title:
        while first < last and bare_title(lines[first].text) == title:
            first += 1
        body = lines[first].start if first < last else lines[last - 1].end
        if first < last and lines[first].text.startswith(title) and len(lines[first].text) > len(title):
            body += len(title)
            run_in = True
    return Stretch(head.start, lines[last - 1].end, heading.lstrip("# *").rstrip("* "), body, first, last, run_in)
