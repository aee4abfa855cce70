"""The words that compare: 不少于, 以上, 左右 around a quantity, 不低于…的 further off, and what it is counted per."""

from __future__ import annotations

import re
from functools import cache
from typing import Final, Literal, NamedTuple

from corpus_tools import lexicon
from corpus_tools.extract.amounts import Amount
from corpus_tools.extract.numerals import plain
from corpus_tools.extract.units import DURATIONS, SPACES
from corpus_tools.records import Op, Quantity, Value

_NOTE = r"[(（](?:不?含|包括|不包括)[^()（）\n]{0,10}[)）]"
_ASIDE: Final = r"[(（][^()（），。；\n]{1,20}[)）](?=及?以[上下内])"  # 9年（三个聘期）以上
INCLUDED: Final = re.compile(_NOTE)
_CLAUSE_ENDS: Final = "，。；;！!？?\n,"
_FAR_SIGNS: Final = frozenset("于过到少足最")
_PER_SIGNS: Final = frozenset("每均累内逐补津发一全1")
_LENGTHS: Final = {"年": 5, "学年": 5, "学期": 4, "月": 3, "周": 2.5, "天": 2}
_FAR_COMPARATOR: Final = re.compile(
    "(?:不(?:得|应|能|可)?(?:少于|低于|小于|短于)|至少|最少|(?<![未没不])达到|(?P<most>不(?:得|应|能|可)?(?:超过|高于|多于|大于))"
    "|(?P<over>超过|高于|多于)|(?P<under>少于|低于|不足))"
    r"[^，。；;！!？?\n,0-9]{1,40}?(?:的|总数|人数|总额|数|比例|教师|校长|人员|对象)(?:分别)?$"
)
_STRICT: Final[dict[Op, Op]] = {">=": ">", "<=": "<"}
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
    "约": tuple("签合节契履解续违制公特条预邀缩"),
    "近": tuple("最附靠临邻亲远就相"),
    "达": tuple("发传表送抵到"),
    "满": tuple("圆充美饱丰"),
    "超": tuple("赶高"),
}
# 不少于累计三年, 不低于每人每月800元
_FILLER: Final = re.compile(
    "(?:连续|累计|合计|总计|共计|平均|每人每月|每人每年|每生每年|每月|每年|每学期|每学年|每周|每天|每日|人均|月均|年均|每人|每生|每校)$"
)
_AT_LEAST: Final = re.compile("(?:至少|最少|起码)[^，。；;！!？?\\n,0-9]{1,24}$")  # 至少在农村学校任教1年
# 最低服务年限为6年, 最长期限3年
_BOUND: Final = re.compile(
    "最(?:(?P<low>[低短少])|[高长大多])[^，。；0-9]{0,4}(?:期|期限|年限|时间|时限|比例|额度|标准)(?:分别)?(?:为|是|：|:)?$"
)
# 一学期内事假累计超过7天
_WITHIN: Final = re.compile("(?:一个?|1个?|全)(学期|学年|年|月)(?:内|中|里)?[^，。；;！!？?\\n]{0,16}$")
_PER_SLASH: Final = re.compile(r"[/／每](?:人[/／·.每]?|生[/／·.]?|校[/／·.]?)?(学年|学期|年|月|周|天|日|人|生|校)")


class Part(NamedTuple):
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
    core_end: int = 0  # and where it ends with its unit

    def quantity(self) -> Quantity:
        """The record of it."""
        value: Value = None if self.low is None else plain(self.low)
        if self.low is not None and self.high is not None:
            value = (plain(self.low), plain(self.high))
        return Quantity(value, self.unit, self.op, self.start, self.end, self.per, self.approximate, self.masked)


class _Words(NamedTuple):
    last_signs: frozenset[str]  # what a word before a number may end in
    before: dict[str, tuple[tuple[str, Op | Literal["~"]], ...]]  # last sign -> words that end so, longest first
    after: re.Pattern[str]
    after_op: dict[str, str]
    after_first: frozenset[str]
    every: re.Pattern[str]
    per: dict[str, str]


@cache
def _words() -> _Words:
    data = lexicon.table("quantities.toml")
    before: dict[str, list[tuple[str, Op | Literal["~"]]]] = {}
    for op, words in data["comparators"]["before"].items():
        for word in words:
            before.setdefault(word[-1], []).append((word, op))
    after = {word: op for op, words in data["comparators"]["after"].items() for word in words}
    words_after = "|".join(map(re.escape, _longest_first(after)))
    every = data["per"]["every"].items()
    per = {f"每{gap}{word}": unit for unit, words in every for word in words for gap in ("", "个")}
    per |= {word: unit for unit, words in data["per"]["words"].items() for word in words}
    return _Words(
        last_signs=frozenset(before) | frozenset("过续计均月年期周天日人生校"),  # the latter end the fillers
        before={k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in before.items()},
        after=re.compile(rf"[ \u3000]{{0,2}}(?P<note>{_NOTE}|{_ASIDE})?(?P<word>{words_after})?(?P<note2>{_NOTE})?"),
        after_op=after,
        after_first=frozenset(word[0] for word in after) | frozenset(" \u3000(（学"),
        every=re.compile("|".join(map(re.escape, _longest_first(per)))),
        per=per,
    )


def _longest_first(words: dict[str, str]) -> list[str]:
    return sorted(words, key=lambda word: (-len(word), word))


def compared(text: str, amount: Amount) -> Part:
    """The amount with the comparators that touch it, or that reach it from the head of its clause."""
    op_before, start, near = _before(text, amount)
    op_after, end, about, excluded = _after(text, amount.end, amount.unit)
    op: Op = op_before or op_after or "="
    if amount.unit is None and amount.low is not None:
        amount = amount._replace(unit=_understood(text, amount, start))
    if excluded:
        op = _STRICT.get(op, op)
    than = None if op_before else _than(text, start, end)
    if than is not None:
        op, start, end = than
    far = op == "=" and not near and _reached(text, start, amount.unit)
    if far:
        op = far
    return Part(
        start,
        end,
        amount.low,
        amount.high,
        amount.unit,
        "between" if amount.high is not None else op,
        bool(op_before or far),
        bool(op_after),
        near or about or amount.some,
        core=amount.start,
        core_end=amount.end,
        per=_per(text, amount, end),
    )


# 年满50; 每月补300, 300补贴: the unit goes without saying
_OF_AGE: Final = re.compile("年满|年龄")
_MONEY_BEFORE: Final = re.compile("(?:补助|补贴|津贴|奖励|发给|补|奖|扣|工资)(?:了|你|他|她|我|为|给)?$")
_MONEY_BEHIND: Final = re.compile("补助|补贴|津贴")


def _understood(text: str, amount: Amount, start: int) -> str | None:
    """The unit that goes without saying: 岁 after 年满 and in 男55、女50, 元 beside 补贴."""
    low = amount.low or 0
    if 16 <= low <= 75 and (_OF_AGE.match(text, start) or text[start - 1 : start] in ("男", "女")):
        return "岁"
    if low >= 50 and float(low).is_integer():
        paid = _MONEY_BEFORE.search(text, max(0, start - 4), start) or _MONEY_BEHIND.match(text, amount.end)
        return "元" if paid else None
    return None


def _before(text: str, amount: Amount) -> tuple[Op | None, int, bool]:
    """The comparator that touches the number from the left, where it starts, and whether the number is approximate."""
    start, near = amount.start, False
    op: Op | None = None
    last_signs = _words().last_signs
    for _ in range(4):
        pos = start
        while pos and text[pos - 1] in SPACES:
            pos -= 1
        if not pos or text[pos - 1] not in last_signs:
            break
        found = _word_before(text, pos, amount.unit)
        if found is None:
            filler = _FILLER.search(text, max(0, pos - 4), pos) if op is None and not near else None
            if filler is None:
                break
            op, further, near = _before(text, amount._replace(start=filler.start()))
            return (op, further, near) if op or near else (None, amount.start, False)
        start = pos - len(found[0])
        if found[1] == "~":
            near = True
        elif found[1] != "=":
            op = op or found[1]
    return op, start, near


def _word_before(text: str, pos: int, unit: str | None) -> tuple[str, Op | Literal["~"]] | None:
    """The word that compares and ends at `pos`, with what it says."""
    for word, sign in _words().before.get(text[pos - 1], ()):
        if pos >= len(word) and text.startswith(word, pos - len(word)):
            inside = text[pos - len(word) - 1 : pos - len(word)] in _WORDS_BEFORE.get(word, ())
            time = word == "近" and unit in DURATIONS  # 近三年 is a time, not nearly three years
            return None if inside or time else (word, sign)
    if text[pos - 1] == "过" and unit in (None, "%") and pos > 1 and text[pos - 2] not in "不通经":
        return "过", ">"  # 占比过20%
    return None


def _after(text: str, end: int, unit: str | None) -> tuple[Op | None, int, bool, bool]:
    """The comparator behind the quantity, where it ends, whether it means about, and whether it excludes."""
    grammar = _words()
    if text[end : end + 1] not in grammar.after_first:
        return None, end, False, False
    if unit in ("所", "个") and text.startswith(("学校以", "学校及以"), end):
        end += 2  # 两所学校以上
    match = grammar.after.match(text, end)
    if match is None or not match["word"]:
        return None, end, False, False
    if match["word"] == "之内" and unit in DURATIONS:
        return None, end, False, False  # 三年之内不得 says when, as 三年内 does
    sign = grammar.after_op[match["word"]]
    notes = (match["note"] or "") + (match["note2"] or "")
    stop = match.end("word")
    return (None if sign == "~" else sign), stop, sign == "~", "不" in notes  # type: ignore[return-value]


def _than(text: str, start: int, end: int) -> tuple[Op, int, int] | None:
    """比三十大: the op, and the span with both words."""
    if "比" not in text[max(0, start - 2) : start]:
        return None
    head, tail = text[max(0, start - 2) : start].rstrip(), text[end : end + 2].lstrip()
    if head[-1:] != "比" or tail[:1] not in _COMPARED or not tail:
        return None
    return _COMPARED[tail[0]], text.rindex("比", 0, start), text.index(tail[0], end) + 1


def _reached(text: str, start: int, unit: str | None) -> Op | None:
    """The op of a comparator that stands further off in the clause: 不低于专任教师总数的10%."""
    window = text[max(0, start - 60) : start]
    if _FAR_SIGNS.isdisjoint(window):
        return None
    bound = _BOUND.search(window) if "最" in window and (unit in DURATIONS or unit == "%") else None
    if bound is not None:
        return ">=" if bound["low"] else "<="
    if "少" in window and unit is not None and _AT_LEAST.search(window):
        return ">="
    far = _FAR_COMPARATOR.search(window) if unit in ("%", "人", None) else None
    if far is None:
        return None
    return "<=" if far["most"] else ">" if far["over"] else "<" if far["under"] else ">="


def _per(text: str, amount: Amount, end: int) -> str | None:
    """What the quantity is counted per, from the words of its clause or a slash behind it."""
    if amount.unit is None:
        return None
    slash = _PER_SLASH.match(text, end) if text[end : end + 1] in ("/", "／", "每") else None
    if slash:
        return {"生": "人", "日": "天"}.get(slash[1], slash[1])
    window = text[max(0, amount.start - 45) : amount.start]
    if _PER_SIGNS.isdisjoint(window):
        return None
    words = _words()
    cut = 1 + max(map(window.rfind, _CLAUSE_ENDS))
    found = None
    for match in words.every.finditer(window, cut):
        per = words.per[match[0]]
        if not _is_period_of(per, amount.unit) or (found in _LENGTHS and per in ("校", "人", "次")):
            continue  # 每学年每校选派1名: the time is what comparisons need
        found = per
    if found is None and amount.unit == "天":
        within = _WITHIN.search(window, cut)
        found = within[1] if within else None
    return found


def _is_period_of(per: str, unit: str | None) -> bool:
    if unit in DURATIONS:
        return per == "校" or (per in _LENGTHS and _LENGTHS[per] > DURATIONS[unit])
    if unit == "岁":
        return False
    return unit in ("%", "人", "元") or per not in ("次", "期")
