"""Sentences that break off: words that something must follow, and nothing does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from corpus_tools.codes import code_points, table_of
from corpus_tools.lexicon import table
from corpus_tools.nlp import opencc
from corpus_tools.normalise.classes import HAN
from corpus_tools.records import Mark
from corpus_tools.spotter import Spotter

LONGEST_QUOTE = 80
LONGEST_WORD = 10
LONGEST_PHRASE = 30
AROUND = 4  # characters on either side of a piece that its phrase takes up
COUNTED = re.compile("[一二三四五六七八九十百几幾两兩这這那第半数數\\d]把$")  # 一共三十把
STOP = table_of("。；")
HAN_TAIL = re.compile(f"[{HAN}]+$")


def broken_off(text: str) -> Iterator[Mark]:
    """Marks of kind `dropped_text` where a sentence ends in want of more, or lacks its middle."""
    for start, end in (*_ends(text), *_middles(text)):
        if not _is_said(text, start):
            yield Mark(start, end, "dropped_text", "wants more")


def _ends(text: str) -> Iterator[tuple[int, int]]:
    """Where sentences end at a word or phrase that wants more, each with its full stop."""
    last, phrases = _last(), _unended()
    codes = code_points(text)
    for at in ((_last_characters().take(codes[:-1]) & STOP.take(codes[1:])).nonzero()[0] + 1).tolist():
        before = text[at - 1]
        if before in phrases and (match := phrases[before].search(text, max(0, at - LONGEST_PHRASE), at)):
            yield match.start(), at + 1
        elif before in last and (word := _wants_more(text, at)):
            yield at - len(word), at + 1


def _middles(text: str) -> Iterator[tuple[int, int]]:
    """Where phrases stand that lack what belongs between their words."""
    phrases, pieces = _without_middle()
    for at, piece in pieces.places(text):
        match = phrases[piece].search(text, max(0, at - AROUND), at + len(piece) + AROUND)
        if match and match.start() <= at < match.end():
            yield match.span()


def _wants_more(text: str, stop: int) -> str:
    """The word before the full stop at `stop` where it is one that ends no sentence, empty where it may."""
    low, words = max(0, stop - LONGEST_WORD), _last()[text[stop - 1]]
    if not text.endswith(words, low, stop):
        return ""
    word = next(word for word in words if text.endswith(word, low, stop))
    return word if _is_word(text, stop, word) and not COUNTED.search(text, low, stop) else ""


def _is_word(text: str, stop: int, word: str) -> bool:
    """Whether `word` before `stop` is not the end of a longer one: 参与 for 与."""
    from corpus_tools.nlp.jieba import cut

    tail = HAN_TAIL.search(text, max(0, stop - LONGEST_WORD), stop)
    if tail is None or len(tail.group()) == 1:
        return False
    bounds = accumulate(map(len, cut(opencc.convert(tail.group(), "t2s"))), initial=0)
    return len(tail.group()) - len(word) in bounds


def _is_said(text: str, at: int) -> bool:
    """Whether the place is inside a quotation, where people break off: “我们都……”."""
    begin = max(text.rfind("\n", 0, at), at - LONGEST_QUOTE, 0)
    return text.rfind("“", begin, at) > text.rfind("”", begin, at)


@cache
def _last() -> dict[str, tuple[str, ...]]:
    """The words that end no sentence, in both scripts, by their last character."""
    data = table("unfinished.toml")
    behind = (subject + word for subject in data["subjects"] for word in data["last_behind_subject"])
    words = {*data["last"], *data["last_alone"], *behind}
    found: dict[str, list[str]] = {}
    for word in sorted({*words, *(opencc.convert(word, "s2t") for word in words)}):
        found.setdefault(word[-1], []).append(word)
    return {character: tuple(sorted(words, key=len, reverse=True)) for character, words in found.items()}


@cache
def _last_characters() -> NDArray[np.bool_]:
    """For each code point, whether a word or phrase that wants more may end in it."""
    return table_of("".join({*_last(), *_unended()}))


@cache
def _unended() -> dict[str, re.Pattern[str]]:
    """Patterns of phrases that lack their end, by their last character."""
    patterns: dict[str, list[str]] = {}
    for row in table("unfinished.toml")["end"]:
        for character in row["before"] + opencc.convert(row["before"], "s2t"):
            patterns.setdefault(character, []).append(row["pattern"])
    return {character: _in_both_scripts("|".join(some), "$") for character, some in patterns.items()}


@cache
def _without_middle() -> tuple[dict[str, re.Pattern[str]], Spotter]:
    """Patterns of phrases that lack their middle, by pieces of which each has one, and those pieces."""
    phrases = {
        script: _in_both_scripts(row["pattern"])
        for row in table("unfinished.toml")["middle"]
        for piece in row["has"]
        for script in (piece, opencc.convert(piece, "s2t"))
    }
    return phrases, Spotter(phrases)


def _in_both_scripts(pattern: str, end: str = "") -> re.Pattern[str]:
    return re.compile(f"(?:{pattern}|{opencc.convert(pattern, 's2t')}){end}")
