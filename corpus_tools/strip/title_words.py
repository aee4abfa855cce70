"""What titles and the numbers before them look like."""

from __future__ import annotations

import re

from corpus_tools.lexicon import words

NUMBER = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4})"
# 一、 （二） 3. 第四条 at the start of a line: an item of a text, not its title
ITEM = re.compile(rf"(?:#{{1,6}}\s*)?(?:[(]?{NUMBER}[)、.．]|[壹贰叁肆伍陆柒捌玖拾貳參参陸]、|第{NUMBER}[章节条编])")
SENTENCE_END = tuple("。！？!?;；…,，、")
SIGNS = {char: i + 1 for row in ("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ") for i, char in enumerate(row)}
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")}
HASHES = re.compile(r"^#{1,6}")
BRACKETED_ENDING = re.compile(r"(?<=.)[(][^()]{1,12}[)]$")


def number_of(token: str) -> int:
    """The value of a small numeral, 0 where it is none.

    >>> [number_of(token) for token in ("7", "七", "十二", "二十", "一百零三", "③")]
    [7, 7, 12, 20, 103, 3]
    """
    if token.isdecimal():
        return int(token)
    if token in SIGNS:
        return SIGNS[token]
    total = digit = 0
    for char in token:
        if char in DIGITS:
            digit = DIGITS[char]
        elif char in "十百":
            total += (digit or 1) * (10 if char == "十" else 100)
            digit = 0
        else:
            return 0
    return total + digit


def bare_title(text: str) -> str:
    """A title without markdown marks, inner spaces and a bracketed ending such as (详细版).

    >>> bare_title("## 教师 交流办法(修订版)")
    '教师交流办法'
    """
    bare = bare_line(text)
    return BRACKETED_ENDING.sub("", bare) if bare.endswith(")") else bare


def bare_line(text: str) -> str:
    """A line without markdown marks and white space, for comparing titles."""
    if text.startswith("#"):
        text = HASHES.sub("", text)
    return "".join(text.replace("**", "").split())


def is_title_like(text: str) -> bool:
    """Whether a folded line could be the title of a text: short, and not the end of a sentence."""
    return 3 < len(text) <= 50 and not text.endswith((*SENTENCE_END, ":")) and "。" not in text


def has_genre(title: str) -> bool:
    """Whether a title ends in the name of a kind of text (制度, 总结, 实施方案 …)."""
    return bare_title(title).endswith(words("titles.toml", "genres"))
