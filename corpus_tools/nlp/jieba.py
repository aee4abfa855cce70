"""jieba: words of simplified Chinese text."""

from __future__ import annotations

import logging
import warnings
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jieba import Tokenizer


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
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True
    return tokenizer


def cut(text: str) -> list[str]:
    """The words of `text` in order; together they are the text. No guessing at unknown words."""
    return [str(word) for word in _tokenizer().cut(text, HMM=False)]
