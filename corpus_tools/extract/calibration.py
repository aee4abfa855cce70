"""How often facts like this one are right: the confidence of a fact, from its rule and the measure model's opinion.

A rule's own `confidence` is what its writer thought of it. `scripts/train_confidence` compares facts found in the
training labels with what those labels say, and keeps as JSON a logistic regression over the writer's figure, how the
rule fared, and how likely the measure model takes the fact's measure, and none, to be. Its card holds a reliability
table.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import exp, log
from pathlib import Path

from corpus_tools.errors import ModelError
from corpus_tools.extract.measure_model import NONE, PACKAGE

MODEL = "confidence.json"
LEARNED = "learned-measure"  # the rule id of a fact that the measure model proposed
SIGNS = ("prior", "rule", "learned", "asked", "measure", "none")
UNLIKELY = 0.002  # no probability counts as less: the model has seen too little to be surer


@dataclass(frozen=True, slots=True)
class Calibration:
    """Weights of a logistic regression, and for each rule the log odds of being right beyond the average."""

    bias: float
    weights: Mapping[str, float]
    rules: Mapping[str, float]

    def probability(self, rule: str, prior: float, measure: str, chances: Mapping[str, float] | None) -> float:
        """How likely a fact is right that `rule` found; `chances` is the model's opinion of its quantity, if any."""
        found = signs(self.rules.get(plain(rule), 0.0), rule, prior, measure, chances)
        total = self.bias + sum(self.weights[name] * found[name] for name in SIGNS)
        return round(1 / (1 + exp(-max(-30.0, min(30.0, total)))), 3)


def signs(fared: float, rule: str, prior: float, measure: str, chances: Mapping[str, float] | None) -> dict[str, float]:
    """What the regression weighs, by name; `fared` is the rule's log odds in training."""
    return {
        "prior": log_odds(prior),
        "rule": fared,
        "learned": float(by_model(rule)),
        "asked": float(chances is not None),
        "measure": log(max(UNLIKELY, chances.get(measure, 0.0))) if chances else 0.0,
        "none": log(max(UNLIKELY, chances.get(NONE, 0.0))) if chances else 0.0,
    }


def plain(rule: str) -> str:
    """A rule's id without its pack.

    >>> plain("teacher_rotation:stay-limit")
    'stay-limit'
    """
    return rule.rpartition(":")[2]


def by_model(rule: str) -> bool:
    """Whether the measure model proposed what `rule` found, or the row that it stands in.

    >>> by_model("teacher_rotation:learned-measure-in-a-row")
    True
    """
    return plain(rule).startswith(LEARNED)


def log_odds(share: float) -> float:
    """The log odds of a probability, which is kept away from 0 and 1."""
    kept = min(0.98, max(0.02, share))
    return log(kept / (1 - kept))


@cache
def calibration() -> Calibration | None:
    """The trained calibration; None where the package has none, and then a fact is as sure as its rule says."""
    for folder in (PACKAGE / "models", PACKAGE.parent / "models"):
        path = folder / MODEL
        if path.is_file():
            return read_calibration(path)
    return None


def read_calibration(path: Path) -> Calibration:
    """The calibration in a file. Raises ModelError where it is of another version."""
    data = json.loads(path.read_text(encoding="utf-8"))
    if data.get("format") != 1 or set(data.get("weights", ())) != set(SIGNS):
        raise ModelError(f"{path.name} is not a model this version can read: run scripts/train_confidence again.")
    return Calibration(float(data["bias"]), data["weights"], data["rules"])
