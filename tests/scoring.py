"""How near a run comes to labels: the same measures as the labelling guide's scorers, for labels in any encoding."""

import json
from collections.abc import Iterable
from pathlib import Path

Row = dict


def rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def f1(right: int, gold: int, found: int) -> float:
    return 2 * right / (gold + found) if gold + found else 1.0


def starts(labels: Iterable[Row], texts: dict[str, str]) -> set[tuple[str, int]]:
    """Where essays or headings begin, leading white space skipped."""
    places = set()
    for row in labels:
        at, text = row["start"], texts[row["doc"]]
        while at < len(text) and text[at].isspace():
            at += 1
        places.add((row["doc"], at))
    return places


def characters(labels: Iterable[Row], texts: dict[str, str]) -> set[tuple[str, int]]:
    """Every labelled character that is not white space."""
    return {
        (row["doc"], at)
        for row in labels
        for at in range(row["start"], row["end"])
        if not texts[row["doc"]][at].isspace()
    }


def overlap_f1(gold: set, found: set) -> float:
    return f1(len(gold & found), len(gold), len(found))


def agree(gold: Row, found: Row) -> bool:
    """Strictly the same fact: doc, measure, value and unit equal, and the spans overlap."""
    if gold["doc"] != found["doc"] or gold["measure"] != found["measure"]:
        return False
    if gold["value"] is None or found["value"] is None:
        same = gold["value"] is found["value"]
    else:
        same = _value(gold) == _value(found)
    return same and gold["start"] < found["end"] and found["start"] < gold["end"]


def _value(fact: Row) -> tuple:
    value = fact["value"]
    return (tuple(value) if isinstance(value, list | tuple) else (value,), fact["unit"])


def paired(gold: list[Row], found: list[Row]) -> list[tuple[Row, Row]]:
    """Facts that agree strictly, one to one, in reading order."""
    left, pairs = list(found), []
    for fact in gold:
        match = next((other for other in left if agree(fact, other)), None)
        if match is not None:
            left.remove(match)
            pairs.append((fact, match))
    return pairs


def facts_f1(gold: list[Row], found: list[Row]) -> float:
    return f1(len(paired(gold, found)), len(gold), len(found))
