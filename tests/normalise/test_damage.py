"""Places where words are lost or cannot be read: marked, and left as they stand."""

import pytest

from corpus_tools.normalise import normalise
from corpus_tools.records import Page, Source
from corpus_tools.text import Text


def marked(text):
    page = normalise(Page(Source("-", "", "utf-8", "text/plain"), Text(text)))
    return [(mark.kind, text[mark.start : mark.end]) for mark in page.marks if mark.kind != "masked"]


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        ("党的十八届三会通过了决定。", "dropped_text", "三会"),
        ("根据《支援农村教育的意见》（教人2号）精神。", "dropped_text", "教人2号"),
        ("在学校领导、师生的支持，我完成了任务。", "dropped_text", "在学校领导、师生的支持，"),
        ("今后我将继续在上，不负大家。", "dropped_text", "在上，"),
        ("（1）认真备课。\n（2）认真上课。\n（5）认真辅导。", "dropped_text", "（5）"),
        ("讲话稿篇六\n\n开学了。\n\n三、沟通联系\n\n多与家长沟通。", "dropped_text", "三、沟通联系"),
        ("工作开展得很好。为了使工作再上一个新台阶。\n还有很多事。", "dropped_text", "一个新台阶。"),
        ("教师发自内心地改砮蟆 班主任做个有心人。", "mojibake", "砮蟆 "),
        ("初中、高中在2%?5%。", "mojibake", "%?"),
        ("炎热的夏天?；叵胍幌?，时间过得真快。", "mojibake", "?；叵胍幌?，"),
        ("学校锟斤拷教师", "mojibake", "锟斤拷"),
        ("学校\ufffd教师", "mojibake", "\ufffd"),
    ],
)
def test_lost_and_unreadable_places_are_marked(text, kind, piece):
    assert marked(text) == [(kind, piece)]


@pytest.mark.parametrize(
    "text",
    [
        "十八届三中全会通过了决定。",
        "根据《意见》（教人〔2006〕2号）精神。",
        "在师生的支持下，我完成了任务。",
        "在此感谢各位领导的支持，谢谢！",
        "他现在上，明天下。",
        "（1）认真备课。\n（2）认真上课。\n（3）认真辅导。",
        "一、备课\n\n认真备课。二、上课\n\n三、辅导",
        "为了使工作再上一个新台阶，我们要努力。",
        "魑魅魍魉 都是鬼怪。",
        "真的吗？好的。",
        "第三会议室在二楼。",
    ],
)
def test_nothing_is_marked_where_nothing_is_lost(text):
    assert marked(text) == []
