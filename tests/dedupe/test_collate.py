"""Copies side by side: variants, lacunae, suggestions that name their witness, exports."""

import json
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from copies import TEXT, changed, copy
from hypothesis import given
from hypothesis import strategies as st

from corpus_tools import Database, run
from corpus_tools.cli import main
from corpus_tools.dedupe.align import align, gaps
from corpus_tools.dedupe.collate import CollateConfig, collate
from corpus_tools.dedupe.completed import completed
from corpus_tools.dedupe.tei import tei
from corpus_tools.store.collations import quotations

TEI = {"t": "http://www.tei-c.org/ns/1.0"}
LONG = "学校还组织我们到县城听课，参加了三次教研活动，每次回来都要写心得体会，和同事们交流讨论。"


def offers(collation):
    """What is offered to whom: kind, witness, what stands there, what is offered, by whom."""
    return [(s.kind, s.witness, s.text, s.offer, s.sources) for s in collation.suggestions]


def from_tei(xml, witness):
    """The text of a witness as a reader of the apparatus puts it together; `witness` from 1."""
    ab = ElementTree.fromstring(xml).find(".//t:div[@type='apparatus']/t:ab", TEI)
    pieces, inside = [ab.text or ""], True
    for app in ab:
        for reading in app:
            if f"#w{witness}" not in reading.get("wit").split():
                continue
            for edge in reading:
                inside = {"lacunaStart": False, "lacunaEnd": True}.get(edge.tag.split("}")[1], inside)
            pieces.append("".join(reading.itertext()))
        if inside:
            pieces.append(app.tail or "")
    return "".join(pieces)


# -- suggestions -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "kind", "note", "offer"),
    [
        ("2014年", "20xx年", "masked", "year", "2014年"),
        ("2014", "20__", "masked", "year", "2014"),
        ("青山镇", "xx镇", "masked", "name", "青山镇"),
        ("三十六名", "xx名", "masked", "number", "三十六名"),
        ("改正错误，重新", "改砮蟆 重新", "mojibake", "", "改正错误，重新"),
        ("被评为文明班级", "被文明班级", "dropped_text", "", "被评为文明班级"),
    ],
)
def test_a_hidden_or_damaged_place_is_offered_the_words_of_another_copy(old, new, kind, note, offer):
    found = collate([copy("a.txt"), changed("b.txt", old, new, kind, note)])
    assert offers(found) == [(kind, 1, new, offer, (0,))]
    (suggestion,) = found.suggestions
    assert TEXT[slice(*suggestion.at[0])] == offer


def test_damage_that_swallowed_a_sentence_is_offered_the_sentence():
    old = TEXT[TEXT.index("重新开始") : TEXT.index("我们班被评为")]
    found = collate([copy("a.txt"), changed("b.txt", old, "砮蟆", "mojibake")])
    assert offers(found) == [("mojibake", 1, "砮蟆", old, (0,))]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("青山镇", "绿水镇"),  # other words, and nobody can say whose are right
        ("2014年", "2016年"),
        ("第二名", "前列"),
        ("，", "、"),
    ],
)
def test_words_that_merely_differ_are_no_suggestion(old, new):
    found = collate([copy("a.txt"), copy("b.txt", TEXT.replace(old, new, 1))])
    assert len(found.variants) == 1
    assert found.suggestions == ()


def test_a_copy_that_hides_the_same_words_offers_nothing():
    hidden = [changed(doc, "2014", mask, "masked", "year") for doc, mask in (("a.txt", "20xx"), ("b.txt", "20__"))]
    assert collate(hidden).suggestions == ()


def test_a_hidden_number_is_not_offered_words_without_one():
    found = collate(
        [changed("a.txt", "三十六名", "所有", None), changed("b.txt", "三十六名", "xx名", "masked", "number")]
    )
    assert found.suggestions == ()


def test_two_copies_with_different_words_are_two_offers_the_more_common_first():
    mask = changed("m.txt", "2014", "20xx", "masked", "year")
    found = collate([mask, changed("a.txt", "2014", "2016"), copy("b.txt"), copy("c.txt")])
    assert offers(found) == [("masked", 0, "20xx", "2014", (2, 3)), ("masked", 0, "20xx", "2016", (1,))]


def test_a_hidden_word_under_another_heading_is_offered_alone():
    start = TEXT.index("，我有幸")
    masked = copy("b.txt", "范文大全 篇三\n20xx年9月" + TEXT[start:], [("20xx", "masked", "year")])
    assert ("masked", 1, "20xx", "2014", (0,)) in offers(collate([copy("a.txt"), masked]))


def test_a_mask_in_a_part_written_anew_is_offered_nothing():
    start, end = TEXT.index("学校安排我"), TEXT.index("期中考试后")
    anew = "这里山清水秀，民风淳朴，xx主任热情地接待了我，还带我参观了图书室、食堂和操场，介绍了每一位老师。"
    found = collate([copy("a.txt"), copy("b.txt", TEXT[:start] + anew + TEXT[end:], [("xx", "masked", "name")])])
    assert [s for s in found.suggestions if s.kind == "masked"] == []


def test_a_truncated_copy_is_offered_the_rest():
    cut = TEXT.index("让我明白")
    found = collate([copy("a.txt"), copy("b.txt", TEXT[:cut])])
    assert offers(found) == [("truncated", 1, "", TEXT[cut:], (0,))]
    assert [(gap.witness, gap.start, gap.end) for gap in found.lacunae] == [(1, cut, len(TEXT))]


def test_what_a_copy_leaves_out_is_offered_by_all_that_have_it():
    sentence = TEXT[TEXT.index("期中考试后") : TEXT.index("有的孩子")]
    found = collate([copy("a.txt"), changed("b.txt", sentence, ""), copy("c.txt")])
    assert offers(found) == [("omitted", 1, "", sentence, (0, 2))]


def test_what_only_another_copy_has_is_offered_to_the_base():
    found = collate([copy("a.txt"), copy("b.txt", TEXT + LONG)])
    assert offers(found) == [("truncated", 0, "", LONG, (1,))]


def test_texts_that_only_share_passages_do_not_complete_each_other():
    cut = TEXT.index("期中考试后")
    other = copy("b.txt", (TEXT[:cut] + LONG).replace("2014", "20xx"), [("20xx", "masked", "year")])
    found = collate([copy("a.txt"), other], one_text=False)
    assert offers(found) == [("masked", 1, "20xx", "2014", (0,))]


def test_nothing_is_changed_silently():
    collation = collate([changed("a.txt", "2014", "20xx", "masked", "year"), copy("b.txt")])
    assert "20xx" in collation.read(0)
    suggested = ElementTree.fromstring(tei(collation)).find(".//t:div[@type='suggestions']/t:ab", TEI)
    (choice,) = suggested
    assert [(part.tag.split("}")[1], part.text, part.get("source")) for part in choice] == [
        ("sic", "20xx", None),
        ("corr", "2014", "#w2"),
    ]


# -- variants and lacunae --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "kind", "readings"),
    [
        ("青山镇", "绿水镇", "wording", ("青山", "绿水")),
        ("2014", "2016", "number", ("4", "6")),
        ("三十六名", "三十八名", "number", ("六", "八")),
        ("第二名", "名", "omission", ("第二", "")),
        ("第二名", "并列第二名", "addition", ("", "并列")),
        ("第二名。", "第二名！", "punctuation", ("。", "！")),
    ],
)
def test_the_kind_of_a_variant(old, new, kind, readings):
    (variant,) = collate([copy("a.txt"), changed("b.txt", old, new)]).variants
    assert variant.kind == kind
    assert tuple(reading.text for reading in variant.readings) == readings


def test_three_witnesses_are_set_out_at_one_place():
    found = collate(
        [copy("a.txt"), changed("b.txt", "青山镇", "绿水镇"), changed("c.txt", "青山镇", "绿水乡"), copy("d.txt")]
    )
    (variant,) = found.variants
    assert variant.grouped == {"青山镇": (0, 3), "绿水镇": (1,), "绿水乡": (2,)}


def test_a_truncated_copy_does_not_swallow_the_variants_of_the_others():
    cut = TEXT.index("期中考试后")
    found = collate([copy("a.txt"), copy("b.txt", TEXT[:cut]), changed("c.txt", "第二名", "第三名")])
    (variant,) = found.variants
    assert variant.grouped == {"二": (0,), "三": (2,)}


def test_more_copies_than_are_collated_are_counted():
    found = collate([copy(f"{n}.txt") for n in range(5)], CollateConfig(max_witnesses=3))
    assert (len(found.witnesses), found.left_out) == (3, 2)


PIECES = st.sampled_from(
    [TEXT[:60], TEXT[60:130], TEXT[130:200], TEXT[200:], LONG, "甲乙", '<&>"', "\r\n", "\x07", "，"]
)
TEXTS = st.lists(st.one_of(PIECES, st.text("甲乙丙，。x 1\x00<", max_size=12)), max_size=7).map("".join)


@given(st.lists(TEXTS, min_size=1, max_size=4))
def test_every_witness_can_be_read_back_from_the_apparatus(texts):
    collation = collate([copy(f"{n}.txt", text) for n, text in enumerate(texts)])
    assert [collation.read(n) for n in range(len(texts))] == texts
    assert ["".join(piece.text for piece in completed(collation, n)) for n in range(len(texts))] == texts
    for variant in collation.variants:
        for reading in variant.readings:
            assert texts[reading.witness][reading.start : reading.end] == reading.text
    xml = tei(collation)
    plain = [text.replace("\x00", "").replace("\x07", "") for text in texts]  # these are <g n="U+0007"/> in XML
    assert [from_tei(xml, n) for n in range(1, len(texts) + 1)] == plain


@given(TEXTS, TEXTS)
def test_blocks_agree_and_never_cross(a, b):
    at_a = at_b = 0
    blocks = align(a, b)
    for block in blocks:
        assert a[block.a : block.a + block.size] == b[block.b : block.b + block.size]
        assert block.a >= at_a
        assert block.b >= at_b
        at_a, at_b = block.a + block.size, block.b + block.size
    agreed = sum(block.size for block in blocks)
    assert agreed + sum(gap.a_end - gap.a_start for gap in gaps(blocks, a, b)) == len(a)
    assert agreed + sum(gap.b_end - gap.b_start for gap in gaps(blocks, a, b)) == len(b)


# -- through the database --------------------------------------------------------------------------------------------

PAGES = {
    "a.txt": TEXT,
    "b.txt": TEXT.replace("2014年", "20xx年").replace("青山镇", "绿水镇"),
    "c.txt": LONG
    + TEXT[TEXT.index("刚到新学校") : TEXT.index("有的孩子犯了")].replace("三十六", "xx")
    + "，大家都很感动。",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies")
    for name, text in PAGES.items():
        (folder / "in").mkdir(exist_ok=True)
        (folder / "in" / name).write_text(text, encoding="utf-8")
    run([folder / "in"], folder / "c.db")
    return folder / "c.db"


def written(database, folder, *more):
    """The layers that the command writes."""
    result = CliRunner().invoke(main, ["collate", "--db", str(database), "--to", str(folder), *more])
    assert result.exit_code == 0, result.output
    return {
        path.stem: [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        for path in folder.glob("*.jsonl")
    }


def test_the_command_writes_variants_suggestions_lineage_and_tei(database, tmp_path):
    layers = written(database, tmp_path)
    for row in layers["variants"]:
        for place in row["readings"]:
            assert PAGES[place["doc"]][place["raw_start"] : place["raw_end"]] == place["reading"]
    offered = {(row["kind"], row["doc"], row["reading"], row["offer"]) for row in layers["suggestions"]}
    assert ("masked", "b.txt", "20xx", "2014") in offered
    assert any(doc == "c.txt" and "三十六" in offer for _, doc, _, offer in offered)  # they only share a passage
    assert [(row["source"], row["copy"]) for row in layers["lineage"]] == [(["a.txt", 1], ["b.txt", 1])]
    (path,) = (tmp_path / "tei").iterdir()
    for row in layers["collated"]:
        assert "".join(piece["text"] for piece in row["pieces"]) == PAGES[row["doc"]]
    assert [
        offer["witnesses"] for row in layers["collated"] for p in row["pieces"] for offer in p.get("offers", ())
    ] == [[["a.txt", 1]]]
    xml = path.read_text(encoding="utf-8")
    assert {from_tei(xml, 1), from_tei(xml, 2)} == {PAGES["a.txt"], PAGES["b.txt"]}


def test_one_cluster_can_be_asked_for(database, tmp_path):
    layers = written(database, tmp_path, "--cluster", "b.txt#1")
    assert {place["doc"] for row in layers["variants"] for place in row["readings"]} == {"a.txt", "b.txt", "c.txt"}


@pytest.mark.parametrize(("name", "status"), [("b.txt", 2), ("b.txt#9", 1), ("z.txt#1", 1)])
def test_an_essay_that_is_not_there_is_said(database, tmp_path, name, status):
    args = ["collate", "--db", str(database), "--to", str(tmp_path / "out"), "--cluster", name]
    assert CliRunner().invoke(main, args).exit_code == status
    assert not (tmp_path / "out").exists()


def test_a_corpus_without_copies_has_nothing_to_collate(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    run([tmp_path / "a.txt"], tmp_path / "c.db")
    with Database(tmp_path / "c.db") as database:
        assert quotations(database) == {}
    assert all(rows == [] for rows in written(tmp_path / "c.db", tmp_path / "out").values())
