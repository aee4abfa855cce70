"""Which copy is the source, and what says so; which passages are only quoted by both."""

import pytest
from copies import TEXT, changed, copy, edit

from corpus_tools.dedupe.collate import collate
from corpus_tools.dedupe.lineage import lineage
from corpus_tools.dedupe.quoted import Standing, copied_share, quoted_from, standing
from corpus_tools.records import PageMeta, Passage

CUT = TEXT.index("他们更需要")
NOTICE = "（转自青山教育网）"


def slips(doc, **meta):
    """A copy that a machine converted: three wrong choices, mended."""
    text = TEXT.replace("中心小学", "中心國小").replace("被评为", "被評爲").replace("同样", "衕样")
    edits = [
        edit(text, "國小", "小学", "bad_conversion"),
        edit(text, "評爲", "评为", "bad_conversion"),
        edit(text, "衕", "同", "bad_conversion"),
    ]
    return copy(doc, text, edits=edits, **meta)


def with_notice(doc, notice, **meta):
    """A copy into whose text a site's notice has got; it was taken out."""
    text = TEXT.replace("期中考试后", notice + "期中考试后")
    return copy(doc, text, edits=[edit(text, notice, "", "inline_ad")], **meta)


MASKED = changed("b", "2014", "20xx", "masked", "year")


@pytest.mark.parametrize(
    ("a", "b", "source"),
    [
        (copy("a", date="2014-09-01"), copy("b", date="2016"), 0),
        (copy("a", date="2016"), copy("b", date="2014年9月1日"), 1),
        (copy("a", date="2014"), copy("b", date="2014-09-01"), None),  # they agree as far as both go
        (copy("a", date="去年"), copy("b", date="2014"), None),
        (copy("a"), MASKED, 0),
        (
            copy("a", date="2016"),
            changed("b", "2014", "20xx", "masked", "year", date="2015"),
            None,
        ),  # sign against sign
        (copy("a"), slips("b"), 0),
        (copy("a"), copy("b", TEXT[:CUT]), 0),  # breaks off inside a sentence
        (copy("a"), copy("b", TEXT[: TEXT.index("这一年的交流让我")]), None),  # shorter: may have been added to
        (copy("a", site="青山教育网"), with_notice("b", NOTICE), 0),
        (copy("a", site="绿水教育网"), with_notice("b", NOTICE), None),  # a third site's notice says little
        (copy("a", issuing_body="云和县教育局"), copy("b"), 0),
        (copy("a"), copy("b"), None),
        (copy("a"), changed("b", "青山镇", "绿水镇"), None),
        (copy("a"), changed("b", "改正错误", "改砮蟆误", "mojibake"), None),  # one broken place may be anyone's
    ],
)
def test_the_source_of_two(a, b, source):
    found = lineage(collate([a, b]))
    assert found.source == source
    assert found.undirected == ((0, 1) if source is None else ())
    turned = lineage(collate([b, a]))
    assert turned.source == (None if source is None else 1 - source)


def test_a_direction_gives_its_reasons_strongest_first():
    (descent,) = lineage(
        collate([copy("a", date="2012"), changed("b", "2014", "20xx", "masked", "year", date="2015")])
    ).parents
    assert (descent.source, descent.copy) == (0, 1)
    assert [(sign.kind, sign.weight) for sign in descent.signs] == [("date", 4.0), ("hidden", 2.0)]
    assert descent.signs[0].says == "a#1 is dated 2012, b#1 2015"


def test_a_copy_of_a_copy_has_the_copy_as_its_source():
    second = changed("b", "2014", "20xx", "masked", "year")
    third_text = str(second.page.text).replace("三十六名", "xx名").replace("青山镇", "某镇")
    third = copy("c", third_text, [("20xx", "masked", "year"), ("xx名", "masked", "number")])
    found = lineage(collate([copy("a"), second, third]))
    assert found.source == 0
    assert [(descent.source, descent.copy) for descent in found.parents] == [(0, 1), (1, 2)]


def test_two_whole_copies_and_a_masked_one_have_no_single_source():
    found = lineage(collate([copy("a"), copy("c"), MASKED]))
    assert found.source is None
    assert [(descent.source, descent.copy) for descent in found.parents] == [(0, 2)]
    assert found.undirected == ()


def test_signs_against_each_other_leave_it_undirected():
    a = copy("a", TEXT.replace("三十六名", "xx名"), [("xx名", "masked", "number")])
    (descent,) = lineage(collate([a, MASKED])).descents
    assert not descent.directed
    assert sorted(sign.weight for sign in descent.signs) == [-2.0, 2.0]


def test_signs_that_run_in_a_circle_say_nothing():
    # a is dated before c, c's notice stands in b and b's in a
    a = with_notice("a", "（转自绿水教育网）", date="2012")
    b = with_notice("b", "（转自蓝天教育网）", site="绿水教育网")
    c = copy("c", date="2015", site="蓝天教育网")
    found = lineage(collate([a, b, c]))
    circle = {(d.source, d.copy) for d in found.descents if d.directed}
    assert circle == {(0, 2), (2, 1), (1, 0)}
    assert found.source is None
    assert found.parents == ()
    assert found.undirected == (0, 1, 2)


def test_a_notice_that_both_carry_is_told_and_has_no_weight():
    (descent,) = lineage(collate([with_notice("a", NOTICE), with_notice("b", NOTICE)])).descents
    assert [(sign.kind, sign.weight) for sign in descent.signs] == [("notice", 0.0)]


# -- quotations ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "heading", "level"),
    [
        ("教育部", "", Standing.STATE),
        ("教育部办公厅", "", Standing.STATE),
        ("国务院", "", Standing.STATE),
        ("浙江省教育厅", "", Standing.PROVINCE),
        ("广西壮族自治区教育厅", "", Standing.PROVINCE),
        ("北京市教育委员会", "", Standing.PROVINCE),
        ("浙江省杭州市教育局", "", Standing.CITY),
        ("安阳市教育局", "", Standing.CITY),
        ("北京市海淀区教育委员会", "", Standing.COUNTY),
        ("温州市瑞安市教育局", "", Standing.COUNTY),
        ("云和县教育局", "", Standing.COUNTY),
        (None, "关于推进教师交流的实施意见（试行）", Standing.IN_FORM),
        (None, "教师交流工作总结", Standing.NONE),
        (None, "我对教师交流的几点意见和体会", Standing.NONE),
    ],
)
def test_how_high_a_body_stands(body, heading, level):
    assert standing(PageMeta(issuing_body=body), heading) == level


MINISTRY = 9
SHARED = [
    Passage(0, 1, 100, 200, 300, 400),  # the ministry's words
    Passage(0, 1, 500, 600, 700, 800),  # their own
    Passage(0, MINISTRY, 95, 201, 0, 106),
    Passage(1, MINISTRY, 300, 395, 0, 95),
]


def test_what_both_have_from_a_ministry_is_no_copying():
    quoted = quoted_from(SHARED, {MINISTRY: Standing.STATE})
    assert quoted == {SHARED[0]: MINISTRY}
    assert copied_share(0, 1000, SHARED[:2]) == 0.2
    assert copied_share(0, 1000, SHARED[:2], quoted) == 0.1


@pytest.mark.parametrize(
    ("standings", "same"),
    [
        ({}, ()),  # the third is an essay like the two
        ({MINISTRY: Standing.COUNTY, 0: Standing.PROVINCE}, ()),  # the county has it from the province
        ({MINISTRY: Standing.STATE}, (frozenset({0, MINISTRY}),)),  # a copy of the document does not quote it
    ],
)
def test_a_third_text_that_stands_no_higher_is_not_quoted(standings, same):
    assert SHARED[0] not in quoted_from(SHARED, standings, same)
