"""Training and held-back labels: made by `scripts/build_fact_labels`, true to the text, within GUIDE's vocabulary."""

import json
import subprocess
import sys
from pathlib import Path

import marked
import pytest

ROOT = Path(__file__).parents[1]
LABELS = ROOT / "corpus" / "labels" / "facts"

KINDS = {measure: kind for kind, measure in marked.MEASURES.values()}


def passages(name: str) -> list[dict]:
    return [json.loads(line) for line in (LABELS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def test_labels_are_what_the_marked_sources_make():
    script = str(ROOT / "scripts" / "build_fact_labels")
    done = subprocess.run([sys.executable, script, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("name", ["train", "held_back", "blind", "first_sight"])
def test_every_fact_is_true_to_its_text_and_within_the_vocabulary(name):
    rows = passages(name)
    wrong = [(row["doc"], fact["quote"], said) for row in rows for fact in row["facts"] if (said := check(fact, row))]
    assert wrong == []


def check(fact: dict, row: dict) -> list[str]:
    said = marked.faults(fact, row["text"])
    if KINDS[fact["measure"]] != fact["kind"]:
        said.append("the kind is not that of the measure")
    if fact["modality"] not in {"required", "recommended", "reported", "proposed"}:
        said.append("unknown modality")
    if fact["doc"] != row["doc"]:
        said.append("the fact names another passage")
    return said


@pytest.mark.parametrize("name", ["held_back", "blind", "first_sight"])
def test_passages_for_judging_are_not_among_those_trained_on(name):
    def sentences(name: str) -> set[str]:
        return {s for row in passages(name) for s in row["text"].replace("\n", "。").split("。") if len(s) > 15}

    assert sentences("train") & sentences(name) == set()


def test_labels_hold_every_measure_and_many_passages_without_any_fact():
    for name in ("train", "held_back"):
        rows = passages(name)
        assert {fact["measure"] for row in rows for fact in row["facts"]} == set(KINDS)
        assert sum(not row["facts"] for row in rows) >= len(rows) // 8
        assert len({row["style"] for row in rows}) >= 12


@pytest.mark.parametrize(
    ("spec", "text", "fault"),
    [
        ("SSL 教师 >=6年", "教师满6年", None),
        ("SSL 教师 >=6岁", "教师满6年", "same_school_limit in 岁"),
        ("DUR 教师 3~1年", "教师3到1年", "a range needs two rising values and op between"),
        ("AGE 男教师 <=50岁", "男教师50岁以下", None),
        ("SSL 校长 >=6年", "教师满6年", "subject 校长 does not stand in the text"),
        ("DUR 教师 =1年 @瑞安", "教师一年", "province 瑞安 is no standard name"),
        ("SHARE 教师 =5% per=旬", "教师5%", "unknown period 旬"),
        ("SSL 教师 masked >=6年", "教师满6年", "a masked fact has a value"),
    ],
)
def test_slips_of_the_pen_are_noticed(spec, text, fault):
    page = marked.parse(f"⟦{spec}|{text}⟧")
    (fact,) = marked.facts_of(page.marks[0], page.quote(page.marks[0]), "-")
    assert marked.faults(fact, page.text) == ([fault] if fault else [])


def test_marks_nest_and_leave_the_text_as_it_stands():
    page = marked.parse("甲⟦E|乙⟦SSL 教师 >=6年|教师满⟦M|x⟧年⟧⟧丙")
    assert page.text == "甲乙教师满x年丙"
    assert [page.quote(mark) for mark in page.marks] == ["乙教师满x年", "教师满x年", "x"]


@pytest.mark.parametrize("broken", ["⟦E|没有关上", "关了两次⟧", "⟦E没有竖线⟧"])
def test_a_broken_mark_is_refused(broken):
    with pytest.raises(ValueError):  # noqa: PT011  MarkError, or the missing bar
        marked.parse(broken)
