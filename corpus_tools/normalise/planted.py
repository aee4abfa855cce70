"""Letters, English words and middle dots planted between an author's words on pages that are known to be planted.

A site that writes 书里的.故事 to hide its copy writes 竟r然, 增加了 the 十六个 and 感谢·轮岗 too. Each of these may be
an author's (e时代, 扎西·顿珠, 小a), so they are looked for only where plainer marks have given the page away, and only
where nothing on the line speaks of letters, words or names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.normalise.classes import HAN, NUMERALS, TRANSLITERATION
from corpus_tools.normalise.lines import crosses_word
from corpus_tools.text import Edit

REACH = 400
GIVEN_AWAY = 2  # planted marks; one may be a slip of the pen
# 目的是w快乐, but x hides a word
LETTER = re.compile(rf"[a-wyz](?<=[{HAN}].)(?=[{HAN}])")
# Before an author's letter: 小q, 点a, 维生素c, 选b, 答案是c, 第n次
BEFORE_LETTER = re.compile(
    "(?:[小阿老].|[点點角线線边邊轴軸][a-dlmop]|(?:向量|[素型音母读讀念写寫唱叫选選填项項题題卷第号號栋棟座]).|是[a-e])$"
)
# With what follows it: b超, n次, e时代, i人, 很q弹
WITH_LETTER = re.compile(
    "[a-z][班组組型类類股站轮輪罩盘盤图圖台字角座线線轴軸点點栋棟区區楼樓选選卷键鍵款粉弹彈超膜裙领領裤褲段调調掉]"
    "|[nkm][个個次年遍多种種倍天]|[eipjvkf][人时時家网網信歌票]|[a-z](?<=[很太最真超教学學发發].)[的了萌、和与與时時]"
)
NAMED = frozenset("小阿老")
# 增加了 the 十六个, 知识and老化
WORD = re.compile(rf"(?:the|of|and|or|is|are|was|with|that|for)(?![A-Za-z]) ?(?=[{HAN}])")
# The line talks of letters or words, or reckons.
OF_LETTERS = re.compile(
    "英语|英文|单词|字母|拼音|韵母|声母|音节|音标|语法|冠词|介词|方程|公式|函数|坐标|选项|选择题|歌词|牌子|品牌|型号|网名|代号|变量|未知数"
)
ONE_HAN, SMALL_LETTERS = re.compile(f"[{HAN}]"), re.compile("[a-z]+")
LATIN, HIDDEN = re.compile("[A-Za-z]"), re.compile(r"[xX]{2,}|[xX](?=[年月日号號市县縣区區镇鎮乡鄉村校班])|\^v\^")
MEANING = {"and": "和", "or": "或"}
# 感谢·轮岗
DOT = re.compile(rf"[·•](?<=[{HAN}].)(?=[{HAN}])")
SENTENCE_MARK = re.compile("[，。]")
CLAUSE_END = re.compile("[，。；：！？]|$")
# ... and those of Tibetans, Uyghurs and Mongols: 扎西 顿珠 古丽
NAME_SYLLABLES = TRANSLITERATION | frozenset("卓央扎次仁珠桑朵旺措增买吐孜吾努沙别江罕木如依古麦赛嘎娜其日色洛绒")
# 中国·杭州, 贵州·毕节
PLACE = re.compile(
    "(?:中国|中华|全国|国培|省培|北京|天津|上海|重庆|河北|山西|辽宁|吉林|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|黑龙江|[省市县区州镇乡版册年级届期])$"
)
# 3万元/人·年, 千瓦·时
UNIT = re.compile("[人元次节瓦吨辆床车].[年月周日天次时公]")
OPENERS, CLOSERS = "《“「【（‘", "》”」】）’"


def planted_edits(text: str) -> Iterator[Edit]:
    """Edits of kind `stray_char` on a page that is known to be planted."""
    for run in SMALL_LETTERS.finditer(text):
        start, end = run.span()
        if end == start + 1:
            if LETTER.match(text, start) and _is_letter(text, start, end):
                yield Edit(start, end, "", "stray_char", "planted letter")
        elif (word := WORD.match(text, start)) and _is_word(text, begin := _with_space(text, start), word.end()):
            yield Edit(begin, word.end(), MEANING.get(run.group(), ""), "stray_char", "planted word")
    for dot in DOT.finditer(text) if "·" in text or "•" in text else ():
        if _is_dot(text, *dot.span()):
            yield Edit(*dot.span(), "", "stray_char", "planted dot")


def _with_space(text: str, start: int) -> int:
    return start - (text[start - 1 : start] == " ")


def _is_letter(text: str, start: int, end: int) -> bool:
    """Whether a small letter between two characters has no business there."""
    before, after = text[max(0, start - 4) : start], text[end : end + 4]
    if not _is_only_latin(text, start, end):
        return False
    if WITH_LETTER.match(text, start):
        return False
    return not BEFORE_LETTER.search(text[max(0, start - 2) : end]) or (
        before[-1] not in NAMED and crosses_word(before, after)
    )


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether an English word is alone among Chinese ones."""
    return ONE_HAN.match(text[start - 1 : start]) is not None and _is_only_latin(text, start, end)


def _is_only_latin(text: str, start: int, end: int) -> bool:
    """Whether the line has no other Latin letter than what hides a word, and does not speak of letters."""
    line_start, line_end = _line(text, start, end)
    rest = text[line_start:start] + text[end:line_end]
    return not LATIN.search(HIDDEN.sub("", rest)) and not OF_LETTERS.search(rest)


def _is_dot(text: str, start: int, end: int) -> bool:
    """Whether a middle dot in a sentence parts neither a name, a title, a place nor a date."""
    line_start, line_end = _line(text, start, end)
    line = text[line_start:line_end]
    if not SENTENCE_MARK.search(line) or line.count("·") + line.count("•") > 1:
        return False
    before, after, head = text[start - 1], text[end], text[line_start:start]
    if UNIT.match(text, start - 1):
        return False
    if {before, after} <= NAME_SYLLABLES or {before, after} <= set(NUMERALS) or PLACE.search(head[-4:]):
        return False
    if max(map(head.rfind, OPENERS)) > max(map(head.rfind, CLOSERS)):
        return False
    stop = CLAUSE_END.search(text, end, line_end)
    return stop is None or stop.group() != "："  # 城南小学·李静：各位老师…


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    """The line around a place, or as much of it as speaks of the same thing."""
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    begin, stop = text.rfind("\n", low, start), text.find("\n", end, high)
    return begin + 1 if begin >= 0 else low, stop if stop >= 0 else high
