"""Where the essays of a page begin: pages in many styles with a mark ▶ at each start, and the signs one by one."""

import json
from pathlib import Path
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.config import Config
from corpus_tools.lexicon import table
from corpus_tools.pipeline import clean_page
from corpus_tools.records import Page, Source
from corpus_tools.segment import segment
from corpus_tools.strip import seams_of
from corpus_tools.strip.essay_heads import essay_heads
from corpus_tools.strip.lines import folded, lines_of
from corpus_tools.strip.numbering import numbering
from corpus_tools.strip.seams import Seam, is_post_line
from corpus_tools.strip.series import contents_of
from corpus_tools.strip.signs import named, sign
from corpus_tools.text import Text

PAGES = json.loads((Path(__file__).parents[1] / "cases" / "essay_starts.json").read_text(encoding="utf-8"))
BODY = "孩子们在老槐树下读书，读得很认真，声音一直传到河对岸的村子里去。"


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case["name"])
def test_pages_begin_their_essays_at_the_marks(case):
    marked = "\n".join(case["text"])
    text = marked.replace("▶", "")
    page = clean_page(Page(Source("page.txt", "", "utf-8", "text/plain"), Text(text)), Config())
    essays = segment(str(page.text), seams=seams_of(page))
    begins = [page.text.raw_span(essay.start, essay.end).start for essay in essays]
    assert begins == [at - marked.count("▶", 0, at) for at, char in enumerate(marked) if char == "▶"]


@pytest.mark.parametrize("place", ["front", "above", "below"])
def test_every_sign_takes_its_examples(place):
    for row in table("essays.toml")[place]:
        assert [sign(place, folded(line)) for line in row["examples"]] == [row["weight"]] * len(row["examples"])


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("above", "他在山里住了三年，"),
        ("below", BODY),
        ("below", "教师交流的形式包括："),
    ],
)
def test_what_speaks_for_no_seam(place, line):
    assert sign(place, folded(line)) <= 0


@pytest.mark.parametrize(
    ("title", "weight"),
    [
        ("城东小学教师交流方案", 3),
        ("给交流教师的一封信", 3),
        ("座谈会情况纪要(摘录)", 3),
        ("教育简报", 2),
        ("支教日记之二", 2),
        ("教师外出学习汇报制度", 2),
        ("教学反思", 1),
        ("完善教师交流制度", -3),  # a task, not a paper
        ("进一步做好教师交流工作的通知", 3),
        ("孩子们的春天", 0),
        ("总结", 0),
    ],
)
def test_a_title_that_names_its_kind(title, weight):
    assert named(title) == weight


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("青青子衿 | 沙发 | 发表于 2020-7-14 22:02:51", True),
        ("小雨 发表於 2011/3/5 08:10 | 只看該作者", True),
        ("3楼 2016-03-02 10:40 举报", True),
        ("山里人 回复于 3小时前 #12", True),
        ("老周 回答于 2018-03-04 11:20", True),
        ("我家住在3楼，沙发是新买的。", False),
        ("会议于2018-03-04 14:30在教学楼3楼召开，请各位老师准时参加并签到，不得无故缺席", False),
        ("1楼：教务处", False),
        ("2020-7-14", False),
        ("沙发", False),
    ],
)
def test_the_line_a_forum_prints_above_a_post(line, expected):
    assert is_post_line(folded(line)) == expected


@pytest.mark.parametrize(
    ("above", "below", "expected"),
    [
        (["一、甲", "二、乙"], ["一、丙"], "restart"),
        (["一、甲", "二、乙"], ["三、丙"], "continues"),
        (["一、甲"], ["（一）乙", "二、丙"], "continues"),  # a part of 一 begins to count, 一 goes on
        (["（一）甲", "（二）乙"], ["一、丙", "（一）丁"], "restart"),
        ([BODY], ["1.甲"], "fresh"),
        ([BODY], [BODY], ""),
        (["一、甲", "二、乙"], ["交流方案一、目的"], "restart"),  # run into the title
    ],
)
def test_how_the_numbers_run_on(above, below, expected):
    lines = lines_of("\n".join([*above, "教师交流方案", *below]))
    assert numbering(lines, [len(above)]) == {len(above): expected}


@pytest.mark.parametrize(
    ("lines", "announced"),
    [
        (["一盏灯", "那年的雪", "回家的路", "一盏灯", BODY, "那年的雪", BODY, "回家的路", BODY], [3, 5, 7]),
        (["1.一盏灯 …… 1", "2.那年的雪 …… 3", "3.回家的路 …… 5", "一盏灯", BODY, "那年的雪", BODY, "回家的路"],
         [3, 5, 7]),
        (["一、目的", "二、内容", "三、要求", "一、目的", BODY, "二、内容", BODY, "三、要求", BODY], []),  # sections
        (["听课制度", "听课制度", BODY, "备课制度", "备课制度", BODY], []),  # printed twice
    ],
)  # fmt: skip
def test_a_list_of_contents_names_the_essays(lines, announced):
    assert sorted(contents_of(lines_of("\n".join(lines))).announced) == announced


def test_places_of_posts_are_handed_on():
    text = "我先说两句。\n我也说两句。\n还有我。"
    seams = [Seam(0, "post"), Seam(text.index("我也"), "post"), Seam(text.index("还有"), "post")]
    assert [essay.start for essay in segment(text, seams=seams)] == [seam.at for seam in seams]
    assert len(segment(text)) == 1


def test_a_notice_and_what_it_issues_are_one_offices_papers():
    text = "\n".join([
        "石桥县教育局关于印发《石桥县教师交流办法》的通知", "各学校：", "现将办法印发给你们，请认真执行。",
        "石桥县教育局", "2019年3月2日", "石桥县教师交流办法", "第一条 为规范交流，制定本办法。",
        "第二条 交流期限为三年。",
    ])  # fmt: skip
    assert [head.kind for head in essay_heads(lines_of(text))] == ["title", "annex"]


LINES = ["教师交流方案", "关于交流的通知", "附件1", "各位老师：", "一、目的", "二、内容", "谢谢大家！", "2019年9月1日",
         BODY, "", "小雨 | 沙发 | 发表于 2020-7-14 22:02"]  # fmt: skip


@given(st.lists(st.sampled_from(LINES), max_size=30))
def test_heads_are_in_order_and_inside_the_text(chosen):
    lines = lines_of("\n".join(chosen))
    heads = essay_heads(lines)
    assert [head.line for head in heads] == sorted({head.line for head in heads})
    for head in heads:
        assert lines[head.line].start == head.start <= head.title <= head.end <= lines[head.last].end


def test_a_line_printed_ten_thousand_times_takes_no_longer_than_others():
    lines = lines_of("教师交流方案\n" * 10_000)
    began = process_time()
    essay_heads(lines)
    assert process_time() - began < 2
