"""Records into SQLite and out again: the database, search, export and the way back to the bytes."""

from corpus_tools.store.database import Database, StoredInput
from corpus_tools.store.export import LAYERS, as_written, export_jsonl
from corpus_tools.store.reviews import Judgement, Review, State, Verdict
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
    "Judgement",
    "Review",
    "State",
    "StoredCluster",
    "StoredDocument",
    "StoredEssay",
    "StoredFact",
    "StoredInput",
    "StoredPair",
    "StoredPassage",
    "Trace",
    "Verdict",
    "as_written",
    "export_jsonl",
]
