"""Where lines of the site stood between the author's lines: a text may end there and another begin.

A forum prints a line above each post (小雨 | 沙发 | 发表于 2020-7-14 22:02). It is the site's and goes, but it is all
that parts one post from the next, so the place is handed on.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from corpus_tools.lexicon import table
from corpus_tools.normalise import to_simplified
from corpus_tools.records import BOILERPLATE_KINDS, Page
from corpus_tools.strip.lines import Line, folded

TELLING = ("toc", "page_title", "intro_blurb")  # they name the essays, or say that there are several
MAX_POST_LINE = 120
CLOCK = re.compile(
    r"\d:\d\d|[钟鐘时時天月年]前|[布佈表复復覆答论論帖辑輯问問贴貼][于於]"
)  # without one of these no line tells of posting


class Seam(NamedTuple):
    """A place in the clean text where lines of the site were taken out."""

    at: int
    kind: str  # of the boilerplate; post where one of the lines headed a post
    said: tuple[
        str, ...
    ] = ()  # the lines of a list of contents, of the page's title or introduction, folded and simplified


class Seams(NamedTuple):
    """The lines above which something of the site stands or stood, and what was said there."""

    cut: frozenset[int]
    posts: frozenset[int]
    contents: tuple[str, ...]
    titles: tuple[str, ...]
    intros: tuple[str, ...] = ()


def seams_of(page: Page) -> tuple[Seam, ...]:
    """Where whole lines were stripped from a page, in order."""
    raw = page.text.raw
    found = []
    for edit in page.text.edits:
        if edit.kind not in BOILERPLATE_KINDS or not _begins_line(raw, edit.start):
            continue
        gone = [folded(line.strip()) for line in raw[edit.start : edit.end].split("\n")]
        kind = "post" if any(map(is_post_line, gone)) else edit.kind
        said = tuple(map(to_simplified, gone)) if kind in TELLING else ()
        found.append(Seam(page.text.clean_span(edit.start, edit.end).start, kind, said))
    return tuple(found)


def seams_in(lines: Sequence[Line], seams: Iterable[Seam]) -> Seams:
    """The seams as lines: those handed on, and the heads of posts that still stand among the lines."""
    said: dict[str, list[str]] = {kind: [] for kind in TELLING}
    standing = {i for i, line in enumerate(lines) if len(line.text) <= MAX_POST_LINE and is_post_line(line.text)}
    cut, posts = set[int](), {i + 1 for i in standing if i + 1 < len(lines)}
    for seam in seams:
        said.get(seam.kind, []).extend(seam.said)
        below = bisect_left(lines, seam.at, key=lambda line: line.start)
        if below < len(lines):
            cut.add(below)
            posts |= {below} if seam.kind == "post" else set()
    return Seams(frozenset(cut | posts), frozenset(posts - standing), *(tuple(said[kind]) for kind in TELLING))


def is_post_line(line: str) -> bool:
    """Whether a folded line is what a forum prints above a post.

    >>> is_post_line("青青子衿 | 沙发 | 发表于 2020-7-14 22:02:51"), is_post_line("我家住在3楼,沙发是新的。")
    (True, False)
    """
    if len(line) > MAX_POST_LINE or "。" in line or not CLOCK.search(line):
        return False
    found = {match.lastgroup: len(match[0]) for match in _post_cues().finditer(line)}
    dated = found.keys() & {"posted", "time"}
    return len(found) > 1 and bool(dated) and _left(line) <= table("essays.toml")["post"]["rest"]


def _left(line: str) -> int:
    """How many characters of a line say nothing of posting."""
    return len(re.sub(r"[\s|·:,()\[\]-]", "", _post_cues().sub("", line)))


@cache
def _post_cues() -> re.Pattern[str]:
    cues = table("essays.toml")["post"]
    return re.compile("|".join(f"(?P<{name}>{cues[name]})" for name in ("posted", "time", "button", "floor")))


def _begins_line(raw: str, at: int) -> bool:
    """Whether nothing but blanks stands between the line's beginning and `at`."""
    while at > 0 and raw[at - 1] in " \t\u3000\u00a0":
        at -= 1
    return at == 0 or raw[at - 1] == "\n"
