"""What speaks for a text to begin at a line, added up.

No single sign is proof. 工作总结 may be a title or a section, a date may close a letter or open a diary, 一、 may begin
a text or a list. So the signs in a line, above it, below it and on the whole page are weighed (`lexicon/essays.toml`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from corpus_tools.lexicon import table
from corpus_tools.strip.letterhead import is_label, letterhead
from corpus_tools.strip.lines import Line
from corpus_tools.strip.numbering import numbering
from corpus_tools.strip.plain_titles import plain_titles
from corpus_tools.strip.seams import Seams
from corpus_tools.strip.signs import closes, is_byline, is_name, named, sign
from corpus_tools.strip.title_words import ITEM, SENTENCE_END, bare_title, has_genre, is_title_like

TITLE_LINES = 3
MIN_PART = 6  # characters of a page's title that say which text is meant
PARTED = re.compile(r"\s*[|_]\s*|\s+[-—–]\s+")
LONG_TITLE = 80  # 关于转发…的通知
FAMILY = 4  # characters that titles of one kind begin or end in
KIND = 2  # characters of a kind's name: 制度
CLOSING = 3  # characters that closing lines of one kind begin or end in
GREETING = 4.0  # below a title that does not say what it is a salutation or its like must stand
NAMED = (
    "title",
    "doubled",
    "contents",
    "annex",
    "page",
    "tale",
    "signed",
)  # a title says what it is, or the page says that it is one
INTRO_REACH = 300  # characters of a paragraph that may introduce a collection
# 文档库 / 教学管理 / 工作方案; ——在座谈会上的发言, which goes on with the title above it
NO_TITLE = re.compile(rf"{ITEM.pattern}|[—–-]{{2}}|.*(?:[>»›]|\s/\s)|[上下]一[篇主条则页]")
FILE_SIZE = tuple("([._-|")  # goes on with the name of a file
MAX_AGAIN = 4  # a title is not printed more often
GLUED = 15  # characters of text that a title runs into


class Scored(NamedTuple):
    """A line that may begin a text, with what speaks for it."""

    line: int
    score: float  # 0 where nothing says that the line is a title
    own: float  # of it, what the line and those below it say: two titles of one text are compared by that
    signs: Mapping[str, float]


class Page(NamedTuple):
    """The lines of a page, and what it says of them elsewhere."""

    lines: Sequence[Line]
    seams: Seams
    announced: Mapping[int, int]  # the lines that the list of contents names

    def titles(self) -> tuple[str, ...]:
        """What may be the page's own title: those taken out, and its first lines."""
        return (*self.seams.titles, *(line.text for line in self.lines[:TITLE_LINES] if is_title_like(line.text)))

    def collects(self) -> bool:
        """Whether the page's title or introduction says that it holds several texts."""
        if any(map(_collection("titles").search, self.titles())):
            return True
        top = (line.text[:INTRO_REACH] for line in self.lines[:TITLE_LINES])
        told = (*self.seams.intros, *filter(_collection("voice").search, top))
        return any(map(_collection("introduced").search, told))


@cache
def _collection(name: str) -> re.Pattern[str]:
    return re.compile(table("essays.toml")["collection"][name])


class _Company(NamedTuple):
    """What the other candidates of the page show."""

    families: Counter[str]
    closings: Counter[str]
    openings: Counter[str]
    first: str  # the title that the page begins with, if a text stands right below it
    counts: Mapping[int, str]


def scores(page: Page, prose: int) -> list[Scored]:
    """The lines that may be titles, with what speaks for and against each; none where all of them stand at the top.

    `prose`: the line where the page's text begins.
    """
    candidates = [i for i in range(len(page.lines) - 1) if _may_be_title(page, i)]
    parts = _title_parts(page)
    closings = _closings(page.lines, candidates)
    tales = _tales(page, candidates, closings)
    signed = _signed(page.lines, candidates)
    own = {i: _own(page, i, parts, tales, signed) for i in candidates}
    speaking = [i for i in candidates if _speaks(own[i]) or _in_pattern(page.lines, i, closings)]
    if not any(i > prose for i in speaking):
        return []
    families = _families(page.lines, candidates)
    company = _Company(
        families,
        closings,
        _openings(page.lines, own),
        _first_title(page.lines, candidates),
        numbering(page.lines, speaking),
    )
    shown = {*speaking, *(i for i in candidates if i < prose)}
    return [_scored(page, i, own[i], company) for i in candidates if i in shown]


def _may_be_title(page: Page, i: int) -> bool:
    text = page.lines[i].text
    if len(text) > LONG_TITLE or text.endswith((*SENTENCE_END, ":")) or NO_TITLE.match(text):
        return False
    return (is_title_like(text) or has_genre(text) or i in page.announced) and not closes(text)


def _tales(page: Page, candidates: Sequence[int], closings: Counter[str]) -> frozenset[int]:
    """Titles known by the text below, where the page says that it is a collection or its texts close alike."""
    told = page.collects()
    if not told and not any(_in_pattern(page.lines, i, closings) for i in candidates):
        return frozenset()
    found = plain_titles(page.lines, (i for i in candidates if not _is_author(page.lines[i].text)))
    return found if told else frozenset(i for i in found if _in_pattern(page.lines, i, closings))


def _is_author(text: str) -> bool:
    return is_byline(text) or is_name(text)


def _signed(lines: Sequence[Line], candidates: Sequence[int]) -> frozenset[int]:
    """Lines with a person's name alone below them, and a text below that, where there are several."""
    found = [i for i in candidates if i + 2 < len(lines) and is_name(lines[i + 1].text)]
    found = [i for i in found if lines[i + 2].text.endswith(SENTENCE_END)]
    return frozenset(found if len(found) > 1 else ())


def _title_parts(page: Page) -> frozenset[str]:
    """What the page's title is made of, where it is made of several: 轮岗日记｜山那边的讲台_教育网."""
    split = (PARTED.split(title) for title in page.titles())
    return frozenset(bare_title(part) for parts in split if len(parts) > 1 for part in parts)


def _own(
    page: Page, i: int, page_parts: frozenset[str], tales: frozenset[int], signed: frozenset[int]
) -> dict[str, float]:
    """What a line and those that belong to it say."""
    weights = table("essays.toml")["weights"]
    title = bare_title(page.lines[i].text)
    kind = named(title)
    # where a line of the site parts the two, the first is the page's title
    again = 0 if i + 1 in page.seams.cut else printed_again(page.lines, i, title)
    return {
        "title": kind,
        "front": sign("front", title) if kind > 0 else 0.0,
        "doubled": weights["tripled" if again > 1 else "doubled"] * (again > 0),
        "contents": weights["contents"] * (i in page.announced),
        "page": weights["page"] * (title in page_parts and len(title) >= MIN_PART),
        "annex": weights["annex"] * is_label(page.lines[letterhead(page.lines, i)].text),
        "tale": weights["tale"] * (i in tales),
        "signed": weights["signed"] * (i in signed),
        "below": _below(page.lines, i + 1 + again),
    }


def _speaks(own: Mapping[str, float]) -> bool:
    return any(own[name] > 0 for name in NAMED) or own["below"] >= GREETING


def _scored(page: Page, i: int, own: dict[str, float], company: _Company) -> Scored:
    lines, cut = page.lines, page.seams.cut
    weights = table("essays.toml")["weights"]
    title, top = bare_title(lines[i].text), letterhead(lines, i)
    in_pattern = _in_pattern(lines, i, company.closings)
    repeated = in_pattern or company.openings[lines[i + 1].text[:CLOSING]] > 1
    around = {
        "family": weights["family"] * (max(company.families[title[:FAMILY]], company.families[title[-FAMILY:]]) > 1),
        "pattern": weights["pattern"] * repeated,
        "sibling": weights["sibling"] * _siblings(title, company.first),
        "markdown": weights["markdown"] * lines[i].text.startswith(("#", "**")),
        "cut": weights["cut"] * (i in cut),
        "above": _above(lines, top, own["annex"] > 0 or own["contents"] > 0 or i in cut or top in cut),
        "numbering": weights.get(company.counts.get(i, ""), 0.0),
    }
    total = sum(own.values()) + sum(around.values()) if in_pattern or _speaks(own) else 0.0
    return Scored(i, total, sum(own.values()), own | around)


def _families(lines: Sequence[Line], candidates: Iterable[int]) -> Counter[str]:
    """How many different titles of the page begin or end in the same words."""
    titles = {bare_title(lines[i].text) for i in candidates if has_genre(lines[i].text)}
    return Counter(part for title in titles if len(title) > FAMILY + 1 for part in {title[:FAMILY], title[-FAMILY:]})


def _closings(lines: Sequence[Line], candidates: Iterable[int]) -> Counter[str]:
    """How the lines above the candidates and the page's last line close a text, and how often: 指导教师, 供稿)."""
    ends = [line.text for line in (*(lines[i - 1] for i in candidates if i), *lines[-1:])]
    return Counter(part for text in ends if closes(text) for part in {text[:CLOSING], text[-CLOSING:]})


def _openings(lines: Sequence[Line], own: Mapping[int, Mapping[str, float]]) -> Counter[str]:
    """How the lines below the candidates greet or name the author, and how often: 作者:, 亲爱的."""
    return Counter(lines[i + 1].text[:CLOSING] for i, signs in own.items() if signs["below"] >= GREETING)


def _in_pattern(lines: Sequence[Line], i: int, closings: Counter[str]) -> bool:
    above = lines[i - 1].text if i else ""
    return max(closings[above[:CLOSING]], closings[above[-CLOSING:]]) > 1 and closes(above)


def _first_title(lines: Sequence[Line], candidates: Sequence[int]) -> str:
    below = lines[1].text if candidates[0] == 0 else ""
    return bare_title(lines[0].text) if ITEM.match(below) or below.endswith(SENTENCE_END) else ""


def _siblings(title: str, first: str) -> bool:
    """Whether two titles are of one make: 教师例会制度, 教师进修制度."""
    return bool(first) and title != first and title[-KIND:] == first[-KIND:] and abs(len(title) - len(first)) <= KIND


def _above(lines: Sequence[Line], top: int, parted: bool) -> float:
    """What the line above says; an unfinished one speaks against a seam, unless something else parts the two."""
    weight = sign("above", lines[top - 1].text) if top else 0.0
    return max(weight, 0.0) if parted else weight


def _below(lines: Sequence[Line], near: int) -> float:
    """What the line below says, or the one behind it where that is a subtitle, a byline or a number."""
    if near >= len(lines):
        return 0.0
    weight = sign("below", lines[near].text)
    if near + 1 < len(lines) and (weight or lines[near].text.startswith("(")):
        weight = max(weight, sign("below", lines[near + 1].text))
    return weight


def printed_again(lines: Sequence[Line], i: int, title: str) -> int:
    """On how many lines below line `i` its bare title is printed again, alone or run into the text.

    A title of no kind that is printed again once may begin the text by chance, not one that is printed twice.
    """
    if len(title) < 4 or (len(title) == 4 and not has_genre(title)):
        return 0
    again, end = i + 1, min(len(lines), i + 1 + MAX_AGAIN)
    while again < end and lines[again].text[-1] == lines[i].text[-1] and bare_title(lines[again].text) == title:
        again += 1
    following = lines[again].text if again < len(lines) else ""
    glued = len(following) > len(title) + GLUED and following.startswith(title) and (again > i + 1 or has_genre(title))
    return again - i - 1 + (glued and not following.startswith(FILE_SIZE, len(title)))
