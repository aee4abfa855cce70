"""The quantities of labelled passages, each with the measure its label gives it: what the trainers learn from."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from corpus_tools import clean
from corpus_tools.extract.clauses import Sentence
from corpus_tools.extract.facts import readers
from corpus_tools.extract.measure_model import BUCKETS, NONE, MeasureModel, features
from corpus_tools.records import Quantity
from corpus_tools.segment import segment
from corpus_tools.text import Text

ROOT = Path(__file__).resolve().parents[1]
LABELS = ROOT / "corpus" / "labels" / "facts"
# C of the regression: by cross-validation on the training labels 30, 100 and 300 are alike with the rules, 10 is worse
STRENGTH = 100.0
# by cross-validation on the training labels 35 facts more that are right, 22 that are not; confidence tells them apart
PROPOSE = 0.6
FOLDS = 5


class Labelled(NamedTuple):
    """The i-th quantity of a sentence and what it states."""

    doc: str
    sentence: Sentence
    i: int
    measure: str


def passages(name: str) -> list[dict[str, Any]]:
    """The rows of a label file."""
    return [json.loads(line) for line in (LABELS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def quantities_of(rows: Sequence[Mapping[str, Any]]) -> Iterator[Labelled]:
    """Every quantity of the passages in order, `none` where no labelled fact has it."""
    for row in rows:
        text = clean(row["text"])
        for sentence in sentences_in(str(text)):
            for i, quantity in enumerate(sentence.quantities):
                yield Labelled(row["doc"], sentence, i, measure_of(quantity, text, row["facts"]))


def sentences_in(text: str) -> Iterator[Sentence]:
    """The sentences of a text with their quantities, as the fact rules read them."""
    for reader in readers(text, segment(text)):
        yield from reader.sentences


def measure_of(quantity: Quantity, text: Text, facts: Sequence[Mapping[str, Any]]) -> str:
    """The measure of the labelled fact whose span holds the quantity and whose value it is."""
    start, end = text.raw_span(quantity.start, quantity.end)
    value = list(quantity.value) if isinstance(quantity.value, tuple) else quantity.value
    for fact in facts:
        if fact["start"] <= start and end <= fact["end"]:
            hidden = quantity.masked and fact["masked"] and fact["measure"] != "exempt_group"
            if hidden or (value is not None and fact["value"] == value and fact["unit"] == quantity.unit):
                return str(fact["measure"])
    return NONE


def matrix(items: Sequence[Labelled]) -> csr_matrix:
    """The features of quantities, one row each, of length 1."""
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for item in items:
        found = sorted(set(features(item.sentence, item.i)))
        columns += found
        values += [1 / len(found) ** 0.5] * len(found)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(items), BUCKETS))


def fitted(items: Sequence[Labelled]) -> MeasureModel:
    """A measure model trained on the quantities, its weights rounded as they are stored."""
    model = LogisticRegression(C=STRENGTH, max_iter=1000)
    model.fit(matrix(items), [item.measure for item in items])
    step = float(np.abs(model.coef_).max()) / 127
    weights = np.rint(model.coef_.T / step) * np.float32(round(step, 5))
    bias = np.round(model.intercept_, 3)
    return MeasureModel(tuple(model.classes_), bias.astype(np.float32), weights.astype(np.float32), PROPOSE)


def folds(rows: Sequence[Mapping[str, Any]]) -> Iterator[tuple[list[Any], list[Any]]]:
    """The passages as training and testing part, five times; every passage is in one testing part."""
    for k in range(FOLDS):
        yield [row for n, row in enumerate(rows) if n % FOLDS != k], list(rows[k::FOLDS])
