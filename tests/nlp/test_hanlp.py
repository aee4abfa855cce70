"""The HanLP adapter: only what lies on this disk is loaded, and what is asked for and missing is said in a line."""

import socket
from pathlib import Path

import pytest

from corpus_tools.errors import MissingExtraError, ModelError
from corpus_tools.nlp import hanlp
from corpus_tools.nlp.hanlp import Tagged, Tagger

FOLDER = Path(__file__).parents[2] / "models" / "tagger"


@pytest.fixture
def no_network(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("name", ["NO_SUCH_MODEL", "MSRA_NER_BERT_BASE_ZH"])
def test_a_name_is_not_looked_for_on_the_network(no_network, tmp_path, name):
    with pytest.raises(ModelError, match="holds no tagger"):
        hanlp.load(tmp_path / name)


def test_a_folder_says_what_it_lacks(tmp_path):
    (tmp_path / "config.json").write_text("{}")
    with pytest.raises(ModelError, match=r": vocabs\.json, weights\.npz missing"):
        hanlp.load(tmp_path)


def test_without_the_extra_one_line_says_what_to_install(monkeypatch):
    monkeypatch.setattr(hanlp, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError) as raised:
        hanlp.load(FOLDER)
    assert str(raised.value).endswith("pip install 'corpus-tools[hanlp]'")
    assert "\n" not in str(raised.value)


@pytest.mark.models
def test_the_tagger_loads_without_network(no_network):
    pytest.importorskip("hanlp", reason="the extra hanlp is not installed")
    pytest.importorskip("torch", reason="the extra hanlp is not installed")
    assert hanlp.load(FOLDER).spans([]) == []


def component(sentences: list[list[str]], batch_size: int) -> list[list[tuple[str, str, int, int]]]:
    """As HanLP's tagger: every 师 is a T; the last comes first, and an empty sentence is refused."""
    assert batch_size > 0
    assert all(sentences)
    return [[("师", "T", i, i + 1) for i, c in reversed(list(enumerate(s))) if c == "师"] for s in sentences]


@pytest.mark.parametrize(
    ("sentences", "expected"),
    [
        ([], []),
        ([""], [[]]),
        (["教师", "", "师生师"], [[(1, 2)], [], [(0, 1), (2, 3)]]),
        (["生" * 250 + "师"], [[(250, 251)]]),
        (["师" + "生" * 400 + "师"], [[(0, 1), (401, 402)]]),
    ],
)
def test_spans_come_sorted_and_in_the_positions_of_their_sentence(sentences, expected):
    assert Tagger(component).spans(sentences) == [[Tagged(*span, "T") for span in spans] for spans in expected]
