"""The steps of this room in order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import cycle, islice
from typing import Literal

from corpus_tools.normalise.characters import character_edits, entity_edits, space_edits
from corpus_tools.normalise.classes import HAN
from corpus_tools.normalise.conversion import conversion_edits
from corpus_tools.normalise.damage import damage_marks
from corpus_tools.normalise.doubled import doubled_edits
from corpus_tools.normalise.lines import break_edits
from corpus_tools.normalise.masks import mask_marks
from corpus_tools.normalise.misread import misread_runs
from corpus_tools.normalise.pinyin import pinyin_edits
from corpus_tools.normalise.punctuation import punctuation_edits
from corpus_tools.normalise.script import script_edits
from corpus_tools.normalise.strays import stray_edits
from corpus_tools.records import Mark, Page, Source
from corpus_tools.text import Edit, Text

HAN_BEFORE = re.compile(f"[{HAN}]")
Step = Callable[[Page], Page]
# A mended place can complete a pattern with its neighbour (&amp;amp;, a line joined to a joined line); this is
# how often a step may look again. Real pages need one look, a few two.
ROUNDS = 8
# Edits after which other characters stand side by side than before
MAKES_WORDS = frozenset({"entity", "variant", "invisible", "markup"})


@dataclass(frozen=True, slots=True)
class NormaliseConfig:
    """How pages are brought into one form."""

    script: Literal["hans", "hant-tw", "hant-hk", "keep"] = field(
        default="hans", metadata={"help": "script of the clean text: hans, hant-tw, hant-hk, or keep"}
    )
    taiwan_words: bool = field(
        default=False,
        metadata={"help": "on pages really from Taiwan turn its words too (軟體 to 软件; but also 互動 to 交互)"},
    )
    join_lines: bool = field(default=True, metadata={"help": "join sentences that a page break or word wrap cut"})
    mend_conversion: bool = field(
        default=True, metadata={"help": "mend what a converter to traditional characters got wrong (中國小 for 中小學)"}
    )
    mark_masks: bool = field(default=True, metadata={"help": "mark hidden words (20xx, □) and lost or unreadable ones"})


def normalise(page: Page, config: NormaliseConfig | None = None) -> Page:
    """The page in canonical form, every change an edit."""
    config = config or NormaliseConfig()
    for step in steps(config):
        page = step(page)
    return page


def normalise_text(text: str, config: NormaliseConfig | None = None) -> Text:
    """A string in canonical form, with the way back to how it stood."""
    return normalise(Page(Source("-", "", "utf-8", "text/plain"), Text(text)), config).text


def steps(config: NormaliseConfig) -> tuple[Step, ...]:
    """The order in which a page is normalised; reorder here and nowhere else."""
    breaks = (break_edits,) if config.join_lines else ()
    mended = (pinyin_edits, punctuation_edits, stray_edits, *breaks, doubled_edits)
    script = partial(script_edits, target=config.script, taiwan_words=config.taiwan_words)
    return (
        *((partial(_edited, make=conversion_edits),) if config.mend_conversion else ()),
        partial(_edited, make=script),
        partial(_plain, script=script),
        partial(_settled, makes=mended),
        *((_marked,) if config.mark_masks else ()),
    )


def _edited(page: Page, make: Callable[[str], Iterable[Edit]]) -> Page:
    """The page after the edits that `make` finds in its present text."""
    edits = _relabelled(page, make(str(page.text)))
    return page.edited(edits) if edits else page


def _relabelled(page: Page, edits: Iterable[Edit]) -> list[Edit]:
    """The edits, with tabs and ideographic spaces after a mark called `space`: they are layout."""
    return [
        replace(edit, kind="space") if edit.kind == "stray_char" and _is_layout(page, edit) else edit for edit in edits
    ]


def _is_layout(page: Page, edit: Edit) -> bool:
    text = str(page.text)
    if text[edit.start : edit.end] != " " or HAN_BEFORE.match(text[edit.start - 1 : edit.start]):
        return False
    span = page.text.raw_span(edit.start, edit.end)
    return page.text.raw[span.start : span.end] not in (" ", "\xa0", "&nbsp;")


def _settled(page: Page, makes: Sequence[Callable[[str], Iterable[Edit]]]) -> Page:
    """The page after `makes` in turn, again and again, until each of them has found nothing more."""
    quiet = 0
    for make in islice(cycle(makes), ROUNDS * len(makes)):
        after = _edited(page, make)
        quiet = quiet + 1 if after is page else 0
        page = after
        if quiet == len(makes):
            break
    return page


def _plain(page: Page, script: Callable[[str], Iterable[Edit]]) -> Page:
    """The page in plain characters; an entity or a radical may have stood for a traditional one."""
    after = _settled(page, (entity_edits, character_edits, space_edits))
    if after is page or not any(edit.kind in MAKES_WORDS for edit in after.text.edits):
        return after
    return _edited(after, script)


def _marked(page: Page) -> Page:
    """The page with its hidden, lost and unreadable words marked."""
    text = str(page.text)
    misread = (page.text.clean_span(start, end) for start, end in misread_runs(page.text.raw))
    garbled = [
        Mark(at.start, at.end, "mojibake", "UTF-8 read as something else") for at in misread if at.start < at.end
    ]
    damage = (
        mark
        for mark in damage_marks(text)
        if mark.kind != "mojibake" or not any(mark.start < other.end and other.start < mark.end for other in garbled)
    )
    return page.marked([*mask_marks(text), *damage, *garbled])
