"""jieba: words of simplified Chinese text."""

from __future__ import annotations

import logging
import re
import warnings
from functools import cache
from math import inf, log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieba import Tokenizer

ONLY_HAN = re.compile("[\u4e00-\u9fd5]+")


@cache
def _tokenizer() -> Tokenizer:
    with warnings.catch_warnings():
        # its sources carry invalid escapes, and it asks for the old pkg_resources
        warnings.simplefilter("ignore")
        import jieba

        jieba.setLogLevel(logging.WARNING)
        tokenizer = jieba.Tokenizer()
        # Not tokenizer.initialize(): that would load a marshalled dictionary from the temp folder, where anybody on the
        # machine may have put one, and write one there.
        with tokenizer.get_dict_file() as file:
            tokenizer.FREQ, tokenizer.total = _frequencies(file.read().decode("utf-8"))
        tokenizer.initialized = True
    return tokenizer


def _frequencies(dictionary: str) -> tuple[dict[str, int], int]:
    """What jieba's gen_pfdict makes of a dictionary, in half its time: words and their beginnings, and the total."""
    columns = dictionary.split()  # word, frequency, part of speech
    words, frequencies = columns[::3], list(map(int, columns[1::3]))
    found: dict[str, int] = {}
    longer = words
    for length in range(1, max(map(len, words))):
        longer = [word for word in longer if len(word) > length]
        found |= dict.fromkeys([word[:length] for word in longer], 0)
    found |= zip(words, frequencies, strict=True)
    return found, sum(frequencies)


def may_part_word(text: str, at: int) -> bool:
    """Whether any word of the dictionary lies across a place in `text`; where none does, `cut` cuts there."""
    words = _tokenizer().FREQ
    spans = ((low, high) for low in range(at) for high in range(at + 1, len(text) + 1))
    return any(words.get(text[low:high]) for low, high in spans)


def cut(text: str) -> list[str]:
    """The words of `text` in order; together they are the text. No guessing at unknown words."""
    return _likeliest(text) if ONLY_HAN.fullmatch(text) else [str(word) for word in _tokenizer().cut(text, HMM=False)]


def _likeliest(text: str) -> list[str]:
    """What jieba makes of Chinese characters alone, in half its time: of all ways to cut them the likeliest."""
    frequency_of, total = _tokenizer().FREQ.get, log(_tokenizer().total)
    length = len(text)
    chances, ends = [0.0] * (length + 1), [0] * length
    for at in range(length - 1, -1, -1):
        chance, longest = -inf, at + 1
        for end in range(at + 1, length + 1):
            frequency = frequency_of(text[at:end])
            if frequency is None:
                break
            if frequency and (new := log(frequency) - total + chances[end]) >= chance:
                chance, longest = new, end
        chances[at], ends[at] = chance if chance > -inf else chances[at + 1] - total, longest
    words = []
    at = 0
    while at < length:
        words.append(text[at : ends[at]])
        at = ends[at]
    return words
