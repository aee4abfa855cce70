"""Texts that are put one after the other without a number: where each begins.

No single sign is proof. 工作总结 may be a title or a section, a date may close a letter or open a diary, 一、 may begin
a text or a list. So the signs in a line, above it, below it and on the whole page are weighed (`lexicon/essays.toml`)
and added up, and a text begins where they suffice. The first seam of a page asks for more than those after it: most
pages are one text.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Sized
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from corpus_tools.lexicon import table, words
from corpus_tools.strip.heads import Head
from corpus_tools.strip.lines import Line
from corpus_tools.strip.numbering import numbering
from corpus_tools.strip.seams import Seams
from corpus_tools.strip.title_words import ITEM, SENTENCE_END, bare_title, has_genre, is_title_like

LONG_TITLE = 80  # 关于转发…的通知
BODY_LINES = 3  # below a title its text begins soon
PROSE = 25  # a line of prose is longer
MIN_TEXT = 12  # characters of prose that make a text
CLOSING = 3  # characters that closing lines of one kind begin with
LETTERHEAD = 4  # lines that may stand above a title and belong to it
MAX_LEAD = 600  # a site introduces its collection in fewer characters
FAR = 5  # lines from one rule to the next that has lost its title
FAMILY = 4  # characters that titles of one kind end in
# 小编为大家整理: the site speaks
SITE_VOICE = re.compile(r"小编|本站|范文|为大家|希望对|欢迎|参考|[下加]载")
COLLECTION = re.compile(
    r"汇编|合集|选编|文选|文集|资料|汇总|集锦|资料集|文件集|大全|精选|选登|选刊|\d+\s?篇|[二三四五六七八九十]篇"
)
REACH = 240  # characters of a paragraph's end or beginning that are looked at
RECENT = 2048  # lines that are remembered: strip and segment ask about the same ones
CLOSES = 2.0  # a line that says so by as much closes a text and titles none
NAMED = ("title", "doubled", "contents", "annex")  # a title says what it is, or the page says that it is one
GREETING = 4.0  # below any other title a salutation or its like must stand
# 《教师交流办法》解读
QUOTED = re.compile(r"《(?P<name>[^《》]+)》")
MIN_NAME = 6
PATH = re.compile(r"[>»›]|\s/\s")  # 文档库 / 教学管理 / 工作方案
# 支教日记之二, 教师述职报告2, 座谈会纪要(摘录)
COUNTED_END = re.compile(r"(?:[(][^()]{1,14}[)]|\d{1,2}|之[一二三四五六七八九十])$")
COUNTED_ENDS = tuple(")0123456789一二三四五六七八九十")
FILE_SIZE = tuple("([._-|")


class Scored(NamedTuple):
    """A line that may begin a text, with what speaks for it."""

    line: int
    score: float
    own: float  # of it, what the line and those below it say: two titles of one text are compared by that
    signs: str  # what was found, for tests and for readers


class _Page(NamedTuple):
    """What is looked up for every candidate."""

    lines: Sequence[Line]
    seams: Seams
    announced: Mapping[int, int]  # by the list of contents
    families: Counter[str]
    closings: Counter[str]


class _Signs(NamedTuple):
    """The signs of one place in one pattern, tried in their order, and the weight of each."""

    pattern: re.Pattern[str]
    weights: dict[str, float]


@cache
def _signs(place: str) -> _Signs:
    rows = {f"sign{i}": row for i, row in enumerate(table("essays.toml")[place])}
    return _Signs(
        re.compile("|".join(f"(?P<{name}>{row['pattern']})" for name, row in rows.items())),
        {name: row["weight"] for name, row in rows.items()},
    )


@lru_cache(maxsize=RECENT)
def sign(place: str, line: str) -> float:
    """The weight of the first sign at a place that a folded line shows, 0 where it shows none."""
    signs = _signs(place)
    found = signs.pattern.fullmatch(line)
    return signs.weights[found.lastgroup] if found and found.lastgroup else 0.0


class _Kinds(NamedTuple):
    """The names of kinds of texts, and what a title that ends in one weighs: long, short."""

    names: tuple[str, ...]
    weights: tuple[float, float]


@cache
def _kinds() -> tuple[_Kinds, _Kinds]:
    kinds = table("essays.toml")["kinds"]
    sure, doubtful = (
        _Kinds(tuple(sorted(kinds[name], key=len, reverse=True)), tuple(kinds["weights"][name]))
        for name in ("sure", "doubtful")
    )
    return sure, doubtful


def named(title: str) -> float:
    """How surely a bare title names a text: 0 where it ends in no kind's name, less where it is a task.

    >>> [named(title) for title in ("城东小学教师交流方案", "完善教师交流制度", "孩子们的春天")]
    [3.0, -3.0, 0.0]
    """
    bare = COUNTED_END.sub("", title) if title[-1:] in COUNTED_ENDS else title
    kind = next((kind for kind in _kinds() if bare.endswith(kind.names)), None)
    if kind is None:
        return 0.0
    before = len(bare) - len(next(name for name in kind.names if bare.endswith(name)))
    if title.startswith(words("essays.toml", "kinds", "tasks")) and not bare.endswith(
        words("essays.toml", "kinds", "papers")
    ):
        return float(table("essays.toml")["kinds"]["task"])
    return kind.weights[before < table("essays.toml")["kinds"]["long"]] if before > 1 else 0.0


def opening_heads(lines: Sequence[Line], seams: Seams, announced: Mapping[int, int]) -> list[Head]:
    """The heads of texts put one after the other; empty where the page is one text or shows no seams."""
    scored = scores(lines, seams, announced)
    prose = next((i for i, line in enumerate(lines) if _is_prose(line.text)), len(lines))
    heads = _chosen(lines, [entry for entry in scored if entry.line > prose], _enough(lines, seams, scored, announced))
    if not heads:
        return []
    if not _introduces(lines[: heads[0].line]):
        heads.insert(0, _first_head(lines, scored, prose))
    heads += _untitled(lines, heads)
    return _with_annexes(lines, sorted(heads)) if len(heads) > 1 else []


def scores(lines: Sequence[Line], seams: Seams, announced: Mapping[int, int]) -> list[Scored]:
    """The lines that could be titles of texts, with what speaks for and against each."""
    candidates = [
        i
        for i in range(len(lines) - 1)
        if (i in announced or _may_be_title(lines[i].text)) and sign("above", lines[i].text) < CLOSES
    ]
    if not candidates:
        return []
    page = _Page(lines, seams, announced, _families(lines, candidates), _closings(lines, candidates))
    counts = numbering(lines, candidates)
    return [_scored(page, i, counts[i]) for i in candidates]


def _may_be_title(text: str) -> bool:
    if ITEM.match(text) or PATH.search(text):
        return False
    return is_title_like(text) or (
        len(text) <= LONG_TITLE and not text.endswith((*SENTENCE_END, ":")) and has_genre(text)
    )


def _families(lines: Sequence[Line], candidates: Iterable[int]) -> Counter[str]:
    """How many different titles of the page begin or end in the same words."""
    titles = {bare_title(lines[i].text) for i in candidates if has_genre(lines[i].text)}
    return Counter(words for title in titles if len(title) > FAMILY + 1 for words in {title[:FAMILY], title[-FAMILY:]})


def _closings(lines: Sequence[Line], candidates: Iterable[int]) -> Counter[str]:
    """How the lines above the candidates close a text, and how often: 指导教师, (通讯员."""
    above = (lines[i - 1].text for i in candidates if i)
    return Counter(text[:CLOSING] for text in above if sign("above", text[-REACH:]) >= CLOSES)


def _scored(page: _Page, i: int, count: str) -> Scored:
    lines, seams = page.lines, page.seams
    text = lines[i].text
    weights = table("essays.toml")["weights"]
    title = bare_title(text)
    kind = named(title)
    top = _letterhead(lines, i)
    own = {
        "title": kind,
        "front": sign("front", title) if kind > 0 else 0.0,
        "doubled": weights["doubled"] * (_printed_again(lines, i) > 0),
        "contents": weights["contents"] * (i in page.announced),
        "annex": weights["annex"] * (top < i and _is_label(lines[top].text)),
        "below": _below(lines, i),
    }
    around = {
        "family": weights["family"] * (max(page.families[title[:FAMILY]], page.families[title[-FAMILY:]]) > 1),
        "pattern": weights["pattern"] * (i > 0 and page.closings[lines[i - 1].text[:CLOSING]] > 1),
        "markdown": weights["markdown"] * text.startswith(("#", "**")),
        "cut": weights["cut"] * (i in seams.cut),
        "above": _above(lines, top, own["annex"] > 0 or not seams.cut.isdisjoint((i, top))),
        "numbering": weights.get(count, 0.0),
    }
    speaks = any(own[name] > 0 for name in NAMED) or own["below"] >= GREETING or around["pattern"]
    total = sum(own.values()) + sum(around.values()) if speaks else 0.0
    signs = " ".join(f"{name}{weight:+g}" for name, weight in (own | around).items() if weight)
    return Scored(i, total, sum(own.values()), signs)


def _above(lines: Sequence[Line], top: int, parted: bool) -> float:
    """What the line above says; an unfinished one speaks against a seam, unless something else parts the two."""
    if top == 0:
        return 0.0
    weight = sign("above", lines[top - 1].text[-REACH:])
    return max(weight, 0.0) if parted else weight


def _below(lines: Sequence[Line], i: int) -> float:
    """What the next line says, or the one behind a subtitle, a byline or a number."""
    near = i + 1 + _printed_again(lines, i)
    if near >= len(lines):
        return 0.0
    weight = sign("below", lines[near].text[:REACH])
    if near + 1 < len(lines) and (weight or lines[near].text.startswith("(")):
        weight = max(weight, sign("below", lines[near + 1].text[:REACH]))
    return weight


def _printed_again(lines: Sequence[Line], i: int) -> int:
    """On how many lines below the title of line `i` is printed again, alone or run into the text."""
    title = bare_title(lines[i].text)
    if len(title) < 4 or (len(title) == 4 and not has_genre(title)):
        return 0
    again = i + 1
    while again < len(lines) and bare_title(lines[again].text) == title:
        again += 1
    following = lines[again].text if again < len(lines) else ""
    glued = len(following) > len(title) + 15 and following.startswith(title) and has_genre(title)
    return again - i - 1 + (glued and not following.startswith(FILE_SIZE, len(title)))


def _enough(lines: Sequence[Line], seams: Seams, scored: Sequence[Scored], announced: Sized) -> float:
    """The score that makes a seam: less where the page shows otherwise that it holds several texts."""
    need = table("essays.toml")["need"]
    strong = [entry.line for entry in scored if entry.score >= need["lone"]]
    several = any(b - a > LETTERHEAD for a, b in pairwise(strong))
    titles = [*seams.titles, *(line.text for line in lines[:3] if is_title_like(line.text))]
    collection = any(map(COLLECTION.search, titles))
    return float(need["company" if several or collection or len(announced) > 1 else "lone"])


def _chosen(lines: Sequence[Line], scored: Sequence[Scored], enough: float) -> list[Head]:
    """The lines where the signs suffice, each with a text above and below it."""
    heads: list[Head] = []
    best = 0.0
    for entry in scored:
        if entry.score < enough or not _has_body(lines, entry):
            continue
        head = _head(lines, _letterhead(lines, entry.line), entry.line)
        if not heads or _text_between(lines, heads[-1].last + 1, head.line):
            heads.append(head)
            best = entry.own
        elif entry.own > best:
            heads[-1] = head
            best = entry.own
    return heads


def _text_between(lines: Sequence[Line], first: int, last: int) -> bool:
    return sum(len(line.text) for line in lines[first:last] if _is_prose(line.text)) >= MIN_TEXT


def _is_prose(text: str) -> bool:
    return text.endswith(SENTENCE_END) or (len(text) > PROSE and ("," in text or text.endswith(":")))


def _with_annexes(lines: Sequence[Line], heads: Sequence[Head]) -> list[Head]:
    """The heads, those of what the first text issues or encloses named `annex`: all of it is one office's document."""
    first = lines[heads[0].last].text
    return [heads[0], *(head._replace(kind="annex") if _encloses(lines, first, head) else head for head in heads[1:])]


def _encloses(lines: Sequence[Line], first: str, head: Head) -> bool:
    title = bare_title(lines[head.last].text)
    quoted = QUOTED.match(title)
    name = quoted["name"] if quoted else title
    return _is_label(lines[head.line].text) or (len(name) >= MIN_NAME and name in first)


def _has_body(lines: Sequence[Line], entry: Scored) -> bool:
    below = [
        line
        for line in lines[entry.line + 1 : entry.line + 1 + BODY_LINES]
        if sign("above", line.text[-REACH:]) < CLOSES
    ]
    if not below:
        return False
    return any(_is_prose(line.text) or ITEM.match(line.text) or sign("below", line.text[:REACH]) > 1 for line in below)


def _head(lines: Sequence[Line], top: int, i: int) -> Head:
    """The head of the text titled by line `i`, whose letterhead begins at line `top`."""
    first = next((at for at in range(top, i) if not _paper().fullmatch(lines[at].text)), i)
    return Head(top, lines[top].start, lines[i].end, "title", 0, lines[first].start, i)


def _letterhead(lines: Sequence[Line], i: int) -> int:
    """The first of the lines above a title that belong to it: the label of an annex, the body's name, its number."""
    top = i
    while top > max(0, i - LETTERHEAD) and _belongs_below(lines, top):
        top -= 1
    return top


def _belongs_below(lines: Sequence[Line], i: int) -> bool:
    above = lines[i - 1].text
    if _is_label(above) or _paper().fullmatch(above):
        return True
    if lines[i].text.startswith("关于"):
        return bool(_body_name().fullmatch(above))
    return _begins_title(above) and has_genre(lines[i].text) and not sign("front", lines[i].text)


def _begins_title(line: str) -> bool:
    """Whether a line is the first half of a title that is too long for one: 某县义务教育教师⏎交流工作实施方案."""
    return is_title_like(line) and not has_genre(line) and sign("front", line) > 0 and sign("above", line) < 0


def _is_label(line: str) -> bool:
    return bool(_label().fullmatch(line))


@cache
def _label() -> re.Pattern[str]:
    return re.compile(table("essays.toml")["letterhead"]["label"])


@cache
def _paper() -> re.Pattern[str]:
    return re.compile(table("essays.toml")["letterhead"]["paper"])


@cache
def _body_name() -> re.Pattern[str]:
    return re.compile(table("essays.toml")["letterhead"]["body"])


@cache
def _enacting() -> re.Pattern[str]:
    return re.compile(table("essays.toml")["enacting"]["pattern"])


def _untitled(lines: Sequence[Line], heads: Sequence[Head]) -> list[Head]:
    """The enacting sentences of rules that have lost their titles, among texts glued together."""
    if len(heads) < 2:
        return []
    found: list[Head] = []
    for before, after in _stretches(heads, len(lines)):
        last = before
        for i in range(before + 1, after):
            opens = lines[i].text.startswith(("为", "根据", "按照", "依据")) and _enacting().match(lines[i].text)
            if opens and i - last > FAR and lines[i - 1].text.endswith(("。", "!", ")")):
                found.append(Head(i, lines[i].start, lines[i].start, "opening", 0, lines[i].start, i))
                last = i
    return found


def _stretches(heads: Sequence[Head], end: int) -> Iterator[tuple[int, int]]:
    starts = [head.line for head in heads]
    yield from zip(starts, [*starts[1:], end], strict=True)


def _introduces(above: Sequence[Line]) -> bool:
    """Whether what stands above the first seam is the site's introduction and not a text of its own."""
    prose = [line.text for line in above if _is_prose(line.text)]
    length = sum(map(len, prose))
    voiced = sum(len(line) for line in prose if SITE_VOICE.search(line))
    return length < MIN_TEXT or (length <= MAX_LEAD and 2 * voiced > length)


def _first_head(lines: Sequence[Line], scored: Sequence[Scored], prose: int) -> Head:
    """The head of the first of several texts: the title above its prose for which most speaks, else the first line."""
    titled = [entry for entry in scored if entry.line < prose and entry.own > 0]
    if not titled:
        titled_at = is_title_like(lines[0].text) and not ITEM.match(lines[0].text)
        end = lines[0].end if titled_at else lines[0].start
        return Head(0, lines[0].start, end, "title" if titled_at else "opening", 0, lines[0].start, 0)
    best = max(titled, key=lambda entry: (entry.own, -entry.line))
    return _head(lines, _letterhead(lines, best.line), best.line)
