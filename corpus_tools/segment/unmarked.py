"""Headings that have no marker."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_tools.segment.markers import Item
from corpus_tools.strip.lines import Line


def unmarked_items(lines: Sequence[Line], body: int, taken: set[int], items: Sequence[Item]) -> list[Item]:
    """Paragraphs that are or begin with a heading without a marker, as items of style `plain`."""
    found: list[Item] = []
    leads = [(_lead(line), i) for i, line in enumerate(lines)]
    marked = {item.line for item in items}
    for (words, i), (following, j) in zip(leads, leads[1:], strict=False):
        if not words or not following or i in marked or j in marked:
            continue
        if _parallel(words, following):
            for lead, at in ((words, i), (following, j)):
                if not any(item.line == at for item in found):
                    start = lines[at].start
                    found.append(Item(start, "plain", 0, "", lead, start, at, True, 0, False))
    return found


def _lead(line: Line) -> str:
    """The short first sentence of a long paragraph."""
    stop = line.text.find("。")
    return line.text[:stop] if 3 < stop <= 16 and len(line.text) - stop > 40 else ""


def _parallel(a: str, b: str) -> bool:
    """Whether two first sentences are built alike: 要注重宣传 / 要注重督导, 树立…的精神 / 培养…的精神."""
    return a[:2] == b[:2] and abs(len(a) - len(b)) <= 4 or a[-3:] == b[-3:]
