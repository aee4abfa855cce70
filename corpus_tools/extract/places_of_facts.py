"""The place each fact is true of: named in its sentence, told of in the passage, or the essay's own."""

from __future__ import annotations

from collections.abc import Sequence

from corpus_tools.extract.clauses import Sentence
from corpus_tools.records import Essay, PageMeta

Where = tuple[str | None, str | None, str | None]


class PlaceReader:
    """Tells the place of a sentence."""

    def __init__(self, text: str, essay: Essay, sentences: Sequence[Sentence], meta: PageMeta) -> None:
        self.sentences = sentences

    def of(self, number: int) -> Where:
        """Province, city and county of a sentence's facts."""
        return (None, None, None)

    def quoted_from(self, sentence: Sentence) -> str | None:
        """The document whose rule a sentence repeats."""
        return None
