"""Texts that are put one after the other without a number: where each begins.

A text begins where the evidence suffices. The first seam of a page asks for more than those after it: most pages are
one text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import pairwise

from corpus_tools.lexicon import table, words
from corpus_tools.strip.evidence import GREETING, Page, Scored, scores
from corpus_tools.strip.heads import Head, titled_head, untitled_head
from corpus_tools.strip.letterhead import MAX_LINES, is_label, titled
from corpus_tools.strip.lines import Line
from corpus_tools.strip.numbering import FIRST
from corpus_tools.strip.seams import Seams
from corpus_tools.strip.signs import closes, sign
from corpus_tools.strip.title_words import ITEM, SENTENCE_END, bare_title, is_title_like

BODY_LINES = 3  # below a title its text begins soon
PROSE = 25  # a line of prose is longer
MIN_TEXT = 12  # characters of prose that make a text
MAX_LEAD = 600  # a site introduces its collection in fewer characters
FAR = 5  # lines from one rule to the next that has lost its title
NEAR = 3  # lines, and paragraphs in them, that a text has at least
THANKS = 3.0  # what closes a text beyond doubt
MIN_NAME = 6  # characters of a paper's name that another's title quotes
# 小编为大家整理: the site speaks
SITE_VOICE = re.compile(
    r"小编|本站|网友|范文|为大家|希望对|欢迎(?:大家|各位|您|你|来|阅读|下载|参考|借鉴|收藏|关注|访问|光临|转[载发])|参考|[下加]载|编者按|楼主|关注我们"
)
COLLECTION = re.compile(
    r"汇编|合集|合辑|选编|文选|文集|资料|汇总|集锦|大全|精选|选登|选刊|(?:\d+\s?|[二两三四五六七八九十])[篇则份封]"
)
# 尊敬的各位领导、亲爱的老师们，大家上午好！
HAIL = re.compile(r"(?:尊敬的|敬爱的|亲爱的|各位|同志们|老师们|同学们)[^。!?;]{0,50}好[!。]")
CLOSED = ("。", "!", ")")  # how the paragraph above a text that has lost its title ends
FIRST_ITEM = re.compile(r"(?:#{1,6}\s*)?(?:[一壹1][、.．]|[(][一1][)]|第[一1][条章])")
OPENING_CHARS = frozenset("为根按依尊敬亲各同老")  # of the sentence that opens a rule, of a greeting
MANY = 3  # texts that make a collection of all kinds
TELLS_SOON = 40  # characters in which one who tells of himself says so
# 水滴的声音; 我的感悟, 今后打算 head a section
TALE = re.compile(r"[^我感悟获体会望思结语打算附注做法:,。、!?()\d]{3,16}")
# 《教师交流办法》解读
QUOTED = re.compile(r"《(?P<name>[^《》]+)》")


def opening_heads(lines: Sequence[Line], seams: Seams, announced: Mapping[int, int]) -> list[Head]:
    """The heads of texts put one after the other; empty where the page is one text or shows no seams."""
    page = Page(lines, seams, announced)
    prose = next((i for i, line in enumerate(lines) if _is_prose(line.text)), len(lines))
    scored = scores(page, prose)
    heads = _chosen(lines, [entry for entry in scored if entry.line > prose], _enough(page, scored))
    if not heads:
        heads = [untitled_head(lines, i) for i in range(prose + NEAR, len(lines) - 1) if _hails(page, i)]
    if not heads:
        return []
    if not _introduces(lines[: heads[0].line]):
        heads.insert(0, _first_head(lines, [entry for entry in scored if entry.line < prose]))
    heads += [*_untitled(page, heads), *_nameless(lines, heads)]
    return _with_annexes(lines, sorted(heads)) if len(heads) > 1 else []


def _is_prose(text: str) -> bool:
    return text.endswith(SENTENCE_END) or (len(text) > PROSE and ("," in text or text.endswith(":")))


def _enough(page: Page, scored: Sequence[Scored]) -> float:
    """The score that makes a seam: less where the page shows otherwise that it holds several texts."""
    need = table("essays.toml")["need"]
    strong = [entry.line for entry in scored if entry.score >= need["lone"]]
    several = len(page.announced) > 1 or any(b - a > MAX_LINES for a, b in pairwise(strong))
    return float(
        need["company" if several or page.collects() or any(map(COLLECTION.search, page.titles())) else "lone"]
    )


def _chosen(lines: Sequence[Line], scored: Sequence[Scored], enough: float) -> list[Head]:
    """The lines where the evidence suffices, each with a text above and below it."""
    heads: list[Head] = []
    best = 0.0
    for entry in scored:
        if entry.score < enough or not _has_body(lines, entry.line):
            continue
        head = titled(lines, entry.line)
        if not heads or _text_between(lines, heads[-1].last + 1, head.line):
            heads.append(head)
            best = entry.own
        elif entry.own > best:
            heads[-1] = head
            best = entry.own
    return heads


def _has_body(lines: Sequence[Line], i: int) -> bool:
    below = (line.text for line in lines[i + 1 : i + 1 + BODY_LINES] if not closes(line.text))
    return any(_is_prose(text) or ITEM.match(text) or sign("below", text) > 1 for text in below)


def _text_between(lines: Sequence[Line], first: int, last: int) -> bool:
    return sum(len(line.text) for line in lines[first:last] if _is_prose(line.text)) >= MIN_TEXT


def _introduces(above: Sequence[Line]) -> bool:
    """Whether what stands above the first seam is the site's introduction and not a text of its own."""
    prose = [line.text for line in above if _is_prose(line.text)]
    length = sum(map(len, prose))
    voiced = sum(len(line) for line in prose if SITE_VOICE.search(line))
    return length < MIN_TEXT or (length <= MAX_LEAD and 2 * voiced > length)


def _first_head(lines: Sequence[Line], top: Sequence[Scored]) -> Head:
    """The head of the first of several texts: the title above its prose for which most speaks, else the first line."""
    # 听课制度(2篇), printed twice above its text, is that text's title all the same
    collection = [e.line for e in top if COLLECTION.search(lines[e.line].text) and not e.signs["doubled"]]
    own = [entry for entry in top if entry.line not in collection]
    best = max(own, key=lambda entry: (entry.own, -entry.line), default=None)
    if best and (best.own > 0 or any(i < best.line for i in collection)):
        return titled(lines, best.line)
    has_title = is_title_like(lines[0].text) and not ITEM.match(lines[0].text)
    return titled_head(lines, 0) if has_title else untitled_head(lines, 0)


def _untitled(page: Page, heads: Sequence[Head]) -> list[Head]:
    """The first lines of rules and speeches that have lost their titles, among texts glued together."""
    found: list[Head] = []
    for before, after in _stretches(heads, len(page.lines)) if len(heads) > 1 else ():
        last = before
        for i in range(before + NEAR + 1, after):
            if page.lines[i].text[0] not in OPENING_CHARS or i - last <= NEAR:
                continue
            far = i - last > FAR
            if (_enacts(page.lines, i) and (far or _paragraphs(page.lines[last:i]) >= NEAR)) or (
                far and _hails(page, i)
            ):
                found.append(untitled_head(page.lines, i))
                last = i
    return found


def _paragraphs(lines: Sequence[Line]) -> int:
    return sum(line.text.endswith("。") for line in lines)


def _enacts(lines: Sequence[Line], i: int) -> bool:
    """Whether line `i` is the sentence that opens a rule, or one that opens a plan whose items stand below."""
    text = lines[i].text
    if not text.startswith(words("essays.toml", "enacting", "begins")) or not lines[i - 1].text.endswith(CLOSED):
        return False
    counts = i + 1 < len(lines) and FIRST_ITEM.match(lines[i + 1].text)
    return bool(_opening("pattern").match(text) or (counts and _opening("arranging").match(text)))


def _hails(page: Page, i: int) -> bool:
    """Whether line `i` greets an audience, and what stands above it is at an end."""
    text = page.lines[i].text
    if text.endswith(":"):  # 谢谢大家！ / 各位领导、各位老师：
        return sign("below", text) >= GREETING and sign("above", page.lines[i - 1].text) >= THANKS
    hails = text.endswith(("好!", "好。")) and HAIL.fullmatch(text)
    return bool(hails) and (i in page.seams.cut or closes(page.lines[i - 1].text))


def _nameless(lines: Sequence[Line], heads: Sequence[Head]) -> list[Head]:
    """The titles of tales among papers: behind the last item of a numbered text, above one who says 我."""
    found: list[Head] = []
    for before, after in _stretches(heads, len(lines)) if len(heads) >= MANY else ():
        items = (i for i in range(after - 1, before, -1) if lines[i].text[0] in FIRST and ITEM.match(lines[i].text))
        behind = range(next(items, after) + 2, after - 1)
        tale = next((i for i in behind if _titles_tale(lines, i)), None)
        if tale is not None and next(items, None) is not None:
            found.append(titled_head(lines, tale))
    return found


def _titles_tale(lines: Sequence[Line], i: int) -> bool:
    above, title, below = (line.text for line in lines[i - 1 : i + 2])
    named = TALE.fullmatch(title) and not title.endswith(words("titles.toml", "heading_ends"))
    return bool(named) and above.endswith(("。", "!", "”")) and len(below) > PROSE and "我" in below[:TELLS_SOON]


def _stretches(heads: Sequence[Head], end: int) -> Iterator[tuple[int, int]]:
    starts = [head.line for head in heads]
    yield from zip(starts, [*starts[1:], end], strict=True)


@cache
def _opening(name: str) -> re.Pattern[str]:
    return re.compile(table("essays.toml")["enacting"][name])


def _with_annexes(lines: Sequence[Line], heads: Sequence[Head]) -> list[Head]:
    """The heads, those of what the first text issues or encloses named `annex`: all of it is one office's document."""
    first = lines[heads[0].last].text
    return [heads[0], *(head._replace(kind="annex") if _encloses(lines, first, head) else head for head in heads[1:])]


def _encloses(lines: Sequence[Line], first: str, head: Head) -> bool:
    title = bare_title(lines[head.last].text)
    quoted = QUOTED.match(title)
    name = quoted["name"] if quoted else title
    return is_label(lines[head.line].text) or (len(name) >= MIN_NAME and name in first)
