"""The measure model: what it says of quantities, what it may add to the rules, and that it is what its card says."""

import hashlib
import json
from pathlib import Path
from zlib import crc32

import pytest

from corpus_tools.errors import ModelError
from corpus_tools.extract import extract_facts
from corpus_tools.extract.calibration import LEARNED
from corpus_tools.extract.clauses import Sentence, attach, fold
from corpus_tools.extract.learned import Learned, borne_out, learned_for
from corpus_tools.extract.measure_model import BUCKETS, MODEL, NONE, features, measure_model, read_model
from corpus_tools.extract.pack import load_pack
from corpus_tools.extract.quantities import find_quantities
from corpus_tools.records import Fact

MODELS = Path(__file__).parents[2] / "models"
PACK = load_pack("teacher_rotation")
pytestmark = pytest.mark.models


def sentence(text: str) -> Sentence:
    """A sentence with its quantities, as rules read it."""
    made = Sentence(0, len(text), fold(text))
    attach(made, find_quantities(text))
    return made


def likeliest(text: str) -> str:
    chances = measure_model().probabilities(sentence(text), 0)
    return max(chances, key=chances.get)


@pytest.mark.parametrize(
    ("text", "measure"),
    [
        ("校长在同一所学校任满八年的，应当交流到其他学校任职。", "same_school_limit"),
        ("每次交流轮岗的时间不少于三年。", "exchange_duration"),
        ("每学年交流教师的比例不低于符合条件教师的12%。", "exchange_share"),
        ("对交流到乡镇的教师每人每月补助450元。", "allowance"),
        ("拒不服从交流的，三年内不得评先评优。", "ban_period"),
        ("学校现有学生1260人。", NONE),
        ("教学楼总投资800万元。", NONE),
        ("教师每学期听课20节。", NONE),
    ],
)
def test_the_clause_tells_what_a_quantity_states(text, measure):
    assert likeliest(text) == measure


def test_probabilities_are_of_all_labels_and_add_up_to_one():
    chances = measure_model().probabilities(sentence("每次交流不少于三年。"), 0)
    assert set(chances) == {*PACK.kinds, NONE} - {"exempt_group"}
    assert sum(chances.values()) == pytest.approx(1, abs=1e-5)


def test_the_value_is_not_learnt_by_heart():
    three, four = (set(features(sentence(f"每次交流不少于{number}年。"), 0)) for number in "三四")
    assert len(three - four) <= 1  # its size


def test_a_feature_stands_in_the_same_bucket_in_every_run():
    assert [crc32(name.encode()) % BUCKETS for name in ("unit 年", "left 交流")] == [4265, 1749]
    assert {4265, 1749} <= set(features(sentence("交流期限为两年。"), 0))


def test_a_rule_that_knows_the_quantity_is_asked_first():
    (fact,) = extract_facts("教师交流办法\n教师在同一所学校任教满6年的，应当交流。")
    assert (fact.measure, LEARNED in fact.reason) == ("same_school_limit", False)


def test_the_model_proposes_no_measure_for_a_unit_that_the_field_does_not_know():
    learned = learned_for(PACK)
    assert learned.rule(sentence("每周听课3节。"), 0) is None


def test_another_field_has_no_trained_parts():
    learned = learned_for(load_pack("class_size"))
    assert (learned.model, learned.sureness) == (None, None)


def test_without_a_model_nothing_is_proposed():
    assert Learned(PACK, None, None).rule(sentence("轮期两年。"), 0) is None


def test_what_the_model_alone_finds_in_an_essay_is_not_believed():
    def fact(rule: str) -> Fact:
        return Fact("subsidy", "allowance", 0, 2, "补助", reason=f"teacher_rotation:{rule}")

    assert borne_out([fact(LEARNED), fact(LEARNED)]) == []
    assert borne_out([fact(LEARNED), fact("by-rule")]) == [fact(LEARNED), fact("by-rule")]
    assert borne_out([]) == []


def test_the_card_names_the_file_as_it_is():
    digest = hashlib.sha256((MODELS / MODEL).read_bytes()).hexdigest()
    assert f"`{digest}`" in (MODELS / MODEL).with_suffix(".md").read_text(encoding="utf-8")


@pytest.mark.parametrize("change", [{"format": 2}, {"labels": ["none"]}, {"labels": []}])
def test_a_model_of_another_make_is_refused(tmp_path, change):
    data = json.loads((MODELS / MODEL).read_text(encoding="utf-8"))
    path = tmp_path / MODEL
    path.write_text(json.dumps(data | change), encoding="utf-8")
    with pytest.raises(ModelError, match="scripts/train_measures"):
        read_model(path)
