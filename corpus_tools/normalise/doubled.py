"""Words repeated by mistake are mended: 我的的 is, 的的确确 is not.

Wrong guesses cost more than misses: each rule names one thing that can only be damage.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from corpus_tools.codes import code_points, true_runs
from corpus_tools.lexicon import lines as entries
from corpus_tools.nlp import opencc
from corpus_tools.normalise.classes import HAN
from corpus_tools.text import Edit

# ,, ，， 、、 。。 but !! and …… are an author's; 我的的 是是 but not 的的确确 是是非非 目的的 一把把
DOUBLED_CHARACTER = re.compile(
    r"[,;，；：、。]{2}|的的(?<!目的的)(?![确確士哥])|是是(?!非)|把把(?<!一把把)(?![关關脉脈门門尿])|被被|在在(?<!好在在)"
    r"|就就(?<!早就就)(?!业)|也也|了了(?<![时時寥草甚为為没未不得]了了)(?![解结結不断斷却卻然事无無此望当當得草])|后后(?![悔来勤面期续门记代备天方排台果院半山厨卫])|给给(?![予力水养])"
    r"|对对(?<!一对对)(?<!双对对)(?![方子联手象于比照称应号口待外内岗课接立策付得])|和和(?![气氣美睦乐樂平谐諧解约約善])"
)
CLAUSE_END = re.compile("[，。；：！？,;:]")
# 配置配置，  教育局教育局
AFTER_DOUBLED_WORD = re.compile(r"[，。；：、！？的和与與及等》）”]|$", re.MULTILINE)
# 不少于不少于 is no 对不起对不起
BOUND = re.compile("不(?:少于|低于|高于|多于|小于|大于|超过|超過|等于|限于|止于|影响|影響)")
# 第一个一个, 第二天二天
ORDINAL = re.compile(f"[一二三四五六七八九十两兩几幾][{HAN}]")
# 两大大箱, but 大大的 and 大大小小
BIG_MEASURE = re.compile("[大小满滿整](?=[箱包袋盒捆堆桶篮籃车車碗盘盤筐摞叠疊把张張页頁块塊])")
# 一、 （二） 3. behind which a heading may be glued to its text: 一、轮岗之前轮岗之前，
HEADING_MARK = re.compile(r"(?:[一二三四五六七八九十\d]{1,3}[、.．)）]|[（(][一二三四五六七八九十]{1,3}[)）]) ?$")
# 最好的总结总结。: behind 的 a word that may be said twice is a noun
OF_WHAT_BEFORE = re.compile("的(?<!真的)(?<!好好的)(?<!慢慢的)(?<!轻轻的)(?<!早早的)$")
# 三年三年来
YEARS = re.compile("[一二两兩三四五六七八九十几幾多][年载載]")
# 很大很大, 细长细长的
MUCH = re.compile(
    "(?:[很最极極太真更挺好多老]|非常)[^的地了]{1,2}|[^不][黑绿綠红紅白黄黃蓝藍灰紫亮长長短细細圆圓尖凉涼热熱冷滑软軟硬直]"
)
# 一个一个, 不行不行
SAID_IN_TURN = frozenset("一不又再锟烫屯")
# Millions of characters of newspapers have none of these twice
NEVER_TWICE = frozenset("我你她它这這们們但却卻或各而且已")
# 孩子喊我我就来: the one who is called, and the one who comes
OBJECT_AND_SUBJECT = re.compile(rf"[{HAN}](?<![，。])([我你她它])\1(?=[就也才都便不没會会能要偏還还又再])")
# 第一名第一名，
RANK = re.compile(f"第[{HAN}][名届屆期批轮輪章节節条條]")
# 走着走着, 来呀来呀, 三天三天
SAID_TWICE = frozenset("着了过過啊呀呢吧吗嗎哪啦来來去上下的地得一二三四五六七八九十两兩几幾半百千万萬好真太很")
SAID_ONCE = frozenset(
    ("常常", "往往", "刚刚", "剛剛", "仅仅", "僅僅", "恰恰", "偏偏", "明明", "稍稍", "纷纷", "紛紛", "频频", "頻頻")
)
ONLY_HAN, HAN_AT_END = re.compile(f"[{HAN}]+"), re.compile(f"[{HAN}]+$")


def doubled_edits(text: str) -> list[Edit]:
    """Edits of kind `doubled` that take the second of two away."""
    codes = code_points(text)
    twice = _repeats(codes, 1)
    found = [match.span() for at in twice if (match := DOUBLED_CHARACTER.match(text, at)) and not _is_paired(text, at)]
    found += [(at, at + 2) for at in twice if _is_counted_twice(text, at) or _is_small_word_twice(text, at)]
    found += [(at, at + 2 * size) for size in (2, 3, 4) for at in _repeats(codes, size) if _is_slip(text, at, size)]
    edits: list[Edit] = []
    for start, end in sorted(found):
        if not edits or edits[-1].end <= start:
            edits.append(Edit((start + end) // 2, end, "", "doubled"))
    return edits


def _repeats(codes: NDArray[np.uint32], size: int) -> list[int]:
    """Where `size` characters stand twice in a row, and not three times; 坚持坚持坚守 has the first once more."""
    starts, ends = true_runs(codes[size:] == codes[:-size])
    found: list[int] = starts[(ends - starts >= size) & (ends - starts < min(2 * size, size + 2))].tolist()
    return found


def _is_paired(text: str, at: int) -> bool:
    """Whether the character that stands twice at `at` does so beside another that does: 实实在在."""
    return text[at - 2 : at - 1] == text[at - 1 : at] != "" or text[at + 2 : at + 3] == text[at + 3 : at + 4] != ""


def _is_counted_twice(text: str, at: int) -> bool:
    """Whether the character that stands twice at `at` is that of a measure: 两大大箱."""
    return text[at - 1 : at] in SAID_TWICE and BIG_MEASURE.match(text, at + 1) is not None


def _is_small_word_twice(text: str, at: int) -> bool:
    """Whether a word of one character stands twice at `at` that no other word ends or begins with: 我我 but 参与与."""
    if text[at] not in NEVER_TWICE or _is_paired(text, at) or _is_in_quotation(text, at):
        return False
    return not OBJECT_AND_SUBJECT.match(text, at - 1)


def _is_in_quotation(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    return text.rfind("“", start, at) > text.rfind("”", start, at)


def _is_slip(text: str, at: int, size: int) -> bool:
    """Whether the word that stands twice at `at` can only be there by mistake."""
    word = text[at : at + size]
    if BOUND.fullmatch(word):
        return True
    if MUCH.fullmatch(word):
        return False
    if RANK.fullmatch(word):
        return not _is_in_quotation(text, at)
    if size == 2:
        return _is_pair_slip(text, at, word)
    # 对不起对不起 and 一个困难一个困难 are said, 不当之处不当之处 is a slip
    said = frozenset("一锟烫屯") if size == 4 else SAID_IN_TURN
    plain = ONLY_HAN.fullmatch(word) is not None and len(set(word)) == size and said.isdisjoint(word)
    return plain and not HEADING_MARK.search(text, max(0, at - 8), at)


def _is_pair_slip(text: str, at: int, word: str) -> bool:
    """The same for a word of two characters, which people do say twice more often than not."""
    before, after = text[at - 1 : at], text[at + 4 : at + 5]
    if word[0] == word[1]:
        return word in SAID_ONCE  # 常常常常, but 慢慢慢慢
    if (before == "第" and ORDINAL.fullmatch(word)) or (YEARS.fullmatch(word) and after in ("来", "來")):
        return True
    if not ONLY_HAN.fullmatch(word) or not SAID_IN_TURN.isdisjoint(word):
        return False
    if _is_never_repeated(word):
        # “我们我们……” is a stammer, 支付保证保证金 two words
        return after not in ("…", "—") and _begins_with_word(text[at + 2 : at + 8], word)
    if HEADING_MARK.search(text, max(0, at - 8), at):
        return False
    if _is_noun_twice(text, at):
        return True
    if before == "、" and after in ("、", "等"):
        return not _may_be_repeated(word)  # 护学、值周值周等
    if ONLY_HAN.match(before) and _is_fragment(text, at):
        return True
    if _may_be_repeated(word) or not SAID_TWICE.isdisjoint(word):
        return False  # 看着看着，
    if AFTER_DOUBLED_WORD.match(text, at + 4):
        return after != "的" and ONLY_HAN.match(before) is not None  # 滴答滴答的, ，有哇有哇，
    return _is_word_twice(text, at)


def _is_word_twice(text: str, at: int) -> bool:
    """Whether two characters that stand twice at `at` are the same word both times: 城里一所小学小学才, 孩子孩子们 not.

    Not in a quotation, where people stammer; not before 的, where it describes (昏暗昏暗的); and not in the first
    clause of a line, where a heading may run into its text: （二）师徒结对结对双方应当…
    """
    from corpus_tools.nlp.jieba import cut

    start = text.rfind("\n", 0, at) + 1
    if (
        not SAID_TWICE.isdisjoint(text[at : at + 2])
        or text[at + 4 : at + 5] in "的地"
        or not CLAUSE_END.search(text, start, at)
    ):
        return False
    if _is_in_quotation(text, at):
        return False
    before, behind = HAN_AT_END.search(text, max(start, at - 6), at), ONLY_HAN.match(text, at, at + 10)
    head = before.group() if before else ""
    words = cut(opencc.convert(head + (behind.group() if behind else ""), "t2s"))
    return {len(head), len(head) + 2, len(head) + 4} <= set(accumulate(map(len, words), initial=0))


def _may_be_repeated(word: str) -> bool:
    return opencc.convert(word, "t2s") in _may_repeat()


def _is_never_repeated(word: str) -> bool:
    """Whether no author says a word of two characters twice in a row."""
    return opencc.convert(word, "t2s") in _never_repeated()


def _is_noun_twice(text: str, at: int) -> bool:
    """Whether a noun stands twice at `at`, as a word on either side: 的心理心理辅导, but 党支部支部书记, 服务服务站."""
    from corpus_tools.nlp.jieba import cut

    if text[at + 4 : at + 5] in ("。", "，", "；") and OF_WHAT_BEFORE.search(text, max(0, at - 3), at):
        return True
    word = opencc.convert(text[at : at + 2], "t2s")
    if word not in _nouns() or not (ONLY_HAN.match(text[at - 1 : at]) or text[at - 1 : at] in "、《"):
        return False
    before = ONLY_HAN.findall(text[max(0, at - 5) : at])
    if before and cut(opencc.convert(before[-1] + text[at : at + 2], "t2s"))[-1] != word:
        return False
    if AFTER_DOUBLED_WORD.match(text, at + 4):
        return True
    after = cut(opencc.convert(text[at + 2 : at + 8], "t2s"))
    return after[0] == word and len(after) > 1 and len(after[1]) > 1


def _is_fragment(text: str, at: int) -> bool:
    """Whether the two characters that stand twice at `at` are the pieces of words, not a word: 我们镇们镇上."""
    from corpus_tools.nlp.jieba import cut

    pair, after = text[at : at + 2], text[at + 4 : at + 8]
    if not ONLY_HAN.match(after) or not set(pair).isdisjoint(SAID_TWICE):
        return False
    before = text[max(0, at - 4) : at]
    tail = ONLY_HAN.findall(before)[-1] if before else ""
    head = ONLY_HAN.findall(after)[0]
    whole = opencc.convert(tail + pair + head, "t2s")
    if len(cut(whole[len(tail) : len(tail) + 2])) == 1:
        return False
    bounds, place = set(), 0
    for word in cut(whole):
        place += len(word)
        bounds.add(place)
    return len(tail) not in bounds and len(tail) + 2 not in bounds


def _begins_with_word(piece: str, word: str) -> bool:
    """Whether the first word of `piece` is `word` and not a longer one."""
    from corpus_tools.nlp.jieba import cut

    return cut(opencc.convert(piece, "t2s"))[0] == opencc.convert(word, "t2s")


@cache
def _never_repeated() -> frozenset[str]:
    return frozenset(entries("never_repeated.txt"))


@cache
def _nouns() -> frozenset[str]:
    return frozenset(entries("nouns.txt"))


@cache
def _may_repeat() -> frozenset[str]:
    return frozenset(entries("reduplication.txt"))
