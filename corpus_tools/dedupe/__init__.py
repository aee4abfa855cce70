"""Essays in, copies out: who shares text with whom, which passages, which essays are the same text."""

from corpus_tools.dedupe.collate import Collation, collate
from corpus_tools.dedupe.config import DedupeConfig
from corpus_tools.dedupe.find import find_duplicates
from corpus_tools.dedupe.jsonl import dedupe_jsonl
from corpus_tools.dedupe.lineage import Lineage, lineage
from corpus_tools.dedupe.quoted import copied_share, quoted_from
from corpus_tools.dedupe.tei import tei
from corpus_tools.dedupe.witness import Witness, witness_of

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
    "quoted_from",
    "tei",
    "witness_of",
]
