"""Rules that lean on what stands over them or beside them: a question, a heading, a row, a party, a place."""

import pytest

from corpus_tools.extract import extract_facts
from corpus_tools.records import Fact


def facts_of(text: str, measure: str) -> list[Fact]:
    return [fact for fact in extract_facts(text) if fact.measure == measure]


def values(text: str, measure: str) -> list[tuple]:
    return [(fact.op, fact.value, fact.unit) for fact in facts_of(text, measure)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("问：交流出去要待多久？\n答：一次两年。", [("=", 2, "年")]),
        ("问：支教去几年？能不能提前回来？\n答：一个学年，提前回来须报批。", [("=", 1, "学年")]),
        ("问：去多长时间？\n答：教师不少于三年，校长交流出去，是四年一个任期。", [(">=", 3, "年"), ("=", 4, "年")]),
        ("教师轮岗方案\n三、起止时间\n骨干教师以三年为一个周期。", [("=", 3, "年")]),
        ("教师交流，以走教方式开展的，不得短于一个学期。", [(">=", 1, "学期")]),
        ("跟岗学习的，建议定为一学期；全职流动的，连头带尾三个学年。", [("=", 1, "学期"), ("=", 3, "学年")]),
        ("下来支教的教师至少待满一个学年。", [(">=", 1, "学年")]),
        ("城区教师下乡任教，一期三年。", [("=", 3, "年")]),
        ("出去交流一趟，三年。", [("=", 3, "年")]),
        ("校长轮岗，到新学校后至少做三年。", [(">=", 3, "年")]),
        ("城区校长到乡镇学校任职，一次不得少于三年。", [(">=", 3, "年")]),
        ("支教教师晋升高级职称后，须在乡村学校再服务两年以上。", [(">=", 2, "年")]),
        ("问：交流出去要待多久？\n答：看情况。材料保存期不少于十年。", []),
        ("下来支教的老师一学期请假不超过八天。", []),
        ("问：交流出去要待多久？\n答：我教了二十年书，从没想过。", []),
    ],
)
def test_how_long_one_goes(text, expected):
    assert values(text, "exchange_duration") == expected


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        (
            "教师交流，有下列情况的，当年可缓一缓：妊娠的女教师，患重病的人员。",
            ["妊娠的女教师", "患重病的人员"],
        ),
        ("带毕业班的教师，学年中途不得抽调支教。", ["带毕业班的教师"]),
        ("夫妻同在一校的，轮岗时可只安排其中一人。", ["夫妻同在一校的"]),
        ("双方都在山区支教的夫妻，只派一方。", ["双方都在山区支教的夫妻"]),
        ("正带毕业班的，可待学年结束后再安排交流。", ["正带毕业班的"]),
        ("交流中，借调教师和长期病休人员不计入符合条件人数。", ["借调教师", "长期病休人员"]),
        ("服务期未满的特岗教师不得报名支教。", []),  # of taking part, not of going: too near to a rule of hiring
        ("支教报名：服务期未满的特岗教师不得报名。", ["服务期未满的特岗教师"]),
        ("支教报名：孩子不满周岁的，学校不要动员。", ["孩子不满周岁的"]),
        ("本轮交流，哺乳期的女教师没有列入名单。", ["哺乳期的女教师"]),
        ("本县将孕期女教师排除在交流之外。", []),
        ("家里有老人卧床的，写个申请，可以缓一年轮岗。", ["家里有老人卧床的"]),
        ("怀孕的教师，凭证明免予继续交流。", ["怀孕的教师"]),
        ("乡村教师申报职称，不要求交流经历。", ["乡村教师"]),
        ("支教期间，寒暑假除外，每月补助200元。", []),
        ("转岗交流比赛中，接力除外。", []),
        ("患病的学生不得报名交流活动。", []),
    ],
)
def test_who_is_left_out(text, groups):
    found = [fact.subject for fact in facts_of(text, "exempt_group")]
    assert len(found) == len(groups)
    assert all(
        group.endswith(str(subject)) or str(subject).endswith(group)
        for subject, group in zip(found, groups, strict=True)
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("在乡镇任教未满三年不得提出进城支教。", [(">=", 3, "年")]),
        ("轮岗满一学年的才算一段轮岗经历。", [(">=", 1, "学年")]),
        ("支教连续时间不足一学期的不予计算。", [(">=", 1, "学期")]),
        ("支教教师教龄三年起步。", [(">=", 3, "年")]),
        ("骨干教师取得称号满两年，方可选派支教。", [(">=", 2, "年")]),
        ("她今年41岁，教龄19年，从城里下乡支教。", []),
        ("旷工不满三天的不予扣发支教补贴。", []),
    ],
)
def test_what_one_must_have_served(text, expected):
    assert values(text, "service_minimum") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("交流教师每月享受专项津贴900元。", [900]),
        ("交流教师每个工作日补通勤费25元。", [25]),
        ("教师下乡，一个月给补三百块。", [300]),
        ("到乡村支教的教师，乡镇津贴照拿。", [None]),
        ("支教教师期满返校后另发一次性奖金。", [None]),
        ("支教教师由学校提供宿舍，水电费自行负担。", [None]),
        ("支教教师自行驾车的，停车费不予报销。", []),
        ("支教的小王说，工资条上多了500元。", []),
    ],
)
def test_what_is_paid(text, expected):
    assert [fact.value for fact in facts_of(text, "allowance")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("会议同意今年交流教师280名。", [280]),
        ("每学年换校区的任课教师占两成，内含骨干教师至少3人。", [3]),
        ("学校拟再选10名优秀副校长到海岛学校任职。", [10]),
        ("3名村小教师来到中心校跟岗。", [3]),
        ("六班以下学校每学年轮岗以一人为上限。", [1]),
        ("交流教师11人中县级骨干4名。", [4]),
        ("受援学校要为每位支教教师指定一名联系人。", []),
        ("接收学校为支教教师召开会议，到会12人。", []),
    ],
)
def test_how_many_go(text, expected):
    assert [fact.value for fact in facts_of(text, "exchange_headcount")] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("轮岗：女教师到了五十，男教师到了五十五，不再派。", [(">=", 50, "岁"), (">=", 55, "岁")]),
        ("交流对象为男55、女50以下的教师。", [("<=", 55, "岁"), ("<=", 50, "岁")]),
        ("轮岗教师石老师有两个孩子，一个刚满4岁。", []),
        ("男教师55人、女教师50人参加交流。", []),
    ],
)
def test_ages_without_their_unit(text, expected):
    assert values(text, "age_limit") == expected


TABLES = """雷山县关于下达教师交流任务的通知

附表1 各乡镇每年交流任务数
乡镇
在岗教师数
每年交流任务（人）
丹江镇
612
28
西江镇
187
11
附表2 交流教师生活补贴标准
类别
学校所在地
标准（元/人·月）
一类学校交流教师
距县城15公里以内
200
二类学校交流教师
距县城35公里以上
400
附表3 交流期限与条件
项目
教师
校长
同校任职年限
满6年
满8年
每次交流时间
2年以上
3年以上
"""


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("exchange_headcount", [("丹江镇", 28, "年"), ("西江镇", 11, "年")]),
        ("allowance", [("一类学校交流教师", 200, "月"), ("二类学校交流教师", 400, "月")]),
        ("same_school_limit", [("教师", 6, None), ("校长", 8, None)]),
        ("exchange_duration", [("教师", 2, None), ("校长", 3, None)]),
    ],
)
def test_tables_one_under_another(measure, expected):
    assert [(fact.subject, fact.value, fact.per) for fact in facts_of(TABLES, measure)] == expected


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("甲方（派出学校）：一中\n丙方（交流教师）：\n丙方到乙方交流任教两学年。", "丙方"),
        ("教师交流协议\n甲方：城关小学\n乙方：李某\n一、支教期限为一学年。", "乙方"),
        ("甲方：一中\n丙方（支教教师）：\n乙方派一名青年教师到甲方跟岗，时间一个月。", "青年教师"),
    ],
)
def test_the_party_that_is_the_teacher(text, subject):
    assert [fact.subject for fact in facts_of(text, "exchange_duration")] == [subject]


@pytest.mark.parametrize(
    ("text", "where"),
    [
        ("我省教师交流见闻\n\n沂源县：一张时间表管到底\n教师在一校任教满6年须交流。\n", [("山东省", "沂源县")]),
        ("记者来到鲁山脚下的沂源县。该县规定，教师在一校任教满6年须交流。", [("山东省", "沂源县")]),
        (
            "安徽要求教师同校任教满6年交流。山西放得较宽，同校任教满9年交流。福建同校任教满8年交流。",
            [("安徽省", None), ("山西省", None), ("福建省", None)],
        ),
        (
            "湖南省教育厅关于教师交流的意见\n湘西自治州、怀化市的教师，同校任教满10年的应当交流。",
            [("湖南省", None), ("湖南省", None)],
        ),
        ("瑞安市教育局关于教师交流的意见\n教师在同一学校任教满6年的，应当交流。该校教师从之。", [("浙江省", "瑞安市")]),
    ],
)
def test_where_a_rule_holds(text, where):
    assert [(fact.province, fact.county) for fact in facts_of(text, "same_school_limit")] == where


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("县教育工作领导小组会议纪要\n会议同意，普通教师交流两年。", "required"),
        ("校务会议纪要\n会议议定，派出教师交流两年。", "proposed"),
        ("关于教师交流办法的起草说明\n一个交流周期拟定为三年。", "proposed"),
        ("教师交流该怎么做？笔者以为，骨干教师的轮岗期应当不短于两年。", "proposed"),
    ],
)
def test_whose_word_it_is(text, modality):
    assert {fact.modality for fact in facts_of(text, "exchange_duration")} == {modality}
