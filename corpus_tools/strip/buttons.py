"""Rows of buttons: menus, share bars, counters, pagers. Nothing in such a line is a sentence, and most of its parts are
words that sites put on buttons; which of them, and in what order, is different on every site."""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.lexicon import lines as entries

MAX_CHARS = 120
PART_CHARS = 12  # a longer part is no button
# 首页 | 登录, 分享:QQ·微信, 赞同(12), [打印] [关闭]
BETWEEN_PARTS = re.compile(r"[\s|/│丨·•:>»›\[\]【】()<→←↑↓▲▼_“”「」\x22]+")
SENTENCE = re.compile(r"[。!?;]|,[^,]*,")
# 收藏86, 2.3万, +20, 87条, 12人, ¥5.00
COUNT = re.compile(r"[¥￥+]?[\d.,]*\d[万千kKwW+%]*(?:次|人|条|个|篇|页|楼|分|元|积分)?")
# 我要打印, 分享本页: what may stand around the word of a button
DRESS = re.compile(
    r"^(?:我要|我也要|点击|立即|马上|免费|在线|快速|查看|进入|给我)|(?:本页|此页|本文|此文|文章|页面|窗口|按钮|一下)$"
)
# The bar at the top of a site, and the line of legal pages at its foot
BAR = re.compile(r"首页|主页|登录|登陆|注册|导航|导览|搜索|会员|无障碍|长者|繁体|收藏本站")
LEGAL = re.compile(r"声明|政策|协议|条款|地图|联系我们|关于")
MOST_AT_TOP, MOST = 0.5, 0.65  # so many parts must be known words: at the top of a page, elsewhere


def row_of_buttons(line: str, top: bool = False) -> str:
    """The kind of a folded line that is a row of buttons, empty where it is none.

    At the `top` of a page a menu may name things that authors name too, and some that only this site has.

    >>> row_of_buttons("收藏86 转播 分享 淘帖 支持317 反对2"), row_of_buttons("分享 合作 创新 是我们的班训")
    ('related_links', '')
    """
    if len(line) > MAX_CHARS or "。" in line or SENTENCE.search(line):
        return ""
    parts = [bare for part in BETWEEN_PARTS.split(line) if (bare := COUNT.sub("", part))]
    if not parts or max(map(len, parts)) > PART_CHARS:
        return ""
    if ":" in line and not _is_known(BETWEEN_PARTS.split(line[: line.index(":")].strip())[-1]):
        return ""  # 教学重点:收藏 打印 下载
    known = sum(map(_is_known, parts))
    if top and len(parts) >= 4:
        menu = known + sum(part in _words("menus.txt") for part in parts)
        if menu > known and menu >= max(2, MOST_AT_TOP * len(parts)):
            return "breadcrumb"
    return _kind(line) if known >= max(2, MOST * len(parts)) else ""


def _kind(line: str) -> str:
    if LEGAL.search(line):
        return "copyright"
    return "breadcrumb" if BAR.search(line) and "下一页" not in line else "related_links"


def is_button(line: str) -> bool:
    """Whether a folded line is one button alone: 写留言, 返回列表."""
    bare = COUNT.sub("", "".join(BETWEEN_PARTS.split(line)))
    return len(bare) >= 3 and _is_known(bare)


def _is_known(part: str) -> bool:
    return part in _words("buttons.txt") or DRESS.sub("", part) in _words("buttons.txt")


@cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word for line in entries(name) for word in line.split())
