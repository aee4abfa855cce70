"""Essays in, copies out: who shares text with whom, which passages, which essays are the same text."""

from corpus_tools.dedupe.collate import Collation, collate, marked_text, tei, variant_rows
from corpus_tools.dedupe.config import DedupeConfig
from corpus_tools.dedupe.find import find_duplicates
from corpus_tools.dedupe.jsonl import dedupe_jsonl
from corpus_tools.dedupe.lineage import Lineage, Witness, copied_share, lineage, quoted_from

__all__ = [
    "Collation",
    "DedupeConfig",
    "Lineage",
    "Witness",
    "collate",
    "copied_share",
    "dedupe_jsonl",
    "find_duplicates",
    "lineage",
    "marked_text",
    "quoted_from",
    "tei",
    "variant_rows",
]
