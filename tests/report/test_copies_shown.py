"""Who copied what, as both reports show it: the telling pairs, bounded, by letters; the report of `dedupe`."""

import json
import re

import pytest
from click.testing import CliRunner

from corpus_tools.cli.dedupe import dedupe
from corpus_tools.dedupe import dedupe_jsonl
from corpus_tools.report.config import ReportConfig
from corpus_tools.report.essays import write_essay_report
from corpus_tools.report.groups import most_telling
from corpus_tools.report.network import largest
from corpus_tools.store.stored import EssayId, StoredPair

TEXT = (
    "交流工作总结\n2014年9月，我来到青山镇中心小学任教，担任三年级的班主任，并承担两个班的语文课。"
    "我虚心向老教师请教，认真备好每一节课，家访走遍了周边的五个村子。期末评比时，我们班被评为文明班级。"
)
OTHER = "晨读时间从七点半开始，各班由值日生领读，内容由语文组和英语组轮流确定，每周五抽查一次，结果在校务栏里公布一周。"


def pair(names, containment=0.9, jaccard=0.8, relation="near_duplicate"):
    return StoredPair(EssayId(names[0], 1), EssayId(names[1], 1), relation, containment, jaccard)


def told(pairs, *clusters):
    """The pairs chosen, where the first letter of each cluster represents it."""
    chiefs = {EssayId(name, 1): EssayId(cluster[0], 1) for cluster in clusters for name in cluster}
    return ["".join((p.a.doc, p.b.doc)) for p in most_telling(pairs, chiefs)]


def test_each_copy_stands_beside_its_base_and_two_groups_are_tied_once():
    everything = [pair("ab"), pair("ac"), pair("bc"), pair("ax", 0.5), pair("bx", 0.6), pair("cy", 0.4)]
    assert told(everything, "abc", "xy") == ["ab", "ac", "bx"]


def test_pairs_that_differ_come_before_those_that_are_the_same():
    assert told([pair("ab", 1.0, 1.0), pair("ac", 0.7)], "abc") == ["ac", "ab"]


def test_the_relations_take_turns():
    parts = [pair("uv", 0.8, relation="contains_a"), pair("wx", 0.7, relation="contains_b")]
    assert told([pair("ab"), pair("cd"), *parts, pair("yz", 0.1, relation="shares_passage")]) == [
        *("ab", "uv", "yz"),
        *("cd", "wx"),
    ]


def test_the_largest_groups_are_drawn():
    drawn = largest([pair("xy"), pair("ab"), pair("bc")], 2)
    assert [p.a.doc for p in drawn] == ["a", "b"]


def written(folder, rows, **settings):
    """The report of `dedupe` on these rows."""
    path = folder / "rows.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    done = dedupe_jsonl(path, folder / "out", "body", "name")
    return write_essay_report(path, folder / "out", done, "body", ReportConfig(**settings)).read_text(encoding="utf-8")


def test_the_report_of_dedupe_shows_source_variants_and_passages(tmp_path):
    hidden = TEXT.replace("2014年", "20xx年").replace("五个", "六个")
    rows = [{"name": 7, "body": hidden}, {"name": "b", "body": TEXT, "site": "青禾网"}, {"name": "c", "body": OTHER}]
    html = written(tmp_path, rows)
    assert re.search(r"Likely source: [AB], <span[^>]*>b</span>", html)
    assert "青禾网" in html
    assert re.search(r'<mark class="p\d">', html)
    assert re.search(r"shared: \d+ % of the left, \d+ % of the right", html)
    assert "b#1" not in html  # a row is one essay


def test_it_is_escaped_and_asks_nothing_of_the_network(tmp_path):
    evil = TEXT + "<script>alert(1)</script>"
    html = written(tmp_path, [{"name": "<b>", "body": evil}, {"name": '"', "body": evil}])
    assert "<script" not in html
    assert "<b>\n" not in html
    assert re.findall(r"(?:src|href)=[\"'](?!#)|@import|url\(", html) == []


def test_what_is_left_out_is_counted(tmp_path):
    rows = [{"name": f"a{n}", "body": TEXT + "又" * n} for n in range(9)]
    rows += [{"name": f"b{n}", "body": OTHER} for n in range(2)]
    html = written(tmp_path, rows, max_clusters=1, max_members=4)
    assert "2 texts stand more than once; the 1 largest groups are shown" in html
    assert "9 copies" in html
    assert "5 more copies are not listed" in html


def test_nothing_copied_is_said(tmp_path):
    assert "No two essays share a passage" in written(tmp_path, [{"name": "a", "body": TEXT}])


@pytest.mark.parametrize(("flags", "there"), [([], True), (["--no-report"], False)])
def test_the_command_writes_it(tmp_path, flags, there):
    (tmp_path / "rows.jsonl").write_text(json.dumps({"id": 1, "text": TEXT}), encoding="utf-8")
    result = CliRunner().invoke(dedupe, [str(tmp_path / "rows.jsonl"), "--to", str(tmp_path / "out"), *flags])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out/report.html").exists() == there
