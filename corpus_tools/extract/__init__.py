"""Essays to facts: quantities, places, and the rules of a policy field with their slots and their evidence."""

from corpus_tools.extract.facts import ExtractConfig, extract_facts
from corpus_tools.extract.quantities import find_quantities

__all__ = ["ExtractConfig", "extract_facts", "find_quantities"]
