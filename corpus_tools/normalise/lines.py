"""Sentences cut by a page break or by word wrap are joined; headings, list items, verse, addresses and tables are not.

A page printed to PDF and scraped again breaks a sentence wherever the paper ended: with one line break where lines were
wrapped, with a blank line where a page was. Nothing on the page says which breaks are the author's, so each candidate
is judged by what stands on both sides and by how the page itself is set. A break after a complete sentence is never
touched: nobody can know.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from corpus_tools.normalise.classes import HAN
from corpus_tools.normalise.line_kinds import ITEM, SENTENCE_INSIDE, is_complete, item_style, stands_alone
from corpus_tools.text import Edit

HAN_RUN, HAN_AT_END = re.compile(f"[{HAN}]+"), re.compile(f"[{HAN}]+$")
# 不少于 | 三年   百分之 | 十
NUMBER_AWAITED = re.compile(
    "(?:百分之|不[得]?[少低多高大小]?[于於]|不得?超[过過]|至少|[达達]到|超[过過]|[满滿]|[约約]|每[年月人周学學])$"
)
NUMERAL = re.compile("[0-9一二三四五六七八九十百千两兩半xX×]")
# Mark-up headings, quotations and table rows
NO_JOIN = frozenset("#|>")
# 3 | 00元   20 | 13年   由61. | 4分
NUMBER_ENDS = re.compile(r"\d$|[^\n]{8}\d[.．]$")
# 海拔三千米以上    900: a row of a table, not half a number
LAST_CELL = re.compile(r"\S(?: {2,}|\t|\u3000)\S*$")
# 第四条 教师生病住院的，派出学校与受援 | 学校: an article is text, not a heading
ARTICLE = re.compile(r"第[一二三四五六七八九十百零\d]{1,4}[条條].*[，,；;]")
# 二、教学方面的 | 主要工作
OF_WHAT = re.compile("(?:方面|过程中|過程中|期间|期間|阶段|階段|领域|領域|工作中|学年|學年|时期|時期)的$")
# 二、严格程序，把人选 | 选准
REST_OF_HEADING = re.compile(rf"[{HAN}]{{1,4}}$")
TWO_PART_HEADING = re.compile("[，,].{2,}")
# 参加人数：学生十八名，老师三名: the row of a form
FORM_LABEL = re.compile(
    rf"[{HAN}]{{0,4}}(?:[数數间間点點期象名位级級额額址话話别別]|内容|內容|负责人|負責人|主持人|参加人|參加人|记录人|記錄人)[：:][^。！？；]{{1,40}}$"
)
NUMBER_GOES_ON = re.compile(
    r"\d{1,4}(?:\.\d+)?(?:[%％元万萬亿億年月日号號个個名人所次天周岁歲学學余餘多批届屆位公件项項本篇册冊节節门門班户戶间間里米分小条條]|[，。、；])"
)
# 支教日记 3   述职报告2
TITLE_NUMBER = re.compile(
    r"[^，。；：！？]{1,30}(?:总结|總結|小结|小結|日记|日記|心得|体会|體會|报告|報告|范文|方案|计划|計劃|讲话|講話|发言|發言|札记|札記|随笔|隨筆"
    r"|故事|材料|教案|篇|之) ?\d{1,2}$"
)
# These begin a sentence, never the middle of one.
SERIES = re.compile("[一二三四五六七八九十][是要]")
OPENING = re.compile(r"首先|其次|再次|最后|最後|总之|總之|此外|另外|同时，|同時，|附[：:件]|注[：:]|备注|備註")
# 第三笔账，算一算老百姓的幸福账: a heading that counts
COUNTED_HEADING = re.compile("第[一二三四五六七八九十][个個句件点點步笔筆本把条條招项項][^，。：,]{0,4}[，：,]")
# haowen.exam | ple
ADDRESS_LAST = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789./_-")
ADDRESS_ENDS = re.compile(r"(?:[A-Za-z0-9]-|[A-Za-z0-9]\.|://|www)[A-Za-z0-9./_-]*$")
ADDRESS_GOES_ON = re.compile(r"[a-z0-9./_-]{1,30} ?(?:[）)】。，]|$)")
# …学校校长教师交流轮岗 | 工作实施方案: nobody's title is 工作实施方案 alone
HALF_A_TITLE = re.compile(
    "(?:工作|活动|活動|情况|情況|专题|專題|管理|实施|實施|暂行|暫行|试行|試行|考核|指导|指導|若干){1,3}"
    "(?:方案|办法|辦法|意见|意見|细则|細則|规定|規定|总结|總結|汇报|匯報|报告|報告|计划|計劃|制度|条例|條例|通知)(?:（[^（）]{1,8}）)?"
)
# a school, an office or another title may stand above a title
WHOLE_ABOVE_TITLE = re.compile(
    "(?:[校园園学學局厅廳部委院室会會府县縣市区區镇鎮乡鄉组組队隊站处處科]|总结|總結|心得|体会|體會|日记|日記|[\W\d])$"
)
TITLE_HALF_CHARS = 10
TITLE_CHARS = 8
WORD_CUT = 4  # points; the dictionary is asked only where they would settle it
# 泗水县：山里来了新老师 is a headline: a colon alone makes no prose
PROSE_MARK = re.compile("[，。；！？,;]|、.*、.*、")
# （四）公开原则。公开交流的办法
HEADING_AND_TEXT = re.compile(r".{2,40}[。：:；;].{4}|.{2,30}[，,].{2,30}[，,].")
# These never begin a line of their own ...
CANNOT_BEGIN = re.compile("[，。、；：？！”’』」》〉）】〕%％]")
# ... and these never end one.
CANNOT_END = re.compile("[“‘「『《〈（【〔、，,]$")
OPEN_PAIRS = (("《", "》"), ("（", "）"), ("“", "”"), ("「", "」"), ("〔", "〕"), ("【", "】"))
CLOSING = re.compile("[》）”」〕】]")
# A line that ends in one of these words wants more: …工作的 / 是; but 目的 行为 自由 are words
DANGLING = re.compile(
    "(?<![目参參存现現所内內普涉方导導面应應针針自理合行作成认認以])[在和与與及或以把被將将為为從从向對对而但且是的让讓给給由并並]$"
)
# …之间的交流与 / 管理和: no heading ends so, but 参与, 存在 and 普及 are words
NEVER_LAST = re.compile(
    "(?<![参參存现現所内內实實普涉方导導面服总總温溫缓緩调調谦謙共])[在和与與及或把被將将從从向且]$|(?:应当|應當|必须|必須|不得)$"
)
UNFINISHED = re.compile(f"[，,]$|{NEVER_LAST.pattern}")
TWO_MARKS = re.compile("[，,；;].*[，,；;]|[。！？]")
# 在 … 通过 … 我们 … 请 …; …了 …应当: words that headings do without
SENTENCE_BEGINS = re.compile(
    "(?:在|通过|通過|为|為|对|對|请|請|凡|我|他|她|该|該|这|這|那|随着|隨著|由于|由於|根据|根據|按照|如果|因|但|而|并|並|也|还|還|就)"
)
SENTENCE_WORDS = re.compile("应当|應當|必须|必須|不得|可以|已经|已經|正在|了(?<=.{6}[^为除]了)(?!解).{4}")
# …经费保障到 | 位。
# 3. …中途调整会影响 | 教学质量的。
OF_AND_STOP = re.compile(rf"(?:(?!是)[{HAN}]){{1,8}}的[。；;]")
WORD_AND_STOP = re.compile(rf"[{HAN}]{{1,2}}。")
UNIT = re.compile("[年月日号號%％元人名个個所次岁歲周週天届屆万萬亿億分]")
# A line cannot well begin with one of these
TRAILING = re.compile(r"[的了着過过们們得地吗嗎呢吧之等]")
GREETING = re.compile(r"^(?:尊敬|亲爱|親愛|敬爱)|(?:们|們|好|志|友|导|長|长|委|生|士)[，,:：]$")


class LineConfig(NamedTuple):
    """How sure the evidence must be before two lines are joined."""

    threshold: int = 3
    heading_chars: int = 28  # a line no longer than this, without a sentence mark, may be a heading
    title_chars: int = 45  # 关于推进…的实施意见; 二、如何在改革中…, 确保…


class PageShape(NamedTuple):
    """How the page is set: the width at which lines are wrapped (0 where they are not), and what its items are like."""

    width: int
    full_items: frozenset[str] = frozenset()  # marks of which most items are sentences: 1. （1）


def break_edits(text: str, config: LineConfig | None = None) -> list[Edit]:
    """Edits of kind `hard_break` that remove the breaks inside sentences."""
    config = config or LineConfig()
    every = text.split("\n")
    starts = accumulate((len(line) + 1 for line in every), initial=0)
    lines = [(start, line) for start, line in zip(starts, every, strict=False) if line]
    complete = {line for _, line in lines if is_complete(line)}
    candidates = [
        (above, below)
        for above, below in pairwise(lines)
        if above[1] not in complete and below[1][0] not in NO_JOIN and above[1][0] not in NO_JOIN
    ]
    if not candidates:
        return []
    shape = page_shape([line for _, line in lines], complete)
    edits = []
    for (start, above), (below_start, below) in candidates:
        end = start + len(above)
        reason = why_joined(above, below, text.count("\n", end, below_start), shape, config)
        if reason:
            between = " " if _latin_words_meet(above, below) and not ADDRESS_ENDS.search(above[-60:]) else ""
            edits.append(Edit(end, below_start, between, "hard_break", reason))
    return edits


def page_shape(lines: Sequence[str], complete: Container[str]) -> PageShape:
    """The shape of a page, from the lengths of its lines; `complete` are those that end as sentences do."""
    lengths = Counter(len(line) for line in lines if len(line) >= 16 and line not in complete)
    width = 0
    if lengths:
        best = max(lengths, key=lambda n: (lengths[n] + lengths[n + 1] + lengths[n - 1], n))
        if lengths[best] + lengths[best + 1] + lengths[best - 1] >= 4:
            width = best
    return PageShape(width, _full_items(lines, complete))


def _full_items(lines: Sequence[str], complete: Container[str]) -> frozenset[str]:
    styles = [(style, line) for line in lines if (style := item_style(line))]
    total = Counter(style for style, _ in styles)
    full = Counter(style for style, line in styles if line in complete)
    return frozenset(style for style in full if full[style] >= 3 and full[style] >= 0.6 * total[style])


@lru_cache(maxsize=2048)  # a page is looked at again after each round of mending, and most of it is as it was
def why_joined(above: str, below: str, breaks: int, shape: PageShape, config: LineConfig) -> str:
    """The evidence that `below` goes on with the sentence of `above`; empty where it does not."""
    if above[-1] in ADDRESS_LAST and ADDRESS_GOES_ON.match(below) and ADDRESS_ENDS.search(above[-60:]):
        return "an address is cut"
    reason = _why_continued(above, below, breaks, shape, config)
    return "" if reason and (stands_alone(above, below) or _is_form_row(above, below)) else reason


def _why_continued(above: str, below: str, breaks: int, shape: PageShape, config: LineConfig) -> str:
    """The same for two lines neither of which stands alone."""
    if NUMBER_GOES_ON.match(below) and NUMBER_ENDS.search(above[-10:]) and not ITEM.match(below):
        # 支教日记 3 | 5月2日，晴
        return "" if TITLE_NUMBER.match(above) else "a number is cut"
    if NUMERAL.match(below) and NUMBER_AWAITED.search(above[-6:]) and not ITEM.match(below):
        return "a number is awaited"
    if len(above) >= TITLE_HALF_CHARS and HALF_A_TITLE.fullmatch(below) and not _is_whole_above_title(above):
        return "a title is cut"
    if above[-1] == "的" and OF_WHAT.search(above[-4:]) and not ITEM.match(below):
        return "wants a noun"
    if REST_OF_HEADING.match(below) and ITEM.match(above) and TWO_PART_HEADING.search(above):
        return "a heading is cut"
    if CANNOT_BEGIN.match(below):
        return "begins with a closing mark"
    if CLOSING.search(begins := below[:60]) and any(
        b in begins and above.rfind(a) > above.rfind(b) for a, b in OPEN_PAIRS
    ):
        return "inside brackets"
    if ITEM.match(below) or SERIES.match(below):
        return ""
    if OPENING.match(below) and not UNFINISHED.search(above[-3:]):
        return ""
    if CANNOT_END.search(above[-1:]):
        return "" if (GREETING.search(above) and len(above) <= 20) or _verse(above, below) else "ends with an open mark"
    found = evidence(above, below, breaks, shape, config)
    return ", ".join(name for name, _ in found) if sum(points for _, points in found) >= config.threshold else ""


def evidence(above: str, below: str, breaks: int, shape: PageShape, config: LineConfig) -> list[tuple[str, int]]:
    """What speaks for and against a join, in points; three join two lines."""
    found: list[tuple[str, int]] = []
    body_above, body_below = bool(PROSE_MARK.search(above)), bool(SENTENCE_INSIDE.search(below))
    # （四）公开原则。公开交流的办法，自觉 … has left its heading behind
    item = (
        bool(ITEM.match(above) or COUNTED_HEADING.match(above))
        and not HEADING_AND_TEXT.match(above)
        and not ARTICLE.match(above)
    )
    long = len(above) > config.heading_chars
    if body_above and not item:
        # 沟通心灵，走近学生: a heading may hold one mark
        found.append(("running text above", 2 if len(above) > 14 or TWO_MARKS.search(above) else 0))
    if SENTENCE_BEGINS.match(above) or SENTENCE_WORDS.search(above):
        found.append(("words of a sentence above", 2))
    if above[-1].isdigit() and UNIT.match(below) and not LAST_CELL.search(above):
        found.append(("a number and its unit are cut", 4))
    if long:
        # titles of decrees and headlines run to forty characters without a mark
        may_be_title = len(above) <= config.title_chars and (item or not body_above)
        found.append(("longer than a heading", 1 if may_be_title else 2))
    if body_below:
        found.append(("running text below", 1))
    if shape.width and abs(len(above) - shape.width) <= 2 and breaks == 1:
        found.append(("as wide as the page", 2))
    if NEVER_LAST.search(above[-3:]):
        found.append(("ends in want of more", 5))
    elif DANGLING.search(above[-3:]):
        found.append(("ends in want of more", 3))
    if len(above) >= 2 * len(below) and (WORD_AND_STOP.fullmatch(below) or (item and OF_AND_STOP.fullmatch(below))):
        found.append(("no more than the end of a sentence below", 5))
    if TRAILING.match(below):
        found.append(("begins in mid-phrase", 2))
    if not long and (item or not body_above):
        found.append(("may be a heading", -3 if item else -2))
    if item and item_style(above) in shape.full_items:
        found.append(("items like it end in a full stop", 2))
    if not body_below and len(below) <= 16 and not is_complete(below):
        found.append(("may be a heading below", -3))
    lacking = config.threshold - sum(points for _, points in found)
    if 0 < lacking <= WORD_CUT and crosses_word(above, below):
        found.append(("a word is cut", WORD_CUT))
    return found


def crosses_word(above: str, below: str) -> bool:
    """Whether a word of the dictionary spans the place where the two lines meet (必 | 须)."""
    tail, head = HAN_AT_END.search(above[-6:]), HAN_RUN.match(below[:6])
    if tail is None or head is None:
        return False
    title_like = len(above) <= TITLE_CHARS and not SENTENCE_INSIDE.search(above)
    return _word_spans(tail.group(), head.group(), title_like)


@lru_cache(maxsize=4096)
def _word_spans(tail: str, head: str, only_broken: bool) -> bool:
    """Whether a word spans `tail` and `head`; with `only_broken`, one of which neither half is a word itself."""
    from corpus_tools.nlp.jieba import cut, may_part_word
    from corpus_tools.nlp.opencc import convert

    tail, head = convert(tail, "t2s"), convert(head, "t2s")
    if not may_part_word(tail + head, len(tail)):
        return False
    # 感悟 | 到: the title above is whole without the word below
    if only_broken and len(cut(tail)[-1]) > 1:
        return False
    at = 0
    for word in cut(tail + head):
        if at < len(tail) < at + len(word):
            return True
        at += len(word)
    return False


def _is_form_row(above: str, below: str) -> bool:
    """Whether a row of a form ends here (参加人数：学生十八名), and no word is cut."""
    return bool(FORM_LABEL.match(above)) and not UNFINISHED.search(above[-3:]) and not crosses_word(above, below)


def _is_whole_above_title(line: str) -> bool:
    """Whether a line above what may be the end of a title is prose, an item, or all there is of something else."""
    return bool(SENTENCE_INSIDE.search(line) or ITEM.match(line) or WHOLE_ABOVE_TITLE.search(line[-2:]))


def _verse(above: str, below: str) -> bool:
    """Two short lines of much the same length, each ending in a mark; 勿念， is a line whatever stands below it."""
    if len(above) <= 6 and len(below) <= 12 and is_complete(below):
        return True
    return max(len(above), len(below)) <= 16 and abs(len(above) - len(below)) <= 4 and not below[-1].isalnum()


def _latin_words_meet(above: str, below: str) -> bool:
    return above[-1:].isascii() and above[-1:].isalpha() and below[:1].isascii() and below[:1].isalpha()
