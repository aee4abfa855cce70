"""`review` and `eval` as a reviewer meets them."""

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

from corpus_tools import Database

RULES = (
    "教师交流办法\n第一条 教师在同一所学校连续任教满6年的，应当交流。\n第二条 每次交流期限不少于3年。\n"
    "第三条 每学年交流比例不低于10%。\n第四条 孕期教师除外。\n"
)


@pytest.fixture
def db(call):
    Path("pages").mkdir()
    Path("pages/a.txt").write_text(RULES, encoding="utf-8")
    assert call("run", "pages", "--db", "corpus.db").exit_code == 0
    return Path("corpus.db")


def ids(db):
    with Database(db) as database:
        return {f.fact.measure: f.id for f in database.facts()}


def said(db):
    with Database(db) as database:
        return [(r.verdict, r.judged["measure"], r.note) for r in database.reviews()]


def talk(call, *answers, flags=()):
    return call("review", "--db", "corpus.db", "--by", "李老师", *flags, stdin="".join(f"{a}\n" for a in answers))


# -- one verdict -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("flags", "verdict", "right"),
    [
        (["--accept"], "accept", (6, "年")),
        (["--reject", "--note", "是例子"], "reject", None),
        (["--correct", "value=9", "--correct", "unit=学年"], "correct", (9, "学年")),
    ],
)
def test_a_verdict_in_one_line(call, db, flags, verdict, right):
    fact_id = ids(db)["same_school_limit"]
    result = call("review", fact_id[:6], "--db", db, "--by", "李老师", *flags)
    assert (result.exit_code, result.stdout) == (0, "")
    assert verdict in result.stderr
    (row,) = [json.loads(line) for line in call("review", "--db", db, "--list", "--json").stdout.splitlines()]
    assert (row["verdict"], row["by"], row["state"]) == (verdict, "李老师", "placed")
    assert (row["right"] and (row["right"]["value"], row["right"]["unit"])) == right


@pytest.mark.parametrize("place", ["孕期教师", f"{RULES.index('孕期')}-{RULES.index('孕期') + 4}"])
def test_missing_here_by_words_or_by_place(call, db, place):
    result = call("review", "a.txt", "--db", db, "--missing", "measure=exempt_group", "--at", place, "--by", "李")
    assert result.exit_code == 0, result.stderr
    with Database(db) as database:
        (review,) = database.reviews()
        assert (review.verdict, review.anchor.quote) == ("missing", "孕期教师")


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (["--db", "corpus.db"], 2, "--by NAME"),
        (["ID", "--db", "corpus.db", "--by", "李"], 2, "--accept, --reject or --correct"),
        (["--db", "corpus.db", "--accept", "--by", "李"], 2, "needs what it is about"),
        (["ID", "--db", "corpus.db", "--accept", "--reject", "--by", "李"], 2, "Give one of"),
        (["ID", "--db", "corpus.db", "--correct", "value", "--by", "李"], 2, "no SLOT=VALUE"),
        (["a.txt", "--db", "corpus.db", "--missing", "measure=allowance", "--by", "李"], 2, "--at PLACE"),
        (["ID", "--db", "corpus.db", "--correct", "wert=1", "--by", "李"], 1, "There is no slot 'wert'"),
        (["ID", "--db", "corpus.db", "--correct", "value=6", "--by", "李"], 1, "corrects nothing"),
        (["ffff", "--db", "corpus.db", "--accept", "--by", "李"], 1, "holds no fact"),
        (["ID", "--db", "nowhere.db", "--accept", "--by", "李"], 1, "nowhere.db"),
    ],
)
def test_what_goes_wrong_is_one_clear_line(call, db, args, status, says):
    args = [ids(db)["same_school_limit"] if arg == "ID" else arg for arg in args]
    result = call("review", *args)
    assert result.exit_code == status
    assert says in re.sub(r"\s+", " ", result.stderr)
    assert (result.stdout, said(db)) == ("", [])


def test_a_database_that_may_only_be_read_says_so(call, db):
    db.chmod(0o444)
    Path().chmod(0o555)
    try:
        Path("probe").touch()
    except OSError:
        result = call("review", ids(db)["same_school_limit"], "--db", db, "--accept", "--by", "李")
        assert (result.exit_code, "may only be read" in result.stderr) == (1, True)
    else:
        pytest.skip("this user may write everywhere")
    finally:
        Path().chmod(0o755)


# -- the conversation ------------------------------------------------------------------------------------------------


def test_facts_come_one_by_one_with_their_sentence_and_source(call, db):
    result = talk(call, "a", "r", "例子", "s")
    assert result.exit_code == 0
    assert f"1/{len(ids(db))}" in result.stdout
    assert "【教师在同一所学校连续任教满6年" in result.stdout
    assert "a.txt 篇 1" in result.stdout
    assert said(db) == [("accept", "same_school_limit", ""), ("reject", "exchange_duration", "例子")]
    assert f"2 said of {len(ids(db))} facts" in result.stderr


def test_a_correction_is_asked_slot_by_slot_and_again_where_it_cannot_be_read(call, db):
    talk(call, "c", "wert=1", "", "", "c", "value=9", "unit=学年", "", "看错了", "q")
    assert said(db) == [("correct", "same_school_limit", "看错了")]


def test_a_missing_fact_is_told_and_the_question_comes_again(call, db):
    talk(call, "m", "孕期教师", "measure=exempt_group", "", "", "a", "q")
    assert said(db) == [("missing", "exempt_group", ""), ("accept", "same_school_limit", "")]


@pytest.mark.parametrize("answers", [["q"], []])
def test_q_and_the_end_of_input_keep_what_was_said(call, db, answers):
    result = talk(call, "a", *answers)
    assert (result.exit_code, said(db)) == (0, [("accept", "same_school_limit", "")])


def test_another_key_is_asked_again(call, db):
    assert talk(call, "x", "a", "q").exit_code == 0
    assert said(db) == [("accept", "same_school_limit", "")]


def test_only_what_is_asked_for_comes(call, db):
    assert "1/1" in talk(call, "a", flags=["--measure", "exchange_share"]).stdout
    assert f"1/{len(ids(db)) - 1}" in talk(call, "q", flags=["--unreviewed"]).stdout
    assert "0 facts" in talk(call, flags=["--province", "浙江"]).stderr
    assert "accept by 李老师" in talk(call, "q", flags=["--measure", "exchange_share"]).stdout


def test_a_fact_in_copies_comes_once(call, db):
    shutil.copy("pages/a.txt", "pages/b.txt")
    call("run", "pages", "--db", db)
    assert f"1/{len(ids(db))}" in talk(call, "a").stdout
    assert f"1/{len(ids(db)) - 1}" in talk(call, "q", flags=["--unreviewed"]).stdout


# -- what comes of it ------------------------------------------------------------------------------------------------


def test_a_search_shows_what_was_said(call, db):
    call("review", ids(db)["exchange_share"], "--db", db, "--reject", "--by", "李老师")
    hits = call("search", "", "--db", db, "--kind", "quota", "--json").stdout.splitlines()
    assert [json.loads(hit)["review"]["verdict"] for hit in hits] == ["reject"]
    other = call("search", "", "--db", db, "--kind", "rotation_term", "--json").stdout.splitlines()
    assert {json.loads(hit)["review"] for hit in other} == {None}


def test_a_run_says_which_reviews_lost_their_place(call, db):
    call("review", ids(db)["exchange_share"], "--db", db, "--accept", "--by", "李老师")
    Path("pages/a.txt").write_text(RULES.replace("10%", "15%"), encoding="utf-8")
    assert "1 review is orphaned" in call("run", "pages", "--db", db).stderr
    listed = call("review", "--db", db, "--list")
    assert "orphaned" in listed.stdout
    assert "1 review, 1 orphaned" in listed.stderr


def test_reviews_go_from_one_database_into_another(call, db):
    call("review", ids(db)["exchange_share"], "--db", db, "--accept", "--by", "李老师")
    call("export", "--db", db, "--to", "layers")
    call("run", "pages", "--db", "other.db")
    assert "1 new review " in call("review", "--db", "other.db", "--from", "layers/reviews.jsonl").stderr
    assert said("other.db") == said(db)
    result = call("review", "--db", "other.db", "--from", "layers/facts.jsonl")
    assert (result.exit_code, "line 1 is no review" in result.stderr) == (1, True)


def test_words_of_the_sentence_shown_are_meant_first(call, db):
    talk(call, "m", "年", "measure=allowance", "", "", "q", flags=["--measure", "exchange_duration"])
    with Database(db) as database:
        (review,) = database.reviews()
    assert RULES[review.span.start - 1 : review.span.end] == "3年"


def test_eval_prints_shares_counts_and_a_warning(call, db):
    call("review", ids(db)["exchange_share"], "--db", db, "--correct", "value=15", "--by", "李老师")
    call("review", ids(db)["same_school_limit"], "--db", db, "--accept", "--by", "李老师")
    result = call("eval", "--db", db, "--to-labels", "labels.jsonl")
    assert result.exit_code == 0
    table = {line.split()[0]: line.split()[1:] for line in result.stdout.splitlines() if line.split()}
    assert table["exchange_share"] == ["0", "1", "1", "0.0", "%", "0.0", "%"]
    assert table["same_school_limit"] == ["1", "1", "1", "100.0", "%", "100.0", "%"]
    assert "Too few facts reviewed" in result.stderr
    labels = [json.loads(line) for line in Path("labels.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(label["measure"], label["value"]) for label in labels] == [
        ("same_school_limit", 6),
        ("exchange_share", 15),
    ]
    record = json.loads(call("eval", "--db", db, "--json").stdout)
    assert record["overall"] == {"right": 1, "found": 2, "expected": 2, "precision": 0.5, "recall": 0.5}


def test_eval_without_reviews_says_how_to_begin(call, db):
    result = call("eval", "--db", db)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "corpus-tools review --by NAME" in result.stderr


def test_labels_that_cannot_be_written_are_one_clear_line(call, db):
    result = call("eval", "--db", db, "--to-labels", "no/such/labels.jsonl")
    assert (result.exit_code, "Name another file" in result.stderr) == (1, True)


@pytest.mark.parametrize("command", ["review", "eval"])
def test_the_examples_of_the_help_run(call, db, command):
    examples = re.findall(rf"^ *(corpus-tools {command} .*)$", call(command, "--help").stdout, re.MULTILINE)
    assert len(examples) >= 2
    for example in examples:
        args = shlex.split(example.replace("3f2a", ids(db)["exchange_duration"]))[1:]
        result = call(*args)
        assert result.exit_code == 0, (example, result.output)
