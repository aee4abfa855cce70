"""What the texts outside an HTML page's main text are: paths, lists of other pages, imprints.

Each is judged by what its line says, then by the nearest element around it whose name or class tells. The words are in
both scripts, as pages are not converted yet when they are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus_tools.read.elements import Tree
from corpus_tools.read.main_text import CAMEL, NAMES, Line
from corpus_tools.read.markup import Token


class Outside(NamedTuple):
    """The kind of a text that is the site's, and what says so."""

    kind: str
    note: str


UNSEEN = frozenset({"noscript", "template", "svg", "canvas", "audio", "video", "object", "applet", "map", "datalist"})
LONGEST = 120  # characters; a longer line is judged by where it stands
# 当前位置：首页 > 总结; 版权所有 某某网; 相关阅读：; the first that is found counts
WORDS = re.compile(
    r"(?P<breadcrumb>(?:当前|現在|现在|目前|所在|您的|你的|當前)的?位置|首[页頁]\s{0,4}(?:>|&gt;|›|»|/|→))"
    r"|(?P<copyright>(?i:copyright|all rights reserved|©|&copy;)|版权|版權|著作权|著作權|ICP备|ICP備|公网安备|免责声明"
    r"|[转轉][载載]|侵权|侵權|(?:主办|承办|主管|技术支持|网站标识码|责任编辑|主辦|發布|发布时间|发布日期|来源|來源)(?:单位|單位)?[:：]"
    r"|(?:浏览|瀏覽|阅读|点击|點閱)(?:次数|人次|量|數)?[:：])"
    r"|(?P<download_notice>下载|下載|(?i:\.docx?|\.pdf|word文档))"
    r"|(?P<related_links>相关|相關|推荐|推薦|热门|熱門|猜你|上一[篇页則]|下一[篇页則]|分享|关注|關注|订阅)"
    r"|(?P<toc>^(?:本文|文章)?(?:目录|目錄)[:：]?$)"
)
# Tags, and the words in classes and ids, by what they hold.
TAGS = {"nav": "breadcrumb", "menu": "breadcrumb", "footer": "copyright", "aside": "related_links", "h1": "page_title"}
CLASSES = re.compile(
    r"(?<![a-z])(?:(?P<related_links>comments?|cmt|pinglun|reply|relate[ds]?|xgwz|xiangguan|recommend|tuijian|share|fenxiang"
    r"|sidebar|aside|side|hot|rank|tags?|links?|friendlink|prev|next|pager|pagination|paging|list)"
    r"|(?P<copyright>footer|foot|dibu|bottom|copyright|banquan|icp|statement|disclaimer|imprint|source|editor)"
    r"|(?P<breadcrumb>breadcrumbs?|crumbs?|mianbaoxie|position|location|weizhi|path|nav|daohang|menu|header|topbar|top|logo|login)"
    r"|(?P<download_notice>download|xiazai)|(?P<toc>toc|catalog|mulu))(?![a-z])"
)


def outside_texts(
    source: str, pieces: Sequence[Token], nodes: Tree, lines: Sequence[Line], kept: frozenset[int]
) -> Mapping[int, Outside]:
    """What the text tokens are that are not `kept`, by number; without those that no browser shows."""
    places = _places(nodes)
    found: dict[int, Outside] = {}
    for line in lines:
        left = [number for number in line.texts if number not in kept]
        if not left or places[line.node].kind == "":
            continue
        judged = _by_words(source, pieces, line) or places[line.node]
        found.update((number, judged) for number in left)
    return found


def _by_words(source: str, pieces: Sequence[Token], line: Line) -> Outside | None:
    if line.heading == "h1" or line.length > LONGEST:
        return None
    words = "".join(source[pieces[number].start : pieces[number].end] for number in line.texts).strip()
    match = WORDS.search(words)
    return Outside(match.lastgroup or "", f"outside the main text: says {match[0]}") if match else None


def _places(nodes: Tree) -> list[Outside]:
    """What each element is by the nearest telling name, its own or one around it; no kind where it is never shown."""
    found: list[Outside] = []
    for node in nodes:
        around = found[node.parent] if node.parent >= 0 else Outside("related_links", "outside the main text")
        if node.name in UNSEEN or not around.kind:
            found.append(Outside("", ""))
            continue
        kind = TAGS.get(node.name) or _by_class(node.token.attributes if node.token else "")
        found.append(Outside(kind, f"outside the main text: in <{_shown(node.token)}>") if kind else around)
    return found


@lru_cache(maxsize=4096)
def _by_class(attributes: str) -> str:
    names = " ".join("".join(found) for found in NAMES.findall(attributes))
    match = CLASSES.search(CAMEL.sub("-", names).lower()) if names else None
    return (match.lastgroup or "") if match else ""


def _shown(token: Token | None) -> str:
    if token is None:
        return ""
    names = ["".join(found) for found in NAMES.findall(token.attributes)]
    return " ".join([token.name, *names])[:40]
