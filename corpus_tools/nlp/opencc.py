"""OpenCC: conversion between simplified and traditional characters."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from opencc import OpenCC

# OpenCC refuses lone surrogates, which a JSON escape such as "\ud83d" can bring in; they stand for themselves.
LONE_SURROGATE = re.compile("([\ud800-\udfff]+)")


@cache
def _converter(scheme: str) -> OpenCC:
    from opencc import OpenCC

    return OpenCC(scheme)


def convert(text: str, scheme: str) -> str:
    """`text` by an OpenCC scheme: t2s, tw2s, hk2s, tw2sp, s2t, s2tw, s2hk."""
    converter = _converter(scheme)
    if text.isascii():
        return text
    try:
        return str(converter.convert(text))
    except UnicodeEncodeError:
        parts = LONE_SURROGATE.split(text)
        return "".join(part if i % 2 else str(converter.convert(part)) for i, part in enumerate(parts))
