"""Copies and evidence brought up to date: what is exported equals what a database made from scratch exports."""

import random

import pytest
from stored_pages import fact, memory, page, put, whole

from corpus_tools.dedupe import DedupeConfig, find_duplicates
from corpus_tools.records import Essay
from corpus_tools.store import export_jsonl, linking

RULES = [
    f"教师在同一所学校任教满{n}年的应当交流轮岗，每学年交流人数不低于应交流人数的百分之{n}，骨干教师占其中的两成"
    for n in "三四五六"
]
QUOTES = [rule[-8:] for rule in RULES]
LETTERS = "听备乡村支骨干名结对帮扶研修考核评优补助期限额方案通知会议讨论生家操场图书晨读作业"
DICE = random.Random(5)


def prose(length):
    return "".join(DICE.choices(LETTERS, k=length))


LINES = [prose(90) for _ in range(6)]


def text(dice):
    """Lines and rules put together: pages that copy whole, in part, and each other's rules."""
    lines = dice.sample([*LINES, *RULES], dice.randrange(1, 5))
    if dice.random() < 0.5:
        lines = [LINES[0], RULES[0], LINES[1], dice.choice(LINES)]  # a family
    return ("，" if dice.random() < 0.2 else "\n").join(lines) + prose(dice.choice([0, 0, 3, 60]))


def store(database, doc, content, dice):
    made = page(content, doc)
    cut = dice.choice([0, 0, len(content) // 2])  # one essay or two
    essays = [Essay(1, "", 0, cut), Essay(2, "", cut, len(content))] if cut else [whole(made)]
    facts = []
    for n, rule in enumerate(RULES):
        if rule in content:
            place = dice.choice([None, None, "浙江省", "福建省"])
            found = fact(made, rule, value=n, province=place)
            facts += [found] if all(found.end <= e.end or found.start >= e.end for e in essays) else []
    facts = [
        type(f)(**{name: getattr(f, name) for name in f.__slots__ if name != "essay"}, essay=e.number)
        for f in facts
        for e in essays
        if e.start <= f.start < e.end
    ]
    put(database, made, essays, facts, path=f"/in/{doc}")


def link(database, config):
    """As a run does it."""
    if database.few_changed("settings"):
        with database.transaction():
            database.relink(config, "settings")
        return True
    rows, texts = database.essay_texts()

    def keep(compared):
        with database.transaction():
            database.keep_index(rows, compared, config)

    found = find_duplicates(texts, config, keep)
    with database.transaction():
        database.link(rows, found, "settings")
    return False


def exported(database, folder):
    export_jsonl(database, folder)
    return {path.name: path.read_bytes() for path in folder.iterdir()} | {"clusters": list(database.clusters())}


@pytest.mark.parametrize("seed", range(12))
def test_after_any_coming_and_going_it_equals_a_run_from_scratch(seed, tmp_path, monkeypatch):
    monkeypatch.setattr(linking, "FEW", 9)
    dice = random.Random(seed)
    config = DedupeConfig(
        star_above=dice.choice([2, 4, 100]),
        same_up_to=dice.choice([2, 200]),
        pairs_up_to=dice.choice([2, 5, 500]),
        common_above=dice.choice([2, 5, 20]),
    )
    kept, pages = memory(), {}
    for step in range(8):
        for _ in range(dice.choice([1, 2, 12 if step == 0 else 3])):
            doc = f"{dice.randrange(30):02}.txt"
            if doc in pages and dice.random() < 0.5:
                del pages[doc]
                with kept.transaction():
                    kept.remove_inputs([doc])
            else:
                pages[doc] = (text(dice), dice.randrange(1 << 30))
                store(kept, doc, pages[doc][0], random.Random(pages[doc][1]))
        assert link(kept, config) == (step > 0)
        fresh = memory()
        for doc in sorted(pages):
            store(fresh, doc, pages[doc][0], random.Random(pages[doc][1]))
        assert not link(fresh, config)
        assert exported(kept, tmp_path / "kept") == exported(fresh, tmp_path / "fresh")


def test_a_large_change_or_other_settings_search_anew():
    database = memory()
    for n in range(60):
        store(database, f"{n:02}.txt", prose(80), random.Random(0))
    assert not link(database, DedupeConfig())
    store(database, "x.txt", prose(80), random.Random(0))
    assert database.few_changed("settings")
    assert not database.few_changed("others")
    for n in range(3):
        store(database, f"y{n}.txt", prose(80), random.Random(0))
    assert not database.few_changed("settings")
