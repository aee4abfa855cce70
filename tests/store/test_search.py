"""Full-text search is exact: an essay is found when, and only when, every word of the query stands in it."""

import sqlite3

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stored_pages import Edit, fact, memory, page, put, slot, texts, whole

from corpus_tools.records import Cluster, Duplicates
from corpus_tools.store.fold import fold, forms, phrase, tokens
from corpus_tools.store.search import places_of, terms_of


def found(database, query):
    return sorted(hit.id.doc for hit in database.search(query, limit=None))


@pytest.mark.parametrize(
    ("content", "query", "expected"),
    [
        ("校长教师交流轮岗办法", "轮岗", True),  # two characters: nothing for a trigram index
        ("校长教师交流轮岗办法", "轮", True),
        ("校长教师交流轮岗办法", "岗位", False),
        ("校长教师交流轮岗办法", "师交", True),  # across words
        ("校长教师交流轮岗办法", "办法", True),  # the last two
        ("校长教师交流轮岗办法", "法", True),  # the last one
        ("校长教师交流轮岗办法", "轮岗办法规定", False),
        ("校长教师交流轮岗办法", "輪崗", True),  # the other script
        ("輪崗", "轮岗", True),  # a text that was left as it is
        ("乾隆年间", "乾", True),  # a name converts otherwise than its parts
        ("沿着道路", "沿著", True),
        ("交流 轮岗", "交流轮岗", False),  # a space is a character
        ("交流 轮岗", '"交流 轮岗"', True),
        ("交流\n轮岗", "轮岗 交流", True),  # two words, any order
        ("交流", "轮岗 交流", False),  # both
        ("满20XX年", "20xx", True),
        ("满20xx年", "２０ＸＸ", True),
        ("Ph.D. 学位", "ph.d.", True),  # marks count
        ("PhD 学位", "ph.d.", False),
        ("café", "cafe", False),  # accents too
        ("𠮷野家", "𠮷", True),  # beyond what unicode61 knows
        ("获奖🎉了", "🎉", True),
        ("获奖了", "🎉", False),
        ("满\ue000年", "\ue000", True),  # the index's own escapes stand for themselves
        ("a", "\ue000", False),
        ('他说"好"', '"', True),
        ("100%", "100%", True),
        ("教师*", "师*", True),  # no wildcard
        ("教师AND校长", "AND", True),  # no operator
        ("教师\x00校长", "校长", True),
    ],
)
def test_a_word_of_any_length_in_either_script(content, query, expected):
    with memory() as database:
        texts(database, content)
        assert bool(found(database, query)) is expected


WORDS = st.text(st.sampled_from("教师交流轮輪崗岗著着乾干隆aA1１ 。，🎉𠮷é\n\ue000\ue440"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5), WORDS)
def test_search_finds_exactly_the_essays_that_hold_the_folded_word(contents, word):
    with memory() as database:
        texts(database, *contents)
        query = '"' + word + '"'
        holding = [
            f"{n:03}.txt"
            for n, content in enumerate(contents)
            if not word.strip() or any(form in fold(content) for form in forms(word))
        ]
        assert found(database, query) == holding


@given(st.text(max_size=30), st.integers(0, 30), st.integers(0, 30))
def test_every_part_of_a_text_folds_as_the_text_does(content, start, end):
    assert fold(content[start:end]) == fold(content)[start:end]
    assert len(fold(content)) == len(content)
    assert fold(fold(content)) == fold(content)


def test_tokens_are_what_a_stock_tokenizer_sees():
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(x, tokenize = 'unicode61 remove_diacritics 0')")
    database.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")
    written = tokens(fold("教师，ab🎉é 龥"))
    database.execute("INSERT INTO t VALUES (?)", (written,))
    seen = [row[0] for row in database.execute('SELECT term FROM v ORDER BY "offset"')]
    assert seen == written.split(" ")


def test_one_character_is_a_prefix_and_never_a_part_of_an_escape():
    assert phrase("轮") == '"轮" *'
    assert phrase("é") != phrase("ê")


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("轮岗 交流", ["轮岗", "交流"]),
        ('轮岗 "two words"', ["轮岗", "two words"]),
        ("“三区 人才”计划", ["计划", "三区 人才"]),
        ('"未合', ['"未合']),
        ("  　 ", []),
        ("轮岗 轮岗", ["轮岗"]),
    ],
)
def test_terms(query, terms):
    assert terms_of(query) == terms


def test_a_hit_shows_its_matches_in_the_clean_text():
    raw = "第一行\n" + "甲" * 60 + "教师輪崗，再輪崗" + "乙" * 60
    at = raw.index("輪")
    again = raw.index("輪", at + 1)
    repaired = [Edit(i, i + 2, "轮岗", "script") for i in (at, again)]
    with memory() as database:
        one = page(raw, edits=[Edit(0, 4, "", "page_title"), *repaired])
        put(database, one, [whole(one, "标题")])
        (hit,) = database.search("輪崗")
    clean = str(one.text)
    assert hit.text == clean[hit.start : hit.end]
    assert [clean[m.start : m.end] for m in hit.matches] == ["轮岗", "轮岗"]
    assert len(hit.text) < len(clean)
    assert hit.heading == "标题"


def test_overlapping_places_are_found():
    assert [tuple(span) for span in places_of("人人人", ["人人"])] == [(0, 2), (1, 3)]


def test_limit_and_order_are_the_same_each_time():
    with memory() as database:
        texts(database, *["教师交流"] * 30)
        assert [hit.id.doc for hit in database.search("交流", limit=3)] == ["000.txt", "001.txt", "002.txt"]
        assert len(database.search("交流", limit=None)) == 30


def test_a_page_taken_out_is_no_longer_found():
    with memory() as database:
        one = page("教师交流不低于10%。")
        put(database, one, facts=[fact(one, "不低于10%")])
        put(database, page("校长轮岗。"))  # the same doc anew
        assert not database.search("教师")
        assert not database.search("不低于", kind="quota")
        assert found(database, "轮岗") == ["a.txt"]
        with database.transaction():
            database.remove_inputs(["a.txt"])
        assert not database.search("轮岗")


def test_filters_turn_to_facts():
    with memory() as database:
        one = page("浙江省规定，每学年交流的骨干教师不低于15%。校长任满两届应当轮岗。")
        facts = [
            fact(
                one,
                "不低于15%",
                value=15,
                subject="骨干教师",
                province="浙江省",
                evidence=(slot(one, "subject", "骨干教师"),),
            ),
            fact(one, "任满两届", kind="rotation_term", measure="same_school_limit", subject="校长", province="浙江省"),
        ]
        put(database, one, facts=facts)
        (hit,) = database.search("骨幹教師", province="浙江", kind="quota")
        assert hit.fact is not None
        assert hit.fact.fact == facts[0]
        assert hit.text == "浙江省规定，每学年交流的骨干教师不低于15%。"
        assert [hit.text[m.start - hit.start : m.end - hit.start] for m in hit.matches] == ["骨干教师"]
        assert len(database.search("", province="浙江")) == 2
        assert not database.search("骨干教师", province="江苏")
        assert [h.fact.fact.subject for h in database.search("", measure="same_school_limit")] == ["校长"]


def test_one_piece_of_evidence_is_one_hit_with_its_places():
    with memory() as database:
        for doc in ("a.txt", "b.txt", "c.txt"):
            one = page("每学年交流比例不低于10%。", doc)
            put(database, one, facts=[fact(one, "不低于10%")])
        rows, _ = database.essay_texts()
        with database.transaction():
            database.link(rows, Duplicates(clusters=(Cluster(1, (0, 1)),)), "s")
        hits = database.search("交流比例", kind="quota")
        assert [(h.fact.doc, h.copies) for h in hits] == [("a.txt", 2), ("c.txt", 1)]
        (finding,) = database.findings(measure="exchange_share")
        assert (finding.sources, finding.places) == (2, 3)


def test_a_copy_that_lost_the_place_counts_where_the_others_stand():
    with memory() as database:
        for doc, province in (("a.txt", None), ("b.txt", "浙江省"), ("c.txt", None)):
            one = page("每学年交流比例不低于10%。", doc)
            put(database, one, facts=[fact(one, "不低于10%", province=province)])
        rows, _ = database.essay_texts()
        with database.transaction():
            database.link(rows, Duplicates(clusters=(Cluster(0, (0, 1)),)), "s")
        unplaced, placed = database.findings()
        assert ([f.doc for f in placed.facts], placed.sources, placed.places) == (["b.txt"], 1, 2)
        assert database.findings(province="浙江") == [placed]
        assert ([f.doc for f in unplaced.facts], unplaced.sources, unplaced.places) == (["c.txt"], 1, 1)
