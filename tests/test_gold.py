"""Floors of quality on the labelled real pages, which stand beside the project and not in it.

The floors hold for the labels with the digests below; when the labels change, measure again before the floors do.
Lowering a floor is an explicit act.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from corpus_tools import Database, run
from corpus_tools.store.export import export_jsonl

SHARED = Path(__file__).parents[2] / "shared"
GOLD = SHARED / "gold"

pytestmark = pytest.mark.skipif(not GOLD.is_dir(), reason=f"no labelled pages: {GOLD} is not there")

DIGESTS = {
    "essays": "2524481b4f065bf4",
    "sections": "15e8a7d7c1fafb8c",
    "boilerplate": "03b1712ac3f7aa39",
    "noise": "e7e87c96929808a8",
    "duplicates": "efbb0989785a6e38",
    "facts": "493e88f9738e8ec9",
}
FLOORS = [
    ("essays", "f1", 1.0),
    ("essays", "mean_iou", 0.98),
    ("sections", "f1", 0.98),
    ("sections", "level_accuracy", 0.95),
    ("boilerplate", "f1", 0.99),
    ("noise", "f1", 0.95),
    ("noise", "repair_accuracy", 0.97),
    ("duplicates", "f1", 1.0),
    ("duplicates", "core_recall", 1.0),
    ("duplicates", "relation_accuracy", 1.0),
]
AUTHOR_CHARACTERS_LOST = 0
FACTS_STRICT_F1 = 0.97


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("gold") / "seeds.db"
    run([SHARED / "seeds"], path)
    return path


@pytest.fixture(scope="module")
def layers(database, tmp_path_factory):
    folder = tmp_path_factory.mktemp("layers")
    with Database(database) as opened:
        export_jsonl(opened, folder)
    return folder


def scored(script, *args):
    command = [sys.executable, SHARED / "score" / script, *args, "--json"]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.fixture(scope="module")
def structure(layers):
    return scored("score_structure.py", GOLD, layers)


@pytest.mark.parametrize("name", DIGESTS)
def test_the_labels_are_those_the_floors_were_measured_on(name):
    assert hashlib.sha256((GOLD / f"{name}.jsonl").read_bytes()).hexdigest()[:16] == DIGESTS[name]


@pytest.mark.parametrize(("layer", "measure", "floor"), FLOORS)
def test_structure_stays_above_its_floor(structure, layer, measure, floor):
    assert structure[layer][measure] >= floor


def test_no_character_of_an_author_is_lost(structure):
    assert structure["boilerplate"]["author_chars_lost"] <= AUTHOR_CHARACTERS_LOST


def test_facts_stay_above_their_floor(layers):
    assert scored("score_facts.py", GOLD / "facts.jsonl", layers / "facts.jsonl")["overall"]["f1"] >= FACTS_STRICT_F1


def test_every_fact_is_traced_to_its_bytes(database, layers):
    facts = [json.loads(line) for line in (layers / "facts.jsonl").read_text(encoding="utf-8").splitlines()]
    with Database(database) as opened:
        for fact in facts:
            trace = opened.trace(fact["id"])
            assert (SHARED / "seeds" / fact["doc"]).read_bytes()[trace.byte_start : trace.byte_end].decode() == (
                fact["quote"]
            )


def test_every_quote_is_a_slice_of_the_file(layers):
    texts = {path.name: path.read_bytes().decode() for path in (SHARED / "seeds").glob("*.txt")}
    for layer in ("boilerplate", "noise", "facts"):
        for line in (layers / f"{layer}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert texts[row["doc"]][row["start"] : row["end"]] == row["quote"]


def test_a_word_is_found_in_either_script(database):
    with Database(database) as opened:
        in_both = [{hit.id for hit in opened.search(query, limit=None)} for query in ("轮岗", "輪崗")]
        holding = {essay.id for essay in opened.essays() if "轮岗" in essay.text}
    assert in_both[0] == in_both[1]
    assert holding
    assert holding <= in_both[0]


def test_one_worker_and_four_export_the_same(layers, tmp_path):
    run([SHARED / "seeds"], tmp_path / "four.db", workers=4)
    with Database(tmp_path / "four.db") as opened:
        export_jsonl(opened, tmp_path / "layers")
    for path in layers.iterdir():
        assert (tmp_path / "layers" / path.name).read_bytes() == path.read_bytes()
