"""A site's line that stands on many pages of a folder goes, with its evidence; what copies or authors share stays."""

import random
from pathlib import Path

import pytest

from corpus_tools.config import Config
from corpus_tools.errors import ConfigError
from corpus_tools.records import boilerplate_of
from corpus_tools.run import run
from corpus_tools.store import Database, export_jsonl

SLOGAN = "晨光文库，让教师的写作更轻松"
WATERMARK = "本文来自晨光园丁的网络书架"
SALUTATION = "尊敬的各位领导："
WHO, DID = ("王老师", "李老师", "赵老师", "周老师"), ("备课", "家访", "听课", "值周", "带早读", "改作业")


def essay(n: int) -> list[str]:
    """A page of one author: no other has a line of it but its salutation."""
    rd = random.Random(n)
    told = [
        f"第{n}学期{rd.choice(WHO)}和我一起{rd.choice(DID)}，第{k}周走了{n + 3}里山路，孩子们等在路口。"
        for k in range(5)
    ]
    return [f"山里的第{n}个学期", SALUTATION, *told]


def write(folder: Path, name: str, lines: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{name}.txt").write_text("\n\n".join(lines), encoding="utf-8")


def site(folder: Path, pages: int) -> Path:
    """A folder of one site, whose slogan stands above or below each text."""
    for n in range(pages):
        write(folder, f"{n:02}", [SLOGAN, *essay(n)] if n % 2 else [*essay(n), SLOGAN])
    return folder


def removed(db: Path) -> dict[str, list[tuple[str, str]]]:
    with Database(db) as database:
        pages = [database.page(document.doc) for document in database.documents()]
    return {p.source.doc: [(p.text.raw[b.start : b.end], b.note) for b in boilerplate_of(p)] for p in pages}


def exports(db: Path) -> dict[str, bytes]:
    folder = Path(f"{db}.export")
    with Database(db) as database:
        export_jsonl(database, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_slogan_on_twelve_pages_goes_and_says_why(tmp_path):
    run([site(tmp_path / "in", 12)], tmp_path / "corpus.db")
    why = "repeats: on 10 or more pages of this folder that share no other line around it"
    assert list(removed(tmp_path / "corpus.db").values()) == [[(SLOGAN, why)]] * 12


def test_a_watermark_between_paragraphs_goes(tmp_path):
    for n in range(6):
        lines = essay(n)
        write(tmp_path / "in", str(n), [*lines[:4], WATERMARK, *lines[4:]])
    run([tmp_path / "in"], tmp_path / "corpus.db")
    assert [[run for run, _ in runs] for runs in removed(tmp_path / "corpus.db").values()] == [[WATERMARK]] * 6


@pytest.mark.parametrize("where", [0, 2, 7])
def test_the_same_line_in_a_copied_essay_stays(where, tmp_path):
    for n in range(12):
        lines = essay(1)
        lines[3] = f"第{n}位转抄的人改了这一句，别的都和原来一样，一个字也没有动。"
        write(tmp_path / "in", f"{n:02}", [*lines[:where], SLOGAN, *lines[where:]])
    run([tmp_path / "in"], tmp_path / "corpus.db")
    assert not any(removed(tmp_path / "corpus.db").values())


@pytest.mark.parametrize(
    "line",
    [
        SALUTATION,
        "谢谢大家！",
        "百年大计，教育为本。",
        "青山县教育局",
        "2014年5月6日",
        "教师交流工作总结",
        "一、指导思想",
    ],
)
def test_what_authors_share_stays(line, tmp_path):
    for n in range(12):
        write(tmp_path / "in", f"{n:02}", [line, *essay(n), line])
    run([tmp_path / "in"], tmp_path / "corpus.db")
    assert not any(removed(tmp_path / "corpus.db").values())


def test_few_pages_are_no_proof(tmp_path):
    run([site(tmp_path / "in", 4)], tmp_path / "corpus.db")
    assert not any(removed(tmp_path / "corpus.db").values())


def test_a_small_part_of_a_folder_is_no_proof(tmp_path):
    site(tmp_path / "in", 6)
    for n in range(6, 40):
        write(tmp_path / "in", f"{n:02}", essay(n))
    run([tmp_path / "in"], tmp_path / "corpus.db")
    assert not any(removed(tmp_path / "corpus.db").values())


def test_folders_are_counted_each_for_itself(tmp_path):
    for name in ("甲", "乙", "丙"):
        site(tmp_path / "in" / name, 3)
    run([tmp_path / "in"], tmp_path / "corpus.db")
    assert not any(removed(tmp_path / "corpus.db").values())


def test_it_can_be_turned_off(tmp_path):
    run([site(tmp_path / "in", 12)], tmp_path / "corpus.db", Config.from_tables({"strip": {"repeats": 0}}))
    assert not any(removed(tmp_path / "corpus.db").values())


@pytest.mark.parametrize("pages", [-1, 1, 2])
def test_so_few_pages_cannot_be_asked_for(pages):
    with pytest.raises(ConfigError, match="no proof"):
        Config.from_tables({"strip": {"repeats": pages}})


def test_two_workers_find_what_one_finds(tmp_path):
    folder = site(tmp_path / "in", 12)
    run([folder], tmp_path / "one.db")
    run([folder], tmp_path / "two.db", workers=2)
    assert exports(tmp_path / "one.db") == exports(tmp_path / "two.db")


def test_a_folder_that_grows_and_shrinks_is_as_read_from_scratch(tmp_path):
    folder, db = tmp_path / "in", tmp_path / "grown.db"
    for pages in (3, 5, 11):
        run([site(folder, pages)], db)
        run([folder], tmp_path / f"fresh{pages}.db")
        assert exports(db) == exports(tmp_path / f"fresh{pages}.db")
    for n in range(3, 11):
        (folder / f"{n:02}.txt").unlink()
    run([folder], db)
    assert not any(removed(db).values())


def test_a_second_run_does_nothing(tmp_path):
    folder, db = site(tmp_path / "in", 12), tmp_path / "corpus.db"
    run([folder], db)
    assert run([folder], db).did_nothing


def test_a_run_stopped_before_the_second_reading_is_finished_by_the_next(tmp_path, monkeypatch):
    folder, db = site(tmp_path / "in", 12), tmp_path / "corpus.db"

    def stop(progress):
        if progress.stage == "rereading" and progress.done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([folder], db, progress=stop)
    run([folder], db)
    run([folder], tmp_path / "fresh.db")
    assert exports(db) == exports(tmp_path / "fresh.db")


def test_only_what_carries_the_line_is_read_anew(tmp_path):
    folder, db = site(tmp_path / "in", 12), tmp_path / "corpus.db"
    run([folder], db)
    write(folder, "new", [*essay(50), SLOGAN])
    seen = []
    run([folder], db, progress=seen.append)
    assert [(p.stage, p.doc) for p in seen if p.stage in ("reading", "rereading")] == [
        ("reading", "new.txt"),
        ("rereading", "new.txt"),
    ]
