"""Who is left out: the many ways to say so, the lists that name them, and the refusals that only look alike."""

import pytest

from corpus_tools.extract import extract_facts
from corpus_tools.records import Essay


def left_out(text: str) -> list[str | None]:
    return [f.subject for f in extract_facts(text, [Essay(1, "", 0, len(text))]) if f.measure == "exempt_group"]


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("教师轮岗时，担任毕业班课的先不动。", ["担任毕业班课的"]),
        ("教师轮岗，正在喂奶的，一个都不派。", ["正在喂奶的"]),
        ("教师交流中，双胞胎子女未满两周岁的女教师，可延后一年。", ["双胞胎子女未满两周岁的女教师"]),
        ("教师轮岗，怀孕的，身患重病的，当年可以不作安排。", ["怀孕的", "身患重病的"]),
        ("轮岗中，尿毒症患者、残疾教师不在选派之列。", ["尿毒症患者", "残疾教师"]),
        ("距退休不足三年的教师也不在今年轮岗范围之内。", ["距退休不足三年的教师"]),
        ("教师轮岗，家里有重病人、孩子正上高三的，可以先缓一缓。", ["家里有重病人、孩子正上高三的"]),
        ("省级工作室主持人，经批准可暂不轮岗。", ["省级工作室主持人"]),
        ("教师轮岗，未报到的，不再安排。", []),  # late, not left out
        ("您若已过五十岁，则不在轮岗之列。", []),  # told to one reader
    ],
)
def test_short_words_leave_out_those_right_before_them(text, groups):
    assert left_out(text) == groups


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("双亲病重的，凭医院证明可不参加本年度交流。", ["双亲病重的"]),
        ("患慢性病的，持诊断书可申请免予轮岗，独自赡养老人的也可以申请。", ["患慢性病的", "独自赡养老人的"]),
        ("家中有瘫痪老人的教师，经学校同意，可以推迟一年轮岗。", ["家中有瘫痪老人的教师"]),
    ],
)
def test_papers_and_permissions_are_no_groups(text, groups):
    assert left_out(text) == groups


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        (
            "答：教师轮岗的办法列了三种可以暂缓的情形：已怀孕；患有重病；援疆返回不足三年。",
            ["已怀孕", "患有重病", "援疆返回不足三年"],
        ),
        ("教师轮岗安排表\n免轮岗人员\n孕期女教师\n重症患者", ["孕期女教师", "重症患者"]),
    ],
)
def test_a_line_leads_the_list_of_those_left_out(text, groups):
    assert left_out(text) == groups
