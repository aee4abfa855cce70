import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_tools.read import mojibake_edits, mojibake_marks
from corpus_tools.text import Text

PLAIN = "城乡教师交流轮岗的期限一般不少于一学年，成绩突出的优先评先。"
DRESSED = "城鄉教師交流輪崗的期限一般不少於一學年，成績突出的優先評先。"


def windows(data: bytes) -> str:
    return "".join(chr(b) if b in b"\x81\x8d\x8f\x90\x9d" else bytes([b]).decode("cp1252") for b in data)


def mended(text: str) -> str:
    return str(Text(text, mojibake_edits(text)))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        (PLAIN, PLAIN.encode("gb18030").decode("latin-1")),
        (PLAIN, windows(PLAIN.encode("gb18030"))),
        (PLAIN, PLAIN.encode().decode("latin-1")),
        (PLAIN, windows(PLAIN.encode())),
        (DRESSED, windows(DRESSED.encode("big5"))),
        (DRESSED, DRESSED.encode("big5").decode("gb18030")),
        ("第1条：教师", windows("第1条：教师".encode())),
        ("轮岗\r\n交流 2 年", "轮岗\r\n交流 2 年".encode("gb18030").decode("latin-1")),
        ("教师交流轮岗", "教师交流轮岗".encode().decode("gb18030")),  # whole only where the bytes come out even
    ],
)
def test_what_a_wrong_codec_made_is_undone_exactly(text, wrong):
    assert wrong != text
    assert mended(wrong) == text
    assert mended("前言如下。\n" + wrong) == "前言如下。\n" + text


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        DRESSED,
        "café déjà vu, naïve Ångström",
        "ÀÉÈÙ ÇA VA",
        "Größe, Äpfel, Öl, süß",
        "«Ça» – ‘quoted’ “text” … ™ © 2019 · §3 ±5",
        "Ελληνικά κείμενα",
        "カタカナと平仮名、東京都",
        "犇羴猋骉麤鱻灥焱垚",  # rare is not wrong
        "魑魅魍魉饕餮耄耋",
        "한국어 텍스트",
        "“……”——《》",
        "重(chóng)新 学(xué)校 zhèn",
        "教師（ㄐㄧㄠˋ ㄕ）",
    ],
)
def test_what_is_right_stays(text):
    assert mojibake_edits(text) == []
    assert mojibake_marks(text) == []


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("教师锟斤拷锟斤拷交流", [(2, 5), (5, 8)]),
        ("教师ï¿½ï¿½交流", [(2, 8)]),
        ("教师 " + "城乡教师交流轮岗".encode()[:-2].decode("gb18030", "replace"), [(3, 14)]),
        ("锟是一个姓名用字", []),
    ],
)
def test_what_is_lost_is_marked_and_never_guessed(text, spans):
    assert mojibake_edits(text) == []
    assert [(mark.start, mark.end) for mark in mojibake_marks(text)] == spans


@settings(max_examples=100, deadline=None)
@given(st.text(st.sampled_from(windows("教师交流".encode("gb18030")) + "教师é a\n，"), max_size=60))
def test_every_edit_undoes_itself(text):
    for edit in mojibake_edits(text):
        right, wrong = edit.note.split(" read as ")
        data = edit.replacement.encode(right)
        there = text[edit.start : edit.end]
        assert (
            there in (windows(data), data.decode("latin-1")) if wrong == "windows-1252" else there == data.decode(wrong)
        )
