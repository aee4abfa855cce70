"""Labelled text as a person writes it: plain text with light marks, from which labels get their positions.

A mark is `⟦spec|content⟧` and may stand inside another. What is between the bar and the closing bracket stays in the
text, the rest vanishes, so a label's offsets are computed and never typed.

    ⟦E|heading⟧  an essay begins · ⟦/E|⟧  it ends here (otherwise at the next essay or the end of the page)
    ⟦S1|一、总则⟧  a heading of level 1; the marker is read off, or given: ⟦S1:其一|其一工作目标⟧
    ⟦B:intro_blurb|…⟧  boilerplate, by kind
    ⟦M|20xx⟧  masked · ⟦N:doubled:的|的的⟧  other damage: kind and repair (`\\n` a line end); hard_break mends itself
    ⟦SSL 教师 >=6年 rec per=年 base=教师总数 @浙江省/温州市/瑞安市|quote⟧  a fact, or several joined by ` && `

A fact's tokens: measure, subject (`-` none, `.` the quote itself), then in any order the quantity (`>=6年`, `1~3年`,
`masked`), the modality (`rec rep prop`, else required), `per=`, `base=` and `@place` (else the page's own place).
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

MEASURES = {
    "SSL": ("rotation_term", "same_school_limit"),
    "DUR": ("rotation_term", "exchange_duration"),
    "SHARE": ("quota", "exchange_share"),
    "HEAD": ("quota", "exchange_headcount"),
    "ALLOW": ("subsidy", "allowance"),
    "BONUS": ("subsidy", "bonus_multiplier"),
    "AGE": ("eligibility", "age_limit"),
    "SERV": ("eligibility", "service_minimum"),
    "EXEMPT": ("exemption", "exempt_group"),
    "EXP": ("promotion_requirement", "exchange_experience"),
    "BAN": ("sanction", "ban_period"),
    "CUT": ("sanction", "pay_cut"),
    "ABS": ("sanction", "absence_limit"),
}
UNITS = ("年", "学年", "学期", "届", "月", "天", "%", "人", "元", "倍", "岁", "所", "次", "节")
MODALITIES = {"rec": "recommended", "rep": "reported", "prop": "proposed"}

# >=6年  1.5~3倍  =20000元
QUANTITY = re.compile(r"^(>=|<=|>|<|=)?(\d+(?:\.\d+)?)(?:~(\d+(?:\.\d+)?))?(" + "|".join(UNITS) + ")$")
# 第三条  第二章  （一）  (2)  三、  4.  二是  第一，
MARKER = re.compile(
    r"^(第[一二三四五六七八九十百\d]+[章节条條節]|[（(][一二三四五六七八九十\d]+[）)]"
    r"|[一二三四五六七八九十壹貳參肆伍]+、|\d+[.．、]|[一二三四五六七八九十]是|第[一二三四五六七八九十]，)"
)


class MarkError(ValueError):
    """A mark that cannot be read; the message quotes it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One label over `[start, end)` of the finished text."""

    spec: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Marked:
    """The finished text and its marks in reading order, outer before inner."""

    text: str
    marks: tuple[Mark, ...]

    def quote(self, mark: Mark) -> str:
        return self.text[mark.start : mark.end]


def parse(source: str, escape: Callable[[str], str] = str) -> Marked:
    """The text without its marks; `escape` turns each character into what the file shows for it."""
    out: list[str] = []
    length = at = 0
    opened: list[tuple[str, int]] = []
    marks: list[Mark] = []
    while at < len(source):
        char = source[at]
        if char == "⟦":
            bar = source.index("|", at)
            opened.append((source[at + 1 : bar], length))
            at = bar + 1
            continue
        if char == "⟧":
            if not opened:
                raise MarkError(f"a bracket closes nothing near {source[max(0, at - 30) : at + 1]!r}")
            spec, start = opened.pop()
            marks.append(Mark(spec, start, length))
        else:
            piece = escape(char)
            out.append(piece)
            length += len(piece)
        at += 1
    if opened:
        raise MarkError(f"a mark is left open: {opened[-1][0]!r}")
    return Marked("".join(out), tuple(sorted(marks, key=lambda m: (m.start, -m.end))))


def is_fact(mark: Mark) -> bool:
    return mark.spec.split(" ", 1)[0] in MEASURES


def facts_of(mark: Mark, quote: str, place: str) -> list[dict[str, object]]:
    """The slots of the facts one mark states, in GUIDE's order, without `doc` and `essay`."""
    return [_fact(spec.split(), mark, quote, place) for spec in mark.spec.split(" && ")]


def _fact(tokens: list[str], mark: Mark, quote: str, place: str) -> dict[str, object]:
    if tokens[0] not in MEASURES or len(tokens) < 2:
        raise MarkError(f"{' '.join(tokens)!r} over {quote!r}: a fact needs a known measure and a subject")
    kind, measure = MEASURES[tokens[0]]
    subject = {"-": None, ".": _plain(quote)}.get(tokens[1], tokens[1])
    op: str | None = None
    value: object = None
    unit: str | None = None
    per: str | None = None
    base: str | None = None
    modality, masked = "required", False
    for token in tokens[2:]:
        if token in MODALITIES:
            modality = MODALITIES[token]
        elif token == "masked":
            masked = True
        elif token.startswith("per="):
            per = token[4:]
        elif token.startswith("base="):
            base = token[5:]
        elif token.startswith("@"):
            place = token[1:]
        else:
            op, value, unit = _quantity(token, quote)
    province, city, county = ([name if name != "-" else None for name in place.split("/")] + [None] * 3)[:3]
    return {
        "start": mark.start,
        "end": mark.end,
        "quote": quote,
        "kind": kind,
        "measure": measure,
        "subject": subject,
        "op": op,
        "value": value,
        "unit": unit,
        "per": per,
        "base": base,
        "modality": modality,
        "province": province or None,
        "city": city,
        "county": county,
        "masked": masked,
    }


def _plain(quote: str) -> str:
    """The quote on one line and without tags: what a reader would name the group."""
    return re.sub(r"<[^<>]*>|\\n|\s", "", quote).rstrip("；;。，,")


def _quantity(token: str, quote: str) -> tuple[str, object, str]:
    found = QUANTITY.match(token)
    if not found:
        raise MarkError(f"{token!r} over {quote!r} is no quantity, modality, per=, base= or @place")
    low, high = _number(found[2]), _number(found[3]) if found[3] else None
    return ("between", [low, high], found[4]) if high is not None else (found[1] or "=", low, found[4])


def _number(digits: str) -> int | float:
    return float(digits) if "." in digits else int(digits)


OPS = (">=", "<=", ">", "<", "=", "between")
PERIODS = (None, "年", "学年", "学期", "届", "月", "周", "天", "次", "节", "校", "人")
# What a measure can be counted in; a unit outside is a slip of the pen.
UNITS_OF = {
    "same_school_limit": {"年", "学年", "学期", "届"},
    "exchange_duration": {"年", "学年", "学期", "届", "月", "天"},
    "exchange_share": {"%", "倍"},
    "exchange_headcount": {"人"},
    "allowance": {"元", "%", "天"},
    "bonus_multiplier": {"倍", "%"},
    "age_limit": {"岁"},
    "service_minimum": {"年", "学年", "学期", "届", "月", "所"},
    "exempt_group": set(),
    "exchange_experience": {"年", "学年", "学期", "月", "所", "次", "届"},
    "ban_period": {"年", "学年", "学期", "月", "届"},
    "pay_cut": {"%", "元", "月", "年"},
    "absence_limit": {"天", "月", "次", "节"},
}


def faults(fact: dict[str, object], text: str) -> list[str]:
    """What is wrong with one fact's slots, in words; empty where they agree with GUIDE's vocabulary and the text."""
    op, value, unit, measure = fact["op"], fact["value"], fact["unit"], str(fact["measure"])
    said = []
    if text[int(str(fact["start"])) : int(str(fact["end"]))] != fact["quote"] or not str(fact["quote"]).strip():
        said.append("the quote is not what stands there")
    if (op is None) != (value is None) or (unit is None) != (value is None):
        said.append("op, value and unit are not all there or all null")
    if op is not None and op not in OPS:
        said.append(f"unknown op {op}")
    if (op == "between") != isinstance(value, list) or (isinstance(value, list) and not value[0] < value[1]):
        said.append("a range needs two rising values and op between")
    if unit is not None and unit not in UNITS_OF[measure]:
        said.append(f"{measure} in {unit}")
    if fact["masked"] and value is not None:
        said.append("a masked fact has a value")
    if fact["per"] not in PERIODS:
        said.append(f"unknown period {fact['per']}")
    return said + _places(fact) + _unwritten(fact, text)


def _places(fact: dict[str, object]) -> list[str]:
    endings = {"province": "省市区", "city": "市州盟区县", "county": "县市区旗团场镇域"}
    return [
        f"{level} {fact[level]} is no standard name"
        for level, ends in endings.items()
        if fact[level] is not None and str(fact[level])[-1] not in ends
    ]


# Groups a reader names though the text only says 支教期间, 教师交流后.
IMPLIED = {"教师", "教師", "支教教师", "交流教师", "支教人员", "交流人员", "交流教師"}


def _unwritten(fact: dict[str, object], text: str) -> list[str]:
    """Subjects and bases that do not stand in the text; 男 or 女 may be put before a written group."""
    plain = json.loads(f'"{text}"') if "\\u" in text else text
    flat = re.sub(r"<[^<>]*>|\\n|&nbsp;|\s", "", plain)
    said = []
    for slot in ("subject", "base"):
        words = fact[slot]
        if words is None or words in IMPLIED or str(words) in flat:
            continue
        bare = re.sub("教[师師]$", "", str(words).lstrip("男女"))
        if bare not in flat and bare not in IMPLIED:
            said.append(f"{slot} {words} does not stand in the text")
    return said
