"""Text -> Essays: where each text of a page begins and ends, its tree of headings, its sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus_tools.records import Essay, Section
from corpus_tools.rooms import callable_as
from corpus_tools.segment.essays import stretches
from corpus_tools.segment.headings import sections_of
from corpus_tools.segment.sentences import sentence_spans, split_sentences
from corpus_tools.strip.lines import folded, lines_of
from corpus_tools.strip.seams import Seam
from corpus_tools.strip.title_words import bare_title

__all__ = ["SegmentConfig", "segment", "sentence_spans", "split_sentences"]


@dataclass(frozen=True, slots=True)
class SegmentConfig:
    """How a page is cut."""

    sections: bool = field(default=True, metadata={"help": "find the headings inside each essay"})


def segment(text: str, config: SegmentConfig = SegmentConfig(), seams: Iterable[Seam] = ()) -> tuple[Essay, ...]:
    """The essays of a page's clean text in order, each with its tree of headings; positions are in `text`.

    `seams`: where lines of the site were taken out (`strip.seams_of`), which tells posts and documents apart.
    """
    lines = lines_of(text)
    essays = []
    for number, part in enumerate(stretches(text, lines, seams), 1):
        sections: tuple[Section, ...] = ()
        if config.sections:
            name = bare_title(folded(part.heading))
            sections = sections_of(text, lines[part.first : part.last], part.body, name, part.run_in)
        essays.append(Essay(number, part.heading, part.start, part.end, sections))
    return tuple(essays)


callable_as(__name__, segment)
