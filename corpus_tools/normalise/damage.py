"""Words visibly lost and places nobody can read are marked and left.

All of it is rare, and wrong guesses cost more than misses: each rule names one thing that can only be damage.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus_tools.codes import code_points
from corpus_tools.nlp import opencc
from corpus_tools.normalise.broken_off import broken_off
from corpus_tools.normalise.classes import HAN, NUMERALS
from corpus_tools.normalise.line_kinds import ESSAY_HEADING, ITEM
from corpus_tools.normalise.lines import DANGLING
from corpus_tools.records import Mark
from corpus_tools.spotter import Spotter

# 党的xx届三会 for 三中全会
LOST_PLENUM = re.compile(r"[会會](?<=([一二三四五六七][会會]))(?:(?<=[届屆]..)(?![议議])|(?=精神|公报|公報))")
# （教人2号）: a document number without its year
LOST_YEAR = re.compile(rf"（([{HAN}]{{0,6}}[发發字办辦函人政教规規]\d{{1,4}}[号號])）")
SUPPORTS = "支持|帮助|幫助|领导|領導|指导|指導|关心|關心|带领|帶領|推动|推動|关怀|關懷"
# 在师生的支持，: 下 is gone
SUPPORT = re.compile(f"的(?:{SUPPORTS})，")
UNDER_CLAUSE = re.compile(rf"(?:(?<=[，。；！？\n])|^)在(?!此|座|这里)[{HAN}、]{{2,20}}$")
# 今后我将继续在上，
LOST_PLACE = re.compile("在[上中下]，(?<![现現存内內外实實所正高]在[上中下]，)")
# 为了使工作更上一个台阶。: a purpose, and the sentence ends
LOST_CLAUSE = re.compile(r"[为為]了?使[^，。！？；：\n]{4,40}。")
# 以这次支教为，: as what?
LOST_OBJECT = re.compile(
    r"以(?<![可所予加足难難得给給]以)(?![为為])[^，。；：！？\n以]{2,14}[为為]，(?<![认認成作行因称稱改变變][为為]，)"
)
# Without one of its words a pattern need not be looked for
LOST_WORDS: dict[re.Pattern[str], frozenset[str]] = {
    LOST_PLENUM: frozenset(count + meeting for count in "一二三四五六七" for meeting in "会會"),
    LOST_YEAR: frozenset({"号）", "號）"}),
    LOST_PLACE: frozenset({"在上，", "在中，", "在下，"}),
    SUPPORT: frozenset(f"的{support}，" for support in SUPPORTS.split("|")),
    LOST_OBJECT: frozenset({"为，", "為，"}),
    LOST_CLAUSE: frozenset({"为使", "為使", "了使"}),
}
LOSSES = Spotter(word for words in LOST_WORDS.values() for word in words)
THANKS = re.compile("[感谢謝得到有给給离離表對对為为]")

# 锟斤拷, the replacement character, latin-1 readings of GB or UTF-8
UNREADABLE = re.compile(
    r"[?？][；，](?:[^\n。，；]{1,10}[?？][；，])?"  # 以后?；氐郊液?， was 以后。回到家后，
    r"|[\ufffd\ue000-\uf8ff]+|锟[锟斤拷]+|斤拷[锟斤拷]*|[烫屯](?:烫烫|屯屯)[烫屯]*"
    r"|(?!×+(?![\u0080-\u00ff]))[\u00c0-\u00ff][\u0080-\u00ff]{2,}"  # but ××× is a hidden name
    r"|[?？](?<=\d[?？])(?=\d+(?:\.\d+)?[%％])|[%％][?？](?<=\d..)(?=\d+(?:\.\d+)?[%％])"  # 3%?7%
)
# Where one may begin, to look closer
MAY_BE_UNREADABLE = re.compile("[?？锟斤烫屯\u00c0-\u00ff\ufffd\ue000-\uf8ff]")
LONG_LINE = 40
# …这才是我来到这里最大
WANTS_NOUN = re.compile("(?:最[大高深重好]|[这這那每]一?[个個位名所种種])$")
# 三、沟通联系  or the heading of an essay: 讲话篇六
HEADING = re.compile(
    rf"\n(?:[# ]*([{NUMERALS}])、(?![{NUMERALS}])[^\n，。；：]{{1,12}}|[^\n，。]{{1,30}}篇\s?[{NUMERALS}\d]{{1,3}}$)",
    re.MULTILINE,
)
# 1. (1) （1） 1、 at the head of a line
NUMBERED = re.compile(r"\n(?:- )?[（(]?(\d{1,2})(?:[)）]|[.．、 ](?!\d))")


def damage_marks(text: str) -> Iterator[Mark]:
    """Marks of kinds `dropped_text` and `mojibake`, in clean positions."""
    standing = LOSSES.standing_in(text)
    found = {p: () if standing.isdisjoint(words) else p.finditer(text) for p, words in LOST_WORDS.items()}
    for pattern in (LOST_PLENUM, LOST_YEAR, LOST_PLACE):
        for match in found[pattern]:
            group = pattern.groups  # the lost words' place, where more than it was matched
            yield Mark(match.start(group), match.end(group), "dropped_text")
    for match in found[SUPPORT]:
        clause = UNDER_CLAUSE.search(text, max(0, match.start() - 24), match.start())
        if clause and not THANKS.search(clause.group()):
            yield Mark(clause.start(), match.end(), "dropped_text", "下")
    for match in found[LOST_OBJECT]:
        yield Mark(max(match.start(), match.end() - 8), match.end(), "dropped_text", "wants more")
    yield from broken_off(text)
    for match in found[LOST_CLAUSE]:
        if text[match.start() - 1 : match.start()] in "。！？\n":
            yield Mark(match.end() - 6, match.end(), "dropped_text", "only a purpose")
    yield from _unfinished(text)
    yield from _missing_items(text)
    yield from _missing_headings(text)
    yield from _unreadable(text)
    yield from _rare_runs(text)


def _unreadable(text: str) -> Iterator[Mark]:
    done = 0
    for candidate in MAY_BE_UNREADABLE.finditer(text):
        start = candidate.start() - (text[candidate.start() - 1 : candidate.start()] in ("%", "％"))  # 3%?7%
        match = UNREADABLE.match(text, start) or UNREADABLE.match(text, candidate.start())
        if match is not None and match.start() >= done:
            done = match.end()
            yield Mark(match.start(), done, "mojibake")


def _unfinished(text: str) -> Iterator[Mark]:
    """Long paragraphs that break off in want of a word before an item or a heading."""
    at = 0
    lines = text.split("\n")
    for number, line in enumerate(lines):
        if (
            len(line) >= LONG_LINE
            and line[-1] not in "。：；！？”"
            and (DANGLING.search(line[-3:]) or WANTS_NOUN.search(line[-3:]))
        ):
            below = next((later for later in lines[number + 1 :] if later.strip()), "")
            if ITEM.match(below) or ESSAY_HEADING.search(below[-8:]):
                yield Mark(at + len(line) - 5, at + len(line), "dropped_text", "breaks off")
        at += len(line) + 1


def _missing_items(text: str) -> Iterator[Mark]:
    """(2) … (5): items whose numbers jump; the mark stands on the first after the gap."""
    last: dict[bool, tuple[int, int]] = {}  # bracketed or not: the number and the line it stood on
    for count, match in enumerate(NUMBERED.finditer("\n" + text)):
        style = match.group()[-1] in ")）"
        number = int(match.group(1))
        before, line = last.get(style, (0, -9))
        # the item before is the last numbered line, so that no other list lies between
        if before and line == count - 1 and before + 1 < number <= before + 4:
            yield Mark(match.start(), match.end() - 1, "dropped_text", "items are missing")
        last[style] = (number, count)


def _missing_headings(text: str) -> Iterator[Mark]:
    """三、 where an essay has had no 二、 yet: the mark stands on the heading."""
    last = start = -1  # number of the heading before, and where it stood; -1 before the first essay begins
    for match in HEADING.finditer("\n" + text):
        end = match.end() - 1
        if match.group(1) is None:
            last, start = 0, end
            continue
        number = NUMERALS.index(match.group(1)) + 1
        between = text[start : match.start()] if start >= 0 else ""
        if 0 <= last < number - 1 <= last + 2 and not any(
            f"{NUMERALS[n - 1]}、" in between for n in range(last + 1, number)
        ):
            yield Mark(match.start(), end, "dropped_text", "headings are missing")
        last, start = number, end


def _rare_runs(text: str) -> Iterator[Mark]:
    """地砮蟆 家: characters in a row that no Chinese text of our day puts together, where bytes were lost."""
    rare = _rare().take(code_points(text))
    for match in rare_run().finditer(text) if (rare[1:] & rare[:-1]).any() else ():
        word = opencc.convert(match.group().rstrip(" ?？\ufffd"), "t2s")
        if any(not _in_gb2312(character) for character in word) and not _is_word(word):
            yield Mark(match.start(), match.end(), "mojibake", "rare characters in a row")


@cache
def rare_run() -> re.Pattern[str]:
    """A pattern of three rare characters, or two with a gap after them; rare is what is not among the first 3,755."""
    rare = f"[^{_known()}\\x00-\\u33ff\\u4dc0-\\u4dff\\ua000-\\U0010ffff]"
    return re.compile(f"{rare}{{2}}(?:{rare}+[ ?？]?|[ ?？\\ufffd])")


@cache
def _rare() -> NDArray[np.bool_]:
    """For each code point, whether it is a rare character."""
    rare = np.zeros(0x110000, np.bool_)
    rare[0x3400:0x4DC0] = rare[0x4E00:0xA000] = True
    rare[code_points(_known())] = False
    return rare


@cache
def _known() -> str:
    """The first 3,755 characters, in both scripts."""
    level_one = [bytes((a, b)).decode("gb2312", "ignore") for a in range(0xB0, 0xD8) for b in range(0xA1, 0xFF)]
    simplified = "".join(level_one)
    return simplified + "".join(opencc.convert(simplified, scheme) for scheme in ("s2t", "s2tw", "s2hk"))


def _is_word(word: str) -> bool:
    from corpus_tools.nlp.jieba import cut

    return any(len(piece) > 1 for piece in cut(word))


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False
