"""A learned opinion of a quantity: which measure it states in its clause, or none.

The model is a multinomial logistic regression over hashed runs of characters left and right of the quantity, its unit,
comparator and period, and the words above its sentence; trained by `scripts/train_measures` on the labels in
`corpus/labels/facts` and kept as JSON in `models/`. The rules of a pack are asked first: what the model may add and
what it only makes more or less sure, its card says with figures.
"""

from __future__ import annotations

import json
from base64 import b64decode
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

from corpus_tools.errors import ModelError
from corpus_tools.extract.clauses import Sentence
from corpus_tools.extract.rules import above

if TYPE_CHECKING:
    from numpy.typing import NDArray

PACKAGE = Path(__file__).parents[1]
MODEL = "measures.json"
NONE = "none"
BUCKETS = 8192
NEAR = 14  # characters on either side whose runs are told apart by side
WIDE = 40  # characters on either side whose pairs are counted wherever they stand
LONGEST_ABOVE = 80  # of what stands over the sentence: heading, lead, the sentence before


@dataclass(frozen=True, slots=True)
class MeasureModel:
    """Weights of a multinomial logistic regression; row b of `weights` holds bucket b's weight for each label."""

    labels: tuple[str, ...]
    bias: NDArray[Any]
    weights: NDArray[Any]
    propose: float = 1.0  # from this probability on it may name the measure of a quantity that no rule knows

    def probabilities(self, sentence: Sentence, i: int) -> Mapping[str, float]:
        """How likely each measure, and `none`, is what the i-th quantity of a sentence states."""
        import numpy as np

        found = sorted(set(features(sentence, i)))
        scores = self.bias + self.weights[found].sum(axis=0) / len(found) ** 0.5
        powers = np.exp(scores - scores.max())
        shares = powers / powers.sum()
        return dict(zip(self.labels, (float(share) for share in shares), strict=True))


def features(sentence: Sentence, i: int) -> list[int]:
    """The buckets of the i-th quantity of a sentence; every quantity counts as one character, its unit's."""
    place, quantity = sentence.places[i], sentence.quantities[i]
    clause = sentence.clauses[sentence.clause_at(place)]
    text, unit = sentence.skeleton, quantity.unit or "?"
    left = text[max(0, place - NEAR) : place]
    right = text[place + 1 : place + 1 + NEAR]
    over = f"{sentence.label} {above(sentence)}"[-LONGEST_ABOVE:]
    return [
        *_buckets_of_signs(unit, quantity.op, quantity.per, _size(quantity.value)),
        *[_bucket(f"at left {unit} {left[-size:]}") for size in (1, 2, 3, 4)],
        *[_bucket(f"at right {unit} {right[:size]}") for size in (1, 2, 3, 4)],
        *[bucket for size in (2, 3) for bucket in _buckets("left", left, size)],
        *[bucket for size in (2, 3) for bucket in _buckets("right", right, size)],
        *_buckets(f"clause {unit}", text[clause.start : clause.end], 2),
        *_buckets("sentence", text[max(0, place - WIDE) : place + WIDE], 2),
        *_buckets("above", over, 2),
    ]


@lru_cache(maxsize=1 << 16)  # the same runs of characters come again and again
def _bucket(name: str) -> int:
    return crc32(name.encode("utf-8", "surrogatepass")) % BUCKETS


@lru_cache(maxsize=1 << 12)  # what stands above and around is the same for all quantities of a sentence
def _buckets(where: str, text: str, size: int) -> tuple[int, ...]:
    """The buckets of a text's runs of `size` characters: those of the names `where run`."""
    seed = crc32(f"{where} ".encode())
    data, starts = _encoded(text)
    ends = starts[size:]
    return tuple(crc32(data[low:high], seed) % BUCKETS for low, high in zip(starts, ends, strict=False))


def _encoded(text: str) -> tuple[bytes, Sequence[int]]:
    """A text in UTF-8, and where in it each character starts and the last one ends."""
    data = text.encode("utf-8", "surrogatepass")
    if len(data) == 3 * len(text):  # Han characters alone
        return data, range(0, len(data) + 1, 3)
    sizes = (len(character.encode("utf-8", "surrogatepass")) for character in text)
    return data, tuple(accumulate(sizes, initial=0))


@lru_cache(maxsize=1 << 10)
def _buckets_of_signs(unit: str, op: str, per: str | None, size: str) -> tuple[int, ...]:
    """The buckets of what a quantity says of itself."""
    return tuple(map(_bucket, (f"unit {unit}", f"op {unit} {op}", f"per {unit} {per}", f"size {unit} {size}")))


def _size(value: object) -> str:
    """A value's size in steps a reader would notice: 3 years, 12 years, 2013."""
    if isinstance(value, tuple):
        return f"range {_size(value[1])}"
    if not isinstance(value, int | float):
        return "hidden"
    steps = (0.5, 1, 2, 3, 5, 6, 8, 10, 15, 20, 40, 60, 100, 500, 2000, 10000, 100000)
    return str(sum(value > step for step in steps))


@cache
def measure_model() -> MeasureModel | None:
    """The trained model; None where the package has none, and then the rules decide alone."""
    for folder in (PACKAGE / "models", PACKAGE.parent / "models"):
        path = folder / MODEL
        if path.is_file():
            return read_model(path)
    return None


def read_model(path: Path) -> MeasureModel:
    """The model in a file. Raises ModelError where it is of another version."""
    import numpy as np

    data = json.loads(path.read_text(encoding="utf-8"))
    labels = tuple(data.get("labels", ()))
    small = np.frombuffer(b64decode(data.get("weights", "")), dtype=np.int8)
    if data.get("format") != 1 or small.size != BUCKETS * len(labels) or not labels:
        raise ModelError(f"{path.name} is not a model this version can read: run scripts/train_measures again.")
    weights = small.reshape(BUCKETS, len(labels)).astype(np.float32) * np.float32(data["step"])
    return MeasureModel(labels, np.array(data["bias"], dtype=np.float32), weights, float(data["propose"]))
