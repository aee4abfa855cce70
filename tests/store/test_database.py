"""corpus.db gives back what was put in, and says in one line what is wrong with a file."""

import json
import sqlite3
import stat
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stored_pages import Edit, Mark, Section, fact, memory, page, put, slot, texts, whole

from corpus_tools.errors import DatabaseError
from corpus_tools.records import Cluster, Doubt, Duplicates, Essay, Failure, Pair, Passage
from corpus_tools.store import Database, EssayId, connection
from corpus_tools.text import Span, Text


def made(path):
    with Database(path, create=True) as database:
        put(database, page())
    return path


# -- what goes in comes out ------------------------------------------------------------------------------------------


@st.composite
def edited_texts(draw):
    text = Text(draw(st.text(min_size=1, max_size=40)))
    for kind in ("hard_break", "script", "page_title"):
        length = len(text)
        if not length:
            break
        start = draw(st.integers(0, length - 1))
        end = draw(st.integers(start + 1, length))
        replacement = draw(st.text(max_size=6))
        text = text.edited([Edit(start, end, replacement, kind, "why")])
    return text


@settings(max_examples=50, deadline=None)
@given(edited_texts())
def test_a_page_is_rebuilt_to_the_last_edit(text):
    one = page("x", marks=[Mark(0, 1, "doubled"), Mark(0, 1, "masked", "year")], title="题")
    one = type(one)(one.source, text, one.meta, one.marks)
    with memory() as database:
        put(database, one)
        assert database.page("a.txt") == one


def test_essays_sections_and_facts_come_back():
    raw = "題目\n一、交流範圍\n教師每年交流1至3人，年均2.5万元，满20xx年。"
    one = page(raw, edits=[Edit(0, 2, "题目", "script")])
    essay = Essay(1, "题目", 0, len(one.text), (Section(1, "一、", "交流範圍", 3, 9),))
    facts = [
        fact(one, "每年交流1至3人", op="between", value=(1, 3), unit="人", per="年", confidence=0.75, reason="cue"),
        fact(one, "2.5万元", value=25000.0, unit="元", evidence=(slot(one, "subject", "教師"),), quoted_from="厅"),
        fact(one, "满20xx年", op=None, value=None, unit=None, masked=True),
        fact(one, "教師", value=10**30),
    ]
    with memory() as database:
        put(database, one, [essay], facts)
        (stored,) = database.essays()
        assert (stored.essay, stored.text, stored.raw) == (essay, str(one.text), Span(0, len(raw)))
        assert (stored.representative, stored.copies) == (EssayId("a.txt", 1), 1)
        back = {f.id: f for f in database.facts()}
        assert [f.fact for f in sorted(back.values(), key=lambda f: f.fact.start)] == sorted(
            [*facts[:3], fact(one, "教師", value=1e30)], key=lambda f: f.start
        )
        assert all(raw[f.raw.start : f.raw.end] == f.raw_quote for f in back.values())
        kinds = [type(f.fact.value) for f in sorted(back.values(), key=lambda f: f.fact.start)]
        assert kinds == [float, tuple, float, type(None)]


def test_a_facts_id_depends_on_the_fact_alone():
    one = page("每年10%。每年10%。")
    twice = [fact(one, "10%"), fact(one, "10%")]
    ids = []
    for before in ([], ["別的"]):
        with memory() as database:
            texts(database, *before)
            put(database, one, facts=twice)
            ids.append([f.id for f in database.facts()])
            assert database.fact(ids[-1][0][:10]).id == ids[-1][0]
    assert ids[0] == ids[1]
    assert len(set(ids[0])) == 2


@pytest.mark.parametrize(("asked", "says"), [("", "no fact"), ("zzz", "no fact")])
def test_an_unknown_fact(asked, says):
    with memory() as database, pytest.raises(DatabaseError, match=says):
        database.fact(asked)


def test_an_unknown_page_names_its_neighbours():
    with memory() as database:
        put(database, page(doc="zhejiang/notice.txt"))
        with pytest.raises(DatabaseError, match=r"did you mean zhejiang/notice\.txt"):
            database.page("notice.txt")


def test_rows_of_one_file_keep_its_order():
    with memory() as database:
        with database.transaction():
            number = database.begin_input("rows.jsonl", "/in/rows.jsonl", "0", "s")
            for n in (2, 10, 1):
                one = page(f"第{n}行", doc=f"rows.jsonl#{n}")
                database.add_page(number, one, [whole(one)])
        assert [d.doc for d in database.documents()] == ["rows.jsonl#2", "rows.jsonl#10", "rows.jsonl#1"]


def test_a_file_read_again_leaves_nothing_of_the_last_time():
    with memory() as database:
        one = page("旧文10%")
        put(database, one, facts=[fact(one, "10%")], failures=[Failure("a.txt#2", "empty")])
        put(database, page("新文"))
        assert database.counts().facts == database.counts().failures == 0
        assert [e.text for e in database.essays()] == ["新文"]


def test_pages_with_one_name_are_refused():
    with memory() as database, database.transaction():
        number = database.begin_input("a.txt", "/in/a.txt", "0", "s")
        database.add_page(number, page(doc="b.txt"))
        with pytest.raises(DatabaseError, match="another page of this name"):
            database.add_page(number, page(doc="b.txt"))


def put_and_stumble(database):
    with database.transaction():
        database.add_page(database.begin_input("a.txt", "/in/a.txt", "0", "s"), page())
        raise ZeroDivisionError


def test_a_transaction_is_all_or_nothing():
    with memory() as database:
        with pytest.raises(ZeroDivisionError):
            put_and_stumble(database)
        assert database.counts().pages == 0


# -- copies and evidence ---------------------------------------------------------------------------------------------


def linked(database, duplicates):
    rows, _ = database.essay_texts()
    with database.transaction():
        database.link(rows, duplicates, "settings")


def test_copies_come_back_by_name():
    with memory() as database:
        texts(database, "甲乙丙", "甲乙丙丁", "戊")
        linked(
            database,
            Duplicates(
                (Pair(0, 1, "near_duplicate", 1.0, 0.75), Pair(1, 2, "shares_passage", 0.1, 0.1)),
                (Passage(0, 1, 0, 3, 0, 3),),
                (Cluster(1, (0, 1)),),
            ),
        )
        a, b, c = (EssayId(f"{n:03}.txt", 1) for n in range(3))
        assert [(p.a, p.b, p.relation) for p in database.pairs()] == [
            (a, b, "near_duplicate"),
            (b, c, "shares_passage"),
        ]
        assert [(p.a_span, p.b_span) for p in database.passages(a, b)] == [(Span(0, 3), Span(0, 3))]
        assert not list(database.passages(b, c))
        assert [(k.representative, k.members) for k in database.clusters()] == [(b, (a, b))]
        assert [(e.representative, e.copies) for e in database.essays()] == [(b, 2), (b, 2), (c, 1)]
        assert database.counts().unique_essays == 2
        assert database.linked_with() == "settings"


def test_passages_are_placed_in_their_pages():
    with memory() as database:
        one = page("序言\n甲乙丙", "a.txt")
        put(database, one, [Essay(1, "", 3, 6)])
        put(database, page("甲乙丙", "b.txt"))
        linked(database, Duplicates(passages=(Passage(0, 1, 0, 3, 0, 3),)))
        (passage,) = database.passages()
        assert (passage.a_span, passage.b_span) == (Span(3, 6), Span(0, 3))


ALL_THREE = Duplicates(clusters=(Cluster(0, (0, 1, 2)),))
RULE = "每学年交流的教师不低于10%。"


def groups(duplicates, *contents, **slots):
    """How many pieces of evidence one rule in several essays is."""
    with memory() as database:
        for n, content in enumerate(contents):
            one = page(content, f"{n}.txt")
            put(database, one, facts=[fact(one, "不低于10%", **slots.get(f"of{n}", {}))])
        linked(database, duplicates)
        return [f.evidence == next(database.facts()).id for f in database.facts()]


@pytest.mark.parametrize(
    ("duplicates", "slots", "expected"),
    [
        (Duplicates(), {}, [True, False, False]),  # three sources
        (Duplicates(clusters=(Cluster(2, (0, 2)),)), {}, [True, False, True]),  # a copy
        (Duplicates(passages=(Passage(0, 1, 0, 14, 0, 14),)), {}, [True, True, False]),  # a shared passage
        (Duplicates(passages=(Passage(0, 1, 0, 9, 0, 9),)), {}, [True, False, False]),  # that leaves the quote out
        (Duplicates(passages=(Passage(0, 1, 0, 14, 0, 14), Passage(1, 2, 0, 14, 0, 14))), {}, [True, True, True]),
        (Duplicates(clusters=(Cluster(0, (0, 1, 2)),)), {"of1": {"value": 15}}, [True, False, True]),  # altered
        (ALL_THREE, {"of1": {"province": "江苏省"}}, [True, True, True]),  # the others lost the name
        (ALL_THREE, {"of1": {"province": "江苏省"}, "of2": {"province": "浙江省"}}, [True, False, False]),  # exchanged
        (ALL_THREE, {"of1": {"subject": "校长"}}, [True, False, True]),
    ],
)
def test_one_piece_of_evidence(duplicates, slots, expected):
    assert groups(duplicates, RULE, RULE, RULE, **slots) == expected


def test_copies_wait_to_be_looked_for_again_after_a_change():
    with memory() as database:
        texts(database, RULE)
        linked(database, Duplicates())
        put(database, page())
        assert database.linked_with() is None


# -- the file --------------------------------------------------------------------------------------------------------


def test_other_tools_can_open_the_file(tmp_path):
    path = made(tmp_path / "corpus.db")
    plain = sqlite3.connect(path)
    assert plain.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    found = plain.execute("SELECT rowid FROM essay_index WHERE essay_index MATCH '\"轮岗\"'").fetchall()
    assert found == [(1,)]
    plain.execute("INSERT INTO essay_index (essay_index) VALUES ('integrity-check')")
    plain.close()


def test_a_resting_database_is_a_single_file_that_may_be_read_only(tmp_path):
    path = tmp_path / "corpus.db"
    with Database(path, create=True) as database:
        database.write_ahead(True)
        put(database, page())
        database.write_ahead(False)
    assert [p.name for p in tmp_path.iterdir()] == ["corpus.db"]
    path.chmod(stat.S_IRUSR)
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        with Database(path) as database:
            assert database.counts().pages == 1
    finally:
        tmp_path.chmod(stat.S_IRWXU)


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda path: None, "no such database.*corpus-tools run INPUT --db"),
        (lambda path: path.mkdir(), "is a folder"),
        (lambda path: path.write_text("not a database, just words"), "not made by corpus-tools"),
        (lambda path: path.write_bytes(b""), "not made by corpus-tools"),
        (
            lambda path: sqlite3.connect(path).execute("CREATE TABLE t (x)").connection.close(),
            "not made by corpus-tools",
        ),
        (lambda path: (made(path), path.write_bytes(path.read_bytes()[:5000]))[0], "damaged"),
    ],
)
def test_what_is_wrong_with_a_file_is_said_in_one_line(tmp_path, make, says):
    path = tmp_path / "corpus.db"
    make(path)
    with pytest.raises(DatabaseError, match=says) as error, Database(path) as database:
        list(database.facts())
    assert "\n" not in str(error.value)


def test_another_programs_database_is_never_written_to(tmp_path):
    path = tmp_path / "theirs.db"
    theirs = sqlite3.connect(path)
    theirs.execute("CREATE TABLE t (x)")
    theirs.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseError, match="not made by"):
        Database(path, create=True)
    assert path.read_bytes() == before


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(DatabaseError, match="Make it first"):
        Database(tmp_path / "no" / "corpus.db", create=True)


def test_a_locked_database(tmp_path):
    path = made(tmp_path / "corpus.db")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseError, match="locked: another program"):
        Database(path, busy_seconds=0.05).counts()
    other.close()


# -- versions --------------------------------------------------------------------------------------------------------


def version(path):
    plain = sqlite3.connect(path)
    try:
        return plain.execute("PRAGMA user_version").fetchone()[0]
    finally:
        plain.close()


def test_an_older_database_is_brought_up_when_it_is_opened(tmp_path, monkeypatch):
    path = made(tmp_path / "corpus.db")
    newest = version(path)
    monkeypatch.setattr(
        connection,
        "migrations",
        lambda: (
            *([""] * (newest - 1)),
            "ALTER TABLE documents ADD COLUMN language TEXT;",
            "UPDATE documents SET language = 'zh';",
        ),
    )
    with Database(path) as database:
        assert database.counts().pages == 1
    plain = sqlite3.connect(path)
    assert plain.execute("SELECT language FROM documents").fetchall() == [("zh",)]
    plain.close()
    assert version(path) == newest + 2


# what makes a database of today one of version 1
VERSION_1 = """
    DROP TABLE doubts; ALTER TABLE inputs DROP COLUMN repeats;
    DROP TABLE copies;
    PRAGMA user_version = 1;
"""


def test_a_database_of_version_1_learns_of_lines_in_doubt(tmp_path):
    path = made(tmp_path / "corpus.db")
    plain = sqlite3.connect(path)
    plain.executescript(VERSION_1)
    plain.close()
    one = replace(page(doc="b.txt"), doubts=(Doubt("好文网,教师的好帮手", ("a1", "b2")),))
    with Database(path) as database:
        assert [stored.repeats for stored in database.inputs().values()] == [{}]
        put(database, one)
        assert database.page("b.txt") == one
        assert list(database.doubts()) == [("b.txt", "b.txt", one.doubts[0])]


def test_a_database_of_version_1_gets_the_tables_of_today(tmp_path):
    path = made(tmp_path / "corpus.db")
    plain = sqlite3.connect(path)
    today = plain.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'copies' ORDER BY name").fetchall()
    plain.executescript(VERSION_1)
    plain.close()
    Database(path).close()
    plain = sqlite3.connect(path)
    rows = plain.execute("SELECT name, sql FROM sqlite_master WHERE tbl_name = 'copies' ORDER BY name").fetchall()
    assert rows == today
    plain.close()


def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path, monkeypatch):
    path = made(tmp_path / "corpus.db")
    newest = version(path)
    steps = (*([""] * (newest - 1)), "ALTER TABLE documents ADD COLUMN language TEXT;", "SELECT nonsense FROM nowhere;")
    monkeypatch.setattr(connection, "migrations", lambda: steps)
    with pytest.raises(DatabaseError):
        Database(path)
    monkeypatch.undo()
    assert version(path) == newest
    with Database(path) as database:
        assert database.counts().pages == 1


def test_a_newer_database_asks_for_a_newer_program(tmp_path):
    path = made(tmp_path / "corpus.db")
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA user_version = 99")
    plain.close()
    with pytest.raises(DatabaseError, match="newer corpus-tools"):
        Database(path)


def test_runs_are_noted():
    with memory() as database:
        run = database.begin_run()
        database.finish_run(run, json.dumps({"pages": 1}))
        rows = database._connection.execute("SELECT summary, finished IS NOT NULL FROM runs").fetchall()
        assert [tuple(row) for row in rows] == [('{"pages": 1}', 1)]
