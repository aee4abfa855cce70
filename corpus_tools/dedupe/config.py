"""The settings of the search for copies."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from corpus_tools.errors import ConfigError

# numba keeps these in its machine code, whose age it tells by loops.py alone: who changes one touches that file.
# Seeds are hashes of runs of this many letters and digits. Twelve characters of Chinese are about seven words: two
# authors rarely write the same seven words in a row.
SEED_LENGTH = 12
# Shares are measured on runs of this many, as the labelling guide has it.
GRAM_LENGTH = 8
# A text that says one thing a thousand times over would share a million runs with its like, so an 8-gram that stands in
# a text more often than this starts none.
MOST_REPEATS = 200
# The hash of a run is a polynomial in BASE, which is odd so that no power of it vanishes; MIX is from splitmix64.
BASE = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)
# Stands for what a character folds to where that is more than one character.
SEVERAL = np.uint32(0xFFFFFFFF)


@dataclass(frozen=True, slots=True)
class DedupeConfig:
    """What counts as a copy; lengths are in letters and digits, after folding."""

    min_jaccard: float = field(
        default=0.5, metadata={"help": "shared 8-grams over those of both: from here on a near duplicate"}
    )
    min_containment: float = field(
        default=0.8, metadata={"help": "shared 8-grams over those of the shorter: from here on one holds the other"}
    )
    same_length: float = field(
        default=0.8, metadata={"help": "a text this much shorter than its copy is a part of it, not a near duplicate"}
    )
    min_passage: int = field(
        default=40, metadata={"help": "shortest shared run that relates two texts; 0 asks for whole copies only"}
    )
    min_share: float = field(
        default=0.3, metadata={"help": "shared 8-grams that relate two texts though edits left no whole passage"}
    )
    min_part: float = field(
        default=0.0, metadata={"help": "share below which a pair is left out that has nothing but a passage in common"}
    )
    passages: bool = field(default=True, metadata={"help": "say where shared runs stand, not only that there are any"})
    common_above: int = field(
        default=20, metadata={"help": "a passage in more families of texts than this is common property, no copying"}
    )
    star_above: int = field(
        default=100, metadata={"help": "of texts with a run in common, if there are more, a few are compared with all"}
    )
    same_up_to: int = field(
        default=200, metadata={"help": "exact copies of a text that are more than this are linked to one of them only"}
    )
    pairs_up_to: int = field(
        default=500, metadata={"help": "edited copies of a family larger than this are linked to a few of them only"}
    )
    workers: int = field(default=1, metadata={"help": "processes; the result is the same for any number"})

    def __post_init__(self) -> None:
        for name in ("min_jaccard", "min_containment", "same_length", "min_share"):
            if not 0 < getattr(self, name) <= 1:
                raise ConfigError(f"{name} is a share above 0 and at most 1, not {getattr(self, name)!r}.")
        if not 0 <= self.min_part <= 1:
            raise ConfigError(f"min_part is a share from 0 to 1, not {self.min_part!r}.")
        if self.min_passage and self.min_passage < 2 * SEED_LENGTH:
            raise ConfigError(f"min_passage is 0 (none) or at least {2 * SEED_LENGTH}, not {self.min_passage!r}.")
        for name, least in (
            ("star_above", 2),
            ("same_up_to", 2),
            ("pairs_up_to", 2),
            ("workers", 1),
            ("common_above", 1),
        ):
            if getattr(self, name) < least:
                raise ConfigError(f"{name} is at least {least}, not {getattr(self, name)!r}.")

    @property
    def window(self) -> int:
        """Winnowing window: any shared run of `min_passage` characters leaves two seeds in both texts."""
        # A run of n characters has n - 11 grams; of any 2w grams in a row winnowing keeps at least two.
        return (min(self.min_passage or 51, 51) - SEED_LENGTH + 1) // 2
