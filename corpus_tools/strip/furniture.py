"""What on a page is the site's own, with the rule that says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from corpus_tools.lexicon import table
from corpus_tools.records import Doubt
from corpus_tools.strip.blurbs import introduces, is_editor_note, is_site_voice
from corpus_tools.strip.buttons import is_button, row_of_buttons
from corpus_tools.strip.essay_heads import ITEM, Head, bare_line, essay_heads, has_genre, is_title_like
from corpus_tools.strip.fields import record
from corpus_tools.strip.inside import Found, ads_inside, apart, without_ads
from corpus_tools.strip.lines import Line, folded, lines_in
from corpus_tools.strip.repeats import doubts
from corpus_tools.strip.rules import Rule, cues, line_rules
from corpus_tools.strip.terms import terms
from corpus_tools.strip.titles import collection_mark, page_titles, titles_cut_off

HEAD_LINES = 10  # without numbered essays, the top of a page is its first lines
TAIL_LINES = 40  # how far up from the end the foot of a page is looked for
LONG_LINE = 45  # a line of a list of links is shorter
LONG_TOP = 100  # a longer line is the text itself
MAX_STRANGE = 3  # so many lines of no known kind may stand between lines of the foot
MAX_LINKS = 20  # a list of links at the foot is not longer
TITLE = "page_title"
NONE: Mapping[str, str] = MappingProxyType({})
MAX_PREFACE = 600  # characters above the first numbered essay; a longer text is an author's


COUNTED = re.compile(r"^(?:[(]?\d{1,2}[.、)]|[•·])\s*")  # an entry of a list of contents
CONTENTS_OF = re.compile(r"[^。,!?:;]{2,30}(?:目录|目次|导航):?")  # 教师支教工作总结目录
# 第三条 学校网址:…, 二、要求, (一)报名, 附件:…, 抄送:… are parts of a text and no links
STRUCTURE = re.compile(
    r"第[一二三四五六七八九十百\d]{1,4}[章节条款]|[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|附件|抄送|主题词|注\s*:"
)
BULLET = re.compile(r"^[•·●○▪■◆★☆▶►▷➤☞👉🔗>\-*]\s*")
NUMBER_ALONE = re.compile(r"\d{1,3}")
BETWEEN_PAGES = (2, 80)  # lines from one page number to the next: more than the first, not more than the second
MIN_PAGES = 3
MIN_POINTS = 3  # a record between essays has more labels than an author's line might
FILE = re.compile(r"\.(?:docx?|pdf|pptx?|xlsx?|wps|txt|zip|rar)(?:\s?\([^()]{1,16}\))?$", re.IGNORECASE)
SENTENCE = re.compile(r"[^。!?！？]+[。!?！？]*[”」’)]*")


class _Page(NamedTuple):
    lines: list[Line]
    heads: list[Head]
    body: int  # line of the first essay's head; where there is none, the end of the first lines
    title: str  # the page's own, bare
    bare: list[str]  # the lines without the advertisements inside them, for weighing


_Taken = dict[int, tuple[str, str]]
_Claims = Iterator[tuple[int, str, str]]


class Findings(NamedTuple):
    """What was found on a page."""

    runs: list[Found]  # the site's own, in order and apart from each other
    lines: list[Line]
    taken: dict[int, tuple[str, str]]  # line -> kind and note
    essays: int  # without the annexes of the first
    doubts: tuple[Doubt, ...]  # lines that may be the site's; those that repeat are taken


def furniture(text: str, repeats: Mapping[str, str] = NONE) -> Findings:
    """The runs of `text` that are the site's own. `repeats`: lines in doubt that go, with the evidence."""
    whole = folded(text)
    lines = lines_in(whole)
    heads = [head for head in essay_heads(lines) if not _is_sites(lines, head)]
    taken: _Taken = {}
    body = heads[0].line if len(heads) > 1 else min(HEAD_LINES, len(lines))
    ads = list(ads_inside(whole))
    page = _Page(lines, heads, body, "", without_ads(lines, ads))
    protected = {i for head in heads for i in range(head.line, head.last + 1)}
    for i, kind, note in _by_rule(page):
        if i not in protected:
            taken[i] = (kind, note)
    titles = page_titles(lines, heads, frozenset(taken))
    for i in titles:
        taken[i] = ("page_title", "titles: the title of the page, kept as metadata")
    own = [lines[i].text for i in titles] or [line.text for line in lines[:1] if is_title_like(line.text)]
    named = min(own, key=lambda title: (not collection_mark().search(title), not has_genre(title)), default="")
    page = page._replace(title=collection_mark().sub("", bare_line(named)))
    for step in (_page_numbers, _running_heads, _foot, _below_headers, _by_cues, _terms, _preface, _blurbs):
        for i, kind, note in step(page, taken):
            if i not in protected:
                taken.setdefault(i, (kind, note))
    if len(heads) < 2:
        for i in titles_cut_off(lines, taken):
            taken[i] = ("page_title", "titles: the title of the page, kept as metadata")
    left = [i for i in range(len(lines)) if i not in taken]
    doubted = doubts(lines, left, protected, page.title)
    for i, doubt in doubted:
        if doubt.line in repeats:
            taken[i] = (cues().weigh(doubt.line, page.title)[1] or "copyright", repeats[doubt.line])
    runs = [Found(lines[i].start, _end(lines[i], *taken[i]), *taken[i]) for i in sorted(taken)]
    essays = sum(head.kind != "annex" for head in heads)
    return Findings(apart(runs, ads), lines, taken, essays, tuple(doubt for _, doubt in doubted))


def _is_sites(lines: Sequence[Line], head: Head) -> bool:
    """Whether what seems to head an essay is the site's: a path at the top, 主页 » 教师分享, or a bar below a post."""
    text = lines[head.line].text
    if head.kind == "post":
        return line_rules("anywhere").first(text) is not None or _by_parts(text, at_edge=False) is not None
    if head.line >= HEAD_LINES:
        return False
    rule = line_rules("head").first(text)
    return bool(row_of_buttons(text, top=True)) or (rule is not None and rule.kind == "breadcrumb")


def _by_rule(page: _Page) -> _Claims:
    """Lines that a rule for the head of a page, or for any place, takes as a whole, and lines made of known parts."""
    at_head, anywhere = line_rules("head", "anywhere"), line_rules("anywhere")
    top = _top(page)
    found = [(at_head if i < top else anywhere).first(line.text) for i, line in enumerate(page.lines)]
    told = [
        None if rule and not rule.below else _by_parts(line.text, i < top)
        for i, (rule, line) in enumerate(zip(found, page.lines, strict=True))
    ]
    sure = [parts is not None or (rule is not None and not rule.below) for rule, parts in zip(found, told, strict=True)]
    for i, (rule, parts) in enumerate(zip(found, told, strict=True)):
        if parts:
            yield i, *parts
        elif rule is not None and (sure[i] or _beside(found, sure, i)):
            yield i, rule.kind, f"{rule.name}: {rule.reason}"
            if rule.kind == "toc":
                yield from _contents(page, i)
        elif rule is None and (i == 0 or any(sure[max(0, i - 1) : i + 2])):
            one = _one_part(page.lines[i].text)
            if one:
                yield i, *one
        if rule is None and i < top and CONTENTS_OF.fullmatch(page.lines[i].text):
            entries = list(_contents(page, i))
            if len(entries) > 1:
                yield i, "toc", "contents: heads a list of what comes again below"
                yield from entries


def _beside(found: Sequence[Rule | None], sure: Sequence[bool], i: int) -> bool:
    """Whether lines of the same kind stand next to line `i`, one of which says so by itself."""
    low = high = i
    while low > 0 and (found[low - 1] or sure[low - 1]):
        low -= 1
    while high + 1 < len(found) and (found[high + 1] or sure[high + 1]):
        high += 1
    return any(sure[low : high + 1])


def _by_cues(page: _Page, taken: _Taken) -> _Claims:
    """Lines that give themselves away by what they mention; more is asked of those between paragraphs."""
    top = _top(page)
    for i in range(len(page.lines)):
        if i in taken:
            continue
        between = i - 1 in taken and i + 1 in taken
        if i < top or between:
            judged = cues().is_foot(page.bare[i], page.title, beside=between and i >= top)
        else:
            judged = cues().is_furniture(page.bare[i], page.title)
        if judged and not (i < top and "prepared" in judged[1]):
            kind = "breadcrumb" if i < top and "bars" in judged[1] and "published" not in judged[1] else judged[0]
            yield i, kind, f"cues: speaks of {judged[1]}"


def _terms(page: _Page, taken: _Taken) -> _Claims:
    return terms(page.lines, taken)


def _top(page: _Page) -> int:
    """The line where the head of the page ends: the first essay, or the first long line of a page that is one text."""
    if len(page.heads) > 1:
        return page.body
    return next((i for i in range(page.body) if len(page.lines[i].text) > LONG_TOP), page.body)


def _contents(page: _Page, label: int) -> _Claims:
    """The lines of a table of contents: short ones below its label that come again further down."""
    for i in range(label + 1, len(page.lines)):
        entry = COUNTED.sub("", page.lines[i].text).rstrip(". 0123456789…")
        if not 1 < len(entry) <= 40 or not any(_takes_up(line.text, entry) for line in page.lines[i + 1 :]):
            return
        yield i, "toc", f"contents: comes again below as “{entry[:12]}”"


def _takes_up(line: str, entry: str) -> bool:
    """Whether a line has the entry near its beginning; one of two characters, 渡口, it must be."""
    return line.find(entry) in range(12) if len(entry) > 2 else line == entry


def _foot(page: _Page, taken: _Taken) -> _Claims:
    """Lines of the page's foot, read upwards until the author's text begins."""
    at_tail = line_rules("tail", "anywhere")
    waiting: list[int] = []
    begun = False
    for i in range(len(page.lines) - 1, max(-1, len(page.lines) - 1 - TAIL_LINES), -1):
        line = page.lines[i]
        if i in taken and taken[i][0] in ("breadcrumb", "page_title"):
            break
        beside = begun and not waiting
        rule = at_tail.first(line.text)
        if rule and rule.below and not (beside and (not rule.amid or _site_above(page, i))):
            rule = None
        if rule and rule.name == "file_names" and _below_links(page, i):
            waiting.append(i)
            continue
        judged = (rule.kind, f"{rule.name}: {rule.reason}") if rule else _without_rule(page, i, beside)
        if judged:
            if not (rule and rule.header) and judged[0] != "related_links" and not _are_links(page, waiting):
                return
            for below in waiting:
                yield below, "related_links", f"foot: below “{line.text[:12]}”"
            waiting, begun = [], True
            yield i, *judged
        elif len(line.text) <= LONG_LINE and _may_be_link(line.text) and len(waiting) < MAX_LINKS:
            waiting.append(i)
        else:
            break
    yield from _bare_links(page, waiting)


def _site_above(page: _Page, i: int) -> bool:
    """Whether the line above `i` is the site's, so that an address between the two is no school's below its letter."""
    above = page.lines[i - 1].text if i else ""
    rule = line_rules("tail", "anywhere").first(above)
    if rule is None:
        return cues().is_foot(above, page.title) is not None or bool(_by_parts(above, at_edge=True))
    return not rule.amid or _site_above(page, i - 1)


def _are_links(page: _Page, waiting: Sequence[int]) -> bool:
    """Whether each of some lines looks like a link to another text or to a file, or else like a line of a site."""
    texts = [page.lines[i].text for i in waiting]
    return all(map(_looks_like_link, texts)) or (len(texts) <= MAX_STRANGE and all(map(cues().is_likely, texts)))


def _looks_like_link(text: str) -> bool:
    return bool(BULLET.match(text) or FILE.search(text) or collection_mark().search(text)) or has_genre(text)


def _below_headers(page: _Page, taken: _Taken) -> _Claims:
    """Links and files directly below the head of a list of them, anywhere on the page."""
    own = {head.line for head in page.heads}
    for i, (kind, note) in sorted(taken.items()):
        rule = line_rules("head", "tail", "anywhere").first(page.lines[i].text)
        heads_list = rule is not None and (rule.header or rule.name == "attachments_header")
        if rule is None or not heads_list or not note.startswith(rule.name):
            continue
        end = i + 1
        while end < len(page.lines) and end - i <= MAX_LINKS and end not in taken and end not in own:
            if not _looks_like_link(page.lines[end].text) or page.lines[end].text.endswith("。"):
                break
            end += 1
        # a title without a bullet may be the next text's, where text follows
        bare = any(not BULLET.match(line.text) and has_genre(line.text) for line in page.lines[i + 1 : end])
        if end == len(page.lines) or end in taken or not bare:
            for j in range(i + 1, end):
                yield j, kind, f"links: below “{page.lines[i].text[:12]}”"


def _may_be_link(text: str) -> bool:
    """Whether a line may be the title of another page, which may well be a question."""
    return is_title_like(BULLET.sub("", text).rstrip("?!")) and not STRUCTURE.match(text)


def _by_parts(line: str, at_edge: bool) -> tuple[str, str] | None:
    """The kind of a line made of buttons or of a record's labels, with the reason; `at_edge`: at the head or foot."""
    buttons = row_of_buttons(line, at_edge)
    if buttons:
        return buttons, "buttons: nothing but words of buttons"
    kind, points = record(line)
    if kind and points >= (2 if at_edge else MIN_POINTS):
        return kind, "fields: the record that a site keeps of a page or file"
    return None


def _one_part(line: str) -> tuple[str, str] | None:
    """The kind of a line that is one button, or one label and its value: of the site where its neighbours are."""
    if is_button(line):
        return "related_links", "buttons: one beside other lines of the site"
    kind, _ = record(line)
    return (kind, "fields: one beside other lines of the site") if kind else None


def _without_rule(page: _Page, i: int, beside: bool) -> tuple[str, str] | None:
    """The kind of a line at the foot that no rule knows, with the reason; `beside`: the line below is the site's."""
    line = page.lines[i].text
    told = _by_parts(line, at_edge=True) or (_one_part(line) if beside or i == len(page.lines) - 1 else None)
    if told or STRUCTURE.match(line):
        return told
    judged = cues().is_foot(page.bare[i], page.title, beside)
    return (judged[0], f"cues: speaks of {judged[1]}") if judged else None


def _page_numbers(page: _Page, taken: _Taken) -> _Claims:
    """The numbers of printed pages on lines of their own: three or more that count on, with text between them."""
    run: list[int] = []
    for i, line in enumerate(page.lines):
        if not NUMBER_ALONE.fullmatch(line.text) or i in taken:
            continue
        counts_on = run and int(line.text) == int(page.lines[run[-1]].text) + 1
        if counts_on and i - run[-1] <= BETWEEN_PAGES[0]:
            return  # a column of figures
        run = [*run, i] if counts_on and i - run[-1] <= BETWEEN_PAGES[1] else [i] if len(run) < MIN_PAGES else run
    if len(run) >= MIN_PAGES:
        for i in run:
            yield i, "download_notice", "page numbers: a line of its own that counts on from page to page"


def _running_heads(page: _Page, taken: _Taken) -> _Claims:
    """The line that a printed text repeats above or below the numbers of its pages."""
    numbers = [i for i, (_, note) in taken.items() if note.startswith(("page numbers", "page_number"))]
    beside = [i for at in numbers for i in (at - 1, at + 1) if 0 <= i < len(page.lines) and i not in taken]
    times = Counter(page.lines[i].text for i in beside if is_title_like(page.lines[i].text))
    for i in beside:
        if times[page.lines[i].text] >= MIN_PAGES:
            yield i, "download_notice", "running head: comes again beside the numbers of the pages"


def _below_links(page: _Page, i: int) -> bool:
    """Whether the nearest line above that is no file's name is the head of a list of other pages."""
    above = (page.lines[j].text for j in range(i - 1, max(-1, i - MAX_LINKS), -1))
    heading = next((text for text in above if not FILE.search(text)), "")
    rule = line_rules("anywhere").first(heading)
    return rule is not None and rule.header


def _bare_links(page: _Page, waiting: Sequence[int]) -> _Claims:
    """Titles of other pages at the very end that no line announces: three or more in a row."""
    links = [i for i in waiting if collection_mark().search(page.lines[i].text) or has_genre(page.lines[i].text)]
    if len(links) >= 3 and len(links) == len(waiting):
        for i in links:
            yield i, "related_links", "foot: a row of titles at the end"


def _preface(page: _Page, taken: _Taken) -> _Claims:
    """What stands between the page's title and the first of its numbered essays: the site's words, not an author's."""
    if len(page.heads) < 2 or page.heads[0].kind not in ("part", "named") or page.heads[0].number != 1:
        return
    left = [i for i in range(page.heads[0].line) if i not in taken]
    if not any(taken[i][0] == "page_title" for i in range(page.heads[0].line) if i in taken):
        return
    if sum(len(page.lines[i].text) for i in left) > MAX_PREFACE or any(ITEM.match(page.lines[i].text) for i in left):
        return
    for i in left:
        short = is_title_like(page.lines[i].text) and len(page.lines[i].text) <= 20
        yield i, "breadcrumb" if short else "intro_blurb", "preface: above the first of several numbered texts"


def _blurbs(page: _Page, taken: _Taken) -> _Claims:
    """The site's introduction above the first essay, and editors' notes at the beginning of an essay."""
    words = table("boilerplate.toml")["blurb"]
    if len(page.heads) > 1:
        for i in range(page.heads[0].line):
            if i not in taken and introduces(page.lines[i].text, words, strong=1):
                yield i, "intro_blurb", "blurb: the site introduces its collection"
    else:
        collected = any(collection_mark().search(page.lines[i].text) for i, (kind, _) in taken.items() if kind == TITLE)
        for i in range(min(HEAD_LINES, len(page.lines))):
            text = page.lines[i].text
            if i not in taken and introduces(text, words, strong=2) and (collected or is_site_voice(text)):
                yield i, "intro_blurb", "blurb: the site introduces the text"
    for head in page.heads:
        for i in range(head.line + 1, min(head.line + 4, len(page.lines))):
            if i not in taken and not ITEM.match(page.lines[i].text) and is_editor_note(page.lines[i].text, words):
                yield i, "editor_note", "blurb: an editor of the site speaks inside the essay"


def _end(line: Line, kind: str, note: str) -> int:
    """Where a run that begins a line ends: an introduction may have the author's first sentences behind it."""
    if not note.startswith("blurb"):
        return line.end
    words = table("boilerplate.toml")["blurb"]
    cues_of_note = (*words["strong"], *words["voice"], *words["weak"], *words["editor_close"])
    sentences = list(SENTENCE.finditer(line.text))
    last = next((m for m in reversed(sentences) if any(cue in m[0] for cue in cues_of_note)), None)
    return line.start + last.end() if last else line.end
