"""How much the report shows."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ReportConfig:
    """How much of a large corpus one HTML file shows; what is left out is counted in it."""

    max_pairs: int = field(default=60, metadata={"help": "pairs of essays shown side by side"})
    max_lines: int = field(default=300, metadata={"help": "pairs drawn in the network"})
    max_clusters: int = field(default=200, metadata={"help": "groups of copies listed"})
    max_members: int = field(default=50, metadata={"help": "copies listed of each group"})
    max_findings: int = field(default=2_000, metadata={"help": "rows of the comparison of facts"})
    max_compared: int = field(default=60, metadata={"help": "groups whose copies are compared with each other"})
    max_variants: int = field(default=12, metadata={"help": "places shown at which the copies of one text differ"})
    max_chars: int = field(default=12_000, metadata={"help": "characters shown of each essay"})
