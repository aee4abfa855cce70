"""The case tables of this room: what damage looks like, what must stay, and what we know we cannot mend."""

import json
from pathlib import Path

import pytest

from corpus_tools.normalise import normalise, normalise_text
from corpus_tools.records import Page, Source, noise_of
from corpus_tools.text import Text

CASES = Path(__file__).parents[1] / "cases"
# A page is judged as a whole: lines that show where it comes from.
MAINLAND = "\n各級黨委要貫徹落實義務教育學校骨幹教師支教制度,提高教育教學質量。\n"
TAIWAN = "\n臺北市國教署透過網路公告課綱。\n"


def table(name):
    rows = json.loads((CASES / f"normalise_{name}.json").read_text(encoding="utf-8"))
    known = pytest.mark.xfail(strict=True, reason="known failure")
    return [pytest.param(row, id=row["text"][:24], marks=[known] * (row["label"] == "known failure")) for row in rows]


def page(text):
    return normalise(Page(Source("-", "", "utf-8", "text/plain"), Text(text)))


def repairs(page, kind):
    return [noise for noise in noise_of(page) if noise.kind == kind]


@pytest.mark.parametrize("case", table("characters"))
def test_characters(case):
    assert str(normalise_text(case["text"])) == case["expected"]


@pytest.mark.parametrize("case", table("lines"))
def test_broken_lines(case):
    assert str(normalise_text(case["text"])) == case.get("expected", case["text"])


@pytest.mark.parametrize("case", table("strays"))
def test_strays_and_doubled_words(case):
    cleaned = page(case["text"])
    assert str(cleaned.text) == case["expected"]
    assert [noise.kind for noise in noise_of(cleaned) if noise.kind != "masked"] == case["kinds"]


@pytest.mark.parametrize("case", table("masks"))
def test_masks_are_marked_and_left(case):
    cleaned = page(case["text"])
    marks = [mark for mark in cleaned.marks if mark.kind == "masked"]
    assert [[cleaned.text.raw[mark.start : mark.end], mark.note] for mark in marks] == [
        [piece.replace("XX", "ＸＸ") if "ＸＸ" in case["text"] else piece, note] for piece, note in case["masks"]
    ]


@pytest.mark.parametrize("context", ["", MAINLAND], ids=["alone", "on a mainland page"])
@pytest.mark.parametrize("case", table("conversion"))
def test_conversion(case, context):
    context = TAIWAN if context and case["label"] == "taiwan" else context
    cleaned = page(case["text"] + context)
    if case["label"] == "mended":
        assert str(cleaned.text).split("\n")[0] == case["expected"]
        assert repairs(cleaned, "bad_conversion")
    else:
        assert [noise for noise in repairs(cleaned, "bad_conversion") if noise.start < len(case["text"])] == []


def test_there_are_a_hundred_adversarial_sentences():
    assert sum(case.values[0]["label"] != "mended" for case in table("conversion")) >= 100
