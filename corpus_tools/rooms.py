"""Rooms that are called like the function they are named after.

`corpus_tools.segment` is a folder and a function of the public interface. Python binds the folder's module to that
name whenever anything in it is imported, so which of the two a user got would hang on what was imported before. A
module that can be called is both, in any order: `corpus_tools.segment(text)` and
`from corpus_tools.segment import SegmentConfig`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import ModuleType


def callable_as(name: str, function: Callable[..., object]) -> None:
    """Make calling the module `name` call `function`."""

    class Room(ModuleType):
        __call__ = staticmethod(function)

    sys.modules[name].__class__ = Room
