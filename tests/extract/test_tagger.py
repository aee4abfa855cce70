"""The tagger of subjects, bodies and places: stored without pickle, told of in its card, used only when asked for."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from corpus_tools.errors import MissingExtraError
from corpus_tools.extract import ExtractConfig, extract_facts
from corpus_tools.extract.tagger import BODY, FOLDER, PLACE, SUBJECT, subject_before, tag
from corpus_tools.nlp import hanlp
from corpus_tools.nlp.hanlp import Tagged

FOLDER_PATH = Path(__file__).parents[2] / "models" / FOLDER
pytestmark = pytest.mark.models


@pytest.mark.parametrize("name", ["weights.npz", "vocabs.json", "config.json"])
def test_the_card_names_the_files_as_they_are(name):
    digest = hashlib.sha256((FOLDER_PATH / name).read_bytes()).hexdigest()
    assert f"`{name}` `{digest}`" in FOLDER_PATH.with_suffix(".md").read_text(encoding="utf-8")


def test_the_weights_are_numbers_and_no_pickle():
    with np.load(FOLDER_PATH / "weights.npz", allow_pickle=False) as weights:
        assert {weights[name].dtype for name in weights.files} == {np.dtype("float16")}
    assert {path.suffix for path in FOLDER_PATH.iterdir()} == {".json", ".npz"}
    assert sum(path.stat().st_size for path in FOLDER_PATH.iterdir()) < 1_000_000


@pytest.mark.parametrize(
    ("at", "low", "expected"),
    [(9, 0, (5, 9)), (8, 0, (0, 2)), (8, 1, None), (1, 0, None), (20, 0, (5, 9))],
)
def test_the_nearest_subject_before_a_place_is_taken(at, low, expected):
    tags = [Tagged(0, 2, SUBJECT), Tagged(2, 4, PLACE), Tagged(5, 9, SUBJECT), Tagged(10, 12, BODY)]
    assert subject_before(tags, at, low) == expected


def test_without_the_extra_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(hanlp, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"pip install 'corpus-tools\[hanlp\]'"):
        ExtractConfig(ner="hanlp")


def test_the_rules_need_no_extra(monkeypatch):
    monkeypatch.setattr(hanlp, "find_spec", lambda name: None)
    assert ExtractConfig().ner == "rules"
    assert [fact.value for fact in extract_facts("教师交流办法\n教师在同一所学校任教满6年的，应当交流。")] == [6]


class TestWithHanLP:
    """What needs the extra."""

    @pytest.fixture(autouse=True)
    def installed(self):
        pytest.importorskip("hanlp", reason="the extra hanlp is not installed")
        pytest.importorskip("torch", reason="the extra hanlp is not installed")

    def test_it_marks_subjects_bodies_and_places_in_order(self):
        sentences = ["校长在同一所学校任满六年的，应当交流。", "浙江省瑞安市教育局负责实施。", ""]
        found = tag(sentences)
        assert len(found) == 3
        assert found[2] == []
        assert SUBJECT in {tagged.label for tagged in found[0]}
        assert {tagged.label for spans in found for tagged in spans} <= {SUBJECT, BODY, PLACE}
        assert all(spans == sorted(spans) for spans in found)

    def test_it_says_the_same_twice_and_in_any_company(self):
        sentence = "骨干教师每次交流不少于三年。"
        alone = tag([sentence])
        assert tag([sentence]) == alone
        assert tag(["校长交流。", sentence, "教师"])[1] == alone[0]

    def test_facts_read_with_it_keep_their_subjects_in_the_text(self):
        text = "教师交流办法\n骨干教师在同一所学校任教满6年的，应当交流。"
        (fact,) = extract_facts(text, config=ExtractConfig(ner="hanlp"))
        pieces = [piece for piece in fact.evidence if piece.slot == "subject"]
        assert "".join(text[piece.start : piece.end] for piece in pieces) == fact.subject
