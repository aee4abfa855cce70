"""Records into SQLite and out again: the database, search, export and the way back to the bytes."""

from corpus_tools.store.database import Database, StoredInput
from corpus_tools.store.export import LAYERS, as_written, export_jsonl
from corpus_tools.store.stored import (
    Counts,
    EssayId,
    Finding,
    Hit,
    StoredCluster,
    StoredDocument,
    StoredEssay,
    StoredFact,
    StoredPair,
    StoredPassage,
)
from corpus_tools.store.trace import Trace

__all__ = [
    "LAYERS",
    "Counts",
    "Database",
    "EssayId",
    "Finding",
    "Hit",
    "StoredCluster",
    "StoredDocument",
    "StoredEssay",
    "StoredFact",
    "StoredInput",
    "StoredPair",
    "StoredPassage",
    "Trace",
    "as_written",
    "export_jsonl",
]
