"""Page -> Page: what the site put around and into the text is taken out; what the page says of itself is kept."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus_tools.records import BOILERPLATE_KINDS, Page
from corpus_tools.strip.furniture import furniture
from corpus_tools.strip.meta import page_meta
from corpus_tools.strip.seams import seams_of
from corpus_tools.text import Edit, Text

__all__ = ["StripConfig", "seams_of", "strip_boilerplate"]


@dataclass(frozen=True, slots=True)
class StripConfig:
    """How boilerplate is taken out."""

    strip: bool = field(default=True, metadata={"help": "take out what the site added around the texts"})


def strip_boilerplate(page: Page, config: StripConfig = StripConfig()) -> Page:
    """The page without breadcrumbs, titles of collections, introductions, advertisements, notices and link lists."""
    if not config.strip:
        return page
    text = str(page.text)
    found = furniture(text)
    meta = page_meta(text, found.lines, found.taken, found.essays, page.meta)
    edits = (
        Edit(start, end, "", run.kind, run.note)
        for run in found.runs
        for start, end in _between_tags(page.text, run.start, run.end)
    )
    return replace(page, meta=meta).edited(edits)


def _between_tags(text: Text, start: int, end: int) -> list[tuple[int, int]]:
    """The run in pieces between the tags that were taken out of it, so that no piece holds markup of the file."""
    raw = text.raw_span(start, end)
    first = bisect_left(text.edits, raw.start, key=lambda edit: edit.end)
    cuts = {start, end}
    for edit in text.edits[first:]:
        if edit.start >= raw.end:
            break
        if edit.kind == "markup" or edit.kind in BOILERPLATE_KINDS:
            cuts |= {at for at in text.clean_span(edit.start, edit.end) if start < at < end}
    pieces = pairwise(sorted(cuts))
    return [(low, high) for low, high in pieces if str(text)[low:high].strip()]
