"""The layers as the labelling guide names them, in raw positions, with quotes that are raw slices."""

import json

import pytest
from stored_pages import Edit, Mark, Section, fact, memory, page, put, slot, texts

from corpus_tools.errors import DatabaseError
from corpus_tools.records import Cluster, Duplicates, Essay, Pair, Passage
from corpus_tools.store import LAYERS, as_written, export_jsonl

RAW = "首頁>範文\n輪崗辦法\n一、範 圍\n教師每學年\n交流不低於10%。滿20xx年。"
CLEAN = "轮岗办法\n一、范围\n教师每学年交流不低于10%。满20xx年。"
SIMPLIFIED = str.maketrans("輪崗辦範圍師學於滿", "轮岗办范围师学于满")


def notice():
    """A page with a breadcrumb, a broken line, a stray space and traditional characters."""
    one = page(RAW, "甲/notice.txt")
    one = one.edited([Edit(RAW.index("範 圍") + 1, RAW.index("範 圍") + 2, "", "stray_char")])
    text = str(one.text)
    one = one.edited(
        Edit(i, i + 1, char.translate(SIMPLIFIED), "script")
        for i, char in enumerate(text)
        if char.translate(SIMPLIFIED) != char
    )
    at = str(one.text).index("\n交流")
    one = one.edited([Edit(at, at + 1, "", "hard_break")])
    one = one.edited([Edit(0, str(one.text).index("轮"), "", "breadcrumb")])
    mask = str(one.text).index("20xx")
    one = one.marked([Mark(mask, mask + 4, "masked", "year")])
    assert str(one.text) == CLEAN
    return one


def exported(tmp_path, database):
    counts = export_jsonl(database, tmp_path / "out")
    rows = {
        name: [json.loads(line) for line in (tmp_path / "out" / f"{name}.jsonl").read_text("utf-8").splitlines()]
        for name in LAYERS
    }
    assert counts == {name: len(lines) for name, lines in rows.items()}
    return rows


@pytest.fixture
def layers(tmp_path):
    one = notice()
    essay = Essay(1, "轮岗办法", 0, len(CLEAN), (Section(1, "一、", "范围", 5, 9),))
    found = fact(
        one,
        "每学年交流不低于10%",
        subject="教师",
        base="每学年教师",
        per="学年",
        evidence=(slot(one, "subject", "教师"), slot(one, "base", "每学年"), slot(one, "base", "教师")),
    )
    with memory() as database:
        put(database, one, [essay], [found])
        return exported(tmp_path, database)


def test_essays_and_sections_are_as_written(layers):
    start = RAW.index("輪崗")
    assert layers["essays"] == [
        {"doc": "甲/notice.txt", "essay": 1, "start": start, "end": len(RAW), "heading": "輪崗辦法"}
    ]
    (section,) = layers["sections"]
    assert (section["marker"], section["title"], section["level"]) == ("一、", "範圍", 1)  # without the stray space
    assert RAW[section["start"] : section["end"]] == "一、範 圍"


def test_boilerplate_and_noise_are_raw_slices(layers):
    assert [(b["kind"], b["quote"]) for b in layers["boilerplate"]] == [("breadcrumb", "首頁>範文\n")]
    assert [(n["kind"], n["quote"], n["repair"]) for n in layers["noise"]] == [
        ("stray_char", " ", ""),
        ("hard_break", "\n", ""),
        ("masked", "20xx", None),
    ]
    assert all(RAW[n["start"] : n["end"]] == n["quote"] for n in [*layers["noise"], *layers["boilerplate"]])


def test_facts_quote_the_page(layers):
    (row,) = layers["facts"]
    assert row["quote"] == RAW[row["start"] : row["end"]] == "每學年\n交流不低於10%"
    assert (row["subject"], row["base"]) == ("教師", "每學年教師")
    wanted = (
        "doc essay start end quote kind measure subject op value unit per base modality province city county masked"
    )
    assert list(row)[:18] == wanted.split()
    assert (row["value"], row["masked"], row["province"]) == (10, False, None)


def test_documents_say_where_they_stand(layers):
    (row,) = layers["documents"]
    assert (row["doc"], row["encoding"], row["essays"], row["facts"]) == ("甲/notice.txt", "utf-8", 1, 1)
    assert row["byte_length"] == len(RAW.encode())


def test_duplicates_and_passages_name_their_essays(tmp_path):
    with memory() as database:
        texts(database, "序\n甲乙丙", "甲乙丙")
        rows, _ = database.essay_texts()
        with database.transaction():
            found = Duplicates(
                (Pair(0, 1, "contains_b", 0.98765, 0.5),), (Passage(0, 1, 2, 5, 0, 3),), (Cluster(0, (0, 1)),)
            )
            database.link(rows, found, "s")
        layers = exported(tmp_path, database)
    a, b = ["000.txt", 1], ["001.txt", 1]
    assert layers["duplicates"] == [{"a": a, "b": b, "relation": "contains_b", "containment": 0.9877, "jaccard": 0.5}]
    assert layers["passages"] == [{"a": a, "b": b, "a_start": 2, "a_end": 5, "b_start": 0, "b_end": 3}]


def test_tags_do_not_stand_in_a_heading():
    one = page("<b>輪</b>崗")
    edits = [(0, 3, "", "markup"), (3, 4, "轮", "script"), (4, 8, "", "markup"), (8, 9, "岗", "script")]
    one = one.edited([Edit(*edit) for edit in edits])
    assert as_written(one.text, 0, 2) == "輪崗"


def test_a_folder_that_cannot_be_made(tmp_path):
    (tmp_path / "out").write_text("a file")
    with memory() as database, pytest.raises(DatabaseError, match="--to"):
        export_jsonl(database, tmp_path / "out")
