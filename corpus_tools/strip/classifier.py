"""A learned opinion of a line: how likely it is the site's own, from its characters and its shape.

The model is a logistic regression over hashed runs of one to three characters, trained by `scripts/train_lines` on the
labels in `corpus/labels/lines` and kept as JSON in `models/`. It never removes a line by itself: it tips the scale
where the cues nearly suffice.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path
from zlib import crc32

from corpus_tools.errors import ModelError

PACKAGE = Path(__file__).parents[1]
MODEL = "boilerplate_lines.json"
BUCKETS = 4096
MAX_CHARS = 240  # of a longer line only the beginning and the end are read
ADDRESS = re.compile(
    r"https?://[\x21-\x7e]+|www\.[\x21-\x7e]+|[\w.-]+@[\w.-]+|[\w-]+\.(?:com|cn|net|org|example)[\x21-\x7e]*"
)
LATIN = re.compile(r"[A-Za-z]+")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class LineModel:
    """Weights of a logistic regression; bucket i of a line's features counts `weights[i]`."""

    bias: float
    weights: Sequence[float]

    def probability(self, line: str) -> float:
        """How likely a folded line is the site's own, between 0 and 1."""
        found = set(features(line))
        total = self.bias + sum(self.weights[bucket] for bucket in sorted(found)) / max(1.0, len(found)) ** 0.5
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


def features(line: str) -> Iterator[int]:
    """The buckets of a folded line: its runs of characters, with addresses, Latin words and numbers made alike.

    >>> sorted(set(features("第3页"))) == sorted(set(features("第12页")))
    True
    """
    if len(line) > MAX_CHARS:
        line = line[: MAX_CHARS // 2] + line[-MAX_CHARS // 2 :]
    plain = DIGITS.sub("0", LATIN.sub("a", ADDRESS.sub("U", line)))
    characters = [character.encode("utf-8", "surrogatepass") for character in f"^{plain}$"]
    for at in range(len(characters)):
        checksum = 0
        for character in characters[at : at + 3]:  # one, two and three of them
            checksum = crc32(character, checksum)
            yield checksum % BUCKETS
    shape = (f"length {min(len(line) // 10, 12)}", f"end {line[-1:]}", f"stops {min(line.count('。'), 3)}")
    for name in shape:
        yield crc32(name.encode("utf-8", "surrogatepass")) % BUCKETS


@cache
def line_model() -> LineModel | None:
    """The trained model; None where the package has none, and then the rules and cues decide alone."""
    for folder in (PACKAGE / "models", PACKAGE.parent / "models"):
        path = folder / MODEL
        if path.is_file():
            data = json.loads(path.read_text(encoding="utf-8"))
            if data.get("format") != 1 or len(data.get("weights", ())) != BUCKETS:
                raise ModelError(f"{path.name} is not a model this version can read: run scripts/train_lines again.")
            return LineModel(float(data["bias"]), tuple(float(weight) for weight in data["weights"]))
    return None
