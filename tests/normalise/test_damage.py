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
        ("在乡亲们、村干部的帮助，我们修好了操场。", "dropped_text", "在乡亲们、村干部的帮助，"),
        ("往后我会接着在上，好好教书。", "dropped_text", "在上，"),
        ("（1）认真备课。\n（2）认真上课。\n（5）认真辅导。", "dropped_text", "（5）"),
        ("讲话稿篇六\n\n开学了。\n\n三、沟通联系\n\n多与家长沟通。", "dropped_text", "三、沟通联系"),
        ("孩子们学得很用心。为了使更多的人也读上新书。\n后面还有。", "dropped_text", "也读上新书。"),
        ("新来的老师慢慢地砮蟆 家长也放心了。", "mojibake", "砮蟆 "),
        ("今后我将以这次支教为，继续关注山里的孩子。", "dropped_text", "以这次支教为，"),
        ("问题还停留在表面，没有真正。\n下面说打算。", "dropped_text", "没有真正。"),
        ("学校要总结经验，补齐短板，办好家门口的每一所。", "dropped_text", "每一所。"),
        (
            "孩子们第一次登台说了话，还有两个孩子不再逃学，家长也常到学校里来。我以为，这就是我来到这里最大\n范文二：新学期",
            "dropped_text",
            "到这里最大",
        ),
        ("批改作业不够及。今后一定改正。", "dropped_text", "够及。"),
        ("数学和英语都在3%?7%。", "mojibake", "%?"),
        ("下课以后?；氐郊液?，天已经黑了。", "mojibake", "?；氐郊液?，"),
        ("学校锟斤拷教师", "mojibake", "锟斤拷"),
        ("学校\ufffd教师", "mojibake", "\ufffd"),
        ("名单里有锟斤拷锟斤拷两位老师。", "mojibake", "锟斤拷锟斤拷"),
        ("作者：锟斤拷锟斤拷锟斤拷", "mojibake", "锟斤拷锟斤拷锟斤拷"),
        ("标题是ÖÐÎÄ×÷ÎÄ，看不懂。", "mojibake", "ÖÐÎÄ×÷ÎÄ"),
        ("课堂才鍙樺緱有条不紊。", "mojibake", "鍙樺緱"),
        ("教育的温度ï¼Œ不在高楼。", "mojibake", "ï¼Œ"),
        ("交的是朋友，流的是活水，而不是。", "dropped_text", "而不是。"),
        ("考核小组应在五日内作出书面。", "dropped_text", "作出书面。"),
        ("那边已经闹成一。后来好了。", "dropped_text", "闹成一。"),
    ],
)
def test_lost_and_unreadable_places_are_marked(text, kind, piece):
    assert marked(text) == [(kind, piece)]


@pytest.mark.parametrize(
    "text",
    [
        "十八届三中全会通过了决定。",
        "根据《意见》（教人〔2006〕2号）精神。",
        "在乡亲们的帮助下，我们修好了操场。",
        "在此感谢各位领导的支持，谢谢！",
        "他现在上，明天下。",
        "（1）认真备课。\n（2）认真上课。\n（3）认真辅导。",
        "一、备课\n\n认真备课。二、上课\n\n三、辅导",
        "为了使更多的人也读上新书，我们要努力。",
        "魑魅魍魉 都是鬼怪。",
        "真的吗？好的。",
        "三、四年级合班上课，一、二年级分开上。",
        "他以校为家，所以成为，也可以成为，大家的榜样。",
        "山里的孩子走得快，我望尘莫及。",
        "批改很及时，反思也不够深入。",
        "要做得更好，还要更进一步。",
        "第三会议室在二楼。",
        "我叫×××，是××××学校的老师。",
        "半斤土豆，两斤白菜。",
        "café——很香。",
        "他排名第一。",
        "要的是活水，而不是死水。",
        "答复应作出书面说明。",
    ],
)
def test_nothing_is_marked_where_nothing_is_lost(text):
    assert marked(text) == []


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("这份名册就是最好的总结总结。", "这份名册就是最好的总结。"),
        ("十年十年来，他没有请过假。", "十年来，他没有请过假。"),
        ("2、运用运用多媒体，课堂活了。", "2、运用运用多媒体，课堂活了。"),
        ("3、通过通过家访，我认识了村子。", "3、通过家访，我认识了村子。"),
        ("一、出发之前出发之前，我睡不着。", "一、出发之前出发之前，我睡不着。"),
        ("做实实在在的人，暖暖和和过冬。", "做实实在在的人，暖暖和和过冬。"),
        ("一棵很高很高的树，一条细长细长的河。", "一棵很高很高的树，一条细长细长的河。"),
        ("一个难题一个难题地解决。看着看着，天亮了。", "一个难题一个难题地解决。看着看着，天亮了。"),
        ("别总说我们那里怎样怎样。", "别总说我们那里怎样怎样。"),
        ("成绩位居位居全镇第一。", "成绩位居全镇第一。"),
        ("以学生发展和和平教育为本，给学校把把脉。", "以学生发展和和平教育为本，给学校把把脉。"),
    ],
)
def test_one_of_two_goes_where_nobody_says_it_twice(text, kept):
    assert str(normalise(Page(Source("-", "", "utf-8", "text/plain"), Text(text))).text) == kept
