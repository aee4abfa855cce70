"""A number with its unit, before comparators: 三年, 1.5万元, 一个半月, 半年, 两成半, 五元三毛; and ranges (1—3年)."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from corpus_tools.extract.numerals import DIGITS, HAN_NUMERALS, Numeral, read_numeral
from corpus_tools.extract.units import DURATIONS, Found, unit_at

_DASH: Final = re.compile(r"[ \u3000]?(?:[-－–—―~～﹣‐‑−]{1,2}|至|到)[ \u3000]?")
_LINKS: Final = frozenset(" \u3000-－–—―~～﹣‐‑−至到和与、?？")
_BROKEN_DASH: Final = re.compile(r"[?？]")  # 2%?5%: the page lost its dash
_BETWEEN: Final = re.compile(r"[ \u3000]?[和与與到至][ \u3000]?")
_BETWEEN_END: Final = re.compile(r"[ \u3000]?(?:之间|之間|间|間)")
_SOME: Final = re.compile(r"[ \u3000]?[多余餘来來几幾](?![ \u3000]?[年][级級])")
_HALF: Final = re.compile(r"半(?![径途截])")
_PEOPLE: Final = re.compile("(?:骨干|优秀|年轻|青年|新|男|女|老)?(?:老师|教师|校长|学生|干部|同志|孩子)")
_PRICE: Final = re.compile("[花费費价價卖賣付钱錢]")
_CARRY_WORDS: Final = frozenset("肩担胜抱欠辜")
_COINS: Final = re.compile(
    r"([一二两三四五六七八九1-9])[角毛](?:([一二两三四五六七八九1-9])分)?|[零〇]?([一二两三四五六七八九1-9])分"
)


class Amount(NamedTuple):
    """A number with its unit, before comparators."""

    start: int
    end: int
    low: float | None
    high: float | None = None
    unit: str | None = None
    some: bool = False
    bare_month: bool = False  # 3月, 5日: a date unless something says otherwise
    numeral: Numeral | None = None


def amount_at(text: str, start: int) -> Amount | None:
    first = text[start]
    if first in "半减減对對":
        return _half(text, start)
    numeral = read_numeral(text, start)
    if numeral is None:
        return None
    low, high, end = numeral.value, numeral.high, numeral.end
    begin, low, high = _signed(text, start, low, high)
    if numeral.percent:
        return Amount(begin, end, low, high, "%", numeral.some, numeral=numeral)
    some = _SOME.match(text, end)
    if some and (unit_at(text, some.end()) is not None or numeral.shape != "digit"):
        end = some.end()
    else:
        some = None
    halved = text[end : end + 2] == "个半"
    if text[end : end + 2] in ("个多", "个余") and (more := unit_at(text, end + 2)) and more.unit.ge:
        return Amount(begin, more.end, low * more.unit.factor, None, more.unit.unit, True, numeral=numeral)  # 一个多月
    unit = unit_at(text, end + 2) if halved else unit_at(text, end)
    if halved and unit is not None and not unit[2]:
        return Amount(begin, unit[1], (low + 0.5) * unit[0].factor, None, unit[0].unit, numeral=numeral)
    if unit is not None and unit[0].unit == "块" and (low >= 100 or _PRICE.search(text, max(0, begin - 6), begin)):
        return Amount(begin, unit[1], low, high, "元", some is not None or numeral.some, numeral=numeral)
    if unit is None or not _fits(text, numeral, unit):
        if (
            text.startswith("半", end)
            and numeral.value == 1
            and numeral.shape == "digit"
            and not text.startswith(("半径", "半途"), end)
        ):
            return Amount(begin, end + 1, 50, None, "%", numeral=numeral)  # 一半
        sign = {"￥": "元", "¥": "元", "$": "美元", "＄": "美元", "€": "欧元", "£": "英镑"}.get(text[begin - 1 : begin])
        if sign and begin:
            return Amount(begin - 1, end, low, high, sign, some is not None or numeral.some, numeral=numeral)
        return Amount(begin, end, low, high, None, some is not None or numeral.some, numeral=numeral)
    read = Amount(begin, unit[1], low, high, None, some is not None or numeral.some, numeral=numeral)
    return _measured(text, read, unit)


def _signed(text: str, start: int, low: float, high: float | None) -> tuple[int, float, float | None]:
    """The number with its minus sign: 负3.9%, and -5 where no number or word stands before the sign."""
    before = text[start - 1 : start]
    if before and before in "负負" and text[start - 2 : start - 1] not in _CARRY_WORDS:
        return start - 1, -low, None if high is None else -high
    if before and before in "-－−" and (start == 1 or text[start - 2] in " \t\n，。,:：(（="):
        return start - 1, -low, None if high is None else -high
    if before == "." and (start == 1 or text[start - 2] in " -\n") and isinstance(low, int):
        digits = text[start : start + 20].split(" ")[0]
        minus = start > 1 and text[start - 2] == "-"
        if digits.isdecimal():
            return start - 1 - minus, float(f"{'-' if minus else ''}0.{digits}"), None
    return start, low, high


def _fits(text: str, numeral: Numeral, unit: Found) -> bool:
    """Whether the unit can be meant: 十分 is a word, 三八折 a price."""
    form = unit[0].unit
    if numeral.shape == "pair" and numeral.high is None:
        return form in ("折", "%")
    if form == "两":
        return text[numeral.start] not in "两兩" or numeral.end - numeral.start > 1
    if form == "字":
        return numeral.shape == "arabic" or numeral.value >= 20  # 十字路口, 八字
    if text[numeral.start] in "零〇" and numeral.shape == "digit":
        return form in ("元", "分", "%", "人", "度")  # 零件
    if form == "折":
        return not (numeral.shape != "arabic" and numeral.value == 10)
    if form == "分":
        return numeral.shape == "arabic" or (numeral.value > 1 and numeral.end - numeral.start > 1)
    if form == "届":
        return numeral.value <= 12 and not text.startswith(
            ("全国", "中央", "人大", "三中", "四中", "五中", "毕业"), unit[1]
        )
    return True


def _measured(text: str, amount: Amount, unit: Found) -> Amount:
    """The amount in the normal form of its unit, with 半 and the small coins behind it read in."""
    kind, end, ge = unit
    low, high = amount.low or 0, amount.high
    name, factor = kind.unit, kind.factor
    if name == "折":
        name, factor = "%", 10 if low < 10 else 1
    tenth = text[end : end + 1]
    if text[end - 1] == "成" and (digit := re.compile(r" ?([一二三四五六七八九])(?![个名人成年])").match(text, end)):
        low, end = low + DIGITS[digit[1]] / 10, digit.end()
    elif tenth == "半" and _HALF.match(text, end) and unit_at(text, end + 1) is None and high is None:
        low, end = low + 0.5, end + 1
    if name == "元" and factor == 1 and (coins := _COINS.match(text, end)):
        low, end = low + _coins(coins), coins.end()
    if name == "个" and factor == 1 and _PEOPLE.match(text, end):
        name = "人"  # 50个老师
    bare = not ge and text[end - 1] in "月日"
    return Amount(
        amount.start,
        end,
        low * factor,
        None if high is None else high * factor,
        name,
        amount.some,
        bare,
        amount.numeral,
    )


def _coins(match: re.Match[str]) -> float:
    def digit(sign: str | None) -> int:
        numeral = read_numeral(sign, 0) if sign else None
        return int(numeral.value) if numeral else 0

    return digit(match[1]) / 10 + digit(match[2]) / 100 + digit(match[3]) / 100


def _half(text: str, start: int) -> Amount | None:
    """半年, 半个月, 半成, 减半, 打对折; half of a unit that is counted on its own."""
    if text[start] in "减減对對":
        return Amount(start, start + 2, 50, None, "%")
    before = text[start - 1 : start]
    unit = unit_at(text, start + 1)
    if before and before in "大小前后上下一":
        return None
    if before == "过" and unit is None and not text.startswith("半百", start):
        return Amount(start - 1, start + 1 + text.startswith("数", start + 1), 50, None, "%")
    if text.startswith("半百", start):
        return Amount(start, start + 2, 50)
    if text.startswith("半数", start) or text.startswith("半數", start):
        return Amount(start, start + 2, 50, None, "%")
    if unit is not None and text[unit.end : unit.end + 1] in tuple("刊报谈形板品制线闲"):
        return None  # 半月刊, 半成品
    if unit is None or (unit[0].unit not in DURATIONS and unit[0].unit not in ("%", "折", "倍", "节")):
        return None
    if unit[0].unit == "折":
        return Amount(start, unit[1], 50, None, "%")
    return Amount(start, unit[1], 0.5 * unit[0].factor, None, unit[0].unit)


def with_range(text: str, amount: Amount) -> Amount:
    """The amount with the second number of its range: 1—3年, 半年至一年, 2%?5%, 20和30之间, 2、3年."""
    end = amount.end
    link = text[end : end + 1]
    if link not in _LINKS or amount.high is not None or amount.low is None:
        return amount
    if link == "、" and amount.unit is None:
        return _two_neighbours(text, amount)
    dash = _DASH.match(text, end)
    if dash is None and amount.unit == "%" and link:
        dash = _BROKEN_DASH.match(text, end)
    between = None if dash else _BETWEEN.match(text, end)
    if dash is None and between is None:
        return amount
    second = _second(text, (dash or between).end())  # type: ignore[union-attr]
    if second is None:
        return amount
    if between is not None and second.numeral is not None and text.startswith(("间", "間"), second.numeral.end):
        second = second._replace(end=second.numeral.end, unit=None, low=second.numeral.value)
    closing = _BETWEEN_END.match(text, second.end)
    if between is not None and (closing is None or between[0].strip() not in "和与與"):
        return amount
    ranged = _bounds(amount, second)
    return amount if ranged is None else ranged._replace(end=closing.end() if closing else ranged.end)


def _second(text: str, start: int) -> Amount | None:
    if start < len(text) and (text[start].isdecimal() or text[start] in HAN_NUMERALS or text[start] == "半"):
        return amount_at(text, start)
    return None


def _two_neighbours(text: str, amount: Amount) -> Amount:
    """2、3年 read as 2 to 3; any other enumeration stays as it is."""
    second = _second(text, amount.end + 1)
    if second is None or second.unit is None or second.low is None or second.high is not None or amount.low is None:
        return amount
    if second.unit in DURATIONS and second.numeral and second.numeral.value == amount.low + 1 and 0 < amount.low < 10:
        return amount._replace(
            end=second.end,
            low=amount.low * second.low / second.numeral.value,
            high=second.low,
            unit=second.unit,
        )
    return amount


def _bounds(first: Amount, second: Amount) -> Amount | None:
    low, high = first.low, second.low
    if low is None or high is None or second.high is not None:
        return None
    unit = second.unit or first.unit
    if first.unit is None and second.numeral is not None and second.numeral.value:
        low *= high / second.numeral.value  # 1—2周: the unit's factor is the second number's
        scale = _scale_of(second.numeral)
        if (
            first.numeral is not None
            and scale > 1
            and first.numeral.value < 100
            and first.numeral.value * scale < second.numeral.value
        ):
            low *= scale  # 1-2万元
    elif first.unit != unit and not {first.unit, unit} <= {"年", "学年"}:
        return None
    if low >= high:
        return None
    return first._replace(end=second.end, low=low, high=high, unit=unit, some=second.some, bare_month=second.bare_month)


def _scale_of(numeral: Numeral) -> int:
    return next(
        (scale for scale in (10**8, 10**4, 1000) if numeral.value >= scale and numeral.value % (scale // 10) == 0), 1
    )


_RATIO: Final = re.compile(r"1[ ]?(?P<sign>[:：∶比])[ ]?(?P<part>[0-9]{1,4}(?:\.[0-9]{1,3})?)(?![0-9:：])")


def ratio_at(text: str, start: int) -> Amount | None:
    """A ratio of one to many (师生比1:19), with unit `1:`; None where the figures may be a time of day."""
    ratio = _RATIO.match(text, start)
    if ratio is None or text[start - 1 : start].isdecimal():
        return None
    if (
        ratio["sign"] in ":："
        and "." not in ratio["part"]
        and not set("比师生班按") & set(text[max(0, start - 12) : start])
    ):
        return None
    return Amount(start, ratio.end(), float(ratio["part"]), None, "1:")
