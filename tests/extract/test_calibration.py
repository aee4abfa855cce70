"""Confidence: a fact is as sure as facts like it were in training, and the calibration is what its card says."""

import hashlib
import json
from pathlib import Path

import pytest

from corpus_tools.errors import ModelError
from corpus_tools.extract import ExtractConfig, extract_facts
from corpus_tools.extract.calibration import LEARNED, MODEL, calibration, plain, read_calibration, signs

MODELS = Path(__file__).parents[2] / "models"
pytestmark = pytest.mark.models
RULE = "stay-then-rotate"


def sure(prior: float = 0.8, rule: str = RULE, **chances: float) -> float:
    return calibration().probability(rule, prior, "same_school_limit", chances or None)


def test_a_fact_is_surer_where_the_model_agrees_than_where_it_does_not():
    agreeing = sure(same_school_limit=0.9, none=0.05)
    assert agreeing > sure(same_school_limit=0.2, none=0.7) > sure(same_school_limit=0.01, none=0.98)


def test_a_fact_of_a_surer_rule_is_surer():
    assert sure(prior=0.95) > sure(prior=0.6)


def test_what_only_the_model_proposes_is_less_sure_than_what_a_rule_finds():
    chances = {"same_school_limit": 0.8, "none": 0.1}
    assert sure(rule=LEARNED, prior=0.8, **chances) < sure(prior=0.8, **chances)


@pytest.mark.parametrize("prior", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("chances", [{}, {"none": 1.0}, {"same_school_limit": 1.0}])
def test_confidence_stays_between_none_and_all(prior, chances):
    assert 0 <= sure(prior, rule="never-seen", **chances) <= 1


@pytest.mark.parametrize("rule", ["teacher_rotation:stay-then-rotate", "stay-then-rotate"])
def test_a_rule_is_known_with_and_without_its_pack(rule):
    assert plain(rule) == RULE
    assert sure(rule=rule) == sure()


def test_facts_carry_their_calibrated_confidence_and_unsure_ones_are_left_out():
    text = "教师交流办法\n教师在同一所学校任教满6年的，应当交流。每次交流不少于3年。对交流教师每月补助300元。"
    facts = extract_facts(text)
    assert len(facts) == 3
    assert all(0.3 <= fact.confidence <= 1 for fact in facts)
    highest = max(fact.confidence for fact in facts)
    kept = extract_facts(text, config=ExtractConfig(min_confidence=highest))
    assert kept == [fact for fact in facts if fact.confidence == highest]


def test_the_same_text_gives_the_same_confidence():
    text = "教师交流办法\n教师在同一所学校任教满6年的，应当交流。"
    assert extract_facts(text) == extract_facts(text)


def test_no_opinion_counts_as_no_sign():
    assert signs(0.0, RULE, 0.5, "same_school_limit", None) == {
        "prior": 0.0, "rule": 0.0, "learned": 0.0, "asked": 0.0, "measure": 0.0, "none": 0.0
    }  # fmt: skip


def test_the_card_names_the_file_as_it_is():
    digest = hashlib.sha256((MODELS / MODEL).read_bytes()).hexdigest()
    assert f"`{digest}`" in (MODELS / MODEL).with_suffix(".md").read_text(encoding="utf-8")


@pytest.mark.parametrize("change", [{"format": 0}, {"weights": {"prior": 1.0}}])
def test_a_calibration_of_another_make_is_refused(tmp_path, change):
    data = json.loads((MODELS / MODEL).read_text(encoding="utf-8"))
    path = tmp_path / MODEL
    path.write_text(json.dumps(data | change), encoding="utf-8")
    with pytest.raises(ModelError, match="scripts/train_confidence"):
        read_calibration(path)
