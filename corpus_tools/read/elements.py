"""HTML tokens into a light tree of elements, unclosed and misnested tags mended as browsers do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus_tools.read.markup import Token

# fmt: off
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "frame", "keygen",
})
# fmt: on
# Elements that begin and end a line.
# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dialog",
    "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p",
    "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul",
})
# fmt: on
# fmt: off
CELLS = frozenset({
    "td", "th",
})
# fmt: on
# Elements whose text is never the page's: controls, navigation, what a browser does not show.
# fmt: off
NEVER = frozenset({
    "script", "style", "noscript", "template", "title", "select", "option", "button", "textarea", "iframe",
    "object", "applet", "svg", "canvas", "audio", "video", "map", "datalist", "nav", "footer", "aside",
})
# fmt: on
# An opening tag that ends an element of these names still open, up to the nearest container.
ENDS = {
    "li": ("li",),
    "dt": ("dt", "dd"),
    "dd": ("dt", "dd"),
    "tr": ("tr", "td", "th"),
    "td": ("td", "th"),
    "th": ("td", "th"),
    "option": ("option",),
}
# fmt: off
CLOSES_P = frozenset({
    "address", "article", "aside", "blockquote", "center", "details", "dir", "div", "dl", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "main", "menu", "nav", "ol", "p", "pre",
    "section", "table", "ul",
})
# fmt: on
# fmt: off
CONTAINERS = frozenset({
    "ul", "ol", "dl", "table", "tbody", "thead", "tfoot", "body", "html", "div",
})
# fmt: on


@dataclass(slots=True)
class Node:
    """An element, or the page itself."""

    name: str
    token: Token | None
    parent: int  # -1 for the page
    hidden: bool = False
    texts: list[int] = field(default_factory=list)  # numbers of its own text tokens


Tree = list[Node]


def tree(pieces: Sequence[Token]) -> Tree:
    """The elements in the order they open; unclosed and misnested tags mended as browsers do."""
    nodes: Tree = [Node("", None, -1)]
    path = [0]
    for number, token in enumerate(pieces):
        if token.kind == "text":
            nodes[path[-1]].texts.append(number)
        elif token.kind == "open":
            _end_implied(nodes, path, token.name)
            parent = path[-1]
            nodes.append(Node(token.name, token, parent, nodes[parent].hidden or token.name in NEVER))
            if token.name not in VOID and not token.attributes.endswith("/"):
                path.append(len(nodes) - 1)
        elif token.kind == "close":
            _end(nodes, path, token.name)
    return nodes


def _end_implied(nodes: Tree, path: list[int], name: str) -> None:
    if name in CLOSES_P and nodes[path[-1]].name == "p":
        path.pop()
    for ended in ENDS.get(name, ()):
        for depth in range(len(path) - 1, max(0, len(path) - 8), -1):
            here = nodes[path[depth]].name
            if here == ended:
                del path[depth:]
                break
            if here in CONTAINERS:
                break


def _end(nodes: Tree, path: list[int], name: str) -> None:
    """Close the nearest open element of that name; a stray closing tag closes nothing."""
    for depth in range(len(path) - 1, max(0, len(path) - 100), -1):
        if nodes[path[depth]].name == name:
            del path[depth:]
            return
