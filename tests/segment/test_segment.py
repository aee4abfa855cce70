"""Essays, the tree of headings, and the positions of both."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools.segment import SegmentConfig, segment
from corpus_tools.segment.glued import glued_title
from corpus_tools.strip.lines import folded

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"一、统一思想\n\n{BODY}\n\n（一）摸清底数。{BODY}\n\n1.逐人登记\n\n{BODY}\n\n二、公开程序\n\n{BODY}",
         [(1, "一、", "统一思想"), (2, "（一）", "摸清底数"), (3, "1.", "逐人登记"), (1, "二、", "公开程序")]),
        (f"（一）对象\n\n{BODY}\n\n（二）期限：两年。", [(1, "（一）", "对象"), (1, "（二）", "期限")]),
        (f"一、目标\n\n{BODY}\n\n一是摸清底数。{BODY}\n\n二是公开程序。{BODY}",
         [(1, "一、", "目标"), (2, "一是", "摸清底数"), (2, "二是", "公开程序")]),
        (f"一、目标\n\n一是摸清底数，二是公开程序。{BODY}", [(1, "一、", "目标")]),  # said in a sentence
        ("第一条 为了规范，制定本办法。\n\n第二条 适用于全校。", [(1, "第一条", ""), (1, "第二条", "")]),
        (f"第一章 总则\n\n第一条 {BODY}\n\n第二章 附则\n\n第二条 {BODY}",
         [(1, "第一章", "总则"), (2, "第一条", ""), (1, "第二章", "附则"), (2, "第二条", "")]),
        (f"1、组员一\n\n一、思想\n\n{BODY}\n\n二、业务\n\n{BODY}\n\n2、组员二\n\n一、思想\n\n{BODY}\n\n二、业务\n\n{BODY}",
         [(1, "1、", "组员一"), (2, "一、", "思想"), (2, "二、", "业务"),
          (1, "2、", "组员二"), (2, "一、", "思想"), (2, "二、", "业务")]),
        (f"{BODY}三、先行先试\n\n{BODY}", []),  # no first, no second
        (f"一、先听\n\n{BODY}二、再问。{BODY}", [(1, "一、", "先听"), (1, "二、", "再问")]),  # run into the paragraph
        (f"要注重调研。{BODY}{BODY}\n\n要注重宣传。{BODY}{BODY}", [(1, "", "要注重调研"), (1, "", "要注重宣传")]),
        (f"壹、目的\n\n一、{BODY}\n\n贰、方式\n\n{BODY}", [(1, "壹、", "目的"), (1, "贰、", "方式")]),
        (f"东关小学交流方案一、目标。{BODY}二、步骤。{BODY}", [(1, "一、", "目标"), (1, "二、", "步骤")]),
        (f"课堂教学方面：{BODY}", [(1, "", "课堂教学方面")]),
        (f"## 师徒结对\n\n{BODY}\n\n## 家长会\n\n{BODY}", [(1, "", "师徒结对"), (1, "", "家长会")]),
        (f"第一个故事，叫做“灯”\n\n{BODY}\n\n第二个故事，叫做“路”\n\n{BODY}",
         [(1, "第一个故事，", "叫做“灯”"), (1, "第二个故事，", "叫做“路”")]),
        (f"**第一句话：课开齐了。** {BODY}\n\n**第二句话：门打开了。** {BODY}",
         [(1, "第一句话：", "课开齐了"), (1, "第二句话：", "门打开了")]),
        (f"壹、讨论\n\n案由一：住宿问题，请讨论。\n\n说明：{BODY}\n\n案由二：乘车问题，请讨论。\n\n说明：{BODY}",
         [(1, "壹、", "讨论"), (2, "案由一：", "住宿问题，请讨论"), (3, "", "说明"),
          (2, "案由二：", "乘车问题，请讨论"), (3, "", "说明")]),
        (f"第一阶段：准备阶段\n\n{BODY}\n\n第二阶段：实施阶段\n\n{BODY}",
         [(1, "第一阶段：", "准备阶段"), (1, "第二阶段：", "实施阶段")]),
        (f"其一，要沉下去。{BODY}\n\n其二，要扑下身。{BODY}", [(1, "其一，", "要沉下去"), (1, "其二，", "要扑下身")]),
        ("一、时间安排\n\n九月：商定计划。\n\n十月：同课异构。",
         [(1, "一、", "时间安排"), (2, "", "九月"), (2, "", "十月")]),
        (f"一、领导重视 {BODY}\n\n二、措施得力 {BODY}", [(1, "一、", "领导重视"), (1, "二、", "措施得力")]),
        (f"（一）明确了谁来交流。{BODY}\n\n（二）明确了怎样交流。{BODY}",
         [(1, "（一）", "明确了谁来交流"), (1, "（二）", "明确了怎样交流")]),
        (f"1.交流让我学会了尊重\n\n{BODY}\n\n2.交流让我懂得了坚持\n\n{BODY}",
         [(1, "1.", "交流让我学会了尊重"), (1, "2.", "交流让我懂得了坚持")]),
        (f"【教学目标】\n\n{BODY}\n\n【教学过程】\n\n一、导入\n\n{BODY}",
         [(1, "", "【教学目标】"), (1, "", "【教学过程】"), (2, "一、", "导入")]),
        (f"走进学校，先看厕所\n\n{BODY}\n\n走进课堂，先听学生\n\n{BODY}",
         [(1, "", "走进学校，先看厕所"), (1, "", "走进课堂，先听学生")]),
        (f"◆教学方面\n\n{BODY}\n\n◆德育方面\n\n{BODY}", [(1, "", "◆教学方面"), (1, "", "◆德育方面")]),
        (f"扎根\n\n{BODY}\n\n坚守\n\n{BODY}", [(1, "", "扎根"), (1, "", "坚守")]),
        (f"A、评价原则\n\n{BODY}\n\nB、评价内容\n\n{BODY}", [(1, "A、", "评价原则"), (1, "B、", "评价内容")]),
        (f"谁来轮岗？\n\n{BODY}\n\n怎么轮岗？\n\n{BODY}\n\n何时轮岗？\n\n{BODY}",
         [(1, "", "谁来轮岗？"), (1, "", "怎么轮岗？"), (1, "", "何时轮岗？")]),
        (f"一、做法\n\n{BODY}\n\n（一）先听课。{BODY}\n\n下步打算：{BODY}",
         [(1, "一、", "做法"), (2, "（一）", "先听课"), (1, "", "下步打算")]),
        (f"第一句，平安。{BODY}\n\n第二句，踏实。{BODY}", [(1, "第一句，", "平安"), (1, "第二句，", "踏实")]),
        (f"01　第一天：一把钥匙\n\n{BODY}\n\n02　最后一天：一场雪\n\n{BODY}",
         [(1, "01", "第一天：一把钥匙"), (1, "02", "最后一天：一场雪")]),
        (f"一、为什么要轮岗？\n\n{BODY}", [(1, "一、", "为什么要轮岗？")]),
        (f"（一）观课议课：开放课室的门\n\n{BODY}", [(1, "（一）", "观课议课：开放课室的门")]),
        (f"回顾：我做了什么\n\n{BODY}\n\n展望：我还想做什么\n\n{BODY}",
         [(1, "", "回顾：我做了什么"), (1, "", "展望：我还想做什么")]),
        (f"问：图什么？\n\n图清静，也图热闹。\n\n问：怕什么？\n\n{BODY}😢\n\n问：后悔吗？\n\n{BODY}",
         [(1, "", "问：图什么？"), (1, "", "问：怕什么？"), (1, "", "问：后悔吗？")]),
        (f"德：{BODY}\n\n能：{BODY}\n\n勤：{BODY}", [(1, "", "德"), (1, "", "能"), (1, "", "勤")]),
        (f"思想上：{BODY}\n\n工作上：{BODY}", [(1, "", "思想上"), (1, "", "工作上")]),
        (f"服务内容\n\n- 上午：识字\n\n- 下午：唱歌\n\n同学感言\n\n{BODY}", [(1, "", "服务内容"), (1, "", "同学感言")]),
        (f"教学目标：\n\n1.认识生字。\n\n2.理解课文。\n\n教学过程：\n\n一、导入\n\n{BODY}\n\n二、新授\n\n{BODY}",
         [(1, "", "教学目标"), (1, "", "教学过程"), (2, "一、", "导入"), (2, "二、", "新授")]),
        (f"一年级\n\n一、摸底\n\n{BODY}\n\n二年级\n\n一、巩固\n\n{BODY}",
         [(1, "", "一年级"), (2, "一、", "摸底"), (1, "", "二年级"), (2, "一、", "巩固")]),
        (f"前言\n\n{BODY}\n\n一、摸底\n\n{BODY}\n\n结语\n\n{BODY}",
         [(1, "", "前言"), (1, "一、", "摸底"), (1, "", "结语")]),
        (f"其一，期限。{BODY}\n\n其二，比例。{BODY}\n\n结语：{BODY}",
         [(1, "其一，", "期限"), (1, "其二，", "比例"), (1, "", "结语")]),
        (f"石桥：校长先走\n\n{BODY}\n\n云岭：真金留人\n\n{BODY}",
         [(1, "", "石桥：校长先走"), (1, "", "云岭：真金留人")]),
        (f"培训目标：\n\n{BODY}\n\n培训对象：\n\n{BODY}", [(1, "", "培训目标"), (1, "", "培训对象")]),
        (f"第一件事，把家安好。{BODY}\n\n第二件事，把课上好。{BODY}",
         [(1, "第一件事，", "把家安好"), (1, "第二件事，", "把课上好")]),
        (f"1.报名\n\n①个人申请。{BODY}②学校初审。{BODY}\n\n2.上岗\n\n{BODY}",
         [(1, "1.", "报名"), (2, "①", "个人申请"), (2, "②", "学校初审"), (1, "2.", "上岗")]),
        (f"第一，看你住不住得惯。\n\n{BODY}\n\n第二，看你走不走得开。\n\n{BODY}",
         [(1, "第一，", "看你住不住得惯"), (1, "第二，", "看你走不走得开")]),
        (f"第一本：孩子们的账\n\n{BODY}\n\n第二本：自己的账\n\n{BODY}",
         [(1, "第一本：", "孩子们的账"), (1, "第二本：", "自己的账")]),
        (f"第一个变化是路修通了。{BODY}\n\n第二个变化是灯亮了。{BODY}",
         [(1, "第一个变化是", "路修通了"), (1, "第二个变化是", "灯亮了")]),
        (f"（一）德\n\n{BODY}\n\n（二）能\n\n{BODY}", [(1, "（一）", "德"), (1, "（二）", "能")]),
        (f"三月，栽秧\n\n{BODY}\n\n九月，打谷\n\n{BODY}", [(1, "", "三月，栽秧"), (1, "", "九月，打谷")]),
        (f"**望闻**\n\n{BODY}\n\n**问切**\n\n{BODY}", [(1, "", "望闻"), (1, "", "问切")]),
        (f"我记住了三个词：“早起、慢讲、多走。”\n\n早起。{BODY}{BODY}\n\n慢讲。{BODY}{BODY}\n\n多走。{BODY}{BODY}",
         [(1, "", "早起"), (1, "", "慢讲"), (1, "", "多走")]),
        (f"抓常规。{BODY}{BODY}\n\n抓教研。{BODY}{BODY}", [(1, "", "抓常规"), (1, "", "抓教研")]),
        (f"账本\n\n花费：{BODY}\n\n路程：{BODY}\n\n思念：{BODY}",
         [(1, "", "花费"), (1, "", "路程"), (1, "", "思念")]),
        (f"问题：{BODY}\n\n整改：{BODY}", [(1, "", "问题"), (1, "", "整改")]),
        (f"建强一所学校\n\n{BODY}\n\n带好一支队伍\n\n{BODY}", [(1, "", "建强一所学校"), (1, "", "带好一支队伍")]),
        (f"1、登记造册。{BODY}\n\n2、确定人选。{BODY}", [(1, "1、", "登记造册"), (1, "2、", "确定人选")]),
        (f"1、上学期\n\n{BODY}\n\n一、抓基础\n\n{BODY}\n\n二、抓习惯\n\n{BODY}\n\n2、下学期\n\n{BODY}",
         [(1, "1、", "上学期"), (2, "一、", "抓基础"), (2, "二、", "抓习惯"), (1, "2、", "下学期")]),
        (f"（一）选派。{BODY}\n\n（二）跟岗。{BODY}\n\n（三）教研。{BODY}\n\n1. 组织。{BODY}\n\n2. 经费。{BODY}",
         [(1, "（一）", "选派"), (1, "（二）", "跟岗"), (1, "（三）", "教研"),
          (1, "1.", "组织"), (1, "2.", "经费")]),
        (f"一、方式\n\n（一）选派。{BODY}\n\n（二）跟岗。{BODY}\n\n（三）教研。{BODY}\n\n"
         f"二、步骤\n\n1.报名\n\n{BODY}\n\n2.上岗\n\n{BODY}",
         [(1, "一、", "方式"), (2, "（一）", "选派"), (2, "（二）", "跟岗"), (2, "（三）", "教研"),
          (1, "二、", "步骤"), (2, "1.", "报名"), (2, "2.", "上岗")]),
        (f"一、抓常规。{BODY}\n\n二、抓教研。{BODY}\n\n存在的问题：{BODY}",
         [(1, "一、", "抓常规"), (1, "二、", "抓教研"), (1, "", "存在的问题")]),
        (f"严格管理，做到“三个到位”\n\n一是人员到位。{BODY}\n\n创新形式，开好“四堂课”\n\n一是示范课。{BODY}",
         [(1, "", "严格管理，做到“三个到位”"), (2, "一是", "人员到位"),
          (1, "", "创新形式，开好“四堂课”"), (2, "一是", "示范课")]),
        # what is told in short, with more about it behind
        (f"1.家访走遍了全村。{BODY}\n\n2.自己变得踏实了。{BODY}\n\n3.让孩子爱上了长跑。{BODY}",
         [(1, "1.", "家访走遍了全村"), (1, "2.", "自己变得踏实了"), (1, "3.", "让孩子爱上了长跑")]),
        (f"一是把牢入口。{BODY}\n\n二是从小处做起。{BODY}", [(1, "一是", "把牢入口"), (1, "二是", "从小处做起")]),
        (f"一、收获\n\n（1）修好了水井。{BODY}\n\n（2）请来了木匠师傅。{BODY}\n\n（3）对村子有了感情。{BODY}",
         [(1, "一、", "收获"), (2, "（1）", "修好了水井"), (2, "（2）", "请来了木匠师傅"),
          (2, "（3）", "对村子有了感情")]),
        (f"第一、走村串户让我懂得了乡情。\n\n{BODY}\n\n第二、把学到的手艺带回来。\n\n{BODY}",
         [(1, "第一、", "走村串户让我懂得了乡情"), (1, "第二、", "把学到的手艺带回来")]),
        (f"（1）勤。{BODY}\n\n（2）廉。{BODY}", [(1, "（1）", "勤"), (1, "（2）", "廉")]),
        ("（一）对接收单位的要求：\n\n1、备好宿舍和炊具。\n\n（二）对带队组长的要求：\n\n1、每周通一次电话。",
         [(1, "（一）", "对接收单位的要求"), (1, "（二）", "对带队组长的要求")]),
        (f"1、每月一访制度。\n\n{BODY}\n\n2、每年一评制度。\n\n{BODY}\n\n3、本项工作由工会负责，结果记入档案。",
         [(1, "1、", "每月一访制度"), (1, "2、", "每年一评制度")]),
        (f"1、送书上门。\n\n{BODY}\n\n2、以上活动都要有记录，有照片，有学生的反馈，由少先队辅导员负责收齐。"
         f"\n\n3、同读一本书。\n\n{BODY}",
         [(1, "1、", "送书上门"), (1, "3、", "同读一本书")]),
        ("（一）初中部（6人） 语文2人，数学3人，物理1人。\n\n（二）小学部（3人） 语文3人。",
         [(1, "（一）", "初中部（6人）"), (1, "（二）", "小学部（3人）")]),
        (f"岗位分布\n\n（一）东院\n\n{BODY}\n\n（二）西院\n\n{BODY}\n\n（三）后勤中心今年不设岗。\n\n"
         f"1. 报名。\n\n{BODY}\n\n2. 公示。\n\n{BODY}",
         [(1, "", "岗位分布"), (2, "（一）", "东院"), (2, "（二）", "西院"), (2, "（三）", "后勤中心今年不设岗"),
          (1, "1.", "报名"), (1, "2.", "公示")]),
        (f"（一）选派。\n\n{BODY}\n\n（二）跟岗。\n\n{BODY}\n\n（三）考评。\n\n1. 自评。{BODY}\n\n2. 互评。{BODY}",
         [(1, "（一）", "选派"), (1, "（二）", "跟岗"), (1, "（三）", "考评"), (2, "1.", "自评"), (2, "2.", "互评")]),
    ],
)  # fmt: skip
def test_the_tree_of_headings(text, expected):
    assert headings("工作方案\n\n" + text) == expected


@pytest.mark.parametrize(
    "markers",
    [
        "一、 二、 三、", "一. 二. 三.", "一， 二， 三，", "一： 二： 三：", "（一） （二） （三）", "一） 二） 三）",
        "〔一〕 〔二〕 〔三〕", "1. 2. 3.", "1， 2， 3，", "1： 2： 3：", "（1） （2） （3）", "1） 2） 3）",
        "甲、 乙、 丙、", "（甲） （乙） （丙）", "A. B. C.", "a） b） c）", "(A) (B) (C)", "I. II. III.", "Ⅰ. Ⅱ. Ⅲ.",
        "① ② ③",
    ],
)  # fmt: skip
@pytest.mark.parametrize("behind", ["。", "：", "\n\n"])
def test_marks_that_count(markers, behind):
    titles = ["巡查校舍", "修补桌凳", "接通水电"]
    text = "\n\n".join(f"{m}{title}{behind}{BODY}" for m, title in zip(markers.split(), titles, strict=True))
    found = headings(f"开学筹备小结\n\n{BODY}\n\n{text}")
    assert [(marker, title) for _, marker, title in found] == list(zip(markers.split(), titles, strict=True))


@pytest.mark.parametrize(
    "markers",
    [["1、", "2", "3、"], ["1.", "2·", "3."], ["一、", "二", "三、"], ["一、", "二□", "三、"]],
)
def test_a_mark_that_lost_its_dot_where_the_count_goes_on(markers):
    titles = ["巡查校舍", "修补桌凳", "接通水电"]
    text = "\n\n".join(f"{m} {title}\n\n{BODY}" for m, title in zip(markers, titles, strict=True))
    found = headings(f"开学筹备小结\n\n{BODY}\n\n{text}")
    assert [(marker, title) for _, marker, title in found] == list(zip(markers, titles, strict=True))


@pytest.mark.parametrize(
    "items",
    [
        ["一，二，三，孩子们喊着口令跑来。", "十，百，千，孩子们大声念。"],
        ["二，由于路远，不少孩子迟到。", "三，四年级的孩子住校。", "一：零，我们输了。"],
        ["12：30放学，孩子们吃饭。", "1:1的师生比不够。", "1，2，3，木头人。"],
        ["甲：你好。", "乙：请坐。", "甲、乙两校结对。", "（丙）我不同意。"],
        ["No.1 不是他。", "S1路车到村口。", "I.我不知道，他也没有说。"],
        ["1、男52岁以下，在一所学校教满7年的教师，都要交流。", "2 个人一间宿舍。", "2 年级住校。"],
        ["1. 张老师，教语文。", "2. 李老师，教数学。", "3 王老师，教英语。"],
        ["（一）怀孕、哺乳的；", "（二）受处分的；", "（三）患病的。"],
        ["1、男52岁以下，在一所学校教满7年的教师，都要交流。", "2、交流期限为三年。"],
        ["1. 热爱学生，师德考核没有不合格。", "2. 身体好，能在山区常住。"],
        ["(1)两校相隔太远，难得见面。", "(2)课件质量不高。"],
        ["1、教师交流的形式有：支教、走教、跟岗。", "2、交流期间，由接收学校管理。"],
        ["一、校长任满六年的必须交流，教师任满九年必须交流。", "二、每次交流不少于3年。"],
        ["3.5%的教师参加了交流。", "20xx.9.1起执行。"],
        ["2016年9月，我来到这里。", "2017年7月，我离开了。"],
        ["1. 派谁去？往往不是最好的，是最好说话的。", "2. 去干啥？有的去了当保管员。"],
        ["第一，交流要双向。只有下去的不行。第二，交流要成组。一个人孤掌难鸣。"],  # said in one paragraph
        ["A、对", "B、错", "C、说不清"],
        ["九月二十日　小雨", "十一月八日　阴"],
        ["第一个学期，我教三年级。", "第二个学期，我教四年级。"],
        ["第一节课，我问谁坐过火车，没有一个人举手。", "第二节课，我教他们画火车。"],
        ["第一编辑部的人来了。", "第二节课间，我们去看树。"],
        ["问：谁来轮岗？", "答：满六年的。", "问：怎么轮岗？", "答：本人申请。"],
        ["Q1　谁来轮岗？", "A1　满六年的。", "Q2　怎么轮岗？", "A2　本人申请。", "Q3　轮多久？", "A3　两年。"],
        ["师：谁来读？", "生：我来。"],
        ["领队：王老师", "校医：李老师"],
        ["县教育局：", "各位老师：", "现提出以下要求："],
        ["01 李明 语文", "02 王芳 数学", "03 张强 英语"],
        ["其一：小慧今天举手了，请您夸夸她。", "其二：练习册用完了，不用买新的。"],
        ["第一句话，骨头要硬，要顶得住。山里的风大。", "第二句话，还要有筋，筋连着人。一人跑不远。"],
        [f"适应，是从一日三餐开始的。{BODY}", f"融入，是从一场球赛开始的。{BODY}"],
        [
            "1.凡迟到的扣分。扣分记入当月考核，满十分的通报全校。",
            "2.凡早退的扣分。扣分记入当月考核。",
            "3.凡旷课的待岗。",
        ],
        [
            "1、每周值班一次。值班时不许离岗，有事要请人代班。",
            "2、每月家访两次。家访要有记录。",
            "3、每年述职一回。述职要到会。",
        ],
        ["（一）对不服从安排的教师：停发津贴。", "（二）对弄虚作假的学校：通报批评。"],
        [f"1.离校须报门卫。{BODY}", f"2.晚归须家长来接。{BODY}", f"3.饭卡凭证件领取。{BODY}"],
        ["学校要求：", "1、准时到岗。", "2、不许请人代课，代课的要说明理由。"],
        [f"支教让我懂得了坚守。{BODY}", f"支教让我明白了责任。{BODY}"],
        [f"校长：{BODY}", f"家长：{BODY}", f"学生：{BODY}"],
        ["姓名：李明，男，汉族。", "学校：青溪小学，完全小学。", "学科：语文，兼教音乐。"],
    ],
)
def test_items_without_a_title_of_their_own_are_no_sections(items):
    assert headings("\n\n".join(["工作方案", BODY, *items, BODY])) == []


@pytest.mark.parametrize(
    "line",
    [
        "某县第一小学",
        "2016年7月1日",
        "各位老师：",
        "谢谢大家",
        "王老师",
        "（2016年修订）",
        "甲教发〔2016〕3号",
        "文 / 小满老师",
        "东关小学　课程主任　李明",
        "领队：王老师",
        "图1 孩子们在读书",
        "本报记者 林清 通讯员 池英",
        "答复单位：市教育局",
        "灯还亮着",
    ],
)
def test_short_lines_that_are_no_headings(line):
    assert headings("\n\n".join(["工作方案", BODY, line, BODY, line, BODY])) == []


def test_headings_behind_a_mark_that_runs_into_the_text():
    text = "\n".join(f"【篇{n}】一、先听。{BODY}\n二、再问。{BODY}" for n in "一二三")
    assert essays(text) == ["【篇一】", "【篇二】", "【篇三】"]
    assert headings(text) == [(1, "一、", "先听"), (1, "二、", "再问")] * 3


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("明确轮岗的目的轮岗的目的不是惩罚，也不是照顾。", "明确轮岗的目的"),
        ("教师互访的意义教师互访是校际合作的重要途径。", "教师互访的意义"),
        ("规范轮岗的程序轮岗应当经过申请和审核。", "规范轮岗的程序"),
        ("方案目标用三年时间，使每所学校都有骨干教师。", "方案目标"),
        ("互访的成果到访教师应当提交心得。", "互访的成果"),
        ("专题研讨双方围绕共同的问题展开讨论。", "专题研讨"),
        ("交流对象城区学校任教满六年的教师。", "交流对象"),
        ("教师流动的困难家庭、交通、住房都是现实的问题。", "教师流动的困难"),
        ("教师交流的形式包括校内交流和校际交流。", ""),
        ("轮岗方式多样，时间可长可短。", ""),
    ],
)
def test_where_a_title_that_runs_into_its_text_ends(text, title):
    assert text[: glued_title(folded(text), "听课制度")] == title


@pytest.mark.parametrize(
    ("items", "titles"),
    [
        (["1.早读由语文老师带领。", "2.午休因天气冷暖而定。", "3.放学须排好队走到路口。"], ["早读", "午休", "放学"]),
        (
            ["1.申领用具每学期申领一次。", "2.归还离校前须还清。", "3.赔偿按采购时的原价计算。"],
            ["申领用具", "归还", "赔偿"],
        ),
        (["1.个人申请学生填写登记表。", "2.班级评议班主任组织全班评议。", "3.钥匙发放钥匙先交总务处编号。",
          "4.灯具保养遇到损坏及时更换。"],
         ["个人申请", "班级评议", "钥匙发放", "灯具保养"]),
        (["1.个人申请学生填写登记表。", "2.班级评议班主任组织全班评议。", "3.各班值日生负责锁好门窗和水电。"],
         ["个人申请", "班级评议"]),
        (["1.凡借用钥匙的，须登记。", "2.钥匙由门卫保管。"], []),  # rules, one of them without any title
        (["1.全体教师由教导处编组。", "2.各校校长每学期述职。"], []),  # who does it is no title
        (["1.通过评比，使大家重视。", "2.通过展览，使大家了解。"], []),
    ],
)  # fmt: skip
def test_short_titles_that_run_into_their_text_prove_one_another(items, titles):
    page = "\n\n".join(
        ["器材管理制度", "器材管理制度", "器材管理制度一、总则为了用好器材，制定本制度。", "二、细则", *items]
    )
    assert [title for _, marker, title in headings(page) if "." in marker] == titles


def test_a_title_with_its_year_runs_into_the_text_without_it():
    title = "食堂就餐补贴办法"
    page = f"2024年{title}\n\n2024年{title}\n\n{title}为了办好食堂，制定本办法：一、补贴对象由总务处核定。"
    assert headings(page) == [(1, "一、", "补贴对象")]


@pytest.mark.parametrize(
    ("paragraphs", "titles"),
    [
        (["走近村庄这里的村庄都在半山腰", "走近村民地头上常有人招呼我们"], ["走近村庄", "走近村民"]),
        (["倾听孩子每个孩子都有说不完的话", "热爱土地许多人离开了土地"], ["倾听孩子", "热爱土地"]),
        (["走近村庄，这里的村庄都在半山腰", "走近村民，他们常招呼我们"], []),
        (["关心学生的冷暖是老师的本分", "关心学生生活要从小处做起"], []),
        (["走近村庄这里的村庄都在半山腰"], []),  # alone it may be a slip
    ],
)
def test_titles_that_nothing_parts_from_their_text(paragraphs, titles):
    page = "\n\n".join(["下乡小结", BODY, *(f"{text}，{BODY}" for text in paragraphs), BODY])
    assert [title for _, _, title in headings(page)] == titles


def test_headings_run_into_headings():
    text = (
        "互访制度\n\n互访制度互访促进成长。\n\n1.互访的内容1.1课堂观摩到访教师进入课堂。\n\n1.2专题研讨双方展开讨论。"
    )
    assert headings(text) == [(1, "1.", "互访的内容"), (2, "1.1", "课堂观摩"), (2, "1.2", "专题研讨")]


def test_sections_can_be_left_out():
    text = f"工作方案\n\n一、目标\n\n{BODY}"
    assert segment(text, SegmentConfig(sections=False))[0].sections == ()


def test_nothing_in_nothing_out():
    assert segment("") == segment(" \n\n ") == ()


WORDS = [*"\n ：。，①", "\n\n", "篇一", "篇二", "教师总结", "一、", "（一）", "1.", "1、", "第一条", "第二章", "一是"]
WORDS += ["# ", "3.1 ", "附件：", BODY]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map("".join))
def test_positions_nest_and_show_what_they_say(text):
    at = 0
    for number, essay in enumerate(segment(text), 1):
        assert essay.number == number
        assert at <= essay.start < essay.end <= len(text)
        assert text[essay.start : essay.end].strip() == text[essay.start : essay.end]
        at, inner = essay.end, essay.start
        for section in essay.sections:
            assert inner <= section.start < section.end <= essay.end
            quote = text[section.start : section.end]
            assert quote.startswith(section.marker)
            assert section.title in quote
            assert 1 <= section.level <= 12
            inner = section.start + 1
