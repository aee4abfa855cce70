"""The spaCy component: the same facts, as spans, whatever the segmenter."""

import pytest
import spacy

import corpus_tools.extract.pipe  # noqa: F401  registers policy_facts
from corpus_tools.extract import extract_facts

TEXT = "教师在同一所学校任教满六年的，应当交流。每学年交流的教师不低于符合条件教师总数的10%。听课每学期不少于20节。"


def pipeline(segmenter: str):
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": segmenter}}})
    nlp.add_pipe("policy_facts")
    return nlp


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("segmenter", ["char", "jieba"])
def test_facts_are_spans_of_the_doc(segmenter):
    doc = pipeline(segmenter)(TEXT)
    spans = doc.spans["policy_facts"]
    assert [(s.label_, s._.fact.value, s._.fact.unit) for s in spans] == [
        ("same_school_limit", 6, "年"),
        ("exchange_share", 10, "%"),
    ]
    assert all(s.start_char <= s._.fact.start and s._.fact.end <= s.end_char for s in spans)


def test_the_component_finds_what_the_function_finds():
    assert list(pipeline("char")(TEXT)._.facts) == extract_facts(TEXT)


def test_another_field_is_another_pack():
    nlp = spacy.blank("zh")
    nlp.add_pipe("policy_facts", config={"packs": ["class_size"]})
    doc = nlp("小学每班学生不超过45人，幼儿园每班配备教师2名。")
    assert [(s.label_, s._.fact.op, s._.fact.value) for s in doc.spans["policy_facts"]] == [
        ("class_size_limit", "<=", 45),
        ("teachers_per_class", "=", 2),
    ]
