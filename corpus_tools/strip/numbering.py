"""How the numbers at the beginning of lines run on around a line: on as before, or from the beginning."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from corpus_tools.strip.lines import Line
from corpus_tools.strip.title_words import NUMBER, number_of

LEAD = re.compile(
    rf"(?:#{{1,6}}\s*)?(?:第(?P<article>{NUMBER})条|第(?P<chapter>{NUMBER})章|(?P<han>[一二三四五六七八九十]{{1,3}})[、.．]|"
    r"[(](?P<han_paren>[一二三四五六七八九十]{1,3})[)]|(?P<digit>\d{1,2})[、.．](?!\d)|[(](?P<digit_paren>\d{1,2})[)]|"
    r"(?P<grand>[壹贰叁肆伍陆柒捌玖拾貳參参陸])、)"
)
# 城东小学交流方案一、指导思想为了…: the first item run into the title
RUN_IN = re.compile(
    r"[^。;:]{4,40}?(?<![一二三四五六七八九十、])(?:(?P<han>一)、(?![二三])|第(?P<article>一)条|第(?P<chapter>一)章)"
)
FIRST = frozenset("#第(0123456789一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾貳參参陸")
GRAND = {char: i + 1 for i, char in enumerate("壹贰叁肆伍陆柒捌玖拾")} | {"貳": 2, "參": 3, "参": 3, "陸": 6}
OUTERMOST_FIRST = ("chapter", "grand", "article", "han", "han_paren", "digit", "digit_paren")
REACH = 60  # lines in which a numbering goes on
SOON = 6  # lines below a title in which its first item stands


def numbering(lines: Sequence[Line], places: Iterable[int]) -> dict[int, str]:
    """For each of the lines `places`, what the numbers behind it make of those before: `restart`, `fresh`, `continues`.

    Empty where no number says anything.
    """
    items = {i: found for i, line in enumerate(lines) if (found := _item(line.text))}
    wanted = sorted(places)
    before = _last_numbers(items, wanted)
    after = _next_numbers(items, wanted)
    return {i: _verdict(i, before[i], after[i]) for i in wanted}


def _item(line: str) -> tuple[str, int] | None:
    """The style and the number of the item that a line begins with, or of the first one run into its title."""
    match = LEAD.match(line) if line[0] in FIRST else None
    if match is None and ("一、" in line or "第一" in line):
        match = RUN_IN.match(line)
    if match is None or match.lastgroup is None:
        return None
    token = match[match.lastgroup]
    return match.lastgroup, GRAND.get(token) or number_of(token)


def _last_numbers(items: Mapping[int, tuple[str, int]], wanted: Sequence[int]) -> dict[int, dict[str, int]]:
    """For each wanted line, the last number of each style above it."""
    found: dict[int, dict[str, int]] = {}
    state: dict[str, int] = {}
    above = iter([*sorted(items), 1 << 60])
    at = next(above)
    for i in wanted:
        while at < i:
            style, number = items[at]
            state[style] = number
            at = next(above)
        found[i] = dict(state)
    return found


def _next_numbers(items: Mapping[int, tuple[str, int]], wanted: Sequence[int]) -> dict[int, dict[str, tuple[int, int]]]:
    """For each wanted line, the line and the first number of each style below it."""
    found: dict[int, dict[str, tuple[int, int]]] = {}
    state: dict[str, tuple[int, int]] = {}
    below = iter([*sorted(items, reverse=True), -1])
    at = next(below)
    for i in reversed(wanted):
        while at > i:
            style, number = items[at]
            state[style] = (at, number)
            at = next(below)
        found[i] = dict(state)
    return found


def _verdict(i: int, before: Mapping[str, int], after: Mapping[str, tuple[int, int]]) -> str:
    """What the outermost numbering says that says anything: a rule's articles may go on while its lists begin anew."""
    fresh = ""
    for style in OUTERMOST_FIRST:
        if style not in after:
            continue
        line, number = after[style]
        last = before.get(style, 0)
        if number > 1 and last == number - 1 and line - i <= REACH:
            return "continues"
        if number == 1 and line - i <= SOON:
            if last > 1:
                return "restart"
            fresh = "fresh"
    return fresh
