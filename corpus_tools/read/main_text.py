"""Which texts of an HTML page are its main text.

The page is cut into lines, as a browser would break them. Lines that read as prose are taken for the text; the
element is sought that holds most of them and little else (the best F measure of both shares). Inside it, lines that are
links and parts named as furniture are dropped; headings and short lines stay.

Why not the line rule alone, which is nearly as good: it drops headings, list items and signatures, all of them short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from corpus_tools.read.elements import BLOCKS, CELLS, Tree
from corpus_tools.read.markup import Token

SENTENCE_MARK = re.compile("[，。；！？：、…,;!?]")
FULL_STOP = re.compile("[。！？…；]")
SPACE = re.compile(r"\s+|&nbsp;|&#160;|&emsp;|&ensp;")
# Words that sites give their furniture as class or id: comment-list, hotNews, xgwz (相关文章), fenxiang (分享).
FURNITURE = re.compile(
    r"""(?<![a-z])(?:comments?|cmt|pinglun|reply|related|relate|xgwz|xiangguan|recommend|tuijian|share|fenxiang|bdshare
    |sidebar|aside|side|footer|foot|dibu|copyright|nav|daohang|menu|breadcrumbs?|crumbs?|mianbaoxie|pager|pagination|paging
    |page[-_]?nav|hot|rank|ads?|advert|banner|gg|guanggao|login|tags?|toolbar|tool|qrcode|links?|friendlink|statement
    |disclaimer|prev|next|editor|subscribe|download|video|player|popup|modal|dialog)(?![a-z])""",
    re.VERBOSE,
)
CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
IMPRINT = re.compile("版权所有|版權所有|ICP备|公网安备|举报电话|免责声明|(?i:copyright|all rights reserved)")
# The heading of what comes after the text: 相关阅读, 为您推荐：
AFTERWARDS = re.compile(
    "[【［\\[]?(?:(?:相关|相關|推荐|推薦|热门|熱門|更多|延伸|最新|精彩|猜你|您可能|你可能|为[你您]|為[你您])[^，。；]{2,8}|上一[篇页]|下一[篇页]"
    "|网友评论|發表評論|发表评论|参与评论)[：:】］\\]]?"
)
PARAGRAPHS = frozenset({"p", "li", "dd", "blockquote", "pre", "ul", "ol", "dl", "tr", "tbody"})
HEADING = re.compile("h[1-6]")
HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
NAMES = re.compile(r"""\b(?:class|id)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)'|([^\s"'>]++))""", re.IGNORECASE)

SHORT = 12  # characters; a shorter line is no prose, whatever its punctuation
LONG = 40  # a line this long is prose without any
MOST_LINKED = 0.4  # share of a line's characters that may be links if it is prose
LINKED = 0.7  # a line more linked than this is a link
BETA = 0.7  # of the F measure: what is foreign counts twice as much as what is missing (0.5 to 0.7 do as well)
AFTER = 0.34  # share of the prose that may stand below the heading of related pages
PART = 0.5  # furniture that holds a larger share of the page's prose is not furniture


@dataclass(slots=True)
class Line:
    """A line as shown: its text tokens, how many characters, how many of them in links, whether it reads as prose."""

    node: int
    texts: list[int] = field(default_factory=list)
    length: int = 0
    linked: int = 0
    marks: int = 0
    stops: int = 0
    afterwards: bool = False  # the heading of related pages or comments
    imprint: bool = False  # a copyright line, a registration number
    heading: str = ""  # h1 to h6, where it is one

    @property
    def is_prose(self) -> bool:
        if self.length < SHORT or self.linked > MOST_LINKED * self.length or self.imprint or self.heading:
            return False
        return self.stops > 0 or self.length >= LONG or (self.marks > 0 and self.length >= 2 * SHORT)

    @property
    def is_link(self) -> bool:
        return self.linked > LINKED * self.length


def kept_texts(lines: Sequence[Line], nodes: Tree, *, main_only: bool) -> frozenset[int]:
    """The numbers of the text tokens to keep."""
    shown: Sequence[Line] = [line for line in lines if not nodes[line.node].hidden]
    if not any(line.length for line in shown):  # an element such as <nav> was never closed
        shown = lines
    if main_only:
        shown = _main_lines(shown, nodes)
    return frozenset(number for line in shown for number in line.texts)


def page_lines(source: str, pieces: Sequence[Token], nodes: Tree) -> Iterator[Line]:
    """The lines of the page with their measures."""
    owner = {number: index for index, node in enumerate(nodes) for number in node.texts}
    in_link = _inside(nodes, "a")
    line: Line | None = None
    for number, token in enumerate(pieces):
        if token.kind != "text":
            if line and (token.name in BLOCKS or token.name in CELLS):
                yield _closed(line, source, pieces)
                line = None
            continue
        text = SPACE.sub("", source[token.start : token.end])
        if not text and not line:
            continue
        if nodes[owner[number]].hidden and not nodes[_block(nodes, owner[number])].hidden:
            yield Line(owner[number], [number], len(text))  # a <button> or <noscript> in a paragraph
            continue
        line = line or _new_line(nodes, owner[number])
        line.texts.append(number)
        line.length += len(text)
        if in_link[owner[number]]:
            line.linked += len(text)
        elif text:
            line.imprint = line.imprint or bool(IMPRINT.search(text))
            line.marks += len(SENTENCE_MARK.findall(text))
            line.stops += len(FULL_STOP.findall(text))
    if line:
        yield _closed(line, source, pieces)


def _closed(line: Line, source: str, pieces: Sequence[Token]) -> Line:
    """The line with what its words say of it."""
    if line.length <= SHORT:
        text = SPACE.sub("", "".join(source[pieces[i].start : pieces[i].end] for i in line.texts))
        line.afterwards = bool(AFTERWARDS.fullmatch(text))
    return line


def _new_line(nodes: Tree, index: int) -> Line:
    """An empty line of the nearest element around a text that begins a line."""
    index = _block(nodes, index)
    name = nodes[index].name
    return Line(index, heading=name if HEADING.fullmatch(name) else "")


def _block(nodes: Tree, index: int) -> int:
    """The nearest element, itself or around it, that begins and ends a line."""
    while index > 0 and nodes[index].name not in BLOCKS and nodes[index].name not in CELLS:
        index = nodes[index].parent
    return max(index, 0)


def _inside(nodes: Tree, name: str) -> list[bool]:
    """For each node whether it is, or is inside, an element of that name."""
    found: list[bool] = []
    for node in nodes:
        found.append(node.name == name or (node.parent >= 0 and found[node.parent]))
    return found


def _main_lines(lines: Sequence[Line], nodes: Tree) -> list[Line]:
    """The lines of the element that holds most of the prose and little else, without links and furniture."""
    total = sum(line.length for line in lines if line.is_prose)
    if not total:
        return [line for line in lines if not line.is_link] or list(lines)
    spare = _furniture(lines, nodes, total)
    prose, length = [0] * len(nodes), [0] * len(nodes)
    for line in lines:
        length[line.node] += line.length
        prose[line.node] += line.length if line.is_prose and not spare[line.node] else 0
    for index in range(len(nodes) - 1, 0, -1):
        prose[nodes[index].parent] += prose[index]
        length[nodes[index].parent] += length[index]
    best = max(range(len(nodes)), key=lambda i: (_fit(prose[i], length[i], prose[0]), i))
    while nodes[best].name in PARAGRAPHS:  # the text is what stands around the paragraph
        best = nodes[best].parent
    inside = _below(nodes, best)
    main = _without_afterwards([line for line in lines if inside[line.node] and not spare[line.node]])
    main = [line for line in main if not line.is_link]
    return [*_title(lines, main, spare), *main]


def _without_afterwards(main: list[Line]) -> list[Line]:
    """The lines before a heading such as 相关阅读, where little prose comes after it."""
    total = sum(line.length for line in main if line.is_prose)
    left = total
    for number, line in enumerate(main):
        left -= line.length if line.is_prose else 0
        if line.afterwards and left <= AFTER * total:
            return main[:number]
    return main


def _fit(prose: int, length: int, all_prose: int) -> float:
    """How well an element with so much prose among so much text stands for the page's prose: F with weight BETA."""
    return (1 + BETA**2) * prose / (length + BETA**2 * all_prose) if prose else 0.0


def _title(lines: Sequence[Line], main: Sequence[Line], spare: Sequence[bool]) -> list[Line]:
    """The page's <h1> where it stands above the main text and outside its element."""
    first = main[0].texts[0] if main else 0
    found = [line for line in lines if line.heading == "h1" and line.texts[0] < first]
    return [line for line in found if line.length and not line.is_link and not spare[line.node]][-1:]


def _below(nodes: Tree, top: int) -> list[bool]:
    """For each node whether it is `top` or inside it."""
    found: list[bool] = []
    for index, node in enumerate(nodes):
        found.append(index == top or (node.parent >= 0 and found[node.parent]))
    return found


def _furniture(lines: Sequence[Line], nodes: Tree, total: int) -> list[bool]:
    """For each node whether it is inside a part named as furniture, or hidden, that holds little of the prose."""
    prose, filled = [0] * len(nodes), [False] * len(nodes)
    for line in lines:
        prose[line.node] += line.length if line.is_prose else 0
        filled[line.node] = True
    for index in range(len(nodes) - 1, 0, -1):
        prose[nodes[index].parent] += prose[index]
        filled[nodes[index].parent] = filled[nodes[index].parent] or filled[index]
    found: list[bool] = []
    for index, node in enumerate(nodes):
        inside = node.parent >= 0 and found[node.parent]
        named = not inside and filled[index] and prose[index] <= PART * total and _is_furniture(node.token)
        found.append(inside or named)
    return found


def _is_furniture(token: Token | None) -> bool:
    if token is None or token.name in ("body", "html") or not token.attributes:
        return False
    if "style" in token.attributes and HIDDEN.search(token.attributes):
        return True
    names = " ".join("".join(found) for found in NAMES.findall(token.attributes))
    return bool(names) and _names_furniture(names)


@lru_cache(maxsize=4096)
def _names_furniture(names: str) -> bool:
    return bool(FURNITURE.search(CAMEL.sub("-", names).lower()))
