"""Which mark a sentence has lost where a box stands in it, told by the words on both sides."""

from __future__ import annotations

import re

from corpus_tools.normalise.classes import HAN
from corpus_tools.normalise.lines import crosses_word

CLAUSE_MARK = re.compile("[，。；：！？”“（）]")
LONGEST_MEMBER = 8
# 陪他们在雨里□疯跑: where, and what comes next is done there
PLACE = re.compile(rf"(?:^|[我你他她它们])在[{HAN}]{{1,4}}[里上中下前后边旁]$")
DONE_THERE = re.compile(rf"[{HAN}]{{1,3}}(?=[，。；！？]|$)")
# 算不算欺骗 | 我到今天也没有想明白
ASKED = re.compile(rf"([{HAN}])[不没]\1|是否|能否|什么|怎么|怎样|多少|为何|哪[里儿个些]?|谁|几[{HAN}]")
ANSWERED = re.compile("知道|明白|清楚|记得|记不|说不|答不|想[不起过通好出]|回答|难说|无所谓|没人")
# 吵完了一起煮面条 | 有时候村支书也来: behind several clauses a sentence is over where another begins by its time
NEW_TIME = re.compile(f"(?:有时候|有一次|有一回|有一天|有一年|那时候|那天|那年)(?!还|也)[{HAN}]{{2,}}")
CLAUSES = 3
QUESTION = re.compile("[吗呢]$|(?:什么|怎么|为何|为什么|谁|哪[里儿]|几[点个岁年])")


def lost_mark(before: str, after: str, likely: str) -> str:
    """The mark lost between `before` and `after`, the parts of one sentence: 、 in a list, none inside a phrase.

    `likely` is what is returned where the words do not tell more.
    """
    if crosses_word(before, after) or (PLACE.search(_last_clause(before)) and DONE_THERE.match(after)):
        return ""
    if is_listed(before, after):
        return "、"
    if ASKED.search(_last_clause(before)) and ANSWERED.search(after):
        return "，"
    if NEW_TIME.match(after) and before.count("，") + 1 >= CLAUSES:
        return "。"
    return "？" if likely == "。" and before[-1] in "吗呢" else likely


def end_mark(said: str) -> str:
    """The mark with which a sentence ends: ？ behind a question, else 。"""
    return "？" if QUESTION.search(_last_clause(said)) else "。"


def is_listed(before: str, after: str) -> bool:
    """Whether what stands on both sides of a place are members of one list.

    定时间 | 定地点、定主题; 自愿为主、以老带新 | 优势互补; 老师讲、学生抄，如今是学生讲 | 老师听
    """
    left, right = _last_clause(before).split("、"), CLAUSE_MARK.split(after)[0].split("、")
    own, other = left[-1], right[0]
    if not 2 <= len(other) <= LONGEST_MEMBER or len(own) < len(other):
        return False
    same = own[-len(other)] == other[0] or own[-1] == other[-1]
    if len(right) > 1 and same:
        return True
    if len(left) > 1 and len(own) == len(other):
        return True
    return len(other) > 2 and any(len(pair) == 2 and len(pair[1]) == len(other) for pair in _earlier_lists(before))


def _earlier_lists(before: str) -> list[list[str]]:
    """The members of the lists in the clauses before the last."""
    return [clause.split("、") for clause in CLAUSE_MARK.split(before)[:-1]]


def _last_clause(before: str) -> str:
    return CLAUSE_MARK.split(before)[-1]
