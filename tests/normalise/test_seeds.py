"""Floors on the real pages beside the project; skipped where they are not."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from corpus_tools.normalise import normalise
from corpus_tools.records import Page, Source, noise_of
from corpus_tools.text import Text

SHARED = Path(__file__).parents[2].parent / "shared"
FLOORS = {"bad_conversion": 0.95, "stray_char": 0.95, "hard_break": 0.95, "masked": 0.97}

pytestmark = pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the labelled pages are not beside the project")


def rows(name):
    return [json.loads(line) for line in (SHARED / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def overlap(a, b):
    return a[0] < b[1] and b[0] < a[1]


@pytest.fixture(scope="module")
def found():
    """Damage found outside what is the site's own, by kind: [(doc, start, end)]."""
    site = defaultdict(list)
    for row in rows("boilerplate"):
        site[row["doc"]].append((row["start"], row["end"]))
    found = defaultdict(list)
    for path in sorted((SHARED / "seeds").glob("*.txt")):
        raw = path.read_bytes().decode("utf-8")
        page = normalise(Page(Source(path.name, "", "utf-8", "text/plain"), Text(raw)))
        for noise in noise_of(page):
            span = (noise.start, noise.end)
            if not any(overlap(span, own) for own in site[path.name]):
                found[noise.kind].append((path.name, *span))
    return found


@pytest.mark.parametrize(("kind", "floor"), FLOORS.items())
def test_damage_is_found(found, kind, floor):
    gold = [(row["doc"], row["start"], row["end"]) for row in rows("noise") if row["kind"] == kind]
    unused = list(found[kind])
    hits = 0
    for doc, *span in gold:
        match = next((other for other in unused if other[0] == doc and overlap(span, other[1:])), None)
        if match:
            unused.remove(match)
            hits += 1
    assert 2 * hits / (len(gold) + len(found[kind])) >= floor
