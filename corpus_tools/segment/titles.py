"""Whether the words after a marker are a title, and where that title ends."""

from __future__ import annotations

import re
from enum import IntEnum
from functools import cache
from typing import NamedTuple

from corpus_tools.lexicon import words
from corpus_tools.segment.markers import Item

STOP = re.compile(r"[。!?;…]|(?<!\d):|:(?!\d\d)")  # not in 7:30
# The first words of a rule or a sentence, not of a title: 凡…, 在…中, 每次…, 各校…
SENTENCE_START = re.compile(
    r"凡|在|从|本(?:办法|方案|细则|简章|规定|制度|规则|协议|合同|公约|条例|意见|章程)|每|由|如|若|按|根据|自(?:\d|本|文|发|公|我|收)|经|未|不得|不能|可|须|必须|应当|因(?!地制宜|材施教|势利导)|已|处于|符合|具有|上述|下列|以下|除|至|各校|各学校|本人|我|他|她|"
    r"今后|其他|有下|确定|所有|对[^于]?.{6,}|为[^人民].{4,}|当|把|将|被|受"
)
# What a rule says and a title does not.
SENTENCE_WORD = re.compile(
    r"\d+\s*(?:年|%|人|次|天|月|日|元|所|名|周岁|节|篇|分)|必须|不得|应当|不低于|不少于|不超过|一律|予以|下列|以下|如下|方可|"
    r"均[可须应不为]|者$|[人校师]均$|(?<!目)的$|了[^解]"
)
# A label that announces a list is not a title: 教师交流的形式包括：
ANNOUNCES = re.compile(
    r"(?:有|是|为|下|于|包括|包含|分为|如|即|说|道|指出|认为|强调|表示|要求|情况之一|之一者?|含|的)$|下列|以下|之一"
)
# 领导重视 学校成立了…: a title that a space parts from its sentence
SPACED = re.compile(r"[\u4e00-\u9fff]{3,12} (?=\s*[\u4e00-\u9fff“《].{11,}[。;])")
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
    return _plain_title(item, followed)


def _plain_title(item: Item, followed: bool) -> Title:
    sure, possible = LIMITS.get(item.style, OTHER_LIMITS)
    stop = SPACED.match(item.text) or STOP.search(item.text)
    length = stop.end() - 1 if stop else len(item.text)
    rest = item.text[length + 1 :].strip() if stop else ""
    mark = item.text[length] if stop else ""
    if stop and _is_whole_title(item, mark, rest, followed) and len(item.text) <= possible:
        length, rest, mark = len(item.text), "", ""
    if item.text in words("titles.toml", "qualities") and followed and item.closed:
        return Title(length, Strength.STRONG)  # （一）德
    if (
        length < 2
        or mark in (";", "…")
        or (item.style == "is" and (not mark or not (rest or followed) or LISTED.search(item.text[:length])))
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
        alone = (
            not mark and followed and item.closed and not ANNOUNCES.search(title)
        )  # 1.交流让我学会了尊重, and prose below it
        stated = item.marker.endswith("是") or not SENTENCE_WORD.search(title)  # 第一个变化是教研有了生气。
        counted = item.style == "noun" and mark == "。" and length <= sure and stated
        return Title(length, Strength.WEAK if alone or counted else Strength.DOUBTFUL)
    return Title(length, Strength.STRONG if length <= sure else Strength.WEAK)


def _is_whole_title(item: Item, mark: str, rest: str, followed: bool) -> bool:
    """Whether a title goes on behind a mark to the end of its line, with prose below: 观课：开放课室的门."""
    if not (followed and item.closed):
        return False
    return (mark in ("?", "!") and not rest) or (mark == ":" and bool(SECOND_HALF.fullmatch(rest)))


def _lopsided(words: str) -> bool:
    """Whether the clauses differ much in length, as in a sentence and not in a title (统一思想，精心组织)."""
    clauses = [len(clause) for clause in CLAUSE.split(words)]
    return len(clauses) > 1 and max(clauses) - min(clauses) > 8


# Where the sentence after a glued heading begins: 领导分工|学校每周检查…
STARTERS = re.compile(
    r"为(?:了|促进|加强|提高|进一步|帮助|使|缩小|推动|优化|确保|保证|深入|切实|全面|贯彻)|近年来|随着|目前|当前|通过|在[^于]|如果|对于|根据|按照|依据|"
    r"凡|学校|教师|老师|学生|各级|各校|各地|教育|政府|我们|我校|我县|我市|我区|我国|本[校市县区办制方规]|坚持(?!不懈)|遵循|进一步|中小学|小学|双方|彼此|互相|相互|用[\d一二三四五六七八九十半]|平台|交流|有效的|建立|制定|"
    r"成立|设立|组建|实行|定期|以(?!及|来|后|上|下|内|外|人为本)|这|该|每|除了|利用|面对|不同|无故|自\d|只有|只要|虽然|由于|因为|其中|首先|一方面|作为|围绕|针对|采取|采用|不得|不能|不仅|"
    r"[总教政后]\w[处科]|班主任|教研组|备课组|年级组|[县市区]财政|部分|多数|有的|许多|很多|一些|任何|要(?![求点素领])|应(?![用急])|可以"
)
BAD_TAIL = frozenset("的了和与及对在为是应可将等、被把由从向并或以各每本其要能该我这一不有,。;:")
WHOLE_TAILS = ("目的", "结对", "参与", "行为", "应对", "给予", "面对", "普及")
NO_BEGINNING = frozenset(",、。:;)”")
# 结对学校每月…, 到访教师进入…: after a title of four characters, or one that ends in a word titles end in
DOER_ACTS = re.compile(r"[\u4e00-\u9fff]{2}(?:教师|学校|人员|部门|单位|小组)(?:每[学月周年]|应|要|须|必须|进入|把)")
# 轮岗应当…: the word the title is about is what the sentence is about
TOPIC_ACTS = frozenset("应是须可将")
GOES_ON = frozenset(
    ["", *"的和与及或是为应要可不、,。:;中上下之得了有化也都还在从被所包分如见按多少大小高低好难易"]
)  # a sentence behind what would be a title
VERB_TAIL = ("制定", "建立", "进一步", "通过", "加强", "提高")
CLAUSE_WORD = re.compile(r"应|须|必须|可以|不得|一律|[,。;:，、]$|是(?!否)|将|能够")


USUAL_TITLE = 12
GLUED_TITLE = 26  # characters that a title has at most
SENTENCE_REACH = 200  # a title is taken up again soon or not at all


def glued_title(text: str, name: str) -> int:
    """The length of a title that runs into its first sentence without a mark, 0 where none is seen.

    >>> glued_title("开好家长座谈会开好家长座谈会要先把话说到心里。", "教师交流制度")
    7
    """
    stop = STOP.search(text)
    sentence = text[: min(stop.start() if stop else len(text), SENTENCE_REACH)]
    if len(sentence) < 8:
        return 0
    best, best_score = 0, 3.5
    clause = CLAUSE_WORD.search(sentence)  # no title goes on past one
    for at in range(2, min(GLUED_TITLE, len(sentence) - 5, clause.end() if clause else len(sentence))):
        if sentence[at] in NO_BEGINNING or _ends_badly(sentence[:at]) or _uneven(sentence[:at]):
            continue
        score = _glue_score(sentence[:at], sentence[at:], name)
        if score > best_score:
            best, best_score = at, score
    return best or _usual_title(sentence)


def _usual_title(sentence: str) -> int:
    """The length of a title known by its end alone: 交流对象|城区学校…, 教师流动的困难|家庭…"""
    for at in (4, *range(5, USUAL_TITLE)):
        title = sentence[:at]
        if sentence[at : at + 1] in GOES_ON or not (at == 4 or title[-3] == "的"):
            continue
        if title.endswith(words("titles.toml", "heading_ends")) and not CLAUSE_WORD.search(title):
            return len(title)
    return 0


def _ends_badly(title: str) -> bool:
    """Whether a title would break off: behind 的, but not behind 目的."""
    return title[-1] in BAD_TAIL and not title.endswith(WHOLE_TAILS)


def _uneven(title: str) -> bool:
    """Whether the clauses are not of one length, as those of a title are: 统一思想,提高认识."""
    if "," not in title:
        return False
    clauses = [len(clause) for clause in title.split(",")]
    return max(clauses) - min(clauses) > 2


@cache
def standard_headings() -> frozenset[str]:
    """The headings that texts of this kind have in common."""
    return frozenset(words("titles.toml", "headings"))


TAKEN_UP = 4  # characters of a title's end that its sentence begins with


def _glue_score(title: str, rest: str, name: str) -> float:
    """How well a cut fits: a known first word or the essay's name after it, and words of the title taken up again."""
    score, standard = 0.0, title in standard_headings()
    usual_end = title.endswith(words("titles.toml", "heading_ends"))
    doer_acts = (len(title) == 4 or (usual_end and len(title) > 4)) and DOER_ACTS.match(rest)
    topic_acts = usual_end and rest[:2] in title and rest[2:3] in TOPIC_ACTS
    if STARTERS.match(rest) or doer_acts or topic_acts:
        score += 3
    if len(name) > 3 and rest.startswith(name[:4]):
        score += 3
    if rest.startswith((title, title[-TAKEN_UP:], title[-TAKEN_UP - 1 :])):
        score += 3  # 轮岗之前|轮岗之前, 明确轮岗的目的|轮岗的目的是
    if rest.startswith(title[:TAKEN_UP]):
        score += 3  # 教师教学交流的意义|教师教学交流是
    if rest.startswith(title[:2]):
        score += 2
    if standard:
        score += 4
    if not score:
        return 0.0
    tail = next((n for n in range(min(len(title), 6), 1, -1) if title[-n:] in rest), 0)
    score += 1.5 * min(tail, 4)
    pairs = {title[i : i + 2] for i in range(len(title) - 1)}
    score += 2 * sum(pair in rest for pair in pairs) / len(pairs)
    score += usual_end + (len(title) > 3 and title.startswith(words("titles.toml", "heading_begins")))
    if len(title) < 4 and not (standard or usual_end):
        score -= 1
    if title.endswith(VERB_TAIL):
        score -= 2
    if title.endswith(words("titles.toml", "doers")) and not standard:
        score -= 3
    return score + (len(title) == 4) - 0.02 * len(title)
