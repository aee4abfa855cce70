"""Essays that a page counts: 篇一 篇二 篇三, 第1篇 第2篇, 范文（一） 范文（二）, and its list of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus_tools.strip.heads import Head
from corpus_tools.strip.lines import Line
from corpus_tools.strip.title_words import ITEM, NUMBER, SENTENCE_END, bare_title, has_genre, number_of

MARKDOWN = r"(?:#{1,6}\s*)?(?:\*\*)?(?:[★☆◆◇●■▲※►]\s*)?"
# (好文网 www.example.com)工作总结一：an advertisement before the heading
AD = r"(?:[(【][^()【】]{0,24}(?:https?:|www\.|网|\.com)[^()【】]{0,30}[)】]\s?)?"
# ## 山区支教半年小结篇一 / 篇2：交流心得 / 【篇3】轮岗小结
PART_AFTER = re.compile(
    rf"{MARKDOWN}[【\[(<《]?(?P<name>[^。！？!?;]{{0,45}}?)[\s:(【\[]*篇\s?(?P<number>{NUMBER})\s?[)】\]>》]*"
    r"(?:\*\*)?(?:(?:\s*[:、.,\s-]\s*|(?<=[】\])]))(?P<title>[^。]{0,45}))?(?:\*\*)?"
)
# 第一篇：在全县教师交流动员会上的讲话 / 【第2篇】
PART_BEFORE = re.compile(
    rf"{MARKDOWN}[【\[(]?(?P<name>[^。！？!?;,]{{0,30}}?)第\s?(?P<number>{NUMBER})\s?[篇则份][)】\]]?(?:\*\*)?"
    r"(?:\s*[:、.,\s-]?\s*(?P<title>[^。]{0,45}))(?:\*\*)?"
)
# 轮岗心得范文（一） / 轮岗心得 范文2 / 教师述职报告（三） / 轮岗总结·一 / 轮岗总结①
NUMBERED_NAME = re.compile(
    rf"{MARKDOWN}{AD}(?P<name>[^。！？!?;,:]{{2,40}}?)[\s·•]*(?:[(（【]\s?(?P<inner>{NUMBER})\s?[)）】]|"
    rf"之?(?P<number>{NUMBER}|[①-⑳Ⅰ-Ⅻ]))(?:\*\*)?"
    r"(?:\s*[:、]\s*(?P<title>[^。]{0,45}))?"
)
# 范文一：轮岗交流心得
SAMPLE = re.compile(
    rf"{MARKDOWN}[【\[]?(?P<name>范文|例文|样本|样文|模板|范本|范例|样例|版本|文章|佳作|作品|文稿|(?:[Pp]art|PART|N[Oo])\s?\.?)\s?(?P<number>{NUMBER})[】\]]?(?:\*\*)?"
    r"(?:\s*[:、.\s]\s*(?P<title>[^。]{0,45}))?"
)
# 【篇一】去年九月，我… / 第二篇：山里的…: the mark runs into the text
RUN_IN = re.compile(
    rf"{MARKDOWN}(?:(?P<part>[【\[(]\s?篇\s?{NUMBER}\s?[】\])]|篇\s?{NUMBER}\s?:)|"
    rf"(?P<nth>[【\[(]\s?第\s?{NUMBER}\s?篇\s?[】\])]|第\s?{NUMBER}\s?篇\s?:)|"
    rf"(?P<sample>[【\[(]\s?(?:范文|例文)\s?{NUMBER}\s?[】\])]|(?:范文|例文)\s?{NUMBER}\s?:)):?\s*"
)
COUNT = re.compile(NUMBER)
COUNTED = re.compile(r"[\d一二三四五六七八九十百①-⑳Ⅰ-Ⅻ]")  # what any number has one of
OPEN_RUNS = 20  # counts that may still go on
MAX_HEAD = 60  # a longer line is a paragraph
MAX_LEADS = 3  # long paragraphs that may stand above a list of contents
CONTENTS_REACH = 60  # a list of contents stands among the first lines
MIN_CONTENTS = 3  # entries; two lines may come again by chance
MIN_ENTRY = 3  # characters; a shorter title stands alone on its line: 渡口
KEY = 6  # characters by which a title is looked up
# 1. 桐岭县实施意见 ……… 3: what an entry of a list of contents adds to the title
ENTRY = re.compile(r"^(?:[(]?\d{1,2}[.、)]|[•·\-*]|[一二三四五六七八九十]{1,3}、)\s*|[\s.…·]*\d{0,3}$")

RUN_IN_BEGINS = frozenset("【[(篇第范例#*★☆◆◇●■▲※►")
ENTRY_BEGINS = frozenset("(0123456789•·-*一二三四五六七八九十")


class Contents(NamedTuple):
    """A page's list of contents."""

    entries: frozenset[int]  # its lines
    announced: Mapping[int, int]  # the lines further down that it names, and how long the title is there


class _Candidate(NamedTuple):
    line: int
    number: int
    shape: str
    name: str
    length: int  # of the heading


class _Named(NamedTuple):
    entry: int
    below: int
    length: int


def contents_of(lines: Sequence[Line], gone: Sequence[str] = ()) -> Contents:
    """The lines at the top that come again in the same order further down, and the lines that they name.

    `gone`: the entries of a list that was taken out. A list of sections (一、 第一章) names no essays.
    """
    top = range(_text_begins(lines))
    if not gone and sum(_may_be_entry(lines[i].text) for i in top) < MIN_CONTENTS:
        return Contents(frozenset(), {})
    places: dict[str, list[int]] = {}
    for i, line in enumerate(lines):
        places.setdefault(line.text.lstrip("# *")[:KEY], []).append(i)
    found = _announced(lines, places, gone) if gone else _listed(lines, places, top)
    if any(ITEM.match(lines[named.below].text) for named in found):
        found = []
    return Contents(frozenset(named.entry for named in found), {named.below: named.length for named in found})


def _text_begins(lines: Sequence[Line]) -> int:
    """The line where a list of contents must have ended: below an introduction and its like the text begins."""
    long = [i for i, line in enumerate(lines[:CONTENTS_REACH]) if len(line.text) > MAX_HEAD]
    return long[MAX_LEADS] if len(long) > MAX_LEADS else min(CONTENTS_REACH, len(lines))


def _may_be_entry(text: str) -> bool:
    return len(text) <= MAX_HEAD and not text.endswith(SENTENCE_END)


def _listed(lines: Sequence[Line], places: Mapping[str, Sequence[int]], top: Iterable[int]) -> list[_Named]:
    best: list[_Named] = []
    run: list[_Named] = []
    for i in top:
        named = _named_below(lines, places, lines[i].text, i, run[-1].below if run else i)
        run = [*run, named] if named else []
        best = max(best, run, key=len)
    # an entry stands above all that is announced: a title printed twice is no list
    best = [named for named in best if named.entry < best[0].below]
    listed = len(best) >= MIN_CONTENTS and not all(b.below - a.below == 1 for a, b in pairwise(best))
    return best if listed else []


def _announced(lines: Sequence[Line], places: Mapping[str, Sequence[int]], gone: Sequence[str]) -> list[_Named]:
    found: list[_Named] = []
    for entry in gone:
        named = _named_below(lines, places, entry, -1, found[-1].below if found else -1)
        found += [named] if named else []
    return found if len(found) > 1 else []


def _named_below(
    lines: Sequence[Line], places: Mapping[str, Sequence[int]], text: str, i: int, after: int
) -> _Named | None:
    """The first line below `after` that has the words of the entry at line `i`, alone or with its text run into it."""
    if not _may_be_entry(text):
        return None
    numbered = text[0] in ENTRY_BEGINS or text[-1].isdigit()
    for entry in (text, ENTRY.sub("", text)) if numbered else (text,):
        for below in places.get(entry[:KEY], ()):
            title = lines[below].text.lstrip("# *")
            if below > max(i, after) and (title.startswith(entry) if len(entry) >= MIN_ENTRY else title == entry):
                return _Named(i, below, len(lines[below].text) - len(title) + len(entry))
    return None


def part_heads(lines: Sequence[Line], contents: Contents) -> list[Head]:
    """Heads that count: 篇一 篇二 篇三, 第1篇 第2篇, 范文（一） 范文（二）."""
    by_shape: dict[str, list[_Candidate]] = {}
    for candidate in _candidates(lines, contents):
        if candidate.line not in contents.entries:
            by_shape.setdefault(candidate.shape, []).append(candidate)
    best: list[_Candidate] = []
    for shape in sorted(by_shape):
        series = _counting(by_shape[shape], lines)
        if len(series) > len(best):
            best = series
    if len(best) == 1 and best[0].shape != "part":
        return []
    return [_head(lines[candidate.line], candidate) for candidate in best]


def _head(line: Line, found: _Candidate) -> Head:
    kind = "named" if found.shape.startswith("named") else "part"
    return Head(found.line, line.start, line.start + found.length, kind, found.number, line.start, found.line)


def _candidates(lines: Sequence[Line], contents: Contents) -> Iterable[_Candidate]:
    for i, line in enumerate(lines):
        text = line.text[: contents.announced.get(i, MAX_HEAD + 1)]
        found = None if len(text) > MAX_HEAD or text.endswith(SENTENCE_END) else _counted(i, text)
        if found is None and line.text[0] in RUN_IN_BEGINS:
            found = _run_in(i, line.text)
        if found:
            yield found


def _counted(i: int, text: str) -> _Candidate | None:
    """The candidate that a line as a whole is."""
    if not COUNTED.search(text):
        return None
    if "篇" in text and (found := PART_AFTER.fullmatch(text)) and not found["name"].endswith(("第", "上", "下")):
        return _Candidate(i, number_of(found["number"]), "part", found["name"], len(text))
    if "第" in text and (found := PART_BEFORE.fullmatch(text)):
        return _Candidate(i, number_of(found["number"]), "nth part", found["name"], len(text))
    if found := SAMPLE.fullmatch(text):
        return _Candidate(i, number_of(found["number"]), "sample", found["name"], len(text))
    found = NUMBERED_NAME.fullmatch(text)
    if not found or len(found["name"]) < 4 or not has_genre(found["name"]):
        return None  # 典型案例1, 附表2 are parts of one text; 交流心得1, 交流心得2 are texts
    name = bare_title(found["name"])
    return _Candidate(i, number_of(found["inner"] or found["number"]), f"named {name}", name, len(text))


def _run_in(i: int, text: str) -> _Candidate | None:
    """The candidate that a paragraph begins with."""
    found = RUN_IN.match(text)
    count = COUNT.search(found[0]) if found else None
    if not found or not count:
        return None
    shape = {"part": "part", "nth": "nth part", "sample": "sample"}[found.lastgroup or ""]
    return _Candidate(i, number_of(count[0]), shape, "", len(found[0].rstrip()))


def _counting(candidates: Sequence[_Candidate], lines: Sequence[Line]) -> list[_Candidate]:
    """The candidates that count upwards, without those that are a table of contents (no text between them)."""
    runs: list[list[_Candidate]] = []
    for candidate in candidates:
        fitting = [run for run in runs[-OPEN_RUNS:] if run[-1].number < candidate.number <= run[-1].number + 3]
        if fitting:
            same = [run for run in fitting if run[-1].name == candidate.name]
            (same or fitting)[-1].append(candidate)
        elif candidate.number in (1, 2):
            runs.append([candidate])
    if any(len(run) > 1 for run in runs):
        runs = [run for run in runs if len(run) > 1]
    kept = []
    for run in runs:
        bare = [b.line - a.line == 1 and _is_alone(lines, a) for a, b in pairwise(run)]
        last = run[-1]
        if 2 * sum(bare) <= len(bare) and not (last.line + 1 == len(lines) and _is_alone(lines, last)):
            kept += run
    return sorted(kept)


def _is_alone(lines: Sequence[Line], candidate: _Candidate) -> bool:
    """Whether nothing stands behind the heading on its line."""
    return candidate.length >= len(lines[candidate.line].text)
