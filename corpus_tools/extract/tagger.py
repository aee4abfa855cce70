"""Who is meant, issuing bodies and places, as a HanLP tagger sees them; behind `--ner hanlp`.

The tagger is made by `scripts/train_tagger` and lies in `models/tagger`; its card compares it with the rules, which
are what runs without it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from corpus_tools.errors import ModelError
from corpus_tools.nlp import hanlp
from corpus_tools.nlp.hanlp import Tagged, Tagger
from corpus_tools.text import Span

PACKAGE = Path(__file__).parents[1]
FOLDER = "tagger"
SUBJECT, BODY, PLACE = "SUBJECT", "BODY", "PLACE"


@cache
def tagger() -> Tagger:
    """The tagger of this package. Raises ModelError without one, MissingExtraError without HanLP."""
    for folder in (PACKAGE / "models" / FOLDER, PACKAGE.parent / "models" / FOLDER):
        if folder.is_dir():
            return hanlp.load(folder)
    raise ModelError("This installation has no tagger in models/tagger. Make one with scripts/train_tagger.")


def tag(sentences: Sequence[str]) -> list[list[Tagged]]:
    """The subjects, issuing bodies and places of each sentence, in order."""
    return [joined(spans) for spans in tagger().spans(sentences)]


def joined(spans: Sequence[Tagged]) -> list[Tagged]:
    """The spans, those of one label that touch made one: a small tagger often begins a name twice (副 校长).

    >>> joined([Tagged(0, 1, "SUBJECT"), Tagged(1, 3, "SUBJECT"), Tagged(3, 5, "PLACE")])
    [Tagged(start=0, end=3, label='SUBJECT'), Tagged(start=3, end=5, label='PLACE')]
    """
    made: list[Tagged] = []
    for span in spans:
        if made and made[-1].label == span.label and made[-1].end == span.start:
            span = Tagged(made.pop().start, span.end, span.label)
        made.append(span)
    return made


def subject_before(tags: Sequence[Tagged], at: int, low: int = 0) -> Span | None:
    """The last tagged subject that ends before `at`, none that begins before `low`; None where there is none.

    >>> subject_before([Tagged(0, 2, "SUBJECT"), Tagged(5, 9, "SUBJECT")], 8)
    Span(start=0, end=2)
    """
    before = [tagged for tagged in tags if tagged.label == SUBJECT and low <= tagged.start and tagged.end <= at]
    return Span(before[-1].start, before[-1].end) if before else None
