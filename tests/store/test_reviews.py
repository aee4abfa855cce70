"""What people said of facts outlives every run, and never moves to words it was not said of."""

import json
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reviewed_pages import RULES, WHEN, only, reviewed, verdicts
from stored_pages import Edit, fact, memory, page, put

from corpus_tools.errors import ConfigError, DatabaseError
from corpus_tools.report.summary import write_report
from corpus_tools.store import export_jsonl
from corpus_tools.store.reviews import Anchor, anchor_of, place_of
from corpus_tools.store.slots import NOTHING_YET, changed, same
from corpus_tools.text import Span

# -- what is kept ----------------------------------------------------------------------------------------------------


def test_a_review_comes_back_as_it_was_made(corpus):
    with corpus() as database:
        made = reviewed(database, "same_school_limit", "correct", corrections={"value": "9"}, note="看错了")
        assert list(database.reviews()) == [made]
        assert (made.doc, made.verdict, made.by, made.when, made.note) == ("a.txt", "correct", "李老师", WHEN, "看错了")
        assert (made.found["value"], made.right["value"], made.right["unit"]) == (6, 9, "年")
        assert (
            RULES[made.span.start : made.span.end] == made.anchor.quote == only(database, "same_school_limit").raw_quote
        )


def test_the_time_is_utc():
    with memory() as database:
        one = page("交流不低于10%。")
        put(database, one, facts=[fact(one, "不低于10%")])
        (stored,) = database.facts()
        assert database.add_review(stored.id, "accept", by="李").when.endswith("+00:00")


@pytest.mark.parametrize(
    "page_later",
    [
        f"教育局文件\n\n{RULES}",  # something before it
        f"{RULES}第三条 不得弄虚作假。\n",  # something after it
        RULES.replace("第二条 每次交流期限不少于3年", "第二条 另行通知"),  # another rule taken out
    ],
)
def test_a_page_that_changed_elsewhere_keeps_its_reviews(corpus, page_later):
    with corpus() as database:
        reviewed(database, "same_school_limit", "reject")
    with corpus(page_later) as database:
        (review,) = database.reviews(state="placed")
        assert page_later[review.span.start : review.span.end] == review.anchor.quote
        assert verdicts(database) == {"same_school_limit": "reject"}


@pytest.mark.parametrize(
    "page_later",
    [
        RULES.replace("满6年", "满9年"),  # the words themselves
        RULES.replace("第一条 教师在", "第一条 凡教师在"),  # the words beside them
        RULES + RULES,  # the same words twice, and the same words around them
        "教师交流办法\n",  # gone
    ],
)
def test_where_the_place_is_in_doubt_a_review_is_orphaned(corpus, page_later):
    with corpus() as database:
        reviewed(database, "same_school_limit")
    with corpus(page_later) as database:
        (review,) = database.reviews(state="orphaned")
        assert review.span is None
        assert verdicts(database) == {}
        assert list(database.reviews(state="placed")) == []


def test_an_orphan_finds_home_when_its_words_come_back(corpus):
    with corpus() as database:
        before = reviewed(database, "same_school_limit")
    with corpus(RULES.replace("满6年", "满9年")) as database:
        assert [r.state for r in database.reviews()] == ["orphaned"]
    with corpus() as database:
        assert list(database.reviews()) == [before]


def test_the_words_around_it_tell_one_copy_from_the_other(corpus):
    other = (
        f"{RULES}第八条 校长的轮岗，照此办理，另有规定的除外。\n第九条 教师在同一所学校连续任教满6年的，应当交流。\n"
    )
    with corpus(other) as database:
        first, second = database.facts(measure="same_school_limit")
        database.add_review(second.id, "reject", by="李")
    with corpus("某县\n" + other) as database:
        first, second = database.facts(measure="same_school_limit")
        assert first.raw_quote == second.raw_quote
        assert set(database.judgements()) == {second.id}


def test_a_page_that_says_the_same_twice_in_the_same_words_keeps_its_reviews(corpus):
    twice = RULES + RULES
    with corpus(twice) as database:
        made = [database.add_review(f.id, "accept", by="李") for f in database.facts()]
        assert len({review.span for review in made}) == len(made) > 2
        with database.transaction():
            database.remove_inputs(["a.txt"])  # so that the next run reads it anew
    with corpus(twice) as database:
        assert list(database.reviews()) == made


def test_a_page_that_vanishes_leaves_its_reviews(corpus, tmp_path):
    with corpus(name="b.txt"), corpus() as database:
        fact_id = next(f.id for f in database.facts(doc="a.txt"))
        database.add_review(fact_id, "accept", by="李")
    (tmp_path / "pages" / "a.txt").unlink()
    with corpus(name="b.txt") as database:
        assert [(r.doc, r.state) for r in database.reviews()] == [("a.txt", "orphaned")]


def test_a_run_that_is_stopped_after_taking_a_page_out_shows_no_stale_place(corpus):
    with corpus() as database:
        reviewed(database, "same_school_limit")
        with database.transaction():
            database.remove_inputs(["a.txt"])
        assert [r.state for r in database.reviews()] == ["orphaned"]


def test_reviews_stand_in_a_plain_table(corpus):
    with corpus() as database:
        reviewed(database, "same_school_limit", "correct", corrections={"value": "9"})
    with sqlite3.connect(database.path) as plain:
        row = plain.execute(
            "SELECT doc, measure, verdict, json_extract(slots, '$.value'), reviewer FROM reviews"
        ).fetchone()
    plain.close()
    assert row == ("a.txt", "same_school_limit", "correct", 9, "李老师")


# -- which fact it speaks of -----------------------------------------------------------------------------------------


def test_the_latest_review_counts_and_the_earlier_one_is_kept(corpus):
    with corpus() as database:
        reviewed(database, "same_school_limit", "accept")
        reviewed(database, "same_school_limit", "reject")
        assert verdicts(database) == {"same_school_limit": "reject"}
        assert [r.verdict for r in database.reviews()] == ["accept", "reject"]


@pytest.mark.parametrize(
    ("value_later", "verdict"),
    [
        (10, "correct"),  # still as it was judged
        (15, "accept"),  # now as the correction has it
        (20, None),  # something that nobody has judged
    ],
)
def test_a_review_speaks_of_what_was_judged_alone(value_later, verdict):
    one = page("交流比例不低于一成五。")
    with memory() as database:
        put(database, one, facts=[fact(one, "不低于一成五", value=10)])
        (stored,) = database.facts()
        database.add_review(stored.id, "correct", by="李", corrections={"value": "15"})
        put(database, one, facts=[fact(one, "比例不低于一成五", value=value_later)])
        judged = list(database.judgements().values())
        assert [j.verdict for j in judged] == ([verdict] if verdict else [])


def test_two_facts_of_one_quote_are_told_apart():
    one = page("满6年或9年的应当交流。")
    both = [fact(one, "满6年或9年", measure="same_school_limit", value=v, unit="年") for v in (6, 9)]
    with memory() as database:
        put(database, one, facts=both)
        _, nine = database.facts()
        database.add_review(nine.id, "reject", by="李")
        assert set(database.judgements()) == {nine.id}


# -- missing here ----------------------------------------------------------------------------------------------------


def test_a_missing_fact_is_given_by_its_words_as_read_or_as_the_page_has_them():
    one = page("本校每年選派教師下鄉。")
    clean = one.edited([Edit(4, 5, "选", "script"), Edit(7, 8, "师", "script"), Edit(9, 10, "乡", "script")])
    slots = {"measure": "exchange_headcount", "subject": "教师"}
    with memory() as database:
        put(database, clean)
        spans = [
            database.add_missing("a.txt", words, slots, by="李").span for words in ("選派教師", "选派教师", Span(4, 8))
        ]
        assert spans == [Span(4, 8)] * 3
        review = next(database.reviews())
        assert (review.verdict, review.found, review.right["kind"]) == ("missing", None, "quota")


def test_a_missing_fact_that_a_later_run_finds_is_accepted():
    one = page("本校每年选派教师5人。")
    found = fact(one, "每年选派教师5人", measure="exchange_headcount", op="=", value=5, unit="人")
    slots = {"measure": "exchange_headcount", "value": "5", "unit": "人"}
    with memory() as database:
        put(database, one)
        database.add_missing("a.txt", "选派教师5人", slots, by="李")
        assert database.judgements() == {}
        put(database, one, facts=[found])
        assert verdicts(database) == {"exchange_headcount": "accept"}


@pytest.mark.parametrize(
    ("place", "says"),
    [("十人", "do not stand"), ("教师", "more than once"), ("", "do not stand"), (Span(5, 99), "no place of the page")],
)
def test_a_place_in_doubt_is_refused(place, says):
    with memory() as database:
        put(database, page("教师，教师。"))
        with pytest.raises(ConfigError, match=says):
            database.add_missing("a.txt", place, {"measure": "allowance"}, by="李")
        assert list(database.reviews()) == []


# -- what cannot be meant --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "given", "says"),
    [
        ("accept", {"by": " "}, "--by NAME"),
        ("correct", {}, "at least one slot"),
        ("accept", {"corrections": {"value": "9"}}, "at least one slot"),
        ("missing", {}, "Say accept or reject"),
        ("correct", {"corrections": {"value": "6"}}, "corrects nothing"),
        ("correct", {"corrections": {"wert": "6"}}, "There is no slot 'wert'. Slots: kind, measure"),
        ("correct", {"corrections": {"value": "sechs"}}, "is no value"),
        ("correct", {"corrections": {"value": "3-1"}}, "is no range"),
        ("correct", {"corrections": {"value": "inf"}}, "is no value"),
        ("correct", {"corrections": {"unit": "-"}}, "needs its unit"),
        ("correct", {"corrections": {"op": "~"}}, "is no op"),
        ("correct", {"corrections": {"measure": "speed"}}, "Known: "),
        ("correct", {"corrections": {"measure": ""}}, "Measures: "),
        ("correct", {"corrections": {"masked": "true", "value": "3"}}, "not both"),
    ],
)
def test_a_review_that_cannot_be_meant_is_refused_and_says_why(corpus, verdict, given, says):
    with corpus() as database:
        with pytest.raises(ConfigError, match=says):
            database.add_review(only(database, "same_school_limit").id, verdict, **{"by": "李", **given})
        assert list(database.reviews()) == []


def test_a_fact_or_page_that_is_not_there_is_said(corpus):
    with corpus() as database:
        with pytest.raises(DatabaseError, match="holds no fact"):
            database.add_review("ffff", "accept", by="李")
        with pytest.raises(DatabaseError, match=r"did you mean a\.txt"):
            database.add_missing("b.txt", "x", {"measure": "allowance"}, by="李")


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"measure": "age_limit", "value": "50", "unit": "岁"}, {"kind": "eligibility", "op": "=", "value": 50}),
        ({"measure": "bonus_multiplier", "value": "1.5-3", "unit": "倍"}, {"op": "between", "value": (1.5, 3)}),
        ({"measure": "exempt_group", "subject": " 孕期教师 "}, {"op": None, "value": None, "subject": "孕期教师"}),
        ({"measure": "allowance", "value": "2e4", "unit": "元", "op": ">="}, {"op": ">=", "value": 20000}),
        ({"measure": "ban_period", "masked": "yes", "unit": "年"}, {"masked": True, "unit": None, "value": None}),
        ({"measure": "class_size_limit", "value": "45", "unit": "人", "op": "<="}, {"kind": "class_size"}),
        ({"measure": "noise", "kind": "own", "value": "-"}, {"kind": "own", "value": None}),
        ({"measure": "allowance", "per": "null", "modality": "reported"}, {"per": None, "modality": "reported"}),
    ],
)
def test_slots_as_a_reviewer_says_them(said, expected):
    slots = changed(NOTHING_YET, said)
    assert {name: slots[name] for name in expected} == expected


def test_readings_in_either_script_are_the_same():
    one = changed(NOTHING_YET, {"measure": "exempt_group", "subject": "哺乳期 教師"})
    assert same(one, changed(NOTHING_YET, {"measure": "exempt_group", "subject": "哺乳期教师"}))
    assert not same(one, changed(NOTHING_YET, {"measure": "exempt_group", "subject": "教师"}))


# -- places ----------------------------------------------------------------------------------------------------------


@given(st.text("ab", min_size=1, max_size=60), st.data())
def test_every_place_of_every_page_is_found_again(raw, data):
    start = data.draw(st.integers(0, len(raw) - 1))
    span = Span(start, data.draw(st.integers(start + 1, len(raw))))
    assert place_of(raw, anchor_of(raw, span)) == span


@pytest.mark.parametrize(
    ("raw", "anchor", "place"),
    [
        ("甲乙丙丁", ("甲", "乙", "丙"), Span(1, 2)),
        ("甲乙丙甲乙丁", ("甲", "乙", "丙"), Span(1, 2)),
        ("甲乙丙甲乙丙", ("甲", "乙", "丙"), None),
        ("甲乙丁", ("甲", "乙", "丙"), None),
        ("乙乙乙", ("", "乙乙", ""), None),  # twice, overlapping
    ],
)
def test_a_place_is_where_the_words_stand_once(raw, anchor, place):
    assert place_of(raw, Anchor(*anchor)) == place


# -- where it is shown -----------------------------------------------------------------------------------------------


def test_exports_carry_reviews(corpus, tmp_path):
    with corpus() as database:
        reviewed(database, "same_school_limit", "correct", corrections={"value": "9"}, note="看错了")
        reviewed(database, "exchange_duration")
    with corpus(RULES.replace("不少于3年", "不少于2年")) as database:
        export_jsonl(database, tmp_path / "out")
    rows = {
        name: [json.loads(line) for line in (tmp_path / "out" / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in ("facts", "reviews")
    }
    assert [row["review"] for row in rows["facts"]] == [
        {"verdict": "correct", "by": "李老师", "when": WHEN, "note": "看错了", "slots": {"value": 9}},
        None,
    ]
    assert [(row["state"], row["start"] is None) for row in rows["reviews"]] == [("placed", False), ("orphaned", True)]


def test_the_report_shows_what_was_said_of_a_copy(corpus, tmp_path):
    with corpus(), corpus(name="b.txt") as database:
        copy = next(f for f in database.facts(doc="b.txt") if f.evidence != f.id)
        database.add_review(copy.id, "accept", by="李")
        write_report(database, tmp_path / "r.html")
    assert (tmp_path / "r.html").read_text(encoding="utf-8").count("✓ accepted") == 1


def test_the_report_shows_what_was_said(corpus, tmp_path):
    with corpus() as database:
        write_report(database, tmp_path / "r.html")
        assert "rejected" not in (tmp_path / "r.html").read_text(encoding="utf-8")
        reviewed(database, "same_school_limit", "reject", note="<b>不是规定</b>")
        write_report(database, tmp_path / "r.html")
    html = (tmp_path / "r.html").read_text(encoding="utf-8")
    assert html.count("✗ rejected") == 1
    assert "&lt;b&gt;不是规定" in html
