"""One number read at a given place, whatever its script: 3, ３, 三, 叁, 1.5万, 5万4千, 二三十, 三分之一, 百分之二十.

`read_numeral` answers what the characters at a place say; whether they are a number there at all, and not part of a
word (十分) or of a date, is for `quantities` to decide.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, Literal, NamedTuple

DIGITS: Final = {
    **dict(zip("〇零一二三四五六七八九", (0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9), strict=True)),
    **dict(zip("壹贰叁肆伍陆柒捌玖貳參陸弍叄", (1, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 6, 2, 3), strict=True)),
    **{"两": 2, "兩": 2, "俩": 2, "倆": 2},
}
SCALES: Final = {
    **{"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "廿": 20, "卅": 30},
    **{"万": 10**4, "萬": 10**4, "亿": 10**8, "億": 10**8, "兆": 10**12},
}
HAN_DIGITS: Final = "".join(DIGITS)
HAN_SCALES: Final = "".join(SCALES)
HAN_NUMERALS: Final = HAN_DIGITS + HAN_SCALES
# written on cheques, and inside everyday words: 大陆 队伍 收拾 放肆
FORMAL: Final = frozenset("肆伍陆陸拾佰仟參")

_ARABIC = r"[0-9０-９]{1,30}(?:(?:,[0-9０-９]{3})+(?![0-9０-９])|(?:，[０-９]{3})+(?![0-9０-９]))?(?:[.．][0-9０-９]+)?"
# 3.5 and nothing else that belongs to the number behind it
_PLAIN = re.compile(
    rf"([0-9]{{1,15}}(?:\.[0-9]{{1,15}})?)(?![0-9０-９,，.．eE^/／kKMm \u3000{HAN_NUMERALS}几幾多余餘来分又半])"
)
_TOKEN = re.compile(
    rf"(?P<space>[ \u3000]{{0,2}})(?:(?P<arabic>{_ARABIC})|(?P<digit>[{HAN_DIGITS}])"
    rf"|(?P<scale>(?!千(?:米|克|卡|瓦|比特|字节|赫兹)|兆(?:字节|赫兹|瓦))[{HAN_SCALES}])"  # 三千米 is 3 千米
    rf"|(?P<some>[几幾多余餘])(?=[ \u3000]{{0,2}}[十百千万亿萬億]))"
)
_ASCII_TAIL = re.compile(
    r"(?P<exp>[eEｅＥ][+－-]?[0-9０-９]{1,3}(?![0-9A-Za-z]))| ?(?P<k>[kKｋＫ])(?![A-Za-z0-9])| ?(?P<m>M)(?![A-Za-z0-9])"
)
_POWER = re.compile(r"\^([+-]{0,2})([0-9]{1,3})(?![0-9])")
_POINT = re.compile(
    r"[ \u3000]?[点點][ \u3000]?((?:[〇零一二三四五六七八九壹贰叁肆伍陆柒捌玖貳陸]|[0-9０-９])+)"
    r"(?![十百千]|[ \u3000]?[刻钟鐘]|分[钟鐘])"
)
_PARTS_OF = re.compile(r"[ \u3000]{0,2}分[ \u3000]{0,2}之[ \u3000]{0,2}(?P<minus>[负負]?)")
_SLASH = re.compile(r"[/／]([0-9０-９]{1,6})(?![0-9０-９/／.])")
_MIXED_SLASH = re.compile(r" ([0-9０-９]{1,4})[/／]([0-9０-９]{1,4})(?![0-9０-９/／.])")
_AND = re.compile(r"[ \u3000]?又[ \u3000]?")
_WIDE = str.maketrans("０１２３４５６７８９．，－ｅＥ", "0123456789.,-ee")

Number = int | float
Shape = Literal["arabic", "compound", "digit", "digits", "pair", "bare"]


class Numeral(NamedTuple):
    """A number as it stands in the text."""

    start: int
    end: int
    value: Number
    shape: Shape  # digit: one Han digit; digits: 二〇一三; pair: 三八; bare: 百, 万 with no digit; compound: the rest
    high: Number | None = None  # 二三十 is 20 to 30
    some: bool = False  # 十余万, 二十几: at least so much
    percent: bool = False


class _Token(NamedTuple):
    kind: str  # arabic, digit, scale, some
    value: Number
    text: str


def plain(value: float) -> Number:
    """The number as an int where it is whole, and without the dust of binary fractions."""
    if isinstance(value, int):
        return value
    rounded = float(f"{value:.12g}")
    return int(rounded) if rounded.is_integer() and abs(rounded) < 1e16 else rounded


def read_numeral(text: str, start: int) -> Numeral | None:
    """The number that starts at `start`, read as far as it goes; None where the characters make no number.

    >>> read_numeral("二三十人", 0).value, read_numeral("三分之一", 0).value
    (20, 0.333333333333)
    """
    quick = _PLAIN.match(text, start)
    if quick is not None:
        digits = quick[1]
        return Numeral(start, quick.end(), float(digits) if "." in digits else int(digits), "arabic")
    whole = _read_whole(text, start)
    if whole is None:
        return None
    return _with_fraction(text, whole)


def run_end(text: str, start: int) -> int:
    """Where the unbroken run of numeral characters that starts at `start` ends."""
    end = start
    while end < len(text) and (text[end] in DIGITS or text[end] in SCALES or text[end].isdecimal()):
        end += 1
    return end


def _read_whole(text: str, start: int) -> Numeral | None:
    """A number without its fraction: 三百零五, 5万4千, 十余万, 1.5万, 四百点五."""
    tokens, end = _tokens(text, start)
    if not tokens:
        return None
    first = tokens[0]
    if len(tokens) == 1 and first.kind == "arabic":
        return _arabic(text, start, end, first.value)
    some = any(token.kind == "some" for token in tokens)
    tokens = [token for token in tokens if token.kind != "some"]
    low, high = _readings(tokens)
    if low is None:
        return None
    shape = _shape(tokens)
    point = _POINT.match(text, end)
    if point and high is None and shape != "bare":
        return _decimal(text, start, low, point)
    return Numeral(start, end, plain(low), shape, None if high is None else plain(high), some)


def _tokens(text: str, start: int) -> tuple[list[_Token], int]:
    found: list[_Token] = []
    pos = start
    while token := _TOKEN.match(text, pos):
        kind = token.lastgroup or ""
        before = found[-1].kind if found else ""
        if token["space"] and (not found or "scale" not in (kind, before)):
            break
        if kind == "arabic":
            if before not in ("", "scale") and found[-1].text not in "零〇":
                break
            value: Number = _number(token["arabic"])
        elif kind == "digit":
            if before == "arabic" or (found and _is_liang(text, token, found[-1].text)):
                break
            value = DIGITS[token["digit"]]
        elif kind == "scale":
            value = SCALES[token["scale"]]
            if before == "scale" and found[-1].value < value < 10**4:
                break  # 七十百分位
        else:
            if before not in ("scale", "arabic", "digit"):
                break
            value = 0
        found.append(_Token(kind, value, token[0].strip()))
        pos = token.end()
        if len(found) > 60:
            break
    return found, pos


def _is_liang(text: str, token: re.Match[str], before: str) -> bool:
    """Whether 两 is the weight: a digit only where a scale follows (三千两百两), and in 一两年, 三两天."""
    if token["digit"] not in "两兩":
        return False
    after = text[token.end() : token.end() + 1]
    if before in ("一", "三") and after and after in "年个個天日次名位句所周月届人岁倍元项条件种门节小点学期间处层步家":
        return False
    return after not in SCALES


def _number(digits: str) -> Number:
    digits = digits.translate(_WIDE).replace(",", "")
    return float(digits) if "." in digits else int(digits)


def _arabic(text: str, start: int, end: int, value: Number) -> Numeral:
    tail = _ASCII_TAIL.match(text, end)
    if tail:
        end = tail.end()
        value = (
            float(f"{value}{tail['exp'].translate(_WIDE)}")
            if tail["exp"]
            else value * (1000 if tail["k"] else 1_000_000)
        )
    power = _POWER.match(text, end)
    if power and abs(value) < 1e6 and value:
        exponent = int(power[2]) * (-1 if power[1] == "-" else 1)
        if abs(exponent) <= 40:
            value, end = float(value) ** exponent, power.end()
    return Numeral(start, end, plain(value), "arabic")


def _shape(tokens: list[_Token]) -> Shape:
    kinds = [token.kind for token in tokens]
    if "arabic" in kinds:
        return "arabic"
    if "digit" not in kinds:
        return "compound" if tokens[0].value in (10, 20, 30) else "bare"
    if "scale" in kinds:
        return "compound"
    return {1: "digit", 2: "pair"}.get(len(tokens), "digits")  # type: ignore[return-value]


def _readings(tokens: list[_Token]) -> tuple[Number | None, Number | None]:
    """The value, or the two values of a spread (二三十); None where the run is no number (十二五)."""
    if all(token.kind == "digit" for token in tokens) and len(tokens) > 1:
        return _digit_string(tokens)
    doubled = [i for i, (a, b) in enumerate(pairwise(tokens)) if a.kind == b.kind == "digit" and a.value]
    if not doubled:
        return _evaluate(tokens), None
    i = doubled[0]
    if len(doubled) > 1 or not _neighbours(tokens[i].value, tokens[i + 1].value):
        return None, None
    return _evaluate(tokens[: i + 1] + tokens[i + 2 :]), _evaluate(tokens[:i] + tokens[i + 1 :])


def _neighbours(low: Number, high: Number) -> bool:
    return high == low + 1 or (low, high) in ((3, 5), (3, 2))  # 三五年, 三两天


def _digit_string(tokens: list[_Token]) -> tuple[Number | None, Number | None]:
    low, high = tokens[0].value, tokens[1].value
    if len(tokens) == 2 and low and _neighbours(low, high):
        return min(low, high), max(low, high)
    if any(token.text in "两兩俩倆" for token in tokens[1:]):
        return None, None
    return int("".join(str(token.value) for token in tokens)), None


def _evaluate(tokens: list[_Token]) -> Number | None:
    """The value by the rule of the scales: each takes what stands before it and is smaller."""
    stack: list[tuple[Number, int]] = []  # value, the scale it was made with
    pending: Number | None = None
    after_zero = False
    for i, token in enumerate(tokens):
        if token.kind != "scale":
            if pending:
                return None
            after_zero = token.kind == "digit" and not token.value
            pending = None if after_zero else token.value
            continue
        scale = int(token.value)
        taken: Number = pending or 0
        while stack and stack[-1][1] <= scale:
            taken += stack.pop()[0]
        if not taken and i and not (after_zero and scale == 10):
            return None  # 一百万 is fine, 一亿万 is, 十百 is not: nothing is left to count
        bare = taken or 1
        stack.append((scale if scale in (20, 30) else bare * scale, 10 if scale in (20, 30) else scale))
        pending, after_zero = None, False
    if pending is not None:
        last = tokens[-2] if len(tokens) > 1 else None
        short = last is not None and last.kind == "scale" and tokens[-1].kind == "digit" and last.value >= 100
        stack.append((pending * int(last.value) // 10 if short and last else pending, 1))  # 两千四百五, 九万四
    return sum(value for value, _ in stack)


def _decimal(text: str, start: int, whole: Number, point: re.Match[str]) -> Numeral:
    digits = "".join(str(DIGITS[c]) if c in DIGITS else c.translate(_WIDE) for c in point[1])
    value = float(f"{whole}.{digits}")
    end = point.end()
    while end < len(text) and text[end] in "万萬亿億":
        value *= SCALES[text[end]]
        end += 1
    return Numeral(start, end, plain(value), "compound")


def _with_fraction(text: str, whole: Numeral) -> Numeral | None:
    """The number with 分之, 又 or a slash read into it; a bare 百, 千 or 万 is a number only in 百分之 and its like."""
    parts = _PARTS_OF.match(text, whole.end)
    if parts:
        share = _read_whole(text, parts.end())
        if share is not None and whole.value:
            return _share(whole, share, minus=bool(parts["minus"]))
    joined = _AND.match(text, whole.end)
    if joined and (part := _read_whole(text, joined.end())):
        fraction = _with_fraction(text, part)
        if fraction and fraction.end > part.end and abs(fraction.value) < 1:
            return Numeral(whole.start, fraction.end, plain(whole.value + fraction.value), "compound")
    if whole.shape == "arabic" and isinstance(whole.value, int):
        return _slashed(text, whole)
    return whole


def _share(whole: Numeral, share: Numeral, *, minus: bool) -> Numeral:
    percent = whole.shape == "bare"
    of = (100 if percent else 1) / whole.value * (-1 if minus else 1)
    high = None if share.high is None else plain(share.high * of)
    return Numeral(whole.start, share.end, plain(share.value * of), "compound", high, share.some, percent)


def _slashed(text: str, whole: Numeral) -> Numeral:
    slash = _SLASH.match(text, whole.end)
    if slash and int(slash[1]) and abs(whole.value) < 1000:
        return Numeral(whole.start, slash.end(), plain(whole.value / int(slash[1])), "arabic")
    mixed = _MIXED_SLASH.match(text, whole.end)
    if mixed and int(mixed[2]):
        value = whole.value + int(mixed[1]) / int(mixed[2])
        return Numeral(whole.start, mixed.end(), plain(value), "arabic")
    return whole
