"""Heading markers (一、 （二） 3. ① 第四条) and where they may stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus_tools.lexicon import words
from corpus_tools.strip.lines import Line
from corpus_tools.strip.title_words import number_of

HAN = "[一二三四五六七八九十百]{1,4}"
# 第一个故事：… / 案由一：… / 镜头2 …: parts of a text that are called what they are
NOUN_COUNT = "[个句件点种步招项幅封堂张段场类重道笔本站关把盏番]"
_PART_NOUNS = sorted(words("titles.toml", "part_nouns"), key=len, reverse=True)
NOUNS = "|".join(_PART_NOUNS)
NOUN_BEGINS = "".join(sorted({noun[0] for noun in _PART_NOUNS}))  # looked at first, as most lines begin with none
STAGE = "(?:阶段|步|环节|周|单元|课时|讲|板块)"
COUNTED_NOUN = (
    rf"第{HAN}(?:{NOUN_COUNT}(?:(?:{NOUNS})(?:[:,]|是(?=[^,。]{{2,16}}。[^\s]))|:(?=[^,。:]{{2,10}}$)|[:,](?=[^,。]{{2,16}}。))|{STAGE}[:、,\s])|"
    rf"(?=[{NOUN_BEGINS}])(?:{NOUNS})\s?(?:{HAN}|\d{{1,2}})(?:[:、.]|\s(?!年)|$)"
)
# Style, rank (smaller is further out), pattern. Order matters: the first that matches wins.
STYLES: tuple[tuple[str, float, str], ...] = (
    ("part", 0.0, rf"第\s?(?:{HAN}|\d{{1,2}})\s?(?:编(?![辑者制排写])|部分)[:、.]?"),
    ("chapter", 1.0, rf"第\s?(?:{HAN}|\d{{1,2}})\s?章[:、.]?"),
    ("division", 2.0, rf"第\s?(?:{HAN}|\d{{1,2}})\s?节(?!课|[课时日,，])[:、.]?"),
    ("article", 4.0, rf"第\s?(?:{HAN}|\d{{1,3}})\s?条[:、.]?"),
    ("grand", 2.5, r"[壹贰叁肆伍陆柒捌玖拾貳參参陸]\s?、"),
    ("nth", 3.0, rf"(?:第{HAN}|其[一二三四五六七八九])(?:[、:]|,(?=[^,。]{{2,16}}。(?:[^\s]|$)))"),
    ("han", 3.0, rf"{HAN}\s?[、.．](?!{HAN}(?:、{HAN}){{0,3}}(?:[年班等季级线层楼组期类批次]))"),  # not 一、二年级
    ("padded", 2.8, r"0[1-9](?=\s+[\u4e00-\u9fff“《])(?!\s+[年月日时分])"),  # 01 一把钥匙
    ("roman", 3.5, r"[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]\s?[、.]"),
    ("han_paren", 5.0, rf"[(]\s?{HAN}\s?[)][、.,:]?|[㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩]、?"),
    ("noun", 4.4, COUNTED_NOUN),
    ("is", 5.5, rf"{HAN}(?:是(?!否|因为|由于)|要(?![求点领]))"),
    ("decimal", 6.5, r"\d{1,2}(?:\.\d{1,2}){1,3}(?![\d%‰.年元万倍个人亩米小岁]|[-~至])[、.]?(?=\s|[^\s\da-zA-Z])"),
    ("letter", 6.2, r"[A-H]\s?[、.．](?=\s?[\u4e00-\u9fff])"),
    ("digit", 6.0, r"\d{1,2}\s?[、.．](?!\s*[\dxX_]+\s*(?:年|月|日|%|元))(?!\d)"),
    ("digit_paren", 7.0, r"[(]\s?\d{1,2}\s?[)][、.]?|[⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽]、?"),
    ("digit_half", 7.0, r"\d{1,2}[)](?![^(]{0,6}[)])"),
    ("circled", 8.0, r"[①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿]、?"),
)
MARKER_BEGINS = frozenset(
    "第其(0123456789一二三四五六七八九十百壹贰叁肆伍陆柒捌玖拾貳參参陸ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩABCDEFGH"
    "㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳❶❷❸❹❺❻❼❽❾❿" + NOUN_BEGINS
)
RANKS = {name: rank for name, rank, _ in STYLES} | {"bracket": 2.2, "plain_line": 4.5, "plain": 9.0}
ANY = re.compile("|".join(f"(?P<{name}>{pattern})" for name, _, pattern in STYLES))
MARKDOWN = re.compile(r"(?:[>\-*+]\s+)?(?P<marks>#{1,6})\s*|\*\*|[-•●◆■▲★※·]\s*")
MARKDOWN_BEGINS = frozenset(">-*+#•●◆■▲★※·")
# Where a marker inside a paragraph may stand: after the end of a sentence.
AFTER_SENTENCE = re.compile(r"[。!?;:][\s”」]*(?=[一二三四五六七八九十(\d第①-⑳⑴-⑽])")
FIRST_OF_ALL = re.compile(
    r"(?<=\s)(?=一、)|"
    r"(?<=方案|总结|制度|办法|计划|意见|报告|通知|规定|细则|措施|规则)(?=一、)"  # a title that runs into its text
)  # ## 1 基本情况: after markdown marks a number may stand without a dot
BARE_NUMBER = re.compile(r"(?P<digit>\d{1,2})(?=\s+[^\d\s])")
# 附件：1.申请表 — the list of annexes at the end is no heading
ANNEXES = re.compile(r"附(?:件|表|录|:)?\s*[一二三四五六七八九十\d]*\s*:")
ANNEX = re.compile(r"(?P<number>\d{1,2})\s?[.、．](?=\D[^。;]*$)")
MAX_ANNEX = 50
GLUED = re.compile(
    r"[1-9(第①](?<=[^\s\d.,、(第一二三四五六七八九十百].)"
    r"(?:(?<=1)\s?[、.．](?!\d)|(?<=[(])[一1][)]|(?<=第)(?:1|十?[一二三四五六七八九十]{1,2})条|(?<=①)|(?<=[1-9])\.1(?![\d%]))"
)
SPECIALS = {char: i % 10 + 1 for chars in ("㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽") for i, char in enumerate(chars)}
SPECIALS |= {char: i + 1 for i, char in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳")}
SPECIALS |= {char: i + 1 for i, char in enumerate("壹贰叁肆伍陆柒捌玖拾")} | {"貳": 2, "參": 3, "参": 3, "陸": 6}
SPECIALS |= {char: i + 1 for i, char in enumerate("ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ")}
SPECIALS |= {char: i + 1 for i, char in enumerate("ABCDEFGH")}
SPECIALS |= {char: i + 1 for i, char in enumerate("❶❷❸❹❺❻❼❽❾❿")}
NUMERAL = re.compile(rf"\d+|{HAN}")
GLUE_REACH = 40  # a sub-heading run into a heading stands this close to it


class Item(NamedTuple):
    """A place that looks like a heading: a marker with the text up to the next item or the end of its paragraph."""

    start: int
    style: str
    number: int
    marker: str
    text: str  # folded, what follows the marker
    text_start: int
    line: int  # the paragraph it stands in
    leads: bool  # it begins the paragraph
    hashes: int  # how many markdown marks stand before it
    closed: bool  # the paragraph ends with it, so that `text` is all there is


def items_of(lines: Sequence[Line], body: int) -> list[Item]:
    """The marked and the markdown headings that a text might have, in order; `body` is where its first line begins."""
    found: list[Item] = []
    last: dict[str, int] = {}
    listed: int | None = None
    for i, line in enumerate(lines):
        if (
            line.text[0] == "附"
            and ANNEXES.match(line.text)
            and len(lines) - i <= 12
            and all(len(rest.text) < 60 for rest in lines[i:])
        ):
            break
        listed = _annex(line.text, listed)
        if listed:
            continue
        shift = max(0, body - line.start)
        places = list(_places(line.text, shift, last))
        for number, place in enumerate(places, 1):
            item = _item(line, i, place, places[number].at if number < len(places) else len(line.text))
            if item is not None:
                found.append(item)
                last[item.style] = item.number
    return found


def _annex(line: str, before: int | None) -> int | None:
    """The number of an annex in a list of annexes, 附件:1.申请表 and the lines below it; None for any other line."""
    if line[0] == "附" and ANNEXES.match(line):
        first = ANNEX.search(line)
        return int(first["number"]) if first else 0
    match = ANNEX.match(line) if before is not None and len(line) < MAX_ANNEX else None
    return int(match["number"]) if match and int(match["number"]) == (before or 0) + 1 else None


class _Place(NamedTuple):
    """Where an item begins, with its marker, None where it has none."""

    at: int
    hashes: int
    leads: bool
    style: str = ""
    number: int = 0
    marker: str = ""


def _places(line: str, shift: int, last: dict[str, int]) -> Iterator[_Place]:
    """Where items begin: at the start of a line, after sentences where the count goes on, where a heading is run in."""
    at, hashes = _behind_markdown(line, shift)
    begins = at < len(line) and line[at] in MARKER_BEGINS
    first = begins and (ANY.match(line, at) or (BARE_NUMBER.match(line, at) if hashes else None))
    counts: dict[str, int] = {}  # of this line
    if first:
        yield (place := _place(first, hashes, leads=True))
        counts[place.style] = place.number
    elif hashes:
        yield _Place(at, hashes, True)
    if len(line) <= at + 6:
        return
    later = {m.end() for m in AFTER_SENTENCE.finditer(line, at)}
    if "一、" in line:
        later |= {m.end() for m in FIRST_OF_ALL.finditer(line, at + 1)}
    if first or shift:
        later |= {m.start() for m in GLUED.finditer(line, at + 1, at + GLUE_REACH)}
    for match in filter(None, (ANY.match(line, start) for start in sorted(later))):
        if match.lastgroup in ("is", "nth", "noun", "digit_half"):
            continue
        place = _place(match, 0, leads=False)
        if place.number == 1 or place.number == counts.get(place.style, last.get(place.style, -1)) + 1:
            counts[place.style] = place.number
            yield place


def _behind_markdown(line: str, at: int) -> tuple[int, int]:
    """The first character behind markdown marks and spaces, and the most marks of a heading among them."""
    hashes = 0
    while at < len(line) and line[at] in MARKDOWN_BEGINS and (mark := MARKDOWN.match(line, at)):
        hashes = max(hashes, len(mark["marks"] or ""))
        at = mark.end()
    while at < len(line) and line[at] == " ":
        at += 1
    return at, hashes


def _place(match: re.Match[str], hashes: int, *, leads: bool) -> _Place:
    return _Place(match.start(), hashes, leads, match.lastgroup or "", _number(match[0]), match[0])


def _item(line: Line, i: int, place: _Place, following: int) -> Item | None:
    at, hashes, leads, style, number, marker = place
    if not marker:
        text = line.text[at:following].rstrip(" *")
        return Item(line.start + at, "markdown", 0, "", text, line.start + at, i, leads, hashes, True) if text else None
    end = at + len(marker)
    while end < following and line.text[end] == " ":
        end += 1
    text = line.text[end:following].rstrip(" *")
    closed = following == len(line.text)
    return Item(line.start + at, style, number, marker.strip(), text, line.start + end, i, leads, hashes, closed)


def _number(marker: str) -> int:
    if marker[0] in SPECIALS:
        return SPECIALS[marker[0]]
    numerals = NUMERAL.findall(marker)
    return number_of(numerals[-1]) if numerals else 0
