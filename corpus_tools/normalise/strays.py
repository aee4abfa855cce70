"""Characters that got into an author's text: marks put in to fool copy detectors, odd spaces, boxes for lost marks.

A template site writes 书里的.故事 and 作业的'布置 so that its copy differs from the next site's. The mark nearly
always follows 的.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from corpus_tools.codes import places_of, table_of
from corpus_tools.normalise.boxes import box_edits
from corpus_tools.normalise.classes import HAN, NUMERALS, TRANSLITERATION
from corpus_tools.normalise.damage import rare_run
from corpus_tools.normalise.line_kinds import ITEM, is_running
from corpus_tools.normalise.lines import crosses_word
from corpus_tools.normalise.planted import GIVEN_AWAY, planted_edits
from corpus_tools.text import Edit

# With which the patterns of this file begin
MARK = table_of(".'`·•")
# 的.故事  的'布置  的. 传统
AFTER_DE = re.compile(rf"[.'`·•](?<=的[.'`·•]) ?(?=[{HAN}])")
# 教.师  校·长: inside a word
INSIDE_WORD = re.compile(rf"[.'`·•](?<=[{HAN}][.'`·•])(?=[{HAN}])")
# 难' 住  回到了. 学校  解 .释: a mark with a space before or behind it, where neither belongs
MARK_AND_SPACE = re.compile(rf"[.'`·•](?: (?<=[{HAN}][.'`·•] )|(?<=[{HAN}] [.'`·•])| (?<=[{HAN}] [.'`·•] ))(?=[{HAN}])")
# 旷课每节扣2.分, but 1.分工明确 at the head of an item
DOT_BEFORE_UNIT = re.compile(
    rf"\.(?:(?<=[{HAN}]\d\.)|(?<=[{HAN}]\d\d\.))(?=[分元天次节節岁歲](?![{HAN}]?[工类類析散层層解别別]))"
)
# 78 .2分
CUT_DECIMAL = re.compile(r" (?:(?<=\d )(?=\.\d)|(?<=\d\. )(?=\d+[分元%％万]))")
# 一次给足 .。 but 等等...
DOT_BEFORE_MARK = re.compile(rf"\.(?:(?<=[{HAN}”）]\.)|(?<=[{HAN}”）] \.))(?=[，。；：！？、!?])")
# ’我来自…
LONE_QUOTE = re.compile(rf"’(?:(?<=\n’)|(?<![^\n]’)|(?<=[{HAN}]’))(?=[{HAN}])")
# 门口直.搓手, but 一.总则 and 约翰.史密斯
DOT = re.compile(rf"\.(?<=[{HAN}]\.)(?<![一二三四五六七八九十]\.)(?=[{HAN}])")
DOT_AND_SPACE = re.compile(rf"\. (?<=[{HAN}]\. )(?=[{HAN}])")
IN_PROSE = re.compile(rf"(?!第)[{HAN}]")
# 知识 and 老化: a machine's 和
AND = re.compile(rf" and (?<=[{HAN}] and )(?=[{HAN}])")
# 教育 教学   。 但   崗 。   課 ,   面: 課
GAP = re.compile(rf" (?:(?<=[{HAN}，。；：！？、”》] )(?=[{HAN}，。；：！？、“《,;!?])|(?<=[。！？；] )(?=\d))")
# What numbers count: 2 年以上, 3 台电脑
UNITS = (
    "年月日号號人所个個名位次节節分天岁歲元万萬亿億倍届屆周週学學课條条项項篇章台册冊"
    "本套间間张張辆輛栋棟座米斤遍趟班组組户戶轮輪"
)
# 2 年以上   满 6 年   20xx年 xx 月
BESIDE_NUMBER = re.compile(rf" (?:(?<=[\dxX_%] )(?=[{UNITS}])|(?<=[{HAN}] )(?=[\dxX_]))")
SPACED_STYLE = re.compile(rf" (?<=[{HAN}] )(?=\d)")
# 1人, 基建: an author who types a space after each half-width mark
SPACE_AFTER_MARK = re.compile(rf" (?<=[,;:，；：] )(?=[{HAN}])")
# “山·水·人”, 《诗·书》, 语文·数学·英语
PARTED_TITLE = re.compile(rf"[“《「][{HAN}]{{1,4}}[·•][{HAN}·•]{{1,8}}[”》」]|[·•][{HAN}]{{1,4}}[·•]")
# 教 师 交 流 制 度
SPACED_OUT = re.compile(rf"(?:#+ )?([{HAN}](?: [{HAN}，、：（）]){{2,}})")
# 【摘 要】
SPACED_LABEL = re.compile(rf" (?<=[【\[][{HAN}] )(?=[{HAN}][】\]])")
# 一、 （一） 1. at the head of a line, with its space
ITEM_HEAD = re.compile(r"(?:[-*•#>]+ )?[（(]?[\d一二三四五六七八九十第]{1,4}[章节節条條篇]?[、.．)）:：]? ?")
NEW_ITEM = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十]{1,3}[章条節节條])"
)
# 。 3.落实待遇, where 2. stands at the head of a line
NUMBER_OF_ITEM = re.compile(r"([2-9]|1\d)([.、．])(?!\d)")
ITEM_REACH = 1500  # characters from one item back to the one before
SENTENCE_MARK = re.compile("[，。；：！？,;:]")
# 第六条 ; 记者 王明
USUAL_BEFORE_SPACE = re.compile(
    r"第[一二三四五六七八九十百零\d]{1,4}[条條点點款章节節编編]$|(?:记者|記者|通讯员|通訊員|作者|编辑|編輯|摄影|攝影|联系人|聯繫人)[：:]?$"
)
LINE_HEAD_CHARS = 8
# 1.班额 不超过45人: a label and what is said of it
SHORT_LABEL = 5
MIDDLE_OF_CLAUSE = re.compile("不[少低超得多高]|[应须都也]|必须")
PERVASIVE = 3  # a habit, not a slip

# 很新鲜，. 我们: a dot behind a mark
DOT_AFTER_MARK = re.compile(rf"\.(?:(?<=[，。；！？]\.)|(?<=[，。；！？] \.)) ?(?=[{HAN}“《])")


@dataclass(frozen=True, slots=True)
class Habits:
    """Where the author of a page sets spaces on purpose."""

    after_marks: bool
    around_numbers: bool


def stray_edits(text: str) -> list[Edit]:
    """Edits of kind `stray_char` (and `space` for what is an author's habit) in one text, in order."""
    marks = list(_marks(text))
    planted = planted_edits(text) if len(marks) >= GIVEN_AWAY else ()
    every = (*planted, *_spaces(text), *marks, *box_edits(text), *_spaced_headings(text))
    found = {edit.start: edit for edit in every}
    edits: list[Edit] = []
    for start in sorted(found):
        if not edits or edits[-1].end <= start:
            edits.append(found[start])
    return edits


def _marks(text: str) -> Iterator[Edit]:
    marks = places_of(MARK, text)
    for match in _at(marks, AFTER_DE, text):
        yield Edit(match.start(), match.end(), "", "stray_char", "after 的")
    stops, dots = text.count("。"), list(_at(marks, DOT, text))
    prose = stops > 3 * (len(dots) + len(list(_at(marks, DOT_AND_SPACE, text))))
    for pattern in (INSIDE_WORD, MARK_AND_SPACE):
        for match in _at(marks, pattern, text):
            start, end = _with_space_before(text, match), match.end()
            if _is_stray(text, start, end, prose):
                yield Edit(start, end, "", "stray_char", "inside a word")
    for match in (*_at(marks, DOT_BEFORE_UNIT, text), *CUT_DECIMAL.finditer(text)):
        yield Edit(match.start(), match.end(), "", "stray_char", "inside a number")
    yield from _lone_quotes(text)
    for pattern, place in ((DOT_BEFORE_MARK, "before"), (DOT_AFTER_MARK, "behind")):
        for match in _at(marks, pattern, text):
            yield Edit(_with_space_before(text, match), match.end(), "", "stray_char", f"dot {place} a mark")
    for match in dots if stops > 3 * len(dots) else ():
        if not (text[match.start() - 1] in TRANSLITERATION and text[match.end()] in TRANSLITERATION):
            yield Edit(match.start(), match.end(), "", "stray_char", "dot between words")
    if " and " in text:
        for match in AND.finditer(text):
            yield Edit(match.start(), match.end(), "和", "stray_char", "a machine's and")


def _at(places: Iterable[int], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The matches that begin at some of the places, all that have a mark that may be a stray one."""
    return filter(None, (pattern.match(text, at) for at in places))


def _with_space_before(text: str, match: re.Match[str]) -> int:
    """Where a mark begins, with the space before it."""
    return match.start() - (text[match.start() - 1 : match.start()] == " ")


def _is_stray(text: str, start: int, end: int, prose: bool) -> bool:
    """Whether a mark between two characters belongs to neither; `prose`: the page ends its sentences in 。 alone."""
    before, after, mark = text[max(0, start - 4) : start], text[end : end + 4], text[start:end].strip()
    if mark == "'":
        stop = text.find("\n", end)
        quotes = text.count("'", text.rfind("\n", 0, start) + 1, stop if stop >= 0 else len(text))
        return quotes == 1 or (quotes % 2 == 1 and crosses_word(before, after))
    # 一. 总则, 第一.总则, but 从八.年
    if mark == "." and before[-1] in NUMERALS and not IN_PROSE.match(before[-2:-1]):
        return False
    # 一·二九, “山·水·人”
    if mark in "·•" and (
        {before[-1], after[0]} <= set(NUMERALS) or PARTED_TITLE.search(text[max(0, start - 8) : end + 8])
    ):
        return False
    if crosses_word(before, after):
        return True
    # 回到了. 学校, but 约翰. 史密斯 and what stands at the head of a line
    foreign = before[-1] in TRANSLITERATION and after[0] in TRANSLITERATION
    at_head = "\n" in text[max(0, start - LINE_HEAD_CHARS) : start] or start < LINE_HEAD_CHARS
    return prose and mark == "." and end - start > 1 and not foreign and not at_head


def _lone_quotes(text: str) -> Iterator[Edit]:
    """Closing quotes that nothing opened."""
    for match in LONE_QUOTE.finditer(text):
        start = text.rfind("\n", 0, match.start()) + 1
        if "‘" not in text[max(start, match.start() - 200) : match.start()]:
            yield Edit(match.start(), match.end(), "", "stray_char", "nothing opens it")


def _spaces(text: str) -> Iterator[Edit]:
    if " " not in text:
        return
    habits = Habits(
        after_marks=len(SPACE_AFTER_MARK.findall(text)) >= PERVASIVE,
        around_numbers=_spaced_numbers(text),
    )
    for start, end in _spaced_lines(text):
        running = is_running(text[start:end])
        for gap in GAP.finditer(text, start, end):
            edit = _gap(text, gap.start(), start, running, habits)
            if edit is not None:
                yield edit
        if running:
            yield from _number_gaps(text, start, end, habits)


def _spaced_lines(text: str) -> Iterator[tuple[int, int]]:
    """Where the lines with a space in them stand."""
    at = text.find(" ")
    while at >= 0:
        end = text.find("\n", at)
        end = end if end >= 0 else len(text)
        yield text.rfind("\n", 0, at) + 1, end
        at = text.find(" ", end)


def _gap(text: str, at: int, start: int, running: bool, habits: Habits) -> Edit | None:
    """The edit for a space between Chinese characters or marks, None where it is the author's."""
    before = text[at - 1]
    if text[at + 1] in "，。；：！？、,;!?":
        return Edit(at, at + 1, "", "stray_char", "space before a mark")
    if before in "。！？；" and (NEW_ITEM.match(text, at + 1) or _counts_on(text, at)):
        return Edit(at, at + 1, "\n", "stray_char", "an item glued to the sentence before")
    if text[at + 1].isdigit():
        return None
    # 补助 乡镇中心校每月…: what a row or a report begins with
    head = text[start:at]
    row = 2 <= len(head) <= LINE_HEAD_CHARS and not SENTENCE_MARK.search(head)
    # 2.每学期听课 不少于40节
    if row and not (ITEM.match(head) and len(head) > SHORT_LABEL and MIDDLE_OF_CLAUSE.match(text, at + 1)):
        return None
    # （三）造成不良影响 的。: too short for running text, but these begin no word
    if text[at + 1] in "的了们們" and text[at + 2 : at + 3] in "。；，" and before not in "。；，：！？":
        return Edit(at, at + 1, "", "stray_char", "space before 的")
    if not running or _after_item_mark(text, start, at) or rare_run().search(text, max(0, at - 2), at + 1):
        return None
    habit = before in "，；：" and habits.after_marks
    return Edit(at, at + 1, "", "space" if habit else "stray_char", "space inside a sentence")


def _counts_on(text: str, at: int) -> bool:
    """Whether a number stands behind the space that goes on from one at the head of a line above."""
    number = NUMBER_OF_ITEM.match(text, at + 1)
    if number is None:
        return False
    before = f"\n{int(number[1]) - 1}{number[2]}"
    return before in text[max(0, at - ITEM_REACH) : at]


def _number_gaps(text: str, start: int, end: int, habits: Habits) -> Iterator[Edit]:
    for match in BESIDE_NUMBER.finditer(text, start, end):
        at = match.start()
        if _after_item_mark(text, start, at):
            continue
        two_sided = re.search(r" \d+$", text[max(start, at - 8) : at])
        slip = text[at - 1].isdigit() and not habits.around_numbers and not two_sided
        yield Edit(at, at + 1, "", "stray_char" if slip else "space", "between number and unit")


def _spaced_numbers(text: str) -> bool:
    """Whether the author sets numbers apart by spaces, on both sides."""
    count = len(BESIDE_NUMBER.findall(text))
    return count >= PERVASIVE and len(SPACED_STYLE.findall(text)) * 2 >= count


def _after_item_mark(text: str, start: int, at: int) -> bool:
    """Whether the space at `at` sets off what a line begins with, or stands where one is usual.

    四、 成绩   本报讯 8月   第六条 教师   （通讯员 方青）   年 月 日
    """
    head = text[start:at]
    if len(head) < 12 and (ITEM_HEAD.fullmatch(head + " ") or (head[-1:] in "、.）)" and ITEM.match(head))):
        return True
    return USUAL_BEFORE_SPACE.search(head[-8:]) is not None or (head[-1:] in "年月" and text[at + 1] in "月日")


def _spaced_headings(text: str) -> Iterator[Edit]:
    """Spaces that set a heading or a label wide: 教 师 交 流, 【摘 要】."""
    for match in SPACED_LABEL.finditer(text):
        yield Edit(match.start(), match.end(), "", "space", "spaced-out label")
    for start, end in _spaced_lines(text):
        spaced = SPACED_OUT.fullmatch(text, start, end)
        if spaced:
            for at in range(spaced.start(1), spaced.end(1)):
                if text[at] == " ":
                    yield Edit(at, at + 1, "", "space", "spaced-out heading")
