"""Many ways to say one rule, each with its nearest neighbour that says something else."""

import pytest

from corpus_tools.extract import extract_facts
from corpus_tools.records import Essay, Fact


def facts_of(text: str) -> list[Fact]:
    return extract_facts(text, [Essay(1, "", 0, len(text))])


def told(text: str) -> list[tuple]:
    return [(f.measure, f.op, f.value, f.unit) for f in facts_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("教师轮岗：满七年者必轮。", [("same_school_limit", ">=", 7, "年")]),
        ("教师交流，凡在一个学校待满八年的，这一轮都要动。", [("same_school_limit", ">=", 8, "年")]),
        ("校长交流，干满六年就得挪窝。", [("same_school_limit", ">=", 6, "年")]),
        ("乡镇中心校校长五年一轮换。", [("same_school_limit", "=", 5, "年")]),
        ("教师每6年至少交流一次。", [("same_school_limit", "=", 6, "年")]),
        ("教师流动以六年为界。", [("same_school_limit", "=", 6, "年")]),
        ("校长在同一学校任职满8年（两届）的，应当交流。", [("same_school_limit", ">=", 8, "年")]),
        ("有的教师三十多年不挪窝，交流从何谈起。", []),  # a complaint
        ("在山区任教满15年的教师，不受交流年限规定的约束。", []),
    ],
)
def test_how_long_one_may_stay(text, expected):
    assert [row for row in told(text) if row[0] == "same_school_limit"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("教师轮岗，一轮三年。", [("exchange_duration", "=", 3, "年")]),
        ("支教教师将在山区学校工作两年。", [("exchange_duration", "=", 2, "年")]),
        ("教师支教，每人任期两年。", [("exchange_duration", "=", 2, "年")]),
        ("我到上思工作三年，看过许多支教教师。", []),  # the speaker's own life
        ("轮岗教师每人每假期值班不超过5天。", []),
    ],
)
def test_how_long_one_goes(text, expected):
    assert [row for row in told(text) if row[0] == "exchange_duration"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("102名骨干教师奔赴乡村学校支教。", [102]),
        ("符合交流条件的教师共1142人，其中男教师417人。", []),  # who could go, not who goes
        ("成立轮岗工作领导小组，组长1人，成员6人。", []),
        ("规模不足10人的学校不安排交流。", []),
        ("全年共交流教师186人，比上年多57人。", [186]),
    ],
)
def test_how_many_go(text, expected):
    assert [f.value for f in facts_of(text) if f.measure == "exchange_headcount"] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("没有完成一年支教任务的教师，不得晋升高级职称。", [("exchange_experience", ">=", 1, "年")]),
        ("未参加互派满一学期的城区教师，不得申报高级职称。", [("exchange_experience", ">=", 1, "学期")]),
        ("将两年以上乡村任教经历作为评聘高级职称的条件。", [("exchange_experience", ">=", 2, "年")]),
    ],
)
def test_what_a_promotion_asks_for(text, expected):
    assert told(text) == expected


def test_a_third_is_a_share():
    assert told("骨干教师占交流人数三分之一以上。") == [("exchange_share", ">=", 33.33, "%")]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("某县交流工作总结\n二、下一步打算\n把交流补贴提高到每月500元。", "proposed"),
        ("某县交流工作总结\n去年选派教师15人支教。", "reported"),
        (
            "某县教师交流办法\n第三条　在同一学校连续任教满十年的一般教师应当交流。",
            "required",
        ),  # 一般教师 hedges nothing
        ("某县教师交流办法\n第三条　在同一学校任教满十年的教师一般应当交流。", "recommended"),
        ("教師申請介聘，任滿一年者，不得申請。", None),  # 不得申请 is no permission
    ],
)
def test_how_strongly_it_is_meant(text, modality):
    found = {f.modality for f in extract_facts(text)}
    assert found == {modality} if modality else "recommended" not in found


def test_whom_a_paper_is_sent_to_does_not_say_where_it_applies():
    text = "甘肃省教育厅关于教师交流的意见\n\n各市（州）教育局，兰州新区教育局：\n\n"
    text += "教师在同一学校任教满6年的，应当交流。\n"
    assert [(f.province, f.city) for f in extract_facts(text)] == [("甘肃省", None)]


@pytest.mark.parametrize(
    "text",
    [
        "新招聘教师试用期一年，服务期不少于三年，年龄在35周岁以下。",
        "教师旷工一天扣发绩效100元，迟到三次按旷工一天处理。",
        "教师节前夕表彰优秀教师86名，每人奖励2000元，占教师总数的4.5%。",
        "学校为外出培训的教师每天补助伙食费60元，往返交通费凭票报销。",
    ],
)
def test_what_any_school_does_is_no_rule_of_the_field(text):
    assert told(text) == []


def test_two_columns_under_one_head():
    table = "交流教师补助标准\n学校类别 每月补助\n中心校 200\n村小 350\n教学点 500\n"
    found = [(f.value, f.unit, f.per) for f in facts_of(table) if f.measure == "allowance"]
    assert found == [(200, "元", "月"), (350, "元", "月"), (500, "元", "月")]


def test_a_benefit_has_no_period_of_the_sum_before_it():
    facts = facts_of("对到村小支教的教师，每月补助500元，并免费提供住宿。")
    assert [(f.value, f.per) for f in facts] == [(500, "月"), (None, None)]


def test_a_fund_is_no_allowance():
    assert [f.value for f in facts_of("县财政每年拿出300万元，支教教师每月补助400元。")] == [400]
