"""Where each essay of a page begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus_tools.strip.essay_heads import essay_heads
from corpus_tools.strip.heads import Head, titled_head, untitled_head
from corpus_tools.strip.lines import Line, folded
from corpus_tools.strip.seams import Seam
from corpus_tools.strip.title_words import ITEM, bare_line, bare_title, has_genre, is_title_like

TOP_LINES = 5  # the title of a document stands among its first lines, below letterhead and number
MAX_HEADING = 40
MIN_LOST = 60  # where the count begins at 2, what stands above is the first essay
MIN_PREFACE = 300  # shorter text above the first numbered essay is the page's, not an essay of its own
# an item, or a subtitle: ——在全市教研会上的发言
NO_TITLE = re.compile(rf"{ITEM.pattern}|[—–-]{{2}}")

# 2024年支教补贴办法: the title that runs into the text does not say it again
YEAR = re.compile(r"(?:\d{4}|20[xX_]{2})(?:-\d{4})?(?:学年|年)度?(?=.{4})")


class Stretch(NamedTuple):
    """One essay's lines: where it starts, its heading, where its body starts."""

    start: int
    end: int
    heading: str
    body: int  # position of the first character after heading, repeated heading and run-in title
    first: int  # first line of the body
    last: int  # one past the last line
    run_in: bool  # the title runs into the text, so its headings may too


def stretches(text: str, lines: Sequence[Line], seams: Iterable[Seam] = ()) -> list[Stretch]:
    """The essays of a page in order; one where the page shows no seams, none where it is blank."""
    if not lines:
        return []
    heads = essay_heads(lines, seams)
    if len(heads) < 2:
        whole = not heads or _is_preface(lines, heads[0])
        only = _stretch(text, lines, _title_of_page(lines) if whole else heads[0], len(lines))
        return [only._replace(start=lines[0].start) if whole else only]
    if _is_preface(lines, heads[0]):
        heads = [untitled_head(lines, 0), *heads]
    ends = [head.line for head in heads[1:]] + [len(lines)]
    return [_stretch(text, lines, head, end) for head, end in zip(heads, ends, strict=True)]


def _title_of_page(lines: Sequence[Line]) -> Head:
    """The head of a page that is one text: its first line, or the title that stands below 附件 or the letterhead."""
    top = [i for i in range(min(TOP_LINES, len(lines) - 1)) if is_title_like(lines[i].text)]
    official = [i for i in top if has_genre(lines[i].text) and not NO_TITLE.match(lines[i].text)]
    at = official[0] if official and all(_is_heading(line.text) for line in lines[: official[0]]) else 0
    if at not in top or NO_TITLE.match(lines[at].text):
        return untitled_head(lines, at)
    return titled_head(lines, at)


def _is_heading(text: str) -> bool:
    return len(text) < MAX_HEADING and not text.endswith("。")


def _is_preface(lines: Sequence[Line], first: Head) -> bool:
    """Whether the text above the first numbered heading is long enough to be an essay that has lost its heading."""
    above = sum(len(line.text) for line in lines[: first.line])
    return above >= (MIN_LOST if first.number > 1 else MIN_PREFACE)


def _stretch(text: str, lines: Sequence[Line], head: Head, last: int) -> Stretch:
    heading = text[head.title : head.end]
    title = bare_title(folded(heading))
    first, body, run_in = _body(lines, head, title, last)
    bare = heading.lstrip("# *").rstrip("* ")
    return Stretch(head.start, lines[last - 1].end, bare, body, first, last, run_in)


def _body(lines: Sequence[Line], head: Head, title: str, last: int) -> tuple[int, int, bool]:
    """The line where an essay's body begins, the place in the text, and whether a title runs into it."""
    if head.end < lines[head.last].end:  # no heading, or one with text behind it: 【篇一】去年九月，…
        return head.last, head.end, False
    first = head.last + 1
    while first < last and bare_title(lines[first].text) == title:
        first += 1
    if first == last:
        return first, lines[last - 1].end, False
    line = lines[first]
    dated = YEAR.match(title)
    names = (bare_line(lines[first - 1].text), title, title[dated.end() if dated else 0 :])
    again = next((name for name in names if name and line.text.startswith(name)), "")
    run_in = 0 < len(again) < len(line.text)
    return first, line.start + len(again), run_in
