"""Quantities as they stand in a text: a number in any script, its unit, its comparator and what it is counted per.

`find_quantities("交流期限不少于三年")` gives 3 年 `>=`. A span covers number and unit with the comparator words that
touch them (不少于…, …以上, …左右) and an inclusion note between them (3年（含）以上). A comparator further off in the clause
(不低于教师总数的10%) gives the `op`, and the span stays with number and unit. A number without a unit is reported with unit None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from corpus_tools import lexicon
from corpus_tools.extract.named_numbers import end_of_marker, end_of_name, is_place_in_order
from corpus_tools.extract.numerals import (
    DIGITS,
    FORMAL,
    HAN_SCALES,
    HAN_NUMERALS,
    Numeral,
    plain,
    read_numeral,
    run_end,
)
from corpus_tools.extract.simplified import in_simplified
from corpus_tools.records import Op, Quantity, Value

_SPACE = " \u3000\t"
# where a quantity may start: digits, Han numerals, 半, 对折, and the signs that stand for a hidden number (满xx年, ____%)
_START: Final = re.compile(
    rf"[0-9０-９{HAN_NUMERALS}半]|[xXＸ×＊*]{{1,4}}(?=[ \u3000]?[年学届个周岁元名人位所天%％月次倍])|[_＿]{{1,12}}(?=[ \u3000]?[^\s_＿])"
    r"|[□△]{1,4}(?=[ \u3000]?[年学届个周岁元名人位所天%％月次倍])|\^v\^(?=[年学届个周岁元名人位所天%％])|减半|減半|(?<=打)[对對]折|https?://[\x21-\x7e]+|www\.[\x21-\x7e]+"
)
_MASK_CHARS: Final = frozenset("xXＸ×＊*_＿□△^")
_DASH: Final = re.compile(r"[ \u3000]?(?:[-－–—―~～﹣‐‑−]{1,2}|至|到)[ \u3000]?")
_BROKEN_DASH: Final = re.compile(r"[?？]")  # 2%?5%: the page lost its dash
_BETWEEN: Final = re.compile(r"[ \u3000]?[和与與到至][ \u3000]?")
_BETWEEN_END: Final = re.compile(r"[ \u3000]?(?:之间|之間|间|間)")
_SOME: Final = re.compile(r"[ \u3000]?[多余餘来來几幾](?![ \u3000]?[年][级級])")
_HALF: Final = re.compile(r"半(?![径途截])")
_NOTE = r"[(（](?:不?含|包括|不包括)[^()（）\n]{0,10}[)）]"
_INCLUDED: Final = re.compile(_NOTE)
_CLAUSE_END: Final = frozenset("，。；;！!？?\n,")
_DURATIONS: Final = {
    "年": 5,
    "学年": 5,
    "届": 6,
    "任期": 6,
    "聘期": 6,
    "周期": 6,
    "学期": 4,
    "季度": 4,
    "月": 3,
    "天": 2,
    "小时": 1,
    "分钟": 0,
}
_LENGTHS: Final = {"年": 5, "学年": 5, "学期": 4, "月": 3, "天": 2, "日": 2}
# 满 and 达到 yield to a comparator behind the unit (满3年以下 does not occur, 达到10%左右 does); the others rule
_WORDS_BEFORE_ONE: Final = frozenset("统唯同逐单专之其任某这那哪上下前后新又再进高初小每另不首头當当本此该")
_NUMBER_ALONE_BEFORE: Final = frozenset("是为于到至和与近过超比数前")
_NUMBER_ALONE_AFTER: Final = frozenset("是不而却的那这间以或")
_EDGES: Final = frozenset(" \u3000\t\n\r，。、；：！？,.;:!?()（）[]【】《》<>“”‘’\"'…—-+=/|~～·")
_FAR_COMPARATOR: Final = re.compile(
    r"(?P<word>不(?:得|应|能|可|應)?(?:少于|低于|小于|短于|少於|低於)|至少|最少|达到|達到|(?P<most>不(?:得|应|能|可|應)?(?:超过|超過|高于|多于|大于|高於|多於))|(?P<over>超过|超過|高于|多于)|(?P<under>少于|低于|不足))"
    r"(?P<base>[^，。；;！!？?\n,0-9]{1,40}?(?:的|总数|總數|人数|人數|总额|数|的比例|比例)(?:分别)?)$"
)


@dataclass(frozen=True, slots=True)
class _Unit:
    unit: str
    factor: float
    ge: bool  # 个 may stand before it


@dataclass(frozen=True, slots=True)
class _Grammar:
    """The words of lexicon/quantities.toml, keyed by the character where matching begins."""

    units: dict[str, tuple[tuple[str, _Unit], ...]]
    before: dict[str, tuple[tuple[str, str], ...]]  # by last character: word, op
    after: re.Pattern[str]
    after_op: dict[str, str]
    after_first: frozenset[str]
    every: re.Pattern[str]
    per: dict[str, str]


@cache
def _grammar() -> _Grammar:
    data = lexicon.table("quantities.toml")
    units: dict[str, list[tuple[str, _Unit]]] = {}
    for entry in data["units"]:
        for form in entry["forms"]:
            unit = _Unit(entry["unit"], entry.get("factor", 1), entry.get("ge", False))
            units.setdefault(form[0], []).append((form, unit))
    for form in data["counted"]["measures"] + data["counted"]["things"]:
        simple = {"個": "个", "兩": "两"}.get(form, form)
        units.setdefault(form[0], []).append((form, _Unit(simple, 1, False)))
    before: dict[str, list[tuple[str, str]]] = {}
    for op, words in data["comparators"]["before"].items():
        for word in words:
            before.setdefault(word[-1], []).append((word, op))
    after = {word: op for op, words in data["comparators"]["after"].items() for word in words}
    words_after = "|".join(map(re.escape, _longest_first(after)))
    per = {
        f"每{gap}{word}": unit
        for unit, words in data["per"]["every"].items()
        for word in words
        for gap in ("", "个", "個")
    }
    per |= {word: unit for unit, words in data["per"]["words"].items() for word in words}
    return _Grammar(
        units={k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in units.items()},
        before={k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in before.items()},
        after=re.compile(rf"[ \u3000]{{0,2}}(?P<note>{_NOTE})?(?P<word>{words_after})?(?P<note2>{_NOTE})?"),
        after_op=after,
        after_first=frozenset(word[0] for word in after) | frozenset(" \u3000(（"),
        every=re.compile("|".join(map(re.escape, _longest_first(per)))),
        per=per,
    )


def _longest_first(words: dict[str, str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def find_quantities(text: str) -> list[Quantity]:
    """The quantities of the text in order, without overlap.

    >>> [(q.value, q.unit, q.op) for q in find_quantities("每次交流半年至一年，不少于20人")]
    [((0.5, 1), '年', 'between'), (20, '人', '>=')]
    >>> find_quantities("2013年，十分感谢第一小学")
    []
    """
    plain_text = in_simplified(text)
    return _joined(plain_text, list(_parts(plain_text)))


@dataclass(frozen=True, slots=True)
class _Part:
    """A quantity in the making: what was read, and where its comparator stood."""

    start: int
    end: int
    low: float | None
    high: float | None
    unit: str | None
    op: Op = "="
    op_before: bool = False
    op_after: bool = False
    approximate: bool = False
    masked: bool = False
    per: str | None = None
    core: int = 0  # where the number itself starts

    def quantity(self) -> Quantity:
        value: Value = None if self.low is None else plain(self.low)
        if self.low is not None and self.high is not None:
            value = (plain(self.low), plain(self.high))
        return Quantity(value, self.unit, self.op, self.start, self.end, self.per, self.approximate, self.masked)


@dataclass(frozen=True, slots=True)
class _Amount:
    """A number with its unit, before comparators."""

    start: int
    end: int
    low: float | None
    high: float | None = None
    unit: str | None = None
    some: bool = False
    bare_month: bool = False  # 3月, 5日: a date unless something says otherwise
    numeral: Numeral | None = None


def _parts(text: str) -> Iterator[_Part]:
    pos = 0
    while begin := _START.search(text, pos):
        start = begin.start()
        if text[start] in _MASK_CHARS:
            part, pos = _hidden(text, start, begin.end()), begin.end()
        elif text[start] == "h" or text[start] == "w":
            part, pos = None, begin.end()
        else:
            part, pos = _part_at(text, start)
        if part is not None:
            yield part
            pos = max(pos, part.end)


def _part_at(text: str, start: int) -> tuple[_Part | None, int]:
    """The quantity that starts at this numeral, and where to look on."""
    if text[start] in HAN_NUMERALS and _is_hopeless(text, start):
        return None, start + 1
    if is_place_in_order(text, start):
        return None, _after_order(text, start)
    named = end_of_marker(text, start) or end_of_name(text, start)
    if named is not None:
        return None, named
    amount = _amount(text, start)
    if amount is None:
        return None, max(start + 1, run_end(text, start))
    amount = _range(text, amount)
    part = _compared(text, amount)
    if not _is_quantity(text, amount, part):
        return None, amount.end
    inner = _INCLUDED.match(text, part.end)  # 3年以上（含3年）: the note repeats the number
    return part, inner.end() if inner else part.end


def _is_hopeless(text: str, start: int) -> bool:
    """Whether one Han digit stands inside a word: no unit, sign or digit behind it and no comparator before it."""
    after = text[start + 1 : start + 2]
    if (
        not after
        or after in _EDGES
        or after in HAN_NUMERALS
        or after in "分点點又半多余餘來来几幾"
        or after.isdecimal()
    ):
        return False
    return after not in _grammar().units and text[start - 1 : start] not in _NUMBER_ALONE_BEFORE and start > 0


def _after_order(text: str, start: int) -> int:
    """Behind 第三, and behind 第三至第五 or 周一至周五 and what they count."""
    numeral = read_numeral(text, start)
    end = numeral.end if numeral else run_end(text, start)
    dash = _DASH.match(text, end)
    if (
        dash
        and (last := re.compile(r"(?:第|周|星期)?").match(text, dash.end()))
        and (more := run_end(text, last.end())) > last.end()
    ):
        end = more
    unit = _unit(text, end)
    return max(start + 1, end if unit is None else unit[1])


def _amount(text: str, start: int) -> _Amount | None:
    first = text[start]
    if first in "半减減对對":
        return _half(text, start)
    numeral = read_numeral(text, start)
    if numeral is None:
        return None
    low, high, end = numeral.value, numeral.high, numeral.end
    begin, low, high = _signed(text, start, low, high)
    if numeral.percent:
        return _Amount(begin, end, low, high, "%", numeral.some, numeral=numeral)
    some = _SOME.match(text, end)
    if some and (_unit(text, some.end()) is not None or numeral.shape != "digit"):
        end = some.end()
    else:
        some = None
    halved = text[end : end + 2] in ("个半", "個半")
    unit = _unit(text, end + 2) if halved else _unit(text, end)
    if halved and unit is not None and not unit[2]:
        return _Amount(begin, unit[1], (low + 0.5) * unit[0].factor, None, unit[0].unit, numeral=numeral)
    if unit is not None and unit[0].unit in ("块", "塊") and _PRICE.search(text, max(0, begin - 6), begin):
        return _Amount(begin, unit[1], low, high, "元", some is not None or numeral.some, numeral=numeral)
    if unit is None or not _fits(text, numeral, unit):
        if (
            text.startswith("半", end)
            and numeral.value == 1
            and numeral.shape == "digit"
            and not text.startswith(("半径", "半途"), end)
        ):
            return _Amount(begin, end + 1, 50, None, "%", numeral=numeral)  # 一半
        sign = {"￥": "元", "¥": "元", "$": "美元", "＄": "美元", "€": "欧元", "£": "英镑"}.get(text[begin - 1 : begin])
        if sign and begin:
            return _Amount(begin - 1, end, low, high, sign, some is not None or numeral.some, numeral=numeral)
        return _Amount(begin, end, low, high, None, some is not None or numeral.some, numeral=numeral)
    read = _Amount(begin, unit[1], low, high, None, some is not None or numeral.some, numeral=numeral)
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


_PRICE: Final = re.compile("[花费費价價卖賣付钱錢]")
_CARRY_WORDS: Final = frozenset("肩担胜抱欠辜")


def _unit(text: str, pos: int) -> tuple[_Unit, int, bool] | None:
    """The unit at this place, where it ends, and whether 个 stood before it."""
    size = len(text)
    units = _grammar().units
    while pos < size and text[pos] in _SPACE and pos < size - 1:
        pos += 1
    if pos >= size:
        return None
    first = text[pos]
    if first in "个個":
        inner = pos + 1
        if inner < size and text[inner] == " ":
            inner += 1
        for form, unit in units.get(text[inner : inner + 1], ()):
            if unit.ge and text.startswith(form, inner):
                return unit, inner + len(form), True
    for form, unit in units.get(first, ()):
        if text.startswith(form, pos) and not _continues(text, form, pos + len(form)):
            return unit, pos + len(form), False
    return None


# 三成员, 5个: what must not follow a form for it to be the unit
_NOT_BEFORE: Final = {
    "成": "立为员员长本功果绩熟年就人员份效分都名语型不交",
    "次": "性",
    "人": "民大才事们称均",
    "位": "数于置",
    "年": "级級代",
    "届": "满",
    "折": "磨腾射合",
    "节": "约日奏",
    "度": "过",
    "校": "长園园本级際际",
    "所": "有以在谓需得属",
    "分": "别明之析布管配级類类组期批校局开为子流派离步享担解化部",
    "门": "诊",
    "台": "湾州",
    "本": "科地校人身级来着質质职次年学期书（法市县区省",
    "班": "子主",
    "张": "家",
    "条": "件",
    "对": "一口于待应教学照比",
    "家": "长庭校访",
    "期": "间限待",
    "套": "班",
    "组": "织成长",
    "户": "籍口",
    "章": "程",
    "场": "所地",
    "处": "于理分室",
    "字": "母节典",
    "课时": "",
    "周": "边围末",
    "市": "场",
    "区": "域别",
    "国": "家际",
    "支": "教持援部出付",
    "点": "名评",
    "克": "服拉",
    "里": "程面",
    "米": "兰",
    "升": "级学",
    "人次": "",
    "元": "旦素论",
    "月": "亮饼",
    "日": "本常",
    "天": "津下然",
    "倍": "加受",
    "毛": "病泽入",
    "角": "度色逐大",
    "m": "abcdefghijklmnopqrstuvwxyz",
    "g": "abcdefghijklmnopqrstuvwxyz",
    "卡": "片",
    "例": "如子",
    "首": "先席批府",
    "座": "谈位右",
    "层": "次面级",
    "村": "小校",
    "县": "",
    "乡": "村",
    "块": "",
    "员": "",
    "科": "",
}


def _continues(text: str, form: str, end: int) -> bool:
    after = text[end : end + 1]
    if after == "以" and form == "所":
        return text[end + 1 : end + 2] not in ("上", "下", "内")
    return bool(after) and after in _NOT_BEFORE.get(form, "")


def _fits(text: str, numeral: Numeral, unit: tuple[_Unit, int, bool]) -> bool:
    """Whether the unit can be meant: 十分 is a word, 三八折 a price."""
    form = unit[0].unit
    if numeral.shape == "pair":
        return form in ("折", "%")
    if form == "两":
        return text[numeral.start] not in "两兩" or numeral.end - numeral.start > 1
    if form == "折":
        return not (numeral.shape != "arabic" and numeral.value == 10)
    if form == "分":
        return numeral.shape == "arabic" or numeral.value > 1 and numeral.end - numeral.start > 1
    if form == "届":
        return numeral.value <= 12 and not text.startswith(
            ("全国", "中央", "人大", "三中", "四中", "五中", "毕业"), unit[1]
        )
    return True


def _measured(text: str, amount: _Amount, unit: tuple[_Unit, int, bool]) -> _Amount:
    """The amount in the normal form of its unit, with 半 and the small coins behind it read in."""
    kind, end, ge = unit
    low, high = amount.low or 0, amount.high
    name, factor = kind.unit, kind.factor
    if name == "折":
        name, factor = "%", 10 if low < 10 else 1
    tenth = text[end : end + 1]
    if text[end - 1] == "成" and (digit := re.compile(r" ?([一二三四五六七八九])(?![个名人成年])").match(text, end)):
        low, end = low + DIGITS[digit[1]] / 10, digit.end()
    elif tenth == "半" and _HALF.match(text, end) and _unit(text, end + 1) is None and high is None:
        low, end = low + 0.5, end + 1
    if name == "元" and factor == 1 and (coins := _COINS.match(text, end)):
        low, end = low + _coins(coins), coins.end()
    bare = not ge and text[end - 1] in "月日"
    return _Amount(
        amount.start,
        end,
        low * factor,
        None if high is None else high * factor,
        name,
        amount.some,
        bare,
        amount.numeral,
    )


_COINS: Final = re.compile(
    r"([一二两三四五六七八九1-9])[角毛](?:([一二两三四五六七八九1-9])分)?|[零〇]?([一二两三四五六七八九1-9])分"
)


def _coins(match: re.Match[str]) -> float:
    def digit(sign: str | None) -> int:
        numeral = read_numeral(sign, 0) if sign else None
        return int(numeral.value) if numeral else 0

    return digit(match[1]) / 10 + digit(match[2]) / 100 + digit(match[3]) / 100


def _half(text: str, start: int) -> _Amount | None:
    """半年, 半个月, 半成, 减半, 打对折; half of a unit that is counted on its own."""
    if text[start] in "减減对對":
        return _Amount(start, start + 2, 50, None, "%")
    before = text[start - 1 : start]
    unit = _unit(text, start + 1)
    if before and before in "大小前后上下一":
        return None
    if before == "过" and unit is None and not text.startswith("半百", start):
        return _Amount(start, start + 1 + text.startswith("数", start + 1), 50, None, "%")
    if text.startswith("半百", start):
        return _Amount(start, start + 2, 50)
    if text.startswith("半数", start) or text.startswith("半數", start):
        return _Amount(start, start + 2, 50, None, "%")
    if unit is None or unit[0].unit not in _DURATIONS and unit[0].unit not in ("%", "折", "倍", "节"):
        return None
    if unit[0].unit == "折":
        return _Amount(start, unit[1], 50, None, "%")
    return _Amount(start, unit[1], 0.5 * unit[0].factor, None, unit[0].unit)


def _range(text: str, amount: _Amount) -> _Amount:
    """The amount with the second number of its range: 1—3年, 半年至一年, 2%?5%, 20和30之间, 2、3年."""
    end = amount.end
    if amount.high is not None or amount.low is None or end >= len(text):
        return amount
    link = text[end : end + 1]
    if link in "、" and amount.unit is None:
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
        second = replace(second, end=second.numeral.end, unit=None, low=second.numeral.value)
    closing = _BETWEEN_END.match(text, second.end)
    if between is not None and (closing is None or between[0].strip() not in "和与與"):
        return amount
    ranged = _bounds(amount, second)
    return amount if ranged is None else _closed(ranged, closing.end() if closing else ranged.end)


def _closed(amount: _Amount, end: int) -> _Amount:
    return replace(amount, end=end)


def _second(text: str, start: int) -> _Amount | None:
    if start < len(text) and (text[start].isdecimal() or text[start] in HAN_NUMERALS or text[start] == "半"):
        return _amount(text, start)
    return None


def _two_neighbours(text: str, amount: _Amount) -> _Amount:
    """2、3年 read as 2 to 3; any other enumeration stays as it is."""
    second = _second(text, amount.end + 1)
    if second is None or second.unit is None or second.low is None or second.high is not None or amount.low is None:
        return amount
    if second.unit in _DURATIONS and second.numeral and second.numeral.value == amount.low + 1 and 0 < amount.low < 10:
        return replace(
            amount,
            end=second.end,
            low=amount.low * second.low / second.numeral.value,
            high=second.low,
            unit=second.unit,
        )
    return amount


def _bounds(first: _Amount, second: _Amount) -> _Amount | None:
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
    return replace(first, end=second.end, low=low, high=high, unit=unit, some=second.some, bare_month=second.bare_month)


def _scale_of(numeral: Numeral) -> int:
    return next(
        (scale for scale in (10**8, 10**4, 1000) if numeral.value >= scale and numeral.value % (scale // 10) == 0), 1
    )


def _compared(text: str, amount: _Amount) -> _Part:
    """The amount with the comparators that touch it, or that reach it from the head of its clause."""
    op_before, start, near = _before(text, amount)
    op_after, end, about, excluded = _after(text, amount.end)
    op = op_before or op_after or "="
    if excluded:
        op = {">=": ">", "<=": "<"}.get(op, op)
    if amount.high is not None:
        op = "between"
    compared = None if op_before else _than(text, start, end)
    if compared is not None:
        op, start, end = compared
    unit = amount.unit
    core = amount.start
    part = _Part(
        start,
        end,
        amount.low,
        amount.high,
        unit,
        op,
        bool(op_before),
        bool(op_after),
        near or about or amount.some,
        core=core,
    )
    part = _reached(text, part) if op == "=" and unit in ("%", "人", None) and not near else part
    return replace(part, per=_per(text, part))


def _than(text: str, start: int, end: int) -> tuple[Op, int, int] | None:
    """比三十大: the op, and the span with both words."""
    head, tail = text[max(0, start - 2) : start].rstrip(), text[end : end + 2].lstrip()
    if head[-1:] != "比" or tail[:1] not in _COMPARED or not tail:
        return None
    return _COMPARED[tail[0]], text.rindex("比", 0, start), text.index(tail[0], end) + 1


_COMPARED: Final[dict[str, Op]] = {
    "大": ">",
    "高": ">",
    "多": ">",
    "长": ">",
    "小": "<",
    "低": "<",
    "少": "<",
    "短": "<",
}
# 签约3年, 发达2个: words whose last character looks like a comparator
_WORDS_BEFORE: Final = {
    "约": "签合节契履解续违制公特条预邀大缩",
    "約": "簽合節契履解續違制公特條預邀",
    "近": "最附靠临邻亲远就相",
    "达": "发传表送抵到",
    "满": "圆充美饱丰",
    "超": "赶高",
    "大于": "",
}


def _before(text: str, amount: _Amount) -> tuple[Op | None, int, bool]:
    """The comparator that touches the number from the left, where it starts, and whether the number is approximate."""
    start, op, near = amount.start, None, False
    words = _grammar().before
    for _ in range(3):
        pos = start
        while pos and text[pos - 1] in _SPACE:
            pos -= 1
        found = next(
            (
                (word, sign)
                for word, sign in words.get(text[pos - 1 : pos], ())
                if pos >= len(word) and text.startswith(word, pos - len(word))
            ),
            None,
        )
        if (
            found is None
            and amount.unit in (None, "%")
            and pos > 1
            and text[pos - 1] in "过過"
            and text[pos - 2] not in "不通经"
        ):
            found = (text[pos - 1], ">")  # 占比过20%
        if found is None or text[pos - len(found[0]) - 1 : pos - len(found[0])] in set(_WORDS_BEFORE.get(found[0], "")):
            break
        if found[0] == "近" and amount.unit in _DURATIONS:
            break  # 近三年 is a time, not nearly three years
        start = pos - len(found[0])
        near = near or found[1] == "~"
        if found[1] not in "~=":
            op = op or found[1]
    return op, start, near  # type: ignore[return-value]


def _after(text: str, end: int) -> tuple[Op | None, int, bool, bool]:
    """The comparator that touches the quantity from the right, its end, whether it means about, and whether it excludes."""
    grammar = _grammar()
    if text[end : end + 1] not in grammar.after_first:
        return None, end, False, False
    match = grammar.after.match(text, end)
    if match is None or not match["word"]:
        return None, end, False, False
    sign = grammar.after_op[match["word"]]
    notes = (match["note"] or "") + (match["note2"] or "")
    stop = match.end("word")
    return (None if sign == "~" else sign), stop, sign == "~", "不" in notes  # type: ignore[return-value]


def _reached(text: str, part: _Part) -> _Part:
    """The op of a comparator that stands further off in the clause: 不低于专任教师总数的10%."""
    window = text[max(0, part.start - 60) : part.start]
    if not (
        "于" in window
        or "過" in window
        or "过" in window
        or "於" in window
        or "到" in window
        or "少" in window
        or "足" in window
    ):
        return part
    far = _FAR_COMPARATOR.search(window)
    if far is None:
        return part
    op: Op = "<=" if far["most"] else ">" if far["over"] else "<" if far["under"] else ">="
    return replace(part, op=op, op_before=True)


def _per(text: str, part: _Part) -> str | None:
    """What the quantity is counted per, from the words of its clause or a slash behind it."""
    if part.unit is None and not part.masked:
        return None
    slash = _PER_SLASH.match(text, part.end)
    if slash:
        return {"生": "人", "學期": "学期", "學年": "学年"}.get(slash[1], slash[1])
    window = text[max(0, part.core - 45) : part.core]
    if "每" not in window and "均" not in window and "累" not in window and "内" not in window and "各" not in window:
        return None
    cut = max((window.rfind(sign) for sign in _CLAUSE_END), default=-1)
    found = None
    for match in _grammar().every.finditer(window, cut + 1):
        per = _grammar().per[match[0]]
        if not _is_period_of(per, part.unit):
            continue
        if found in _LENGTHS and per not in _LENGTHS and match.start() > 0 and per in ("校", "人", "次"):
            continue  # 每学年每校选派1名: the time is what comparisons need
        found = per
    return found


_PER_SLASH: Final = re.compile(
    r"[/／每](?:人[/／·.每]?|生[/／·.]?|校[/／·.]?)?(学年|學年|学期|學期|年|月|周|天|日|人|生|校)"
)


def _is_period_of(per: str, unit: str | None) -> bool:
    if unit in _DURATIONS:
        return per == "校" or per in _LENGTHS and _LENGTHS[per] > _DURATIONS[unit]
    if unit == "岁":
        return False
    return unit in ("%", "人") or per not in ("次", "期")


def _is_quantity(text: str, amount: _Amount, part: _Part) -> bool:
    """Whether the number counts something there, and is no part of a word, a date or a code."""
    numeral = amount.numeral
    if numeral is None:
        return True
    before = text[amount.start - 1 : amount.start]
    if amount.bare_month and not (
        part.op_before or part.op_after or amount.some or text[amount.end : amount.end + 1] in ("内", "內")
    ):
        return numeral.value > 31 or amount.low is not None and float(amount.low) % 1 != 0
    if numeral.shape == "arabic":
        return _arabic_counts(text, amount, part, numeral, before)
    if numeral.shape == "bare" or text[numeral.start] in "万亿萬億兆":
        return numeral.percent
    if before and before in "几数好上" and numeral.shape == "compound" and text[numeral.start] in HAN_SCALES:
        return False  # 几十年, 上百人
    if numeral.value == 1 and numeral.shape == "digit" and before in _WORDS_BEFORE_ONE and before:
        return False
    if amount.unit is None:
        if numeral.shape in ("pair", "digits"):
            return False
        return _han_stands_alone(text, amount, numeral, before) or part.op_before or part.op_after
    return not (numeral.shape == "digit" and text[numeral.start] in FORMAL and before and before not in _EDGES)


def _arabic_counts(text: str, amount: _Amount, part: _Part, numeral: Numeral, before: str) -> bool:
    if before.isascii() and (before.isalnum() or before in "_@#&") and before:
        return False
    if amount.unit is not None:
        return True
    after = text[amount.end : amount.end + 1]
    if after and (after.isascii() and after.isalpha() or after in "#@_"):
        return False
    if _LOOSE_MARKER.match(text, amount.end) and numeral.value < 100 and not part.op_before:
        return False
    if before in ("", "\n", "篇") or text[max(0, amount.start - 2) : amount.start].strip(" \u3000") in ("", "篇"):
        lone = _SECTION_NUMBER.fullmatch(text, amount.start, amount.end) and not part.op_after
        lone = lone and text[amount.end : amount.end + 1] not in ("", "\n", ",", "，")
        if (
            before == "篇"
            or text[amount.start - 2 : amount.start - 1] == "篇"
            or (lone and _at_line_start(text, amount.start))
        ):
            return False
    return not (text[amount.start : amount.end].isdecimal() and amount.end - amount.start >= 8)


# the 1. of 基本原则1.统筹规划, the 2、 of a list that lost its lines
_LOOSE_MARKER: Final = re.compile(r"[、．.](?![ \u3000]?[0-9０-９])|[ ]?[)）]")


_SECTION_NUMBER: Final = re.compile(r"[0-9]{1,2}(?:\.[0-9]{1,2})?")


def _at_line_start(text: str, start: int) -> bool:
    while start and text[start - 1] in _SPACE:
        start -= 1
    return start == 0 or text[start - 1] == "\n"


def _han_stands_alone(text: str, amount: _Amount, numeral: Numeral, before: str) -> bool:
    """Whether a Han number without a unit stands for itself: between signs, or after 是 and its like."""
    after = text[amount.end : amount.end + 1]
    left, right = not before or before in _EDGES, not after or after in _EDGES
    size = amount.end - amount.start
    if numeral.shape == "compound" and size > 1 and text[numeral.start] not in "百千佰仟":
        return True
    if after == "、" or after and after in "级級等":
        return False
    if left and right:
        return True
    if left:
        return after == "的"
    if after and after in "大小多低高":
        return before == "比"
    return before in _NUMBER_ALONE_BEFORE and (right or after in _NUMBER_ALONE_AFTER)


def _hidden(text: str, start: int, end: int) -> _Part | None:
    """满xx年, ____%, X名: a quantity whose number the page hides."""
    before = text[start - 1 : start]
    if before and (before.isalnum() and before.isascii() or before in "_＿xX×"):
        return None
    unit = _unit(text, end)
    if unit is None or unit[0].unit not in _HIDDEN_UNITS:
        return None
    amount = _Amount(start, unit[1], None, None, unit[0].unit)
    part = replace(_compared(text, amount), masked=True)
    part = replace(part, per=_per(text, part))
    sure = part.op_before or part.op_after or unit[2] or part.approximate
    if text[unit[1] - 1] == "度" and not sure:
        return None  # __学年度 is a date
    if unit[0].unit in ("年", "月", "届", "天") and text[unit[1] - 1] in "年月日届":
        dated = (
            text[unit[1] : unit[1] + 1] in ("度", "级", "代", "_", "＿", "x", "X", "×", "*")
            or text[unit[1] : unit[1] + 1].isdecimal()
        )
        return part if sure and not dated or _worked(text, start) and not dated else None
    if unit[0].unit in ("人", "所", "次", "节") and not sure:
        return part if text[start] in "_＿□" or text[unit[1] : unit[1] + 1] not in ("民", "大") else None
    return part


_HIDDEN_UNITS: Final = frozenset(
    "年 学年 学期 届 任期 聘期 月 天 % 人 岁 元 倍 所 次 节 课时 学时 小时 学分 个 分".split()
)


def _worked(text: str, start: int) -> bool:
    """Whether the clause before a hidden number speaks of time spent: 连续任教xx年."""
    return (
        re.compile(
            r"(?:任教|工作|任职|服务|支教|交流|服务期|时间|期限|周期|年限|教龄|累计|连续|为期)[为：:达满]?[ ]?$"
        ).search(text, max(0, start - 8), start)
        is not None
    )


_LIST_GAP: Final = re.compile(r"[ ]?(?:、|和|或|及|与)[ ]?$")
_SEX_GAP: Final = re.compile(r"[ ]?[、，,和或；;]?[ ]?(?:男|女)[^，。；;,0-9]{0,6}$")
_BOTH_GAP: Final = re.compile(r"[ ]?[，,、]?[ ]?(?:并且|并|且|而且|的同时|同时|但|但是|又)?[ ]?$")


def _joined(text: str, parts: list[_Part]) -> list[Quantity]:
    """The parts as quantities, comparators carried along lists and two bounds of one thing made a range."""
    done: list[_Part] = []
    for part in parts:
        if done:
            part = _carried_forward(text, done[-1], part)
            if (both := _both_bounds(text, done[-1], part)) is not None:
                done[-1] = both
                continue
            _carry_back(text, done, part)
        done.append(part)
    return [part.quantity() for part in done]


def _carried_forward(text: str, last: _Part, part: _Part) -> _Part:
    """分别不低于30%、15%、10%: the comparator before the first holds for all."""
    if part.op != "=" or part.unit != last.unit or not last.op_before or last.op == "between" or last.op_after:
        return part
    if part.unit is None or not _LIST_GAP.fullmatch(text, last.end, part.start):
        return part
    return replace(part, op=last.op, op_before=True, per=part.per or last.per)


def _carry_back(text: str, done: list[_Part], part: _Part) -> None:
    """男50周岁、女45周岁及以下: the comparator behind the last holds for those before."""
    if not part.op_after or part.op_before or part.unit is None:
        return
    after = part
    for i in range(len(done) - 1, -1, -1):
        last = done[i]
        if last.op != "=" or last.unit != part.unit or last.approximate:
            return
        gap = _SEX_GAP if part.unit == "岁" else _LIST_GAP
        if not gap.fullmatch(text, last.end, after.start):
            return
        done[i] = after = replace(last, op=part.op, op_after=True)


def _both_bounds(text: str, last: _Part, part: _Part) -> _Part | None:
    """满3年不满6年, 35岁以上50岁以下: one range, where the bounds leave room between them."""
    ops = {last.op[0], part.op[0]}
    if ops != {">", "<"} or last.high is not None or part.high is not None or last.low is None or part.low is None:
        return None
    if last.unit != part.unit and None not in (last.unit, part.unit):
        return None
    if part.start - last.end > 6 or not _BOTH_GAP.fullmatch(text, last.end, part.start):
        return None
    low, high = (last.low, part.low) if last.op[0] == ">" else (part.low, last.low)
    if low >= high:
        return None
    return replace(
        last, end=part.end, low=low, high=high, unit=last.unit or part.unit, op="between", per=last.per or part.per
    )
