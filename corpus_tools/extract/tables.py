"""Tables that a page has flattened to one cell a line: each value gets the head of its column and of its row."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from corpus_tools.extract.clauses import Sentence

LONGEST_CELL = 22
CELL = re.compile(r"[^，。；：！？\n]+")
NUMBER = re.compile(
    r"[\d一二三四五六七八九十两半]+(?:\.\d+)?(?:年(?!级)|[月%％元名人次所届岁天周学个])|[xX_×□]{2,}[年月%元名人]|百分之|^\d[\d,.]*$"
)
LABEL_CELL = re.compile(r"[^\d，。；：！？\n]{2,20}")  # 交流期限; 校长、副校长
TOTAL = re.compile(r"合\s?计|总\s?计|小\s?计|平均")
WIDEST = 9


def cells_told(sentences: Sequence[Sentence], folded: str) -> list[Sentence]:
    """The sentences with tables read: header and rows where they are found, else a label with the value under it."""
    told: list[Sentence] = []
    at = 0
    sentences = _split_rows(sentences, folded)
    for start, end in _runs(sentences):
        told += sentences[at:start]
        run = sentences[start:end]
        title, columns = _shape(run)
        told += run[:title]
        over, table = run[title - 1] if title else None, run[title:]
        if columns and _heads_people(table, columns):
            told += _turned(table, columns, folded)
        elif columns and ITEM_HEAD.fullmatch(table[0].text) and not _bare_numbers(table, columns):
            told += _items(table, columns, folded)
        else:
            told += _rows(table, columns, over) if columns else _pairs(table, folded)
        at = end
    told += sentences[at:]
    return told


CELL_IN_LINE = re.compile(r"[^ 　\t|｜]+")
FIRST_LINE = 10_000_000  # cells cut out of lines count from here, so that they follow one another


def _split_rows(sentences: Sequence[Sentence], folded: str) -> list[Sentence]:
    """The sentences with 片区 派出人数 期限 and the lines under it that hold as many cells cut into cells."""
    cut: list[Sentence] = []
    i, line = 0, FIRST_LINE
    while i < len(sentences):
        if rows_below := _two_columns(sentences, i, folded):
            cut += [sentences[i], *rows_below]
            i += 1 + len(rows_below)
            continue
        width = len(_cells(sentences[i], folded))
        end = i + 1
        while end < len(sentences) and width >= 3 and len(_cells(sentences[end], folded)) == width:
            end += 1
        rows = sentences[i:end]
        if len(rows) < 2 or _has_number(rows[0], folded) or not all(_has_number(row, folded) for row in rows[1:]):
            cut.append(sentences[i])
            i += 1
            continue
        line += 1
        for row in rows:
            for low, high in _cells(row, folded):
                text = folded[low:high]
                cut.append(replace(row, start=low, end=high, text=text, stop=text[-1], line=line, marker=""))
                line += 1
        i = end
    return cut


VALUE_CELL = re.compile(r"\d[\d,.]*(?:元|人|名|个|％|%)?(?:/[年月])?")  # 600; 4人
COUNTED_IN = re.compile("元|人数|名额|名|％|%|补助|补贴|津贴")


def _two_columns(sentences: Sequence[Sentence], i: int, folded: str) -> list[Sentence]:
    """The values under 学校类别 每月补助, one a line behind what they are for, each labelled with its column's head."""
    head = _cells(sentences[i], folded)
    if len(head) != 2 or NUMBER.search(sentences[i].text) or not COUNTED_IN.search(folded, *head[1]):
        return []
    label = folded[slice(*head[1])]
    found: list[Sentence] = []
    for row in sentences[i + 1 :]:
        cells = _cells(row, folded)
        if len(cells) != 2 or not VALUE_CELL.fullmatch(folded, *cells[1]):
            break
        if TOTAL.search(folded, *cells[0]):
            continue
        (low, high), text = cells[1], folded[slice(*cells[1])]
        named = replace(row, end=cells[0][1], text=folded[slice(*cells[0])])
        found.append(
            replace(row, start=low, end=high, text=text, stop=text[-1], marker="", label=label, row_head=named)
        )
    return found if len(found) > 1 else []


def _has_number(row: Sentence, folded: str) -> bool:
    return any(NUMBER.search(folded[low:high]) for low, high in _cells(row, folded))


def _cells(sentence: Sentence, folded: str) -> list[tuple[int, int]]:
    if sentence.end - sentence.start > 80 or sentence.stop in "。；：":
        return []
    found = CELL_IN_LINE.finditer(folded, sentence.start, sentence.end)
    return [match.span() for match in found]


TABLE_TITLE = re.compile("附?表[ 　]?[一二三四五六七八九十\\d]")


def _runs(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int]]:
    """Stretches of two or more short lines, each a sentence of its own without punctuation."""
    start = 0
    for i in range(len(sentences) + 1):
        goes_on = (
            i < len(sentences)
            and not (i > start and TABLE_TITLE.match(sentences[i].text))
            and _is_cell(sentences[i])
            and (i == start or _follows(sentences[i], sentences[i - 1]))
        )
        if goes_on:
            continue
        if i - start >= 2:
            yield start, i
        start = i if i < len(sentences) and _is_cell(sentences[i]) else i + 1


def _follows(sentence: Sentence, before: Sentence) -> bool:
    """Whether a line stands right under another, in the same section."""
    return sentence.line == before.line + 1 and sentence.headings == before.headings


def _is_cell(sentence: Sentence) -> bool:
    return len(sentence.text) <= LONGEST_CELL and bool(CELL.fullmatch(sentence.text))


def _shape(run: Sequence[Sentence]) -> tuple[int, int | None]:
    """How many title lines stand over a table's head, and how many columns it has; none where cells stand in pairs."""
    if _in_pairs(run):
        return 0, None
    for title in range(bool(TABLE_TITLE.match(run[0].text)), 3):
        if columns := _columns(run[title:]):
            return title, columns
    return 0, None


def _in_pairs(run: Sequence[Sentence]) -> bool:
    """Whether below two heads or more a name and a number take turns to the end."""
    numeric = [bool(NUMBER.search(cell.text)) for cell in run]
    first = numeric.index(True) if True in numeric else 0
    below = numeric[first - 1 :]
    return first > 2 and len(below) > 3 and below == [False, True] * (len(below) // 2)


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


def _rows(run: Sequence[Sentence], width: int, title: Sentence | None) -> Iterator[Sentence]:
    for i, cell in enumerate(run):
        row = i // width
        head = run[row * width]
        if not row or i == row * width:
            yield cell
        elif not TOTAL.search(head.text):
            label = run[i % width].text
            yield replace(cell, label=label, row_head=head, spoken_at=head.spoken_at, marker="", lead=title)


def _bare_numbers(run: Sequence[Sentence], width: int) -> bool:
    """Whether a table's cells hold numbers alone, so that their column's head must say what they count."""
    return any(BARE.fullmatch(cell.text) for cell in run[width:])


BARE = re.compile(r"\d[\d,.]*")
PEOPLE = re.compile(r"[^\d，。；：]{0,6}(?:教师|校长|园长|干部|名师|主任|人员)")


def _heads_people(run: Sequence[Sentence], width: int) -> bool:
    """Whether each column but the first is a group of people, and each row a rule: 项目, 教师, 校长."""
    heads = run[1:width]
    return bool(ITEM_HEAD.fullmatch(run[0].text)) and all(PEOPLE.fullmatch(cell.text) for cell in heads)


def _turned(run: Sequence[Sentence], width: int, folded: str) -> Iterator[Sentence]:
    """同校任职年限, 满6年, 满8年 under 项目, 教师, 校长: each value with its row's name, led by its column's people."""
    yield from run[:width]
    for i in range(width, len(run)):
        cell, row = run[i], run[i - i % width]
        if i % width == 0:
            yield cell
        else:
            yield replace(cell, label=row.text, lead=run[i % width], spoken_at=-cell.start, marker="")


ITEM_HEAD = re.compile(
    "项\\s?目|内\\s?容|类\\s?别|事\\s?项|指\\s?标|政策(?:要点|内容|项目)?|名\\s?称"
)  # each row names what its value is


def _items(run: Sequence[Sentence], width: int, folded: str) -> Iterator[Sentence]:
    """任教年限, 专任教师, 满9年 in three cells as one sentence: 任教年限：专任教师，满9年."""
    yield from run[:width]
    for i in range(width, len(run), width):
        row = run[i : i + width]
        text = row[0].text
        for last, cell in pairwise(row):
            gap = cell.start - last.end
            text += ("：" if last is row[0] else "，") + " " * (gap - 1) + cell.text
        yield replace(row[0], end=row[-1].end, text=text, stop=row[-1].stop, line=row[-1].line)


def _pairs(run: Sequence[Sentence], folded: str) -> Iterator[Sentence]:
    """交流期限 and the line 3年 under it as one sentence; under 类别, 每月补贴 it is labelled with the latter."""
    head = _head_of_pairs(run)
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
            named = label.label or (head if i else "")
            yield replace(label, end=value.end, text=text, stop=value.stop, line=value.line, label=named)
            i += 2
        else:
            yield label
            i += 1


def _head_of_pairs(run: Sequence[Sentence]) -> str:
    """What the second of a run's columns counts, where two heads stand over its first pair: 类别, 每月补贴."""
    first = next((i for i, cell in enumerate(run) if NUMBER.search(cell.text)), 0)
    return run[first - 2].text if first > 2 and COUNTED_IN.search(run[first - 2].text) else ""
