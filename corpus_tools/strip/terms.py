"""The numbered terms on which a document site shows its files: 1. 1、下载文档前请…  2. 2、部分文档只提供预览…"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence

from corpus_tools.strip.lines import Line

# 2、  2. 2、 as a page has it that prints a list of lines with numbers of their own
NUMBER = re.compile(r"(?:\d{1,2}\.\s{0,2})?[(]?(\d{1,2})[、.)]")
# The same number twice is a site's own way of printing: 2. 2、
TWICE = re.compile(r"(\d{1,2})\.\s{0,2}\1[、.)]")
OF_SCHOOL = re.compile("学校|教师|老师|学生|孩子|课堂|教育局|[我本][校县市区园班]|村")
BARGAIN = re.compile(r"下载|预览|退款|客服|用户|侵权|侵害|本站|会员|积分|付费|上传者|商业用途")
SPOKEN_OF = re.compile(
    r"文档|文件|资料|资源|下载|预览|平台|用户|客服|侵权|版权|购买|付费|发票|会员|积分|退款|上传|本站|网站|账号|支付|举报"
)
OF_SITES = ("download_notice", "copyright")


def terms(lines: Sequence[Line], taken: Mapping[int, tuple[str, str]]) -> Iterator[tuple[int, str, str]]:
    """The lines of such terms: numbered twice, or counting on from a line that was taken."""
    yield from _numbered_twice(lines, taken)
    for i in sorted(taken):
        kind, number = taken[i][0], NUMBER.match(lines[i].text)
        if kind not in OF_SITES or number is None:
            continue
        for step in (-1, 1):
            j, count = i + step, int(number[1]) + step
            while 0 <= j < len(lines) and j not in taken and _is_term(lines[j].text, count):
                yield j, kind, f"terms: beside “{lines[i].text[:12]}”"
                j, count = j + step, count + step


def _numbered_twice(lines: Sequence[Line], taken: Container[int]) -> Iterator[tuple[int, str, str]]:
    """Lines numbered twice that count from one and all speak of what sites have terms for."""
    for first, line in enumerate(lines):
        if not (match := TWICE.match(line.text)) or match[1] != "1":
            continue
        run = [first]
        while run[-1] + 1 < len(lines) and _counts_on(lines[run[-1] + 1].text, len(run) + 1):
            run.append(run[-1] + 1)
        if all(_is_term(lines[i].text, n) for n, i in enumerate(run, 1)) and any(
            BARGAIN.search(lines[i].text) for i in run
        ):
            yield from ((i, "download_notice", "terms: a list numbered twice") for i in run if i not in taken)


def _counts_on(line: str, count: int) -> bool:
    match = TWICE.match(line)
    return match is not None and int(match[1]) == count


def _is_term(line: str, count: int) -> bool:
    number = NUMBER.match(line)
    if number is None or int(number[1]) != count:
        return False
    return SPOKEN_OF.search(line) is not None and not OF_SCHOOL.search(line)
