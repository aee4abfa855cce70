"""Essays in, copies out: who shares text with whom, which passages, which essays are the same text."""

from corpus_tools.dedupe.config import DedupeConfig
from corpus_tools.dedupe.find import find_duplicates
from corpus_tools.dedupe.jsonl import dedupe_jsonl

__all__ = ["DedupeConfig", "dedupe_jsonl", "find_duplicates"]
