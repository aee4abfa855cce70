"""Traditional characters chosen wrongly where one simplified character stands for several: 髮揮, 鐘愛, 繫統, 最后.

A dictionary judges: the word is turned simplified and back by itself, and the character it comes back with is right.
Which places to ask at is told by the whole text, turned there and back: a converter that did well wrote it that way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus_tools.codes import places_of, table_of
from corpus_tools.lexicon import table
from corpus_tools.nlp import opencc
from corpus_tools.normalise.classes import HAN
from corpus_tools.text import Edit

WRONG_WORDS = "conversions.toml"
HAN_RUN, HAN_AT_END = re.compile(f"[{HAN}]+"), re.compile(f"[{HAN}]+$")
# Where the character before settles it: 頭髮揮到肩後 is no 發揮, 湯麵對身體好 no 面對, 長征文化 no 徵文, 姓范 a name.
SETTLED_BEFORE = frozenset(
    ["姓范", "姓余", "姓谷", "姓党", "師范", "長范"]
    + [f"{c}征" for c in "長遠出親東南西北新"]
    + [f"{c}髮" for c in "頭白黑毛理染假美結鬢鬚怒燙剪洗護披束削金銀捲短秀烏華落脫植散"]
    + [f"{c}麵" for c in "湯拉炒涼冷熱吃和煮泡掛切拌米白豆粉肉素削擔揉擀"]
)
BEFORE, AFTER = 3, 4  # characters that a confused one is turned together with, itself counted after
# 團體係由三個學校組成
IS_BEHIND_NOUN = re.compile("係[由指屬為以經依因]")


def misspelt(text: str) -> Iterator[Edit]:
    """Edits for characters of a traditional text that the dictionary writes otherwise in their word."""
    for at in sorted({*_rarer_ones(text), *_changed_ones(text)}):
        word, place = _word_around(text, at)
        right = opencc.convert(word, "s2t")[place] if len(word) > 1 else ""
        if text[at] + right in _pairs() and not _is_settled(text, at, word, place):
            yield Edit(at, at + 1, _as_the_page_writes(text, right), "bad_conversion", f"{word} is a word")


def _rarer_ones(text: str) -> Iterator[int]:
    """Where the rarer of two characters stands, but in no word that it is known from."""
    in_place = _words("in_place")  # most suspects stand in one and need no cutting into words
    for match in suspect().finditer(text):
        at = match.start()
        before, after = text[max(0, at - 1) : at + 1], text[at : at + 2]
        if before not in in_place and after not in in_place:
            yield at


def _changed_ones(text: str) -> Iterator[int]:
    """Where a character of a confused pair comes back as the other when its phrase is turned simplified and back."""
    padded = " " * BEFORE + text + " " * AFTER
    places: dict[str, list[int]] = {}
    for at in places_of(_confusable(), text):
        places.setdefault(padded[at : at + BEFORE + AFTER], []).append(at)
    # each phrase once: a whole page there and back would take longer than all else that is done to it
    phrases = " ".join(places)
    back = opencc.convert(opencc.convert(phrases, "t2s"), "s2t")
    for start in range(BEFORE, len(phrases), BEFORE + AFTER + 1) if len(back) == len(phrases) else ():
        if phrases[start] + back[start] in _pairs():
            yield from places[phrases[start - BEFORE : start + AFTER]]


def _is_settled(text: str, at: int, word: str, place: int) -> bool:
    """Whether the character at `at` of a text is in its place, whatever the dictionary says of `word`."""
    if text[max(0, at - 1) : at + 1] in SETTLED_BEFORE or IS_BEHIND_NOUN.match(text, at):
        return True
    names = table(WRONG_WORDS)["names"]
    return word in _words("either_way") or (place == 0 and text[at] in names and word not in _words("behind_no_name"))


def _word_around(text: str, at: int) -> tuple[str, int]:
    """The simplified word around the character at `at`, and the character's place in it."""
    from corpus_tools.nlp.jieba import cut

    low, high = _clause(text, at)
    begin = low
    for word in cut(opencc.convert(text[low:high], "t2s")):
        if begin <= at < begin + len(word):
            return word, at - begin
        begin += len(word)
    return text[at], 0


def _clause(text: str, at: int) -> tuple[int, int]:
    """The Chinese characters around the one at `at`, no more than twelve on either side."""
    before = HAN_AT_END.search(text, max(0, at - 12), at)
    after = HAN_RUN.match(text, at, at + 12)
    return (before.start() if before else at), (after.end() if after else at)


def _as_the_page_writes(text: str, character: str) -> str:
    """里面 is 裏面 or 裡面, as the page has it elsewhere."""
    return "裡" if character == "裏" and text.count("裡") > text.count("裏") else character


@cache
def suspect() -> re.Pattern[str]:
    """A pattern of the rarer of two traditional characters; misplaced, it is a converter's slip."""
    return re.compile(f"[{''.join(table(WRONG_WORDS)['ordinary'])}]")


@cache
def _pairs() -> frozenset[str]:
    """Each character that is written for another, and that other: 髮發, 鐘鍾, 鍾鐘."""
    data = table(WRONG_WORDS)
    siblings = (a + b for group in data["confused"] for a in group for b in group if a != b)
    return frozenset({*siblings, *(rare + common for rare, common in data["ordinary"].items())})


@cache
def _confusable() -> NDArray[np.bool_]:
    """For each code point, whether it is one of a confused group."""
    return table_of("".join(table(WRONG_WORDS)["confused"]))


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(table(WRONG_WORDS)[name])
