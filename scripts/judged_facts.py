"""Facts found in labelled passages with trained parts of one's choice, and which of them the labels bear out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
from scoring import paired  # noqa: E402

from corpus_tools import clean  # noqa: E402
from corpus_tools.extract import ExtractConfig, extract_facts  # noqa: E402
from corpus_tools.extract.learned import Learned  # noqa: E402
from corpus_tools.extract.pack import Pack  # noqa: E402

Row = dict[str, Any]
SLOTS = ("measure", "value", "unit", "confidence", "reason")
EVERYTHING = ExtractConfig(min_confidence=0.0)


def found_in(rows: Sequence[Mapping[str, Any]], learned: Callable[[Pack], Learned]) -> list[Row]:
    """The facts of the passages with the trained parts that `learned` gives, in raw positions."""
    found = []
    with patch("corpus_tools.extract.facts.learned_for", lambda pack, ner="rules": learned(pack)):
        for row in rows:
            text = clean(row["text"])
            for fact in extract_facts(str(text), config=EVERYTHING):
                span = text.raw_span(fact.start, fact.end)
                slots = {name: getattr(fact, name) for name in SLOTS}
                found.append({"doc": row["doc"], "start": span.start, "end": span.end, "n": len(found), **slots})
    return found


def right_ones(rows: Sequence[Mapping[str, Any]], found: list[Row]) -> set[int]:
    """The numbers `n` of the facts that strictly agree with a label, one to one."""
    gold = [fact for row in rows for fact in row["facts"]]
    by_doc: dict[str, list[Row]] = {}
    for fact in found:
        by_doc.setdefault(fact["doc"], []).append(fact)
    return {
        match["n"]
        for doc, facts in by_doc.items()
        for _, match in paired([fact for fact in gold if fact["doc"] == doc], facts)
    }


def scores(rows: Sequence[Mapping[str, Any]], found: list[Row]) -> tuple[int, int, float, float, float, int]:
    """Found, right, precision, recall, F1, and how many were found in passages without a fact."""
    right = len(right_ones(rows, found))
    gold = sum(len(row["facts"]) for row in rows)
    empty = {row["doc"] for row in rows if not row["facts"]}
    astray = sum(fact["doc"] in empty for fact in found)
    return len(found), right, right / len(found), right / gold, 2 * right / (len(found) + gold), astray


def table(lines: Mapping[str, tuple[int, int, float, float, float, int]]) -> str:
    """The scores as a table of a card."""
    head = "| | found | right | precision | recall | F1 | found where there is none |\n|---|---|---|---|---|---|---|\n"
    return head + "\n".join(
        f"| {name} | {found} | {right} | {p:.3f} | {r:.3f} | {f:.3f} | {astray} |"
        for name, (found, right, p, r, f, astray) in lines.items()
    )


def nearly(a: Sequence[float], b: Sequence[float], by: float) -> bool:
    """Whether two rows of numbers differ nowhere by more than `by`: the last digits depend on the machine's library."""
    return len(a) == len(b) and all(abs(x - y) <= by for x, y in zip(a, b, strict=True))
