"""Lines made of known parts, in whatever order a site prints them: rows of buttons, and records of a page or file."""

import pytest

from corpus_tools.strip.buttons import is_button, row_of_buttons
from corpus_tools.strip.fields import record
from corpus_tools.strip.furniture import furniture


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("收藏86 转播 分享 淘帖 支持317 反对2", "related_links"),
        ("返回列表 查看: 2841|回复: 36", "related_links"),
        ("阅读 2.3万 赞 186 在看 97", "related_links"),
        ("赞同 1204 87 条评论 分享 收藏 喜欢 收起", "related_links"),
        ("1 2 3 4 下一页 / 4 页", "related_links"),
        ("【 收藏此文 】 【 打印此文 】 【 关闭窗口 】", "related_links"),
        ("立即下载 加入收藏 赠送好友", "related_links"),
        ("转寄友人 友善列印 分享至 Facebook LINE", "related_links"),
        ("无障碍浏览 | 长者模式 | 登录 | 注册", "breadcrumb"),
        ("网站地图 | 联系我们 | 关于本站", "copyright"),
        ("分享 合作 创新 是我们的班训", ""),
        ("计划 总结 教案 课件", ""),  # what a teacher hands in
        ("点赞的人很多,留下的人很少", ""),
        ("语文 数学 英语 音乐", ""),
        ("上一页是春天,下一页是冬天。", ""),
        ("打印 复印 装订", ""),
        ("3 5 8 13", ""),
    ],
)
def test_a_row_of_buttons(line, kind):
    assert row_of_buttons(line) == kind


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("首页 政务公开 办事服务 互动交流 走进清河 数据开放", "breadcrumb"),
        ("学校首页 | 学校概况 | 校园新闻 | 教学科研 | 德育园地", "breadcrumb"),
        ("全部 教案 试题 课件 总结", "breadcrumb"),
        ("山路 水田 孩子 老师", ""),
        ("教案 课件", ""),
    ],
)
def test_a_menu_is_one_only_at_the_top(line, kind):
    assert row_of_buttons(line, top=True) == kind


def test_one_button_is_a_word_of_three_characters_or_more():
    assert [is_button(line) for line in ("写留言", "【返回列表】", "“开通会员”", "分享", "分享会上", "关闭")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("发布时间:2014-05-06 来源:本站 浏览次数:123", ("copyright", 4)),
        ("2017-11-08 09:12:33 来源:江城日报 作者:周文 我要评论(3) 【字号:大 中 小】", ("copyright", 4)),
        ("索 引 号:00312/2022-00057  主题分类:教育", ("copyright", 3)),
        ("文号:清教[2021]18号 有效性:有效 公开形式:主动公开", ("copyright", 4)),
        ("上传者:nanshan66 | 上传时间:2019-7-8 | 文件大小:36KB | 页数:4页", ("download_notice", 5)),
        ("发布单位:教务处 发布日期:2024-06-18 点阅数:327", ("copyright", 4)),
        ("时间:2022-07-04 16:20", ("copyright", 2)),
        ("发布日期:民国107年4月2日", ("copyright", 1)),  # an office may write so
        ("时间:5月29日 地点:本校二楼", ("", 0)),
        ("2016-09-12 08:45 来源:东南晨讯 记者:林知远", ("", 0)),  # a byline
        ("作者:某县第二小学 李老师", ("", 0)),
        ("格式:每人一份,打印上交", ("", 0)),
        ("主题:让每个孩子都有好老师", ("", 0)),
        ("成文日期以印章为准。", ("", 0)),
        ("联系人:李老师 电话:0000-0000000", ("", 0)),
    ],
)
def test_a_record_is_known_by_its_labels(line, expected):
    assert record(line) == expected


@pytest.mark.parametrize(
    "terms",
    [
        "1. 1、购买后可无限次下载本文档。\n  2. 2、如有缺页,请与我们的客服联系。",
        "1. 1、文档由用户上传,平台不对内容的真实性负责。\n2. 2、部分资料只供预览。\n3. 3、开发票请找在线客服。",
        "1.1、会员每天可下载十份资料。\n2.2、上传者享有文件的收益。",
    ],
)
def test_terms_numbered_twice_are_the_sites(terms):
    text = f"教师交流制度\n\n学校每年九月组织一次交流,名单由教代会讨论。\n\n{terms}\n\n第二条 课时费由学校承担。"
    gone = "".join(text[run.start : run.end] for run in furniture(text).runs)
    assert [line for line in terms.split("\n") if line.strip() not in gone] == []
    assert "第二条" not in gone


@pytest.mark.parametrize(
    "items",
    [
        "1. 1、收集课程资料,整理成册。\n2. 2、把文件交到教导处。",
        "1. 1、教师在平台上传教案。\n2. 2、学生下载资料后预习。",
        "1、下载安全教育课件。\n2、组织学生观看。",
    ],
)
def test_an_authors_numbered_items_stay(items):
    text = f"信息化工作安排\n\n学校每年九月组织一次培训,名单由教代会讨论后公布。\n\n{items}\n\n以上各项请各年级落实。"
    assert furniture(text).runs == []


def test_a_list_of_contents_goes_with_the_title_that_heads_it():
    text = "轮岗随笔目录\n渡船\n山路上的灯\n\n渡船\n\n河上没有桥。\n\n山路上的灯\n\n灯是老乡点的,一点就是一夜。"
    assert [text[run.start : run.end] for run in furniture(text).runs] == ["轮岗随笔目录", "渡船", "山路上的灯"]


def test_a_title_that_ends_in_contents_stays_where_no_list_is():
    text = "班级图书目录\n\n童话十二本,放在窗台上。\n\n诗集三本,是去年买的。"
    assert furniture(text).runs == []
