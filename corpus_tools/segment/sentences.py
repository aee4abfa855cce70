"""Sentences: where they end in Chinese text as people type it.

A sentence ends at 。！？ or at the end of a line, and takes the closing quotes and brackets along. It does not end
inside a title in 《》, inside a short quotation or bracket, where a quotation goes on to its speaker (“走吧。”他说。)
or is only a word of the sentence (“为什么？”这个问题), nor at the dots of 3.5, 20xx., www.example.com or a list
mark 1. .
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from corpus_tools.text import Span

OPENERS = {
    "“": "”",
    "‘": "’",
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "《": "》",
    "〈": "〉",
    "【": "】",
    "[": "]",
    "〔": "〕",
}
CLOSERS = frozenset(OPENERS.values())
BRACKET = re.compile(r"[“”‘’「」『』（）()《》〈〉【】\[\]〔〕\"\n]")
END = re.compile(r"[。！？!?｡]+(?:…+|\.{3,})?|…+[。！？!?]*|\.{3,}|\.|\n")
AFTER_END = re.compile(r"[”’」』）)】》〉\]〕\"]*")
# Longer quotations and brackets are read as running text: their sentences count.
LONG_QUOTE = 80
CLAUSE_REACH = 40  # how far back the beginning of a clause is looked for
# https://www.example.com/a?b=1!c, name@example.com
ADDRESS = re.compile(r"(?:https?://|ftp://|www\.)[\x21-\x7e]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
SPEECH = (
    r"(?:说|說|問|認為|強調|(?<!知)(?<!人)道|问|答|喊|叫|嚷|吼|表示|指出|认为|强调|回答|介绍|告诉|补充|解释|提醒|坦言|感慨|回忆|"
    r"透露|呼吁|建议|嘀咕|追问|反问)"
)
# “走吧。”他说。 “好！”王老师高兴地对大家说： — what follows a quotation names who speaks
SPEAKER = re.compile(
    rf"[^，。！？；：、“”「」,!?;:\s]{{0,14}}?{SPEECH}(?:道|着|了|过|起来|一声|[^，。！？；：“”「」,!?;:\s]{{1,4}}(?:说|道|问))?(?=[，。！？；：,!?;:\s“]|$)"
)
# “为什么？”这个问题 — the quotation is a word of the sentence
GOES_ON = re.compile(
    r"[，、；：,;:。！？!?的地得之等一这那是和与及或而也都就]|以及|为[主题名]|作为|成为|写[在着]|几个|[^，。]{0,6}(?:口号|标语|问题|说法|字样|活动|主题|一[书文词句])"
)
AFRESH = re.compile(
    r"我们|我|他们|他|她们|她|它|你们|你|这|那|后来|于是|然后|可是|但是|不过|第二天|终于|突然|就这样|今天|如今|现在|从此"
)
CLAUSE_START = re.compile(r"[。！？!?，,；;：:、\n…“”]")
ABBREVIATION = re.compile(
    r"(?:^|[^A-Za-z])(?:Mr|Mrs|Ms|Dr|Prof|St|No|Nos|Fig|Vol|vs|etc|e\.g|i\.e|Inc|Ltd|Co|Corp|Jr|Sr|pp|p|ed|eds|al|cf|approx|[A-Z]|(?:[A-Z]\.)+[A-Z])$"
)
HAN = re.compile(r"[一-鿿]")


def sentence_spans(text: str) -> list[Span]:
    """The spans of the sentences of `text`, in order and without outer white space.

    Nothing but white space lies between them.
    """
    spans = []
    at = 0
    for end in [*_ends(text), len(text)]:
        piece = text[at:end]
        bare = piece.strip()
        if bare:
            start = at + len(piece) - len(piece.lstrip())
            spans.append(Span(start, start + len(bare)))
        at = end
    return spans


def split_sentences(text: str) -> list[str]:
    """The sentences of `text`, in order.

    >>> split_sentences("“走吧。”他说。增长3.5%！见www.example.com?a=1。")
    ['“走吧。”他说。', '增长3.5%！', '见www.example.com?a=1。']
    """
    return [text[span.start : span.end] for span in sentence_spans(text)]


def _ends(text: str) -> Iterator[int]:
    """Where sentences end, closing quotes and brackets included."""
    pairs = _pairs(text)
    starts = [pair.start for pair in pairs]
    addresses = _addresses(text)
    full_stops = "。" in text
    at = 0
    for match in END.finditer(text):
        mark = match[0]
        if mark == "\n":
            yield match.end()
            at = match.end()
            continue
        if match.start() < at:
            continue
        around = _around(pairs, starts, match.start())
        if _inside(addresses, match.start()):
            continue
        if mark == "." and not _full_stop(text, match.start(), full_stops):
            continue
        end = AFTER_END.match(text, match.end()).end()  # type: ignore[union-attr]
        if around is not None and around.end > end:
            continue
        if around is None and text[match.end() : end].strip('"'):
            end = match.end()  # a closing mark that nothing opened
        if _goes_on(text, at, match, end, around):
            continue
        yield end
        at = end


def _pairs(text: str) -> list[Span]:
    """Quotations, brackets and titles from opening to closing mark, outermost only, short ones and titles only."""
    found: list[Span] = []
    stack: list[tuple[str, int]] = []
    for match in BRACKET.finditer(text):
        char = match[0]
        if char == "\n":
            stack.clear()
        elif char == '"':
            if stack and stack[-1][0] == '"':
                found.append(Span(stack.pop()[1], match.end()))
            else:
                stack.append(('"', match.start()))
        elif char in OPENERS:
            stack.append((OPENERS[char], match.start()))
        elif any(closer == char for closer, _ in stack[-4:]):
            while stack and stack[-1][0] != char:
                stack.pop()
            opened = stack.pop()[1]
            if match.end() - opened <= LONG_QUOTE or char in "》〉":
                found.append(Span(opened, match.end()))
    outer: list[Span] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not outer or span.start >= outer[-1].end:
            outer.append(span)
    return outer


def _addresses(text: str) -> list[Span]:
    if "www." not in text and "://" not in text and "@" not in text:
        return []
    found = []
    for match in ADDRESS.finditer(text):
        address = match[0].rstrip(".!?,;:)")
        found.append(Span(match.start(), match.start() + len(address)))
    return found


def _inside(spans: list[Span], at: int) -> bool:
    i = bisect_right(spans, (at, 1 << 60)) - 1
    return i >= 0 and at < spans[i].end


def _around(pairs: list[Span], starts: list[int], at: int) -> Span | None:
    """The quotation or bracket that position `at` stands in."""
    i = bisect_right(starts, at) - 1
    return pairs[i] if i >= 0 and at < pairs[i].end else None


def _full_stop(text: str, at: int, full_stops: bool) -> bool:
    """Whether a plain dot ends a sentence: “done. Next”, or 完成. in a text that writes dots for 。."""
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if not before or before.isspace():
        return False
    if HAN.match(before):
        return not full_stops and (not after or after.isspace() or bool(HAN.match(after)))
    if not before.isalpha() and before not in ")”\"'":
        return False
    if ABBREVIATION.search(text, max(0, at - 12), at) or before in "xX":
        return False
    return (
        not after
        or (after.isspace() and (text[at + 1 : at + 4].strip()[:1] or "A").isupper())
        or (after.isspace() and bool(HAN.match(text[at + 1 : at + 4].strip()[:1] or " ")))
    )


def _goes_on(text: str, at: int, match: re.Match[str], end: int, around: Span | None) -> bool:
    """Whether the sentence goes on behind its end mark."""
    mark = match[0]
    closed = around is not None
    if end >= len(text) or text[end].isspace():
        return bool(closed and end < len(text) and text[end] == " " and SPEAKER.match(text, end + 1))
    if mark in "?!" and text[match.start() - 1 : match.start()].isascii() and text[end : end + 1].isascii():
        return text[match.start() - 1 : match.start()].isalnum() and text[end].isalnum()
    if closed and text[end - 1] in "）)】]〕" and around is not None and text[at : around.start].strip():
        return True  # a bracket inside a sentence: 他来了（昨天来的。）又走了
    if closed:
        return bool(SPEAKER.match(text, end) or GOES_ON.match(text, end))
    if text[end] in "，、；：,;:":
        return True
    if mark[0] in "….":
        if mark[-1] in "。！？!?":
            return False
        clause = max(
            (m.end() for m in CLAUSE_START.finditer(text, max(at, match.start() - CLAUSE_REACH), match.start())),
            default=max(at, match.start() - CLAUSE_REACH),
        )
        return not (match.start() - clause >= 5 and AFRESH.match(text, end))
    return False
