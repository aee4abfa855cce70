"""Headings that are as many as the page's title promises: three of a kind under 交流心得(精选3篇)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from corpus_tools.strip.heads import Head, titled_head
from corpus_tools.strip.lines import Line
from corpus_tools.strip.plain_titles import is_day, is_text
from corpus_tools.strip.signs import is_byline, named, sign
from corpus_tools.strip.title_words import NUMBER, SENTENCE_END, bare_title, has_genre, is_title_like, number_of

# 交流心得(精选3篇): how many texts the page's title promises
PROMISE = re.compile(rf"(?<![第\d])(?P<count>{NUMBER}|两)\s?[篇份则](?:[^。]{{0,6}}[)】\]]|$)")
# （一） alone / （一）初到山村 / 【一】; 一、教师总结; 1、教师总结; ## 我的支教日记; 01
NUMBERED = re.compile(
    r"(?P<marks>(?:#{1,6}\s*)?(?:\*\*)?)(?:[(【\[]\s?(?P<paren>N)\s?[)】\]][、.:]?|(?P<han>H)、|(?P<digit>\d{1,2})[、.．]|"
    r"(?:Part|PART|其)?\s?[.]?(?P<alone>N)(?=\s*(?:\*\*)?$))(?P<title>.*)".replace("N", NUMBER).replace(
        "H", "[一二三四五六七八九十]{1,3}"
    )
)
# 骨干教师送教下乡材料 骨干教师轮岗交流材料: a site's name for texts of two kinds
TWO_NAMES = re.compile(r"[^\s,。:]{6,}\s[^\s,。:]{6,}")
VOICE = re.compile(r"小编|范文|网友")  # the site speaks
MIN_TALES = 3
HASHES = re.compile(r"#{1,6}(?=\s)")
TITLE_LINES = 8
MAX_TITLE = 40
PROSE = 25  # a paragraph is longer
OPENS = 2.0  # signs as strong are not met by chance


def promised_heads(lines: Sequence[Line], titles: Sequence[str]) -> list[Head]:
    """The first kind of headings that come exactly as often as the page's title says; `titles`: those taken out."""
    said = [*titles, *(line.text for line in lines[:TITLE_LINES])]
    promise = next(filter(None, map(PROMISE.search, said)), None)
    count = number_of(promise["count"].replace("两", "二")) if promise else 0
    if not 2 <= count <= 100:
        return []
    series = [places for places in _kinds(lines).values() if len(places) == count and _apart(places)]
    best = min(series, default=[])
    return [titled_head(lines, i, "part", n) for n, i in enumerate(best, 1)]


def numbered_papers(lines: Sequence[Line]) -> list[Head]:
    """Titles that count and say what they are, with the openings of texts below them: （一）某校交流总结."""
    for style, places in _kinds(lines).items():
        if style in ("paren", "han", "digit") and len(places) > 1 and all(_is_paper(lines[i].text) for i in places):
            opened = sum(sign("below", lines[i + 1].text) >= OPENS for i in places if i + 1 < len(lines))
            if 2 * opened >= len(places) and _apart(places):
                return [titled_head(lines, i, "part", n) for n, i in enumerate(places, 1)]
    return []


def numbered_tales(lines: Sequence[Line], titles: Sequence[str]) -> list[Head]:
    """Titles in brackets that count from the page's first line on, each above a text of its own: （一）送教路上.

    The parts of one text count so too; that there are several the page's title says: A材料 B材料.
    """
    said = [*titles, *(line.text for line in lines[:1])]
    places = _kinds(lines).get("paren", []) if any(map(TWO_NAMES.fullmatch, said)) else []
    if len(places) < MIN_TALES or any(
        not VOICE.search(line.text) for line in lines[: places[0]] if line.text not in said
    ):
        return []
    if not all(is_text(lines[a + 1 : b]) for a, b in pairwise([*places, len(lines)])):
        return []
    return [titled_head(lines, i, "part", n) for n, i in enumerate(places, 1)]


def _is_paper(text: str) -> bool:
    numbered = NUMBERED.fullmatch(text)
    return numbered is not None and named(bare_title(numbered["title"])) >= OPENS


def _kinds(lines: Sequence[Line]) -> Mapping[str, list[int]]:
    """The headings of the page by how they are marked; those that are counted only where they count 1, 2, 3."""
    kinds: dict[str, list[int]] = {}
    broken: set[str] = set()
    for i, line in enumerate(lines):
        if i == 0 and PROMISE.search(line.text):
            continue
        for kind, number in _marks(lines, i):
            places = kinds.setdefault(kind, [])
            places.append(i)
            if number not in (0, len(places)):
                broken.add(kind)
    return {kind: kinds[kind] for kind in sorted(kinds) if kind not in broken}


def _marks(lines: Sequence[Line], i: int) -> Iterator[tuple[str, int]]:
    """How a line is marked as a heading, with its number, 0 where it has none."""
    text = lines[i].text
    if len(text) > MAX_TITLE or text.endswith((*SENTENCE_END, ":")) or "。" in text:
        return
    hashes = HASHES.match(text)
    numbered = NUMBERED.fullmatch(text)
    if hashes:
        yield hashes[0], 0
    if numbered:
        style = next(name for name in ("paren", "han", "digit", "alone") if numbered[name])
        number = number_of(numbered[style])
        yield style if numbered["title"] else "alone", number
        if numbered["title"] and has_genre(numbered["title"]):
            yield f"{style} named", number  # 一、支教总结, with a 一、 and a 二、 of its own
    elif not hashes and _stands_over_prose(lines, i):
        yield "bare", 0


def _stands_over_prose(lines: Sequence[Line], i: int) -> bool:
    """Whether a line is a title with nothing to mark it: after a finished paragraph and above another."""
    text = lines[i].text
    if i + 1 == len(lines) or not is_title_like(text) or is_byline(text) or is_day(text):
        return False
    following = lines[i + 2 if i + 2 < len(lines) and is_byline(lines[i + 1].text) else i + 1].text
    after = i == 0 or len(lines[i - 1].text) <= MAX_TITLE or lines[i - 1].text.endswith(SENTENCE_END)
    return after and ((len(following) > PROSE and following.endswith(SENTENCE_END)) or following.endswith(":"))


def _apart(places: Sequence[int]) -> bool:
    return all(b - a > 1 for a, b in pairwise(places))
