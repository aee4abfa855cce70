"""The tree of headings of one essay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from corpus_tools.records import Section
from corpus_tools.segment.glued import title_of_length
from corpus_tools.segment.markers import RANKS, Item, items_of
from corpus_tools.segment.titles import (
    CLAUSE,
    NO_TITLE,
    SENTENCE_START,
    Strength,
    Title,
    runs_on,
    tells_in_short,
    title_of,
)
from corpus_tools.segment.unmarked import unmarked_items
from corpus_tools.strip.lines import Line

# around a text, not inside a part
FRAME = frozenset({"引言", "导语", "导言", "前言", "序言", "结语", "结束语", "后记"})
# ends a report, whatever stood above it
ENDING = re.compile(
    r"总结|小结|下一?步(?:工作)?(?:打算|计划|安排)?|今后(?:的)?打算|存在的?(?:主要)?(?:问题|不足|困难)(?:[和与及](?:问题|不足|困难|建议))?"
)
SHORTER = 4  # times as long is the end of a rule above a title
ALIKE = 3  # characters that titles built alike begin with
FEW = 3
LOOSE = frozenset({"han_loose", "stem", "part_no"})
COMMA_TITLE = 16  # among titled neighbours an item may be titled by its first clause, if that is short


class _Judged(NamedTuple):
    item: Item
    title: Title


def sections_of(text: str, lines: Sequence[Line], body: int, name: str, glued: bool) -> tuple[Section, ...]:
    """The headings among `lines`, in order, with levels as they are nested; `name` is the essay's bare title."""
    items = items_of(lines, body)
    judged = [_Judged(item, title_of(item, _followed(items, i, lines), name, glued)) for i, item in enumerate(items)]
    ranks = _ranks(items)
    titled = [entry for group in _siblings(judged, ranks) for entry in _voted(group)]
    plain = unmarked_items(lines, body, {entry.item.line for entry in titled}, items)
    titled += [_Judged(item, Title(len(item.text), Strength.STRONG)) for item in plain]
    titled.sort(key=lambda entry: entry.item.start)
    if _lead_numbers([entry.item for entry in titled]):
        ranks["plain_line"] = RANKS["bracket"]
    return tuple(_levelled(text, titled, ranks))


def _followed(items: Sequence[Item], i: int, lines: Sequence[Line]) -> bool:
    """Whether text of its own comes after an item's paragraph: prose, or items further in."""
    item = items[i]
    following = items[i + 1] if i + 1 < len(items) else None
    if not item.closed:
        return following is not None and following.number == 1
    if following and following.line <= item.line + 1:
        # 2、由学区安排。 above （一）期限: the next part begins, not its own
        ends = item.text.endswith("。") and RANKS.get(following.style, 9.5) < RANKS.get(item.style, 9.5)
        return following.style != item.style and not ends and (following.number == 1 or following.hashes > 0)
    before = items[i - 1] if i else None
    last_of_list = (
        before is not None
        and (before.style, before.number, before.line) == (item.style, item.number - 1, item.line - 1)
        and item.text.endswith(("。", ";"))
        and len(before.text) < SHORTER * len(item.text)  # 4、 is a long rule, 5、资源共建。 a title
    )
    # what comes after the last of a list belongs to the whole
    return item.line + 1 < len(lines) and not last_of_list


def _ranks(items: Sequence[Item]) -> dict[str, float]:
    """The rank of each style in this essay: as usual, except where 一、 restarts under each 1、 or below 1、 alone."""
    ranks = dict(RANKS)
    for outer in ("digit", "han_paren"):
        restarts = counts = last = spanned = 0
        for item in items:
            if item.style == outer and item.leads:
                spanned += restarts > 0 and item.number == last + 1
                last, counts = item.number, counts + (item.number == last + 1)
            elif item.style == "han" and item.number == 1 and last:
                restarts += last == counts
        if (restarts > 1 or spanned) and counts == last and last > 1:
            ranks[outer] = 2.5
    return ranks


def _lead_numbers(items: Sequence[Item]) -> bool:
    """Whether the lines without a marker stand above the numbers: the first of several, or one for each 一、."""
    plain = [item for item in items if item.style == "plain_line"]
    above = [
        item.style == "plain_line" and below.style == "han" and below.number == 1 and below.line == item.line + 1
        for item, below in pairwise(items)
    ]
    return len(plain) > 1 and any(above) and (items[0].style == "plain_line" or sum(above) > 1)


def _siblings(judged: Sequence[_Judged], ranks: dict[str, float]) -> Iterable[list[_Judged]]:
    """The items in groups that count on together: the same style, with nothing further out between them."""
    keys: list[tuple[int, str]] = []
    open_groups: dict[str, int] = {}
    numbers: dict[str, int] = {}
    for at, entry in enumerate(judged):
        style = entry.item.style
        rank = ranks.get(style, 9.5)
        for other in [s for s in open_groups if ranks.get(s, 9.5) > rank]:
            del open_groups[other]
        restarted = entry.item.number <= numbers.get(style, 0) and style != "markdown"
        if style not in open_groups or restarted:
            open_groups[style] = at
        numbers[style] = entry.item.number
        keys.append((open_groups[style], style))
    order = sorted(range(len(judged)), key=lambda at: (keys[at], at))
    for _, group in groupby(order, key=lambda at: keys[at]):
        yield [judged[at] for at in group]


def _voted(group: Sequence[_Judged]) -> list[_Judged]:
    """The members of a group that are headings: a lone title among rules is none, a rule among titles may be one."""
    strong = sum(entry.title.strength == Strength.STRONG for entry in group)
    some = sum(entry.title.strength >= Strength.WEAK for entry in group)
    if (len(group) == 1 and _is_stray(group[0])) or _is_loose(group):
        return []
    if _alike(group):
        return [_judged_among_titles(entry, (), run_in=True) for entry in group]
    if some >= 0.6 * len(group) or (strong and len(group) <= 2):
        run_in = any(entry.title.strength >= Strength.WEAK and _has_text_behind(entry) for entry in group)
        lengths = Counter(entry.title.length for entry in group if runs_on(entry.item, entry.title))
        usual = [length for length, _ in lengths.most_common()] if lengths.total() > 1 else []
        kept = [_judged_among_titles(entry, usual, run_in=run_in) if some > 1 else entry for entry in group]
        return [entry for entry in kept if entry.title.strength >= Strength.WEAK]
    if 2 * strong >= len(group):
        return [entry for entry in group if entry.title.strength == Strength.STRONG]
    return []


def _alike(group: Sequence[_Judged]) -> bool:
    """Whether run-in titles are built alike: 明确了谁来交流。… 明确了怎样交流。…, 事假|因私… 病假|因病…, each short."""
    if len(group) < 2 or any(entry.title.strength < Strength.DOUBTFUL for entry in group):
        return False
    begin = {entry.item.text[:ALIKE] for entry in group}
    if len(begin) == 1 and all(entry.item.text[entry.title.length :] for entry in group):
        return True
    if all(runs_on(entry.item, entry.title) for entry in group):
        return True
    enough = len(group) >= FEW or group[0].item.style == "is"
    return enough and all(tells_in_short(entry.item, entry.title) for entry in group)


def _is_loose(group: Sequence[_Judged]) -> bool:
    """Whether items whose markers have other uses (一，… 甲、…) do not count on from the first."""
    return group[0].item.style in LOOSE and [entry.item.number for entry in group[:2]] != [1, 2]


def _has_text_behind(entry: _Judged) -> bool:
    return entry.title.length + 1 < len(entry.item.text)


def _is_stray(entry: _Judged) -> bool:
    """Whether an item without neighbours is too weak to be a heading: a lone 3. or 第四，."""
    item = entry.item
    if item.style == "nth":
        return item.number > 1
    return item.style.startswith("digit") and item.leads and not item.hashes and entry.title.strength < Strength.STRONG


def _judged_among_titles(entry: _Judged, lengths: Sequence[int], *, run_in: bool) -> _Judged:
    """A doubtful item whose neighbours have titles; `run_in`: with their text behind them, not below.

    `lengths`: of those titles that nothing parts from their text, the usual one first.
    """
    title = entry.title
    if title.strength == Strength.DOUBTFUL:
        title = Title(title.length, Strength.WEAK)
    elif title.strength == Strength.NONE and run_in:
        like_them = 0 if SENTENCE_START.match(entry.item.text) else title_of_length(entry.item.text, lengths)
        title = Title(like_them, Strength.WEAK) if like_them else _first_clause(entry.item)
    return _Judged(entry.item, title)


def _first_clause(item: Item) -> Title:
    comma = CLAUSE.search(item.text)
    if comma is None or not 2 < comma.start() <= COMMA_TITLE or SENTENCE_START.match(item.text):
        return NO_TITLE
    if item.text.count("(", 0, comma.start()) != item.text.count(")", 0, comma.start()):
        return NO_TITLE
    return Title(comma.start(), Strength.WEAK)


def _levelled(text: str, titled: Sequence[_Judged], ranks: dict[str, float]) -> Iterable[Section]:
    """The headings as sections, each one level below the nearest heading that ranks above it."""
    by_depth = _markdown_ranks([entry.item for entry in titled], ranks)
    stack: list[float] = []
    loose = _loose_digits(titled)
    for at, (item, title) in enumerate(titled):
        rank = by_depth[item.hashes] if item.style == "markdown" else ranks[item.style]
        if item.style == "plain_line" and at and titled[at - 1].item.line == item.line - 1 and stack:
            rank = _below_heading(rank, stack[-1], titled[at - 1])
        framed = item.text in FRAME or (ENDING.fullmatch(item.text) and _ends(titled[at + 1 :], ranks, stack))
        if stack and ((framed and not item.marker) or at in loose):
            rank = stack[0]
        while stack and stack[-1] >= rank:
            stack.pop()
        stack.append(rank)
        end = item.text_start + title.length if title.length else item.start + len(item.marker)
        words = text[item.text_start : item.text_start + title.length].strip(" *#\u3000")
        yield Section(len(stack), text[item.start : item.start + len(item.marker)], words, item.start, end)


def _below_heading(rank: float, above: float, before: _Judged) -> float:
    """The rank of a line without a marker right below a heading: beside one of its kind, else inside.

    As usual where the heading has its text behind it.
    """
    if before.item.style == "plain" or before.title.length + 1 < len(before.item.text):
        return rank
    return above if before.item.style == "plain_line" else max(rank, above + 0.4)


def _ends(rest: Sequence[_Judged], ranks: dict[str, float], stack: Sequence[float]) -> bool:
    """Whether nothing as far out as the outermost heading comes after: then what ends a report stands beside it."""
    return not any(ranks.get(entry.item.style, 9.5) <= stack[0] for entry in rest) if stack else False


def _loose_digits(titled: Sequence[_Judged]) -> frozenset[int]:
    """The places of 1. 2. 3. that stand below the last of several （一）（二）（三） alone, and that has its own text.

    Pages lose the heading between the two; what counts 1. 2. then belongs to the whole, not to （三）.
    """
    styles = [entry.item.style for entry in titled]
    if styles.count("han_paren") < FEW or "digit" not in styles or "han" in styles:
        return frozenset()
    last = max(at for at, style in enumerate(styles) if style == "han_paren")
    digits = [at for at, style in enumerate(styles) if style == "digit"]
    entry = titled[last]
    bare = [e for e in titled[:last] if e.item.style == "han_paren" and e.item.text[e.title.length :] == "。"]
    a_sentence = entry.item.text.endswith("。") and not bare  # （四）教研中心暂不设岗。 where the others are titles
    own_text = _has_text_behind(entry) or a_sentence
    return frozenset(digits) if digits[0] == last + 1 and len(digits) > 1 and own_text else frozenset()


def _markdown_ranks(items: Sequence[Item], ranks: dict[str, float]) -> dict[int, float]:
    """A rank for headings that have only markdown marks, by how many: that of the marked headings with as many.

    Converters write the first heading of a page one step too deep (### above a run of ##); it counts as the others.
    """
    depths = sorted({item.hashes for item in items if item.style == "markdown"})
    beside = {item.hashes: ranks[item.style] for item in reversed(items) if item.hashes and item.style in RANKS}
    found = {depth: beside.get(depth, 8.5 + depth / 100) for depth in depths}
    plain = [item.hashes for item in items if item.style == "markdown"]
    if len(plain) > 1 and plain.count(plain[0]) == 1 and plain[0] > max(plain[1:]):
        found[plain[0]] = found[plain[1]]
    return found
