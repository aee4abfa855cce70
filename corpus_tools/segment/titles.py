"""Whether the words after a marker are a title, and where that title ends."""

from __future__ import annotations

import re
from enum import IntEnum
from typing import NamedTuple

from corpus_tools.lexicon import words
from corpus_tools.segment.glued import GLUED_TITLE, STOP, glued_title, guessed_title
from corpus_tools.segment.markers import Item

# The first words of a rule or a sentence, not of a title: 凡…, 在…中, 每次…, 各校…
SENTENCE_START = re.compile(
    r"凡|在|从|本(?:办法|方案|细则|简章|规定|制度|规则|协议|合同|公约|条例|意见|章程)|每|由|如|若|按|根据|自(?:\d|本|文|发|公|我|收)|经|未|不得|不能|可|须|必须|应当|因(?!地制宜|材施教|势利导)|已|处于|符合|具有|上述|下列|以下|除|至|各校|各学校|本人|我|他|她|"
    r"今后|其他|有下|确定|所有|对(?!.{2,12}的[\u4e00-\u9fff]{2}(?<![教老]师|学[校生]|人员|校长|干部|单位)$)[^于]?.{6,}|为[^人民].{4,}|当|把|将|被|受"
)
# What a rule says and a title does not.
_RULES = (
    r"\d+\s*(?:年|%|人|次|天|月|日|元|所|名|周岁|节|篇|分)|必须|不得|应当|不低于|不少于|不超过|一律|予以|下列|以下|如下|方可|"
    r"须(?!知)|[按凭].*(?:执行|办理|处理|计算|发放|领取)$|均[可须应不为]|者$|[人校师]均$|(?<!目)的$"
)
RULE_WORD = re.compile(_RULES)
SENTENCE_WORD = re.compile(rf"{_RULES}|了[^解]")
# 把好入口关, 让孩子爱上读书, 对学生有耐心: what is told may begin so, and be a title among others built like it
TELLS = re.compile(r"[在从把让对为我他她因将今被受]")
# A label that announces a list is not a title: 教师交流的形式包括：
ANNOUNCES = re.compile(
    r"(?:有|是|为|下|于|包括|包含|分为|如|即|说|道|指出|认为|强调|表示|(?<!的)要求|情况之一|之一者?|含|的)$|下列|以下|之一"
)
# 领导重视 学校成立了…: a title that a space parts from its sentence
# 东校区 (8人) 语文3人，数学3人。: or one that ends in a bracket
SPACED = re.compile(
    r"[\u4e00-\u9fff]{3,12} (?=\s*[\u4e00-\u9fff“《].{11,}[。;])|"
    r"[\u4e00-\u9fff、]{2,12} ?\([^()]{1,8}\) (?=[\u4e00-\u9fff].*。)"
)
IN_A_ROW = re.compile(r"[。;!?][第其]二[,、:]")  # 第一，…。第二，… in one paragraph
CHOICES = re.compile(r"\s[B-H]\s?[、.．]")  # A、愿意 B、不愿意
LISTED = re.compile(r"[,;][二三四五六]是")  # 一是…，二是… in one sentence
SECOND_HALF = re.compile(r"[^()。!?;:…,、\d]{2,16}")  # of a title with a colon in it
BRACKETED = re.compile(r"[(][^()]*[)]")
CLAUSE = re.compile(r"[,，]")


class Strength(IntEnum):
    """How sure we are that an item has a title of its own."""

    NONE = 0
    DOUBTFUL = 1  # a title only among titled neighbours
    WEAK = 2  # a title where most neighbours have one
    STRONG = 3


class Title(NamedTuple):
    length: int  # of the title in the item's text
    strength: Strength


NO_TITLE = Title(0, Strength.NONE)
# style: longest sure title, longest possible title
LIMITS = {
    "han": (40, 45),
    "nth": (26, 45),
    "han_paren": (20, 30),
    "is": (28, 32),
    "noun": (24, 40),
    "digit": (13, 24),
    "decimal": (18, 28),
}
OTHER_LIMITS = (13, 24)
SHORT = 16  # characters that a told title has at most
MARKS = frozenset("。!?;…:, ")  # what parts a title from its sentence
FOUR = 4  # 确定人选。, 经费保障。: four characters are a title, whatever a sentence may begin with


def title_of(item: Item, followed: bool, name: str, glued: bool) -> Title:
    """The title of an item. `followed`: text of its own comes after it. `name`: the essay's, repeated in glued text."""
    if item.style == "article":
        return Title(0, Strength.STRONG)
    if not item.text:
        named = item.style == "noun" and item.leads and followed  # 经验一
        return Title(0, Strength.STRONG) if named else NO_TITLE
    if item.style in ("part", "chapter", "division"):
        stop = STOP.search(item.text)
        return Title(stop.start() if stop and stop.start() <= 40 else min(len(item.text), 40), Strength.STRONG)
    if item.hashes:
        stop = STOP.search(item.text)
        length = stop.start() if stop and stop.end() == len(item.text) else len(item.text)
        return Title(length, Strength.STRONG if 0 < length <= 60 else Strength.NONE)
    if glued and not item.closed and len(item.text) <= GLUED_TITLE and not STOP.search(item.text):
        return Title(len(item.text), Strength.STRONG)  # 二、交流的内容|1.课堂观摩: the next begins behind it
    if glued and (length := glued_title(item.text, name)):
        return Title(length, Strength.STRONG if item.style == "han" else Strength.WEAK)
    title = _plain_title(item, followed)
    open_still = glued and item.closed and title.strength < Strength.WEAK and not SENTENCE_START.match(item.text)
    length = guessed_title(item.text) if open_still else 0
    return Title(length, Strength.DOUBTFUL) if length else title


def runs_on(item: Item, title: Title) -> bool:
    """Whether nothing parts a title from its sentence: 2.病假|因病不能坚持工作的,…"""
    return 0 < title.length < len(item.text) and item.text[title.length] not in MARKS


def _plain_title(item: Item, followed: bool) -> Title:
    sure, possible = LIMITS.get(item.style, OTHER_LIMITS)
    stop = SPACED.match(item.text) or STOP.search(item.text)
    length = stop.end() - 1 if stop else len(item.text)
    rest = item.text[length + 1 :].strip() if stop else ""
    mark = item.text[length] if stop else ""
    if stop and _is_whole_title(item, mark, rest, followed) and len(item.text) <= possible:
        length, rest, mark = len(item.text), "", ""
    if item.text[:length] in words("titles.toml", "qualities") and (rest or (followed and item.closed)):
        return Title(length, Strength.STRONG)  # （一）德
    if (
        length < 2
        or mark in (";", "…")
        or (
            item.style == "is"
            and (not (rest or followed) or (not mark and CLAUSE.search(item.text)) or LISTED.search(item.text[:length]))
        )
        or (item.style == "nth" and IN_A_ROW.search(item.text))
        or (item.style == "noun" and item.marker[-1] in "，," and CLAUSE.search(item.text[:length]))
        or (item.style == "letter" and CHOICES.search(item.text))
    ):
        return NO_TITLE
    if not mark and length <= 60 and item.style == "han" and item.closed:
        return Title(length, Strength.STRONG)
    title = item.text[:length]
    if length > possible or (mark == ":" and item.style != "han" and ANNOUNCES.search(title)):
        return NO_TITLE
    if item.style == "han" and (rest or followed or not mark):
        return Title(length, Strength.WEAK if rest and SENTENCE_WORD.search(title) else Strength.STRONG)
    if item.style == "han":
        return NO_TITLE
    if not (rest or followed):
        # A、对 B、错 is a choice, 01 李明 02 王芳 a list of names
        # 第一、通过学习，…。 may be one, 其一：今天小慧举手了。 is an item of a list
        counts = item.style == "nth" and (not mark or item.marker.endswith("、"))
        weak = counts or (not mark and length <= sure and item.style not in ("letter", "padded", "nth"))
        return Title(length, Strength.WEAK if weak else Strength.NONE)
    if mark and item.style not in ("nth", "is") and _lopsided(title):
        return Title(length, Strength.DOUBTFUL)
    if mark in ("?", "!") and rest:
        return Title(length, Strength.DOUBTFUL)  # 派谁去？往往不是最好的。
    if SENTENCE_WORD.search(BRACKETED.sub("", title)) or (mark and length > FOUR and SENTENCE_START.match(title)):
        # 1.交流让我学会了尊重, 1、每日反思制度。 or 第一、听课让我开了眼。, and prose below it
        sure_end = title.endswith(words("titles.toml", "heading_ends")) or (item.style, item.marker[-1]) == (
            "nth",
            "、",
        )
        whole = not mark or (not rest and mark == "。" and sure_end)
        alone = whole and followed and item.closed and not ANNOUNCES.search(title)
        stated = item.marker.endswith("是") or not SENTENCE_WORD.search(title)  # 第一个变化是教研有了生气。
        counted = item.style == "noun" and mark == "。" and length <= sure and stated
        return Title(length, Strength.WEAK if alone or counted else Strength.DOUBTFUL)
    return Title(length, Strength.STRONG if length <= sure else Strength.WEAK)


def tells_in_short(item: Item, title: Title) -> bool:
    """Whether an item says one short thing and goes on about it for longer: 带出了两个徒弟。两个徒弟都是…"""
    lead, rest = item.text[: title.length], item.text[title.length + 1 :]
    return (
        title.strength >= Strength.DOUBTFUL
        and 2 < len(lead) <= SHORT
        and len(rest) > len(lead)
        and item.text[len(lead)] in "。:!"
        and not CLAUSE.search(lead)
        and not RULE_WORD.search(lead)
        and (not SENTENCE_START.match(lead) or bool(TELLS.match(lead)))
    )


def _is_whole_title(item: Item, mark: str, rest: str, followed: bool) -> bool:
    """Whether a title goes on behind a mark to the end of its line, with prose below: 观课：开放课室的门."""
    if not (followed and item.closed):
        return False
    return (mark in ("?", "!") and not rest) or (mark == ":" and bool(SECOND_HALF.fullmatch(rest)))


def _lopsided(words: str) -> bool:
    """Whether the clauses differ much in length, as in a sentence and not in a title (统一思想，精心组织)."""
    clauses = [len(clause) for clause in CLAUSE.split(words)]
    return len(clauses) > 1 and max(clauses) - min(clauses) > 8
