"""The page's own title, which a site prints above, between and instead of the essays."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from functools import cache

from corpus_tools.lexicon import table
from corpus_tools.strip.heads import Head
from corpus_tools.strip.lines import Line
from corpus_tools.strip.title_words import ITEM, bare_line, bare_title, has_genre, is_title_like

PATH = re.compile(r"[>»›→]|^(?:网站)?首页|位置:")
MIN_TITLE = 6
HEAD_LINES = 8  # a page title stands among the first lines, below the breadcrumb


@cache
def collection_mark() -> re.Pattern[str]:
    """What ends the title of a collection: 工作总结(精选9篇), 心得体会汇总十篇, 交流感想5篇."""
    words = "|".join(sorted(table("titles.toml")["collection_words"], key=len, reverse=True))
    number = r"(?:\d{1,3}|[一二三四五六七八九十百]{1,4})"
    inner = rf"(?:{words}|的|\+|\s)*{number}\s*[篇份例则条款套个封首](?:{words}|字)*"
    return re.compile(
        rf"(?:[(\[【]{inner}[)\]】]|(?:{words}){number}[篇份例则]|[^第]{number}篇(?:{words})?[》】]?)(?:[_\-|].{{0,20}})?。?$"
    )


def page_titles(lines: Sequence[Line], heads: Sequence[Head], taken: frozenset[int] = frozenset()) -> list[int]:
    """The lines that are titles of the page, not of an essay, in order; `taken` lines are something else."""
    first = heads[0].line if heads else None
    own = {head.line for head in heads}
    top = [i for i in range(min(HEAD_LINES, len(lines))) if i not in taken and (first is None or i < first)]
    found = [
        i
        for i in top
        if _names_the_page(lines, i, heads, i == top[0])
        or _comes_again(lines, i, taken)
        or (i == top[0] and _above_own_title(lines, i, taken))
    ]
    if not found:
        return []
    printed = {bare_line(lines[i].text) for i in found}
    marked = {title for title in printed if collection_mark().search(title) or name_of(title) != title}
    repeats = [i for i, line in enumerate(lines) if i not in own and bare_line(line.text) in marked]
    return sorted({*found, *repeats})


def name_of(text: str) -> str:
    """A title without what a document site adds: its file ending, (精编版), (1).

    >>> name_of("教师交流制度(精编版).docx")
    '教师交流制度'
    """
    return SITE_SUFFIX.sub("", FILE_ENDING.sub("", bare_line(text)))


def _names_the_page(lines: Sequence[Line], i: int, heads: Sequence[Head], topmost: bool) -> bool:
    text = lines[i].text.rstrip("。")  # 教师演讲稿(范本十篇)。
    if not is_title_like(text) or PATH.search(text):
        return False
    if collection_mark().search(text):
        return len(heads) != 1 or heads[0].line != i
    if (i + 1 < len(lines) and _is_variant(text, lines[i + 1].text)) or (topmost and _are_two_titles(text)):
        return True
    named = WITH_SITE.fullmatch(text)
    if named and any(bare_line(named["title"]) == bare_line(line.text) for line in lines[i + 1 : i + HEAD_LINES]):
        return True
    if len(heads) > 1:
        return topmost or _shares_name(text, lines[heads[0].line].text)
    return False


def _are_two_titles(text: str) -> bool:
    """Whether a site named its page by two searches side by side: 轮岗交流材料 骨干教师个人材料."""
    titles = text.split(" ")
    return len(titles) == 2 and min(map(len, titles)) >= MIN_TITLE and all(map(has_genre, titles))


def _comes_again(lines: Sequence[Line], i: int, taken: frozenset[int]) -> bool:
    """Whether a title above lines of the site stands again below them, or names a selection of texts."""
    if not is_title_like(lines[i].text) or PATH.search(lines[i].text) or i + 1 not in taken:
        return False
    if lines[i].text.endswith(SELECTION):
        return True
    below = next((j for j in range(i + 1, len(lines)) if j not in taken), None)
    return below is not None and name_of(lines[below].text) == name_of(lines[i].text)


# 支教教师征文选登
SELECTION = ("选登", "选编", "汇编", "合集", "集锦", "荟萃", "选刊", "作品选", "文选", "文集", "专辑", "选集")
# 同志们: / 尊敬的各位领导、各位老师: a speech begins
SALUTATION = re.compile(r"[^。,:!?]{0,34}(?:同志|领导|老师|同学|朋友|来宾|家长|代表|同仁|评委)们?[:!]")
SPEECH = re.compile(r".*(?:讲话|发言|致辞|演讲|汇报|述职|稿|词)[)]?")


def _above_own_title(lines: Sequence[Line], i: int, taken: Container[int]) -> bool:
    """Whether the next line is the text's own title, of which the page's is a shorter or changed form."""
    title = bare_line(lines[i].text)
    below = next((j for j in range(i + 1, len(lines)) if j not in taken), None)
    if below is None or not is_title_like(lines[i].text) or PATH.search(title):
        return False
    own = bare_line(lines[below].text)
    if own == title or not (is_title_like(own) and has_genre(title) and has_genre(own)) or CONTINUES.match(own):
        return False
    pairs = {title[at : at + 2] for at in range(len(title) - 1)}
    if title[-2:] not in own[-3:] or len(own) < len(title):
        return False
    return sum(pair in own for pair in pairs) >= SHARED * len(pairs)


# 2018年工作总结 / 暨2019年工作计划; 附件1; （试行）: lines that go on with a title or belong to it
CONTINUES = re.compile(r"[暨及和与(—-]|附|关于")
SHARED = 0.4  # of the page's title that stands in the text's own


def titles_cut_off(lines: Sequence[Line], taken: Mapping[int, tuple[str, str]]) -> list[int]:
    """A title that lines of the site cut off from one text that begins anew below: with a title, or as a speech."""
    top = next((i for i in range(min(HEAD_LINES, len(lines) - 2)) if i not in taken), None)
    below = None if top is None else next((j for j in range(top + 1, len(lines)) if j not in taken), None)
    if top is None or below is None or below == top + 1 or not is_title_like(lines[top].text):
        return []
    own = lines[below].text
    introduced = any(taken[j][0] == "intro_blurb" for j in range(top + 1, below))
    if introduced and is_title_like(own) and not ITEM.match(own) and ":" not in own:
        return [top]
    return [top] if SPEECH.fullmatch(lines[top].text) and SALUTATION.fullmatch(own) else []


FILE_ENDING = re.compile(r"\.(?:docx?|pdf|txt|pptx?|wps)$", re.IGNORECASE)
# 教师交流方案(范本), 教师交流制度(1), 轮岗细则模板下载, 交流材料一份: what a document site calls a text
SITE_SUFFIX = re.compile(
    r"[(\[【](?:\d{1,2}|模板|范本|范文|样本|样板|参考|最新|完整版?|精编版|整理版|珍藏版|标准版|通用版|精选|通用|word版?|Word版?|WORD版?|下载|免费|共\d+页|全文)[^()\[\]【】]{0,6}[)\]】]$|"
    r"(?:模板|范本|范文|大全|下载|一[份篇]|doc|docx|pdf|DOC|PDF)$|"
    r"[_|\-—][^_|。]{2,20}(?:网|文库|网站|论坛|平台|频道|_.*)$"
)


# 教师交流制度 - 百川文库: the <title> of a page, above the text's own
WITH_SITE = re.compile(r"(?P<title>.{4,}?)\s*[_|\-–—]+\s*[^_|]{2,24}")


def _is_variant(title: str, following: str) -> bool:
    """Whether a line is a site's name for the text whose own title is the next line (the same title twice stays)."""
    if not is_title_like(following) or not (has_genre(following) or bare_title(title) == bare_title(following)):
        return False
    return bool(SITE_SUFFIX.search(title))


def _shares_name(title: str, head: str) -> bool:
    """Whether the essays carry the page's title with a number: 轮岗心得 above 轮岗心得篇一."""
    bare = bare_title(title)
    return len(bare) > 3 and bare_title(head).startswith(bare[: max(4, len(bare) // 2)])
