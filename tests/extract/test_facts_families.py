"""Families of phrases: what one writer's words have for cousins, and the neighbours that mean something else."""

import pytest

from corpus_tools.extract import extract_facts
from corpus_tools.extract.needs import Index, needed
from corpus_tools.extract.pack import load_pack
from corpus_tools.records import Essay, Fact


def facts_of(text: str, measure: str = "") -> list[Fact]:
    found = extract_facts(text, [Essay(1, "", 0, len(text))])
    return [fact for fact in found if measure in ("", fact.measure)]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("支教教师优先入住周转房。", 1),
        ("为支教教师配齐了被褥、炊具。", 1),
        ("支教教师的冬季取暖由受援学校负担。", 1),
        ("走教教师的午餐由食堂免费提供。", 1),
        ("乡里腾出6间公租房给支教教师住。", 1),
        ("到海岛支教的，每月另加岛补，标准由县里自定。", 0),  # 岛补 is no word the field knows
        ("支教教师的住房问题尚未得到解决。", 0),
        ("教师支教期间，学生宿舍由学校负责维修。", 0),
        ("轮岗教师每月增发10%的岗位津贴。", 1),
    ],
)
def test_what_is_given_in_kind(text, given):
    assert len(facts_of(text, "allowance")) == given


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("走教教师一学期一换。", "exchange_duration", 1),
        ("校长六年一轮换。", "same_school_limit", 6),
        ("城镇教师五年内必须到农村支教两年。", "exchange_duration", 2),
        ("中小学校长任期满8年必须异地任职。", "same_school_limit", 8),
        ("新教师在中心校跟岗满一年，才可下乡支教。", "service_minimum", 1),
        ("村小老师干满四年，可以轮回镇上，支教除外。", "service_minimum", 4),
    ],
)
def test_a_length_of_time_is_told_by_what_it_is_for(text, measure, value):
    assert [(fact.measure, fact.value) for fact in facts_of(text) if fact.value] == [(measure, value)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("轮岗规定：同一学科一学年流出教师不得多于2人。", [2]),
        ("接收学校为轮岗教师指定1名联络员。", []),
        ("轮岗教师带教青年教师2人。", []),
        ("在现校工作满八年的教师有742人，轮岗尚未开始。", []),
        ("夫妻均应交流的，当年只安排一人。", []),
        ("今秋，102名教师换到了新的学校，流动面不小。", [102]),
    ],
)
def test_who_is_counted_because_they_go(text, values):
    assert [fact.value for fact in facts_of(text, "exchange_headcount")] == values


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("推荐特级教师须有乡村任教经历，此项经历不得低于四年。", 4),
        ("拟提拔为校长的，应当先后在两所以上学校任过职，轮岗也算。", 2),
        ("未参加过轮岗的教师，不得申报高级职称。", None),
        ("选拔中心校校长，注重从有村小任教经历的教师中产生。", None),
        ("高级教师中有一年以上支教经历的86人。", ...),
    ],
)
def test_what_experience_is_asked_for(text, value):
    found = [fact.value for fact in facts_of(text, "exchange_experience")]
    assert found[-1:] == ([] if value is ... else [value])


@pytest.mark.parametrize(
    ("text", "value", "per"),
    [
        ("支教教师连续旷工七日，或者擅自离校的，解除合同。", 7, None),
        ("轮岗教师一学期缺课满6节的，视为不合格。", 6, "学期"),
        ("轮岗教师无故缺岗3天，由校长约谈。", 3, None),
        ("轮岗教师请假3天以上，由校长批准。", ..., None),
    ],
)
def test_how_long_one_may_be_away(text, value, per):
    expected = [] if value is ... else [(value, per)]
    assert [(fact.value, fact.per) for fact in facts_of(text, "absence_limit")] == expected


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("校长任满三年的，一般应当交流。", "recommended"),
        ("有条件的地方可给予支教教师一定的补助。", "recommended"),  # 地方可 is no 方可
        ("每所学校每年共派出轮岗教师15名。", "required"),
        ("局里初步有这么几条打算。第一，教师在一校待满九年就轮岗。", "proposed"),
        ("提案\n建议：每年轮岗教师不少于10%。", "proposed"),
    ],
)
def test_how_strongly_it_is_meant(text, modality):
    assert [fact.modality for fact in facts_of(text)] == [modality]


@pytest.mark.parametrize(
    ("text", "subject", "base"),
    [
        ("轮岗教师中，高级教师应达到两成。", "高级教师", "轮岗教师"),
        ("其中骨干教师在交流教师中的占比要达到25%。", "骨干教师", "交流教师"),
        ("派出的人里头，中级以上职称的不能少于一半，轮岗才有用。", "中级以上职称的", "派出的人"),
        ("县城学校按不低于专任教师5%的比例选派支教教师。", "教师", "专任教师"),
    ],
)
def test_a_part_and_its_whole(text, subject, base):
    (fact,) = facts_of(text, "exchange_share")
    assert subject in (fact.subject or "")
    assert fact.base == base


@pytest.mark.parametrize(
    ("text", "subjects"),
    [
        ("男满55岁、女满50岁的老师，可以不轮岗。", ["男老师", "女老师"]),
        ("年满50岁的女教师和满55岁的男教师免于轮岗。", ["女教师", "男教师"]),
    ],
)
def test_men_and_women(text, subjects):
    assert [fact.subject for fact in facts_of(text, "age_limit")] == subjects


def test_one_clause_for_each_county_of_a_prefecture():
    text = "黄山市教师支教办法\n休宁县每年选派的教师不少于专任教师的6%，祁门县不少于4%，其他县区不少于2%。"
    found = extract_facts(text, [Essay(1, text.split("\n")[0], 0, len(text))])
    assert [(fact.value, fact.county) for fact in found] == [(6, "休宁县"), (4, "祁门县"), (2, None)]


def test_what_a_speaker_saw_elsewhere_is_of_that_place():
    text = "先说山东潍坊。人家那里教师干满九年就必须轮岗。\n再看我们自己，每年轮岗的教师不低于5%。"
    assert [fact.city for fact in facts_of(text)] == ["潍坊市", None]


def test_a_table_of_two_columns_gives_its_head_to_each_value():
    text = "轮岗教师补助标准\n类别\n每月补助\n县级名师\n900元\n普通教师\n500元"
    assert [(f.subject, f.value, f.per) for f in facts_of(text)] == [("县级名师", 900, "月"), ("普通教师", 500, "月")]


def test_pay_and_pensions_of_no_field_are_no_facts():
    text = "教师节慰问退休教师，男满80周岁、女满75周岁的每人500元。班主任津贴每月400元。小学生均公用经费720元。"
    assert facts_of(text) == []


@pytest.mark.parametrize("name", ["teacher_rotation", "class_size"])
def test_a_rule_never_needs_what_its_own_words_do_without(name):
    """Each phrase of a pack found somewhere in its sources is offered by the index that is to spare the search."""
    phrases = load_pack(name).phrases
    text = "评聘高级教师，须有支教经历；拒不轮岗的，停发津贴，取消评优资格；在同一学校任职时间较长的，应当交流。"
    offered = set(phrases.that_may_fit(frozenset(text), text))
    assert {rule for rule in phrases.rules if rule.phrase and rule.phrase.search(text)} <= offered


def test_what_a_text_must_hold():
    import re

    rules = [needed([re.compile(shape)], {}) for shape in ("甲(?:乙|丙)?丁", "[^甲]+", "(?:戊.己|己.戊)")]
    assert [[sorted(one) for one in needs] for needs in rules] == [[["甲"], ["丁"]], [], [["戊"], ["己"]]]
    assert list(Index(rules).possible(frozenset("甲己"))) == [1]
    assert list(Index(rules).possible(frozenset("甲丁己"))) == [0, 1]
