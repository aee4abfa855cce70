"""Text decoded with the wrong codec before it was saved: undone where that can be done exactly, else pointed out.

    ÖÐÑ§½ÌÊ¦  is GB18030 read as Latin-1, ä¸­å­¦ is UTF-8 read so, い厩毙畍 is Big5 read as GB, 鏁欏笀 UTF-8 read as GB

The bytes of a run are got back by encoding it as it was wrongly decoded, and decoded as they should have been. A
reading counts only when every byte of it fits, so that nothing is guessed, and when it turns what no one writes into
ordinary Chinese.

When not to use it: on text of other languages. French or Greek is never touched, as its letters do not come four
accented ones in a row or do not decode to common Chinese.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from corpus_tools.codes import code_points, true_runs
from corpus_tools.read.charset import BAD_BYTES, bits_of, character_costs, marked, surprise
from corpus_tools.records import Mark
from corpus_tools.text import Edit

# What Windows-1252 shows for bytes 80 to 9F; the five it lacks stand for themselves, as browsers have it.
WINDOWS = {
    ord(bytes([byte]).decode("cp1252")): byte for byte in range(0x80, 0xA0) if byte not in b"\x81\x8d\x8f\x90\x9d"
}
LATIN = "\u0080-\u00ff" + "".join(map(chr, WINDOWS))
# "½ÌÊ¦½»Á÷": letters that stand for high bytes, with the ASCII between them, as far as the line holds nothing else
LATIN_RUN = re.compile(rf"[{LATIN}](?:[ -~]*+[{LATIN}])*+[@-~]?")
# A stretch of a line that holds characters of the Far East, cut where a lost byte left a ? or U+FFFD.
RUN = re.compile("[^\x00-\x20?\ufffd\u3000]+")
ASCII = re.compile("[\x00-\x7f]+")
FAR_EASTERN = re.compile("[\u2e80-\uffee]")
STRETCH = re.compile(r"[^\x00-\x7f]+|[\x00-\x7f]+")
ACCENTED = re.compile("[\u0080-\u00ff]")
# 锟斤拷 is U+FFFD in UTF-8 read as GB, ï¿½ the same read as Latin-1: what stood there is gone.
LOST = re.compile("锟斤拷?|斤拷|[烫屯](?:烫烫|屯屯)[烫屯]*|(?:ï¿½)+")  # in the units that normalise marks, too


LATIN_CODEC = "windows-1252"
LOST_SIGNS = ("锟斤", "斤拷", "烫烫烫", "屯屯屯", "ï¿½")


class Misreading(NamedTuple):
    """Text in `right` that was decoded as `wrong`."""

    wrong: str
    right: str


MISREADINGS = (
    Misreading(LATIN_CODEC, "utf-8"),
    Misreading(LATIN_CODEC, "gb18030"),
    Misreading(LATIN_CODEC, "big5hkscs"),
    Misreading("gb18030", "utf-8"),
    Misreading("gb18030", "big5hkscs"),
    Misreading("big5hkscs", "gb18030"),
    Misreading("big5hkscs", "utf-8"),
)


class Bar(NamedTuple):
    """What it takes to believe that a run was misread."""

    han: int  # Han characters that must come out
    odd: float  # bits per character of what stands there; running Chinese costs 9 to 11
    ordinary: float  # bits per character of what comes out


FIRST = Bar(2, 15.5, 12)
AGAIN = Bar(1, 12.5, 14)  # where the same page holds a run that passed the first
LONG = 6  # characters of a run that is pointed out although it cannot be undone
READABLE = 0.7  # of whose bytes must fit


def mojibake_edits(text: str) -> list[Edit]:
    """Edits that put back what a wrong codec made of the text, where every byte fits; in order."""
    runs = _runs(text)
    sure = [reading for run in runs if (reading := _reading(run[0], MISREADINGS, FIRST))]
    if not sure:
        return []
    proven = tuple(misreading for misreading in MISREADINGS if any(misreading == found for found, _ in sure))
    found: list[Edit] = []
    for run in runs:
        reading = _reading(run[0], proven, AGAIN)
        if reading and (not found or run.start() >= found[-1].end):
            found += _edits(run, *reading)
    return found


def mojibake_marks(text: str) -> list[Mark]:
    """Marks of places where text is lost for good: 锟斤拷 and its like, and misread runs of which bytes are missing."""
    losses = LOST.finditer(text) if any(sign in text for sign in LOST_SIGNS) else ()
    found = [Mark(lost.start(), lost.end(), "mojibake") for lost in losses]
    ends = {mark.end for mark in found}
    for run in _runs(text):
        if run.end() not in ends and not LOST.search(run[0]) and _is_broken(run[0]):
            found.append(Mark(run.start(), run.end(), "mojibake", "misread, bytes missing"))
    return sorted(found, key=lambda mark: mark.start)


@lru_cache(maxsize=1)  # edits and marks ask for the same text, one after the other
def _runs(text: str) -> tuple[re.Match[str], ...]:
    """The stretches that may have been misread, in order."""
    if text.isascii():
        return ()
    latin = LATIN_RUN.finditer(text) if ACCENTED.search(text) else ()
    found = [run for run in latin if ACCENTED.search(run[0])]
    end = 0
    for start in _odd_places(text):
        if start >= end:
            run = _stretch(text, start, end)
            end = run.end()
            foreign = ASCII.sub("", run[0])
            if FAR_EASTERN.search(foreign) and bits_of(foreign).sum() >= AGAIN.odd * len(foreign):
                found.append(run)
    return tuple(sorted(found, key=lambda run: run.start()))


def _odd_places(text: str) -> list[int]:
    """Where characters begin that are not ASCII and, up to the next that is or to a lost one, read as no text does."""
    codes = code_points(text)
    starts, ends = true_runs((codes > 0x7F) & (codes != 0xFFFD) & (codes != 0x3000))
    bits = np.zeros(len(codes) + 1, np.int64)
    np.cumsum(character_costs().take(codes), out=bits[1:])
    odd: list[int] = starts[bits[ends] - bits[starts] >= AGAIN.odd * (ends - starts)].tolist()
    return odd


def _stretch(text: str, at: int, low: int) -> re.Match[str]:
    """The whole stretch around a place, `low` at the earliest."""
    while at > low and RUN.match(text[at - 1]):
        at -= 1
    found = RUN.match(text, at)
    assert found is not None
    return found


def _reading(text: str, misreadings: tuple[Misreading, ...], bar: Bar) -> tuple[Misreading, str] | None:
    """The likeliest misreading of a run and what it should have read; None where there is none to be sure of."""
    foreign = [character for character in text if character > "~"]
    if len(foreign) < 2 * bar.han:
        return None
    odd = surprise("".join(foreign)) >= bar.odd * len(foreign)
    found: list[tuple[float, Misreading, str]] = []
    for misreading in misreadings:
        data = _bytes_of(text, misreading.wrong) if odd or misreading.wrong == LATIN_CODEC else b""
        right = _decoded(data, misreading.right) if data else ""
        if right and _is_ordinary(right, bar):
            found.append((surprise(right), misreading, right))
    return min(found)[1:] if found else None


def _bytes_of(text: str, wrong: str) -> bytes:
    """The bytes a run was before it was misread; none where it cannot have been."""
    try:
        if wrong == LATIN_CODEC:
            return bytes(WINDOWS.get(ord(character), ord(character)) for character in text)
        return text.encode(wrong)
    except ValueError:
        return b""


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _is_ordinary(text: str, bar: Bar) -> bool:
    """Whether the text is Chinese of common characters."""
    foreign = [character for character in text if character > "~"]
    han = sum("\u4e00" <= character <= "\u9fff" for character in foreign)
    enough = han >= bar.han or (bar is AGAIN and len(foreign) > 0)
    return enough and 2 * han >= len(foreign) - 2 and surprise("".join(foreign)) <= bar.ordinary * len(foreign)


def _edits(run: re.Match[str], misreading: Misreading, right: str) -> Iterator[Edit]:
    """The run as one edit; where a byte was a character, an edit for each stretch of it that is not ASCII."""
    note = f"{misreading.right} read as {misreading.wrong}"
    if misreading.wrong != LATIN_CODEC:
        yield Edit(run.start(), run.end(), right, "mojibake", note)
        return
    at = run.start()
    for stretch in STRETCH.finditer(right):
        length = len(stretch[0].encode(misreading.right))
        if not stretch[0].isascii():
            yield Edit(at, at + length, stretch[0], "mojibake", note)
        at += length


def _is_broken(text: str) -> bool:
    """Whether most bytes of a run would be ordinary Chinese in another encoding, and some fit nowhere."""
    foreign = [character for character in text if character > "~"]
    if len(foreign) < LONG or surprise("".join(foreign)) < FIRST.odd * len(foreign):
        return False
    for misreading in MISREADINGS:
        data = _bytes_of(text, misreading.wrong)
        right = marked(data, misreading.right) if data else ""
        bad = sum(map(len, BAD_BYTES.findall(right)))
        kept = BAD_BYTES.sub("", right)
        if 0 < bad <= (1 - READABLE) * len(data) and _is_ordinary(kept, FIRST):
            return True
    return False
