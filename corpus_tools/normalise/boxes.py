"""Boxes □ that a broken font left of ，。 or 、 are mended; a box that hides words is a mask and stays.

Most stand beside a Latin letter (出发□20xx年), some between a clause that is finished and one that plainly begins.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus_tools.lexicon import table
from corpus_tools.normalise.classes import HAN
from corpus_tools.normalise.line_kinds import SENTENCE, is_running
from corpus_tools.normalise.lines import crosses_word
from corpus_tools.normalise.lost_marks import end_mark, is_listed, lost_mark
from corpus_tools.text import Edit

# 孙xx□钱xx
BOX_BETWEEN_NAMES = re.compile(rf"□(?<=[{HAN}][xX×][xX×]□)(?=[{HAN}][xX×]{{1,2}})")
# 挥着手□ at the end of a line
BOX_AT_END = re.compile(rf"□(?<=[{HAN}]□)(?=\n|$)")
# 要求□20xx年  方法□xx小学
BOX_BEFORE_LATIN = re.compile(rf"□(?<=[{HAN}]□)(?=(?:(?:19|20)[\dxX_×]{{2}}年)|[xX×]{{2}}[{HAN}])")
# 作文课□口算课□班会: things of one kind in a row
BOX_IN_LIST = re.compile(rf"□(?<=([{HAN}])□)[{HAN}]{{0,6}}\1(□)(?=[{HAN}])")
# 电脑还是前年配的□系统太旧: 是…的 is finished, and what follows says something of its own
BOX_AFTER_IS_OF = re.compile(
    rf"□(?<=的□)(?![{HAN}]?(?:老师|校长|主任|同学|学生|先生|女士|小学|中学|学校))"
    rf"(?=[{HAN}]{{2,3}}(?:太|很|真|非常|十分|特别|都|也|却|全|已)[{HAN}])"
)
IS_OF = re.compile(r"是[^，。；！？□]{2,16}的$")
# 他说□“好”   《春》□《秋》
BOX_BEFORE_OPENING = re.compile("□(?:(?<=[说道问喊答写]□)(?=“)|(?<=[》”]□)(?=[《“]))")
# 副组长□李xx
BOX_BEHIND_OFFICE = re.compile(rf"□(?<=[组队]长□|[成队]员□|[系责持]人□)(?=[{HAN}][xX×])")
# 明天告诉我□”
BOX_BEFORE_CLOSING = re.compile(rf"□(?<=[{HAN}]□)(?=”)")
# 你这个□”: what is called names, or a name
WANTS_NAME = re.compile("(?:[个种位名叫是真太很]|这么|那么)$")
# What begins like a unit or a title and is a word of its own: □组织大家, but □组, □老师
OWN_WORDS = (
    "(?:了解|市场|校园|校舍|区分|区别|班会|人人(?!均)|人心|元旦|年轻|年底|年终|年初|号召|师德|师生|生怕|生动|生活|个别|位于|次日|节约|节日|节假"
    "|天气|天黑|天亮|天上|岁月|倍感|倍加|分别|分享|分析|分工|分层|分头|组织|组建|组成|同时|同样|同事|老人|先后|先是|女儿|主动|主要|主题|主持)"
)
# Surnames that are hardly ever words: 听说张□明也来了, but 山路很高□孩子们
SURNAMES = frozenset(
    "张王李赵刘陈杨黄周吴徐孙朱胡郭罗郑梁谢宋唐许韩冯邓曹彭曾肖董袁潘蒋蔡余杜程苏魏吕丁沈姚卢姜崔钟谭陆汪范廖贾夏韦"
    "邹孟熊秦邱尹薛闫侯陶黎贺郝龚邵钱严覃武戴莫孔"
)
BOX_BETWEEN_WORDS = re.compile(rf"□(?<=[{HAN}A-Za-z]□)(?=[{HAN}]{{2}})")
# 名单□报县局: on a page that hides words otherwise a box alone stands for a mark, but not 小□的, 张□老师, □县, 共□人
BOX_ALONE = re.compile(
    rf"□(?:(?<=[{HAN}]{{2}}□)|(?<=[A-Za-z]□))(?<![小老阿某姓名叫是为第共约有満满每到发给自在].)(?=[{HAN}]{{2}})"
    rf"(?:(?={OWN_WORDS})|(?![的了们县市镇乡村校省区班人元年月日号师生个名位次节天岁倍分组级某同老先女主校局]|先生|女士|[小中大]学|学校|中心|[初高]中|完小|幼儿园))"
)
# 全镇通报□20xx年起列入考核
SINCE = re.compile("(?:19|20).{2}年起")
# …应尽的责任□义务: two nouns that end the sentence
COORDINATE = re.compile(rf"的[{HAN}]{{2}}$")
COORDINATE_END = re.compile(rf"[{HAN}]{{2}}")
HIDES_OTHERWISE = re.compile(r"(?:19|20)(?:[xX_×]{1,2})年?|[xX×]{2}|\^v\^|__|\\_")
CIRCUMSTANCE = re.compile(
    r"(?:根据|根據|按照|依照|依据|依據|遵照|为了|為了|随着|隨着|作为|作為|通过|通過|鉴于|鑒於|由于|由於|结合|結合|自|从|從|在|经|經|截至"
    r"|第一[眼次]|每[当次逢]|只要|如果|要是|虽然|虽说|因为|不管|无论|既然|尽管|当(?=[我你他她]|孩子|学生|老师))"
)
SENTENCE_START = re.compile(r"[。！？；\n]")
# 经过一年努力，: the clause behind the box says something
GOES_ON = re.compile(r"[^，；]{3}")
SHORT_CLAUSE = 4


def box_edits(text: str) -> Iterator[Edit]:
    """Edits of kind `stray_char` for boxes that stand for a mark."""
    if "□" not in text:
        return
    yield from _boxes_alone(text)  # what is told by more is told after, and holds
    for match in BOX_BETWEEN_NAMES.finditer(text):
        yield Edit(match.start(), match.end(), "、", "stray_char", "box between names")
    for match in BOX_BEHIND_OFFICE.finditer(text):
        yield Edit(match.start(), match.end(), "：", "stray_char", "box behind an office")
    for match in BOX_IN_LIST.finditer(text):
        yield Edit(match.start(), match.start() + 1, "、", "stray_char", "box in a list")
        yield Edit(match.start(2), match.end(2), "、", "stray_char", "box in a list")
    yield from _boxes_at_quotes(text)
    for match in BOX_AFTER_IS_OF.finditer(text):
        before, after = _around_box(text, match.start())
        if "□" not in before + after and IS_OF.search(before):
            yield Edit(match.start(), match.end(), "，", "stray_char", "box for a lost mark")
    for match in BOX_AT_END.finditer(text):
        line = text[text.rfind("\n", 0, match.start()) + 1 : match.start()]
        if "□" not in line and is_running(line):
            yield Edit(match.start(), match.end(), end_mark(line), "stray_char", "box for a lost mark")
    for match in BOX_BEFORE_LATIN.finditer(text):
        before, after = _around_box(text, match.start())
        if "□" not in before + after:  # several in one sentence hide words or letters
            comma = bool(CIRCUMSTANCE.match(before) or not after[:1].isdigit() or SINCE.match(after))
            yield Edit(match.start(), match.end(), "，" if comma else "。", "stray_char", "box for a lost mark")
    clauses = list(_before_clause().finditer(text))
    known = {match.start() for match in clauses}
    for match in clauses:
        before, after = _around_box(text, match.start())
        # 煮了一碗面□我一边吃一边哭□也不知道为什么: each of them parts two clauses
        if "□" in before + after and _boxes_around(before, after, match.start()) <= known:
            before, after = before[before.rfind("□") + 1 :], after.partition("□")[0]
        if "□" not in before + after and _is_finished(before) and GOES_ON.match(after):
            circumstance = CIRCUMSTANCE.match(before) is not None and "，" not in before
            if match.group("subject") and not circumstance:
                continue
            comma = circumstance or not match.group("anew")
            mark = lost_mark(before, after, "，" if comma else "。")
            yield Edit(match.start(), match.start() + 1, mark, "stray_char", "box for a lost mark")


def _boxes_alone(text: str) -> Iterator[Edit]:
    """Edits for boxes between words on a page that hides in another way what it hides."""
    if not HIDES_OTHERWISE.search(text):
        return
    for match in BOX_BETWEEN_WORDS.finditer(text):
        before, after = _around_box(text, match.start())
        if "□" in before + after or len(before) < 2 or _is_surname(before):
            continue
        if BOX_ALONE.match(text, match.start()):
            two_names = COORDINATE.search(before) and COORDINATE_END.fullmatch(after)
            mark = lost_mark(before, after, "、" if two_names else "，")
            yield Edit(match.start(), match.end(), mark, "stray_char", "box for a lost mark")
        elif is_listed(before, after):
            yield Edit(match.start(), match.end(), "、", "stray_char", "box in a list")
        elif crosses_word(before[-4:], after[:4]):
            yield Edit(match.start(), match.end(), "", "stray_char", "box inside a word")


def _boxes_at_quotes(text: str) -> Iterator[Edit]:
    """Edits for boxes before what is said, between quotations, and where one ends."""
    for match in BOX_BEFORE_OPENING.finditer(text):
        mark = "、" if text[match.start() - 1] in "》”" else "："
        yield Edit(match.start(), match.end(), mark, "stray_char", "box before a quotation")
    for match in BOX_BEFORE_CLOSING.finditer(text):
        said = text[text.rfind("“", max(0, match.start() - 200), match.start()) + 1 : match.start()]
        if "□" not in said and _is_finished(said) and not WANTS_NAME.search(said):
            yield Edit(match.start(), match.end(), end_mark(said), "stray_char", "box for a lost mark")


def _around_box(text: str, at: int) -> tuple[str, str]:
    """What stands before and after the box at `at` in its sentence."""
    starts = [m.end() for m in SENTENCE_START.finditer(text, max(0, at - 200), at)]
    high = min(len(text), at + 200)
    stop = SENTENCE_START.search(text, at, high)
    return text[starts[-1] if starts else max(0, at - 200) : at], text[at + 1 : stop.start() if stop else high]


def _boxes_around(before: str, after: str, at: int) -> set[int]:
    """Where the other boxes of the sentence stand around the one at `at`."""
    start = at - len(before)
    return {start + place for place, character in enumerate(f"{before}_{after}") if character == "□"}


def _is_surname(before: str) -> bool:
    """Whether what stands before a box ends in a surname, and not in a word: 张, but 纸张."""
    from corpus_tools.nlp.jieba import cut

    return before[-1] in SURNAMES and cut(before[-4:])[-1] == before[-1]


def _is_finished(before: str) -> bool:
    """Whether the clause that ends `before` wants nothing more: 去年我来到 wants a place, 那位老师 may want a name."""
    clause = SENTENCE.split(before)[-1]
    words = table("clauses.toml")
    if clause.endswith("了") and not clause[:-1].endswith(tuple(words["done"])):
        return False
    return len(clause) >= SHORT_CLAUSE and not clause.endswith((*words["wants_more"], *words["before_names"]))


@cache
def _before_clause() -> re.Pattern[str]:
    """A pattern of a box behind a character and before words that begin a clause: 太少□今后, 很快□但是."""
    words = table("clauses.toml")
    anew, onward, subject = ("|".join(words[kind]) for kind in ("begins", "goes_on", "subjects"))
    return re.compile(rf"□(?<=[{HAN}]□)(?:(?P<anew>{anew})|{onward}|(?P<subject>{subject}))")
