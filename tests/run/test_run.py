"""A run brings the database up to date with the files: once, whole pages only, the same for any number of workers."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import bad_pages
import pytest

from corpus_tools.config import Config, RunConfig
from corpus_tools.errors import ConfigError, DatabaseError, ReadError
from corpus_tools.run import Progress, local, processes, run
from corpus_tools.store import Database, export_jsonl, linking

RULE = "第{n}条　本县教师在同一所学校任教满{n}年的，应当交流轮岗，交流人数每学年不低于教师总数的{n}%。"
NOTICE = (
    "关于第{n}学区教师交流的通知\n" + RULE + "\n各学校要认真组织实施，于开学前将名单报县教育局备案，逾期不再办理。\n"
)


def write(path, text, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "in"
    for n in range(1, 7):
        write(folder / f"{n}.txt", NOTICE.format(n=n))
    write(folder / "乙" / "copy.txt", NOTICE.format(n=3), "gb18030")
    write(folder / "rows.jsonl", "".join(json.dumps({"text": NOTICE.format(n=n)}) + "\n" for n in range(7, 12)))
    write(folder / "empty.txt", "")
    return folder


def content(db):
    """Every row of the database; of the runs only how many there were."""
    with sqlite3.connect(db) as plain:
        lines = [line for line in plain.iterdump() if not line.startswith('INSERT INTO "runs"')]
    plain.close()
    return lines


def essays(db):
    with Database(db) as database:
        return [essay.id for essay in database.essays()]


# -- once ------------------------------------------------------------------------------------------------------------


def test_a_second_run_does_no_work_and_says_so(pages, tmp_path):
    db = tmp_path / "corpus.db"
    first = run([pages], db)
    assert (first.inputs, first.pages, first.unchanged, first.did_nothing) == (9, 12, 0, False)
    assert [failure.doc for failure in first.failures] == ["empty.txt"]
    before = db.read_bytes()
    second = run([pages], db)
    assert (second.did_nothing, second.unchanged, second.compared) == (True, 9, False)
    assert second.failures == first.failures
    assert db.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corpus.db", "in"]


def test_only_what_changed_is_read_again(pages, tmp_path):
    db = tmp_path / "corpus.db"
    run([pages], db)
    write(pages / "1.txt", NOTICE.format(n=99))
    os.utime(pages / "2.txt")  # touched, not changed
    seen = []
    summary = run([pages], db, progress=seen.append)
    assert [p.doc for p in seen if p.stage == "reading"] == ["1.txt"]
    assert summary.unchanged == 8
    run([pages], tmp_path / "fresh.db")
    assert exports(db) == exports(tmp_path / "fresh.db")


def test_few_changes_leave_what_a_run_from_scratch_leaves(pages, tmp_path, monkeypatch):
    monkeypatch.setattr(linking, "FEW", 1.0)
    db = tmp_path / "corpus.db"
    run([pages], db)
    write(pages / "1.txt", NOTICE.format(n=99))  # changed
    write(pages / "again.txt", NOTICE.format(n=2), "utf-16")  # a copy
    (pages / "乙" / "copy.txt").unlink()  # a copy that goes
    with monkeypatch.context() as patch:
        patch.setattr(local, "find_duplicates", None)  # the index alone
        assert run([pages], db).compared
    run([pages], tmp_path / "fresh.db")
    assert exports(db) == exports(tmp_path / "fresh.db")


def exports(db):
    folder = Path(f"{db}.export")
    with Database(db) as database:
        export_jsonl(database, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_other_settings_read_all_again(pages, tmp_path):
    db = tmp_path / "corpus.db"
    run([pages], db)
    assert run([pages], db, Config.from_tables({"strip": {"strip": False}})).unchanged == 0
    only_copies = run([pages], db, Config.from_tables({"strip": {"strip": False}, "dedupe": {"min_jaccard": 0.7}}))
    assert (only_copies.unchanged, only_copies.compared) == (9, True)


# -- what has gone, moved or bears a taken name ----------------------------------------------------------------------


def test_a_file_that_has_vanished_is_taken_out(pages, tmp_path):
    db = tmp_path / "corpus.db"
    write(tmp_path / "other" / "x.txt", NOTICE.format(n=50))
    run([pages, tmp_path / "other"], db)
    (pages / "1.txt").unlink()
    summary = run([pages], db)
    assert summary.removed == 1
    docs = {id_.doc for id_ in essays(db)}
    assert "1.txt" not in docs
    assert "x.txt" in docs  # it does not stand below the folder given
    with Database(db) as database:
        assert not [hit for hit in database.search("第1学区") if hit.id.doc == "1.txt"]


def test_a_run_of_a_folder_inside_keeps_the_names(pages, tmp_path):
    db = tmp_path / "corpus.db"
    run([pages], db)
    before = exports(db)
    assert run([pages / "乙"], db).did_nothing
    assert run([pages / "1.txt"], db).did_nothing
    assert exports(db) == before


def test_a_corpus_that_has_moved_is_still_known(pages, tmp_path):
    db = tmp_path / "corpus.db"
    run([pages], db)
    moved = pages.rename(tmp_path / "moved")
    summary = run([moved], db)
    assert summary.unchanged == 9
    with Database(db) as database:
        assert database.trace(next(database.facts()).id).status == "confirmed"


def test_one_folder_under_several_names_is_one(pages, tmp_path):
    db = tmp_path / "corpus.db"
    run([pages], db)
    (tmp_path / "link").symlink_to(pages)
    (tmp_path / "there").mkdir()
    for name in (tmp_path / "there" / ".." / "in", tmp_path / "link"):
        assert run([name], db).did_nothing
    with Database(db) as database:
        assert database.counts().pages == 12


def test_two_files_with_one_name_are_both_kept(pages, tmp_path):
    db = tmp_path / "corpus.db"
    write(tmp_path / "more" / "1.txt", NOTICE.format(n=77))
    run([pages], db)
    summary = run([tmp_path / "more"], db)
    assert summary.pages == 13
    assert {"1.txt", "more/1.txt"} <= {id_.doc for id_ in essays(db)}
    assert run([tmp_path / "more"], db).did_nothing


# -- the same for any number of workers ------------------------------------------------------------------------------


def test_one_worker_and_four_give_the_same(pages, tmp_path):
    one, four = tmp_path / "one.db", tmp_path / "four.db"
    assert run([pages], one) == run([pages], four, workers=4)
    assert content(one) == content(four)
    assert exports(one) == exports(four)


HASHED = "import sys; from corpus_tools.run import run; run([sys.argv[1]], sys.argv[2])"


def test_the_order_of_hashes_does_not_matter(pages, tmp_path):
    databases = [tmp_path / "1.db", tmp_path / "2.db"]
    for seed, db in enumerate(databases, 1):
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        subprocess.run([sys.executable, "-c", HASHED, pages, db], check=True, env=environment)
    assert content(databases[0]) == content(databases[1])


def test_a_large_file_of_many_pages_is_shared_out(pages, tmp_path, monkeypatch):
    whole, parted = tmp_path / "whole.db", tmp_path / "parted.db"
    run([pages / "rows.jsonl"], whole)
    monkeypatch.setattr("corpus_tools.run.work.PART_BYTES", 500)
    run([pages / "rows.jsonl"], parted)
    assert exports(whole) == exports(parted)


def test_a_page_that_the_database_refuses_is_a_failure(tmp_path):
    text = "\n".join(json.dumps({"id": "same", "text": NOTICE.format(n=n)}) for n in (1, 2))
    write(tmp_path / "in" / "rows.jsonl", text)
    write(tmp_path / "in" / "rows.jsonl#1", NOTICE.format(n=3))  # a file with the name of a row
    write(tmp_path / "in" / "z.txt", NOTICE.format(n=4))
    db = tmp_path / "corpus.db"
    summary = run([tmp_path / "in" / name for name in ("rows.jsonl", "rows.jsonl#1", "z.txt")], db)
    assert summary.pages == 3
    assert "another page of this name" in summary.failures[0].reason
    assert run([tmp_path / "in" / "z.txt"], db).unchanged == 1


# -- bad pages -------------------------------------------------------------------------------------------------------


def test_a_page_that_kills_its_process_stops_nobody(pages, tmp_path, monkeypatch):
    write(pages / "deadly.txt", NOTICE.format(n=20))
    write(pages / "unreadable.txt", NOTICE.format(n=21))
    monkeypatch.setattr(processes, "_serve", bad_pages.serve)
    db = tmp_path / "corpus.db"
    summary = run([pages], db, workers=2)
    assert summary.pages == 12
    assert [failure.doc for failure in summary.failures] == ["deadly.txt", "empty.txt", "unreadable.txt"]
    assert "died" in summary.failures[0].reason
    monkeypatch.undo()
    cured = run([pages], db)  # it may not happen again, so it is tried again
    assert (cured.pages, cured.unchanged) == (14, 9)


def test_a_page_without_facts_for_a_defect_is_stored_and_listed(pages, tmp_path, monkeypatch):
    def broken(*args):
        raise ValueError("boom")

    db = tmp_path / "corpus.db"
    with monkeypatch.context() as patched:
        patched.setattr("corpus_tools.pipeline.extract_facts", broken)
        summary = run([pages], db)
    assert (summary.pages, summary.facts, len(summary.failures)) == (12, 0, 13)
    assert run([pages], db).did_nothing


def test_one_deadly_row_costs_one_row(tmp_path, monkeypatch):
    monkeypatch.setattr(processes, "_serve", bad_pages.serve)
    write(tmp_path / "deadly.jsonl", "".join(json.dumps({"text": NOTICE.format(n=n)}) + "\n" for n in (1, 2)))
    write(tmp_path / "fine.jsonl", "".join(json.dumps({"text": NOTICE.format(n=n)}) + "\n" for n in (3, 4)))
    summary = run([tmp_path], tmp_path / "corpus.db", workers=2)
    assert [failure.doc.partition("#")[0] for failure in summary.failures] == ["deadly.jsonl"] * 2
    assert len({failure.doc for failure in summary.failures}) == 2
    assert summary.pages == 2


@pytest.mark.parametrize("workers", [1, 2])
def test_a_page_that_takes_too_long_is_passed_over(pages, tmp_path, monkeypatch, workers):
    write(pages / "slow.txt", NOTICE.format(n=20))
    monkeypatch.setattr(processes, "_serve", bad_pages.serve)
    monkeypatch.setattr("corpus_tools.run.work.process_page", bad_pages._outcome)
    summary = run([pages], tmp_path / "corpus.db", Config(run=RunConfig(page_seconds=2)), workers=workers)
    assert {failure.doc: failure.reason for failure in summary.failures}["slow.txt"].startswith("took longer than 2")
    assert summary.pages == 12


# -- stopped half-way ------------------------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from corpus_tools.run import run
from corpus_tools.store import write
insert, count = write._insert_fact, 0
def deadly(*args):
    global count
    insert(*args)
    count += 1
    if count == int(sys.argv[3]):
        os.kill(os.getpid(), signal.SIGKILL)
write._insert_fact = deadly
run([sys.argv[1]], sys.argv[2])
"""


@pytest.mark.parametrize("at", [1, 5, 12])
def test_a_run_killed_in_the_middle_of_a_page_leaves_whole_pages(pages, tmp_path, at):
    db, fresh = tmp_path / "corpus.db", tmp_path / "fresh.db"
    run([pages], fresh)
    killed = subprocess.run([sys.executable, "-c", KILLED, pages, db, str(at)], check=False)
    assert killed.returncode == -signal.SIGKILL
    with Database(db) as database, Database(fresh) as whole:
        stored = [document.doc for document in database.documents()]
        wanted = {document.doc: document for document in whole.documents()}
        assert len(stored) < len(wanted)
        assert list(database.documents()) == [wanted[doc] for doc in stored]
        assert [f.id for f in database.facts()] == [f.id for f in whole.facts() if f.doc in stored]
    summary = run([pages], db)
    assert summary.unchanged >= len(stored) - 5  # the rows of a file that was under way are read again
    assert exports(db) == exports(fresh)


INTERRUPTED = """
import sys
import bad_pages
from corpus_tools.run import processes, run
if __name__ == "__main__":
    processes._serve = bad_pages.serve
    run([sys.argv[1]], sys.argv[2], workers=2, progress=lambda p: print(p.stage, p.doc, flush=True))
"""


def test_a_large_file_goes_on_at_the_part_where_it_was_stopped(pages, tmp_path, monkeypatch):
    monkeypatch.setattr("corpus_tools.run.work.PART_BYTES", 500)
    db, fresh = tmp_path / "corpus.db", tmp_path / "fresh.db"
    told = []
    run([pages / "rows.jsonl"], fresh, progress=told.append)
    parts = sum(progress.stage == "reading" for progress in told)
    assert parts > 2

    def stop(progress: Progress) -> None:
        if progress.stage == "reading":
            raise KeyboardInterrupt

    for stopped in range(2):
        with pytest.raises(KeyboardInterrupt):
            run([pages / "rows.jsonl"], db, progress=stop)
        with Database(db) as database:
            assert [given.parts for given in database.inputs().values()] == [stopped + 1]
    told.clear()
    run([pages / "rows.jsonl"], db, progress=told.append)
    assert sum(progress.stage == "reading" for progress in told) == parts - 2
    assert exports(db) == exports(fresh)


def test_ctrl_c_ends_at_once_and_cleanly(pages, tmp_path):
    write(pages / "zz_slow.txt", NOTICE.format(n=20))
    script, db = tmp_path / "script.py", tmp_path / "corpus.db"
    script.write_text(INTERRUPTED)
    folders = [str(Path(__file__).parent), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(folders)}
    command = [sys.executable, script, pages, db]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment) as going:
        for line in going.stdout:
            if line.startswith("reading rows.jsonl"):
                going.send_signal(signal.SIGINT)
        _, said = going.communicate(timeout=60)
    assert "KeyboardInterrupt" in said
    assert len(essays(db)) >= 11
    assert sorted(path.name for path in tmp_path.glob("corpus.db*")) == ["corpus.db"]


# -- what stops before any work --------------------------------------------------------------------------------------


def test_nothing_to_read_makes_no_database(tmp_path):
    (tmp_path / "empty").mkdir()
    for given in (tmp_path / "empty", tmp_path / "missing"):
        with pytest.raises(ReadError):
            run([given], tmp_path / "corpus.db")
    assert not (tmp_path / "corpus.db").exists()


def test_a_foreign_database_is_left_as_it_is(pages, tmp_path):
    db = tmp_path / "theirs.db"
    db.write_text("our notes")
    with pytest.raises(DatabaseError, match="not made by corpus-tools"):
        run([pages], db)
    assert db.read_text() == "our notes"


def test_a_database_can_be_read_while_a_run_goes_on(pages, tmp_path):
    db = tmp_path / "corpus.db"
    seen = []

    def look(progress: Progress) -> None:
        if progress.stage == "reading":
            with Database(db) as database:
                seen.append(database.counts().inputs)

    run([pages], db, progress=look)
    assert seen == list(range(1, 10))


UNGUARDED = "from corpus_tools import run\nrun([{folder!r}], {db!r}, workers=2)\n"


def test_a_script_without_a_guard_is_told_so(pages, tmp_path):
    script = tmp_path / "script.py"
    script.write_text(UNGUARDED.format(folder=str(pages), db=str(tmp_path / "corpus.db")))
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "ConfigError: Worker processes cannot be started" in done.stderr


def test_two_runs_at_once_are_refused(pages, tmp_path):
    db = tmp_path / "corpus.db"

    def again(progress: Progress) -> None:
        with pytest.raises(DatabaseError, match="another run"):
            run([pages], db)

    assert run([pages], db, progress=again).pages == 12


def test_workers_are_counted_from_one(pages, tmp_path):
    with pytest.raises(ConfigError, match="at least 1"):
        run([pages], tmp_path / "corpus.db", workers=0)
