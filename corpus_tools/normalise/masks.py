"""Hidden words: 20xx, 20_年, 满xx年, \\_\\_, ^v^, ××, ○○, □. They are marked, named by kind, and never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_tools.codes import places_of, table_of
from corpus_tools.normalise.classes import HAN
from corpus_tools.records import Mark

# Site filters put these for words: x and its look-alikes, underscores (escaped by markdown converters), ^v^, boxes.
MASK = re.compile(
    r"(?<![A-Za-z0-9])(?:19|20)\d?(?:[xX×Хх○*]{1,3}|(?:\\?_){1,4})(?![A-Za-z0-9])"  # 20xx 201x 20_ 20\_\_
    r"|(?<![A-Za-z0-9./])[xX×]{1,3}\.[xX×]{1,2}(?=[%％\u4e00-\u9fff])"  # 提高了x.x个百分点
    r"|(?<![A-Za-z])[xX×Хх]{2,}(?![A-Za-z])"  # xx ×××
    r"|(?<![A-Za-z0-9./\-])[xX×](?=[年月日号號届屆市县縣区區省镇鎮乡鄉村校班级級岁歲人元名%]|[〕】）]|老师|老師|校长|校長"
    r"|[天次里公米周週门門节節堂篇本套辆輛台组組群项項条條份场場课課亿億万萬千百余餘多学學届屆期](?!的?平方|光|线|轴|射)|小时|小時|分钟|分鐘"
    r"|[小中大]学|[小中大]學|中心|完小|初中|高中|幼儿园|幼兒園|教发|教發|政发|政發|局长|局長"
    r"|主任|同志|书记|書記|同学|同學|先生|女士|师傅|師傅|[\u4e00-\u9fff]?[长長](?![度宽寬高])"
    r"|[\u4e00-\u9fff]{1,6}[〔\[](?:19|20))"  # x号 x月 为期x天 X老师 X队长 ×教发〔20
    r"|(?<![A-Za-z0-9./@\\_^-])\d{0,2}(?:\\?_)+(?![A-Za-z0-9./@\\_^-])"  # __ \_\_ _運動
    r"|\^v\^|\[\^v\^\]"
    r"|(?<![\u4e00-\u9fff]\*\*)(?<!\*)\*{2,}(?!\*)"  # 张**老师
    r"|(?<![一二三四五六七八九十○◯〇])[○◯〇]{2,}(?![一二三四五六七八九十后後年])"  # ○○小学, but 二○○五年 is a year
    r"|(?<=[\u4e00-\u9fff，。、（：“])(?:△{2,}|▲{2,}|◇{2,}|◆{2,}|■{2,}|◎{2,})(?=[\u4e00-\u9fff])"  # 我在△△小学
    r"|(?<=[\u4e00-\u9fff])\*(?=[年月日号號]|老师|老師|校长|校長|同学|同學)"  # 5月*日, 张*老师
    r"|(?<=[、，：][\u4e00-\u9fff])\*(?=[\u4e00-\u9fff]?[、，。；])"  # 王*、李*红
    r"|□+"
)
# Where one can be, to look closer
CANDIDATE = table_of("xX×Хх_*○◯〇□^△▲◇◆■◎")
# □同意 □不同意: boxes to tick
TICK_BOX = re.compile(
    rf"□(?:(?<= □)(?<![^\n] □) ?[{HAN}A-Za-z]| ?[{HAN}]{{1,6}} ?(?:□ ?[{HAN}]{{1,6}} ?){{1,7}}(?=\n|$)"
    rf"|(?<![^\n]□) ?[{HAN}A-Za-z])",
    re.MULTILINE,
)
# 两个方框，□周末 □平时，: boxes to tick inside a sentence, but □老师 □校长 may be hidden names
TITLE = "老师|校长|主任|同志|同学|先生|女士|书记|局长|师傅"
TICKS_INSIDE = re.compile(
    rf"□(?<![{HAN}A-Za-z]□) ?(?!{TITLE})[{HAN}]{{1,6}}(?:[ /／]+□ ?(?!{TITLE})[{HAN}]{{1,6}})+"
    r"(?=[ ，、。；？！）)”\n]|$)"
)
# 满意□ 不满意□: boxes behind what may be chosen
CHOICE = "(?:是|否|有|无|男|女|会|能|同意|愿意|满意|优秀|良好|合格|称职|经常|偶尔|从不)"
TICKS_BEHIND = re.compile(
    "□(?:(?<=[是否有无男女会能]□)|(?<=(?:同意|愿意|满意|优秀|良好|合格|称职|经常|偶尔|从不)□))"
    f"(?:[ /／、]*(?:[不很]|非常|比较|基本)?{CHOICE}□)+"
)
# **重点** is bold type
BOLD = re.compile(r"\*\*[^*\n]{1,80}\*\*")
# A line of nothing but underscores or stars is a rule
RULE = re.compile(r"[\s_*\\-]*")

YEAR = re.compile(r"(?:19|20)")
AFTER_NUMBER = re.compile(
    "[年月日号號届屆岁歲人元名%％个個次所分级級班期节節天周週件批篇条條项項]|学年|學年|万元|萬元|公里|里路|里地"
)
AFTER_NAME = re.compile(
    r"[市县縣区區省镇鎮乡鄉村园園校]|[小中大]学|[小中大]學|学校|學校|学院|學院|老师|老師|同志|同学|同學|校长|校長|教人|教发|教發"
)


def mask_marks(text: str) -> Iterator[Mark]:
    """Marks of kind `masked` in clean positions; the note says year, number, name or censored."""
    ignored, may_have_rules = _ignored(text), "__" in text or "**" in text
    done = 0
    for at in places_of(CANDIDATE, text):
        if at < done:
            continue
        # 20\_\_: digits and an escape stand before the first sign
        match = MASK.search(text, max(done, at - 4), at + 40)
        if match is None or match.start() > at:
            continue
        done = match.end()
        inside = any(start <= match.start() and match.end() <= end for start, end in ignored)
        if not inside and not (may_have_rules and _is_in_rule(text, match.start())):
            yield Mark(match.start(), match.end(), "masked", _what(text, match))


def _ignored(text: str) -> list[tuple[int, int]]:
    ticks = (TICK_BOX, TICKS_INSIDE, TICKS_BEHIND) if "□" in text else ()
    patterns = (*ticks, BOLD) if "**" in text else ticks
    return [match.span() for pattern in patterns for match in pattern.finditer(text)]


def _is_in_rule(text: str, at: int) -> bool:
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return RULE.fullmatch(text, start, end if end >= 0 else len(text)) is not None


def _what(text: str, match: re.Match[str]) -> str:
    if YEAR.match(match.group()):
        return "year"
    after = text[match.end() : match.end() + 3]
    if AFTER_NUMBER.match(after):
        return "year" if after[0] == "年" and text[match.end() + 1 : match.end() + 2] in "xX×0123456789" else "number"
    if match.group()[0] in "^[□":
        return "censored"
    if AFTER_NAME.match(after) or match.group()[0] in "xX×○◯〇*△▲◇◆◎":
        return "name"
    return "censored"
