"""Mainland text that a converter turned traditional, and what the converter got wrong, mended in traditional characters.

Template sites publish one text twice, once through a converter. Two things go wrong that no converter mends on the way
back. Taiwan's school words come in where the mainland's were: 小学 → 國小 (so 中小学 → 中國小), 初中 → 國中. And phrase
matching runs over the ends of words: 校长|发挥 → 校長髮揮, because 长发 is in its list. A real Taiwan page says 國小 and
means it, so a page is judged first; and 我國小麥, 中國小說 and 愛國中學 are right on any page, so each place is judged next.

The other way round, a few traditional characters in a simplified page (中小學生 among simplified words) are slips of the
same kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from corpus_tools.lexicon import table
from corpus_tools.nlp import opencc
from corpus_tools.normalise.classes import HAN
from corpus_tools.normalise.script import changes, deciding_characters, script_counts
from corpus_tools.text import Edit

Origin = Literal["mainland", "taiwan", "unknown"]

# 中國小 where no word begins with its 小: not 中國小說, 中國小麥, 中國小學生; not 新中國小 …, 國中國小, 臺中國小
SMALL_WORDS = (
    "說説麥组組麦康朋友孩子夥伙姐型額额企微城鎮镇吃品龍龙米曲提伙心將将鎮农農姑妞兒儿女男商貨货家販贩眾众生命生物生意伙伴伴"
    "腦脑狗貓猫鎮学學区區乘店虎胖三四五六七八九十"
)
MIDDLE_AND_SMALL = re.compile(
    f"(?<![新臺台國国高初])中國小(?![{SMALL_WORDS}]|$)(?=.)|(?<![新臺台國国高初])中國小(?=[生學学])(?!學|学|生[命物意]|生(?![均源涯活]))"
)
SMALL_SCHOOL = re.compile(
    rf"國小(?![{SMALL_WORDS}民力勢势弱利])|國小(?=生(?![命物意])|三|四|五|六|組|家長|教|校|女生|男生)"
)
MIDDLE_SCHOOL = re.compile(
    r"國中(?![央國国部之有心外東西南北原間间最產产堅坚醫医藥药共文日美英俄韓法華华草路年期午等學学生])|國中(?=生(?![意命])|畢業|等教育|、|和|與|及)"
)
# 我國 全國 愛國 …: a word that ends in 國 before 小 or 中
COUNTRY_WORDS = (
    "我全中各愛爱外大强強弱敵敌兩两本祖該该他鄰邻美英法德俄韓韩泰建立救報报治鎖锁開开三六七萬万列異异别別出回歸归入王帝民黨"
    "党保衛卫護护富貧贫窮穷小古今合盟友貴贵敝某這这那多魏蜀吳吴趙赵秦楚燕齊齐宋為为於于用舉举跨帶带賣卖叛歐欧亞亚非拉"
    "聯联邦等島岛十百千數数諸诸幾几每整新母故一二四五八九"
)
# 第二十八國小
NUMBERED_SCHOOL = re.compile("第[一二三四五六七八九十百]{1,4}$")
# Wrong on every reading: the character should be the other of its pair. 迴應 → 回應
WRONG_WORDS = "conversions.toml"

# A page needs this many more words of one side than of the other before it is called one or the other.
MARGIN = 1


def origin(text: str) -> Origin:
    """Whether a traditional text is at heart a mainland one or really from Taiwan or Hong Kong."""
    words = _origin_words()
    mainland = len(set(words["mainland"].findall(text))) + (_curly_quotes(text))
    taiwan = len(set(words["taiwan"].findall(text))) + 2 * ("「" in text and "“" not in text)
    if mainland >= taiwan + MARGIN:
        return "mainland"
    return "taiwan" if taiwan > mainland else "unknown"


def from_taiwan(text: str) -> bool:
    """Whether `text` is plainly Taiwan's: three or more of its own words and none of the mainland's."""
    words = _origin_words()
    return len(set(words["taiwan"].findall(text))) >= 3 and not words["mainland"].search(text)


def conversion_edits(text: str) -> list[Edit]:
    """Edits of kind `bad_conversion` that mend what a converter got wrong, in the script of `text`."""
    simplified, traditional = script_counts(text)
    if not traditional:
        return []
    if simplified > traditional:
        return _slips(text)
    if origin(text) != "mainland":
        return []
    return sorted([*_school_words(text), *_wrong_words(text)], key=lambda edit: edit.start)


def _school_words(text: str) -> Iterator[Edit]:
    taken: set[int] = set()
    for match in MIDDLE_AND_SMALL.finditer(text):
        taken.update(range(*match.span()))
        yield Edit(match.start(), match.end(), "中小學", "bad_conversion", "國小 for 小学")
    for pattern, plain in ((SMALL_SCHOOL, "小學"), (MIDDLE_SCHOOL, "初中")):
        for match in pattern.finditer(text):
            if match.start() in taken or _ends_a_country(text[max(0, match.start() - 5) : match.start()]):
                continue
            taken.update(range(*match.span()))
            yield Edit(match.start(), match.end(), plain, "bad_conversion", f"{match.group()} for {plain}")


def _ends_a_country(before: str) -> bool:
    """Whether 國 belongs to the word before it: 我國, 三國, but 第三 國小."""
    return before[-1:] in COUNTRY_WORDS and bool(before) and not NUMBERED_SCHOOL.search(before)


def _wrong_words(text: str) -> Iterator[Edit]:
    words = table(WRONG_WORDS)
    for wrong, right in words["always"].items():
        for match in re.finditer(wrong, text):
            yield Edit(match.start(), match.end(), right, "bad_conversion")
    if not SUSPECT.search(text):
        return
    from corpus_tools.nlp.jieba import cut

    plain = opencc.convert(text, "t2s")
    for match in SUSPECT.finditer(text):
        at = match.start()
        low, high = _clause(text, at)
        begin = low
        for word in cut(plain[low:high]):
            if begin <= at < begin + len(word):
                right = _alone(word)
                if len(word) > 1 and right[at - begin] != text[at] and right[at - begin] in ORDINARY:
                    yield Edit(at, at + 1, right[at - begin], "bad_conversion", f"{word} is a word")
                break
            begin += len(word)


# The rarer of two traditional characters that one simplified character stands for; misplaced, it is a converter's slip.
SUSPECT = re.compile("[髮麵鬥穀鬆範複徵鬱隻醜薑闢彙錶鹹捲捨瞭齣嚮]")
ORDINARY = frozenset("發面斗谷松范复復征郁只丑姜辟匯汇表咸卷舍了出向")


def _alone(word: str) -> str:
    """The traditional form of one word by itself."""
    return opencc.convert(word, "s2t")


def _clause(text: str, at: int) -> tuple[int, int]:
    low = at
    while low > 0 and at - low < 12 and re.match(f"[{HAN}]", text[low - 1]):
        low -= 1
    high = at
    while high < len(text) and high - at < 12 and re.match(f"[{HAN}]", text[high]):
        high += 1
    return low, high


def _slips(text: str) -> list[Edit]:
    """Traditional characters amid simplified ones; a line or a run of them is a quotation and only changes script."""
    _, odd = deciding_characters()
    edits = []
    lines = text.split("\n")
    at = 0
    for line in lines:
        if odd.search(line):
            simplified, traditional = script_counts(line)
            if simplified > 2 * traditional:
                for edit in changes(line, opencc.convert(line, "t2s"), "bad_conversion"):
                    if odd.search(line[edit.start : edit.end]):
                        edits.append(Edit(at + edit.start, at + edit.end, edit.replacement, edit.kind, "traditional"))
        at += len(line) + 1
    return edits


def _curly_quotes(text: str) -> int:
    """1 where the text quotes in “”, as the mainland does, and never in 「」."""
    return int("“" in text and "「" not in text)


@cache
def _origin_words() -> dict[str, re.Pattern[str]]:
    words = table("origin.toml")
    return {
        side: re.compile("|".join(map(re.escape, sorted(words[side], key=len, reverse=True))))
        for side in ("mainland", "taiwan")
    }
