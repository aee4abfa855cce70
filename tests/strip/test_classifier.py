"""The learned opinion of a line: it leans, it never decides alone, and it is stored as plain JSON."""

import hashlib
import json
from pathlib import Path

import pytest

from corpus_tools.errors import ModelError
from corpus_tools.strip import classifier
from corpus_tools.strip.classifier import BUCKETS, LineModel, features, line_model
from corpus_tools.strip.lines import folded

ROOT = Path(__file__).parents[2]
HELD_BACK = [
    json.loads(line)
    for line in (ROOT / "corpus" / "labels" / "lines" / "held_back.jsonl").read_text(encoding="utf-8").splitlines()
]
pytestmark = pytest.mark.models


def chances(author: bool) -> list[float]:
    model = line_model()
    assert model is not None
    return [model.probability(folded(row["text"])) for row in HELD_BACK if (row["label"] == "author") == author]


def test_hardly_an_authors_line_is_taken_for_a_sites():
    taken = [chance for chance in chances(author=True) if chance >= 0.5]
    assert len(taken) <= 0.02 * len(chances(author=True))
    assert max(taken, default=0) < 0.9


def test_half_of_a_sites_lines_are_known_by_their_characters_alone():
    found = [chance for chance in chances(author=False) if chance >= 0.5]
    assert len(found) >= 0.5 * len(chances(author=False))


@pytest.mark.parametrize(
    "pair", [("第3页", "第12页"), ("见 http://a.example/1 。", "见 https://b.example/x 。"), ("Word版", "PDF版")]
)
def test_numbers_words_and_addresses_are_alike(pair):
    first, second = (sorted(set(features(text))) for text in pair)
    assert first == second


def test_the_card_names_the_digest_of_the_model():
    model = (ROOT / "models" / "boilerplate_lines.json").read_bytes()
    card = (ROOT / "models" / "boilerplate_lines.md").read_text(encoding="utf-8")
    assert hashlib.sha256(model).hexdigest() in card


def test_a_model_of_another_size_is_refused(tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "boilerplate_lines.json").write_text('{"format": 1, "bias": 0, "weights": [0]}')
    monkeypatch.setattr(classifier, "PACKAGE", tmp_path)
    line_model.cache_clear()
    with pytest.raises(ModelError, match="scripts/train_lines"):
        line_model()
    line_model.cache_clear()


def test_nothing_known_is_undecided():
    assert LineModel(0.0, [0.0] * BUCKETS).probability("任何一行") == 0.5
