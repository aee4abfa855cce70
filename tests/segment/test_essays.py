"""Where the essays of a page begin and end."""

import json
from pathlib import Path

import pytest

from corpus_tools.segment import segment

PAGES = json.loads((Path(__file__).parents[1] / "cases" / "segment_pages.json").read_text(encoding="utf-8"))
BODY = "孩子们在老槐树下读书，读得很认真，声音一直传到河对岸的村子里去。"


def headings(text: str) -> list[tuple[int, str, str]]:
    return [(s.level, s.marker, s.title) for essay in segment(text) for s in essay.sections]


def essays(text: str) -> list[str]:
    return [essay.heading for essay in segment(text)]


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case["name"])
def test_pages_in_many_styles(case):
    text = case["text"]
    found = [
        {
            "heading": essay.heading,
            "begins": text[essay.start : essay.start + 8],
            "ends": text[essay.end - 6 : essay.end],
            "sections": [[s.level, s.marker, s.title] for s in essay.sections],
        }
        for essay in segment(text)
    ]
    assert found == case["essays"]


@pytest.mark.parametrize(
    "heads",
    [
        ["交流小结篇一", "交流小结篇二", "交流小结篇三"],
        ["交流总结 篇1", "交流小结 篇2", "交流体会 篇3"],  # the collection changes its name on the way
        ["## 交流小结篇一", "## 交流小结篇二"],
        ["篇一：初到山村", "篇二：离别"],
        ["第一篇：初到山村", "第二篇：离别"],
        ["【篇1】初到山村", "【篇2】离别"],
        ["交流心得体会（一）", "交流心得体会（二）"],
        ["交流心得体会1", "交流心得体会2"],
        ["交流心得体会·一", "交流心得体会·二"],
        ["交流心得体会①", "交流心得体会②"],
        ["交流心得体会 Ⅰ", "交流心得体会 Ⅱ"],
        ["范文一：交流小结", "范文二：支教小结"],
        ["交流小结篇二", "交流小结篇三"],  # the first was lost
    ],
)
def test_numbered_essays(heads):
    text = "\n\n".join(f"{head}\n\n{BODY}" for head in heads)
    assert essays(text) == [head.lstrip("# ") for head in heads]


@pytest.mark.parametrize(
    "lines",
    [
        ["我读过的书", "第一篇写童年，第二篇写故乡。", BODY],
        ["交流方案", "典型案例1", BODY, "典型案例2", BODY],  # parts of one text
        ["交流方案", "附表1", BODY, "附表2", BODY],
        ["一次家访", "我写了三篇日记。", BODY, "上篇", BODY, "下篇", BODY],
    ],
)
def test_one_text_is_not_cut(lines):
    assert len(segment("\n\n".join(lines))) == 1


@pytest.mark.parametrize(
    "heads",
    [
        ["## 初到山村", "## 第一堂课", "## 离别"],
        ["1、教师交流总结", "2、校长述职报告", "3、支教心得体会"],
        ["一、教师交流总结", "二、校长述职报告", "三、支教心得体会"],
    ],
)
def test_as_many_headings_as_the_title_of_the_page_promises(heads):
    promised = "\n\n".join(["交流心得(精选3篇)", *(f"{head}\n\n{BODY}" for head in heads)])
    assert essays(promised) == [head.lstrip("# ") for head in heads]
    other = promised.replace("3篇", "5篇")
    assert len(segment(other)) == 1


def test_promised_texts_may_count_as_they_are_counted():
    heads = ["一、教师交流总结", "二、校长述职报告", "三、支教心得体会"]
    inner = f"一、做法\n\n{BODY}\n\n二、打算\n\n{BODY}"
    page = "\n\n".join(["交流心得(精选3篇)", *(f"{head}\n\n{BODY}\n\n{inner}" for head in heads)])
    assert essays(page) == heads


def test_documents_put_together_with_their_titles_printed_once():
    text = "\n\n".join([
        "城东小学交流方案", "为做好交流，制定本方案。", "一、目标", BODY, "二、步骤", BODY,
        "城西小学听课制度", "为规范听课，制定本制度。", "一、要求", BODY, "二、记录", BODY,
    ])  # fmt: skip
    assert essays(text) == ["城东小学交流方案", "城西小学听课制度"]


def test_documents_with_their_titles_printed_twice():
    text = "\n\n".join(
        f"{name}\n\n{name}\n\n{name}为了规范管理，制定本制度。\n\n一、总则本制度适用于全校。"
        for name in ("听课制度规定", "备课管理制度")
    )
    assert essays(text) == ["听课制度规定", "备课管理制度"]
    assert headings(text) == [(1, "一、", "总则")] * 2


def test_a_table_of_contents_is_not_the_essays():
    text = "\n".join(["交流小结篇一", "交流小结篇二", "交流小结篇一", BODY, BODY, "交流小结篇二", BODY, BODY])
    assert [essay.start > 10 for essay in segment(text)] == [True, True]
