"""An essay as the pieces that rules read: sentences with their clauses, list items with the line that leads them.

Everything here keeps positions: `fold` maps character for character.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus_tools.extract.pack import MARKS, OTHER_MARK
from corpus_tools.records import Essay, Quantity, Section
from corpus_tools.text import Span

FULL_WIDTH = str.maketrans(",;:()!?", "，；：（）！？")
INSIDE_NUMBER = re.compile(r"(?<=\d)[,:](?=\d)")  # 12,000 and 8:30 keep theirs
BROKEN_DASH = re.compile(r"(?<=[\d%])[?？](?=\d)")  # 2%?5%: the page lost its dash, the sentence does not end
IN_BRACKETS = re.compile(r"（[^（）\n]{1,120}）")
BRACKET_STOPS = str.maketrans("，；。：", "····")
# （一） 1. 1、 ① ⑴ 一、 第三条 一是; a dash or bullet before it
MARKER = re.compile(
    r"[ \t　]*(?:[-*•·●]\s*)?"
    r"(?P<mark>第[一二三四五六七八九十百零〇\d]{1,5}[条章节款]"
    r"|（[一二三四五六七八九十\d]{1,3}）|[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{1,3}(?:[、．]|是(?!否)|要(?=[\u4e00-\u9fff]))"
    r"|\d{1,2}(?:[、．）]|\.(?!\d)|(?=[\u4e00-\u9fff])(?!\d*\s*(?:年|月|日|人|名|所|个|%|元|岁|次|周|天|学)))"
    r"|[①-⑳⑴-⒇⒈-⒛㈠-㈩])"
    r"[ \t　]*"
)
ANSWER = re.compile(r"[问答][：:]|[QA]\d{0,2}[：:　 ]+")  # who speaks is no part of what is said
SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]?")
COLON_BEFORE_ITEM = re.compile(r"：(?=\s*(?:（[一二三四五六七八九十\d]{1,3}）|[①-⑳⑴-⒇]|1[、．.]|一[、是]))")
CLAUSE = re.compile(r"[^，]+，?")
CLASSES = (
    (re.compile("第"), "article"),
    (re.compile("（[一二三四五六七八九十]"), "han-bracket"),
    (re.compile(r"（\d"), "bracket"),
    (re.compile("[一二三四五六七八九十]+[是要]"), "spoken"),
    (re.compile("[一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]"), "han"),
    (re.compile(r"\d"), "number"),
)


@dataclass(slots=True)
class Sentence:
    """A run of text up to 。；！？ or the end of its line, without its marker, as rules read it."""

    start: int
    end: int
    text: str  # folded
    marker: str = ""  # class of its enumeration mark, "" where it has none
    spoken_at: int = 0  # counts items; sentences of one item share it
    line: int = 0
    stop: str = ""  # the character that ended it
    lead: Sentence | None = None  # the line with a colon whose list this is an item of
    headings: tuple[str, ...] = ()  # outermost first
    quantities: tuple[Quantity, ...] = ()
    skeleton: str = ""  # the text with every quantity as one character
    places: tuple[int, ...] = ()  # where in the skeleton each quantity stands
    parted: tuple[Span, ...] = ()  # its clauses once they have been asked for
    list_class: str = ""  # of an item: the class of mark its list counts with
    row_head: Sentence | None = None  # of a table's cell: the first cell of its row
    topic: str = ""  # of a cell: a word of the field that its essay is about
    label: str = ""  # the run-in heading or table cell that says what the sentence is the value of
    before: str = ""  # the sentence before it in the same item, as a skeleton
    question: str = ""  # the question that its paragraph answers, as a skeleton
    over: str | None = None  # what stands over it, as rules read it
    letters: frozenset[str] | None = None  # its characters

    @property
    def clauses(self) -> tuple[Span, ...]:
        """Its clauses, in the skeleton."""
        if not self.parted:
            whole = (Span(0, len(self.skeleton)),)
            self.parted = tuple(Span(m.start(), m.end()) for m in CLAUSE.finditer(self.skeleton)) or whole
        return self.parted

    def in_text(self, at: int) -> int:
        """The page position of a skeleton position."""
        i = bisect_right(self.places, at - 1) if at else 0
        if not i:
            return self.start + at
        return self.quantities[i - 1].end + at - self.places[i - 1] - 1

    def clause_at(self, at: int) -> int:
        """Which clause holds a skeleton position."""
        for i, clause in enumerate(self.clauses):
            if at < clause.end:
                return i
        return len(self.clauses) - 1

    def span(self, start: int, end: int) -> Span:
        """The page span of a skeleton span, without white space and closing punctuation."""
        while start < end and self.skeleton[start] in " 　，、；。：":
            start += 1
        while end > start and self.skeleton[end - 1] in " 　，、；。：":
            end -= 1
        if end and end - 1 in self.places:
            return Span(self.in_text(start), self.quantities[self.places.index(end - 1)].end)
        return Span(self.in_text(start), self.in_text(end))


# 年限　不少于3年 and cells between tabs or bars: the first gap is a colon, the others commas
CELL_GAP = re.compile(r"(?<=[^\s，。；：|])(?:　{1,6}|\t{1,4}| {2,12}|[ \t]?[|｜][ \t]?)(?=[^\s|｜])")


NAMED_CELL = re.compile(r"(?P<name>[\u4e00-\u9fff]{2,8})[ 　](?=[^ 　])")  # 年限 不少于3年


def _cells_told(text: str) -> str:
    """A short line of table cells as a label and its values, character for character."""
    if len(text) <= 30 and (named := NAMED_CELL.match(text)):
        return f"{named['name']}：{text[named.end() :]}"
    gaps = list(CELL_GAP.finditer(text))
    if not gaps or len(text) > 120 or gaps[0].start() > 16:
        return text
    pieces: list[str] = []
    at = 0
    for gap in gaps:
        pieces += (text[at : gap.start()], ("：" if not at else "，") + "　" * (gap.end() - gap.start() - 1))
        at = gap.end()
    return "".join((*pieces, text[at:]))


def fold(text: str) -> str:
    """The text with half-width punctuation made full, character for character; stops inside brackets are dots."""
    text = BROKEN_DASH.sub("~", text)
    kept = {match.start() for match in INSIDE_NUMBER.finditer(text)}
    folded = text.translate(FULL_WIDTH)
    if kept:
        characters = list(folded)
        for at in kept:
            characters[at] = text[at]
        folded = "".join(characters)
    return IN_BRACKETS.sub(lambda match: match[0].translate(BRACKET_STOPS), folded)


def sentences_of(folded: str, essay: Essay) -> list[Sentence]:
    """The sentences of an essay in order, headings left out, each knowing its headings and the line that leads it."""
    sections = sorted(essay.sections, key=lambda s: s.start)
    heads = [s for s in sections if not _is_sentence(s, folded)]
    cuts = sorted({essay.start, essay.end, *(s.start for s in sections), *(s.end for s in heads)})
    found: list[Sentence] = []
    path: list[tuple[int, str]] = []
    at_section = {s.start: s for s in sections}
    line = item = 0
    run_in: tuple[int, str] | None = None
    label = ""
    for start, end in pairwise(cuts):
        if start in at_section:
            section = at_section[start]
            path = [*(entry for entry in path if entry[0] < section.level), (section.level, section.title)]
            item += 1
            if section in heads:
                label = section.title if len(section.title) < 16 else ""
                continue
        for low, high, new_line in _pieces(folded, start, end):
            line += new_line
            sentence = _sentence(folded, low, high)
            if sentence is None:
                continue
            if label:
                sentence.label, label = label, ""
            item += bool(sentence.marker) or new_line
            sentence.line, sentence.spoken_at = line, item
            sentence.headings = (essay.heading, *(title for _, title in path))
            if run_in and run_in[0] == line and not sentence.marker:
                sentence.headings += (run_in[1],)
            if sentence.marker and folded[high : high + 1].strip() and RUN_IN_TITLE.fullmatch(sentence.text):
                run_in = (line, sentence.text.rstrip("。"))
                label = run_in[1]
                continue
            found.append(sentence)
    return found


RUN_IN_TITLE = re.compile(r"[^，；：\d]{2,12}(?<![的者])。")  # 肆、暂不交流。 before its text on the same line
SAYS_SOMETHING = re.compile(
    r"，|满|不(?:得|少于|低于|超过)|\d[\d.]*[年%名元岁个]|[一二三四五六七八九十两]+(?:年|个?学期|学年|届|名|周岁)"
)


def _is_sentence(section: Section, folded: str) -> bool:
    """Whether what stands as a heading states something or leads a list, so that it must be read like any sentence."""
    return bool(SAYS_SOMETHING.search(section.title)) or (
        folded[section.end : section.end + 1] == "：" and not folded[section.end + 1 : section.end + 3].strip()
    )


def _pieces(folded: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    new_line = True
    last = start
    for match in SENTENCE.finditer(folded, start, end):
        new_line = new_line or "\n" in folded[last : match.start()]
        low = match.start()
        for colon in COLON_BEFORE_ITEM.finditer(folded, match.start(), match.end()):
            yield low, colon.end(), new_line
            low, new_line = colon.end(), False
        yield low, match.end(), new_line
        last, new_line = match.end(), False


def _sentence(folded: str, low: int, high: int) -> Sentence | None:
    marker = ""
    match = MARKER.match(folded, low, high)
    if match and match.end() < high:
        marker = next((name for shape, name in CLASSES if shape.match(match["mark"])), "sign")
        low = match.end()
    if answer := ANSWER.match(folded, low, high):
        low = answer.end()
    while low < high and folded[low] in " 　\t\r#*-：、":
        low += 1
    while high > low and folded[high - 1] in " 　\t\r":
        high -= 1
    if low >= high:
        return None
    return Sentence(low, high, _cells_told(folded[low:high]), marker, stop=folded[high - 1])


HEADS_A_LIST = re.compile(r"[^，。；：、\d]{2,10}(?:人员|情形|情况|对象)")


def _leads_next_line(sentence: Sentence, following: Sentence) -> bool:
    """免交流人员 alone on its line, over 孕产期教师；重病教师 in the next, or over lines that name one group each."""
    short = len(sentence.text) <= 12 and not re.search("[，。；：]", sentence.text)
    if not short or following.line != sentence.line + 1 or following.marker:
        return False
    return following.stop == "；" or (bool(HEADS_A_LIST.fullmatch(sentence.text)) and _is_bare(following))


def _is_bare(sentence: Sentence) -> bool:
    """Whether a line is a cell: short, and without any punctuation that ends something."""
    return len(sentence.text) <= 24 and not re.search("[，。；：！？]", sentence.text)


RUN_IN_LEAD = re.compile(r"[^：；。]{2,30}：.{2,}")  # 暂缓交流的情形：休产假的；离岗进修的。


def tell_leads(sentences: Sequence[Sentence]) -> None:
    """Tell each item of a list which line leads it: one that ends in a colon."""
    lead: Sentence | None = None
    previous: Sentence | None = None
    for sentence, following in zip(sentences, (*sentences[1:], None), strict=True):
        if sentence.stop == "：" or (following and _leads_next_line(sentence, following)):
            lead, previous = sentence, None
            continue
        if sentence.stop == "；" and lead is None and RUN_IN_LEAD.match(sentence.text):
            sentence.list_class = ""
            lead, previous = sentence, sentence
            continue
        if lead is not None and _is_item(sentence, lead, previous):
            sentence.lead, previous = lead, sentence
        else:
            lead = None


def _is_item(sentence: Sentence, lead: Sentence, previous: Sentence | None) -> bool:
    if sentence.headings != lead.headings or (lead.marker and sentence.marker == lead.marker):
        return False
    if previous is None:
        sentence.list_class = sentence.marker
        return True
    first = previous.list_class
    sentence.list_class = first
    if first:
        return sentence.marker == first or (not sentence.marker and sentence.line == previous.line)
    if lead.stop not in "：；" and sentence.line == previous.line + 1 and _is_bare(sentence):
        return True
    return not sentence.marker and previous.stop in "；，"


def attach(sentence: Sentence, quantities: Sequence[Quantity]) -> None:
    """Give a sentence its quantities and the skeleton in which each stands as one character."""
    if not quantities:
        sentence.skeleton = sentence.text
        return
    pieces: list[str] = []
    places: list[int] = []
    length, at = 0, sentence.start
    for quantity in quantities:
        run = sentence.text[at - sentence.start : quantity.start - sentence.start]
        pieces += (run, MARKS.get(quantity.unit or "", OTHER_MARK))
        length += len(run)
        places.append(length)
        length += 1
        at = quantity.end
    pieces.append(sentence.text[at - sentence.start :])
    sentence.skeleton = "".join(pieces)
    sentence.quantities = tuple(quantities)
    sentence.places = tuple(places)
