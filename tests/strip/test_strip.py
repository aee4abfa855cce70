"""What a site added goes, with its kind; what an author wrote stays, also where it sounds like a site."""

import json
import time
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.lexicon import table
from corpus_tools.records import BOILERPLATE_KINDS, Page, PageMeta, Source, boilerplate_of
from corpus_tools.strip import StripConfig, strip_boilerplate
from corpus_tools.strip.rules import rules
from corpus_tools.text import Edit, Text

CASES = Path(__file__).parents[1] / "cases"
PAGES = json.loads((CASES / "strip_pages.json").read_text(encoding="utf-8"))
AUTHOR_LINES = json.loads((CASES / "strip_author_lines.json").read_text(encoding="utf-8"))
PROSE = (
    "学校的操场边上有一棵老槐树，春天的时候，满树都是白花，孩子们常在树下读书。",
    "我在这里教了三年书，认识了每一个孩子，也认识了他们的父母和田里的庄稼。",
)


def page(text: str, **meta: str) -> Page:
    return Page(Source("page.txt", "", "utf-8", "text/plain"), Text(text), PageMeta(**meta))


def stripped(text: str) -> list[tuple[str, str]]:
    return [(run.kind, text[run.start : run.end]) for run in boilerplate_of(strip_boilerplate(page(text)))]


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case["name"])
def test_pages_in_many_styles(case):
    assert [list(run) for run in stripped(case["text"])] == case["boilerplate"]


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case["name"])
def test_what_a_page_says_of_itself(case):
    meta = asdict(strip_boilerplate(page(case["text"])).meta)
    assert {name: value for name, value in meta.items() if value} == case["meta"]


@pytest.mark.parametrize("line", AUTHOR_LINES)
def test_an_authors_line_stays_wherever_it_stands(line):
    for lines in (
        ("山里的三年", *PROSE, line),
        ("山里的三年", line, *PROSE),
        ("山里的三年", PROSE[0], line, PROSE[1]),
        ("心得体会(精选2篇)", "心得体会篇一", PROSE[0], line, "心得体会篇二", PROSE[1], line),
    ):
        kinds = [kind for kind, quote in stripped("\n\n".join(lines)) if quote != lines[0]]
        assert kinds == []


@pytest.mark.parametrize("row", table("boilerplate.toml")["rule"], ids=lambda row: row["name"])
def test_every_rule_takes_its_example(row):
    rule = next(rule for rule in rules(row["scope"]) if rule.name == row["name"])
    assert rule.takes(row["example"]) if rule.scope == "line" else rule.pattern.search(row["example"])


@pytest.mark.parametrize("row", table("boilerplate.toml")["rule"], ids=lambda row: row["name"])
@pytest.mark.parametrize("piece", ["首页 > ", "教师", "1 ", "来源:", "甲 / 甲 "])
def test_no_rule_is_slow_on_a_line_that_nearly_fits(row, piece):
    rule = next(rule for rule in rules(row["scope"]) if rule.name == row["name"])
    line = (piece * 100)[: rule.max_chars - 1] + "!"
    started = time.process_time()
    rule.takes(line)
    assert time.process_time() - started < 0.1


@pytest.mark.parametrize("row", table("boilerplate.toml")["rule"], ids=lambda row: row["name"])
def test_no_rule_takes_prose(row):
    rule = next(rule for rule in rules(row["scope"]) if rule.name == row["name"])
    assert not any(rule.pattern.search(prose) if rule.scope == "inside" else rule.takes(prose) for prose in PROSE)


@pytest.mark.parametrize(
    ("lines", "kind", "quote"),
    [
        (["当前位置：甲乙网 >", "总结 > 教师总结 >"], "breadcrumb", "当前位置：甲乙网 >"),
        (["教师小结(精选2篇)"], "page_title", "教师小结(精选2篇)"),
        (["# 教师小结(通用2篇)"], "page_title", "# 教师小结(通用2篇)"),
        (
            ["教师小结2篇", "写小结难吗？下面是小编整理的小结，希望大家喜欢。"],
            "intro_blurb",
            "写小结难吗？下面是小编整理的小结，希望大家喜欢。",
        ),
    ],
)
def test_what_stands_above_a_collection(lines, kind, quote):
    text = "\n\n".join([*lines, "教师小结篇一", PROSE[0], "教师小结篇二", PROSE[1]])
    assert (kind, quote) in stripped(text)


def test_a_title_repeated_inside_an_essay_is_the_pages():
    text = "\n".join(["教师小结(精选2篇)", "教师小结篇1", "教师小结(精选2篇)", PROSE[0], "教师小结篇2", PROSE[1]])
    assert stripped(text) == [("page_title", "教师小结(精选2篇)")] * 2


def test_the_heading_of_an_essay_stays_though_it_looks_like_a_page_title():
    text = "\n\n".join([
        "交流制度(1)", "合集下载", "听课制度(2篇)", "听课制度(2篇)", "听课制度" + PROSE[0],
        "备课制度", "备课制度", "备课制度" + PROSE[1],
    ])  # fmt: skip
    assert stripped(text) == [("page_title", "交流制度(1)"), ("download_notice", "合集下载")]


def test_an_editors_note_at_the_beginning_of_an_essay():
    note = "交流是一件好事；本站小编给大家找来了几篇交流小结，希望对您有所帮助。"
    text = "\n\n".join(["小结(共2篇)", "小结篇一", note, PROSE[0], "小结篇二", PROSE[1]])
    assert ("editor_note", note) in stripped(text)


@pytest.mark.parametrize(
    ("sentence", "ad"),
    [
        ("他教三所学校(转载于甲乙网:教师总结)的美术课。", "(转载于甲乙网:教师总结)"),
        ("他教三所学校（转载于甲乙 网：教师总结）的美术课。", "（转载于甲乙 网：教师总结）"),
        ("他教三所学校（转载自丙丁教师之家：小结）的美术课。", "（转载自丙丁教师之家：小结）"),
        ("课后（更多范文请访问 www.jiayi.example ）他去家访。", "（更多范文请访问 www.jiayi.example ）"),
        ("课后（更多范文请访问 甲乙网 jia-yi.example ）他去家访。", "（更多范文请访问 甲乙网 jia-yi.example ）"),
    ],
)
def test_an_advertisement_inside_a_sentence_leaves_the_sentence_whole(sentence, ad):
    text = "\n\n".join(["我的一年", PROSE[0], sentence])
    assert stripped(text) == [("inline_ad", ad)]
    assert str(strip_boilerplate(page(text)).text).endswith(sentence.replace(ad, ""))


@pytest.mark.parametrize(
    "quoted", ["（摘自《陶行知文集》）", "（转载自《人民教育》）", "（见附件1）", "(2016年统计)", "【问题】"]
)
def test_a_citation_in_brackets_stays(quoted):
    assert stripped("\n\n".join(["我的一年", PROSE[0], f"书上说{quoted}要有耐心。"])) == []


def test_prose_before_a_bracketed_notice_stays():
    sentence = "教室的窗户正对着一片茶园。（图片来源于网络，如有侵权请联系删除）"
    assert stripped("\n\n".join(["我的一年", sentence, *PROSE])) == [("copyright", sentence[13:])]


def test_what_a_forum_puts_between_posts():
    lines = [
        "本帖最后由 秋水 于 2016-9-5 08:11 编辑",
        "收藏12 支持18 反对",
        "使用道具 举报",
        "青石 发表于 2016-9-4 20:01:55 | 只看该作者",
    ]
    text = "\n\n".join(["换校第一年", PROSE[0], *lines, PROSE[1]])
    assert [quote for _, quote in stripped(text)] == lines


def test_the_running_head_of_a_printed_text_goes_with_its_page_numbers():
    pages = [(PROSE[0], "某校交流手册", f"- {n} -") for n in (1, 2, 3)]
    text = "\n".join(["教师交流办法", *(line for lines in pages for line in lines)])
    assert [quote for _, quote in stripped(text)] == [line for lines in pages for line in lines[1:]]
    assert stripped("\n".join(["教师交流办法", PROSE[0], "某校交流手册", PROSE[1], "某校交流手册", PROSE[0]])) == []


def test_links_under_their_header_may_be_questions():
    links = ["相关帖子", "• 轮岗教师能不能提前回来？", "• 晒晒你们那儿的补助", "Powered by BBS 3.4"]
    assert [quote for _, quote in stripped("\n".join(["我的一年", *PROSE, *links]))] == links


def test_links_below_their_header_in_the_middle_of_a_page():
    links = ["最新动态", "• 第三次读书会", "• 课题中期汇报"]
    text = "\n".join(["送教到山区", PROSE[0], *links, PROSE[1], PROSE[0]])
    assert [quote for _, quote in stripped(text)] == links


@pytest.mark.parametrize(
    "tail", [[], ["上一篇：无", "版权所有 © 甲乙网 京ICP备00000000号"], ["相关文章：", "支教总结3篇", "打印 关闭"]]
)
@pytest.mark.parametrize("head", [[], ["首页 > 文章 > 正文"]])
@pytest.mark.parametrize("case", json.loads((CASES / "strip_author_pages.json").read_text(encoding="utf-8")))
def test_short_pages_that_speak_of_sites_keep_every_line(case, head, tail):
    text = "\n".join([*head, *case, *tail])
    assert [quote for _, quote in stripped(text) if quote not in head + tail] == []


def test_one_record_or_button_needs_a_line_of_the_site_beside_it():
    text = "\n".join(["索引号：11330000/2020-00123", "发布日期：2020年5月22日", "关于交流的通知", *PROSE])
    assert [quote for _, quote in stripped(text)] == text.split("\n")[:2]
    assert stripped("\n".join(["关于交流的通知", "发布日期：2020年5月22日", *PROSE])) == []


def test_a_quoted_breadcrumb_stays():
    assert stripped("\n\n".join(["我的一年", *PROSE, "网页上写着“当前位置：首页 > 通知”，我点了进去。"])) == []


def test_removed_runs_hold_no_tags():
    raw = "您的位置：<a>首页</a> &gt; <a>总结</a>"
    text = Text(raw).edited(
        [Edit(i, j, "", "markup") for i, j in ((5, 8), (10, 14), (20, 23), (25, 29))] + [Edit(15, 19, ">", "entity")]
    )
    text = Text(raw + "\n\n" + "\n\n".join(("我的一年", *PROSE)), text.edits)
    runs = boilerplate_of(strip_boilerplate(Page(Source("a.html", "", "utf-8", "text/html"), text)))
    assert "".join(text.raw[run.start : run.end] for run in runs) == "您的位置：首页 &gt; 总结"


def test_known_metadata_is_kept_and_the_sites_name_taken_out_of_the_title():
    meta = strip_boilerplate(page("\n\n".join(["我的一年", *PROSE]), title="我的一年_甲乙文库", date="2020-01-02")).meta
    assert (meta.title, meta.site, meta.date) == ("我的一年", "甲乙文库", "2020-01-02")


def test_a_document_number_cited_in_the_text_is_not_the_pages():
    text = "\n\n".join(["某校方案", "根据《意见》（甲教人〔2013〕12号）和上级要求，制定本方案。", *PROSE])
    assert strip_boilerplate(page(text)).meta.document_number is None


def test_stripping_can_be_turned_off():
    untouched = page("当前位置：甲乙网 > 总结\n\n" + PROSE[0])
    assert strip_boilerplate(untouched, StripConfig(strip=False)) is untouched


WORDS = [*"\n 。", "\n\n", "篇一", "篇二", "教师总结", "(精选2篇)", "一、", "下载", "版权所有", "https://a.example/b"]
WORDS += ["相关文档", "我们", "> ", "目录", PROSE[0]]


@given(st.lists(st.sampled_from(WORDS), max_size=30).map("".join))
def test_edits_only_remove_and_carry_a_kind_and_a_reason(text):
    result = strip_boilerplate(page(text)).text
    assert all(edit.kind in BOILERPLATE_KINDS and edit.note and not edit.replacement for edit in result.edits)
    kept = "".join(piece for piece, edit in result.pieces() if edit is None)
    assert str(result) == kept
