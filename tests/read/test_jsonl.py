import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.read import ReadConfig, byte_span, decode
from corpus_tools.read.bundle import Bundle
from corpus_tools.read.formats import read_bundle
from corpus_tools.records import Page

ROW = {"title": "标题", "url": "https://example.org/1", "text": "第一行\n第\u2028二\t“行”\\😀", "date": 2021}


def pages(data: bytes, **settings):
    return list(read_bundle(Bundle("a.jsonl", data, "application/jsonl", "0", ReadConfig(**settings))))


@pytest.mark.parametrize("ascii_only", [True, False])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_the_raw_text_is_the_inside_of_the_literal(ascii_only, encoding):
    line = json.dumps(ROW, ensure_ascii=ascii_only)
    data = (line + "\r\n" + line + "\n").encode(encoding)
    for page in pages(data):
        assert str(page.text) == ROW["text"]
        assert page.text.raw in line
        span = byte_span(data, page.source, 0, len(page.text.raw))
        codec = page.source.encoding
        assert data[span.start : span.end].decode(codec) == page.text.raw
        assert (page.meta.title, page.meta.address, page.meta.date) == ("标题", "https://example.org/1", "2021")


@pytest.mark.parametrize(
    ("row", "field", "expected"),
    [
        ('{"content": "甲", "id": 1}', "", "甲"),
        ('{"content": "甲", "story": "乙"}', "story", "乙"),
        ('{"text": "甲", "text": "乙"}', "", "乙"),  # JSON readers take the last of two
        ('{"meta": {"text": "甲"}, "text" : "乙" }', "", "乙"),
        (r'{"text": "\ud800x"}', "", "\ufffdx"),  # half of a pair stands for nothing
        (r'{"html": "<p>甲<br>\n乙</p>"}', "", "甲\n乙\n"),
    ],
)
def test_the_text_field(row, field, expected):
    (page,) = pages(row.encode(), text_field=field)
    assert str(page.text) == expected


def test_a_field_that_is_not_there_is_named_with_those_that_are():
    (failure,) = pages(b'{"story": "x", "id": 1}', text_field="text")
    assert "it has story, id" in failure.reason


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from('教师\u2028\x00\x1f"\\/ \t\r\nab😀，\ue000\ufeffé'), min_size=1).filter(str.strip),
    st.booleans(),
)
def test_any_text_comes_back(text, ascii_only):
    text = "教师交流轮岗" + text
    (page,) = pages(json.dumps({"text": text}, ensure_ascii=ascii_only).encode())
    assert str(page.text) == text


LENGTHS = st.lists(st.integers(0, 13), min_size=1, max_size=3)


@settings(max_examples=150, deadline=None)
@given(st.data(), st.sampled_from(["gb18030", "big5hkscs", "utf-8", "utf-16-le"]))
def test_spans_of_damaged_rows_are_the_same_in_the_row_as_in_the_file(draw, encoding):
    text = "教師交流輪崗的期限不少於三年"
    rows = [json.dumps({"text": text[:n] + "12" + text}, ensure_ascii=False) for n in draw.draw(LENGTHS)]
    data = bytearray("\n".join(rows).encode(encoding))
    for place in draw.draw(st.lists(st.integers(12, len(data) - 4), max_size=3)):
        data[place] = 0xFF
    decoded = decode(bytes(data))
    for page in pages(bytes(data)):
        if isinstance(page, Page) and page.source.encoding == decoded.encoding:
            span = byte_span(bytes(data), page.source, 0, len(page.text.raw))
            assert (span.start, span.end - span.start) == (page.source.byte_start, page.source.byte_length)
            for mark in page.marks:
                if page.text.raw[mark.start : mark.end] == "\ufffd":
                    there = byte_span(bytes(data), page.source, mark.start, mark.end)
                    assert tuple(there) in {place[1:] for place in decoded.damage}
