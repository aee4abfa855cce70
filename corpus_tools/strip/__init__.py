"""Page -> Page: what the site put around and into the text is taken out; what the page says of itself is kept."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise

from corpus_tools.errors import ConfigError
from corpus_tools.records import BOILERPLATE_KINDS, Page
from corpus_tools.strip.furniture import NONE, furniture
from corpus_tools.strip.meta import page_meta
from corpus_tools.strip.seams import seams_of
from corpus_tools.text import Edit, Text

__all__ = ["NONE", "StripConfig", "seams_of", "strip_boilerplate"]


@dataclass(frozen=True, slots=True)
class StripConfig:
    """How boilerplate is taken out."""

    strip: bool = field(default=True, metadata={"help": "take out what the site added around the texts"})
    repeats: int = field(
        default=5,
        metadata={"help": "unrelated pages of a folder that must carry a doubtful line before it goes; 0: never"},
    )

    def __post_init__(self) -> None:
        if self.repeats in (1, 2) or self.repeats < 0:  # two pages may have met by chance
            raise ConfigError(f"repeats: {self.repeats} pages are no proof. Give 3 or more, or 0 for never.")


def strip_boilerplate(page: Page, config: StripConfig = StripConfig(), repeats: Mapping[str, str] = NONE) -> Page:
    """The page without breadcrumbs, titles of collections, introductions, advertisements, notices and link lists.

    `repeats`: lines that go because they repeat across the pages of its folder, with the evidence; the page's `doubts`
    are those that might.
    """
    if not config.strip:
        return page
    text = str(page.text)
    found = furniture(text, repeats)
    meta = page_meta(text, found.lines, found.taken, found.essays, page.meta)
    edits = (
        Edit(start, end, "", run.kind, run.note)
        for run in found.runs
        for start, end in _between_tags(page.text, run.start, run.end)
    )
    return replace(page, meta=meta, doubts=found.doubts).edited(edits)


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
