"""What a page says of itself: title, site, address, date, document number, issuing body.

Only what stands in a place of its own counts: a document number cited in a sentence is another document's, a date in
the text is not the page's. Pages of several essays are nobody's document, so they get no date, number or body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from corpus_tools.records import PageMeta
from corpus_tools.strip.essay_heads import has_genre, is_title_like, number_of
from corpus_tools.strip.lines import Line, folded
from corpus_tools.strip.titles import FILE_ENDING, collection_mark

TOP_LINES = 14  # title, number and body of a document stand among its first lines
END_LINES = 8  # signature and date among its last

ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+")
# 当前位置:好文网 > 工作总结
CRUMB = re.compile(r"(?:[^:>]{2,10}[:])?\s*(?P<site>[^>»›\s/|:-]{2,20})\s*[>»›/→]")
NOT_A_SITE = re.compile(r".*(?:登录|注册|首页|主页|位置|正文|栏目|返回|范文大全|频道)|.{0,1}")
# 版权所有 好文网 / 好文网 版权所有 / (转载于好文网:…)
SITE_NAME = re.compile(
    r"(?P<site>[\u4e00-\u9fffA-Za-z0-9]{2,12}(?:网站|(?<![公官上联])网|文库|之家|论坛|门户))(?!络|友|上|址|页|盘|课)"
)
NOT_OF_A_NAME = re.compile(r"^(?:以下|是|由|在|到|请|为|让)+")
SITE_WORDS = re.compile(
    r"转载[于自]|来源于?|来自|摘自|版权|所有|本文|请注明|出处|更多|请|访问|关注|欢迎|主办|单位|以上|就是|下面|本文由?|编辑|整理|[:]"
)
# 浙教人〔2013〕12号, 发文字号：县政办发[2016]5号
DOCUMENT_NUMBER = re.compile(
    r"(?:[(【]|(?:发文字号|文\s?号|文件编号|发文文号)\s*[::]\s*)?"
    r"(?P<number>[\u4e00-\u9fff]{1,12}\s?[\[(]\s?(?:19|20)\d{2}\s?[\])]\s?(?:第\s?)?\d{1,4}\s?号)[)】]?"
)
DATE = r"(?P<year>(?:19|20)\d{2})\s?[年./-]\s?(?P<month>\d{1,2})\s?[月./-]\s?(?P<day>\d{1,2})\s?日?"
DATED = re.compile(rf"(?:发布时间|发布日期|发文日期|成文日期|发文时间|更新时间|时间|日期|发稿时间)\s*[::]\s*{DATE}")
DATE_LINE = re.compile(rf"[(]?{DATE}(?:印发)?[)]?(?:\s+\d{{1,2}}:\d{{2}}(?::\d{{2}})?)?(?:\s.{{0,60}})?")
HAN_DATE = re.compile(
    r"(?P<year>[二一][〇○零Oo0一二三四五六七八九]{3})年(?P<month>[一二三四五六七八九十]{1,2})月(?P<day>[一二三四五六七八九十]{1,3})日"
)
HAN_DIGITS = str.maketrans("〇○零Oo一二三四五六七八九", "00000123456789")
BODY_END = r"(?:人民政府|政府|办公室|办公厅|委员会|[局厅部委办]|总工会|学区|大学|学院|学校|小学|中学|幼儿园)"
BODY_LINE = re.compile(
    rf"(?:(?:发文机关|发布机构|发文单位|主办单位)\s*[::]\s*)?(?P<body>[\u4e00-\u9fff]{{2,24}}{BODY_END}(?:\s+[\u4e00-\u9fff]{{2,24}}{BODY_END})*)"
)
# 某某市教育局关于印发…的通知
BODY_IN_TITLE = re.compile(rf"(?P<body>[\u4e00-\u9fff]{{2,40}}?{BODY_END})关于")
LABELLED_BODY = re.compile(r"(?:发文机关|发布机构|发文单位|制定机关)\s*[::]\s*(?P<body>[\u4e00-\u9fff]{3,30})")


class _Signed(NamedTuple):
    body: str | None
    date: str | None


def page_meta(
    text: str, lines: Sequence[Line], taken: dict[int, tuple[str, str]], essays: int, known: PageMeta
) -> PageMeta:
    """`known`, filled in with what the page says. `taken`: lines found to be the site's, with kind and note."""
    left = [line for i, line in enumerate(lines) if i not in taken]
    speaks = [i for i in sorted(taken) if not taken[i][1].startswith(("disclaimer", "takedown"))]
    site_lines = [(lines[i].text, taken[i][0]) for i in speaks]
    title = _title(text, lines, left if essays < 2 else [], taken)
    known = _split_site(known)
    found = PageMeta(title=title, site=_site(site_lines), address=_address(site_lines))
    if title and any(kind == "page_title" for _, kind in site_lines) and not collection_mark().search(folded(title)):
        found = _split_site(found)
    if essays < 2:
        signed = _signature(left)
        body = _labelled(lines[:TOP_LINES], LABELLED_BODY) or _body_in(title) or signed.body
        found = replace(
            found,
            date=_date(lines[:TOP_LINES]) or signed.date,
            document_number=_document_number(text, lines[:TOP_LINES]),
            issuing_body=body,
        )
    return PageMeta(*(getattr(known, name) or getattr(found, name) for name in PageMeta.__slots__))


def _title(text: str, lines: Sequence[Line], left: Sequence[Line], taken: dict[int, tuple[str, str]]) -> str | None:
    """The title as printed: the page's own where the site prints one, else that of the text."""
    own = [lines[i] for i in sorted(taken) if taken[i][0] == "page_title"]
    top = [line for line in left[:6] if is_title_like(line.text)]
    official = [line for line in top if has_genre(line.text)]
    own.sort(key=lambda line: (not collection_mark().search(line.text), not has_genre(line.text)))
    best = [*own, *official, *(line for line in top if line is left[0])]
    line = best[0] if best else None
    return FILE_ENDING.sub("", text[line.start : line.end].lstrip("#* ").rstrip("* 。")) if line else None


# 教师轮岗小结_好文网, 实施意见 - 某县教育局: the <title> of a page ends in the site's name
TITLE_AND_SITE = re.compile(r"(?P<title>.{4,}?)\s*(?:[_|]|\s[-–—]\s?|-(?=[^-]*$))\s*(?P<site>[^_|]{2,30})")


def _split_site(known: PageMeta) -> PageMeta:
    """Metadata whose title leaves out the site's name."""
    match = TITLE_AND_SITE.fullmatch(known.title or "")
    if not match:
        return known
    return replace(
        known, title=match["title"], site=known.site or match["site"].split("_")[-1].split(" - ")[-1].strip()
    )


def _site(site_lines: Sequence[tuple[str, str]]) -> str | None:
    for line, kind in site_lines:
        crumb = CRUMB.match(line) if kind == "breadcrumb" else None
        if crumb and not NOT_A_SITE.fullmatch(crumb["site"]):
            return crumb["site"]
    for line, kind in site_lines:
        if kind in ("copyright", "inline_ad", "editor_note", "intro_blurb"):
            name = SITE_NAME.search(SITE_WORDS.sub(" ", ADDRESS.sub(" ", line)))
            if name:
                return NOT_OF_A_NAME.sub("", name["site"])
    return None


def _address(site_lines: Sequence[tuple[str, str]]) -> str | None:
    """The page's address where a copyright line gives one: longer than the bare site."""
    for line, kind in site_lines:
        match = ADDRESS.search(line) if kind == "copyright" else None
        if match and "/" in match[0].split("//")[-1].rstrip("/"):
            return match[0].rstrip(").,;，。")
    return None


def _labelled(lines: Sequence[Line], pattern: re.Pattern[str]) -> str | None:
    match = next(filter(None, (pattern.search(line.text) for line in lines)), None)
    return match["body"] if match else None


def _body_in(title: str | None) -> str | None:
    match = BODY_IN_TITLE.match(title or "")
    return match["body"] if match else None


def _document_number(text: str, lines: Sequence[Line]) -> str | None:
    for line in lines:
        match = DOCUMENT_NUMBER.fullmatch(line.text)
        if match:
            return re.sub(r"\s", "", text[line.start + match.start("number") : line.start + match.end("number")])
    return None


def _date(lines: Sequence[Line]) -> str | None:
    for line in lines:
        match = DATED.search(line.text) or (DATE_LINE.fullmatch(line.text) if len(line.text) < 80 else None)
        if match:
            return _iso(match["year"], match["month"], match["day"])
    return None


def _signature(left: Sequence[Line]) -> _Signed:
    """Who signed and when: the last short lines of the text."""
    body = day = None
    for line in reversed(left[-END_LINES:]):
        if day is None and (match := DATE_LINE.fullmatch(line.text)):
            day = _iso(match["year"], match["month"], match["day"])
        elif day is None and (match := HAN_DATE.fullmatch(line.text.replace(" ", ""))):
            year = match["year"].translate(HAN_DIGITS)
            day = _iso(year, str(number_of(match["month"])), str(number_of(match["day"])))
        elif day is not None and body is None and (match := BODY_LINE.fullmatch(line.text)):
            body = match["body"]
    return _Signed(body, day)


def _iso(year: str, month: str, day: str) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None
