"""Where the texts of a page begin.

Template sites put several essays on one page and number them (工作总结篇一, 工作小结 篇2, 第三篇：讲话稿); document
sites, schools and offices put whole documents one after the other; a forum heads each post with a line of its own.
Strip needs these places to know what stands before the first essay, segment to cut the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus_tools.strip.heads import Head, titled_head, untitled_head
from corpus_tools.strip.lines import Line
from corpus_tools.strip.openings import opening_heads
from corpus_tools.strip.promised import numbered_papers, numbered_tales, promised_heads
from corpus_tools.strip.seams import Seam, Seams, is_post_line, seams_in
from corpus_tools.strip.series import contents_of, part_heads
from corpus_tools.strip.title_words import ITEM, bare_line, bare_title, has_genre, is_title_like, number_of

__all__ = ["ITEM", "Head", "bare_line", "bare_title", "essay_heads", "has_genre", "is_title_like", "number_of"]

OF_THE_SITE = re.compile(r"[>»›→|_]|复制链接|首页")  # a path or the browser's title, not a thread's


def essay_heads(lines: Sequence[Line], seams: Iterable[Seam] = ()) -> list[Head]:
    """The lines where essays begin, in order; empty where the page is one text or shows no seams.

    `seams`: where lines of the site were taken out.
    """
    places = seams_in(lines, seams)
    if len(places.posts) > 1:
        return _post_heads(lines, places)
    contents = contents_of(lines, places.contents)
    parts = part_heads(lines, contents)
    if len(parts) > 1 and parts[0].kind == "part":
        return parts
    opened = opening_heads(lines, places, contents.announced)
    if len(parts) > 1:  # 支教总结1, 支教总结2 may stand among papers that do not count
        return opened if {head.line for head in parts} < {head.line for head in opened} else parts
    counted = (promised_heads(lines, places.titles), numbered_papers(lines), numbered_tales(lines, places.titles))
    return max(opened, *counted, key=len) or parts


def _post_heads(lines: Sequence[Line], seams: Seams) -> list[Head]:
    """The posts of a forum page, which have no headings but for the first."""
    first, *rest = sorted(seams.posts)
    heads = [untitled_head(lines, i, "post") for i in rest]
    if any(line.text.endswith("。") for line in lines[:first]):
        return [untitled_head(lines, 0, "post"), untitled_head(lines, first, "post"), *heads]
    return [_first_post(lines, first), *heads]


def _first_post(lines: Sequence[Line], i: int) -> Head:
    """The head of the first post: the thread's title as its first line, else as the line above the forum's."""
    above = next((j for j in range(i - 1, max(-1, i - 3), -1) if not is_post_line(lines[j].text)), None)
    if is_title_like(lines[i].text) and i + 1 < len(lines) and not is_post_line(lines[i + 1].text):
        return titled_head(lines, i)
    if above is not None and is_title_like(lines[above].text) and not OF_THE_SITE.search(lines[above].text):
        return titled_head(lines, above)
    return untitled_head(lines, i, "post")
