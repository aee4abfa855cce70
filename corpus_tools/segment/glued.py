"""Where a title ends that runs into its text without a mark: 一、明确轮岗的目的轮岗的目的不是惩罚。"""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.lexicon import words

STOP = re.compile(r"[。!?;…]|(?<!\d):|:(?!\d\d)")  # not in 7:30
BAD_TAIL = frozenset("的了和与及对在为是应可将等、被把由从向并或以各每本其要能该我这一不有,。;:")
WHOLE_TAILS = ("目的", "结对", "参与", "行为", "应对", "给予", "面对", "普及")
NO_BEGINNING = frozenset(",、。:;)”")
# 结对学校每月…, 到访教师进入…: after a title of four characters, or one that ends in a word titles end in
DOER_ACTS = re.compile(r"[\u4e00-\u9fff]{2}(?:教师|学校|人员|部门|单位|小组)(?:每[学月周年]|应|要|须|必须|进入|把)")
# 轮岗应当…: the word the title is about is what the sentence is about
TOPIC_ACTS = frozenset("应是须可将")
# a sentence goes on so behind what would be a title
GOES_ON = frozenset(["", *"的和与及或是为应要可不、,。:;中上下之得了有化也都还在从被所包分如见按多少大小高低好难易"])
VERB_TAIL = ("制定", "建立", "进一步", "通过", "加强", "提高")
CLAUSE_WORD = re.compile(r"应|须|必须|可以|不得|一律|[,。;:，、]$|是(?!否)|将|能够")
USUAL_TITLE = 12  # characters of a title that is known by its end
TAKEN_UP = 4  # characters of a title's end that its sentence begins with
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
        title = sentence[:at]
        if sentence[at] in NO_BEGINNING or _ends_badly(title) or _uneven(title):
            continue
        score = _glue_score(title, sentence[at:], name)
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
def _starts() -> re.Pattern[str]:
    return re.compile("|".join(words("titles.toml", "sentence_starts")))


@cache
def standard_headings() -> frozenset[str]:
    """The headings that texts of this kind have in common."""
    return frozenset(words("titles.toml", "headings"))


def _glue_score(title: str, rest: str, name: str) -> float:
    """How well a cut fits: a known first word or the essay's name after it, and words of the title taken up again."""
    standard = title in standard_headings()
    score = 4.0 * standard + 3 * _begins_sentence(title, rest) + _taken_up(title, rest)
    if len(name) > 3 and rest.startswith(name[:4]):
        score += 3
    if not score:
        return 0.0
    usual_end = _ends_as_usual(title)
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


def _begins_sentence(title: str, rest: str) -> bool:
    """Whether a sentence begins behind a title, by its first words."""
    if _starts().match(rest):
        return True
    if len(title) > 3 and DOER_ACTS.match(rest) and (len(title) == 4 or _ends_as_usual(title)):
        return True
    return rest[2:3] in TOPIC_ACTS and rest[:2] in title and _ends_as_usual(title)


def _taken_up(title: str, rest: str) -> int:
    """How much speaks for a cut behind which words of the title come again at once."""
    if rest[:2] not in title:
        return 0
    # 轮岗之前|轮岗之前, 明确轮岗的目的|轮岗的目的是
    score = 3 * rest.startswith((title, title[-TAKEN_UP:], title[-TAKEN_UP - 1 :]))
    # 教师教学交流的意义|教师教学交流是
    return score + 3 * rest.startswith(title[:TAKEN_UP]) + 2 * rest.startswith(title[:2])


def _ends_as_usual(title: str) -> bool:
    return title.endswith(words("titles.toml", "heading_ends"))
