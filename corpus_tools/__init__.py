"""Scraped Chinese pages in; clean essays, copy clusters and policy facts with their evidence out.

>>> from corpus_tools import clean, find_quantities
>>> str(clean("教師交流期限不少於三年。"))
'教师交流期限不少于三年。'
>>> [(q.op, q.value, q.unit) for q in find_quantities("交流期限不少于三年")]
[('>=', 3, '年')]

Names are loaded where they are first used, so that importing the package stays cheap.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus_tools.config import Config
    from corpus_tools.dedupe import find_duplicates
    from corpus_tools.errors import CorpusToolsError
    from corpus_tools.extract import extract_facts, find_quantities
    from corpus_tools.normalise import to_simplified
    from corpus_tools.pipeline import clean
    from corpus_tools.read.decode import decode
    from corpus_tools.records import Duplicates, Essay, Fact, Page, Quantity
    from corpus_tools.run import run
    from corpus_tools.segment import segment, split_sentences
    from corpus_tools.store import Database
    from corpus_tools.text import Edit, Text

__version__ = "0.1.0"

_HOMES = {
    "Config": "config",
    "CorpusToolsError": "errors",
    "Database": "store",
    "Duplicates": "records",
    "Edit": "text",
    "Essay": "records",
    "Fact": "records",
    "Page": "records",
    "Quantity": "records",
    "Text": "text",
    "clean": "pipeline",
    "decode": "read",
    "extract_facts": "extract",
    "find_duplicates": "dedupe",
    "find_quantities": "extract",
    "run": "run",
    "segment": "segment",
    "split_sentences": "segment",
    "to_simplified": "normalise",
}

__all__ = [
    "Config",
    "CorpusToolsError",
    "Database",
    "Duplicates",
    "Edit",
    "Essay",
    "Fact",
    "Page",
    "Quantity",
    "Text",
    "clean",
    "decode",
    "extract_facts",
    "find_duplicates",
    "find_quantities",
    "run",
    "segment",
    "split_sentences",
    "to_simplified",
]


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    home = import_module(f"{__name__}.{_HOMES[name]}")
    value = home if _HOMES[name] == name else getattr(home, name)  # a room of the same name can be called, see rooms.py
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOMES})
