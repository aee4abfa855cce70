"""How well labelled pages by writers who had not seen the rules are cleaned and cut; floors, raised as figures rise.

The rules have since learnt from the pages in `learnt`. Nobody who wrote a rule has looked at those in `first_sight`,
deliberately hard, and in `cousins`, which are like real pages one by one: their figures are what to expect of a page
from the world, and stay so only as long as nobody does.
"""

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path

import pytest
from scoring import characters, f1, overlap_f1, rows, starts

from corpus_tools import run
from corpus_tools.store import Database, export_jsonl

ROOT = Path(__file__).parents[1]
SOURCES = ROOT / "corpus" / "labels" / "sources" / "pages"
LAYERS = ("essays", "sections", "boilerplate", "noise")
FLOORS = {
    "learnt": {"essays": 0.99, "sections": 0.98, "boilerplate": 0.98, "noise": 0.96, "lost": 0},
    "first_sight": {"essays": 0.9, "sections": 0.92, "boilerplate": 0.95, "noise": 0.91, "lost": 0},
    "cousins": {"essays": 1.0, "sections": 0.97, "boilerplate": 0.99, "noise": 0.95, "lost": 0},
}


@pytest.fixture(scope="module")
def build_sample():
    loader = SourceFileLoader("build_sample", str(ROOT / "scripts" / "build_sample"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("build_sample", loader))
    sys.modules["build_sample"] = module
    loader.exec_module(module)
    return module


@pytest.fixture(scope="module", params=FLOORS)
def measured(request, build_sample, tmp_path_factory):
    """The name of a set of pages, their texts, their labels and what a run finds, by layer."""
    folder = tmp_path_factory.mktemp(request.param)
    (folder / "pages").mkdir()
    texts, gold = {}, {layer: [] for layer in LAYERS}
    for path in sorted((SOURCES / request.param).glob("*.marked")):
        name, data, (page,) = build_sample.built(path.read_text(encoding="utf-8"))
        (folder / "pages" / name).write_bytes(data)
        texts[name] = page.marked.text
        labels = build_sample.labels(page)
        for layer in LAYERS:
            gold[layer] += labels[layer]
    run([folder / "pages"], folder / "corpus.db")
    with Database.open(folder / "corpus.db") as database:
        export_jsonl(database, folder / "found")
    return request.param, texts, gold, {layer: rows(folder / "found" / f"{layer}.jsonl") for layer in LAYERS}


@pytest.mark.parametrize("layer", ["essays", "sections"])
def test_essays_and_sections_begin_where_they_do(measured, layer):
    name, texts, gold, found = measured
    expected, seen = starts(gold[layer], texts), starts(found[layer], texts)
    assert overlap_f1(expected, seen) >= FLOORS[name][layer], sorted(expected ^ seen)


def test_the_sites_words_go_and_the_authors_stay(measured):
    name, texts, gold, found = measured
    expected, seen = characters(gold["boilerplate"], texts), characters(found["boilerplate"], texts)
    assert overlap_f1(expected, seen) >= FLOORS[name]["boilerplate"]
    assert len(seen - expected) <= FLOORS[name]["lost"]


def test_damage_is_seen(measured):
    name, _, gold, found = measured
    left, right = list(found["noise"]), 0
    for row in gold["noise"]:
        match = next((other for other in left if _same_damage(row, other)), None)
        if match is not None:
            left.remove(match)
            right += 1
    assert f1(right, len(gold["noise"]), len(found["noise"])) >= FLOORS[name]["noise"]


def _same_damage(a, b):
    return (a["doc"], a["kind"]) == (b["doc"], b["kind"]) and a["start"] < b["end"] and b["start"] < a["end"]
