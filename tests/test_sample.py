"""The sample corpus and its labels: made by `scripts/build_sample`, true to the text, as varied as its README says."""

import json
import subprocess
import sys
from collections import defaultdict
from itertools import pairwise

import marked
import pytest
from sample_pages import BIG5, GB18030, LABELS, ROOT, SAMPLE, TEXTS, UNREADABLE, WITH_MARK

from corpus_tools.records import BOILERPLATE_KINDS, NOISE_KINDS

WITHOUT_FACTS = {
    "fanwen/shanlu_gushi.txt",
    "fanwen/jiaoliu_zongjie.html",
    "fanwen/jiaoliu_zongjie_fanti.html",
    "fanwen/jiaoliu_zongjie_2.txt",
    "fanwen/zhijiao_xinde.txt",
    "fanwen/tanxin_yanjiang.txt",
    "gov/suihua_yusuan.txt",
    "school/xueqi_tongji.txt",
    "rows/pages.jsonl#2",
    "rows/pages.jsonl#5",
}
COPIES = {
    ("news/pingnan_jiaoliu.html#1", "news/pingnan_jiaoliu_zhuanzai.txt#1", "near_duplicate"),
    ("news/pingnan_jiaoliu.html#1", "news/pingnan_jiaoliu_jielu.txt#1", "contains_b"),
    ("news/pingnan_jiaoliu_jielu.txt#1", "news/pingnan_jiaoliu_zhuanzai.txt#1", "contains_a"),
    ("gov/meihekou_yijian.txt#1", "gov/yunhe_yijian.html#1", "near_duplicate"),
    ("fanwen/jiaoliu_zongjie.html#1", "fanwen/jiaoliu_zongjie_fanti.html#1", "near_duplicate"),
    ("fanwen/jiaoliu_zongjie.html#1", "fanwen/jiaoliu_zongjie_2.txt#2", "contains_b"),
    ("fanwen/jiaoliu_zongjie.html#2", "fanwen/jiaoliu_zongjie_2.txt#1", "near_duplicate"),
    ("fanwen/jiaoliu_zongjie_2.txt#2", "fanwen/jiaoliu_zongjie_fanti.html#1", "contains_a"),
    ("school/jiaoliu_jihua.txt#1", "tw/jiaoliu_jihua_fanti.txt#1", "near_duplicate"),
    ("school/jiaoliu_jihua.txt#1", "wenku/jiaoliu_ziliao.txt#1", "contains_a"),
    ("tw/jiaoliu_jihua_fanti.txt#1", "wenku/jiaoliu_ziliao.txt#1", "contains_a"),
    ("fanwen/tanxin_yanjiang.txt#1", "fanwen/tanxin_yanjiang.txt#2", "shares_passage"),
    ("rows/pages.jsonl#1#1", "rows/pages.jsonl#4#1", "near_duplicate"),
}


def layer(name: str) -> list[dict]:
    return [json.loads(line) for line in (LABELS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_files_and_labels_are_what_the_marked_sources_make():
    done = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "build_sample"), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["boilerplate", "noise", "facts"])
def test_every_quote_is_what_stands_there(name):
    rows = layer(name)
    assert rows
    for row in rows:
        assert TEXTS[row["doc"]][row["start"] : row["end"]] == row["quote"], row


def test_essays_and_sections_begin_where_their_headings_stand():
    for row in layer("essays"):
        # an essay of a markdown page begins at its marks, which are no part of the heading
        assert TEXTS[row["doc"]][row["start"] :].lstrip("# ").startswith(row["heading"]), row
        assert row["start"] < row["end"] <= len(TEXTS[row["doc"]])
    for row in layer("sections"):
        text = TEXTS[row["doc"]][row["start"] : row["end"]]
        assert text.startswith(row["marker"]), row
        assert text.endswith(row["title"]), row
        assert text == text.strip()


def test_essays_of_a_page_follow_each_other_and_hold_their_facts():
    spans = defaultdict(list)
    for row in layer("essays"):
        spans[row["doc"]].append((row["start"], row["end"]))
        assert row["essay"] == len(spans[row["doc"]])
    assert set(spans) == set(TEXTS)
    for doc, held in spans.items():
        assert all(a[1] <= b[0] for a, b in pairwise(held)), doc
    for row in layer("facts"):
        start, end = spans[row["doc"]][row["essay"] - 1]
        assert start <= row["start"] < row["end"] <= end, row


def test_facts_keep_to_the_vocabulary_and_to_words_that_stand_in_the_text():
    found = [(row["doc"], row["quote"], marked.faults(row, TEXTS[row["doc"]])) for row in layer("facts")]
    wrong = [fact for fact in found if fact[2]]
    assert wrong == []


def test_every_measure_every_boilerplate_and_nearly_every_damage_is_planted():
    assert {row["measure"] for row in layer("facts")} == {measure for _, measure in marked.MEASURES.values()}
    assert {row["kind"] for row in layer("boilerplate")} == BOILERPLATE_KINDS
    assert {row["kind"] for row in layer("noise")} == NOISE_KINDS - {"mojibake"}
    assert all(row["repair"] is None for row in layer("noise") if row["kind"] == "masked")


def test_the_planted_copies_are_found_and_no_others():
    def name(side: list) -> str:
        return f"{side[0]}#{side[1]}"

    pairs = {(name(row["a"]), name(row["b"]), row["relation"]) for row in layer("duplicates")}
    assert pairs == COPIES
    assert all(0 < row["jaccard"] <= row["containment"] <= 1 for row in layer("duplicates"))


def test_pages_full_of_numbers_hold_no_fact():
    assert set(TEXTS) - {row["doc"] for row in layer("facts")} == WITHOUT_FACTS
    assert all(sum(c.isdigit() or c in "一二三四五六七八九十" for c in TEXTS[doc]) >= 10 for doc in WITHOUT_FACTS)


def test_encodings_and_line_ends_are_as_the_readme_says():
    for doc in GB18030 | BIG5:
        with pytest.raises(UnicodeDecodeError):
            (SAMPLE / doc).read_bytes().decode("utf-8")
    assert all((SAMPLE / doc).read_bytes().startswith(b"\xef\xbb\xbf") for doc in WITH_MARK)
    assert {doc for doc, text in TEXTS.items() if "\r\n" in text} == {"gov/juxian_xize.txt"}
    assert len([path for path in SAMPLE.rglob("*") if path.is_file()]) >= 30
    readme = (ROOT / "corpus" / "README.md").read_text(encoding="utf-8")
    assert all(doc in readme for doc in GB18030 | BIG5 | WITH_MARK | UNREADABLE)
