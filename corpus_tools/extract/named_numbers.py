"""Numbers that name instead of count: dates, clock times, document numbers, articles, list markers, telephone numbers.

They are recognised so that they never leak out as quantities.
"""

from __future__ import annotations

import re
from typing import Final

_YEAR = r"(?:(?:1[5-9]|20|１９|２０)[0-9０-９]{2}|[一二][〇零○九八七][〇零○一二三四五六七八九]{2})"
_SHORT = r"(?:[0-9０-９]{1,2}|[一二三四五六七八九]?十[一二三四五六七八九]?|廿[一二三四五六七八九]?|卅一?|[一二三四五六七八九])"
_TENS = r"(?:[0-5][0-9]|[一二三四五]?十[一二三四五六七八九]?)"
_DAY = rf"{_SHORT}(?:日|号|號)"
_DASH = r"[ \u3000]?(?:[-－–—―~～﹣‐‑]{1,2}|至|到|、|和|与|/)[ \u3000]?"
_MASK = r"[xXＸ×*＊_＿□○]"

# what may stand at the place where a numeral starts
_NAMED: Final = re.compile(
    "|".join(
        (
            rf"{_YEAR}[ \u3000]?年?{_DASH}(?:{_YEAR}|[0-9]{{2}})[ \u3000]?(?:学年|學年|年)[度级級届]?",  # 2013—2014学年
            rf"{_YEAR}[ \u3000]?(?:年|学年|學年)(?:[度级級]|代)?(?:[ \u3000]?{_SHORT}[ \u3000]?月(?:[ \u3000]?{_DAY}|份|底|初)?)?",
            rf"{_YEAR}(?:[-/.．]{_SHORT}){{1,2}}日?(?![0-9])",  # 2013-05-12
            rf"{_YEAR}[ \u3000]?(?:届|屆|级|級|版|秋|春)",  # 2013届毕业生
            rf"[0-9]{{1,4}}{_MASK}{{1,4}}[0-9]{{0,2}}[ \u3000]?(?:年[度级級代]?)?",  # 20xx年, 201_年
            r"[0-9０-９]{2}[ \u3000]?(?:年代|世纪|世紀|后(?=[的青教一])|級|级)",  # 80年代
            rf"{_SHORT}[ \u3000]?月(?:份|底|初|末|中旬|上旬|下旬|[ \u3000]?{_DAY})?(?={_DASH}(?:[0-9xX_]{{2,4}}年|[次翌当同]年|第二年)?{_SHORT}月)",
            rf"{_SHORT}[ \u3000]?月(?={_DASH}[0-9xX_]{{2,4}}年)",  # 9月至20xx年7月
            rf"{_SHORT}(?:{_DASH}){_SHORT}[ \u3000]?月(?:份|底|初|末)",  # 3、4月份
            rf"{_SHORT}[ \u3000]?月[ \u3000]?{_DAY}(?:{_DASH}{_DAY})?",  # 5月1日
            rf"{_SHORT}[ \u3000]?月(?:份|底|初|末|中旬|上旬|下旬)",
            r"(?:[01]?[0-9]|2[0-4])[:：][0-5][0-9](?::[0-5][0-9])?(?![0-9])",  # 8:30
            rf"{_SHORT}[点點时時](?:{_TENS}分?|{_SHORT}分(?![之])|半|整|[一三]刻)",  # 八点半, 9点30分
            rf"(?<=[午晚早晨间間])[ \u3000]?{_SHORT}[点點时時]",  # 上午9点
            r"[0-9]{1,2} ?[:：] ?[0-9]{2} ?[ap]m",
            r"1[3-9][0-9]{9}(?![0-9])|0[0-9]{2,3}[-—－ ]?[0-9]{7,8}(?![0-9])|400[-—][0-9]{3,4}[-—][0-9]{3,4}",
            r"[0-9]+(?:\.[0-9]+){2,}",  # 1.2.3, addresses
            r"[0-9０-９一二三四五六七八九十百]{1,6}[ \u3000]?(?:号|號)(?![码角])(?:文件?)?",  # 12号
            r"[〇零一二三四五六七八九十0-9０-９]{1,3}[ \u3000]?(?:年级|年級|年制|年一贯制|年一貫制|学年制|學年制|级|級|等[奖獎]|等功)",
            r"[一二三四五六七八九0-9](?:至|到|-|—|、)[一二三四五六七八九0-9](?:年级|年級|级|級|等[奖獎])",
            r"[一二三四五六七八九十]{1,3}(?:届|屆)?[一二三四五六七八]中全[会會]|[一二三]?十[一二三四五六七八九]?(?:届|屆|大(?=[以报精会召提强指的和与、，。]))",
            r"[一二三]?十[一二三四五六七八九]?[·.]?五(?=规划|規劃|时期|時期|期间|期間|以来|末|初|中期|[”」’）)])",  # 十三五规划
        )
    )
)
# 第三条, 周一, 高三: what stands before a numeral that names a place in an order
_ORDER_BEFORE: Final = re.compile(
    r"(?:第[ \u3000]?|星期|礼拜|禮拜|[〔［\[]|编号|编码|邮编|电话|热线|传真|QQ|[Nn][Oo]\.?)$"
)
# (1), （三）; and 1. or 二、 where a line or a sentence begins
_CLASS: Final = re.compile(r"[一二三四五六七八九高初][ ]?[(（][0-9０-９一二三四五六七八九十]{1,2}[)）]")  # 六（2）班
_BRACKETED: Final = re.compile(r"[0-9０-９一二三四五六七八九十]{1,3}[ ]?[)）]")
_POINTED: Final = re.compile(r"[0-9０-９一二三四五六七八九十]{1,3}(?:[、．](?![0-9０-９])|[.](?![0-9０-９]))")
_ITEM: Final = re.compile(r"[一二三四五六七八九十]{1,2}(?:是|要|为|则|来|、)")
# 五四青年节, 两会, 三公经费, 一师一优课: words and names that only look like counts
_NAMES: Final = re.compile(
    r"一点一点|一切|一般|一些|一定|一样|一樣|一起|一直|一旦|一律|一致|一线|一線|一流|一体|一體|一贯|一貫|一向|一再|一味|一面|一度|一时|一時|一番|一方|一方面|一把手|一次性|一年一度|一系列"
    r"|一对一|一對一|一票否决|一刀切|一揽子|一成不变|一步步|一步一|一点一滴|一点(?![一二三四五六七八九0-9])|一举|一同|一道|一手|一心|一如|一连|一概|一经|一并|一席|一盘棋|一元化|[一二](?:元|次)(?:一次|二次|论|论|函数|方程)"
    r"|二元(?:结构|結構|制|体制|體制|对立|化)|两(?:会(?=期间|精神|代表|，|召)|手抓|极分化|面性|用|岸|翼|基(?!地)|全(?!部))|兩(?:岸|極|手抓)|三(?:公经费|农|資|资(?=企业|教师)|下乡|好学生|支一扶|峡|严三实|令五申|字一话|笔字|包|皮|明治)"
    r"|三八(?:妇女|节|红旗)|五一(?!十|百|千)|五四(?=[青运奖制精文])|六一(?=儿童|节|期)|七一(?=讲话|勋|表)|八一(?=建军|勋|[学中])|十一(?=[国黄长假学期])|九九(?!折)|五险一金|四[书史风川](?!本|册)|五台山|七星|八卦|九牛|九州|九龙|千方百计|百年|百分制|百科|百姓|百强|百货|万里|万人计划|千人计划|十足|十全|十分|十佳|百家|百花"
    r"|[一二三四五六七八九十两兩](?:中|小|高|师|幼|院|附|本)(?=[、，。,学教校的院附]|$)|一[^年月日天周人名次岁所个个学届节元倍、，。；\s〇零一二三四五六七八九十百千万亿点分成]一[^年月日天周人名次岁所个]"
)


def is_place_in_order(text: str, start: int) -> bool:
    """Whether the words before the numeral make it a place in an order, a weekday or a code."""
    before = text[max(0, start - 4) : start]
    return bool(before) and _ORDER_BEFORE.search(before) is not None


def end_of_name(text: str, start: int) -> int | None:
    """Where the name ends if the numeral at `start` belongs to a date, a document number or a word; else None."""
    named = _NAMED.match(text, start)
    if named is not None:
        return named.end()
    word = _NAMES.match(text, start) or _CLASS.match(text, start)
    return None if word is None else word.end()


def end_of_marker(text: str, start: int) -> int | None:
    """Where the list marker ends, if the numeral at `start` is one: （三）, 1. or 二、 at the head of a line or sentence."""
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
