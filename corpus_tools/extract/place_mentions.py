"""Mentions of places in a text, each with the divisions it may mean; `places` settles which it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from corpus_tools import lexicon
from corpus_tools.extract.gazetteer import Area, area_of, gazetteer

_SUFFIX: Final = re.compile("[省市县区旗州盟团镇岛]")
# 市区 of a city, 城区, 新城区: words before they are names; a place only straight behind its city
_PLAIN_WORDS: Final = re.compile("[东西南北中城郊矿新市老港桥关]{1,3}区|.[县区市]|中心区|工农区|港口区")
# 凤县 is a name behind these; 和县, 成县, 达县 end other words too often (县和县, 建成县域, 到达县城)
_SMALL_COUNTY: Final = re.compile(
    "(?:^|[^\u4e00-\u9fff]|[是在到于从的与及为由赴往去向据至省市州])"
    "[^和成达应理文开道随任单义易代安兴南广吴本全该各我他她外城区县]县$"
    "|(?:^|[\n“])[^和成达应理本全该各我他她外城区县几两]县$"  # 单县：特殊情况特殊办
)
_NO_NAME_AFTER: Final = {"区": "域别分间划位块", "市": "场", "州": "", "县": "", "旗": "帜号", "盟": "友约"}
_STREET: Final = re.compile("[东西南北中]?(?:路|街|巷|大道|大街|胡同|弄)")
_HAN: Final = re.compile("[\u4e00-\u9fff]")
_SHORT_COUNTY_AFTER: Final = re.compile(
    "教育|教体|教委|教研|师范|进修|实验|职业|人民|政府|民族|中[学小心]|小学|高中|初中|[一二三四]中"
    "|全[市县区]|各[校地乡镇]|等[地市县区]|[、，,）)」”》]|[的在为于将从推出实教是有对要]|工作|地处|位于|校长"
)


@dataclass(frozen=True, slots=True)
class Mention:
    start: int
    end: int
    keys: tuple[str, ...]  # what it may be
    word: str
    sure: bool = True  # False: a place only if its surroundings say so


def full_names(text: str) -> Iterator[Mention]:
    names = gazetteer()
    full, lengths = names.full, names.lengths
    for suffix in _SUFFIX.finditer(text):
        end = suffix.end()
        for length in lengths.get(text[end - 2 : end], ()):
            word = text[end - length : end]
            keys = full.get(word) if length <= end else None
            if keys is None:
                continue
            if text[end : end + 1] and text[end : end + 1] in _NO_NAME_AFTER.get(word[-1], ""):
                break
            sure = _is_name(text, end - length, word)
            yield Mention(end - length, end, keys, word, sure)
            break


def _is_name(text: str, start: int, word: str) -> bool:
    """Whether a full name is one wherever it stands; else its surroundings must say so."""
    if word == "兵团":
        return False
    if len(word) == 2 and word[1] == "县":
        return _SMALL_COUNTY.search(text[max(0, start - 1) : start + 2]) is not None
    return _PLAIN_WORDS.fullmatch(word) is None


def short_names(text: str) -> Iterator[Mention]:
    names = gazetteer()
    pairs = names.short_pairs
    for begin in names.short_start.finditer(text):
        start = begin.start()
        for word in pairs.get(text[start : start + 2], ()):
            end = start + len(word)
            if text.startswith(word, start) and not _STREET.match(text, end) and not _is_chance(text, start, end):
                yield Mention(start, end, names.short[word], word, word not in names.everyday)
                break


# 沪苏浙皖, 浙、沪、皖: the one-character names of provinces count only in company
_SIGNS: Final = "京津冀晋辽沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘"
_SIGNS_IN_A_ROW: Final = re.compile(
    f"(?<![{_SIGNS}\u4e00-\u9fff])(?:[{_SIGNS}](?:、[{_SIGNS}])+|[{_SIGNS}]{{2,}})(?=[、，。；等两三四五六七八九地省市区的]|$)"
    f"|(?<=[在和与及、，。])[{_SIGNS}]{{2,}}(?=[等两三四五六七八九地省]|$)|云贵川|陕甘宁|[{_SIGNS}](?=省[^委政教])"
)


def signs(text: str) -> Iterator[Mention]:
    """The provinces that stand in a row of one-character names."""
    table = lexicon.table("abbreviations.toml")["signs"]
    full = gazetteer().full
    for row in _SIGNS_IN_A_ROW.finditer(text):
        for place in range(row.start(), row.end()):
            if text[place] != "、":
                yield Mention(place, place + 1, full[table[text[place]]], text[place])


def without_overlap(text: str, mentions: list[Mention]) -> list[Mention]:
    """The mentions in order; of two that overlap the one that starts first, and of those the longer."""
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
        elif mention.end > kept[-1].end and not kept[-1].sure and mention.sure:
            kept[-1] = mention
    return kept


def merged(text: str, mentions: list[Mention]) -> list[Mention]:
    """浙江省 温州市 瑞安市 as one mention; names that are words of the language stay only inside such a chain."""
    chain: list[Mention] = []
    for mention in mentions:
        last = chain[-1] if chain else None
        if last is not None and mention.start - last.end <= 2 and not text[last.end : mention.start].strip(" 　·"):
            inside = tuple(key for key in mention.keys if any(_contains(outer, key) for outer in last.keys))
            if inside:
                chain[-1] = Mention(last.start, mention.end, inside, mention.word)
                continue
        chain.append(mention)
    return chain


def _contains(outer: str, inner: str) -> bool:
    """Whether one division lies in the other by its code."""
    stem = outer[:2] if outer[2:6] == "0000" else outer[:4] if outer[4:6] == "00" else outer
    return inner != outer and inner.startswith(stem)


def with_counties(text: str, mentions: list[Mention], near: Area) -> list[Mention]:
    """The mentions with short county names (瑞安) added, where the places known already make them likely."""
    known = known_codes(mentions, near)
    kept = [m for m in mentions if m.sure or _is_likely(text, m, known)]
    names = gazetteer()
    found = [m for last in kept if (m := _county_behind(text, last))]
    for begin in names.county_start.finditer(text):
        start = begin.start()
        for word in names.county_pairs.get(text[start : start + 2], ()):
            if text.startswith(word, start):
                mention = _county(text, start, word, known)
                found += [mention] if mention else []
                break
    return merged(text, without_overlap(text, [*kept, *found])) if found else kept


def known_codes(mentions: list[Mention], near: Area) -> frozenset[str]:
    """The codes of the places that are certain: provinces by two digits, cities by four, counties whole."""
    known: set[str] = set()
    for mention in mentions:
        if mention.sure and len(mention.keys) == 1:
            code = mention.keys[0][:6]
            known |= {code[:2], code[:4], code}
    for name in near:
        for key in gazetteer().full.get(name or "", ()):
            if near.province is None or area_of(key).province == near.province:
                known |= {key[:2], key[:4], key[:6]}
    return frozenset(known)


def _is_likely(text: str, mention: Mention, known: frozenset[str]) -> bool:
    """Whether a name that may be a word is a place here: its city or province is known and it stands like a name."""
    if mention.word == "兵团":
        return "65" in known or "66" in known
    inside = any(key[:4] in known if key[4:6] != "00" else key[:2] in known for key in mention.keys)
    before = text[mention.start - 1 : mention.start]
    return inside and not (len(mention.word) == 2 and mention.word[-1] in "县区市" and _HAN.match(before))


def _county_behind(text: str, outer: Mention) -> Mention | None:
    """The short name of a county straight behind what it lies in: 浙江瑞安, 天津和平."""
    names = gazetteer()
    for word in names.county_pairs.get(text[outer.end : outer.end + 2], ()):
        if text.startswith(word, outer.end) and _ends_a_name(text, outer.end + len(word)):
            inside = tuple(key for key in names.counties[word] if any(_contains(o, key) for o in outer.keys))
            if inside:
                return Mention(outer.end, outer.end + len(word), inside, word)
    return None


def _ends_a_name(text: str, end: int) -> bool:
    return not _STREET.match(text, end) and text[end : end + 1] not in tuple("乡镇村路")


def _county(text: str, start: int, word: str, known: frozenset[str]) -> Mention | None:
    """The short name of a county that is no everyday word, where what is known or what follows makes it a place."""
    names = gazetteer()
    end = start + len(word)
    if word in names.everyday_counties or not _ends_a_name(text, end) or _is_chance(text, start, end):
        return None
    keys = names.counties[word]
    named = tuple(key for key in keys if key[:6] in known)
    near = tuple(key for key in keys if key[:4] in known or key[:2] in known)
    if named or ((near or len(keys) == 1) and _SHORT_COUNTY_AFTER.match(text, end)):
        return Mention(start, end, named or near or keys, word)
    return None


_HIDDEN_BEFORE: Final = re.compile(r"[xXＸ×*＊_＿□○某][省市县区州]$")


def _is_chance(text: str, start: int, end: int) -> bool:
    """Whether the name is made of the end of one word and the beginning of another, or follows a hidden place."""
    names = gazetteer()
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and after and before in names.before.get(text[start], "") and after in names.after.get(text[end - 1], ""):
        return True
    return _HIDDEN_BEFORE.search(text[max(0, start - 2) : start]) is not None
