"""What holds for any text: cleaning twice changes nothing, every change is an edit, every character points back."""

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.normalise import normalise_text

PIECES = [
    "教师",
    "学校",
    "的",
    "，",
    "。",
    ",",
    ".",
    "\n",
    "\n\n",
    " ",
    "　",
    "１",
    "Ａ",
    "20xx年",
    "□",
    "__",
    "一、",
    "(1)",
    "（",
    ")",
    "&nbsp;",
    "&amp;",
    "amp;",
    "lt;",
    "\\u6559",
    "\u200b",
    "\ufeff",
    "\r\n",
    "\t",
    "學",
    "國小",
    "中國小",
    "髮展",
    "xx",
    "3",
    "00元",
    "'",
    '"',
    "·",
    "-",
    "--",
    "...",
    ":",
    ";",
    "?",
    "!",
    "^v^",
    "⼀",
    "\ue000",
    "http://a.cn/",
    "and",
    "(zhèn)",
    "、",
    "：",
    "”",
    "“",
    "#",
    "|",
    "锟斤拷",
    "×××",
    "重新",
    "走得太远了",
    "今后我们",
    ". ",
    "网：",
]
texts = st.lists(st.sampled_from(PIECES), max_size=30).map("".join)


@given(st.one_of(texts, st.text(max_size=60)))
@settings(max_examples=300, deadline=None)
def test_cleaning_twice_changes_nothing(text):
    once = normalise_text(text)
    assert str(normalise_text(str(once))) == str(once)


@given(texts)
@settings(deadline=None)
def test_raw_is_kept_replaced_and_removed_to_the_character(text):
    cleaned = normalise_text(text)
    assert sum(cleaned.tally()) == len(text)
    assert "".join(edit.replacement if edit else piece for piece, edit in cleaned.pieces()) == str(cleaned)


@given(texts)
@settings(deadline=None)
def test_every_character_points_back_into_the_raw_text(text):
    cleaned = normalise_text(text)
    for at in range(len(cleaned)):
        span = cleaned.raw_span(at, at + 1)
        assert 0 <= span.start < span.end <= len(text)


@given(st.sampled_from(PIECES), st.sampled_from(PIECES))
@settings(max_examples=60, deadline=None)
def test_a_page_of_one_thing_repeated_is_cleaned_too(piece, other):
    once = normalise_text((piece + other) * 3000)
    assert str(normalise_text(str(once))) == str(once)
