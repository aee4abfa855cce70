"""The hot loops as machine code, where numba is installed."""

from __future__ import annotations

from functools import cache
from types import ModuleType


@cache
def loops() -> ModuleType | None:
    """The module of the loops; None without numba, and then the forms in numpy serve."""
    try:
        from corpus_tools.dedupe import loops
    except ImportError:
        return None
    return loops
