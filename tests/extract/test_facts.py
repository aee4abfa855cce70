"""What is a fact, what is none, and what its slots hold: tables of text and expectation."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.errors import ConfigError
from corpus_tools.extract import ExtractConfig, extract_facts
from corpus_tools.extract.pack import load_pack
from corpus_tools.records import Essay, Fact, PageMeta

CASES = sorted((Path(__file__).parents[1] / "cases").glob("facts_*.json"))


def facts_of(text: str, heading: str = "") -> list[Fact]:
    return extract_facts(text, [Essay(1, heading, 0, len(text))])


def told(text: str) -> list[tuple]:
    return [(f.measure, f.op, f.value, f.unit) for f in facts_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("教师在同一所学校连续任教满6年的，应当交流。", [("same_school_limit", ">=", 6, "年")]),
        ("校长在同一学校连任两届后必须轮岗。", [("same_school_limit", "=", 2, "届")]),
        (
            "教师在一所学校工作6年或9年就要轮岗。",
            [("same_school_limit", "=", 6, "年"), ("same_school_limit", "=", 9, "年")],
        ),
        ("在本校工作满6年的教师共有63人。", []),  # a count, not a rule
        ("音乐教师交流不受6年限制。", []),
        ("交流期限不少于三年。", [("exchange_duration", ">=", 3, "年")]),
        ("交流教师每学期听课不少于20节。", []),
        ("县城学校每学年选派支教教师不少于2名。", [("exchange_headcount", ">=", 2, "人")]),
        ("对到村小支教的教师每月补助500元。", [("allowance", "=", 500, "元")]),
        ("为改善交流教师住宿条件，投入资金300万元建设周转房。", []),
        ("交流教师旷工超过3天的，考核为不合格。", [("absence_limit", ">", 3, "天")]),
        ("拒不服从交流安排的，三年内不得评优评先。", [("ban_period", "=", 3, "年")]),
        ("评聘高级职称须有一年以上农村学校任教经历。", [("exchange_experience", ">=", 1, "年")]),
        ("未满3年农村任教经历的，不得申报高级职称。", [("exchange_experience", ">=", 3, "年")]),
        ("年龄在45周岁以下的教师应当参加交流。", [("age_limit", "<=", 45, "岁")]),
        ("42岁的李老师来到山区支教。", []),  # a story
        ("轮岗教师的年度考核奖是原学校教师的1.5至3倍。", [("bonus_multiplier", "between", (1.5, 3), "倍")]),
    ],
)
def test_a_rule_is_told_from_a_number(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("孕期或产假内的女教师、身患重病的教师可暂缓交流。", ["孕期或产假内的女教师", "身患重病的教师"]),
        ("下列人员可不参加交流：①休产假的；②距退休不足三年的。", ["休产假的", "距退休不足三年的"]),
        ("不得将患病教师列为交流教师。", ["患病教师"]),
        ("确定交流而拒不参加交流的教师，不得评优。", []),  # a refusal
    ],
)
def test_who_is_left_out_is_listed_one_by_one(text, groups):
    assert [f.subject for f in facts_of(text) if f.measure == "exempt_group"] == groups


def test_three_values_go_to_three_groups():
    facts = facts_of("校长、骨干教师、普通教师每年交流的比例分别不低于应交流人数的30%、15%、10%。")
    assert [(f.subject, f.value, f.op, f.per) for f in facts] == [
        ("校长", 30, ">=", "年"),
        ("骨干教师", 15, ">=", "年"),
        ("普通教师", 10, ">=", "年"),
    ]


def test_an_age_of_men_and_women_reaches_back():
    facts = facts_of("男50周岁、女45周岁及以下的教师都要交流。")
    assert [(f.subject, f.op, f.value) for f in facts] == [("男教师", "<=", 50), ("女教师", "<=", 45)]


def test_the_period_carries_over_to_what_is_among_them():
    facts = facts_of("每学年交流的教师不低于符合条件教师总数的10%，其中骨干教师不低于交流总数的20%。")
    assert [(f.per, f.base) for f in facts] == [("学年", "符合条件教师总数"), ("学年", "交流总数")]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("教师在同一学校任教满6年的，原则上应当交流。", "recommended"),
        ("一般要求校长在同一学校连任两届后必须交流。", "required"),
        ("去年全县共选派支教教师86名。", "reported"),
        ("拟将支教教师补助提高到每月800元。", "proposed"),
    ],
)
def test_a_hedge_has_its_scope(text, modality):
    assert [f.modality for f in facts_of(text)] == [modality]


def test_what_another_province_does_belongs_to_that_province():
    text = "浙江省要求教师在同一学校任教满6年必须交流。我们每年交流的教师不低于5%。"
    assert [(f.measure, f.province) for f in facts_of(text)] == [
        ("same_school_limit", "浙江省"),
        ("exchange_share", None),
    ]


def test_a_hidden_value_stays_hidden():
    (fact,) = facts_of("凡在本校任教满xx年的教师均应轮岗。")
    assert (fact.masked, fact.value, fact.op, fact.unit) == (True, None, None, None)


def test_the_page_says_where_it_applies():
    text = "教师交流期限不少于三年。"
    (fact,) = extract_facts(text, [Essay(1, "", 0, len(text))], PageMeta(title="余庆县教师交流办法"))
    assert (fact.province, fact.city, fact.county) == ("贵州省", "遵义市", "余庆县")


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_labelled_documents_are_read(path):
    """Each document keeps the share of its facts that it was read with when it was added."""
    cases = json.loads(path.read_text(encoding="utf-8"))
    right = wrong = total = 0
    for case in cases:
        found = extract_facts(case["text"], meta=PageMeta(title=case["title"]))
        wanted = [(g["measure"], g.get("value"), case["text"].find(g["quote"]), len(g["quote"])) for g in case["facts"]]
        total += len(wanted)
        for fact in found:
            value = list(fact.value) if isinstance(fact.value, tuple) else fact.value
            hit = next(
                (
                    w
                    for w in wanted
                    if w[0] == fact.measure and w[1] == value and fact.start < w[2] + w[3] and w[2] < fact.end
                ),
                None,
            )
            right, wrong = right + (hit is not None), wrong + (hit is None)
            if hit:
                wanted.remove(hit)
    assert right / total >= 0.88
    assert wrong <= 0.1 * (right + wrong)


def test_every_quote_is_a_slice_of_the_text():
    for path in CASES:
        for case in json.loads(path.read_text(encoding="utf-8")):
            for fact in extract_facts(case["text"]):
                assert fact.quote == case["text"][fact.start : fact.end] != ""
                assert all(0 <= e.start < e.end <= len(case["text"]) for e in fact.evidence)


PIECES = st.sampled_from(
    [
        "教师",
        "校长",
        "同一学校",
        "任教",
        "满6年",
        "交流",
        "，",
        "。",
        "：",
        "；",
        "\n",
        "10%",
        "每年",
        "不低于",
        "（",
        "）",
        "1.",
        "①",
        "补贴",
        "300元",
        "暂缓交流",
        "xx年",
        "　",
        "浙江省",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PIECES, max_size=40).map("".join))
def test_any_text_is_read_the_same_way_twice(text):
    essays = [Essay(1, "", 0, len(text))]
    facts = extract_facts(text, essays)
    assert facts == extract_facts(text, essays)
    assert all(fact.quote == text[fact.start : fact.end] for fact in facts)


def test_an_unknown_pack_says_so():
    with pytest.raises(ConfigError, match="no fact pack"):
        extract_facts("交流", config=ExtractConfig(packs=("gardening",)))


def test_both_packs_load():
    assert {load_pack(name).name for name in ("teacher_rotation", "class_size")} == {"teacher_rotation", "class_size"}
