"""Page -> Page: what the site put around and into the text is taken out; what the page says of itself is kept."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from corpus_tools.records import Page
from corpus_tools.strip.furniture import furniture
from corpus_tools.strip.meta import page_meta
from corpus_tools.text import Edit

__all__ = ["StripConfig", "strip_boilerplate"]


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
    edits = (Edit(run.start, run.end, "", run.kind, run.note) for run in found.runs)
    return replace(page, meta=meta).edited(edits)
