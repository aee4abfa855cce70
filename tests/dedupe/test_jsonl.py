"""The search by itself, on a JSON Lines file with the user's ids."""

import json

import pytest
from click.testing import CliRunner

from corpus_tools.cli.dedupe import dedupe
from corpus_tools.dedupe import DedupeConfig, dedupe_jsonl, find_duplicates, jsonl
from corpus_tools.dedupe.jsonl import Lines
from corpus_tools.errors import FormatError, ReadError

TEXTS = {
    "x1": "教师交流期限一般不少于三年，骨干教师交流人数不低于交流总数的百分之二十，由县级教育部门统一安排。",
    "x2": "晨读时间从七点半开始，各班由值日生领读，内容由语文组和英语组轮流确定，每周五抽查一次。",
    "x3": "教師交流期限一般不少於三年,骨幹教師交流人數不低於交流總數的百分之二十,由縣級教育部門統一安排",
    "x4": "通知如下：晨读时间从七点半开始，各班由值日生领读，内容由语文组和英语组轮流确定，每周五抽查一次。"
    "请各班遵照执行，如有变动另行告知。",
}


@pytest.fixture
def corpus(tmp_path):
    path = tmp_path / "essays.jsonl"
    lines = [
        json.dumps({"name": k, "body": v, "more": 1}, ensure_ascii=i % 2 == 0) for i, (k, v) in enumerate(TEXTS.items())
    ]
    path.write_text("\n\n".join(lines), encoding="utf-8")
    return path


def rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_it_says_what_the_python_function_says(corpus, tmp_path):
    dedupe_jsonl(corpus, tmp_path / "out", "body", "name", DedupeConfig())
    found = find_duplicates(list(TEXTS.values()))
    names = list(TEXTS)
    assert rows(tmp_path / "out/pairs.jsonl") == [
        {
            "a": names[p.a],
            "b": names[p.b],
            "jaccard": round(p.jaccard, 4),
            "containment": round(p.containment, 4),
            "relation": p.relation,
        }
        for p in found.pairs
    ]
    passages = rows(tmp_path / "out/passages.jsonl")
    assert [(p["a"], p["b"], p["a_start"], p["a_end"], p["b_start"], p["b_end"]) for p in passages] == [
        (names[p.a], names[p.b], p.a_start, p.a_end, p.b_start, p.b_end) for p in found.passages
    ]
    assert rows(tmp_path / "out/clusters.jsonl") == [
        {"representative": names[c.representative], "members": [names[m] for m in c.members]} for c in found.clusters
    ]


def test_the_keep_column_keeps_one_of_each_cluster(corpus, tmp_path):
    dedupe_jsonl(corpus, tmp_path / "out", "body", "name")
    keep = {row["id"]: row["keep"] for row in rows(tmp_path / "out/keep.jsonl")}
    assert list(keep) == list(TEXTS)
    assert sorted([keep["x1"], keep["x3"]]) == [False, True]
    assert keep["x2"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\n\n", "\n\x0c\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_where_the_file_is_cut_does_not_matter(corpus, tmp_path, monkeypatch, end, last):
    dedupe_jsonl(corpus, tmp_path / "whole", "body", "name", DedupeConfig())
    other = tmp_path / "other.jsonl"
    other.write_bytes((corpus.read_text(encoding="utf-8").replace("\n\n", end) + last).encode())
    monkeypatch.setattr(jsonl, "BLOCK", 30)
    dedupe_jsonl(other, tmp_path / "cut", "body", "name", DedupeConfig())
    for path in (tmp_path / "whole").iterdir():
        assert (tmp_path / "cut" / path.name).read_bytes() == path.read_bytes()


def test_an_id_with_half_a_character_comes_back_as_it_was(tmp_path):
    (tmp_path / "odd.jsonl").write_text(json.dumps({"id": "\ud842", "text": "短文"}), encoding="utf-8")
    dedupe_jsonl(tmp_path / "odd.jsonl", tmp_path / "out")
    assert rows(tmp_path / "out/keep.jsonl") == [{"id": "\ud842", "keep": True}]


@pytest.mark.parametrize(
    "line",
    [
        b'{"id": 1, "text": "\xe6\x95\x99", "more": NaN}',
        b'\xef\xbb\xbf{"id": 1, "text": "\xe6\x95\x99"}',
        b'{"id": "a", "text": "half of a character: \\ud842"}',
        b'{"id": 36893488147419103232, "text": "more than 64 bits"}',
        b'{"id": "a", "id": "b", "text": "\\u6559\\n"}',
        b' {"id": "a", "text": ""}\r',
    ],
)
def test_rows_are_what_json_reads_whatever_reads_them(line, tmp_path):
    pytest.importorskip("orjson", reason="orjson is optional; without it json reads them all")
    row = json.loads(line)
    assert Lines(tmp_path, 0, 0, "text", "id").rows([line], [0]) == ([row["text"]], [row["id"]])


def test_the_command(corpus, tmp_path):
    options = ["--text-field", "body", "--id-field", "name", "--to", str(tmp_path / "out"), "--passages"]
    result = CliRunner().invoke(dedupe, [str(corpus), *options])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out/passages.jsonl").stat().st_size


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"id": 1', "byte 0"),
        ("[1]", "not a JSON object"),
        ('{"id": 1, "body": "x"}', "--text-field"),
        ('{"id": 1, "text": 3}', "string"),
        ("[" * 100_000, "not a JSON object"),
    ],
)
def test_a_bad_row_is_named(tmp_path, line, says):
    (tmp_path / "bad.jsonl").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(FormatError, match=says):
        dedupe_jsonl(tmp_path / "bad.jsonl", tmp_path / "out")


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(ReadError, match=r"none\.jsonl"):
        dedupe_jsonl(tmp_path / "none.jsonl", tmp_path / "out")
