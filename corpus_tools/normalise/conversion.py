"""Mainland text that a converter turned traditional, and what the converter got wrong, mended before it is folded.

Template sites publish one text twice, once through a converter. Two things go wrong that no converter mends on the
way back. Taiwan's school words come in where the mainland's were: 小学 → 國小 (so 中小学 → 中國小), 初中 → 國中.
And phrase matching runs over the ends of words: 校长|发挥 → 校長髮揮, because 长发 is in its list. A real Taiwan page
says 國小 and means it, so a page is judged first; and 我國小麥, 中國小說 and 愛國中學 are right on any page, so each
place is judged next.

A few characters of the other script in a page (中小學生 among simplified words, 我们 among traditional) are slips of
the same kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from itertools import chain
from typing import Literal, get_args

from corpus_tools.lexicon import lines as entries
from corpus_tools.lexicon import table
from corpus_tools.nlp import opencc
from corpus_tools.normalise.classes import HAN
from corpus_tools.normalise.misread import misread_runs
from corpus_tools.normalise.one_to_many import WRONG_WORDS, misspelt, suspect
from corpus_tools.normalise.script import deciding_characters, detect_script, script_counts
from corpus_tools.spotter import Spotter
from corpus_tools.text import Edit

Origin = Literal["mainland", "taiwan", "unknown"]
Side = Literal["mainland", "taiwan", "by_converter", "hong_kong"]

# 國中 before these is Taiwan's junior school: 國中生, 國中畢業, 國中、高中
SCHOOL_AFTER = re.compile("生(?!代|意|命)|畢業|老師|教師|校長|階段|部(?!隊|分)|升|[、和與及,，。]|[一二三]年級")
# 現有國中十八所, 。國中以學科教師為主: 國 ends no country's name behind these, and 中 begins no word
SCHOOL_BEFORE = re.compile(r"(?:^|[\s，。、；：！？,;:（(“]|[的有所個在到縣市鎮鄉區校級類讀上由至從及和與或])$")
NO_SCHOOL = re.compile("[之部央間文醫華原西東南北心立外期式層等產共餐藥興國小]")
SENTENCE_END = re.compile(r"[。！？\n]")
IN_TAIWAN = re.compile(
    "[臺台](?:灣|湾|北|中|南|東|东|胞|商)(?![學学心部])|新北市|高雄|新竹|苗栗|彰化|南投|嘉義|屏東|花蓮|宜蘭|基隆|澎湖|金門|馬祖|海峽|對岸|兩岸"
)
# 第二十八國小
NUMBERED_SCHOOL = re.compile("第[一二三四五六七八九十百]{1,4}$")

# Other ways to write a character, no conversion's slip: 人民羣众
VARIANTS = frozenset("羣峯衞説麽喫牀鷄綫裏啓")
# ... and what printers of traditional text use too, though OpenCC counts them as simplified: 温 户 没
NEW_FORMS = frozenset("温户内没吴虚悦税脱黄录奥产万亘凄凉刹却厘厦咤庄强彦恒抛栖毁淀烟熏猪猫瓮痒粮脚蝎踪迹么葱")
LINE = re.compile(r"[^\n]+")

# (?<=[規示模典防])范: what must, or must not, stand before a letter
LOOK_BEHIND = re.compile(rf"\(\?<([=!])([^()]+)\)([{HAN}])")

# A page needs this many more words of one side than of the other before it is called one or the other.
MARGIN = 1


def origin(text: str) -> Origin:
    """Whether a traditional text is at heart a mainland one or really from Taiwan or Hong Kong."""
    mainland = _words_of(text, "mainland") + ("“" in text and "「" not in text)
    taiwan = _words_of(text, "taiwan") + (_words_of(text, "by_converter") > 0) + 2 * ("「" in text and "“" not in text)
    if mainland >= taiwan + 2 * _words_of(text, "hong_kong") + MARGIN:
        return "mainland"
    return "taiwan" if taiwan > mainland else "unknown"


def may_be_taiwan(text: str) -> bool:
    """Whether anything in `text` points to Taiwan: a word, or its quotation marks."""
    return "「" in text or _taiwan_words_of(text) > 0


def from_taiwan(text: str) -> bool:
    """Whether `text` is plainly Taiwan's: three or more of its own words and none of the mainland's."""
    return _taiwan_words_of(text) >= 3 and not _words_of(text, "mainland")


def _taiwan_words_of(text: str) -> int:
    return _words_of(text, "taiwan") + _words_of(text, "by_converter")


def _words_of(text: str, side: Side) -> int:
    """How many different words of one side stand in `text`."""
    words = table("origin.toml")[side]
    return len(_telling_words(text).intersection(words))


@lru_cache(maxsize=4)  # a page is judged when it is mended and again when it is folded
def _telling_words(text: str) -> frozenset[str]:
    """The words in `text` that are one side's."""
    return _words_of_sides().standing_in(text)


@cache
def _words_of_sides() -> Spotter:
    return Spotter(chain.from_iterable(table("origin.toml")[side] for side in get_args(Side)))


def conversion_edits(text: str) -> list[Edit]:
    """Edits of kind `bad_conversion` that mend what a converter got wrong, in the script of `text`."""
    simplified, traditional = script_counts(text)
    if not traditional:
        return []
    found = _slips(text, "simplified" if simplified > traditional else "traditional")
    if "國" in text or suspect().search(text) or simplified <= traditional:
        found += _mends(text, simplified > traditional)
    misread = misread_runs(text) if found else []
    edits: list[Edit] = []
    for edit in sorted(found, key=lambda edit: (edit.start, -edit.end)):
        if any(start <= edit.start < end for start, end in misread):
            continue
        if not edits or edits[-1].end <= edit.start:
            edits.append(edit)
    return _joined(edits)


def _joined(edits: Sequence[Edit]) -> list[Edit]:
    """The edits with those that touch as one: 齣髮 is one slip for 出發."""
    joined: list[Edit] = []
    for edit in edits:
        if joined and joined[-1].end == edit.start and joined[-1].kind == edit.kind:
            before = joined.pop()
            edit = Edit(before.start, edit.end, before.replacement + edit.replacement, edit.kind, before.note)
        joined.append(edit)
    return joined


def _mends(text: str, mostly_simplified: bool) -> list[Edit]:
    """Edits for the traditional lines of `text`, where these are a mainland text."""
    if not mostly_simplified:
        return _all_mends(text) if origin(text) == "mainland" else []
    spans = [match.span() for match in LINE.finditer(text) if detect_script(match.group()) == "traditional"]
    if origin("\n".join(text[start:end] for start, end in spans)) != "mainland":
        return []
    return [edit for edit in _all_mends(text) if any(start <= edit.start < end for start, end in spans)]


def _all_mends(text: str) -> list[Edit]:
    """What a converter got wrong in `text`; what is told of Taiwan keeps Taiwan's words."""
    taiwans = (*_school_words(text), *_in_patterns(text, "taiwan_words"))
    return [*(edit for edit in taiwans if not _is_of_taiwan(text, edit.start)), *_wrong_words(text)]


def _is_of_taiwan(text: str, at: int) -> bool:
    """Whether the sentence around `at` names a place in Taiwan: 新竹市一所國小."""
    starts = [match.end() for match in SENTENCE_END.finditer(text, max(0, at - 120), at)]
    stop = SENTENCE_END.search(text, at, at + 120)
    sentence = text[starts[-1] if starts else max(0, at - 120) : stop.start() if stop else at + 120]
    return IN_TAIWAN.search(sentence) is not None


def _school_words(text: str) -> Iterator[Edit]:
    for match in re.finditer("國小|國中(?!國?小)", text):
        start, end = match.span()
        before = text[max(0, start - 5) : start]
        if match.group() == "國中":
            school = SCHOOL_AFTER.match(text, end) or (SCHOOL_BEFORE.search(before) and not NO_SCHOOL.match(text, end))
            if school and not _ends_a_country(before):
                yield Edit(start, end, "初中", "bad_conversion", "國中 for 初中")
        elif not _small_word().match(opencc.convert(text[start + 1 : start + 6], "t2s")):
            # 中小学 → 中國小; but 臺中國小, 國中國小, 新中國小 are a place's or two schools
            if before[-1:] == "中" and before[-2:-1] not in ("臺", "台", "國", "高", "新"):
                yield Edit(start - 1, end, "中小學", "bad_conversion", "中國小 for 中小学")
            elif not _ends_a_country(before):
                yield Edit(start, end, "小學", "bad_conversion", "國小 for 小学")


@cache
def _small_word() -> re.Pattern[str]:
    """A pattern of the words that begin with 小 and may follow the name of a country: 小说 小麦."""
    return re.compile("|".join(sorted(entries("small_words.txt"))))


def _ends_a_country(before: str) -> bool:
    """Whether 國 belongs to the word before it: 我國, 三國, but 第三 國小."""
    endings = table(WRONG_WORDS)["country_endings"]
    return bool(before) and before[-1] in endings and not NUMBERED_SCHOOL.search(before)


def _in_patterns(text: str, name: str) -> Iterator[Edit]:
    """Edits for the words of one table of `conversions.toml`."""
    patterns, long_literals = _patterns(name)
    standing = long_literals.standing_in(text)
    for literal, wrong, right in patterns:
        if literal in standing or (len(literal) < 2 and literal in text):
            for match in wrong.finditer(text):
                yield Edit(match.start(), match.end(), right, "bad_conversion")


def _wrong_words(text: str) -> Iterator[Edit]:
    yield from _in_patterns(text, "always")
    yield from misspelt(text)


@cache
def _patterns(name: str) -> tuple[tuple[tuple[str, re.Pattern[str], str], ...], Spotter]:
    """Patterns of wrong words and the right ones, each after letters without which it need not be looked for."""
    patterns = tuple(
        (max(re.split(r"\(\?.*?\)|\[.*?\]", wrong), key=len), re.compile(_letter_first(wrong)), right)
        for wrong, right in table(WRONG_WORDS)[name].items()
    )
    return patterns, Spotter(literal for literal, _, _ in patterns if len(literal) > 1)


def _letter_first(pattern: str) -> str:
    """The pattern with its letter in front of what must stand before it: so much faster is it found.

    >>> _letter_first("(?<=[規示])范(?!老)"), _letter_first("(?<!若|相)干(?=部)")
    ('范(?<=[規示]范)(?!老)', '干(?<!若干|相干)(?=部)')
    """
    match = LOOK_BEHIND.match(pattern)
    if not match:
        return pattern
    sign, before, letter = match.groups()
    return f"{letter}(?<{sign}{'|'.join(word + letter for word in before.split('|'))}){pattern[match.end() :]}"


def _slips(text: str, script: Literal["simplified", "traditional"]) -> list[Edit]:
    """Characters of the other script in the lines of a page in `script`; a line wholly in the other is no slip."""
    odd, scheme = _odd_run(script), "t2s" if script == "simplified" else "s2tw"
    edits = []
    for match in LINE.finditer(text):
        line = match.group()
        if odd.search(line) and detect_script(line) == script:
            for slip in odd.finditer(line):
                if script == "traditional" and NEW_FORMS.issuperset(slip.group()):
                    continue
                kind = "variant" if VARIANTS.issuperset(slip.group()) else "bad_conversion"
                right = opencc.convert(slip.group(), scheme)
                edits.append(
                    Edit(match.start() + slip.start(), match.start() + slip.end(), right, kind, "other script")
                )
    return edits


@cache
def _odd_run(script: str) -> re.Pattern[str]:
    """A pattern of characters in a row that only the other script has."""
    simplified, traditional = deciding_characters()
    return re.compile(f"[{traditional if script == 'simplified' else simplified}]+")
