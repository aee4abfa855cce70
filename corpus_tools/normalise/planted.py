"""Letters, English words and middle dots planted between an author's words on pages that are known to be planted.

A site that writes 书里的.故事 to hide its copy writes 竟r然, 增加了 the 十六个 and 感谢·轮岗 too. By themselves each of
these may be an author's (e时代, 扎西·顿珠, 小a), so they are looked for only where the plain marks have given the page away,
and only where nothing on the line speaks of letters, words or names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.normalise.classes import HAN
from corpus_tools.normalise.lines import crosses_word
from corpus_tools.text import Edit

GIVEN_AWAY = 2  # planted marks; one may be a slip of the pen
# 目的是w快乐, but x hides a word
LETTER = re.compile(rf"[a-wyz](?<=[{HAN}].)(?=[{HAN}])")
# 点a 维生素c 选b 小q 很e
BEFORE_LETTER = frozenset(
    "第点线角边向量素型音母读念写学唱教叫发选填答项题卷甲乙小阿老大个很太最真更超号栋座组班级图表式"
    "為点線邊選項題號棟組級圖發學寫讀題"
)
# b超 e时代 n次 k歌 d盘 v字 p掉
AFTER_LETTER = frozenset(
    "等级班组型类股站轮罩盘图歌台字角座线轴点片栋区楼门口选项卷键母照款票证方粉友弹妹总君神超恤膜裙领裤段式调音符"
    "个次年遍多种倍天号月日人时家网了掉过级組類線軸點號"
)
# 答案是c
CHOSEN = re.compile("是[a-e]")
# 增加了 the 十六个, 知识and老化
WORD = re.compile(rf" ?(?:the|of|and|or|is|are|was|with|that|for)(?![A-Za-z]) ?(?=[{HAN}])")
# The line talks of letters or words, or reckons.
OF_LETTERS = re.compile(
    "英语|英文|单词|字母|拼音|韵母|声母|音节|音标|语法|冠词|介词|方程|公式|函数|坐标|选项|选择题|歌词|牌子|品牌|型号|网名|代号|变量|未知数"
)
LATIN, HIDDEN = re.compile("[A-Za-z]"), re.compile(r"[xX]+|\^v\^")
MEANING = {"and": "和", "or": "或"}
# 感谢·轮岗
DOT = re.compile(rf"[·•](?<=[{HAN}].)(?=[{HAN}])")
SENTENCE_MARK = re.compile("[，。]")
CLAUSE_END = re.compile("[，。；：！？]|$")
NUMERALS = frozenset("一二三四五六七八九十")
NAME_SYLLABLES = frozenset(
    "阿埃艾安奥巴贝比彼伯布查达戴丹德蒂迪杜顿多恩尔法菲费夫弗福盖格戈哈海汉赫亨霍基吉加杰金卡凯科克肯库拉莱兰朗劳雷里丽利"
    "莉列林卢鲁罗洛马玛曼梅米蒙莫姆穆内纳奈尼诺帕派佩皮普奇乔琼丘热瑞萨塞森山珊尚舍史斯苏索塔泰坦汤特提图托瓦万威韦维温翁沃"
    "乌西希锡谢辛亚扬耶伊因尤约詹珍朱兹泽翰歇逊登卓央扎次仁珠桑朵旺措增买吐孜吾努沙别江罕木如依古麦赛扎嘎娜其日色洛绒"
)
# 中国·杭州, 贵州·毕节
PLACE = re.compile(
    "(?:中国|中华|全国|国培|省培|北京|天津|上海|重庆|河北|山西|辽宁|吉林|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南"
    "|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|香港|澳门|黑龙江|[省市县区州镇乡版册年级届期])$"
)
OPENERS, CLOSERS = "《“「【（‘", "》”」】）’"


def planted_edits(text: str) -> Iterator[Edit]:
    """Edits of kind `stray_char` on a page that is known to be planted."""
    for pattern, planted in ((LETTER, _is_letter), (WORD, _is_word), (DOT, _is_dot)):
        for match in pattern.finditer(text):
            if planted(text, match.start(), match.end()):
                yield Edit(*match.span(), MEANING.get(match.group().strip(), ""), "stray_char", "planted")


def _is_letter(text: str, start: int, end: int) -> bool:
    """Whether a small letter between two characters has no business there."""
    before, after = text[max(0, start - 4) : start], text[end : end + 4]
    if not _is_only_latin(text, start, end):
        return False
    if before[-1] in BEFORE_LETTER or CHOSEN.match(text, start - 1):
        return False
    return after[0] not in AFTER_LETTER or crosses_word(before, after)


def _is_word(text: str, start: int, end: int) -> bool:
    """Whether an English word is alone among Chinese ones."""
    return re.match(f"[{HAN}]", text[start - 1 : start]) is not None and _is_only_latin(text, start, end)


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
    if {before, after} <= NAME_SYLLABLES or {before, after} <= NUMERALS or PLACE.search(head[-4:]):
        return False
    if max(map(head.rfind, OPENERS)) > max(map(head.rfind, CLOSERS)):
        return False
    stop = CLAUSE_END.search(text, end, line_end)
    return stop is None or stop.group() != "："  # 城南小学·李静：各位老师…


def _line(text: str, start: int, end: int) -> tuple[int, int]:
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, stop if stop >= 0 else len(text)
