"""The numbered terms on which a document site shows its files: 1. 1、下载文档前请…  2. 2、部分文档只提供预览…"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from corpus_tools.strip.lines import Line
from corpus_tools.strip.rules import cues

# 2、  2. 2、 as a page has it that prints a list of lines with numbers of their own
NUMBER = re.compile(r"(?:\d{1,2}\.\s{1,2})?[(]?(\d{1,2})[、.)]")
SPOKEN_OF = re.compile(
    r"文档|文件|资料|资源|下载|预览|平台|用户|客服|侵权|版权|购买|付费|发票|会员|积分|退款|上传|本站|网站|账号|支付|举报"
)
OF_SITES = ("download_notice", "copyright")


def terms(lines: Sequence[Line], taken: Mapping[int, tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """The lines beside one that was taken which count on from it and speak of what sites have terms for."""
    for i in sorted(taken):
        kind, number = taken[i][0], NUMBER.match(lines[i].text)
        if kind not in OF_SITES or number is None:
            continue
        for step in (-1, 1):
            j, count = i + step, int(number[1]) + step
            while 0 <= j < len(lines) and j not in taken and _is_term(lines[j].text, count):
                yield j, kind, f"terms: beside “{lines[i].text[:12]}”"
                j, count = j + step, count + step


def _is_term(line: str, count: int) -> bool:
    number = NUMBER.match(line)
    if number is None or int(number[1]) != count:
        return False
    return SPOKEN_OF.search(line) is not None and not cues().author.search(line)
