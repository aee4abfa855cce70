"""Half-width punctuation between Chinese characters becomes the full-width mark a Chinese sentence uses.

Numbers, times, addresses and Latin text keep theirs: 3.5 1,000 9:00 https://… e.g. (a), f(x).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.codes import code_points, table_of, true_runs
from corpus_tools.normalise.classes import HAN, MARK
from corpus_tools.text import Edit

WIDE = str.maketrans(",;:!?()", "，；：！？（）")
WIDE_ONE = dict(zip(",;:!?", "，；：！？", strict=True))

# 支持,但是   第一:学习   44.8岁,整个   制度;- 教师   Not 3,000, 9:00, https://, a, b
HALF_MARK = table_of("".join(WIDE_ONE))
IN_CHINESE = re.compile(f"[{HAN}{MARK}]")
AFTER_CHINESE = re.compile(rf"[ ]?[{HAN}{MARK}]")
AFTER_CLOSING = re.compile(r"[ ]?[0-9A-Za-z(\n]|$")
# 县(区)   (转载)   (1)并非   Not f(x), (a)
BRACKETS = re.compile(r"\([^()\n]{0,200}\)")
HAS_HAN = re.compile(f"[{HAN}{MARK}]")
# 说"教书育人"的
STRAIGHT_QUOTES = re.compile(r'"([^"\n]{1,200})"')
# 说... 等。。。 学校---校长
ELLIPSIS = re.compile(r"\.{3,}|。{3,}")
DASHES = re.compile(rf"(?<!-)-{{2,}}(?=[{HAN}“（《])")
# <<关于……的意见>>
ANGLE_PAIRS = re.compile(rf"<<(?=[{HAN}])([^<>\n]{{1,80}})>>")
# 一个句点当句号的页面: 学习很忙. 但是
LATIN_STOP = re.compile(rf"\.(?<=[{HAN}]\.)(?=[{HAN}\n]|$)")


def punctuation_edits(text: str) -> list[Edit]:
    """Edits of kind `punctuation` for half-width marks that stand in Chinese, in order."""
    edits = [*_marks(text), *_brackets(text), *_quotes(text), *_strokes(text)]
    edits.sort(key=lambda edit: edit.start)
    return edits


def _marks(text: str) -> Iterator[Edit]:
    starts, ends = true_runs(HALF_MARK.take(code_points(text)))
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        end -= text.startswith("//", end)
        marks = text[start:end]
        if marks and _stands_in_chinese(text, start, end):
            yield Edit(start, end, WIDE_ONE.get(marks) or marks.translate(WIDE), "punctuation")
    if "。" not in text:
        stops = [match.start() for match in LATIN_STOP.finditer(text)]
        # three of them and no other full stop on the page: the author types them so
        if len(stops) >= 3:
            yield from (Edit(at, at + 1, "。", "punctuation") for at in stops)


def _stands_in_chinese(text: str, start: int, end: int) -> bool:
    """Whether half-width marks follow a Chinese character, or stand between anything else and one."""
    before = text[start - 1 : start]
    if "\u4e00" <= before <= "\u9fff" or IN_CHINESE.match(before):
        return True
    if before in ("%", ")") and AFTER_CLOSING.match(text, end):
        return True
    return (before.isalnum() or before in ("%", ")", "]", "_", '"')) and AFTER_CHINESE.match(text, end) is not None


def _brackets(text: str) -> Iterator[Edit]:
    for match in BRACKETS.finditer(text):
        start, end = match.span()
        around = text[max(0, start - 1) : start] + text[end : end + 1]
        if HAS_HAN.search(around) or HAS_HAN.search(match.group()):
            yield Edit(start, start + 1, "（", "punctuation")
            yield Edit(end - 1, end, "）", "punctuation")


def _quotes(text: str) -> Iterator[Edit]:
    if '"' in text:
        for match in STRAIGHT_QUOTES.finditer(text):
            if HAS_HAN.search(match.group(1)):
                yield Edit(match.start(), match.start() + 1, "“", "punctuation")
                yield Edit(match.end() - 1, match.end(), "”", "punctuation")


def _strokes(text: str) -> Iterator[Edit]:
    for match in ELLIPSIS.finditer(text) if "..." in text or "。。。" in text else ():
        if HAS_HAN.match(text[match.start() - 1 : match.start()]):
            yield Edit(match.start(), match.end(), "……", "punctuation")
    if "--" in text:
        for match in DASHES.finditer(text):
            if HAS_HAN.match(text[match.start() - 1 : match.start()]):
                yield Edit(match.start(), match.end(), "——", "punctuation")
    if "<<" in text:
        for match in ANGLE_PAIRS.finditer(text):
            yield Edit(match.start(), match.start() + 2, "《", "punctuation")
            yield Edit(match.end() - 2, match.end(), "》", "punctuation")
