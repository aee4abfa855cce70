"""Headings that have no marker: a short line above prose, a label (教学方面：), paragraphs that begin alike."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from corpus_tools.lexicon import words
from corpus_tools.segment.glued import GOES_ON, standard_headings
from corpus_tools.segment.markers import Item
from corpus_tools.segment.titles import BRACKETED
from corpus_tools.strip.lines import Line
from corpus_tools.strip.title_words import has_genre

LONG_NAME = 10  # a title as long that ends in the name of a kind of text is a document's
# 九月：… 第三周：… in a plan
PERIOD = re.compile(
    r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})月份?(?:[上中下]旬)?|第[一二三四五六七八九十\d]{1,3}周|[寒暑]假期?|[上中下]旬"
)
# 走进学校，先看厕所再看课堂; 三月，种树: two halves
PAIRED = re.compile(r"(?![我他她你])[^。！？!?;:…,、“”]{2,10},[^。！？!?;:…,、“”]{2,12}(?:“[^“”。]{2,8}”)?")
# 扎根, 坚守, 帮学生: two or three characters that are no name and no speaker
BRIEF = re.compile(r"(?!.*[师者长员问答某]$|(?!.学).*生$)[\u4e00-\u9fff]{2,3}")
EMOJI_REACH = 12  # characters of a line's end that emoji may fill
PARAGRAPH_END = tuple("。！!?:;)”」…")
LEAD = 16  # characters that a paragraph's first sentence has at most if it is a title
LEAD_TEXT = 30  # characters that stand behind it
FOUR = 4  # characters of a title that nothing parts from its sentence
UNPARTED = re.compile(rf"[\u4e00-\u9fff]{{4}}(?![{''.join(sorted(GOES_ON))}，。！？；：”）])")
CLAUSE_END = re.compile(r"[,，。！？!?;；:：]")
APART = 4  # paragraphs between two parts that are announced together
FEW_CHARS = 6
NO_FIRST = frozenset("我你您他她它咱这那有没不在是就也都还再又很真太可但而孩老学教校家同")
# 特别之处在于安静, 适应是从一日三餐开始的, 种子还要经得住等: a sentence that states something, alike or not
STATES = re.compile(r"在于|[让使令教][我会]|(?<![但可也])是.+的$|[首最][先后]|还[要有是在]|[到成]了|,(?:就是|才|也|便)")
# Characters that the paragraph below a heading has at least, by the heading's shape.
LEAST_TEXT = {
    "standard": 4,
    "period": 4,
    "asked": 4,
    "plain": 14,
    "paired": 14,
    "brief": 14,
    "question": 14,
    "two parts": 14,
}
LEAST_LINES = {"standard": 1, "plain": 1, "question": 3}  # of the other shapes there must be two
# 【教学目标】, but not what a paper says of itself
TITLED = re.compile(
    r"【(?!\s*(?:摘\s*要|内容[摘提]要|提\s*要|关键[词字]|主题词|作者简介|作者单位|基金项目|中图分类号|参考文献|编者按))[^【】。,]{2,16}】"
)
# ◆教学方面
BULLET = re.compile(r"[◆●■▲★※◎☆◇►]\s*")
QUESTION = re.compile(r"[^“”。!;:…?]{3,20}\?")
# 问：图什么？
ASKED = re.compile(r"(?:问|Q\d{0,2})[:.]\s?[^。!;:…?]{2,24}\?")
ANSWERED = re.compile(r"(?:答|A)\d{0,2}[:.\s]")  # questions and answers are a talk, not headings and text
# 回顾：我做了什么
TWO_PART = re.compile(
    r"[\u4e00-\u9fff]{2,6}(?<!单位|时间|日期|地点|电话|编号|机构|部门|[^的做]人):[^。！？!?;:…,、\d]{4,16}"
)
LONE_LABEL = re.compile(r"(?!如下|以下|下列|具体|有关|其|各)[\u4e00-\u9fff]{4,8}:")
BOLD = "**"
# 牵挂：儿子上一年级，我缺席了他的开学典礼。; 王老师：…, 家长：… are people who talk
RUN_LABEL = re.compile(r"(?P<label>[\u4e00-\u9fff]{2,4})(?<![师生者长员问答某民友事方]):.{10}")
FULL_STOP = tuple("。！!?”…")
BULLETED = re.compile(r"[-•·●○*]\s")
EMOJI = re.compile(r"[\u2600-\u27bf\ufe0f\U0001f000-\U0001faff\s]+$")
# Short lines that are no headings: signatures, dates, a diary's days, greetings, names, captions, things said.
NOT_A_HEADING = re.compile(
    r".*(?:\d{4}|20[xX_]{2}|[xX×○]{2})年.*|"
    r".*(?:\d{1,2}|[一二三四五六七八九十]{1,3})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号].{0,12}|"
    r".*(?<!一所)(?:学校|小学|中学|国小|国中|大学|学院|局|厅|委员会|办公室|政府|处|公司)(?:\s.{2,20})?|.|.*(?:\[[\dxX×]{4}\][\dxX×]+号|第\d+[号期]).*|"
    r".*(?:同志们|老师们|同学们|朋友们|您好|大家好|谢谢大家)|(?:谢谢|此致|敬礼|敬请|特此|附件).*|"
    r".{0,8}(?:记者|通讯员|摄影|撰稿|供稿)\s.*|[图表]\s?\d.*|.*[着吗呢吧啊呀]|"
    r"(?:文|图|文图|图文|撰文|作者|编辑|记者|通讯员)\s?[/|:].*|[^\u4e00-\u9fff]+|[-—–•●◆■·(\[【“《].*"
)


def unmarked_items(lines: Sequence[Line], body: int, taken: set[int], items: Sequence[Item]) -> list[Item]:
    """Paragraphs that are or begin with a heading without a marker, as items of style `plain` or `plain_line`."""
    marked = {item.line for item in items} | taken
    lines = [_without_bold(line) if line.text.startswith(BOLD) else line for line in lines]
    found = {i: _item(lines[i], i, shift, length) for i, shift, length in _labels(lines, body, marked)}
    for i, length in _label_runs(lines, marked):
        found.setdefault(i, _item(lines[i], i, 0, length))
    for i, length in (
        *_unparted_leads(lines, marked),
        *_parallel_leads(lines, marked),
        *_announced_leads(lines, marked),
    ):
        found.setdefault(i, _item(lines[i], i, 0, length))
    firsts = {item.line for item in items if item.number == 1 and item.leads}
    for i, length in _in_brackets(lines, marked):
        found[i] = _item(lines[i], i, 0, length)._replace(style="bracket")
    for i in _lone_labels(lines, marked):
        found[i] = _item(lines[i], i, 0, len(lines[i].text) - 1)._replace(style="plain_line", closed=True)
    for i in _short_lines(lines, marked, taken, firsts, set(found)):
        found[i] = _item(lines[i], i, 0, len(lines[i].text))._replace(style="plain_line", closed=True)
    return [found[i] for i in sorted(found)]


def _item(line: Line, i: int, shift: int, length: int) -> Item:
    start = line.start + shift
    return Item(start, "plain", 0, "", line.text[shift : shift + length], start, i, True, 0, False)


def _without_bold(line: Line) -> Line:
    """A line without the marks that print it, or what it begins with, in bold."""
    bare = line.text.removesuffix(BOLD)
    end = line.end - len(line.text) + len(bare)
    begin = min(len(BOLD), len(bare))
    return Line(line.start + begin, end, bare[begin:]) if bare[begin:] else line


def _labels(lines: Sequence[Line], body: int, marked: set[int]) -> list[tuple[int, int, int]]:
    """Paragraphs that begin with a label: 导语：…, 课堂教学方面：…; 九月：… and 说明：… where they come again."""
    repeated, qualities = words("titles.toml", "labels"), words("titles.toml", "qualities")
    standard = standard_headings()
    found = []
    waiting: dict[str, list[tuple[int, int, int]]] = {}
    for i, line in enumerate(lines):
        shift = max(0, body - line.start)
        if i in marked and not shift:
            continue
        colon = line.text.find(":", shift, shift + 12)
        label = line.text[shift:colon] if colon > 0 else ""
        if not label:
            continue
        if label in standard or (len(label) > 3 and label.endswith("方面") and "," not in label):
            found.append((i, shift, len(label)))
        elif PERIOD.fullmatch(label):
            waiting.setdefault("period", []).append((i, shift, len(label)))
        elif label in qualities:
            waiting.setdefault("qualities", []).append((i, shift, len(label)))
        elif label in repeated:
            waiting.setdefault(label, []).append((i, shift, len(label)))
    return found + [place for places in waiting.values() if len(places) > 1 for place in places]


def _label_runs(lines: Sequence[Line], marked: set[int]) -> list[tuple[int, int]]:
    """Labels of one length on neighbouring paragraphs: 时间：… 精力：… 牵挂：…; two will do if they are usual."""
    found: list[tuple[int, int]] = []
    run: list[tuple[int, str]] = []
    for i, line in enumerate([*lines, Line(0, 0, "")]):
        label = _label_of(line.text) if ":" in line.text[:5] and i not in marked else ""
        if run and (not label or i > run[-1][0] + 1 or len(label) != len(run[-1][1])):
            found += [(at, len(words)) for at, words in run] if _are_headings([words for _, words in run]) else []
            run = []
        run += [(i, label)] if label else []
    return found


def _label_of(line: str) -> str:
    match = RUN_LABEL.match(line)
    return match["label"] if match and line.endswith(FULL_STOP) else ""


def _are_headings(labels: Sequence[str]) -> bool:
    """Whether labels are an author's, not a form's nor those of people who talk in turn."""
    usual, forms = words("titles.toml", "labels"), words("titles.toml", "form_labels")
    if len(set(labels)) < len(labels):
        return False
    if len(labels) == 2:
        return all(label in usual for label in labels)
    return len(labels) > 2 and 3 * sum(label in forms for label in labels) <= len(labels)


def _lone_labels(lines: Sequence[Line], marked: set[int]) -> list[int]:
    """Labels that stand alone on their lines, where there are several: 教学目标："""
    ends = (*words("titles.toml", "heading_ends"), *words("titles.toml", "label_ends"))
    short = (i for i, line in enumerate(lines[:-1]) if line.text[-1] == ":" and LONE_LABEL.fullmatch(line.text))
    found = [i for i in short if i not in marked and lines[i].text[:-1].endswith(ends)]
    return found if len(found) > 1 else []


def _in_brackets(lines: Sequence[Line], marked: set[int]) -> list[tuple[int, int]]:
    """Paragraphs that are or begin with a title in brackets, where there are several: 【教学目标】."""
    found = [(i, match.end()) for i, line in enumerate(lines) if i not in marked and (match := TITLED.match(line.text))]
    return found if len(found) > 1 else []


def _parallel_leads(lines: Sequence[Line], marked: set[int]) -> list[tuple[int, int]]:
    """Neighbouring long paragraphs whose short first sentences are built alike: 要注重宣传。… 要注重督导。…"""
    leads = ["" if i in marked else _lead(line.text) for i, line in enumerate(lines)]
    pairs = ((i, a, b) for i, (a, b) in enumerate(pairwise(leads)) if a and b and _alike(a, b))
    return [place for i, a, b in pairs for place in ((i, len(a)), (i + 1, len(b)))]


def _lead(line: str) -> str:
    """The short first sentence of a long paragraph."""
    stop = line.find("。", 0, LEAD + 1)
    return line[:stop] if stop > 1 and len(line) - stop > LEAD_TEXT else ""


def _alike(a: str, b: str) -> bool:
    if STATES.search(a) or STATES.search(b):
        return False
    if len(a) == len(b) <= FEW_CHARS and a[0] == b[0] and a[0] not in NO_FIRST:
        return True  # 抓常规。… 抓教研。…, 一堂好课。… 一次研讨。…
    if min(len(a), len(b)) < 4:
        return False
    return (a[:2] == b[:2] and abs(len(a) - len(b)) <= 4 and "我" not in a[:2]) or a[-3:] == b[-3:]


def _announced_leads(lines: Sequence[Line], marked: set[int]) -> list[tuple[int, int]]:
    """Paragraphs that begin with what one above them says in a row: “多看，少说，慢慢做。” 多看。… 少说。…"""
    leads = [(i, lead) for i, line in enumerate(lines) if i not in marked and (lead := _lead(line.text))]
    found: list[tuple[int, int]] = []
    for (i, a), (j, b) in pairwise(leads):
        above = lines[max(0, i - APART) : i] if j - i <= APART else ()
        if any(f"{a}{mark}{b}" in line.text for line in above for mark in ",、;。"):
            found += [(i, len(a)), (j, len(b))]
    return found


def _unparted_leads(lines: Sequence[Line], marked: set[int]) -> list[tuple[int, int]]:
    """Paragraphs that begin with titles of four characters, nothing behind: 走近家长|这里的家长… 走近同事|办公室里…

    One whose sentence does not show where it begins needs another with its verb whose does.
    """
    verbs = frozenset(words("titles.toml", "lead_verbs"))
    leads = [
        (i, line.text)
        for i, line in enumerate(lines)
        if line.text[:2] in verbs and i not in marked and len(line.text) > LEAD_TEXT and UNPARTED.match(line.text)
    ]
    shown = {i for i, text in leads if _begins_behind(text)}
    with_verb = {text[:2] for i, text in leads if i in shown}
    found = [i for i, text in leads if i in shown or text[:2] in with_verb]
    return [(i, FOUR) for i in found] if len(found) > 1 else []


def _begins_behind(text: str) -> bool:
    """Whether a sentence begins behind the first four characters, or takes up what they are about as its subject."""
    return bool(_lead_starts().match(text, FOUR)) or text[2:FOUR] in CLAUSE_END.split(text[FOUR : FOUR + LEAD], 1)[0]


@cache
def _lead_starts() -> re.Pattern[str]:
    return re.compile("|".join(words("titles.toml", "lead_starts")))


def _short_lines(
    lines: Sequence[Line], marked: set[int], taken: set[int], firsts: set[int], labelled: set[int]
) -> list[int]:
    """Short lines between paragraphs, where there are several of them or a numbered list begins below."""
    by_shape: dict[str, list[int]] = {}
    for i, line in enumerate(lines[:-1]):
        shape = _shape(line.text) if i not in marked and i not in labelled else ""
        if not shape or (i and i - 1 not in taken and not _ends_paragraph(lines[i - 1].text)):
            continue
        if shape in ("asked", "question") and ANSWERED.match(lines[i + 1].text):
            continue
        if i + 1 in firsts or (i + 1 not in marked and _is_text(lines[i + 1].text, LEAST_TEXT[shape])):
            by_shape.setdefault(shape, []).append(i)
    found = [i for shape, places in by_shape.items() if len(places) >= LEAST_LINES.get(shape, 2) for i in places]
    return sorted(found) if len(found) > 1 or any(i + 1 in firsts for i in found) else []


def _is_text(line: str, least: int) -> bool:
    return (len(line) > least and _is_finished(line)) or bool(BULLETED.match(line))


def _is_finished(line: str) -> bool:
    return line.endswith(PARAGRAPH_END) or EMOJI.sub("", line[-EMOJI_REACH:]).endswith(PARAGRAPH_END)


def _shape(line: str) -> str:
    """What kind of heading a short line would be; empty where it can be none."""
    bare = BULLET.sub("", BRACKETED.sub("", line), count=1)
    if bare in standard_headings():
        return "standard"
    if PERIOD.fullmatch(bare):
        return "period"
    if PAIRED.fullmatch(line):
        return "paired"
    if QUESTION.fullmatch(line):
        return "question"
    if ":" in line and ASKED.fullmatch(line):
        return "asked"
    if ":" in line and TWO_PART.fullmatch(line) and line[: line.index(":")] not in words("titles.toml", "form_labels"):
        return "two parts"
    if len(line) > 40 or any(char in bare for char in "。！!?;:…,") or NOT_A_HEADING.fullmatch(bare):
        return ""
    if len(line) >= LONG_NAME and has_genre(line):
        return ""  # 某县教师交流实施办法: a document that is attached or issued
    if len(bare) < 4 and not bare.startswith("关于"):
        return "brief" if BRIEF.fullmatch(bare) else ""
    return "plain" if len(bare) <= 24 else ""


def _ends_paragraph(line: str) -> bool:
    return _is_finished(line) or (len(line) <= 40 and not line.endswith((",", "、")))
