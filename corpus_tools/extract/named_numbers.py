"""Numbers that name instead of count: dates, clock times, document numbers, articles, list markers, telephone numbers.

They are recognised so that they never leak out as quantities.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from corpus_tools import lexicon

_YEAR = r"(?:(?:1[5-9]|20|１９|２０)[0-9０-９]{2}|[一二][〇零○九八七][〇零○一二三四五六七八九]{2})"
_TENS = r"(?:[0-5][0-9]|[一二三四五]?十[一二三四五六七八九]?)"
_ONE = "[一二三四五六七八九]"
_SHORT = rf"(?:[0-9０-９]{{1,2}}|{_ONE}?十{_ONE}?|廿{_ONE}?|卅一?|{_ONE})"
_DAY = rf"{_SHORT}[日号]"
_GAP = "[ \u3000]?"
_DASH = rf"{_GAP}(?:[-－–—―~～﹣‐‑]{{1,2}}|[至到、和与/]){_GAP}"
_MASK = r"[xXＸ×*＊_＿□○]"
_PART_OF_MONTH = rf"(?:份|底|初|末|中旬|上旬|下旬|{_GAP}{_DAY})"

# what may stand at the place where a numeral starts
_DATES: Final = (
    rf"{_YEAR}{_GAP}年?{_DASH}(?:{_YEAR}|[0-9]{{2}}){_GAP}(?:学年|年)[度级届]?",  # 2013—2014学年
    rf"{_YEAR}{_GAP}(?:年|学年)[度级代]?(?:{_GAP}{_SHORT}{_GAP}月(?:{_GAP}{_DAY}|份|底|初)?)?",  # 2013年9月1日
    # years of the Republic: 113學年度, 民國87年7月31日, 115年
    rf"1[0-3][0-9]{_GAP}(?:学年度?|年度?)(?!{_GAP}(?:以[上下内]|内|期|间))(?:{_GAP}{_SHORT}{_GAP}月(?:{_GAP}{_DAY})?)?",
    rf"[0-9０-９一二三四五六七八九十]{{2,4}}{_GAP}年{_GAP}{_SHORT}{_GAP}月{_GAP}{_DAY}",
    rf"(?<=民国){_GAP}[0-9０-９一二三四五六七八九十]{{1,4}}{_GAP}年(?:{_GAP}{_SHORT}{_GAP}月(?:{_GAP}{_DAY})?)?",
    rf"一百[一二]?十?{_ONE}?{_GAP}学年度?",
    rf"{_YEAR}(?:[-/.．]{_SHORT}){{1,2}}日?(?![0-9])",  # 2013-05-12
    rf"{_YEAR}{_GAP}[届级版秋春]",  # 2013届毕业生
    rf"[0-9]{{1,4}}{_MASK}{{1,4}}[0-9]{{0,2}}{_GAP}(?:年[度级代]?)?",  # 20xx年, 201_年
    rf"{_ONE}十年代",
    rf"[0-9０-９]{{2}}{_GAP}(?:年代|世纪|后(?=[的青教一])|级)",  # 80年代
    rf"{_SHORT}{_GAP}月{_PART_OF_MONTH}?(?={_DASH}(?:[0-9xX_]{{2,4}}年|[次翌当同]年|第二年)?{_SHORT}月)",  # 6月至9月
    rf"{_SHORT}{_GAP}月(?={_DASH}[0-9xX_]{{2,4}}年)",  # 9月至20xx年7月
    rf"{_SHORT}{_DASH}{_SHORT}{_GAP}月[份底初末]",  # 3、4月份
    rf"{_SHORT}{_GAP}月{_GAP}{_DAY}(?:{_DASH}{_DAY})?",  # 5月1日
    rf"{_SHORT}{_GAP}月(?:份|底|初|末|中旬|上旬|下旬)",
)
_CLOCKS: Final = (
    r"(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?::[0-5][0-9])?(?![0-9])",  # 8:30
    rf"{_SHORT}[点时](?:{_TENS}分?|{_SHORT}分(?!之)|半|整|[一三]刻)",  # 八点半, 9点30分
    rf"(?:(?<=[午晨间])|(?<=早上)|(?<=晚上)){_SHORT}[点时]",  # 上午9点
    r"[0-9]{1,2} ?[:：] ?[0-9]{2} ?[ap]m",
)
_CODES: Final = (
    r"1[3-9][0-9]{9}(?![0-9])|0[0-9]{2,3}[-—－ ]?[0-9]{7,8}(?![0-9])|400[-—][0-9]{3,4}[-—][0-9]{3,4}",  # telephones
    r"[0-9]{1,6}(?:\.[0-9]{1,6}){2,8}",  # 1.2.3, addresses
    rf"[0-9０-９一二三四五六七八九十百]{{1,6}}{_GAP}号(?![码角])(?:文件?)?",  # 12号
)
_RANKS: Final = (
    rf"[〇零一二两三四五六七八九十0-9０-９]{{1,3}}{_GAP}(?:年级|年制|年一贯制|学年制|级|等奖|等功)",  # 三年级, 两年制
    r"[一二三四五六七八九0-9][至到、-][一二三四五六七八九0-9](?:年级|级|等奖)",
    "[一二三四五六七八九十]{1,3}届?[一二三四五六七八]中全会",  # 十八届三中全会
    "[一二三]?十[一二三四五六七八九]?(?:届|大(?=[以报精会召提强指的和与、，。]))",  # 十九大
    "[一二三]?十[一二三四五六七八九]?[·.]?五(?=规划|时期|期间|以来|末|初|中期|[”」’）)])",  # 十三五规划
    "[一二三四五六七八九十两](?:中|小|高|师|幼|院|附|本)(?=[、，。,学教校的院附]|$)",  # 瑞安三中
    "[一二三四五六七八九高初][ ]?[(（][0-9０-９一二三四五六七八九十]{1,2}[)）]",  # 六（2）班
    r"一点(?![一二三四五六七八九0-9])",
    # 一校一策, 一人一档; 一年一聘 counts years
    r"一[^年月日天周人名次岁所个学届节元倍、，。；\s〇零一二三四五六七八九十百千万亿点分成]一[^年月日天周人名次岁所个]",
)
_NAMED: Final = re.compile("|".join((*_DATES, *_CLOCKS, *_CODES, *_RANKS)))
# a number and one plain thing counted, by far the most frequent: none of the above can begin so
_PLAIN: Final = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?[人名%％元万所个岁倍次课节家项位周天]")
# 第三条, 周一: what stands before a numeral that names a place in an order
_ORDER_BEFORE: Final = re.compile(rf"(?:第{_GAP}|星期|礼拜|[〔［\[]|编号|编码|邮编|电话|热线|传真|QQ|[Nn][Oo]\.?)$")
_ORDER_ENDS: Final = frozenset("第 \u3000期拜〔［[号码编话线真QOo.")
# (1), （三）; and 1. or 二、 where a line or a sentence begins
_BRACKETED: Final = re.compile(r"[0-9０-９一二三四五六七八九十]{1,3}[ ]?[)）]")
_POINTED: Final = re.compile(r"[0-9０-９一二三四五六七八九十]{1,3}(?:[、．](?![0-9０-９])|[.](?![0-9０-９]))")
_ITEM: Final = re.compile(r"[一二三四五六七八九十]{1,2}(?:是|要|为|则|来|、)")


@cache
def _words() -> re.Pattern[str]:
    """十分, 五一劳动节: the words of the lexicon, the longest first."""
    return re.compile("|".join(sorted(lexicon.lines("numeral_words.txt"), key=lambda word: (-len(word), word))))


def is_place_in_order(text: str, start: int) -> bool:
    """Whether the words before the numeral make it a place in an order, a weekday or a code."""
    if text[start - 1 : start] not in _ORDER_ENDS:
        return False
    return _ORDER_BEFORE.search(text[max(0, start - 4) : start]) is not None


def end_of_name(text: str, start: int) -> int | None:
    """Where the name ends if the numeral at `start` belongs to a date, a document number or a word; else None."""
    if _PLAIN.match(text, start):
        return None
    named = _NAMED.match(text, start)
    if named is not None:
        return named.end()
    if not "一" <= text[start] <= "龥":
        return None
    word = _words().match(text, start)
    return None if word is None else word.end()


def end_of_marker(text: str, start: int) -> int | None:
    """Where the list marker ends, if the numeral at `start` is one: （三）, or 1. where a line begins."""
    before = text[start - 1] if start else "\n"
    if before in "(（":
        bracketed = _BRACKETED.match(text, start)
        return None if bracketed is None else bracketed.end()
    if before in " \t\u3000":
        before = (
            text[:start].rstrip(" \t\u3000")[-1:] if start < 200 else text[start - 200 : start].rstrip(" \t\u3000")[-1:]
        )
        before = before or "\n"
    if before not in "\n\r。；;！？!?：:#*":
        return None
    pointed = _POINTED.match(text, start) or _ITEM.match(text, start)
    return None if pointed is None else pointed.end()
