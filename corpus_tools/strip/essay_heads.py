"""Where the texts of a page begin.

Template sites put several essays on one page and number them (工作总结篇一, 工作小结 篇2, 第三篇：讲话稿); document
sites glue whole documents together and print each title twice. Strip needs these places to know what stands before the
first essay, segment to cut the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus_tools.lexicon import table
from corpus_tools.strip.lines import Line

NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4})"
MARKDOWN = r"(?:#{1,6}\s*)?(?:\*\*)?"
# (好文网 www.example.com)工作总结一：an advertisement before the heading
AD = r"(?:[(【][^()【】]{0,24}(?:https?:|www\.|网|\.com)[^()【】]{0,30}[)】]\s?)?"
# ## 山区支教半年小结篇一 / 篇2：交流心得 / 【篇3】轮岗小结
PART_AFTER = re.compile(
    rf"{MARKDOWN}[【\[(<《]?(?P<name>[^。！？!?;]{{0,45}}?)[\s:(【\[]*篇\s?(?P<number>{NUMBER})\s?[)】\]>》]*"
    r"(?:\*\*)?(?:(?:\s*[:、.,\s-]\s*|(?<=[】\])]))(?P<title>[^。]{0,45}))?(?:\*\*)?"
)
# 第一篇：在全县教师交流动员会上的讲话 / 【第2篇】
PART_BEFORE = re.compile(
    rf"{MARKDOWN}[【\[(]?(?P<name>[^。！？!?;,]{{0,30}}?)第\s?(?P<number>{NUMBER})\s?篇[)】\]]?(?:\*\*)?"
    r"(?:\s*[:、.,\s-]?\s*(?P<title>[^。]{0,45}))(?:\*\*)?"
)
# 轮岗心得范文（一） / 轮岗心得 范文2 / 教师述职报告（三）
NUMBERED_NAME = re.compile(
    rf"{MARKDOWN}{AD}(?P<name>[^。！？!?;,:]{{2,40}}?)\s*(?:[(（【]\s?(?P<inner>{NUMBER})\s?[)）】]|(?P<number>{NUMBER}))(?:\*\*)?"
    r"(?:\s*[:、]\s*(?P<title>[^。]{0,45}))?"
)
HASHES = re.compile(r"^#{1,6}")
BRACKETED_ENDING = re.compile(r"(?<=.)[(][^()]{1,12}[)]$")
# 范文一：轮岗交流心得
SAMPLE = re.compile(
    rf"{MARKDOWN}[【\[]?(?P<name>范文|例文|样本|模板)\s?(?P<number>{NUMBER})[】\]]?(?:\*\*)?"
    r"(?:\s*[:、.\s]\s*(?P<title>[^。]{0,45}))?"
)
# 交流心得(精选3篇): how many texts the page's title promises
PROMISE = re.compile(rf"(?P<count>{NUMBER})\s?[篇份](?:[^。]{{0,6}}[)】\]]|$)")
# ## 我的支教日记, 1、教师交流总结, 一、教师交流总结
HEADED = re.compile(rf"(?P<hashes>#{{1,6}})\s|\d{{1,2}}(?P<style>[、.．])|{NUMBER}(?=(?P<han>、))")
TITLE_LINES = 8
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
SENTENCE_END = tuple("。！？!?;；…,，、")
OPEN_RUNS = 20  # counts that may still go on
MAX_HEAD = 60  # a longer line is a paragraph


class Head(NamedTuple):
    """The line where an essay begins."""

    line: int  # place in the list of lines
    start: int  # place in the text
    end: int  # end of the heading
    kind: str  # part, doubled, title, opening
    number: int = 0  # as counted, 0 where the essays are not


def number_of(token: str) -> int:
    """The value of a small numeral, 0 where it is none.

    >>> [number_of(token) for token in ("7", "七", "十二", "二十", "一百零三")]
    [7, 7, 12, 20, 103]
    """
    if token.isdigit():
        return int(token)
    total = digit = 0
    for char in token:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            return 0
    return total + digit


def essay_heads(lines: Sequence[Line]) -> list[Head]:
    """The lines where essays begin, in order; empty where the page is one text or shows no seams."""
    parts = part_heads(lines)
    if len(parts) > 1:
        return parts
    glued = glued_heads(lines)
    if len(glued) > 1:
        return glued
    return counted_heads(lines) or parts


def bare_title(text: str) -> str:
    """A title without markdown marks, inner spaces and a bracketed ending such as (详细版).

    >>> bare_title("## 教师 交流办法(修订版)")
    '教师交流办法'
    """
    bare = bare_line(text)
    return BRACKETED_ENDING.sub("", bare) if bare.endswith(")") else bare


def bare_line(text: str) -> str:
    """A line without markdown marks and white space, for comparing titles."""
    if text.startswith("#"):
        text = HASHES.sub("", text)
    return "".join(text.replace("**", "").split())


class _Candidate(NamedTuple):
    line: int
    number: int
    shape: str
    name: str


def part_heads(lines: Sequence[Line]) -> list[Head]:
    """Heads that count: 篇一 篇二 篇三, 第1篇 第2篇, 范文（一） 范文（二）."""
    by_shape: dict[str, list[_Candidate]] = {}
    for candidate in _candidates(lines):
        by_shape.setdefault(candidate.shape, []).append(candidate)
    best: list[_Candidate] = []
    for shape in sorted(by_shape):
        series = _counting(by_shape[shape], lines)
        if len(series) > len(best):
            best = series
    if len(best) == 1 and best[0].shape != "part":
        return []
    return [Head(c.line, lines[c.line].start, lines[c.line].end, "part", c.number) for c in best]


def _candidates(lines: Sequence[Line]) -> Iterable[_Candidate]:
    for i, line in enumerate(lines):
        if len(line.text) > MAX_HEAD or line.text.endswith(SENTENCE_END):
            continue
        if "篇" in line.text:
            found = PART_AFTER.fullmatch(line.text)
            if found and not found["name"].endswith(("第", "上", "下")):
                yield _Candidate(i, number_of(found["number"]), "part", found["name"])
                continue
            found = PART_BEFORE.fullmatch(line.text)
            if found:
                yield _Candidate(i, number_of(found["number"]), "nth part", found["name"])
                continue
        found = SAMPLE.fullmatch(line.text)
        if found:
            yield _Candidate(i, number_of(found["number"]), "sample", found["name"])
            continue
        found = NUMBERED_NAME.fullmatch(line.text)
        if found and len(found["name"]) >= 4 and has_genre(found["name"]):
            name = bare_title(found["name"])
            # 典型案例1, 附表2 are parts of one text; 交流心得1, 交流心得2 are texts
            yield _Candidate(i, number_of(found["inner"] or found["number"]), f"named {name}", name)


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
        gaps = [b.line - a.line for a, b in pairwise(run)]
        listed = len(run) > 1 and sum(gap == 1 for gap in gaps) > len(gaps) / 2
        if not listed and run[-1].line + 1 < len(lines):
            kept += run
    return sorted(kept)


def counted_heads(lines: Sequence[Line]) -> list[Head]:
    """Headings that are no series but as many as the page's title promises: three ## under 交流心得(精选3篇)."""
    promised = next(filter(None, (PROMISE.search(line.text) for line in lines[:TITLE_LINES])), None)
    count = number_of(promised["count"]) if promised else 0
    if not 2 <= count <= 100:
        return []
    kinds: dict[str, list[int]] = {}
    for i, line in enumerate(lines[1:], 1):
        if not is_title_like(line.text):
            continue
        mark = HEADED.match(line.text)
        if mark and (mark["hashes"] or has_genre(line.text)):
            kinds.setdefault(mark["hashes"] or mark["style"] or "han", []).append(i)
    for kind in sorted(kinds):
        if len(kinds[kind]) == count and all(b - a > 1 for a, b in pairwise(kinds[kind])):
            return [Head(i, lines[i].start, lines[i].end, "part", n) for n, i in enumerate(kinds[kind], 1)]
    return []


def glued_heads(lines: Sequence[Line]) -> list[Head]:
    """Heads of documents put one after the other: titles printed twice, titles after which the numbering restarts."""
    doubled = [i for i in range(len(lines) - 1) if _doubled(lines, i)]
    skip = {i + 1 for i in doubled}
    heads = {i: Head(i, lines[i].start, lines[i].end, "doubled") for i in doubled if i not in skip}
    if len(heads) < 2:
        heads = {}
    for i in range(len(lines) - 1):
        if i in heads or i in skip:
            continue
        if _single_title(lines, i, heads):
            heads[i] = Head(i, lines[i].start, lines[i].end, "title")
        elif len(heads) > 1 and _fresh_opening(lines, i, heads):
            heads[i] = Head(i, lines[i].start, lines[i].start, "opening")
    found = [heads[i] for i in sorted(heads)]
    if found and found[0].kind == "title":
        found.insert(0, _first_head(lines, found[0].line))
    return found


def _first_head(lines: Sequence[Line], before: int) -> Head:
    """The head of the first of several documents: the title above its opening words, else the first line."""
    titled = (i for i in range(min(TITLE_LINES, before)) if is_title_like(lines[i].text) and has_genre(lines[i].text))
    at = next((i for i in titled if OPENING.match(lines[i + 1].text)), 0)
    return Head(at, lines[at].start, lines[at].end if is_title_like(lines[at].text) else lines[at].start, "title")


def is_title_like(text: str) -> bool:
    """Whether a folded line could be the title of a text: short, and not the end of a sentence."""
    return 3 < len(text) <= 50 and not text.endswith((*SENTENCE_END, ":")) and "。" not in text


def has_genre(title: str) -> bool:
    """Whether a title ends in the name of a kind of text (制度, 总结, 实施方案 …)."""
    return bare_title(title).endswith(tuple(table("titles.toml")["genres"]))


def _doubled(lines: Sequence[Line], i: int) -> bool:
    """A title, then the same title again on a line of its own, or run into the text that follows it."""
    title = bare_title(lines[i].text)
    if not is_title_like(lines[i].text) or len(title) < 4 or (len(title) == 4 and not has_genre(title)):
        return False
    following = lines[i + 1].text
    if bare_title(following) == title:
        return True
    if following[len(title) : len(title) + 1] in tuple("([._-|"):  # a file's name with its size
        return False
    return len(following) > len(title) + 15 and following.startswith(title) and has_genre(title)


def _single_title(lines: Sequence[Line], i: int, heads: dict[int, Head]) -> bool:
    """A title printed once, after a finished paragraph, where a new text plainly begins."""
    text = lines[i].text
    if not (is_title_like(text) and has_genre(text)) or ITEM.match(text) or len(bare_title(text)) < 5:
        return False
    if i and not lines[i - 1].text.endswith(("。", "！", "!", ")", "”", ";", ".")):
        return False
    opens = bool(OPENING.match(lines[i + 1].text))
    return opens and (len(heads) > 1 or _restarts(lines, i))


# 一、 （二） 3. 第四条 at the start of a line: an item of a text, not its title
ITEM = re.compile(rf"(?:#{{1,6}}\s*)?(?:[(]?{NUMBER}[)、.．]|第{NUMBER}[章节条编])")
# 为了加强…, 根据…精神: the first words of a rule or plan
OPENING = re.compile(r"为了?|根据|按照|依据|遵照|经.{0,12}研究|近年来|随着|尊敬的|各位")
# 为…，特制定本办法。: the sentence that opens a rule; a document has it once
ENACTING = re.compile(
    r"(?:为了?|根据|按照|依据).{10,300}?(?:制定|制订|拟定|拟订|出台)[^。]{0,40}"
    r"(?:制度|办法|方案|规定|规则|细则|意见|计划|规范|措施|守则|章程|条例)[。:]"
)
FIRST_ITEM = re.compile(r"[^。]{0,30}?(?:一、|第一[章条])")
LATER_ITEM = re.compile(r"(?:[二三四五六七八九十]、|第[二三四五六七八九十]+[章条])")


def _restarts(lines: Sequence[Line], i: int) -> bool:
    """Whether the numbering had gone past 一、 before line `i` and begins again after it."""
    before = any(LATER_ITEM.match(line.text) for line in lines[max(0, i - 40) : i])
    after = any(FIRST_ITEM.match(line.text) for line in lines[i + 1 : i + 6])
    return before and after


def _fresh_opening(lines: Sequence[Line], i: int, heads: dict[int, Head]) -> bool:
    """The enacting sentence of a rule that has lost its title, among documents glued together."""
    if not ENACTING.match(lines[i].text) or not lines[i - 1].text.endswith(("。", "!", ")")):
        return False
    head = max((at for at in heads if at < i), default=None)
    return head is not None and i - head > 5
