"""Records of a page or file: lines made of labels and short values, of which some label is a site's own.

Every site has its own set and order (发布时间:… 来源:… 浏览次数:…; 索引号:… 主题分类:…; 上传人:… 格式:…), so the line
is taken apart and each label looked up. An author's 时间:… 地点:… holds a label that no site uses, and is left.
"""

from __future__ import annotations

import re
from functools import cache

from corpus_tools.lexicon import table

MAX_CHARS = 200
FIRST_LABEL = 40  # the first label stands at the head of the line, or behind a date
VALUE_CHARS = 40  # a longer value is prose
# 发布时间: at the head of a part; the label of 09:12:33 is none
LABEL = re.compile(
    r"(?:^|(?<=[\s|/│丨;,()【】\[\]]))[【\[(•·*]*([\u4e00-\u9fffA-Z](?:[\u4e00-\u9fffA-Z]|\s(?=\S\s?\S?\s?:)){0,9})[】\]]?\s*:"
)
# 2017-11-08 09:12 in front says when, as 发布时间: would
DATE_BEFORE = re.compile(
    r"[\[(【]?(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s*\d{1,2}:\d{2}(?::\d{2})?)?[\])】]?\s+(?=\S)"
)
# 时间:2022-07-04 16:20 is a machine's, 时间:7月4日 a man's; a site counts, and offers other sizes of type
MACHINE = re.compile(
    r"(?:时间|日期)\s*:\s*(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}"
    r"|(?:点击|点阅|浏览|阅读|人气|查看|访问|评论|下载)[数量率次人]{0,2}\s*:\s*\d|字[号体级]\s*:|我要评论|\[?打印\]?$"
)
PROSE = re.compile(r"。.|[!?;“”]|,.*,")
KINDS = {"page": "copyright", "record": "copyright", "file": "download_notice"}


def record(line: str) -> tuple[str, int]:
    """The kind of a folded line that is a record, and how much speaks for it; ("", 0) where it is none.

    Each label counts one, and a label that nobody but a site writes one more.

    >>> record("发布时间:2014-05-06 来源:本站 浏览次数:123"), record("时间:5月29日 地点:本校二楼")
    (('copyright', 4), ('', 0))
    """
    if ":" not in line[:FIRST_LABEL] or len(line) > MAX_CHARS or PROSE.search(line):
        return "", 0
    dated = DATE_BEFORE.match(line)
    labels = list(LABEL.finditer(line, dated.end() if dated else 0))
    if not labels or line[dated.end() if dated else 0 : labels[0].start()].strip(" 【[(•·*|"):
        return "", 0
    names = [re.sub(r"\s", "", match[1]) for match in labels]
    ends = [match.start() for match in labels[1:]] + [len(line)]
    if any(end - match.end() > VALUE_CHARS for match, end in zip(labels, ends, strict=True)):
        return "", 0
    sides = [_sides().get(name, "") for name in names]
    if not all(sides):
        return "", 0
    own = [side for side in sides if side in KINDS] + ["page"] * (MACHINE.search(line) is not None)
    alone = MACHINE.search(line) is not None or not {"record", "file"}.isdisjoint(own)
    return (KINDS[own[0]], len(names) + alone) if own else ("", 0)


@cache
def _sides() -> dict[str, str]:
    """Label -> page, record, file or shared."""
    return {label: side for side, labels in reversed(table("fields.toml").items()) for label in labels}
