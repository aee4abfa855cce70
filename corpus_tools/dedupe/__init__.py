"""Essays in, copies out: who shares text with whom, which passages, which essays are the same text."""

from corpus_tools.dedupe.config import DedupeConfig
from corpus_tools.dedupe.find import find_duplicates

__all__ = ["DedupeConfig", "find_duplicates"]
