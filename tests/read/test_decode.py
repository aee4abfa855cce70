import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.errors import DecodeError
from corpus_tools.read import byte_span, decode
from corpus_tools.records import Source

PROSE = "教师在同一所学校任教满六年应当交流，校长任期为五年。每学年交流的比例不低于百分之十，名单由教育局公布。"
DRESSED = "教師在同一所學校任教滿六年應當交流，校長任期為五年。每學年交流的比例不低於百分之十，名單由教育局公布。"
MARKS = {"utf-8-sig": 3, "utf-16": 2}


@pytest.mark.parametrize("text", [PROSE, "第一条 为了促进交流\r\n", "1. 全县共派出 30 名教师。", "轮岗的老师们"])
@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("gb2312", "gb18030"),
        ("gbk", "gb18030"),
        ("gb18030", "gb18030"),
        ("utf-16", "utf-16-le"),
        ("utf-16-le", "utf-16-le"),
        ("utf-16-be", "utf-16-be"),
    ],
)
def test_simplified_text_comes_back_exactly(text, written, read):
    found = decode(text.encode(written))
    assert (found.text, found.encoding, found.damage) == (text, read, ())
    assert found.byte_start == MARKS.get(written, 0)


@pytest.mark.parametrize("text", [DRESSED, "為了促進交流\r\n", "輪崗的老師們"])
@pytest.mark.parametrize(
    ("written", "read"),
    [("big5", "big5hkscs"), ("big5hkscs", "big5hkscs"), ("gbk", "gb18030"), ("utf-16-be", "utf-16-be")],
)
def test_traditional_text_comes_back_exactly(text, written, read):
    found = decode(text.encode(written))
    assert (found.text, found.encoding) == (text, read)


@pytest.mark.parametrize("declared", ["utf-8", "big5", "iso-8859-1", "gbk"])
@pytest.mark.parametrize(("text", "written"), [(PROSE, "gbk"), (DRESSED, "big5"), (PROSE, "utf-8")])
def test_a_lying_declaration_loses_to_the_bytes(declared, text, written):
    page = f'<html><head><meta charset="{declared}"></head><body>{text}</body></html>'
    assert decode(page.encode(written)).text == page


@pytest.mark.parametrize(
    ("data", "encoding"),
    [(b"", "utf-8"), (b"plain ASCII, nothing else", "utf-8"), ("déjà vu à Paris".encode("latin-1"), "cp1252")],
)
def test_text_that_is_not_chinese(data, encoding):
    assert decode(data).encoding == encoding


@pytest.mark.parametrize(
    ("encoding", "bad"), [("utf-8", b"\xff"), ("utf-8", b"\xff\xfe\xff"), ("gb18030", b"\xff"), ("big5hkscs", b"\xff")]
)
def test_a_run_of_bad_bytes_is_one_mark_at_its_place_and_the_rest_survives(encoding, bad):
    before, after = PROSE[:20].encode("utf-8"), PROSE[20:].encode("utf-8")
    if encoding != "utf-8":
        text = DRESSED if encoding == "big5hkscs" else PROSE
        before, after = text[:20].encode(encoding), text[20:].encode(encoding)
    found = decode(before + bad + after)
    assert found.text == before.decode(encoding) + "\ufffd" + after.decode(encoding)
    assert found.damage == ((20, len(before), len(before) + len(bad)),)


@pytest.mark.parametrize(("text", "encoding"), [(PROSE, "gb18030"), (DRESSED, "big5hkscs")])
@pytest.mark.parametrize("lost", range(20, 40))
def test_a_lost_byte_costs_a_few_characters_and_not_the_line(text, encoding, lost):
    data = text.encode(encoding)
    found = decode(data[:lost] + data[lost + 1 :])
    assert found.text.startswith(text[: lost // 2 - 1])
    assert found.text.endswith(text[lost // 2 + 7 :])


@pytest.mark.parametrize(
    ("text", "encoding"), [(PROSE, "gb18030"), (DRESSED, "big5hkscs"), (PROSE, "utf-8"), (PROSE, "utf-16-le")]
)
@pytest.mark.parametrize("side", ["start", "end"])
def test_a_character_cut_in_half_costs_its_neighbour_at_most(text, encoding, side):
    data = text.encode(encoding)
    found = decode(data[1:] if side == "start" else data[:-1])
    assert found.encoding == encoding
    assert text[2:] in found.text if side == "start" else found.text == text[:-1] + "\ufffd"


def test_an_encoding_that_is_named_is_taken_and_an_unknown_one_says_which_there_are():
    assert decode("é".encode("latin-1"), "latin-1").text == "é"
    with pytest.raises(DecodeError, match="utf-8, gb18030"):
        decode(b"x", "klingon")


prose = st.text(st.sampled_from(sorted(set(PROSE + "，。、\n 0123456789的了在不一"))), min_size=30)


@settings(max_examples=60, deadline=None)
@given(prose, st.sampled_from(["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16", "utf-16-le", "utf-16-be"]))
def test_text_of_ordinary_characters_comes_back_in_every_encoding(text, encoding):
    text = "教师" + text
    assert decode(text.encode(encoding)).text == text


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.data())
def test_any_bytes_decode_and_every_span_slices_back(data, draw):
    found = decode(data)
    length = len(data) - found.byte_start
    source = Source("a.txt", "", found.encoding, "text/plain", found.byte_start, length)
    start = draw.draw(st.integers(0, len(found.text)))
    end = draw.draw(st.integers(start, len(found.text)))
    whole = byte_span(data, source, 0, len(found.text))
    left, middle = byte_span(data, source, 0, start), byte_span(data, source, start, end)
    assert (whole.start, whole.end) == (found.byte_start, len(data))
    assert left.end == middle.start <= middle.end
    for place in found.damage:
        assert byte_span(data, source, place.start, place.start + 1) == place[1:]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 48), st.integers(0, 48), st.sampled_from(["utf-8", "gb18030", "utf-16", "utf-16-be"]))
def test_the_bytes_of_a_span_decode_to_its_text(start, end, encoding):
    start, end = min(start, end), max(start, end)
    data = PROSE.encode(encoding)
    found = decode(data)
    source = Source("a.txt", "", found.encoding, "text/plain", found.byte_start, len(data) - found.byte_start)
    span = byte_span(data, source, start, end)
    assert data[span.start : span.end].decode(found.encoding) == PROSE[start:end]
