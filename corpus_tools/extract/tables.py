"""Tables that a page has flattened to one cell a line: each value gets the head of its column and of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from corpus_tools.extract.clauses import Sentence

LONGEST_CELL = 22
CELL = re.compile(r"[^，。；：！？\n]+")
NUMBER = re.compile(
    r"[\d一二三四五六七八九十两半]+(?:\.\d+)?[年月%％元名人次所届岁天周学个]|[xX_×□]{2,}[年月%元名人]|百分之|^\d[\d,.]*$"
)
LABEL_CELL = re.compile(r"[^\d，。；：！？、一二三四五六七八九十\n]{2,16}")  # 交流期限
TOTAL = re.compile(r"合\s?计|总\s?计|小\s?计|平均")
WIDEST = 9


def cells_told(sentences: Sequence[Sentence], folded: str) -> list[Sentence]:
    """The sentences with tables read: header and rows where they are found, else a label with the value under it."""
    told: list[Sentence] = []
    at = 0
    for start, end in _runs(sentences):
        told += sentences[at:start]
        run = sentences[start:end]
        title, columns = _shape(run)
        told += run[:title]
        told += _rows(run[title:], columns) if columns else _pairs(run[title:], folded)
        at = end
    told += sentences[at:]
    return told


def _runs(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Stretches of two or more short lines, each a sentence of its own without punctuation."""
    start = 0
    for i in range(len(sentences) + 1):
        goes_on = (
            i < len(sentences)
            and _is_cell(sentences[i])
            and (i == start or sentences[i].line == sentences[i - 1].line + 1)
        )
        if goes_on:
            continue
        if i - start >= 2:
            yield start, i
        start = i if i < len(sentences) and _is_cell(sentences[i]) else i + 1


def _is_cell(sentence: Sentence) -> bool:
    return len(sentence.text) <= LONGEST_CELL and bool(CELL.fullmatch(sentence.text))


def _shape(run: Sequence[Sentence]) -> tuple[int, int | None]:
    """How many title lines stand over a table's head, and how many columns it has."""
    for title in (0, 1, 2):
        if columns := _columns(run[title:]):
            return title, columns
    return 0, None


def _columns(run: Sequence[Sentence]) -> int | None:
    """How many columns: a head without numbers, and under it columns that are numbers or words throughout."""
    numeric = [bool(NUMBER.search(cell.text)) for cell in run]
    first = numeric.index(True) if True in numeric else 0
    for width in range(3, min(WIDEST, first) + 1):
        body = numeric[width:]
        rows = len(body) // width
        if not rows or any(numeric[:width]) or (len(body) % width > width // 2 and rows < 2):
            continue
        shares = [sum(body[column : rows * width : width]) / rows for column in range(width)]
        if (
            all(share <= 0.34 or share >= 0.66 for share in shares)
            and any(share >= 0.66 for share in shares)
            and shares[0] < 0.34
        ):
            return width
    return None


def _rows(run: Sequence[Sentence], width: int) -> Iterator[Sentence]:
    for i, cell in enumerate(run):
        row = i // width
        head = run[row * width]
        if not row or i == row * width:
            yield cell
        elif not TOTAL.search(head.text):
            yield replace(cell, label=run[i % width].text, row_head=head, spoken_at=head.spoken_at, marker="")


def _pairs(run: Sequence[Sentence], folded: str) -> Iterator[Sentence]:
    """交流期限 and the line 3年 under it as one sentence."""
    i = 0
    while i < len(run):
        label, value = run[i], run[i + 1] if i + 1 < len(run) else None
        if (
            value is not None
            and LABEL_CELL.fullmatch(label.text)
            and NUMBER.search(value.text)
            and label.headings == value.headings
        ):
            gap = folded[label.end : value.start]
            text = label.text + "：" + " " * (len(gap) - 1) + value.text
            yield replace(label, end=value.end, text=text, stop=value.stop, line=value.line)
            i += 2
        else:
            yield label
            i += 1
