"""Sentences."""

from __future__ import annotations

import re

from corpus_tools.text import Span

END = re.compile(r"[。！？!?]+[”’」』）)】]*|\n+|……")


def sentence_spans(text: str) -> list[Span]:
    """The spans of the sentences of `text`, without outer white space."""
    spans = []
    at = 0
    for match in [*END.finditer(text), None]:
        end = match.end() if match else len(text)
        piece = text[at:end]
        bare = piece.strip()
        if bare:
            start = at + len(piece) - len(piece.lstrip())
            spans.append(Span(start, start + len(bare)))
        at = end
    return spans


def split_sentences(text: str) -> list[str]:
    """The sentences of `text`, in order."""
    return [text[span.start : span.end] for span in sentence_spans(text)]
