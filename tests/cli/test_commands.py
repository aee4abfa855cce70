"""The commands as a user meets them: what they print, where, and how they end."""

import json
import os
import sqlite3
from pathlib import Path

import pytest

PAGE = "教师交流办法\n第一条 教师在同一所学校连续任教满6年的，应当交流。\n第二条 交流期限不少于3年。\n"
COMMANDS = ["run", "search", "report", "export", "trace", "show", "clean", "facts", "dedupe"]


def records(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "rules.txt").write_text(PAGE, encoding="utf-8")
    return folder


def test_a_run_ends_with_the_funnel(call, pages):
    result = call("run", pages, "--db", "c.db")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "1 pages → 1 essays → 1 unique essays → 2 facts" in result.stderr


def test_a_second_run_does_nothing_and_says_so(call, pages):
    call("run", pages, "--db", "c.db")
    before = Path("c.db").read_bytes()
    result = call("run", pages, "--db", "c.db")
    assert (result.exit_code, Path("c.db").read_bytes()) == (0, before)
    assert "Nothing to do" in result.stderr


def test_an_input_that_cannot_be_read_is_listed_and_stops_nobody(call, pages):
    (pages / "broken.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    result = call("run", pages, "--db", "c.db")
    assert result.exit_code == 3
    assert "1 could not be read" in result.stderr
    assert "broken.txt: is a PNG picture" in result.stderr
    assert "2 facts" in result.stderr
    assert call("report", "--db", "c.db", "--to", "r.html").exit_code == 0
    assert "broken.txt" in Path("r.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("args", "status", "says"),
    [
        (["run", "nowhere", "--db", "c.db"], 2, "there is no such file or folder"),
        (["run", "empty", "--db", "c.db"], 1, "Nothing to read in"),
        (["run", "pages", "--db", "foreign.db"], 1, "foreign.db"),
        (["run", "pages", "--db", "no/such/folder/c.db"], 1, "no/such/folder"),
        (["run", "pages", "--db", "c.db", "--config", "nowhere.toml"], 1, "nowhere.toml"),
        (["run", "pages", "--db", "c.db", "--config", "bad.toml"], 1, "Known keys"),
        (["run", "pages", "--db", "c.db", "--workers", "0"], 2, "--workers"),
        (["search", "轮岗", "--db", "nowhere.db"], 1, "nowhere.db"),
        (["trace", "abc", "--db", "text.db"], 1, "text.db"),
        (["clean", "nowhere.txt"], 2, "there is no such file or folder"),
        (["facts", "empty.txt"], 1, "empty"),
        (["clean", "pages"], 2, "is a folder"),
        (["frobnicate"], 2, "Commands: run"),
    ],
)
def test_what_goes_wrong_is_one_clear_line(call, pages, args, status, says):
    Path("empty").mkdir()
    Path("empty.txt").touch()
    Path("text.db").write_text("not a database", encoding="utf-8")
    Path("bad.toml").write_text("[dedupe]\nmin_jacard = 0.5\n", encoding="utf-8")
    with sqlite3.connect("foreign.db") as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()
    result = call(*args)
    assert result.exit_code == status
    assert says in result.stderr
    assert "Traceback" not in result.output
    assert result.stdout == ""


def test_a_missing_path_is_told_without_the_usage(call):
    assert len(call("run", "nowhere", "--db", "c.db").stderr.splitlines()) == 1


def test_a_locked_database_is_one_clear_line(call, pages):
    call("run", pages, "--db", "c.db")
    (pages / "more.txt").write_text(PAGE + "完。", encoding="utf-8")
    other = sqlite3.connect("c.db")
    other.execute("BEGIN EXCLUSIVE")
    try:
        result = call("run", pages, "--db", "c.db")
    finally:
        other.close()
    assert result.exit_code == 1
    assert "locked" in result.stderr


def test_facts_are_records_with_positions_in_the_raw_text(call, pages):
    path = pages / "rules.txt"
    found = records(call("facts", path))
    assert [(f["measure"], f["op"], f["value"], f["unit"]) for f in found] == [
        ("same_school_limit", ">=", 6, "年"),
        ("exchange_duration", ">=", 3, "年"),
    ]
    text = path.read_text(encoding="utf-8")
    assert all(text[f["start"] : f["end"]] == f["quote"] for f in found)


def test_rows_that_cannot_be_read_are_told_and_the_others_printed(call, tmp_path):
    (tmp_path / "rows.jsonl").write_text('{"text": "教師"}\n{broken\n', encoding="utf-8")
    result = call("clean", "rows.jsonl")
    assert (result.exit_code, result.stdout) == (3, "教师\n")
    assert "rows.jsonl#2" in result.stderr


def test_a_file_name_that_is_no_text_stops_nobody(call, pages):
    Path(os.fsdecode(os.fsencode(pages) + b"/\xff.txt")).write_text(PAGE + "完。", encoding="utf-8")
    assert call("run", pages, "--db", "c.db").exit_code == 0
    assert call("run", pages, "--db", "c.db").exit_code == 0
    docs = {hit["doc"] for hit in records(call("search", "交流", "--db", "c.db", "--json"))}
    assert docs == {"rules.txt", "\\xff.txt"}


def test_a_report_that_cannot_be_written_is_one_clear_line(call, pages):
    call("run", pages, "--db", "c.db")
    result = call("report", "--db", "c.db", "--to", "no/such/r.html")
    assert (result.exit_code, Path("no").exists()) == (1, False)
    assert "no/such/r.html cannot be written" in result.stderr


def test_a_measure_that_no_fact_has_is_told(call, pages):
    call("run", pages, "--db", "c.db")
    result = call("search", "教师", "--db", "c.db", "--measure", "exchange_shares")
    assert "There are: exchange_duration, same_school_limit" in result.stderr


def test_standard_input_is_a_dash(call):
    assert call("clean", "-", stdin="教師交流１０％".encode()).stdout == "教师交流10%\n"
    assert [f["value"] for f in records(call("facts", "-", stdin=PAGE.encode("gb18030")))] == [6, 3]


@pytest.mark.parametrize(
    ("flags", "config", "text"),
    [
        ([], "", "教师交流"),
        (["--script", "keep"], "", "教師交流"),
        ([], '[normalise]\nscript = "keep"\n', "教師交流"),
        # a flag goes before the file of settings
        (["--script", "hans"], '[normalise]\nscript = "keep"\n', "教师交流"),
    ],
)
def test_a_setting_is_a_key_and_a_flag(call, tmp_path, flags, config, text):
    (tmp_path / "a.txt").write_text("教師交流", encoding="utf-8")
    (tmp_path / "c.toml").write_text(config, encoding="utf-8")
    call("run", "a.txt", "--db", "c.db", "--config", "c.toml", *flags)
    assert [hit["text"] for hit in records(call("search", "教师", "--db", "c.db", "--json"))] == [text]


def test_explained_facts_name_their_words(call, pages):
    first = records(call("facts", pages / "rules.txt", "--explain"))[0]
    assert first["reason"]
    assert first["words"]["subject"] == "教师"


@pytest.mark.parametrize("query", ["轮", "轮岗", "輪崗", "交流轮岗"])
def test_words_of_any_length_in_either_script_are_found(call, sample_db, query):
    hits = records(call("search", query, "--db", sample_db, "--json", "--limit", "500"))
    assert hits
    assert all(hit["matches"] for hit in hits)


def test_every_exported_fact_is_traced_to_its_bytes(call, sample_db):
    assert call("export", "--db", sample_db, "--to", "layers").exit_code == 0
    facts = [json.loads(line) for line in Path("layers/facts.jsonl").read_text(encoding="utf-8").splitlines()]
    assert facts
    for fact in facts[::10]:
        traced = records(call("trace", fact["id"], "--db", sample_db, "--json"))[0]
        data = Path(traced["file"]).read_bytes()[traced["byte_start"] : traced["byte_end"]]
        assert data.decode(traced["encoding"]) == traced["raw"] == fact["quote"]


def test_a_page_is_shown_with_what_was_done_to_it(call, sample_db):
    result = call("show", "tw/jiaoliu_jihua_fanti.txt", "--db", sample_db)
    assert result.exit_code == 0
    assert "bad_conversion" in result.stdout
    assert call("show", "tw/jiaoliu_jihua_fanti.txt", "--db", sample_db, "--html", "page.html").exit_code == 0
    assert "bad_conversion" in Path("page.html").read_text(encoding="utf-8")


def test_a_page_that_is_not_there_gets_a_hint(call, sample_db):
    result = call("show", "jiaoliu_jihua_fanti.txt", "--db", sample_db)
    assert result.exit_code == 1
    assert "did you mean tw/jiaoliu_jihua_fanti.txt" in result.stderr


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_an_example_in_its_help(call, command):
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"corpus-tools {command} " in result.stdout
