"""Quantities: numbers in every script, ranges, comparators, units, periods, hidden numbers; and what is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus_tools.extract.numbers import find_numbers
from corpus_tools.extract.numerals import read_numeral
from corpus_tools.extract.quantities import find_quantities
from corpus_tools.records import Quantity

CASES = Path(__file__).parents[1] / "cases"


def only(text: str) -> Quantity:
    found = find_quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("3", 3),
        ("３", 3),
        ("三", 3),
        ("叁", 3),
        ("两", 2),
        ("〇", 0),
        ("十", 10),
        ("廿", 20),
        ("1.5万", 15000),
        ("1,200,000", 1_200_000),
        ("两万五", 25000),
        ("两万五千", 25000),
        ("二百零五", 205),
        ("一千零五十", 1050),
        ("四亿五千六百四十二万零一十五", 456_420_015),
        ("一万五千亿", 1_500_000_000_000),
        ("5万4千6百", 54600),
        ("肆佰陆拾", 460),
        ("十余万", 100_000),
        ("一点二", 1.2),
        ("三分之一", 0.333333333333),
        ("一又二分之一", 1.5),
        ("二〇一三", 2013),
    ],
)
def test_a_number_in_any_script(text, value):
    assert read_numeral(text, 0).value == value
    assert read_numeral(text, 0).end == len(text)


@pytest.mark.parametrize("text", ["十二五", "五五三", "百", "万"])
def test_a_run_that_is_no_number_or_names_no_amount(text):
    numeral = read_numeral(text, 0)
    assert numeral is None or numeral.shape in ("bare", "digits")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("服务期三年", 3, "年"),
        ("为期一学年", 1, "学年"),
        ("交流两个学期", 2, "学期"),
        ("連任兩屆", 2, "届"),
        ("考察一个任期", 1, "任期"),
        ("考察两个聘期", 2, "聘期"),
        ("顶岗半年", 0.5, "年"),
        ("顶岗一年半", 1.5, "年"),
        ("跟岗半个月", 0.5, "月"),
        ("跟岗一个半月", 1.5, "月"),
        ("跟岗一周", 7, "天"),
        ("培训5个工作日", 5, "天"),
        ("补助三百元", 300, "元"),
        ("补助1.5万元", 15000, "元"),
        ("补助3千元", 3000, "元"),
        ("补助五百块钱", 500, "元"),
        ("补助五元三毛", 5.3, "元"),
        ("选派3名", 3, "人"),
        ("选派两位", 2, "人"),
        ("45周岁", 45, "岁"),
        ("四十五週歲", 45, "岁"),
        ("任职于2所学校", 2, "所"),
        ("按1.2倍发放", 1.2, "倍"),
        ("按一点二倍发放", 1.2, "倍"),
        ("听课20节", 20, "节"),
        ("占百分之二十", 20, "%"),
        ("占两成", 20, "%"),
        ("占一成半", 15, "%"),
        ("占三成五", 35, "%"),
        ("提高5个百分点", 5, "%"),
        ("占千分之三", 0.3, "%"),
        ("减半发放", 50, "%"),
        ("占一半", 50, "%"),
        ("打八折", 80, "%"),
        ("占三分之一", 0.333333333333, None),
        ("師生比1∶19", 19, "1:"),
        ("抽50个老师", 50, "人"),
        ("男55者", 55, "岁"),
        ("每月补贴300", 300, "元"),
    ],
)
def test_units_in_their_normal_form(text, value, unit):
    found = only(text)
    assert (found.value, found.unit, found.op) == (value, unit, "=")


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("每期1—3年", (1, 3), "年"),
        ("每期1-3年", (1, 3), "年"),
        ("每期1~3年", (1, 3), "年"),
        ("每期１－３年", (1, 3), "年"),
        ("每期一至三年", (1, 3), "年"),
        ("每期一到两年", (1, 2), "年"),
        ("每期两三年", (2, 3), "年"),
        ("每期一两年", (1, 2), "年"),
        ("每期三五年", (3, 5), "年"),
        ("每期2、3年", (2, 3), "年"),
        ("每期半年至一年", (0.5, 1), "年"),
        ("奖励1.5至3倍", (1.5, 3), "倍"),
        ("占10%—15%", (10, 15), "%"),
        ("占10-15%", (10, 15), "%"),
        ("占3%?6%", (3, 6), "%"),  # the page lost its dash
        ("占百分之三至五", (3, 5), "%"),
        ("补助1-2万元", (10000, 20000), "元"),
        ("补助500—800元", (500, 800), "元"),
        ("在20和30人之间", (20, 30), "人"),
        ("三年以上五年以下", (3, 5), "年"),
        ("满三年（含三年）不满六年", (3, 6), "年"),
    ],
)
def test_ranges(text, value, unit):
    found = only(text)
    assert (found.value, found.unit, found.op) == (value, unit, "between")


@pytest.mark.parametrize(
    ("text", "op", "span"),
    [
        ("交流期限不少于三年。", ">=", "不少于三年"),
        ("不得低于10%", ">=", "不得低于10%"),
        ("任教满6年的", ">=", "满6年"),
        ("达到3年及以上", ">=", "达到3年及以上"),
        ("至少2年", ">=", "至少2年"),
        ("两年以上", ">=", "两年以上"),
        ("两年（含）以上", ">=", "两年（含）以上"),
        ("九年（三个聘期）以上", ">=", "九年（三个聘期）以上"),
        ("不少于累计三年", ">=", "不少于累计三年"),
        ("≥3年", ">=", "≥3年"),
        ("超过15天", ">", "超过15天"),
        ("超过15天以上", ">", "超过15天以上"),
        ("＞15天", ">", "＞15天"),
        ("不超过两届", "<=", "不超过两届"),
        ("3人以内", "<=", "3人以内"),
        ("45周岁及以下", "<=", "45周岁及以下"),
        ("50周岁以下（不含50周岁）", "<", "50周岁以下"),
        ("未满三年", "<", "未满三年"),
        ("不足5年（含5年）", "<", "不足5年"),
        ("三年内不得", "=", "三年"),  # how long, not how much at most
        ("近三年", "=", "三年"),
        ("三年之内不得", "=", "三年"),
        ("不宜超过15%", "<=", "不宜超过15%"),
        ("签约3年", "=", "3年"),
    ],
)
def test_comparators_before_and_behind(text, op, span):
    found = only(text)
    assert found.op == op
    assert text[found.start : found.end] == span


@pytest.mark.parametrize(
    "text",
    ["约5%", "5%左右", "近20人", "3000余人", "三百多名", "十几所", "一个多月", "两个多学期", "大约三个月", "三年左右"],
)
def test_about(text):
    assert only(text).approximate


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("男50周岁、女45周岁及以下的教师", [(50, "<="), (45, "<=")]),
        ("男年满55周岁、女年满50周岁", [(55, ">="), (50, ">=")]),
        ("男55、女50周岁以下", [(55, "<="), (50, "<=")]),
        ("各类学校分别不低于总人数的30%、15%、10%", [(30, ">="), (15, ">="), (10, ">=")]),
        ("不超过班子成员的三成", [(30, "<=")]),
        ("至少在乡村学校任教1年", [(1, ">=")]),
        ("满3年的不超过5人", [(3, ">="), (5, "<=")]),
        ("6年或9年", [(6, "="), (9, "=")]),
        ("不低于应交流教师10%的比例", [(10, ">=")]),
        ("尚未达到要求的10%", [(10, "=")]),
        ("最低服务年限为6年", [(6, ">=")]),
        ("不低于每人每月800元", [(800, ">=")]),
        ("两所学校以上", [(2, ">=")]),
    ],
)
def test_a_comparator_reaches_along_its_clause(text, expected):
    assert [(q.value, q.op) for q in find_quantities(text)] == expected


@pytest.mark.parametrize(
    ("text", "per"),
    [
        ("每年选派3人", "年"),
        ("每学年按10%交流", "学年"),
        ("年均2万元", "年"),
        ("每人每月300元", "月"),
        ("每生每年1000元", "年"),
        ("补贴600元/月", "月"),
        ("每所学校不少于三年", "校"),
        ("每校选派1名", "校"),
        ("每学年每校选派1名", "学年"),
        ("每周不少于10节", "周"),
        ("一年累计超过15天", "年"),
        ("一学期内事假累计超过7天", "学期"),
        ("每个工作日补贴120元", "天"),
        ("每节课补8元", "节"),
        ("每次交流三年", None),  # how long one lasts
        ("每期服务两年", None),
        ("每年考核，选派3人", None),  # another clause
        ("每三年轮岗", None),
    ],
)
def test_what_it_is_counted_per(text, per):
    assert find_quantities(text)[-1].per == per


@pytest.mark.parametrize(
    ("text", "unit", "op"),
    [
        ("任教满xx年的", "年", ">="),
        ("任教满××年的", "年", ">="),
        ("占总数的____%", "%", "="),
        ("距退休____年以内", "年", "<="),
        ("X年以上教龄", "年", ">="),
        ("连续任教xx年", "年", "="),
    ],
)
def test_a_hidden_number_keeps_unit_and_comparator(text, unit, op):
    found = only(text)
    assert (found.value, found.unit, found.op, found.masked) == (None, unit, op, True)


@pytest.mark.parametrize(
    "text",
    [
        # words
        "十分感谢各位同事",
        "统一安排一些工作，万一不行一定说明",
        "五一放假，十一国庆",
        "同一所学校，每一位教师",
        "一系列措施，一般不作调整，一律停发",
        "城乡二元结构",
        "几十年来，上百人，数十名",
        "三位一体，一本正经，两回事，三五成群，十字路口",
        "零件，半月刊，百日维新",
        "一校一策，一岗双责",
        "教师队伍，大陆，收拾，放肆",
        # order and rank
        "第三条 第二款",
        "第一至第五名",
        "周一至周五，星期三",
        "三年级二（3）班",
        "一级教师，三等奖",
        "九年一贯制学校",
        "十八届三中全会",
        "党的十九大以来",
        "十三五规划",
        # dates and times
        "2013年9月1日起",
        "二〇一三年五月",
        "2019—2020学年",
        "2021年秋季学期",
        "2013-05-12",
        "5月底前",
        "6月至9月",
        "20xx年，201_年",
        "xx年5月",
        "80年代，九十年代",
        "113學年度，115年公立國民中小學，民國87年7月31日",
        "8:30，八点半，上午9点",
        # codes
        "浙教人〔2013〕12号",
        "第12号令",
        "电话0577-88123456，手机13912345678",
        "见https://example.org/a?x=30%20b=12",
        "附件1，表2",
        # markers of lists
        "1.交流对象\n2、交流期限\n（三）交流待遇",
        "一、总则 一是加强领导；二是落实责任",
        "基本原则1.统筹规划",
    ],
)
def test_numbers_that_count_nothing(text):
    assert find_quantities(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2013年交流3人", [(3, "人")]),
        ("第三条 期限为三年", [(3, "年")]),
        ("2019—2020学年交流3000余人", [(3000, "人")]),
        ("浙教人〔2013〕12号规定满6年", [(6, "年")]),
        ("1.任教满9年\n2.年龄50周岁以下", [(9, "年"), (50, "岁")]),
        ("三年级教师满三年", [(3, "年")]),
    ],
)
def test_the_quantity_beside_a_name_stays(text, expected):
    assert [(q.value, q.unit) for q in find_quantities(text)] == expected


@pytest.mark.parametrize(
    "case", json.loads((CASES / "quantities_sentences.json").read_text(encoding="utf-8")), ids=lambda case: case["text"]
)
def test_sentences(case):
    found = [
        [list(q.value) if isinstance(q.value, tuple) else q.value, q.unit, q.op] for q in find_quantities(case["text"])
    ]
    assert found == case["quantities"], case.get("comment")


def test_a_wide_gap_parts_number_and_unit():
    assert [(q.value, q.unit) for q in find_quantities("序号　学校\n3      人民小学\n限额 5 人")] == [(5, "人")]


def test_plain_numbers_take_in_dates_and_order():
    found = [(n.value, n.kind) for n in find_numbers("2013年5月第三批12人，占30%")]
    assert found == [(2013, "number"), (5, "number"), (3, "ordinal"), (12, "number"), (30, "percent")]


SIGNS = (
    "0123456789〇一二三四五六七八九十百千万亿半两点分之年月日个周学期届人名元%％、，。"
    "-—至到满不超过少于以上下内左右约每第xX_□"
)
WORDS = (
    "不少于",
    "以上",
    "学年",
    "百分之",
    "每年",
    "2013年",
    "〔2013〕12号",
    "男",
    "女",
    "週歲",
    "萬",
    " ",
    "\n",
    "（",
    "）",
    "(",
    ")",
)
PIECES = st.sampled_from([*SIGNS, *WORDS])


@given(st.lists(PIECES, max_size=40).map("".join))
@example("0期满0")
def test_spans_lie_in_the_text_in_order_and_apart(text):
    end = 0
    for quantity in find_quantities(text):
        assert end <= quantity.start < quantity.end <= len(text)
        end = quantity.end
        assert (quantity.value is None) == quantity.masked
        if quantity.op == "between":
            low, high = quantity.value
            assert low < high


@given(st.lists(PIECES, max_size=30).map("".join), st.lists(PIECES, max_size=30).map("".join))
def test_a_paragraph_of_its_own_changes_nothing_before_it(first, second):
    """Nothing reads across an empty line with a heading: what stood before is found as if alone."""
    alone = find_quantities(first + "。\n")
    both = [q for q in find_quantities(first + "。\n\n标题\n\n" + second) if q.start < len(first)]
    assert both == alone


@given(st.text(max_size=60))
def test_any_text_can_be_read(text):
    for quantity in find_quantities(text):
        assert text[quantity.start : quantity.end].strip()


def test_long_runs_are_read_in_one_pass():
    for piece in ("1", "一", "百万", "1 ", "不少于", "每年", "1-", "一、", "xx", "(", "第一"):
        find_quantities(piece * 20_000)
