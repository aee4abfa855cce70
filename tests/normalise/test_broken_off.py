"""Sentences that lack a word where none could be lacking are marked; sentences that end oddly but rightly are not."""

import pytest

from corpus_tools.normalise import normalise
from corpus_tools.records import Page, Source
from corpus_tools.text import Text


def lost(text):
    page = normalise(Page(Source("-", "", "utf-8", "text/plain"), Text(text)))
    return [text[mark.start : mark.end] for mark in page.marks if mark.kind == "dropped_text"]


@pytest.mark.parametrize(
    ("text", "piece"),
    [
        ("这里缺的不是，而是有人肯留下来。", "的不是，而是"),
        ("食堂的卫生有待于的改善。", "有待于的"),
        ("在家长的支持和下，图书角建起来了。", "支持和下，"),
        ("谢谢同事们的和帮助，我会记得。", "同事们的和帮助"),
        ("运动会结束后，孩子们把。我们都看见了。", "把。"),
        ("我想起那两个没来的学生，觉得自己还。", "自己还。"),
        ("十年很长，长到足以让一个人。后来我走了。", "足以让一个人。"),
        ("电教方面我学得还不。今后要补。", "还不。"),
        ("我指导的学生在演讲比赛中。", "学生在演讲比赛中。"),
        ("评价采取相结合的方式进行。", "采取相结合"),
        ("学校请来了一位的老师给大家讲课。", "一位的"),
        ("新来的教师还没有成为。", "成为。"),
        ("成绩的取得离不开领导的关怀以及。", "以及。"),
        ("这一年，最让我高兴的是。", "高兴的是。"),
        ("我们在教研上取得了。", "取得了。"),
        ("村里的路修好了，出山更加。", "更加。"),
        ("交流的教师都要与。", "与。"),
        ("两年来，教研取得了明显的。", "了明显的。"),
        ("这些做法受到了村民的普遍。", "受到了村民的普遍。"),
        ("我要把书送出去，让更多的山里孩子。", "让更多的山里孩子。"),
        ("通过两年的，我学会了当地的话。", "通过两年的，"),
        ("每月家访不少于次，听课不少于20节。", "不少于次"),
        ("乡村教师是我们学习的。", "是我们学习的。"),
    ],
)
def test_a_sentence_that_breaks_off_is_marked(text, piece):
    assert lost(text) == [piece]


@pytest.mark.parametrize(
    "text",
    [
        "活动大家都参与。",
        "本子一共领了三十把。尺子一把。",
        "他说：“我们还。”就不说了。",
        "一波三折，矛盾不断。热爱贯穿始终。",
        "各方都要为了孩子让步，谁也不谦让。",
        "学校处于山坳里，这是我们所处于的环境。",
        "缺的不是钱，而是人。",
        "在家长的支持和帮助下，书角建成了。",
        "谢谢同事们的和气。",
        "这样的人才。这样的首都。好得很。",
        "孩子们在成长中。学校正在建设中。",
        "每一位的笑容我都记得，第一名的成绩也记得。",
        "坚持理论与实践相结合。",
        "这已经足以让一个人终身受用。",
        "音乐与美术，一个也不能少。将就将就。",
        "效果是显著的。大家的看法高度一致。",
        "时间过得快，三年的，两年的，都有。听课不少于三节。",
        "方案审议通过。有所作为。",
    ],
)
def test_a_whole_sentence_is_not(text):
    assert lost(text) == []
